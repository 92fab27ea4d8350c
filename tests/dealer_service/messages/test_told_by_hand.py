"""What somebody sends by pressing a button; what a delivery asks and takes back."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import users

from .message_case import MessageCase


class TestToldByHand(MessageCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer.phone = "138 0553 1234"

    def about(self, record):
        return self.env["dealer.customer.message"].search(
            [("res_model", "=", record._name), ("res_id", "=", record.id)]
        )

    def late_visit(self):
        visit = self.make_reception(state="arrived", date_arrived="2026-03-02 01:00:00")
        late = fields.Datetime.now() - timedelta(hours=1)
        visit._write_by_method({"state": "working", "date_promised": late})
        return visit

    def test_customer_is_told_of_the_delay_and_that_is_recorded(self):
        visit = self.late_visit()
        action = visit.with_user(self.advisor).action_send_delay()
        message = self.about(visit)
        self.assertEqual(message.occasion_id.key, "delay")
        self.assertIn(visit.license_plate, message.text)
        self.assertIn(f"/r/{visit._link_token()}", message.text)
        self.assertTrue(visit.is_delay_notified)
        self.assertTrue(visit.date_delay_told)
        self.assertIn("+8613805531234", action["params"]["message"])
        visit.with_user(self.advisor).action_send_delay()
        self.assertEqual(len(self.about(visit)), 1, "told twice")

    def test_who_cannot_be_reached_was_not_told(self):
        self.customer.phone = self.customer.email = False
        visit = self.late_visit()
        refused = self.assertRaisesRegex(UserError, "has not been sent a message")
        with refused, self.cr.savepoint():
            visit.with_user(self.advisor).action_send_delay()
        self.assertFalse(visit.is_delay_notified)

    def test_wrong_number_is_named(self):
        self.customer.write({"email": False, "is_phone_wrong": True})
        with self.assertRaisesRegex(UserError, "reaches nobody"):
            self.late_visit().with_user(self.advisor).action_send_delay()

    def test_nobody_is_told_of_a_delay_that_is_none(self):
        visit = self.make_reception(state="arrived")
        with self.assertRaisesRegex(UserError, "not late"):
            visit.action_send_delay()
        self.assertFalse(self.about(visit))

    def test_offer_is_sent_by_those_who_may_hand_out_the_link(self):
        order = self.make_order(self.make_reception(state="arrived"))
        with self.assertRaises(AccessError):
            order.with_user(self.technician).action_send_link()
        self.assertFalse(self.about(order))
        order.with_user(self.advisor).action_send_link()
        [message] = self.about(order)
        self.assertEqual(message.occasion_id.key, "estimate")
        self.assertEqual(message.partner_id, order.reception_id.contact_id)
        self.assertEqual(order.state, "sent")

    def test_double_press_sends_one_message(self):
        order = self.make_order(self.make_reception(state="arrived"))
        order = order.with_user(self.advisor)
        order.action_send_link()
        with self.assertRaisesRegex(UserError, "on its way"):
            order.action_send_link()
        self.assertEqual(len(self.about(order)), 1)
        # one that was refused keeps nobody from trying again
        self.about(order).sudo()._settle("refused", "the number is wrong")
        order.action_send_link()
        self.assertEqual(len(self.about(order)), 2)

    def test_supplement_asks_for_its_reason_before_it_is_sent(self):
        visit = self.make_reception(state="arrived")
        order = self.make_order(visit, dealer_kind="supplement")
        asked = order.with_user(self.advisor).action_send_link()
        self.assertEqual(asked["res_model"], "dealer.reason.wizard")
        self.assertFalse(self.about(order))
        order.dealer_reason = "前刹车片磨损"
        order.with_user(self.advisor).action_send_link()
        self.assertIn("前刹车片磨损", self.about(order).text)

    @users("advisor")
    def test_rating_is_asked_by_text_message_and_taken_back_with_the_delivery(self):
        visit = self.bring_to(self.make_reception(state="arrived"), "settled")
        self.tick(visit)
        visit = visit.with_env(self.env)
        visit.action_deliver("司机代取")
        [asked] = self.about(visit.sudo()).filtered(
            lambda message: message.occasion_id.key == "rating"
        )
        self.assertEqual(asked.purpose, "satisfaction")
        self.assertIn(asked.state, ("waiting", "held"))
        visit.action_undo_delivery()
        self.assertEqual(asked.state, "refused")
        self.assertIn("taken back", asked.reason)
