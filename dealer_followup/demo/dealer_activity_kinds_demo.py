"""The other kinds of activities of the demo dealership: on the road, at home, in need.

Only the loading of the demo data calls this, after the activities at the shop.
"""

from datetime import timedelta

from odoo import api, models
from odoo.fields import Command, Domain

from ..models.activity.dealer_activity_preparation import PREPARATION

ANNIVERSARY = {
    "name": "建店十周年感恩回馈",
    "kind": "anniversary",
    "purpose": "感谢十年来的支持，巩固在店客户。目标：到场 60 组，当天预约保养 20 台。",
    "place": "本店展厅及前广场",
    "message": "十周年店庆，备有抽奖、茶歇和亲子活动，老客户保养工时八折。",
    "seat_limit": 120,
}
VIP = {
    "name": "贵宾客户答谢品茗会",
    "kind": "vip",
    "purpose": "总经理当面致谢，听取意见。目标：到场 8 位，每位收集一条改进建议。",
    "place": "芜湖铁山宾馆茶室",
    "audience": "A、B 类客户",
    "vehicle_domain": "[('customer_class', 'in', ['a', 'b'])]",
    "message": "总经理诚邀您品茗小叙，可接送。",
    "seat_limit": 16,
}
SCENIC = {
    "name": "方特景区免费检测服务点",
    "kind": "scenic",
    "purpose": "在客户出游的地方服务，免费检测、补液、调胎压。目标：服务 30 台。",
    "place": "芜湖方特东方神画 P3 停车场",
    "message": "出游途中顺道检测，约 15 分钟，全部免费。",
}
ROVING = {
    "name": "宣城巡回服务",
    "kind": "roving",
    "purpose": "宣城客户到店路远，服务车上门。目标：三个停靠点接待 15 台。",
    "area": "宣城市",
    "message": "服务车开到您附近：检测、机油机滤、轮胎换位现场完成。",
    "safety_notice": "路边作业穿反光背心，放置三角警示牌；举升前拉紧手刹并垫好车轮。",
}
#: Name, address, days from today, hours; the first two are over.
STOPS = (
    ("宣州区鳌峰广场", "宣城市宣州区鳌峰中路", -2, 9, 12),
    ("宣城经开区服务中心", "宣城市宣州区宝城路", -1, 9, 12),
    ("水阳镇文化广场", "宣城市宣州区水阳镇", 1, 9, 12),
)
NEEDS = ("前刹车片更换", "四轮定位", "蓄电池电量偏低，建议更换")
VISITING = {
    "name": "弋江区老客户走访",
    "kind": "visiting",
    "purpose": "登门了解老客户用车情况和意见，挽回久未到店的客户。目标：走访 8 户。",
    "area": "弋江区, 镜湖区",
    "message": "服务顾问登门拜访，顺带为爱车做快速检查。",
}
#: What the team wrote; nothing where nobody was at home.
REPORTS = (
    "车况良好，客户反映上次等待时间偏长，已致歉；约下周末保养。",
    "车辆主要由女儿使用，建议更换雨刮和空调滤芯，客户同意下次一并更换。",
    "",
)
FLOOD = {
    "name": "繁昌、湾沚暴雨内涝救援",
    "purpose": "逐一联系灾区客户，免费拖车和涉水检查，帮助报险。",
    "message": "免费涉水检测，协助联系保险公司，提供代步车。",
}
FROST = {
    "name": "繁昌、湾沚冰雪灾害救援",
    "purpose": "逐一联系灾区客户，搭电、脱困、免费检查制动和防冻液。",
    "message": "免费搭电和脱困，检查防冻液、蓄电池和制动。",
    "safety_notice": "道路结冰请勿冒险出行。无法启动时请勿反复打火，请致电我们。",
}
#: When roads freeze where the shop is.
FROSTY = (11, 12, 1, 2)
LESSONS_ON_SITE = (
    "首日电话接通率高，先联系地势低的小区有效。"
    "拖车只有一台，高峰时等待超过两小时，下次提前与两家拖车公司签协议。"
)
#: Since the disaster, in days: its effect is counted.
DISASTER_AGO = 40


class DealerActivity(models.Model):
    """Loading of the other kinds of activities."""

    _name = "dealer.activity"
    _inherit = "dealer.activity"

    def _demo_other_kinds(self, now):
        self._demo_name_plans()
        self._demo_club()
        start = self._demo_hour(now + timedelta(days=52), 10)
        self._demo_make(ANNIVERSARY, start, start + timedelta(hours=6))
        start = self._demo_hour(now + timedelta(days=19), 15)
        self._demo_make(VIP, start, start + timedelta(hours=3))
        self._demo_scenic(now)
        self._demo_roving(now)
        self._demo_visiting(now)
        self._demo_disaster(now)
        self._demo_prepared()

    def _demo_prepared(self):
        """What was due before today has been done."""
        today = self.env.company._dealer_today()
        others = [
            ("kind", "in", ("anniversary", "vip", "scenic", "roving", "visiting"))
        ]
        self.search(others).activity_ids.filtered(
            lambda task: task.date_deadline < today
        ).action_feedback()

    @api.model
    def _load_demo_class(self):
        """Who is of which class is known once the history of the customers is."""
        vip = self.search([("kind", "=", "vip"), ("state", "=", "planned")], limit=1)
        vip.action_refresh_audience()

    def _demo_name_plans(self):
        """A plan of Odoo has one language only: in this shop it is Chinese."""
        shipped = self.with_context(lang="en_US")
        labels = dict(self._fields["kind"]._description_selection(self.env))
        known = {shipped.env._(term): self.env._(term) for term in PREPARATION}
        for kind in self.env["dealer.activity.kind"].search(Domain.TRUE):
            if kind.kind != "lecture":
                kind.plan_id.name = f"{labels[kind.kind]}筹备"
            for task in kind.plan_id.template_ids:
                task.summary = known.get(task.summary, task.summary)

    def _demo_club(self):
        """The club of the tour, founded by customers who drive much together."""
        shop = self.env.company
        cars = self.env["fleet.vehicle"].search(
            [
                ("is_customer_vehicle", "=", True),
                ("owner_id.phone", "!=", False),
                ("owner_id.is_company", "=", False),
                ("last_reception_date", "!=", False),
            ],
            order="last_reception_date desc, id",
            limit=14,
        )
        joined = shop._dealer_today() - timedelta(days=400)
        firsts = {car.owner_id: car for car in reversed(cars)}
        club = self.env["dealer.club"].create(
            {
                "name": "皖江奇瑞车友会",
                "user_id": self.env.ref("dealer_service.demo_user_manager").id,
                "customer_class": "b",
                "note": "自愿加入，文明出行；每年组织两次自驾，会员出行前免费检车。",
                "member_ids": [
                    Command.create(
                        {
                            "partner_id": owner.id,
                            "vehicle_id": car.id,
                            "date_joined": joined + timedelta(days=20 * number),
                        }
                    )
                    for number, (owner, car) in enumerate(firsts.items())
                ],
            }
        )
        tour = self.search([("kind", "=", "club")], limit=1)
        tour.write({"club_id": club.id, "vehicle_domain": "[]"})
        tour.action_refresh_audience()

    def _demo_scenic(self, now):
        """Customers are invited to where they go at the weekend."""
        start = self._demo_hour(now + timedelta(days=6), 9)
        activity = self._demo_make(
            SCENIC,
            start,
            start + timedelta(days=1, hours=8),
            stop_ids=[
                Command.create(
                    {
                        "name": "P3 停车场入口",
                        "address": "芜湖市鸠江区赤铸山东路",
                        "date_start": start,
                        "date_end": start + timedelta(hours=8),
                        "user_id": self.env.ref("dealer_followup.demo_user_caller1").id,
                    }
                )
            ],
        )
        activity.action_invite()
        invited = activity._rows("listed")[:6]
        invited.action_make_link()
        for row in invited[:2]:
            row._reply("coming", 1, "link")

    def _demo_roving(self, now):
        """On the road since the day before yesterday, with cars met at two stops."""
        leader = self.env.ref("dealer_followup.demo_user_caller2")
        activity = self._demo_make(
            ROVING,
            self._demo_hour(now - timedelta(days=2), 9),
            self._demo_hour(now + timedelta(days=1), 17),
            vehicle_domain="[]",
            stop_ids=[
                Command.create(
                    {
                        "name": name,
                        "address": address,
                        "date_start": self._demo_hour(now + timedelta(days=day), start),
                        "date_end": self._demo_hour(now + timedelta(days=day), end),
                        "user_id": leader.id,
                    }
                )
                for name, address, day, start, end in STOPS
            ],
        )
        activity.action_start()
        # customers from there came by; whoever was not on the list was welcome, too
        rows = activity._rows("listed", "excluded").filtered("vehicle_id")
        for number, stop in enumerate(activity.stop_ids[:2]):
            met = rows[2 * number : 2 * number + 2]
            met.action_check_in()
            for row, need in zip(met, NEEDS[2 * number :], strict=False):
                row.need = need
            met._write_by_method(
                {
                    "stop_id": stop.id,
                    "date_attended": stop.date_start + timedelta(minutes=40),
                }
            )
            stop.report = f"接待 {len(met)} 台，免费检测并调胎压。"
            stop._demo_report(leader)

    def _demo_visiting(self, now):
        """Households were visited yesterday; one is to come tomorrow."""
        leader = self.env.ref("dealer_followup.demo_user_caller2")
        activity = self._demo_make(
            VISITING,
            self._demo_hour(now - timedelta(days=1), 9),
            self._demo_hour(now + timedelta(days=1), 17),
            vehicle_domain="[]",
        )
        rows = activity.invitee_ids.filtered(
            lambda row: row.state == "listed" or row.exclusion == "other_activity"
        )[:4]
        rows.filtered(lambda row: row.state == "excluded")._set_state("listed")
        activity.action_invite()
        for row in rows:
            row._reply("coming", 1, "call")
            asked = activity.date_start - timedelta(days=4)
            row._write_by_method({"date_invited": asked, "date_replied": asked})
        activity.action_fill_stops()
        activity.action_start()
        stops = activity.stop_ids.sorted("date_start")
        stops.user_id = leader
        for stop, report in zip(stops, REPORTS, strict=False):
            stop.report = report
            stop._demo_report(leader)
        last = stops[-1:]
        if last.state == "planned":
            start = self._demo_hour(now + timedelta(days=1), 10)
            last.write({"date_start": start, "date_end": start + timedelta(minutes=45)})

    def _demo_disaster(self, now):
        """Long over: the team was there within hours, and learnt for the next time."""
        held = now - timedelta(days=DISASTER_AGO)
        words = FROST if held.month in FROSTY else FLOOD
        towing = self.env["res.partner"].create(
            {"name": "芜湖安达道路救援", "is_company": True, "phone": "0553 588 6110"}
        )
        activity = self._demo_make(
            {**words, "kind": "disaster", "area": "繁昌区, 湾沚区"},
            now + timedelta(hours=1),
            now + timedelta(days=2, hours=1),
            place="繁昌区繁阳镇临时服务点",
            tow_partner_id=towing.id,
            subsidy_per_car=80,
            budget_ids=[
                Command.create(
                    {"kind": "travel", "name": "拖车", "planned": 2000, "actual": 2600}
                ),
                Command.create(
                    {
                        "kind": "subsidy",
                        "name": "奇瑞救灾专项支持",
                        "planned": 1500,
                        "actual": 1500,
                    }
                ),
            ],
        )
        activity.action_start()
        activity._rows("listed")[:5].action_check_in()
        activity.action_finish()
        activity._demo_shift(-DISASTER_AGO, 9)
        for row in activity._rows("attended"):
            row._write_by_method({"date_attended": activity.date_start})
        activity.lessons = LESSONS_ON_SITE
        activity.action_evaluate()


class DealerActivityStop(models.Model):
    """Reporting at the time of the stop."""

    _name = "dealer.activity.stop"
    _inherit = "dealer.activity.stop"

    def _demo_report(self, leader):
        if self.report or self.kind != "visiting":
            self.action_done()
        else:
            self.action_not_met()
        done = self.date_end
        self._write_by_method({"date_done": done, "done_by_id": leader.id})
        self.invitee_ids.filtered(
            lambda row: row.date_attended > done
        )._write_by_method({"date_attended": done})
