"""The complaints of the demo dealership, carried out by the process itself.

Only the loading of the demo data calls this. Each complaint goes through the methods
that the buttons of the desk call; what people said is dated as it was said, and the
stamps of the steps are moved to where they belong, seen from *now*.
"""

from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.dealer_service.demo.notices import forget_notices

from ..models.complaint.dealer_complaint_import import OF_THE_PAST
from .complaint_rows import OPEN, PAST, TODAY

HOUR = timedelta(hours=1)


class DealerComplaint(models.Model):
    """Loading of the demo complaints."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    @api.model
    def _load_demo(self):
        """Complaints in every state, around the present moment. Loads once."""
        desk = self.with_context(
            tracking_disable=True,
            dealer_complaint_of_the_past=OF_THE_PAST,
            lang=self.env.company.partner_id.lang,
        )
        if desk.search_count([("vehicle_id", "=", desk._demo_car(17).id)]):
            return
        now = fields.Datetime.now().replace(second=0)
        # in the order in which they came, as their numbers are
        for story, *row, days in sorted((*OPEN, *PAST), key=lambda row: -row[-1]):
            received = now - timedelta(days=days, hours=2)
            # people complain while they are awake
            received = received.replace(hour=1 + days % 8, minute=7 * days % 60)
            getattr(desk, f"_demo_{story}")(row, min(received, now - 2 * HOUR))
        for story, *row in TODAY:
            getattr(desk, f"_demo_{story}")(row, now)
        # what is due by now is a fact; the people find it on their lists
        while desk.env["dealer.sla.timer"]._process_due(now):
            pass
        desk.env["dealer.sla.notice"]._send_all(now)
        forget_notices(self.env)

    # ------------------------------------------------------------------
    # PEOPLE AND TIME
    # ------------------------------------------------------------------

    @api.model
    def _demo_car(self, number):
        return self.env.ref(f"dealer_service.vehicle_{number:02d}_demo")

    @api.model
    def _demo_person(self, name):
        return self.env.ref(f"dealer_complaint.demo_user_{name}")

    @api.model
    def _demo_back(self, now, minutes):
        """The moment so many minutes of working time before ``now``."""
        source = self.env["dealer.sla.timer"]._source(now)
        company = self.env.company
        return source.reckon(
            company._dealer_calendar(),
            company.id,
            now - timedelta(days=20),
            lambda clock: clock.add(now, -60 * minutes),
        )

    @api.model
    def _demo_open(self, row, received, officer=None, **values):
        """What the handler types in, or the officer who looks after it himself."""
        car_number, handler, level, source, category, subject, words = row
        car = self._demo_car(car_number)
        user = officer or self._demo_person(f"complaint{handler or 1}")
        visit = car.reception_ids.filtered(
            lambda v: v.date_delivered and v.date_delivered < received
        )
        day = fields.Date.to_string(self.env.company._dealer_day(received))
        desk = self.with_user(user).with_context(ir_sequence_date=day)
        complaint = desk.create(
            {
                "subject": subject,
                "description": words,
                "level": level,
                "source": source,
                "category_id": self.env.ref(
                    f"dealer_complaint.complaint_category_{category}"
                ).id,
                "vehicle_id": car.id,
                "partner_id": car.owner_id.id,
                "reception_id": visit[:1].id,
                "user_id": user.id if handler or officer else False,
                "date_received": received,
                **values,
            }
        )
        return complaint.with_env(self.env)

    @api.model
    def _demo_at_work(self, moment):
        """The moment, or when the shop opens again; not later than now."""
        visits = self.env["dealer.reception"]
        if not visits._demo_is_open(moment):
            moment = visits._demo_clock(moment, 1)
        return min(moment, fields.Datetime.now())

    def _demo_say(self, date, kind="contact", words="", **values):
        """The responsible person notes a talk of then."""
        date = self._demo_at_work(date)
        self.env["dealer.complaint.contact"].create(
            {
                "complaint_id": self.id,
                "user_id": self.user_id.id,
                "kind": kind,
                "date": date,
                "date_entered": date,
                "summary": words,
                **values,
            }
        )

    def _demo_step(self, step, date):
        """Press a button, as if it had been pressed at ``date``."""
        before = {name: self[name] for name in self._fields if name.startswith("date_")}
        self._demo_end_remedy(step, date)
        getattr(self, f"action_{step}")()
        self._write_by_method(
            {
                name: self._demo_at_work(date)
                for name, value in before.items()
                if self[name] != value
                and name
                in ("date_investigated", "date_proposed", "date_resolved")
                + ("date_closed",)
            }
        )
        self._demo_owe_callback(step, date)

    # ------------------------------------------------------------------
    # TODAY
    # ------------------------------------------------------------------

    def _demo_fresh(self, row, now):
        self._demo_open(row, self._demo_back(now, 20))

    def _demo_warned(self, row, now):
        self._demo_open(row, self._demo_back(now, 105))

    def _demo_missed(self, row, now):
        self._demo_open(row, self._demo_back(now, 160))

    def _demo_unassigned(self, row, now):
        self._demo_open(row, self._demo_back(now, 45))

    def _demo_grumble(self, row, now):
        self._demo_open(row, self._demo_back(now, 10))

    def _demo_attempts(self, row, now):
        complaint = self._demo_open(row, self._demo_back(now, 100))
        for minutes in (80, 50, 15):
            complaint._demo_say(
                self._demo_back(now, minutes), words="无人接听", is_connected=False
            )

    def _demo_handed_over(self, row, now):
        complaint = self._demo_open(row, self._demo_back(now, 35))
        complaint.with_user(complaint.user_id).action_handover(
            self._demo_person("complaint2")
        )

    # ------------------------------------------------------------------
    # OPEN
    # ------------------------------------------------------------------

    def _demo_investigating(self, row, received, talk="已致歉，约定尽快答复。", **vals):
        complaint = self._demo_open(row, received, **vals)
        complaint._demo_say(received + HOUR / 2, words=talk)
        complaint._demo_step("investigate", received + HOUR)
        return complaint

    def _demo_safety(self, row, received):
        complaint = self._demo_investigating(
            row, received, talk="已安排拖车，客户停止用车。", is_safety=True
        )
        complaint.remedy_sought = "查明原因，提供代步车。"
        remedy = complaint._demo_remedy("loan_car", "提供代步车三天", 300.0)
        remedy.write(
            {"loan_plate": "皖B·6D318", "date_due_back": received + timedelta(days=3)}
        )
        remedy.action_request()
        remedy.action_carry_out()

    def _demo_feedback_due(self, row, received):
        self._demo_investigating(row, received)

    def _demo_feedback_missed(self, row, received):
        complaint = self._demo_investigating(row, received)
        complaint._demo_say(
            received + timedelta(days=2), "feedback", "配件在途，预计周末到。"
        )

    def _demo_paused(self, row, received):
        complaint = self._demo_investigating(row, received)
        timers = complaint._sla_active(["feedback"])
        officer = self._demo_person("complaint_officer")
        timers._pause(
            timers._source(received + 20 * HOUR),
            "parts",
            "天窗总成订货，单号 QC-5512，预计五天到货。",
            user=complaint.user_id,
            approver=officer,
        )
        complaint._sla_refresh()

    def _demo_report(self, received, contact="奇瑞售后 华东大区"):
        self.cause = "product"
        action = self.action_report_to_manufacturer()
        report = self.env[action["res_model"]].browse(action["res_id"])
        report.write({"contact": contact, "request": "请确认处理方案和保修政策。"})
        report.action_send()
        return report

    def _demo_factory(self, row, received):
        complaint = self._demo_investigating(row, received)
        complaint._demo_report(received)
        complaint._demo_say(
            received + timedelta(days=2), "feedback", "已上报厂家，等待技术答复。"
        )

    def _demo_remedy(self, kind, name, cost):
        return self.env["dealer.complaint.action"].create(
            {"complaint_id": self.id, "kind": kind, "name": name, "cost": cost}
        )

    def _demo_proposed(self, row, received):
        complaint = self._demo_investigating(row, received)
        complaint._demo_say(
            received + timedelta(days=2), "feedback", "技术经理已试车确认。"
        )
        complaint.write(
            {
                "cause": "dealer_service",
                "remedy_sought": "彻底修好，赔偿来回的时间。",
                "proposal": "更换前下摆臂总成，赠送两次保养。",
                "root_cause": "前两次只更换了平衡杆胶套，未检查下摆臂球头。",
            }
        )
        remedy = complaint._demo_remedy("voucher", "两次基础保养券", 980.0)
        remedy.with_user(complaint.user_id).action_request()
        complaint._demo_step("propose", received + timedelta(days=3))

    def _demo_authority(self, row, received):
        complaint = self._demo_investigating(row, received)
        complaint.remedy_sought = "退车"
        for days in (2, 5):
            complaint._demo_say(
                received + timedelta(days=days), "feedback", "与市场监管局沟通进展。"
            )
        case = self.env["dealer.external.case"].create(
            {
                "complaint_id": complaint.id,
                "body": "12315",
                "number": "皖芜12315-2026-0386",
                "officer": "鸠江区市场监管局 张科长",
                "date_received": received,
                "user_id": complaint.user_id.id,
            }
        )
        case.action_accept()

    def _demo_site(self, row, received):
        complaint = self._demo_investigating(row, received)
        for days in (3, 6, 9):
            complaint._demo_say(
                received + timedelta(days=days), "feedback", "已电话说明检测进度。"
            )
        self.env["dealer.external.case"].create(
            {
                "complaint_id": complaint.id,
                "body": "12365auto",
                "number": "CZW-618204",
                "date_received": received,
                "publication_state": "published",
                "user_id": complaint.user_id.id,
            }
        )

    def _demo_group(self, row, received):
        complaint = self._demo_investigating(row, received)
        days = 2
        while received + timedelta(days=days) < fields.Datetime.now() - HOUR:
            complaint._demo_say(
                received + timedelta(days=days), "feedback", "厂家正在分析，未有结论。"
            )
            days += 3
        parent = self.search([("subject", "like", "（群诉）")], limit=1)
        if not parent:
            parent = self._demo_open(
                [*row[:5], "瑞虎8 PLUS 倒挡异响（群诉）", "三位车主反映同一问题。"],
                received,
                officer=self._demo_person("complaint_officer"),
            )
            parent._demo_say(received + HOUR)
            parent._demo_step("investigate", received + 2 * HOUR)
            for days in range(2, 30, 3):
                if received + timedelta(days=days) < fields.Datetime.now():
                    parent._demo_say(
                        received + timedelta(days=days), "feedback", "已告知各车主。"
                    )
            report = parent._demo_report(received)
            report.answer = "已确认为倒挡拨叉批次问题，技术通报下周下发。"
            report.action_answered()
        complaint.parent_id = parent

    def _demo_reopened(self, row, received):
        complaint = self._demo_solve(row, received, HOUR)
        complaint._demo_say(
            received + timedelta(days=8), "callback", "又响了，客户很生气。"
        )
        complaint._demo_step("reopen", received)
        complaint._demo_say(fields.Datetime.now(), words="重新约车检查。")

    # ------------------------------------------------------------------
    # FINISHED
    # ------------------------------------------------------------------

    def _demo_solve(self, row, received, until_contact):
        """From the first call to the accepted decision."""
        complaint = self._demo_open(row, received)
        complaint._demo_say(received + until_contact, words="已致歉并了解情况。")
        complaint._demo_step("investigate", received + until_contact)
        complaint.write(
            {
                "cause": "dealer_service",
                "proposal": "免费返工并致歉。",
                "decision": "免费返工，当日交车。",
                "root_cause": "交车前未按标准做终检。",
                "corrective_action": "终检增加该项目并在晨会通报。",
            }
        )
        day = received + until_contact + timedelta(hours=20)
        complaint._demo_step("propose", day)
        for remedy in (
            complaint._demo_remedy("apology", "书面致歉，赠送洗车一次", 60.0),
            complaint._demo_remedy("gift", "保温杯", 45.0),
        ):
            remedy.action_request()
            remedy.action_carry_out()
        complaint._demo_say(day + HOUR, "decision", "客户接受处理方案。")
        complaint.decision_answer = "accepted"
        complaint._demo_step("resolve", day + 3 * HOUR)
        return complaint

    def _demo_awaiting_callback(self, row, received):
        self._demo_solve(row, received, HOUR / 2)

    def _demo_closed_fast(self, row, received):
        self._demo_close(self._demo_solve(row, received, HOUR / 2))

    def _demo_closed_late(self, row, received):
        self._demo_close(self._demo_solve(row, received, timedelta(days=4)))

    def _demo_close(self, complaint):
        day = complaint.date_resolved + timedelta(days=3)
        complaint._demo_say(day, "callback", "回访：客户表示满意。")
        complaint._demo_step("close", day)

    def _demo_rejected(self, row, received):
        complaint = self._demo_investigating(row, received)
        complaint.write(
            {
                "cause": "customer",
                "reject_reason": "正常磨损，超出保修期限。",
                "recourse": "已告知客户可拨打12315或申请第三方鉴定。",
            }
        )
        complaint._demo_say(received + timedelta(days=1), "decision", "已说明原因。")
        complaint._demo_step("reject", received + timedelta(days=1))

    def _demo_cancelled(self, row, received):
        self._demo_open(row, received)._demo_step("cancel", received + HOUR)

    def _demo_merged(self, row, received):
        complaint = self._demo_open(row, received)
        target = self.search(
            [
                ("vehicle_id", "=", complaint.vehicle_id.id),
                ("id", "!=", complaint.id),
                ("state", "=", "investigating"),
            ],
            limit=1,
        )
        complaint.action_merge(target)
