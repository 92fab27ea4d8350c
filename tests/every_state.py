"""One record of each state of each process, for tests that try everything on them."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import new_test_user

from .activity_common import ActivityCase, cn
from .every_claim import EveryClaim
from .every_month import EveryMonth
from .every_project import EveryProject
from .every_visit import EveryVisit

DAY = timedelta(days=1)
#: What is there once for the shop or the group.
SETTINGS = (
    "dealer.care.rule",
    "dealer.csi.model",
    "dealer.factory.export",
    "dealer.service.step",
    "dealer.sla.policy",
    "dealer.workday",
    "fleet.vehicle.model",
)
#: The roles, the one with the fewest rights first, and what they are hired for.
ROLES = (
    "technician",
    "mate",
    "advisor",
    "manager",
    "cashier",
    "handler",
    "officer",
    "complaint_manager",
    "caller",
    "care_manager",
)


class EveryStateCase(EveryClaim, EveryMonth, EveryProject, EveryVisit, ActivityCase):
    """``cls.records``: by model, the records by the name of what is special of them.
    Nothing is frozen: a browser has a clock of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.records = {}
        cls.users = {role: cls.people(role) for role in ROLES}
        cls.make_technician(cls.technician)
        cls.brakes = cls.env["dealer.vehicle.system"].search([], limit=1)
        cls.make_cars()
        cls.make_visits()
        cls.make_jobs()
        cls.make_parts()
        cls.make_complaints()
        cls.make_mails()
        cls.make_tasks()
        cls.make_activities()
        cls.make_improvements()
        cls.make_new_cars()
        cls.make_rooms()
        cls.make_counter()
        cls.make_calls()
        cls.make_claims()
        cls.make_takeovers()
        cls.make_messages()
        cls.make_online_bookings()
        cls.make_months()
        cls.make_inspections()
        cls.keep_what_came_along()
        cls.env.flush_all()

    @classmethod
    def people(cls, role):
        if role == "mate":
            return cls.make_user("mate", "technician")
        if role != "cashier":
            return getattr(cls, role)
        return new_test_user(
            cls.env,
            login="cashier",
            groups="account.group_account_invoice,dealer_service.group_dealer_service_user",
            tz="Asia/Shanghai",
        )

    @classmethod
    def keep(cls, name, *records):
        for record in records:
            cls.records.setdefault(record._name, {})[name] = record
        return records[0]

    @classmethod
    def make_car(cls):
        number = len(cls.env["fleet.vehicle"].search([])) + 1
        return cls.make_vehicle(license_plate=f"皖B·E{number:04}")

    @classmethod
    def keep_what_came_along(cls):
        """Sheets, checks and settings: one of each kind."""
        for sheet in cls.env["dealer.inspection"].search([]):
            cls.keep(sheet.state, sheet)
        for check in cls.env["dealer.quality.check"].search([]):
            cls.keep(check.level, check)
        cls.env["dealer.workday"].create({"date": cls.today})
        for model in SETTINGS:
            cls.keep("any", cls.env[model].search([], limit=1))

    @classmethod
    def make_cars(cls):
        cls.keep("plain", cls.vehicle)
        cls.keep("plain", cls.customer)
        left = cls.keep("left", cls.make_car())
        left._record_leaving(cls.env["dealer.leave.reason"].search([], limit=1))

    # ------------------------------------------------------------------
    # COMPLAINTS
    # ------------------------------------------------------------------

    @classmethod
    def make_complaints(cls):
        def new(name, **values):
            visit = cls.records["dealer.reception"]["delivered"]
            return cls.keep(
                name,
                cls.make_complaint(
                    reception_id=visit.id, vehicle_id=visit.vehicle_id.id, **values
                ),
            )

        new("new")
        new("grievance", level="grievance")
        new("nobodys").user_id = False
        offered = new("handed_over", user_id=cls.colleague.id)
        offered.with_user(cls.colleague).action_handover(cls.handler)
        cls.keep("unreached", cls.make_unreached())
        with freeze_time(cn(2, 9)):
            talked = cls.keep("talked", cls.make_complaint())
        # by a person and too late to count: an officer may accept it
        cls.env["dealer.complaint.contact"].with_user(talked.user_id).create(
            {"complaint_id": talked.id, "date": cn(2, 10)}
        )
        cls.investigate(new("investigating"))
        paused = cls.investigate(new("paused"))
        paused.with_user(cls.officer).action_pause("parts", "Ordered")
        for name in ("proposed", "resolved", "closed"):
            cls.resolve_until(new(name), name)
        reader = cls.make_partner(email="li@example.com", phone="139 0553 7007")
        unsent = cls.keep("unsent", cls.make_complaint(partner_id=reader.id))
        cls.resolve_until(unsent, "proposed")
        unsent.proposal = "退款"
        new("rejected").write({"reject_reason": "不成立", "recourse": "可向12315申诉"})
        cls.records["dealer.complaint"]["rejected"].action_reject()
        new("cancelled").action_cancel()
        new("merged").action_merge(cls.records["dealer.complaint"]["new"].id)
        target = cls.records["dealer.complaint"]["investigating"]
        cls.make_remedies(target)
        target.with_user(cls.handler)._request_pause("parts", "订货中", None)
        cls.keep("asked", target.pause_request_ids)
        target.write(
            {
                "next_step": "试车",
                "next_step_user_id": cls.handler.id,
                "next_step_date": fields.Datetime.now(),
            }
        )
        for state in ("sent", "draft"):
            report = cls.env["dealer.manufacturer.report"].create(
                {"name": state, "complaint_id": target.id, "contact": "华东大区"}
            )
            cls.keep(state, report).description = "变速箱顿挫"
            if state == "sent":
                report.action_send()
        for state in ("received", "accepted"):
            case = cls.env["dealer.external.case"].create(
                {"complaint_id": target.id, "number": f"AH-2026-{state}"}
            )
            cls.keep(state, case)
            if state == "accepted":
                case.action_accept()

    @classmethod
    def make_unreached(cls):
        """The customer did not answer three times while the shop was open."""
        with freeze_time(cn(2, 9)):
            complaint = cls.make_complaint()
        for minute in (10, 20, 30):
            with freeze_time(cn(2, 9, minute)):
                cls.make_contact(complaint, is_connected=False)
        return complaint

    @classmethod
    def make_mails(cls):
        mails = cls.env["dealer.complaint.mail"]
        states = dict(mails._fields["state"].selection)
        for name in ("known", *states):
            mail = mails.create(
                {
                    "subject": "发动机故障灯亮",
                    "email_from": "wang@example.com",
                    "date": fields.Datetime.now(),
                    "reason": "automatic",
                    "company_id": cls.company.id,
                }
            )
            cls.keep(name, mail)
            if name == "known":
                mail.complaint_id = cls.records["dealer.complaint"]["new"]
            else:
                mail._write_by_method({"state": name})

    @classmethod
    def investigate(cls, complaint):
        cls.make_contact(complaint)
        complaint.action_investigate()
        return complaint

    @classmethod
    def resolve_until(cls, complaint, state):
        cls.investigate(complaint)
        complaint.write({"proposal": "更换", "decision": "更换", "root_cause": "装配"})
        complaint.action_propose()
        if state != "proposed":
            cls.make_contact(complaint, kind="decision")
            complaint.decision_answer = "accepted"
            complaint.action_resolve()
        if state == "closed":
            complaint._write_by_method({"state": "closed"})

    @classmethod
    def make_remedies(cls, complaint):
        for state in ("draft", "requested", "approved", "done"):
            remedy = cls.env["dealer.complaint.action"].create(
                {
                    "complaint_id": complaint.id,
                    "kind": "repair",
                    "name": "返工",
                    "cost": 50_000 if state == "requested" else 200,
                }
            )
            cls.keep(state, remedy)
            if state != "draft":
                remedy.with_user(cls.handler).action_request()
            if state == "done":
                remedy.with_user(cls.handler).action_carry_out()
        lent = cls.env["dealer.complaint.action"].create(
            {
                "complaint_id": complaint.id,
                "kind": "loan_car",
                "name": "代步车",
                "loan_plate": "皖B·6D318",
                "date_due_back": fields.Datetime.now(),
            }
        )
        lent.with_user(cls.handler).action_request()
        lent.with_user(cls.handler).action_carry_out()
        cls.keep("lent", lent)

    # ------------------------------------------------------------------
    # CARE
    # ------------------------------------------------------------------

    @classmethod
    def make_tasks(cls):
        rule = cls.keep(
            "of_the_shop", cls.make_rule("manual", company_id=cls.company.id)
        )
        for state, _label in cls.Followup._fields["state"].selection:
            task = cls.make_task(
                rule,
                vehicle_id=cls.make_car().id,
                due_date=cls.today,
                expire_date=cls.today + 14 * DAY,
                next_try_at=fields.Datetime.now() - timedelta(hours=1),
            )
            task._write_by_method({"state": state})
            cls.keep(state, task)
        open_now = {"due_date": cls.today, "expire_date": cls.today + 14 * DAY}
        survey = cls.env.ref("dealer_followup.survey_visit")
        # a question that is asked on a page of its own
        question = {"title": "何时方便回店？", "question_type": "datetime"}
        survey.question_and_page_ids = [(0, 0, question)]
        asking = cls.make_rule("manual", survey_id=survey.id)
        for way in ("wechat", "sms"):
            writing = cls.make_rule("manual", channel=way)
            task = cls.make_task(
                writing, vehicle_id=cls.make_car().id, channel=way, **open_now
            )
            cls.keep(f"by_{way}", task)
        answered = cls.make_task(asking, vehicle_id=cls.make_car().id, **open_now)
        cls.keep("answered", answered)._begin_survey().state = "done"
        # whatever time it is: somebody is called, about one of two things
        cls.company.dealer_call_hours = "00:00-24:00"
        partner = cls.make_partner(name="李芳", phone="139 0553 7008")
        car = cls.make_vehicle(owner_id=partner.id, license_plate="皖B·E9999")
        mine, _other = (
            cls.make_task(rule, partner=partner, vehicle_id=car.id, **open_now)
            for rule in (asking, rule)
        )
        mine.with_user(cls.caller).action_take()
        action = cls.keep("taken", mine).with_user(cls.caller).action_call()
        sheet = cls.env["dealer.followup.call"].browse(action["res_id"])
        sheet.followup_ids = mine
        cls.keep("taken", sheet)

    @classmethod
    def make_activities(cls):
        moment = fields.Datetime.now() + 5 * DAY
        for state, _label in cls.Activity._fields["state"].selection:
            activity = cls.make_activity(
                name=f"活动 {state}",
                date_start=moment,
                date_end=moment + timedelta(hours=2),
                lessons="提前一周邀约",
            )
            if state != "draft":
                activity.action_plan()
                activity.action_refresh_audience()
            activity._write_by_method({"state": state})
            cls.keep(state, activity)
        inviting = cls.records["dealer.activity"]["inviting"]
        rows = inviting._rows("listed", "excluded").filtered("partner_id")
        states = cls.Invitee._fields["state"].selection
        for (state, _label), row in zip(states, rows, strict=False):
            row._write_by_method({"state": state})
            cls.keep(state, row)
        running = cls.records["dealer.activity"]["running"]
        expected = running._rows("listed").filtered("partner_id")[:1]
        expected._write_by_method({"state": "coming"})
        cls.keep("expected", expected)
        # a service car on the road, households, and a club
        all_day = {"date_start": moment, "date_end": moment + timedelta(hours=8)}
        for kind in ("roving", "visiting"):
            road = cls.make_activity(name=f"上路 {kind}", kind=kind, **all_day)
            road._write_by_method({"state": "running"})
            cls.keep(f"running {kind}", road)
            for state, _label in (
                cls.env["dealer.activity.stop"]._fields["state"].selection
            ):
                stop = cls.env["dealer.activity.stop"].create(
                    {
                        "activity_id": road.id,
                        "name": f"停靠点 {state}",
                        "report": "已看",
                    }
                )
                stop._write_by_method({"state": state})
                cls.keep(f"{kind} {state}", stop)
        mission = {"name": "水灾救援", "kind": "disaster", "area": "芜湖"}
        mission = cls.make_activity(**mission, **all_day)
        cls.keep("disaster", mission)
        club = cls.env["dealer.club"].create(
            {"name": "车友会", "customer_class": "a", "company_id": cls.company.id}
        )
        cls.keep("club", club)
        kinds = cls.env["dealer.activity.kind"]
        cls.keep("kind", kinds.search([("kind", "=", "vip")], limit=1))
        # a visit that came of it, and its invoice
        done = cls.records["dealer.activity"]["done"]
        visit = cls.records["dealer.reception"]["settled"]
        visit._write_by_method({"activity_id": done.id})
        visit.invoice_ids.campaign_id = done.campaign_id
        visit.invoice_ids.action_post()

    # ------------------------------------------------------------------
    # ROOMS
    # ------------------------------------------------------------------

    @classmethod
    def make_rooms(cls):
        """A round that goes on, one that is finished, and what everybody may know."""
        rounds = cls.env["dealer.facility.round"]
        cls.keep("round begun", rounds.with_user(cls.manager).create({}).sudo())
        walk = rounds.with_user(cls.advisor).create({})
        walk.line_ids.write({"result": "bad", "note": "地面有水"})
        walk.action_finish()
        cls.keep("round finished", walk.sudo())
        product = cls.make_product("四轮定位", "labour", 180.0)
        cls.env["dealer.public.price"].create({"product_id": product.id})
        notice = {"name": "春节营业时间", "company_id": cls.company.id}
        cls.keep("own", cls.env["dealer.public.notice"].create(notice))
        advisors = cls.env.ref("dealer_service.group_dealer_service_user")
        rules = cls.env["dealer.factory.rule"].create(
            [
                {
                    "name": name,
                    "company_id": cls.company.id,
                    "group_ids": advisors.ids,
                }
                for name in ("服务管理规定", "保修管理规定")
            ]
        )
        cls.keep("to read", rules[0])
        rules[1].with_user(cls.advisor).action_confirm_read()
        cls.keep("read by one", rules[1])
        cls.company.with_user(cls.manager).action_renew_public_link()
        cls.keep("posted", cls.company._public_posting())
