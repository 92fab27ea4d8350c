"""Whose call it was: by number, colleague and time, never guessed."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import users

from .call_case import PHONE, CallCase


class TestMatch(CallCase):
    def test_number_is_removed_when_its_time_is_over(self):
        old, new = self.ring(ago=3 * 24 * 60), self.ring("c2", ago=24 * 60)
        self.company.dealer_call_days = 2
        self.calls._forget_old()
        self.assertEqual((old.number, old.number_key), (False, False))
        self.assertEqual((old.partner_id, old.talk_seconds), (self.customer, 60))
        self.assertTrue(new.number)

    def came_an_hour_ago(self, visit):
        earlier = fields.Datetime.now() - timedelta(hours=1)
        visit._write_by_method({"date_booked": earlier, "date_arrived": earlier})

    def test_number_is_the_customers_however_it_is_reported(self):
        for number in (
            PHONE,
            "+8613805531234",
            "0086 138 0553 1234",
            "013805531234",
            "913805531234",
            "9013805531234",
            "13805531234#8001",
            "13805531234转801",
        ):
            with self.subTest(number):
                call = self.ring(number, number=number)
                self.assertEqual(call.partner_id, self.customer)
                self.assertEqual(call.state, "matched")

    def test_outside_line_is_a_setting(self):
        self.company.dealer_call_prefixes = "7， 81"
        self.assertEqual(self.ring(number="8113805531234").partner_id, self.customer)
        self.assertFalse(self.ring("c2", number="913805531234").partner_id)

    def test_unknown_number_is_unmatched(self):
        call = self.ring(number="13955550000")
        self.assertEqual((call.state, call.is_new), ("unmatched", False))
        self.assertFalse(call.proposal_ids)

    def test_family_with_one_number_is_never_guessed(self):
        wife = self.make_partner(name="李梅", phone=PHONE)
        call = self.ring()
        self.assertEqual(call.state, "unmatched")
        self.assertEqual(call.proposal_ids, self.customer | wife)

    def test_of_a_family_it_is_the_one_whose_car_is_here(self):
        self.make_partner(name="李梅", phone=PHONE)
        visit = self.make_reception()
        visit.action_arrive()
        self.came_an_hour_ago(visit)
        call = self.ring()
        self.assertEqual((call.partner_id, call.reception_id), (self.customer, visit))

    def test_visit_of_that_time_is_found_in_a_late_list(self):
        visit = self.make_reception()
        visit.action_arrive()
        self.came_an_hour_ago(visit)
        self.assertEqual(self.ring().reception_id, visit)
        # a month ago nobody spoke of a visit of today
        self.assertFalse(self.ring("c2", ago=40 * 24 * 60).reception_id)

    def test_hidden_number_is_only_a_proposal(self):
        other = self.make_partner(name="李梅", phone="13905531234")
        call = self.ring(number="138****1234")
        self.assertEqual(call.state, "unmatched")
        self.assertTrue(call.is_masked)
        self.assertEqual(call.proposal_ids, self.customer)
        self.assertNotIn(other, call.proposal_ids)
        for number in ("anonymous", "1**4", ""):
            self.assertFalse(self.ring(f"c{number}", number=number).proposal_ids)

    def test_customer_of_another_shop_is_not_found(self):
        self.customer.company_id = self.env["res.company"].create({"name": "二店"})
        self.assertFalse(self.ring().partner_id)

    def test_manager_decides_with_a_reason_that_is_kept(self):
        call = self.ring(number="13955550000").with_user(self.manager)
        with self.assertRaisesRegex(UserError, "reason"):
            call.action_decide(self.customer, " ")
        call.action_decide(self.customer.id, "办公室电话")
        self.assertEqual((call.state, call.partner_id), ("matched", self.customer))
        self.assertEqual(call.matched_by_id, self.manager)
        self.assertEqual(call.match_reason, "办公室电话")

    def test_nobody_decides_about_the_own_call(self):
        call = self.ring(number="13955550000", extension="8002")
        with self.assertRaisesRegex(AccessError, "your own call"):
            call.with_user(self.manager).action_decide(self.customer, "x")
        with self.assertRaisesRegex(AccessError, "your own call"):
            call.with_user(self.manager).action_set_aside("x")

    @users("advisor")
    def test_advisor_decides_nothing(self):
        call = self.ring(number="13955550000").with_env(self.env)
        for act in (
            lambda: call.action_decide(self.customer, "x"),
            lambda: call.action_set_aside("x"),
            call.action_match,
            call.action_match_again,
        ):
            with self.assertRaises(AccessError):
                act()

    def test_supplier_is_set_aside(self):
        call = self.ring(number="13955550000").with_user(self.manager)
        dialog = self.env["dealer.call.decision"].with_user(self.manager)
        dialog.create({"call_id": call.id, "reason": "配件商"}).action_set_aside()
        self.assertEqual((call.state, call.match_reason), ("ignored", "配件商"))
        with self.assertRaisesRegex(UserError, "matched already"):
            self.ring("c2").with_user(self.manager).action_set_aside("x")

    def test_number_that_was_entered_later_is_looked_for_again(self):
        call = self.ring(number="13955550000").with_user(self.manager)
        partner = self.make_partner(name="张三", phone="13955550000")
        call.action_match_again()
        self.assertEqual(call.partner_id, partner)
