"""A dealer order is never confirmed without a consent to exactly its amount."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, users

from odoo.addons.dealer_service.models.orders.sale_order_consent import (
    ConsentMissing,
    ConsentRefused,
)

from ...common import DealerServiceCase
from ...signature import SIGNATURE

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAA"
    "AABJRU5ErkJggg=="
)


class ConsentCase(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reception = cls.make_reception(state="arrived")
        cls.labour = cls.make_product("更换前制动片 工时", "labour", 300.0)
        cls.part = cls.make_product("前制动片", "part", 480.0)
        cls.order = cls.make_order(cls.reception, cls.labour, cls.part)

    def agree(self, order=None, **values):
        order = order if order is not None else self.order
        order.with_env(self.env).action_record_consent("phone", "王建国", **values)
        return order


class TestConsent(ConsentCase):
    @users("advisor")
    def test_unconsented_order_cannot_be_confirmed(self):
        with self.assertRaises(ConsentMissing):
            self.order.with_env(self.env).action_confirm()

    @users("advisor")
    def test_consent_keeps_who_how_when_amount_and_recorder(self):
        date = fields.Datetime.now() - timedelta(minutes=5)
        self.agree(consent_date=date, note="138 0553 1234")
        order = self.order
        self.assertEqual(order.consent_method, "phone")
        self.assertEqual(order.consent_by, "王建国")
        self.assertEqual(order.consent_date, date)
        self.assertEqual(order.consent_amount, 780.0)
        self.assertEqual(order.consent_note, "138 0553 1234")
        self.assertEqual(order.consent_user_id, self.advisor)
        self.assertEqual(order.consent_state, "valid")
        self.assertEqual(set(order.order_line.mapped("dealer_decision")), {"approved"})
        self.assertEqual(self.reception.estimate_total, 780.0)

    @users("advisor")
    def test_declining_what_is_not_on_the_order_is_no_consent_to_the_rest(self):
        other = self.make_order(self.make_reception(state="booked"), self.part)
        with self.assertRaisesRegex(ConsentRefused, "not on this order"):
            self.agree(declined={other.order_line.id: "太贵"})
        self.assertFalse(self.order.consent_date)
        self.assertEqual(
            set(self.order.order_line.mapped("dealer_decision")), {"pending"}
        )

    @users("advisor")
    def test_consented_order_is_confirmed_and_locked_by_the_authorization(self):
        self.agree()
        self.assertEqual(self.order.state, "draft")
        self.bring_to(self.reception, "inspected")
        self.reception.date_promised = fields.Datetime.now() + timedelta(hours=2)
        self.tick(self.reception)
        self.reception.with_env(self.env).action_authorize()
        self.assertEqual(self.order.state, "sale")
        self.assertTrue(self.order.locked)
        self.assertEqual(self.reception.state, "authorized")

    @users("advisor")
    def test_authorization_needs_estimate_consent_and_promise(self):
        self.bring_to(self.reception, "inspected")
        self.tick(self.reception)
        reception = self.reception.with_env(self.env)
        reception.date_promised = fields.Datetime.now() + timedelta(hours=2)
        with self.assertRaises(ConsentMissing):
            reception.action_authorize()
        self.agree()
        reception._write_by_method({"date_promised": False})
        with self.assertRaisesRegex(UserError, "promised time"):
            reception.action_authorize()
        empty = self.make_reception(state="arrived")
        self.bring_to(empty, "inspected")
        with self.assertRaisesRegex(UserError, "no estimate yet"):
            empty.with_env(self.env).action_authorize()

    @users("advisor")
    def test_authorization_asks_for_the_promise_that_is_missing(self):
        self.bring_to(self.reception, "inspected")
        self.tick(self.reception)
        self.agree()
        reception = self.reception.with_env(self.env)
        reception._write_by_method({"date_promised": False})
        for step in (reception.action_ask_authorization, reception.action_next_step):
            action = step()
            self.assertEqual(action["res_model"], "dealer.promise")
        dialog = Form(self.env["dealer.promise"].with_context(action["context"]))
        self.assertEqual(dialog.date_promised, reception._propose_promise())
        promise = fields.Datetime.now().replace(second=0) + timedelta(hours=3)
        dialog.date_promised = promise
        dialog.save().action_authorize()
        self.assertEqual(reception.state, "authorized")
        self.assertEqual(reception.date_promised, promise)

    @users("advisor")
    def test_authorization_with_a_promise_asks_nothing(self):
        self.bring_to(self.reception, "inspected")
        self.tick(self.reception)
        self.agree()
        reception = self.reception.with_env(self.env)
        reception.date_promised = fields.Datetime.now() + timedelta(hours=2)
        reception.action_ask_authorization()
        self.assertEqual(reception.state, "authorized")

    @users("advisor")
    def test_consent_refuses_future_unknown_method_nobody_and_missing_signature(self):
        order = self.order.with_env(self.env)
        tomorrow = fields.Datetime.now() + timedelta(days=1)
        for args, values in (
            (("phone", "王建国"), {"consent_date": tomorrow}),
            (("telepathy", "王建国"), {}),
            (("phone", "  "), {}),
            (("signature", "王建国"), {}),
        ):
            with self.subTest(args=args), self.assertRaises(ConsentRefused):
                order.action_record_consent(*args, **values)
        self.assertFalse(order.consent_date)

    @users("advisor")
    def test_consent_is_given_once(self):
        self.agree()
        with self.assertRaises(ConsentRefused):
            self.agree()

    @users("advisor")
    def test_expired_offer_cannot_be_agreed_to(self):
        self.order.validity_date = fields.Date.today() - timedelta(days=1)
        with self.assertRaisesRegex(ConsentRefused, "ended on"):
            self.agree()
        self.order.validity_date = fields.Date.today()
        self.agree()

    @users("advisor")
    def test_signature_may_follow_a_consent_by_phone(self):
        self.agree()
        order = self.order.with_env(self.env)
        order.action_record_signature("王建国", SIGNATURE)
        self.assertTrue(order.signature)
        self.assertEqual(order.signed_by, "王建国")
        self.assertEqual(order.consent_method, "phone")
        with self.assertRaises(ConsentRefused):
            order.action_record_signature("王建国", SIGNATURE)

    @users("advisor")
    def test_asking_again_voids_the_consent_visibly(self):
        self.agree()
        order = self.order.with_env(self.env)
        order.action_void_consent()
        self.assertEqual(order.consent_state, "pending")
        self.assertFalse(order.consent_amount)
        self.assertEqual(set(order.order_line.mapped("dealer_decision")), {"pending"})
        self.assertEqual(self.reception.estimate_total, 0.0)
        self.assertIn("no longer stands", order.message_ids[0].body)
        order.order_line[0].price_unit = 310.0
        with self.assertRaises(ConsentMissing):
            order.action_confirm()

    @users("advisor")
    def test_agreed_order_of_running_work_cannot_be_asked_again(self):
        self.bring_to(self.reception, "authorized")
        with self.assertRaises(UserError):
            self.order.with_env(self.env).action_void_consent()

    @users("advisor")
    def test_rate_of_a_tax_changed_after_the_consent_stops_the_confirmation(self):
        tax = self.env["account.tax"].sudo().create({"name": "VAT", "amount": 13.0})
        self.order.order_line.tax_ids = tax
        self.agree()
        tax.amount = 17.0
        self.order.invalidate_recordset()
        self.assertEqual(self.order.consent_state, "outdated")
        with self.assertRaises(ConsentMissing):
            self.order.with_env(self.env).action_confirm()

    @users("advisor")
    def test_two_orders_are_decided_apart(self):
        second = self.make_order(self.reception, dealer_payer="internal")
        self.agree()
        self.assertFalse(second.consent_date)
        self.assertEqual(self.reception.order_pending_count, 1)

    @users("advisor")
    def test_cancelled_visit_cancels_what_was_agreed_to(self):
        self.bring_to(self.reception, "authorized")
        self.reception.with_env(self.env).action_cancel()
        self.assertEqual(self.order.state, "cancel")
        self.assertFalse(self.order.consent_date)
        self.assertTrue(
            any("no longer stands" in m.body for m in self.order.message_ids)
        )
