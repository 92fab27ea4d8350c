"""One record of each state of each process, for tests that try everything on them."""

from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user

from .activity_common import ActivityCase

DAY = timedelta(days=1)
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


class EveryStateCase(ActivityCase):
    """``cls.records``: by model, the records by the name of what is special of them.

    Nothing is frozen: a browser has a clock of its own.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.records = {}
        cls.users = {role: cls.people(role) for role in ROLES}
        cls.make_technician(cls.technician)
        cls.make_visits()
        cls.make_jobs()
        cls.make_complaints()
        cls.make_tasks()
        cls.make_activities()
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

    # ------------------------------------------------------------------
    # SERVICE
    # ------------------------------------------------------------------

    @classmethod
    def make_visit(cls, state="booked", **values):
        visit = cls.make_reception(
            vehicle_id=cls.make_car().id,
            odometer=12_000,
            concern_ids=[(0, 0, {"name": "刹车时有异响"})],
            **values,
        )
        if state not in ("booked", "prepared", "no_show", "cancelled"):
            cls.bring_to(visit, state)
        return visit

    @classmethod
    def make_visits(cls):
        cls.keep("booked", cls.make_visit())
        prepared = cls.keep("prepared", cls.make_visit())
        cls.tick(prepared)
        prepared.action_prepare()
        cls.keep("no_show", cls.make_visit()).action_no_show()
        cls.keep("cancelled", cls.make_visit()).action_cancel()
        cls.keep("arrived", cls.make_visit("arrived"))
        cls.keep("greeted", cls.make_visit("arrived")).action_greet()
        cls.keep("inspected", cls.make_visit("inspected"))
        asked = cls.keep("asked", cls.make_visit("inspected"))
        cls.keep("draft", cls.make_order(asked))
        agreed = cls.keep("agreed", cls.make_visit("inspected"))
        order = cls.keep("agreed", cls.make_order(agreed))
        order.action_record_consent("in_person", "王建国")
        for state in ("authorized", "working", "quality", "ready", "settled"):
            cls.keep(state, cls.make_visit(state))
        supplement = cls.keep("supplement", cls.make_visit("working"))
        cls.keep("supplement", cls.make_order(supplement))
        cls.keep("delivered", cls.make_visit("delivered"))
        for name in ("settled", "delivered"):
            cls.keep(name, cls.records["dealer.reception"][name].invoice_ids[:1])

    @classmethod
    def make_jobs(cls):
        # who works cannot begin another job: somebody else does
        busy = cls.make_technician(cls.users["mate"])
        free = cls.env["resource.resource"].search(
            [("user_id", "=", cls.technician.id)]
        )
        for name in ("pending", "working", "paused", "done"):
            visit = cls.make_visit("working")
            job = cls.keep(name, visit.job_ids)
            job.technician_id = busy if name == "working" else free
            if name != "pending":
                job.action_start()
            if name == "paused":
                job.action_pause("parts")
            if name == "done":
                job.action_done()

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
        new("handed_over").with_user(cls.handler).action_handover(cls.colleague)
        cls.investigate(new("investigating"))
        paused = cls.investigate(new("paused"))
        paused.with_user(cls.officer).action_pause("parts", "Ordered")
        for name in ("proposed", "resolved", "closed"):
            cls.resolve_until(new(name), name)
        new("rejected").write({"reject_reason": "不成立", "recourse": "可向12315申诉"})
        cls.records["dealer.complaint"]["rejected"].action_reject()
        new("cancelled").action_cancel()
        new("merged").action_merge(cls.records["dealer.complaint"]["new"].id)
        target = cls.records["dealer.complaint"]["investigating"]
        cls.make_remedies(target)
        report = target.action_report_to_manufacturer()["res_id"]
        report = cls.keep("draft", cls.env["dealer.manufacturer.report"].browse(report))
        case = cls.env["dealer.external.case"].create(
            {"complaint_id": target.id, "body": "12315", "number": "AH-2026-1"}
        )
        cls.keep("received", case)

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

    # ------------------------------------------------------------------
    # CARE
    # ------------------------------------------------------------------

    @classmethod
    def make_tasks(cls):
        rule = cls.make_rule("manual")
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
        mine = cls.make_task(rule, vehicle_id=cls.make_car().id, due_date=cls.today)
        mine.with_user(cls.caller).action_take()
        cls.keep("taken", mine)

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
