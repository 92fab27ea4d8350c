"""Paid before the key: what the customer owes holds the car, and nothing else does."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, users

from odoo.addons.dealer_service.models.gate.dealer_reception_release import KeyHeld

from ..orders.test_settlement import SettlementCase


class ReleaseCase(SettlementCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dealer_pay_first = True
        cls.bring_to(cls.reception, "settled")

    def deliver(self, visit=None):
        visit = (visit or self.reception).with_env(self.env)
        visit.sudo().check_ids.filtered(lambda check: not check.evidence).is_done = True
        return visit.action_deliver("司机代取")

    def pay(self, visit=None, amount=None):
        """The cashier takes what the customer owes."""
        moves = self.env["account.move"].with_user(self.cashier)
        bill = (
            (visit or self.reception)
            .sudo()
            .invoice_ids.filtered(lambda move: move.dealer_payer == "customer")
        )
        [way, *_rest] = moves.get_cashier_board()["methods"]
        moves.browse(bill.ids).action_take_payment(way["id"], amount)

    def second_visit(self):
        """Another car of the customer, settled at 300."""
        visit = self.make_reception(
            vehicle_id=self.make_vehicle(license_plate="皖B·K5555").id, state="arrived"
        )
        self.make_order(visit, self.make_product(price=300.0))
        return self.bring_to(visit, "settled")


class TestRelease(ReleaseCase):
    @users("advisor")
    def test_key_stays_until_the_customer_has_paid_all(self):
        with self.assertRaisesRegex(KeyHeld, "皖B·A1234 stays here.*780"):
            self.deliver()
        self.pay(amount=700.0)
        with self.assertRaisesRegex(KeyHeld, "80.00"):
            self.deliver()
        self.pay()
        self.deliver()
        self.assertEqual(self.reception.state, "delivered")
        self.assertFalse(self.reception.key_release)

    @users("advisor")
    def test_shop_without_the_rule_asks_nothing(self):
        self.company.dealer_pay_first = False
        self.deliver()
        self.assertEqual(self.reception.state, "delivered")

    def test_a_new_shop_begins_with_the_rule(self):
        shop = self.env["res.company"].create({"name": "新店"})
        self.assertTrue(shop.dealer_pay_first)

    @users("advisor")
    def test_what_others_pay_holds_no_car(self):
        for payer in ("warranty", "internal", "goodwill"):
            with self.subTest(payer):
                visit = self.make_reception(
                    vehicle_id=self.make_vehicle(license_plate=f"皖B·K{payer[:4]}").id,
                    state="arrived",
                )
                self.make_order(visit, self.labour, dealer_payer=payer)
                self.bring_to(visit, "settled")
                self.deliver(visit)
                self.assertEqual(visit.state, "delivered")

    @users("advisor")
    def test_invoice_that_was_taken_back_is_owed_until_it_is_issued_again(self):
        self.reception.sudo().invoice_ids.button_cancel()
        with self.assertRaisesRegex(KeyHeld, "780"):
            self.deliver()

    @users("manager")
    def test_manager_releases_with_a_reason_that_is_kept(self):
        visit = self.reception.with_env(self.env)
        with self.assertRaisesRegex(UserError, "Say why"):
            visit.action_release_key("  ")
        visit.action_release_key("客户公司今日转账")
        self.deliver()
        self.assertEqual(visit.key_release, "unpaid")
        self.assertEqual(visit.key_release_amount, 780.0)
        self.assertEqual(visit.key_release_user_id, self.manager)
        self.assertIn("客户公司今日转账", str(visit.message_ids.mapped("body")))
        for name in ("key_release", "key_release_reason", "key_release_amount"):
            with self.subTest(name), self.assertRaisesRegex(UserError, "recorded by"):
                visit.write({name: False})

    @users("manager")
    def test_release_covers_no_more_than_was_owed_then(self):
        visit = self.reception.with_env(self.env)
        visit.action_release_key("下周付")
        visit._write_by_method({"key_release_amount": 80.0})
        with self.assertRaisesRegex(KeyHeld, "780"):
            self.deliver()

    @users("manager")
    def test_who_has_paid_since_needed_no_release(self):
        visit = self.reception.with_env(self.env)
        visit.action_release_key("下周付")
        self.pay()
        self.deliver()
        self.assertFalse(visit.key_release)
        with self.assertRaises(UserError):
            visit.action_release_key("again")

    @users("advisor")
    def test_advisor_releases_nothing(self):
        visit = self.reception.with_env(self.env)
        with self.assertRaises(AccessError):
            visit.action_release_key("老客户")
        with self.assertRaises(AccessError):
            visit.action_ask_release()
        self.assertFalse(self.reception.key_release)

    @users("manager")
    def test_dialog_says_what_is_owed_and_takes_the_reason(self):
        visit = self.reception.with_env(self.env)
        action = visit.action_open_delivery()
        dialog = Form(
            self.env[action["res_model"]].with_context(
                **action["context"], lang="en_US"
            )
        )
        self.assertIn("780", dialog.key_words)
        self.assertTrue(dialog.is_key_held)
        dialog.release_reason = "公司户，今日转账"
        dialog.unsigned_reason = "司机代取"
        dialog.save().action_deliver()
        self.assertEqual(visit.state, "delivered")
        self.assertEqual(visit.key_release_reason, "公司户，今日转账")

    @users("manager")
    def test_reason_is_asked_for_in_a_dialog(self):
        action = self.reception.with_env(self.env).action_ask_release()
        wizard = self.env[action["res_model"]].with_context(**action["context"])
        wizard.create({"reason": "老客户"}).action_apply()
        self.assertEqual(self.reception.key_release, "unpaid")


class TestOnAccount(ReleaseCase):
    def test_credit_is_of_one_shop_and_never_negative(self):
        self.customer.dealer_credit_limit = 1000.0
        other = self.env["res.company"].create({"name": "另一家店"})
        self.assertEqual(self.customer.with_company(other).dealer_credit_limit, 0.0)
        with self.assertRaises(ValidationError):
            self.customer.dealer_credit_limit = -1.0

    @users("advisor")
    def test_monthly_customer_drives_away_up_to_the_limit(self):
        self.customer.sudo().dealer_credit_limit = 1000.0
        self.deliver()
        self.assertEqual(self.reception.key_release, "credit")
        self.assertEqual(self.reception.key_release_amount, 780.0)
        self.assertEqual(self.customer.sudo().dealer_credit_used, 780.0)
        second = self.second_visit()
        with self.assertRaisesRegex(KeyHeld, "up to.*1,000.*780.*300"):
            self.deliver(second)
        self.pay(amount=100.0)
        self.customer.invalidate_recordset()
        self.assertEqual(self.customer.sudo().dealer_credit_used, 680.0)
        self.deliver(second)
        self.customer.invalidate_recordset()
        self.assertEqual(self.customer.sudo().dealer_credit_used, 980.0)

    @users("advisor")
    def test_the_company_of_the_driver_has_the_credit(self):
        company = self.make_partner(name="芜湖物流有限公司", is_company=True)
        company.dealer_credit_limit = 1000.0
        driver = self.make_partner(name="李师傅", parent_id=company.id)
        visit = self.make_reception(
            vehicle_id=self.make_vehicle(license_plate="皖B·K5555").id,
            partner_id=driver.id,
            state="arrived",
        )
        self.make_order(visit, self.make_product(price=300.0))
        self.bring_to(visit, "settled")
        self.deliver(visit)
        self.assertEqual(company.sudo().dealer_credit_used, 300.0)

    @users("advisor")
    def test_who_sets_no_limit_sees_none(self):
        customer = self.customer.with_env(self.env)
        with self.assertRaises(AccessError):
            customer.dealer_credit_limit = 5000.0
        with self.assertRaises(AccessError):
            customer.read(["dealer_credit_limit"])

    @users("manager")
    def test_dialog_says_that_it_goes_on_account(self):
        self.customer.sudo().dealer_credit_limit = 1000.0
        words, is_held = self.reception.with_env(self.env)._key_words()
        self.assertIn("on the customer's account", words)
        self.assertFalse(is_held)

    @users("advisor")
    def test_car_of_a_stranger_goes_on_nobodys_account(self):
        company = self.make_partner(name="芜湖物流有限公司", is_company=True)
        company.sudo().dealer_credit_limit = 1000.0
        visit = self.make_reception(
            vehicle_id=self.make_vehicle(license_plate="皖B·K5555").id,
            partner_id=company.id,
            contact_id=self.customer.id,
            state="arrived",
        )
        self.make_order(visit, self.make_product(price=300.0))
        self.bring_to(visit, "settled")
        with self.assertRaisesRegex(KeyHeld, "belongs to somebody else"):
            self.deliver(visit)
        # nor by way of the card of whoever comes
        stranger = self.make_partner(name="路人").with_env(self.env)
        with self.assertRaisesRegex(ValidationError, "buys on account"):
            stranger.parent_id = company.id
        stranger.with_user(self.manager).parent_id = company.id
