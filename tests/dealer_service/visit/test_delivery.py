"""The key is handed over with a signature, or with the reason why there is none."""

from datetime import datetime, timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, users

from ...common import DealerServiceCase
from ...signature import SIGNATURE

SHANGHAI = timedelta(hours=8)


class TestDelivery(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visit = cls.make_reception(
            state="arrived",
            concern_ids=[
                Command.create({"name": "异响", "is_solved": True}),
                Command.create({"name": "空调不凉"}),
            ],
        )
        # the log begins with what happens in the transactions after that of the booking
        cls.env.cr.flush()
        cls.bring_to(cls.visit, "settled")
        cls.squeal, cls.warm = cls.visit.concern_ids

    def mine(self):
        return self.visit.with_env(self.env)

    def dialog(self):
        action = self.mine().action_open_delivery()
        self.assertEqual(action["res_model"], "dealer.delivery")
        return Form(self.env["dealer.delivery"].with_context(action["context"]))

    def asked_at(self, hour):
        """When the request for a rating leaves, of a car handed over at that hour.

        Of a shop that calls from 8 to 21 o'clock, as long as it is open.
        """
        self.company.write({"dealer_calendar_id": False, "dealer_tz": "Asia/Shanghai"})
        if "dealer_call_hours" in self.company._fields:
            self.company.dealer_call_hours = "08:00-21:00"
        self.visit.partner_id.email = "wang@example.com"
        with freeze_time(datetime(2027, 3, 1, hour, 36) - SHANGHAI):
            self.visit.action_deliver()
        customer = self.visit.partner_id
        mail = self.env["mail.mail"].search([("recipient_ids", "in", customer.ids)])
        self.assertEqual((mail.res_id, mail.state), (self.visit.id, "outgoing"))
        return mail.scheduled_date and mail.scheduled_date + SHANGHAI

    def test_nobody_is_asked_at_night(self):
        self.assertEqual(self.asked_at(22), datetime(2027, 3, 2, 8))

    def test_nobody_is_asked_before_the_morning(self):
        self.assertEqual(self.asked_at(3), datetime(2027, 3, 1, 8))

    def test_who_fetches_the_car_by_day_is_asked_at_once(self):
        self.assertFalse(self.asked_at(15))

    @users("advisor")
    def test_nobody_delivers_without_a_signature_or_a_reason(self):
        visit = self.mine()
        for reason in (None, "", "  "):
            with self.assertRaisesRegex(UserError, "has not signed for the car"):
                visit.action_deliver(unsigned_reason=reason)
        self.assertEqual(visit.state, "settled")
        visit.action_deliver(unsigned_reason="司机代取")
        self.assertEqual(visit.state, "delivered")
        self.assertEqual(visit.delivery_unsigned_reason, "司机代取")

    @users("advisor")
    def test_button_asks_for_all_that_is_open_in_one_dialog(self):
        dialog = self.dialog()
        self.assertEqual(dialog.concern_ids[:], self.warm)
        open_checks = self.visit.check_ids.filtered(
            lambda c: c.step_id.state == "settled" and not c.is_done and not c.evidence
        )
        self.assertTrue(open_checks)
        self.assertEqual(dialog.check_ids[:], open_checks)
        dialog.signature = SIGNATURE
        wizard = dialog.save()
        # as the list in the dialog writes it
        wizard.write(
            {
                "concern_ids": [Command.update(self.warm.id, {"is_solved": True})],
                "check_ids": [Command.update(open_checks[0].id, {"is_done": True})],
            }
        )
        wizard.action_deliver()
        self.assertEqual(self.visit.state, "delivered")
        self.assertTrue(self.warm.is_solved)
        self.assertTrue(open_checks[0].is_done)
        self.assertTrue(open_checks[1].is_lapse)
        self.assertEqual(self.visit.delivery_signed_by, "王建国")
        self.assertTrue(self.visit.date_delivery_signed)
        self.assertFalse(self.visit.delivery_unsigned_reason)

    @users("advisor")
    def test_dialog_takes_a_reason_instead_of_the_signature(self):
        dialog = self.dialog()
        wizard = dialog.save()
        with self.assertRaisesRegex(UserError, "has not signed for the car"):
            wizard.action_deliver()
        wizard.unsigned_reason = "客户赶时间"
        wizard.action_deliver()
        self.assertEqual(self.visit.delivery_unsigned_reason, "客户赶时间")

    @users("advisor")
    def test_one_press_is_enough_when_nothing_is_open(self):
        self.warm.is_solved = True
        self.tick(self.visit)
        visit = self.mine()
        visit._sign_delivery(SIGNATURE, "王建国")
        self.assertTrue(visit.action_open_delivery())
        self.assertEqual(visit.state, "delivered")

    @users("advisor")
    def test_plate_of_the_visit_is_shown_apart_only_where_the_car_has_another(self):
        visit = self.mine()
        visit.action_deliver(unsigned_reason="司机代取")
        self.assertFalse(visit.has_other_plate)
        self.vehicle.license_plate = "皖B·Z9999"
        self.env.flush_all()
        self.assertTrue(visit.has_other_plate)
        self.assertEqual(visit.license_plate, "皖B·A1234")

    @users("advisor")
    def test_tap_on_the_board_asks_as_well(self):
        action = self.mine().action_next_step()
        self.assertEqual(action["res_model"], "dealer.delivery")
        self.assertEqual(self.visit.state, "settled")

    @users("advisor")
    def test_concern_that_is_not_solved_is_remembered(self):
        self.mine().action_deliver(unsigned_reason="司机代取")
        self.env.cr.flush()
        told = "".join(str(message.body) for message in self.visit.message_ids)
        self.assertIn("空调不凉", told)
        self.assertNotIn("异响", told)

    @users("advisor")
    def test_who_fetched_the_car_in_a_hurry_signs_afterwards(self):
        visit = self.mine()
        visit.action_deliver(unsigned_reason="客户赶时间")
        action = visit.action_sign_delivery()
        dialog = self.env["dealer.signature"].with_context(action["context"])
        dialog.create({"signature": SIGNATURE}).action_sign()
        self.assertEqual(visit.delivery_signed_by, "王建国")
        self.assertGreaterEqual(visit.date_delivery_signed, visit.date_delivered)
        with self.assertRaisesRegex(UserError, "has already signed for the car"):
            visit._sign_delivery(SIGNATURE, "别人")

    @users("advisor")
    def test_signature_is_not_written_by_hand(self):
        for vals in (
            {"delivery_signature": SIGNATURE},
            {"delivery_signed_by": "王建国"},
            {"date_delivery_signed": "2026-03-02 09:00:00"},
            {"delivery_unsigned_reason": "x"},
        ):
            with self.subTest(vals), self.assertRaises(UserError):
                self.mine().write(vals)

    @users("technician")
    def test_technician_hands_nothing_over(self):
        with self.assertRaises(AccessError):
            self.mine().action_deliver(unsigned_reason="x")
        with self.assertRaises(AccessError):
            self.env["dealer.delivery"].create({"reception_id": self.visit.id})

    def test_box_for_the_signature_holds_no_time_without_one(self):
        self.visit.action_deliver(unsigned_reason="司机代取")
        qweb = self.env["ir.qweb"]
        html = str(qweb._render("dealer_service.paper_delivery", {"docs": self.visit}))
        box = html.split("Received the car: customer", 1)[1].split("</td>", 1)[0]
        self.assertNotIn(self.visit._paper_time(self.visit.date_delivered), box)
        self.assertIn("司机代取", box)

    def test_consent_by_phone_leaves_the_box_of_the_supplement_without_a_time(self):
        visit = self.make_reception(
            state="arrived", vehicle_id=self.make_vehicle(license_plate="皖B·C1").id
        )
        self.bring_to(visit, "working")
        order = self.make_order(visit)
        order.action_record_consent("phone", "王建国")
        qweb = self.env["ir.qweb"]
        html = str(qweb._render("dealer_service.paper_supplement", {"docs": order}))
        box = html.split("Customer's signature", 1)[-1].split("</td>", 1)[0]
        self.assertIn("王建国", box)
        self.assertNotIn(visit._paper_time(order.consent_date), box)
