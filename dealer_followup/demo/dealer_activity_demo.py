"""The activities of the demo dealership, carried out by the process itself.

Only the loading of the demo data calls this. Each activity goes through the methods
that the buttons call; then its times are moved to where they belong, seen from *now*.
"""

import random
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command

#: Days for which the lecture of the past is counted, and days since it was held.
EFFECT_DAYS, DAYS_AGO = 30, 45
#: Which part of the demo customers has agreed to marketing, at the delivery.
CONSENTING = 0.8

LECTURE = {
    "name": "爱车课堂：{season}用车与电池养护",
    "kind": "lecture",
    "purpose": "让车主掌握{season}用车、胎压和蓄电池养护知识，增进感情，"
    "带动{season}检测进厂。"
    "目标：到场 15 组，30 天内进厂 5 台。",
    "audience": "近两年购车的车主及家属",
    "place": "本店二楼客户休息区",
    "message": "奇瑞服务专家现场讲解{season}用车，备有茶点和精美礼品。",
    "seat_limit": 40,
    "effect_days": EFFECT_DAYS,
}
LECTURE_BUDGET = (
    ("venue", "场地布置、投影", 800, 760, ""),
    ("media", "短信与海报", 600, 580, "发票 2210"),
    ("gift", "保温杯 40 个", 1600, 1680, "多到两组客户"),
    ("catering", "茶点", 500, 465, ""),
    ("subsidy", "奇瑞区域服务活动支持", 1200, 1200, "已到账"),
)
SEASONAL = {
    "name": "{season}关爱免费检测月",
    "kind": "seasonal",
    "purpose": "换季前免费检测蓄电池、轮胎、冷却液和空调，发现隐患，提升进厂台次。",
    "audience": "全部在管客户",
    "place": "本店售后车间",
    "message": "免费检测 16 项，更换{season}用品工时八折。",
    "effect_days": 15,
}
LAUNCH = {
    "name": "瑞虎9 新车品鉴会",
    "kind": "launch",
    "purpose": "老客户优先品鉴新车，收集换购线索。目标：到场 12 组，线索 4 条。",
    "audience": "车龄三年以上的老客户",
    "place": "展厅",
    "message": "老客户专享置换礼遇，现场试乘试驾。",
    "seat_limit": 12,
}
TOUR = {
    "name": "皖南自驾游：查济—桃花潭",
    "kind": "club",
    "purpose": "车队俱乐部年度自驾，服务车随行，增进车主之间的交流。",
    "audience": "奇瑞车友会会员",
    "place": "集合点：本店停车场",
    "route": "8:00 本店集合并检车\n10:30 查济古镇\n12:30 午餐\n"
    "14:30 桃花潭\n17:30 返程",
    "message": "免费出行前检测，服务车全程随行。",
    "seat_limit": 30,
}
LESSONS = (
    "到场率高于预期，电话邀约的客户多于短信。"
    "礼品准备偏紧，下次按报名人数的 110 % 准备。"
    "现场预约季节检测 4 台，课后第二天由服务顾问回访效果好，应固定下来。"
)


class DealerActivity(models.Model):
    """Loading of the demo activities."""

    _name = "dealer.activity"
    _inherit = "dealer.activity"

    @api.model
    def _load_demo(self):
        """An activity of each kind around the present moment. Loads once."""
        if self.search_count([("place", "=", LECTURE["place"])], limit=1):
            return
        dice = random.Random(7)
        self = self.with_context(lang=self.env.company.partner_id.lang)
        self._demo_consents(dice)
        now = fields.Datetime.now().replace(minute=0, second=0, microsecond=0)
        self._demo_lecture(now, dice)
        self._demo_seasonal(now, dice)
        self._demo_launch(now, dice)
        self._demo_tour(now)
        self._demo_other_kinds(now)

    @api.model
    def _demo_consents(self, dice):
        """What the customers have signed when they took their cars over."""
        owners = self.env["fleet.vehicle"].search(
            [("is_customer_vehicle", "=", True), ("owner_id.phone", "!=", False)]
        )
        signed = fields.Datetime.now() - timedelta(days=150)
        self.env["dealer.consent"].create(
            [
                {
                    "partner_id": owner.id,
                    "purpose": "marketing",
                    "decision": "given" if dice.random() < CONSENTING else "withdrawn",
                    "origin": "交车确认单",
                    "evidence": "客户在交车确认单上勾选并签字。",
                    "date": signed,
                }
                for owner in owners.owner_id
            ]
        )

    @api.model
    def _demo_make(self, values, start, end, **more):
        manager = self.env.ref("dealer_service.demo_user_manager")
        season = "夏季" if 4 <= start.month <= 9 else "冬季"
        activity = self.create(
            {
                **{
                    name: value.format(season=season) if "{" in str(value) else value
                    for name, value in values.items()
                },
                "date_start": start,
                "date_end": end,
                "user_id": manager.id,
                **more,
            }
        )
        activity.action_plan()
        activity.action_refresh_audience()
        return activity

    def _demo_hour(self, moment, hour):
        """The full hour of the shop on the day of a moment."""
        shop = self.env.company
        return shop._dealer_midnight(shop._dealer_day(moment)) + timedelta(hours=hour)

    def _demo_shift(self, days, hour):
        """Move the activity and everything that was recorded about it."""
        start = self._demo_hour(self.date_start + timedelta(days=days), hour)
        delta = start - self.date_start
        self.write(
            {"date_start": self.date_start + delta, "date_end": self.date_end + delta}
        )
        for row in self.invitee_ids.filtered("date_invited"):
            row._write_by_method(
                {
                    "date_invited": row.date_invited + delta - timedelta(days=9),
                    "date_replied": row.date_replied
                    and row.date_replied + delta - timedelta(days=6),
                    "date_attended": row.date_attended and row.date_attended + delta,
                }
            )
        for row in self.invitee_ids.filtered("is_walk_in"):
            row._write_by_method({"date_attended": row.date_attended + delta})

    def _demo_lecture(self, now, dice):
        """Held, its effect counted, evaluated."""
        activity = self._demo_make(
            LECTURE,
            now + timedelta(hours=1),
            now + timedelta(hours=3),
            vehicle_domain="[]",
            budget_ids=[
                Command.create(
                    {
                        "kind": kind,
                        "name": name,
                        "planned": planned,
                        "actual": actual,
                        "note": note,
                    }
                )
                for kind, name, planned, actual, note in LECTURE_BUDGET
            ],
        )
        activity.action_invite()
        held = now - timedelta(days=DAYS_AGO)
        later = self.env["dealer.reception"].search(
            [
                ("state", "=", "delivered"),
                ("date_arrived", ">", held),
                ("date_arrived", "<", held + timedelta(days=EFFECT_DAYS)),
            ],
            order="date_arrived",
        )
        listed = activity._rows("listed").sorted(
            lambda row: (row.vehicle_id not in later.vehicle_id, row.id)
        )
        invited = listed[:26]
        invited.action_make_link()
        replies = ["coming"] * 15 + ["maybe"] * 3 + ["declined"] * 5
        for row, reply in zip(invited, replies, strict=False):
            persons = dice.choice((1, 2, 2, 3)) if reply == "coming" else 1
            row._reply(reply, persons, dice.choice(("link", "call")))
        activity.action_start()
        coming = activity._rows("coming")
        coming[:13].action_check_in()
        activity._walk_in("胡建军", "139 5533 0917", persons=2)
        for row, wish in zip(
            coming[2:5], ("换购瑞虎9", "续保", "加装行车记录仪"), strict=False
        ):
            row.write({"is_lead": True, "lead_note": wish})
        activity.action_finish()
        activity._demo_shift(-DAYS_AGO, 14)
        activity._demo_credit(later)
        activity.lessons = LESSONS
        activity.action_evaluate()

    def _demo_credit(self, visits):
        """Visits that were imported with the demo, credited as on their arrival."""
        visits.filtered(lambda visit: not visit.activity_id)._credit_activity()
        for visit in visits.filtered("activity_id"):
            visit.invoice_ids.campaign_id = visit.activity_id.campaign_id

    def _demo_seasonal(self, now, dice):
        """Has been running for a week; cars that came have come through it."""
        activity = self._demo_make(
            SEASONAL,
            now,
            now + timedelta(days=21, hours=8),
            subsidy_per_car=30,
            budget_ids=[
                Command.create(
                    {"kind": "material", "name": "检测耗材", "planned": 900}
                ),
                Command.create(
                    {"kind": "media", "name": "海报", "planned": 400, "actual": 380}
                ),
            ],
        )
        activity.action_invite()
        activity._rows("listed")[:18].action_make_link()
        activity._rows("listed")[:10].action_invite_call()
        activity.action_start()
        activity._demo_shift(-7, 9)
        visits = self.env["dealer.reception"].search(
            [("date_arrived", ">=", activity.date_start), ("activity_id", "=", False)]
        )
        activity._demo_credit(visits)

    def _demo_launch(self, now, dice):
        """Customers are invited and reply; the seats are taken, some wait."""
        start = self._demo_hour(now + timedelta(days=9), 14)
        activity = self._demo_make(LAUNCH, start, start + timedelta(hours=3))
        activity.vehicle_domain = "[('model_year', '<=', '2022')]"
        activity.action_refresh_audience()
        # the seasonal check of this week does not keep an old customer from the launch
        rows = activity.invitee_ids.filtered(
            lambda row: row.exclusion == "other_activity"
        )[:12]
        rows._set_state("listed")
        activity.action_invite()
        invited = activity._rows("listed")[:11]
        invited.action_make_link()
        for row in invited[:7]:
            row._reply("coming", 2, dice.choice(("link", "call")))
        for row, reply in zip(
            invited[7:10], ("maybe", "declined", "maybe"), strict=False
        ):
            row._reply(reply, 1, "link")

    def _demo_tour(self, now):
        """Approved: the preparation is under way."""
        start = self._demo_hour(now + timedelta(days=33), 8)
        self._demo_make(TOUR, start, start + timedelta(hours=10))
