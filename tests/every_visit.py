"""One visit, order and job of each state; a part of :mod:`tests.every_state`."""

from datetime import timedelta

from odoo import fields

from .signature import SIGNATURE


class EveryVisit:
    """The service department, for a case that keeps its records."""

    # ------------------------------------------------------------------
    # SERVICE
    # ------------------------------------------------------------------

    @classmethod
    def make_visit(cls, state="booked", car=None, **values):
        visit = cls.make_reception(
            vehicle_id=(car or cls.make_car()).id,
            odometer=12_000,
            concern_ids=[(0, 0, {"name": "刹车时有异响", "system_id": cls.brakes.id})],
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
        cls.keep("left", cls.make_visit("inspected")).action_leave("wait")
        cls.keep("arrived", cls.make_visit("arrived"))
        cls.keep("greeted", cls.make_visit("arrived")).action_greet()
        cls.keep("inspected", cls.make_visit("inspected"))
        asked = cls.keep("asked", cls.make_visit("inspected"))
        cls.keep("draft", cls.make_order(asked))
        agreed = cls.keep("agreed", cls.make_agreed())
        cls.keep("agreed", agreed.order_ids)
        for state in ("authorized", "working", "quality", "ready", "settled"):
            cls.keep(state, cls.make_visit(state))
        for name in ("authorized", "settled"):
            cls.keep(name, cls.records["dealer.reception"][name].order_ids[:1])
        supplement = cls.keep("supplement", cls.make_visit("working"))
        cls.keep(
            "supplement", cls.make_order(supplement, cls.make_product(dealer_hours=1.5))
        )
        cls.keep("delivered", cls.make_visit("delivered"))
        for name in ("settled", "delivered"):
            cls.keep(name, cls.records["dealer.reception"][name].invoice_ids[:1])
        cls.make_special_visits()

    @classmethod
    def make_special_visits(cls):
        """What has buttons of its own beside those of its state."""
        an_hour = timedelta(hours=1)
        overdue = cls.keep("overdue", cls.make_visit())
        now = fields.Datetime.now()
        # booked in time: what is entered after its appointment is history
        overdue._write_by_method(
            {"date_appointment": now - an_hour, "date_booked": now - 2 * an_hour}
        )
        signed = cls.keep("signed", cls.make_visit("inspected", is_waiting=True))
        signed.inspection_id.action_sign(SIGNATURE, "王建国")
        late = cls.keep("late", cls.make_visit("working", is_waiting=True))
        late._write_by_method({"date_promised": fields.Datetime.now() - an_hour})
        for name, is_away in (("part_ordered", False), ("away", True)):
            waiting = cls.keep(name, cls.make_visit("working"))
            part = cls.env["dealer.part.need"].create(
                {
                    "reception_id": waiting.id,
                    "name": "天窗电机",
                    "date_expected": cls.today + timedelta(days=3),
                }
            )
            part.action_order()
            if is_away:
                waiting.action_drive_away("王建国", "in_person")
        passed = cls.keep("passed", cls.make_visit("quality"))
        cls.pass_quality(passed)
        passed.action_pass()
        cancelled = cls.keep("invoice_cancelled", cls.make_visit("settled"))
        cls.keep("cancelled", cancelled.invoice_ids[:1]).button_cancel()
        cls.keep("open", cls.env["dealer.declined.work"].search([], limit=1))
        owing = cls.keep("left_owing", cls.make_visit("working"))
        job = owing.job_ids
        job.technician_id = cls.env["resource.resource"].search(
            [("user_id", "=", cls.technician.id)]
        )
        job.action_start()
        job.action_done()
        owing.action_leave("time")
        owing.invoice_ids.button_cancel()
        former = cls.bring_to(cls.make_agreed(), "delivered")
        cls.keep("comeback", cls.make_visit("arrived", car=former.vehicle_id))

    @classmethod
    def make_agreed(cls):
        """The customer has agreed to a part of the estimate."""
        visit = cls.make_visit("inspected")
        order = cls.make_order(visit, cls.make_product(), cls.make_product())
        order.action_record_consent(
            "in_person", "王建国", declined={order.order_line[1].id: "太贵"}
        )
        return visit

    @classmethod
    def make_jobs(cls):
        # who works cannot begin another job: somebody else does
        busy = cls.make_technician(cls.users["mate"])
        free = cls.env["resource.resource"].search(
            [("user_id", "=", cls.technician.id)]
        )
        for name in ("pending", "next", "working", "paused", "done"):
            visit = cls.make_visit("working")
            job = cls.keep(name, visit.job_ids)
            job.technician_id = busy if name in ("next", "working") else free
            if name == "working":
                job.helper_ids = free
            if name not in ("pending", "next"):
                job.action_start()
            if name == "paused":
                job.action_pause("parts")
            if name == "done":
                job.action_done()
        # whoever has done the work signs the first check
        checked = cls.make_visit("working")
        job = cls.keep("to_check", checked.job_ids)
        job.technician_id = free
        job.action_start()
        job.action_done()
        checked.action_finish()

    @classmethod
    def make_gate(cls):
        """A gate with its link and one without, and passes on their way."""
        gates = cls.env["dealer.gate.device"]
        cls.keep("no link", gates.create({"name": "南门"}))
        gate = cls.keep("linked", gates.create({"name": "北门"}))
        gate.with_user(cls.manager).action_renew_link()
        for name, state in (("valid", "working"), ("out", "quality")):
            visit = cls.records["dealer.reception"][state]
            gate_pass = cls.keep(name, visit.action_send_out("road_test"))
            if name == "out":
                gate_pass._let_out(gate)

        # taken in advance: the visit that nobody has come for yet
        counter = cls.env["account.move"].with_user(cls.users["cashier"])
        ways = counter.get_cashier_board()["methods"]
        deposits = counter.env["account.payment"]
        visit = cls.records["dealer.reception"]["booked"]
        taken = deposits.action_take_deposit(visit.id, ways[0]["id"], 200.0)
        cls.keep("deposit", cls.env["account.payment"].browse(taken))

        tills = cls.env["dealer.cash.closing"].with_user(cls.users["cashier"])
        for name in ("closed", "counted"):
            till = tills.browse(tills.action_count()["res_id"])
            cls.keep(name, till.sudo())
            if name == "closed":
                for line in till.line_ids:
                    line.counted = line.expected
                till.action_close()

    @classmethod
    def make_online_bookings(cls):
        """One that is open, and one that the customer moved."""
        for state in ("booked", "prepared"):
            visit = cls.records["dealer.reception"][state]
            values = {"phone": "+8613905530001", "proof": "code", "notice": "告知"}
            values |= {"company_id": cls.company.id, "reception_id": visit.id}
            if state == "prepared":
                values["date_moved"] = visit.create_date
            bookings = cls.env["dealer.online.booking"]
            cls.keep(state, bookings._create_by_method([values]))

    @classmethod
    def make_counter(cls):
        """What is kept at the gate and at the counter."""
        cls.make_gate()
        cls.make_kept_papers()
        cls.make_statements()
        cls.make_vouchers()

    @classmethod
    def make_statements(cls):
        """A statement that is being drawn up, and one that was handed over."""
        customer = cls.records["dealer.reception"]["delivered"].partner_id
        limited = customer.commercial_partner_id
        limited.dealer_credit_limit = 1000.0
        for name, month in (("handed", 1), ("open", 2)):
            days = {
                "date_from": f"2026-{month:02}-01",
                "date_to": f"2026-{month:02}-28",
            }
            statement = cls.env["dealer.account.statement"].create(
                {"partner_id": customer.commercial_partner_id.id, **days}
            )
            if name == "handed":
                statement._hand_over()
            cls.keep(name, statement)
        # the others pay before they get their keys
        limited.dealer_credit_limit = 0.0

    @classmethod
    def make_kept_papers(cls):
        """A work order as it was printed, and a settlement whose file has gone."""
        visit = cls.records["dealer.reception"]["delivered"]
        papers = cls.env["dealer.kept.paper"]
        for name, kind, content in (
            ("kept", "order", b"%PDF-1.4 kept"),
            ("erased", "settlement", b""),
        ):
            papers._keep(visit, kind, content)
            kept = papers.search([("reception_id", "=", visit.id)])
            cls.keep(name, kept.filtered(lambda paper, kind=kind: paper.kind == kind))

    @classmethod
    def make_calls(cls):
        """An exchange with its address and one without, and calls as they come."""
        exchanges = cls.env["dealer.call.exchange"]
        adapter = cls.env["dealer.call.adapter"].search([], limit=1)
        cls.keep("plain", adapter)
        vals = {"name": "总机", "adapter_id": adapter.id}
        cls.keep("no link", exchanges.create(vals))
        exchange = cls.keep("linked", exchanges.create(vals))
        exchange.action_renew_link()
        cls.company.dealer_recording_announced = True
        customer = cls.records["dealer.reception"]["working"].partner_id
        for name, number in (("known", customer.phone), ("unknown", "13955550000")):
            call = cls.env["dealer.call.record"]._hear(
                exchange,
                {
                    "call_ref": name,
                    "direction": "in",
                    "number": number,
                    "date_start": fields.Datetime.now(),
                    "talk_seconds": 60,
                    "recording_url": f"https://pbx.example/{name}.wav",
                },
            )
            call._match()
            cls.keep(name, call)
            page = call.with_user(cls.manager).action_open_caller()
            cls.keep(name, cls.env["dealer.caller"].browse(page["res_id"]))

    @classmethod
    def make_vouchers(cls):
        """A voucher in each state."""
        customer = cls.records["dealer.reception"]["delivered"].partner_id
        for state in ("issued", "redeemed", "expired", "withdrawn"):
            voucher = cls.env["dealer.voucher"].create(
                {"partner_id": customer.id, "amount": 100.0, "reason": "等配件一周"}
            )
            voucher._write_by_method({"state": state})
            cls.keep(state, voucher)

    @classmethod
    def make_takeovers(cls):
        """A take-over in each state, one without rows; a word, and a visit of it."""
        takeovers = cls.env["dealer.takeover"]
        cls.keep("empty", takeovers.create({"name": "空"}))
        states = ("open", "checking", "checked", "taking", "returning", "done")
        for state in states:
            takeover = cls.keep(state, takeovers.create({"name": state}))
            for number, found in enumerate(("ready", "refused", "known", "unread"), 2):
                row = cls.env["dealer.takeover.row"].create(
                    {
                        "takeover_id": takeover.id,
                        "source": "past.csv",
                        "line": number,
                        "number": f"{state}-{number}",
                        "license_plate": "皖BX0000",
                    }
                )
                row._write_by_method({"state": found})
                if state == "done":
                    cls.keep(found, row)
            takeover._write_by_method({"state": state})
        cls.keep(
            "to_explain",
            cls.env["dealer.takeover.word"].create(
                {"word": "挂账单位", "company_id": cls.company.id}
            ),
        )
        day = fields.Datetime.now() - timedelta(days=400)
        former = cls.records["dealer.reception"]["delivered"]
        visit = cls.env["dealer.reception"]._create_past(
            [
                {
                    "name": "WX1",
                    "past_number": "WX1",
                    "takeover_id": takeover.id,
                    "company_id": takeover.company_id.id,
                    "vehicle_id": former.vehicle_id.id,
                    "partner_id": former.partner_id.id,
                    "date_arrived": day,
                    "date_delivered": day,
                }
            ]
        )
        cls.keep("past", visit)
        line = cls.env["dealer.past.line"]._create_by_method(
            [
                {
                    "reception_id": visit.id,
                    "name": "x",
                    "kind": "part",
                    "payer": "customer",
                }
            ]
        )
        cls.keep("part", line)
        visit._follow_past()
        consent = cls.env["dealer.consent"].create(
            {
                "partner_id": former.partner_id.id,
                "company_id": cls.company.id,
                "purpose": "satisfaction",
                "decision": "given",
                "evidence": "原系统登记",
            }
        )
        cls.keep("given", consent)

    @classmethod
    def make_messages(cls):
        """A message in each state, about a visit."""
        visit = cls.records["dealer.reception"]["ready"]
        messages = cls.env["dealer.customer.message"]
        for state in dict(messages._fields["state"].selection):
            message = messages._create_by_method(
                {
                    "purpose": "service",
                    "channel": "sms",
                    "company_id": visit.company_id.id,
                    "partner_id": visit.partner_id.id,
                    "address": visit.partner_id.phone_key,
                    "res_model": visit._name,
                    "res_id": visit.id,
                    "text": "您的爱车已完工",
                    "state": state,
                }
            )
            cls.keep(state, message)
        cls.keep("ready", cls.env.ref("dealer_service.dealer_message_occasion_ready"))
        template = cls.env.ref("dealer_service.sms_template_staff")
        cls.keep(
            "aliyun",
            cls.env["dealer.sms.approval"].create(
                {
                    "template_id": template.id,
                    "company_id": visit.company_id.id,
                    "provider": "aliyun",
                    "lang": "zh_CN",
                    "code": "SMS_154950909",
                    "variables": "text",
                }
            ),
        )

    @classmethod
    def make_parts(cls):
        """A needed part in each state, of a visit with an appointment."""
        visit = cls.records["dealer.reception"]["overdue"]
        for state in ("needed", "ordered", "here", "laid_out"):
            part = cls.env["dealer.part.need"].create(
                {
                    "reception_id": visit.id,
                    "name": f"前制动片 {state}",
                    "date_expected": cls.today,
                }
            )
            part._write_by_method({"state": state})
            cls.keep(state, part)
