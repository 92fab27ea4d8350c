"""The records of one side of the world of rights, with a mark in all that is secret."""

from types import SimpleNamespace

from odoo import fields
from odoo.fields import Command

from ..signature import SIGNATURE
from .marks import SIDES
from .world_activity import WorldActivity
from .world_inspection import WorldInspection
from .world_money import WorldMoney


class World(WorldMoney, WorldInspection, WorldActivity):
    """Makes the records of a side, by name, with the factories of the base cases."""

    @classmethod
    def _make_side(cls, side):
        """The records of a side, by name."""
        world = SimpleNamespace(side=side, company=cls.company)
        cls._make_shop(world)
        cls._make_visits(world)
        cls._make_money(world)
        cls._make_inspection(world)
        cls._make_complaints(world)
        cls._make_care(world)
        cls._make_activity(world)
        cls._make_talk(world)
        return world

    @classmethod
    def _make_shop(cls, world):
        side, company = world.side, world.company
        if not company.dealer_calendar_id:
            company.dealer_calendar_id = cls.make_calendar()
        company.dealer_marketing_needs_consent = False
        company.dealer_call_hours = "09:00-12:00, 14:00-20:00"
        world.mechanic = cls.make_technician(
            cls.technician,
            company_id=company.id,
            calendar_id=company.dealer_calendar_id.id,
        )
        world.bay = cls.make_bay(company_id=company.id)
        world.round = cls.env["dealer.facility.round"].create(
            {"company_id": company.id, "note": cls.mark(side, "visit")}
        )
        world.customer = cls.make_partner(
            name=cls.mark(side, "person"),
            phone=f"139 0553 {SIDES.index(side):04}",
            email=f"{side}@example.com",
            habits=cls.mark(side, "person"),
            drink=cls.mark(side, "person"),
            comment=cls.mark(side, "person"),
        )
        plate = f"皖B·{'ABC'[SIDES.index(side)]}%s000"
        world.cars = cls.make_vehicles(
            *(
                {"owner_id": world.customer.id, "license_plate": plate % number}
                for number in range(6)
            )
        )

    @classmethod
    def _make_visits(cls, world):
        """Visits on their way; ``shared``: one of the customer of both shops."""
        side = world.side
        states = ("booked", "arrived", "working", "quality", "ready", "cancelled")
        made = cls.make_receptions(
            *(
                {
                    "vehicle_id": car.id,
                    "partner_id": world.customer.id,
                    "company_id": world.company.id,
                    "belongings": cls.mark(side, cls._kind_of(state)),
                    "concern_ids": [
                        Command.create({"name": cls.mark(side, cls._kind_of(state))})
                    ],
                    **({} if state == "booked" else {"state": "arrived"}),
                }
                for car, state in zip(world.cars, states, strict=True)
            )
        )
        visits = dict(zip(states, made, strict=True))
        world.visits = visits
        world.shared_visit = cls.make_past_visit(2, company_id=world.company.id)
        # whoever works on a car works on it alone: the one in work comes last
        for state in ("quality", "ready", "working"):
            visit = visits[state]
            visit._create_checks()
            job = cls.make_job(
                visit,
                name=cls.mark(side, cls._kind_of(state)),
                note=cls.mark(side, cls._kind_of(state)),
                technician_id=world.mechanic.id,
            )
            visit._write_by_method({"state": "working"})
            job.action_start()
            if state != "working":
                job.action_done()
                visit._write_by_method({"state": state})
        visits["cancelled"]._write_by_method({"state": "cancelled"})
        world.gate = cls.env["dealer.gate.device"].create(
            {"name": "北门", "company_id": world.company.id}
        )
        world.gate_pass = visits["quality"].action_send_out("road_test")
        world.online_booking = cls.env["dealer.online.booking"]._create_by_method(
            [
                {
                    "company_id": world.company.id,
                    "reception_id": visits["booked"].id,
                    "phone": cls.mark(side, "visit"),
                    "proof": "code",
                    "notice": "…",
                }
            ]
        )
        world.exchange = cls.env["dealer.call.exchange"].create(
            {
                "name": "总机",
                "company_id": world.company.id,
                "adapter_id": cls.env["dealer.call.adapter"].search([], limit=1).id,
            }
        )
        world.phone_call = cls.env["dealer.call.record"]._hear(
            world.exchange,
            {
                "call_ref": f"20261130-{side}",
                "direction": "out",
                "number": "13805530000",
                "date_start": fields.Datetime.now(),
                "talk_seconds": 60,
            },
        )
        world.hearing = cls.env["dealer.call.hearing"]._create_by_method(
            [{"call_id": world.phone_call.id, "user_id": cls.env.uid}]
        )
        world.takeover = cls.env["dealer.takeover"].create(
            {"name": f"2025 {side}", "company_id": world.company.id}
        )
        world.takeover_row = cls.env["dealer.takeover.row"].create(
            {
                "takeover_id": world.takeover.id,
                "source": "past.csv",
                "line": 2,
                "number": f"WX {side}",
                "customer_name": cls.mark(side, "person"),
            }
        )
        world.voucher = cls.env["dealer.voucher"].create(
            {
                "company_id": world.company.id,
                "partner_id": world.customer.id,
                "amount": 100.0,
                "reason": cls.mark(side, "visit"),
            }
        )
        world.approval = cls.env["dealer.sms.approval"].create(
            {
                "template_id": cls.env.ref("dealer_service.sms_template_staff")
                .copy()
                .id,
                "company_id": world.company.id,
                "provider": "aliyun",
                "lang": "zh_CN",
                "code": f"SMS_{side}",
                "variables": "text",
            }
        )
        world.inbox = cls.env["dealer.sms.inbox"].create(
            {
                "company_id": world.company.id,
                "provider": "aliyun",
                "kind": "replies",
                "number": world.customer.phone_key,
                "text": cls.mark(side, "visit"),
            }
        )
        world.message = cls.env["dealer.customer.message"]._create_by_method(
            {
                "purpose": "service",
                "channel": "sms",
                "company_id": world.company.id,
                "partner_id": world.customer.id,
                "address": world.customer.phone_key,
                "res_model": "dealer.reception",
                "res_id": visits["working"].id,
                "text": cls.mark(side, "visit"),
                "state": "failed",
            }
        )
        world.kept_paper = cls.env["dealer.kept.paper"]._create_by_method(
            [
                {
                    "reception_id": visits["ready"].id,
                    "kind": "order",
                    "version": 1,
                    "date": visits["ready"].create_date,
                    "fingerprint": "0",
                    "sha256": "0",
                    "pdf": SIGNATURE,
                }
            ]
        )
        on_account = world.customer.with_company(world.company).commercial_partner_id
        on_account.dealer_credit_limit = 1.0
        world.statement = cls.env["dealer.account.statement"].create(
            {"company_id": world.company.id, "partner_id": world.customer.id}
        )
        on_account.dealer_credit_limit = 0.0
        world.job = visits["working"].job_ids
        world.log = world.job.log_ids
        world.quality_check = (
            cls.env["dealer.quality.check"]
            .with_user(cls.technician)
            .create(
                {
                    "reception_id": visits["quality"].id,
                    "level": "self",
                    "note": cls.mark(side, "check"),
                }
            )
            .sudo()
        )
        world.concern = visits["working"].concern_ids
        world.concern.write(
            {"cause": cls.mark(side, "visit"), "correction": cls.mark(side, "visit")}
        )
        world.part = cls.env["dealer.part.need"].create(
            {"reception_id": visits["working"].id, "name": cls.mark(side, "visit")}
        )
        world.check = visits["working"].check_ids[:1]
        world.check.note = cls.mark(side, "visit")
        world.care = cls.env["dealer.waiting.care"].create(
            {
                "reception_id": visits["arrived"].id,
                "kind": "drink",
                "note": cls.mark(side, "visit"),
            }
        )
        world.sheet, world.mark = cls._make_sheet(world, visits["working"])
        world.open_sheet = visits["arrived"]._open_inspection()

    @staticmethod
    def _kind_of(state):
        """What is checked for quality may be seen by every technician."""
        return "check" if state == "quality" else "visit"

    @classmethod
    def _make_sheet(cls, world, visit):
        visit.odometer = 20_000
        mark = cls.env["dealer.damage.mark"].create(
            {"reception_id": visit.id, "note": cls.mark(world.side, "visit")}
        )
        sheet = mark.inspection_id
        sheet.note = cls.mark(world.side, "visit")
        sheet.action_sign(SIGNATURE, cls.mark(world.side, "visit"))
        return sheet, mark

    @classmethod
    def _make_complaints(cls, world):
        """A complaint of the side's customer with all around it, and a shared one."""
        side = world.side
        texts = ("subject", "description", "root_cause", "corrective_action")
        texts += ("remedy_sought", "proposal", "grade_reason")
        world.complaint = cls.make_complaint(
            partner_id=world.customer.id,
            vehicle_id=world.cars[0].id,
            company_id=world.company.id,
            **{name: cls.mark(side, "complaint") for name in texts},
        )
        world.shared_complaint = cls.make_complaint(
            partner_id=cls.customer.id,
            vehicle_id=cls.vehicle.id,
            company_id=world.company.id,
            subject=cls.mark(side, "complaint"),
            description=cls.mark(side, "complaint"),
        )
        world.contact = cls.make_contact(
            world.complaint, summary=cls.mark(side, "complaint")
        )
        world.remedy = cls.env["dealer.complaint.action"].create(
            {
                "complaint_id": world.complaint.id,
                "name": cls.mark(side, "complaint"),
                "cost": cls.figure(side, "complaint"),
            }
        )
        world.pause_request = cls.env[
            "dealer.complaint.pause.request"
        ]._create_by_method(
            [
                {
                    "complaint_id": world.complaint.id,
                    "reason": "parts",
                    "note": cls.mark(side, "complaint"),
                    "user_id": world.complaint.user_id.id,
                }
            ]
        )
        world.external_case = cls.env["dealer.external.case"].create(
            {
                "complaint_id": world.complaint.id,
                **{
                    name: cls.mark(side, "complaint")
                    for name in ("number", "officer", "reply", "result")
                },
            }
        )
        world.manufacturer_report = cls.env["dealer.manufacturer.report"].create(
            {
                "complaint_id": world.complaint.id,
                **{
                    name: cls.mark(side, "complaint")
                    for name in ("name", "description", "request", "contact", "answer")
                },
            }
        )
        world.timer = world.complaint.timer_ids[:1]
        world.shared_complaint._portal_ensure_token()
        world.complaint._portal_ensure_token()
        cls.keep(side, "link", world.complaint.access_token)

    @classmethod
    def _make_care(cls, world):
        """Calls to make, a call made, consents, an opt-out."""
        side, company = world.side, world.company
        world.rule = cls.make_rule(
            "manual", company_id=company.id, script=cls.mark(side, "care")
        )
        world.task = cls.make_task(
            world.rule,
            partner=world.customer,
            vehicle_id=world.cars[0].id,
            user_id=cls.caller.id,
            note=cls.mark(side, "care"),
        )
        world.shared_task = cls.make_task(
            world.rule, user_id=cls.caller.id, note=cls.mark(side, "care")
        )
        world.attempt = cls.env["dealer.followup.attempt"].create(
            {
                "followup_ids": [Command.link(world.shared_task.id)],
                "company_id": company.id,
                "partner_id": cls.customer.id,
                "user_id": cls.caller.id,
                "result_id": cls.env.ref("dealer_followup.result_reached").id,
                "note": cls.mark(side, "care"),
            }
        )
        world.consent = cls.consent(
            company_id=company.id,
            evidence=cls.mark(side, "care"),
            origin=cls.mark(side, "care"),
        )
        world.optout = cls.env["dealer.care.optout"].create(
            {
                "vehicle_id": world.cars[1].id,
                "source": "sale",
                "reason": cls.mark(side, "care"),
            }
        )
        survey = cls.env.ref("dealer_followup.survey_visit")
        world.survey_task = cls.make_task(
            cls.make_rule("visit", purpose="satisfaction", survey_id=survey.id),
            partner=world.customer,
            vehicle_id=world.cars[0].id,
            user_id=cls.caller.id,
        )
        words = cls.env.ref("dealer_followup.survey_visit_better")
        world.survey_task._answer_by_phone({str(words.id): cls.mark(side, "care")})
        world.answer = world.survey_task.survey_input_id
        cls.keep(side, "link", world.answer.access_token)
        world.customer._consent_url()
        # of a card, which is the group's
        cls.keep(side, "person", world.customer.consent_token)

    @classmethod
    def _make_talk(cls, world):
        """What colleagues write to each other, and how the customer rated."""
        side = world.side
        for record in (world.visits["working"], world.shared_visit, world.complaint):
            record.message_post(
                body=cls.mark(side, "talk"), subtype_xmlid="mail.mt_note"
            )
        world.planned = world.visits["working"].activity_schedule(
            "mail.mail_activity_data_todo",
            note=cls.mark(side, "talk"),
            user_id=cls.advisor.id,
        )
        token = world.shared_visit._rating_get_access_token()
        world.rating = world.shared_visit.rating_apply(
            1, token=token, feedback=cls.mark(side, "talk")
        )
