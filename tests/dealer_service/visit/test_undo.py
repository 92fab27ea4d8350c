"""A wrong arrival or delivery is taken back, and stays visible as such."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import users

from odoo.addons.dealer_service.models.common.dealer_reception_states import STAMPS

from ...common import DealerServiceCase
from ...signature import SIGNATURE


class UndoCase(DealerServiceCase):
    def mine(self, visit):
        return visit.with_env(self.env)

    def age(self, visit, minutes):
        """The button was pressed so many minutes ago."""
        earlier = timedelta(minutes=minutes)
        visit._write_by_method(
            {name: visit[name] - earlier for name in STAMPS if visit[name]}
        )

    def chatter(self, visit):
        return " ".join(visit.message_ids.mapped("body"))


@freeze_time("2026-03-02 02:30:00")
class TestUndoArrival(UndoCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.booked = cls.make_reception(date_appointment="2026-03-02 03:00:00")

    @users("advisor")
    def test_booking_waits_again(self):
        visit = self.mine(self.booked)
        visit.action_arrive()
        arrived = visit.date_arrived
        self.assertTrue(visit.action_undo_arrival())
        self.assertEqual(visit.state, "booked")
        self.assertFalse(visit.date_arrived)
        self.assertTrue(visit.is_taken_back)
        self.assertIn(visit._format_local(arrived), self.chatter(visit))
        visit.action_arrive()
        self.assertEqual(visit.state, "arrived")

    @users("advisor")
    def test_prepared_booking_stays_prepared(self):
        visit = self.mine(self.booked)
        self.tick(self.booked)
        visit.action_prepare()
        visit.action_arrive()
        visit.action_undo_arrival()
        self.assertEqual(visit.state, "prepared")

    @users("advisor")
    def test_walk_in_is_cancelled(self):
        self.booked.action_cancel()
        visit = self.vehicle.with_env(self.env)._arrive()
        visit.action_undo_arrival()
        self.assertEqual(visit.state, "cancelled")
        self.assertTrue(visit.is_taken_back)
        self.assertFalse(self.vehicle.with_env(self.env)._visit_in_house())

    @users("advisor")
    def test_screen_offers_it_to_who_has_just_pressed(self):
        action = self.vehicle.with_env(self.env).action_arrive_now()
        self.assertEqual(action["tag"], "dealer_service.undoable")
        self.assertEqual(action["params"]["method"], "action_undo_arrival")
        self.assertEqual(action["params"]["next"]["res_model"], "dealer.reception")
        # the car is in the house already: nothing was done
        self.age(self.env["dealer.reception"].browse(action["params"]["id"]), 6)
        again = self.vehicle.with_env(self.env).action_arrive_now()
        self.assertEqual(again["type"], "ir.actions.act_window")

    @users("advisor")
    def test_it_is_too_late_for_who_has_greeted_or_waited(self):
        visit = self.mine(self.booked)
        visit.action_arrive()
        self.age(visit, 6)
        with self.assertRaisesRegex(UserError, "more than 5 minutes ago"):
            visit.action_undo_arrival()
        self.age(visit, -6)
        visit.action_greet()
        with self.assertRaisesRegex(UserError, "has gone on since"):
            visit.action_undo_arrival()

    @users("manager")
    def test_nobody_takes_back_at_once_what_a_colleague_did(self):
        self.booked.with_user(self.advisor).action_arrive()
        with self.assertRaisesRegex(UserError, "has gone on since"):
            self.mine(self.booked).action_undo_arrival()

    @users("manager")
    def test_second_person_takes_it_back_later_with_a_reason(self):
        self.booked.with_user(self.advisor).action_arrive()
        self.booked.with_user(self.advisor).action_greet()
        self.age(self.booked, 30)
        visit = self.mine(self.booked)
        action = visit.action_ask_undo()
        dialog = self.env[action["res_model"]].with_context(action["context"])
        dialog.create({"reason": "看错车牌"}).action_apply()
        self.assertEqual(visit.state, "booked")
        self.assertFalse(visit.date_greeted)
        self.assertIn("看错车牌", self.chatter(visit))

    @users("advisor")
    def test_the_measured_has_no_reason_to_give(self):
        visit = self.mine(self.booked)
        visit.action_arrive()
        with self.assertRaisesRegex(AccessError, "only a service manager"):
            visit.action_undo_arrival("看错车牌")

    @users("manager")
    def test_customer_who_has_signed_was_here(self):
        visit = self.make_reception(state="arrived", odometer=45000)
        visit.inspection_id.action_sign(SIGNATURE, "王建国")
        with self.assertRaisesRegex(UserError, "the customer has signed"):
            self.mine(visit).action_undo_arrival("看错车牌")


class TestUndoDelivery(UndoCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.visit = cls.bring_to(cls.make_reception(state="arrived"), "settled")
        cls.tick(cls.visit)

    def deliver(self):
        self.visit.with_user(self.advisor).action_deliver("司机代取")

    @users("advisor")
    def test_visit_is_settled_again(self):
        visit = self.mine(self.visit)
        self.deliver()
        delivered = visit.date_delivered
        visit.action_undo_delivery()
        self.assertEqual(visit.state, "settled")
        self.assertFalse(visit.date_delivered or visit.delivery_unsigned_reason)
        self.assertTrue(visit.is_taken_back)
        self.assertIn(visit._format_local(delivered), self.chatter(visit))
        self.deliver()
        self.assertEqual(visit.state, "delivered")

    @users("advisor")
    def test_who_has_no_car_back_is_not_asked_for_a_rating(self):
        self.customer.email = "wang@example.com"
        mails = self.env["mail.mail"].sudo()
        waiting = [("model", "=", "dealer.reception"), ("state", "=", "outgoing")]
        self.deliver()
        self.assertTrue(mails.search([*waiting, ("res_id", "=", self.visit.id)]))
        self.mine(self.visit).action_undo_delivery()
        self.assertFalse(mails.search([*waiting, ("res_id", "=", self.visit.id)]))

    @users("advisor")
    def test_screen_offers_it(self):
        self.deliver()
        action = self.mine(self.visit)._offer_undo()
        self.assertEqual(action["params"]["method"], "action_undo_delivery")

    @users("manager")
    def test_second_person_takes_it_back_with_a_reason(self):
        self.deliver()
        self.age(self.visit, 600)
        visit = self.mine(self.visit)
        with self.assertRaisesRegex(UserError, "has gone on since"):
            visit.action_undo_delivery()
        visit.action_undo_delivery("车还在店里")
        self.assertEqual(visit.state, "settled")
        self.assertIn("车还在店里", self.chatter(visit))

    @users("manager")
    def test_car_that_came_again_had_left(self):
        self.deliver()
        self.make_reception(state="arrived")
        with self.assertRaisesRegex(UserError, "has come again"):
            self.mine(self.visit).action_undo_delivery("车还在店里")

    @users("manager")
    def test_customer_who_rated_has_the_car(self):
        self.deliver()
        self.visit._rate_by_customer(5)
        with self.assertRaisesRegex(UserError, "has rated"):
            self.mine(self.visit).action_undo_delivery("车还在店里")

    @users("manager")
    def test_nothing_to_take_back(self):
        visit = self.mine(self.visit)
        for name in ("action_undo_arrival", "action_undo_delivery", "action_ask_undo"):
            with self.subTest(name), self.assertRaisesRegex(UserError, "take back"):
                getattr(visit, name)()
