"""The documented methods over ``/json/2``, with the key of a user (docs/api.md)."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger

from ...common import DealerServiceCase
from ...signature import SIGNATURE

#: What moves a visit on, or records something of it.
PROCESS = (
    "action_prepare",
    "action_arrive",
    "action_greet",
    "action_inspect",
    "action_authorize",
    "action_start",
    "action_finish",
    "action_pass",
    "action_fail",
    "action_ready",
    "action_settle",
    "action_deliver",
    "action_no_show",
    "action_cancel",
    "action_tell_delay",
    "action_report_progress",
    "action_add_supplement",
    "action_open_estimate",
    "action_invoice_again",
    "action_correct_settlement",
    "action_confirm_comeback",
    "action_reject_comeback",
    "action_new_inspection_version",
    "action_sign_inspection",
)


@tagged("standard", "post_install", "-at_install")
class TestApi(DealerServiceCase, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mate = cls.make_user("mate", "technician")
        cls.inspector = cls.make_user("inspector", "technician")
        cls.mechanic = cls.make_technician(cls.technician)
        cls.portal = new_test_user(cls.env, "portal_owner", "base.group_portal")
        cls.portal.partner_id = cls.customer
        cls.keys = {user: cls.make_key(user) for user in cls.users()}

    @classmethod
    def users(cls):
        return cls.advisor, cls.technician, cls.mate, cls.inspector, cls.portal

    @classmethod
    def make_key(cls, user):
        tomorrow = fields.Datetime.now() + timedelta(hours=12)
        return (
            cls.env(user=user)["res.users.apikeys"]
            .sudo()
            ._generate("rpc", "test", tomorrow)
        )

    def post(self, user, path, **arguments):
        key = self.keys.get(user, "wrong")
        with mute_logger("odoo.http"):
            return self.url_open(
                f"/json/2/{path}",
                method="POST",
                json=arguments,
                headers={"Authorization": f"bearer {key}"},
            )

    def call(self, user, path, records=(), **arguments):
        """What the method returns; ``records``: their ids."""
        ids = {"ids": list(records)} if records else {}
        response = self.post(user, path, **ids, **arguments)
        self.assertEqual(response.status_code, 200, response.text)
        self.env.invalidate_all()
        return response.json()

    def assertRefused(self, status, user, path, records=(), **arguments):
        ids = {"ids": list(records)} if records else {}
        response = self.post(user, path, **ids, **arguments)
        self.assertEqual(response.status_code, status, response.text)
        return response.json()["message"]

    def tick_open(self, ids):
        domain = [["reception_id", "in", ids], ["is_done", "=", False]]
        # the others are proven by what the calls below do
        domain.append(["evidence", "=", False])
        checks = self.call(self.advisor, "dealer.reception.check/search", domain=domain)
        if checks:
            self.call(self.advisor, "dealer.reception.check/action_done", checks)

    def move(self, ids, *names):
        for name in names:
            self.tick_open(ids)
            self.call(self.advisor, f"dealer.reception/{name}", ids)

    def test_a_whole_visit_by_its_documented_methods(self):
        [ids] = [
            self.call(
                self.advisor,
                "dealer.reception/create",
                vals_list=[
                    {
                        "vehicle_id": self.vehicle.id,
                        "concern_ids": [[0, 0, {"name": "刹车有点响。"}]],
                    }
                ],
            )
        ]
        visit = self.env["dealer.reception"].browse(ids)
        self.move(ids, "action_arrive", "action_greet")
        self.call(self.advisor, "dealer.reception/write", ids, vals={"odometer": 20000})
        self.call(
            self.advisor,
            "dealer.inspection/action_sign",
            visit.inspection_id.ids,
            signature=SIGNATURE,
            signed_by="王建国",
        )
        self.move(ids, "action_inspect")
        labour, part = self.make_product(), self.make_product("前制动片", "part", 368.0)
        orders = self.call(
            self.advisor,
            "sale.order/create",
            vals_list=[
                {
                    "reception_id": visit.id,
                    "order_line": [
                        [0, 0, {"product_id": labour.id}],
                        [0, 0, {"product_id": part.id}],
                    ],
                }
            ],
        )
        part_line = visit.order_ids.order_line.filtered(lambda o: o.product_id == part)
        self.call(
            self.advisor,
            "sale.order/action_record_consent",
            orders,
            method="phone",
            consent_by="王建国",
            note="138 0553 1234",
            declined={part_line.id: "太贵"},
        )
        promised = fields.Datetime.to_string(fields.Datetime.now() + timedelta(hours=3))
        self.call(
            self.advisor,
            "dealer.reception/write",
            ids,
            vals={"date_promised": promised},
        )
        self.move(ids, "action_authorize")
        jobs = visit.job_ids.ids
        self.call(
            self.advisor,
            "dealer.job/action_assign",
            jobs,
            technician_id=self.mechanic.id,
        )
        self.call(self.technician, "dealer.job/action_start", jobs)
        self.tick_open(ids)
        self.call(self.technician, "dealer.job/action_done", jobs)
        self.move(ids, "action_finish")
        for level, user in (
            ("self", self.technician),
            ("team", self.mate),
            ("final", self.inspector),
        ):
            self.call(
                user,
                "dealer.quality.check/create",
                vals_list=[{"reception_id": visit.id, "level": level}],
            )
        self.move(ids, "action_ready", "action_settle")
        said = self.assertRefused(
            422, self.advisor, "dealer.reception/action_deliver", ids
        )
        self.assertIn("has not signed for the car", said)
        self.call(
            self.advisor,
            "dealer.reception/action_deliver",
            ids,
            unsigned_reason="A driver fetched the car",
        )
        self.assertEqual(visit.state, "delivered")
        self.assertEqual(visit.settled_total, 200.0)
        self.assertEqual(
            visit.order_ids.order_line.mapped("dealer_decision").count("declined"), 1
        )

    def test_what_is_read_in_one_call(self):
        day = self.call(self.advisor, "dealer.reception/get_booking_day")
        self.assertIn("slots", day)
        board = self.call(self.advisor, "dealer.job/get_board_data", by="technician")
        self.assertIn("rows", board)
        visit = self.make_reception(state="arrived")
        marks = self.call(
            self.advisor, "dealer.reception/get_previous_marks", visit.ids
        )
        self.assertEqual(marks, [])

    def test_refusal_is_a_sentence_with_its_own_status(self):
        visit = self.make_reception(state="arrived")
        message = self.assertRefused(
            422, self.advisor, "dealer.reception/action_deliver", visit.ids
        )
        said = f"{visit.display_name} cannot go from “Arrived” to “Delivered”"
        self.assertIn(said, message)

    def test_without_a_key_nothing_is_answered(self):
        visit = self.make_reception()
        response = self.post(None, "dealer.reception/action_arrive", ids=visit.ids)
        self.assertEqual(response.status_code, 401)
        self.assertEqual(visit.state, "booked")

    def test_state_is_not_written(self):
        visit = self.make_reception(state="arrived")
        for vals in ({"state": "delivered"}, {"estimate_total": 1.0}):
            message = self.assertRefused(
                422, self.advisor, "dealer.reception/write", visit.ids, vals=vals
            )
            self.assertRegex(message, "process")
        self.assertRefused(
            403,
            self.advisor,
            "dealer.reception/write",
            visit.ids,
            vals={"date_arrived": "2026-01-01 00:00:00"},
        )
        self.assertRefused(
            422,
            self.advisor,
            "dealer.reception/create",
            vals_list=[{"vehicle_id": self.vehicle.id, "state": "settled"}],
        )

    def test_context_of_a_caller_opens_nothing(self):
        visit = self.make_reception(state="arrived")
        self.assertRefused(
            422,
            self.advisor,
            "dealer.reception/write",
            visit.ids,
            vals={"state": "delivered"},
            context={"dealer_reception_method": True},
        )
        self.assertEqual(visit.state, "arrived")

    def test_private_methods_are_not_called(self):
        visit = self.make_reception(state="arrived")
        for name, arguments in (
            ("_set_state", {"target": "delivered"}),
            ("_write_by_method", {"vals": {"state": "delivered"}}),
            ("_enter", {"state": "delivered"}),
        ):
            with self.subTest(name):
                message = self.assertRefused(
                    403,
                    self.advisor,
                    f"dealer.reception/{name}",
                    visit.ids,
                    **arguments,
                )
                self.assertIn("Private methods", message)

    def test_technician_moves_no_visit(self):
        visit = self.make_reception(state="arrived")
        self.make_job(visit, technician_id=self.mechanic.id)
        for name in ("action_greet", "action_inspect", "action_cancel"):
            self.assertRefused(
                403, self.technician, f"dealer.reception/{name}", visit.ids
            )
        self.assertRefused(403, self.technician, "dealer.job/get_board_data")
        self.assertEqual(visit.state, "arrived")

    def test_customer_moves_no_visit_not_even_the_own(self):
        visit = self.make_reception(state="arrived")
        self.assertRefused(
            403, self.portal, "dealer.reception/action_inspect", visit.ids
        )
        self.assertRefused(403, self.portal, "dealer.job/get_board_data")
        self.assertRefused(403, self.portal, "dealer.reception/get_booking_day")

    def test_no_method_of_the_process_takes_orders_from_a_customer(self):
        visits = {
            state: self.bring_to(
                self.make_reception(
                    vehicle_id=self.make_vehicle(license_plate=f"皖B·P00{index}0").id,
                    state="arrived",
                ),
                state,
            )
            for index, state in enumerate(
                ("arrived", "inspected", "working", "quality", "settled")
            )
        }
        visits["booked"] = self.make_reception()
        self.env.flush_all()
        for state, visit in visits.items():
            own = visit.with_user(self.portal)
            self.assertEqual(own.read(["state"])[0]["state"], state)
            for name in PROCESS:
                with self.subTest(state=state, name=name):
                    self.assertDoesNothing(own, name)

    def assertDoesNothing(self, visit, name):
        """Refused for want of a right, or before that because of the state."""
        before = visit.sudo().read(["state", "write_date", "rework_count"])
        checks = visit.sudo().quality_check_ids
        with self.assertRaises(UserError), self.cr.savepoint():
            getattr(visit, name)()
            self.env.flush_all()
        self.env.invalidate_all()
        after = visit.sudo().read(["state", "write_date", "rework_count"])
        self.assertEqual((after, visit.sudo().quality_check_ids), (before, checks))

    def test_argument_that_is_missing_is_named(self):
        visit = self.make_reception()
        with self.assertRaisesRegex(UserError, "“date_appointment” is missing"):
            visit.action_reschedule()
        answer = self.post(
            self.advisor, "dealer.reception/action_reschedule", ids=visit.ids
        )
        self.assertEqual(answer.status_code, 422)
