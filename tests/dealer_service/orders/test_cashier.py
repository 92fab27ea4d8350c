"""The counter: the car is found by its plate, the money is taken and recorded."""

from base64 import b64decode

from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tests import users
from odoo.tools.safe_eval import safe_eval

from ...papers import skip_without
from .test_settlement import SettlementCase


class TestCashierBoard(SettlementCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.wechat = cls.env["account.journal"].create(
            {"name": "微信收款", "code": "WX", "type": "bank"}
        )
        cls.make_order(cls.reception, cls.labour, dealer_payer="warranty")
        cls.bring_to(cls.reception, "settled")
        cls.invoice = cls.reception.invoice_ids.filtered(
            lambda move: move.dealer_payer == "customer"
        )

    def board(self):
        return self.env["account.move"].get_cashier_board()

    def card(self):
        [card] = self.board()["cars"]
        return card

    def method(self, journal=None):
        """The number under which the counter offers a way to pay."""
        label = (journal or self.wechat).name
        [way] = [way for way in self.board()["methods"] if way["label"] == label]
        return way["id"]

    def take(self, *args, invoice=None):
        bill = (invoice or self.invoice).with_env(self.env)
        return bill.action_take_payment(self.method(), *args)

    @users("cashier")
    def test_car_is_shown_with_what_each_payer_owes(self):
        card = self.card()
        self.assertEqual(card["plate"], "皖B·A1234")
        self.assertEqual(card["visit"], self.reception.name)
        self.assertEqual(card["customer"], self.customer.name)
        self.assertEqual(
            {bill["payer"]: bill["due"] for bill in card["bills"]},
            {"customer": 780.0, "warranty": 300.0},
        )

    @users("cashier")
    def test_money_is_of_the_day_of_the_till(self):
        """Not of the clock that the cashier has chosen: there it is tomorrow."""
        self.env.user.sudo().tz = "Pacific/Kiritimati"
        shop = self.env.company.sudo()
        shop.dealer_tz = "Etc/GMT+12"
        self.take()
        [payment] = self.invoice.sudo().matched_payment_ids
        self.assertEqual(payment.date, shop._dealer_today())

    @users("cashier")
    def test_car_that_has_paid_is_found_again_by_its_plate(self):
        action = self.env.ref("dealer_service.account_move_action_cashier_paid")
        moves = self.env["account.move"]

        def found():
            plate = Domain("dealer_visit", "ilike", "A1234")
            return moves.search(plate & Domain(safe_eval(action.sudo().domain)))

        self.assertFalse(found())
        self.take(400.0)
        self.assertEqual(found(), self.invoice)
        self.take()
        self.assertEqual(found(), self.invoice)

    @users("cashier")
    def test_payment_posts_the_invoice_and_is_a_real_one(self):
        self.assertEqual(self.take(), {"due": False})
        self.assertEqual(self.invoice.state, "posted")
        self.assertEqual(self.invoice.payment_state, "paid")
        payment = self.invoice.matched_payment_ids
        self.assertEqual(payment.journal_id, self.wechat)
        self.assertEqual(payment.amount, 780.0)
        self.assertEqual([bill["payer"] for bill in self.card()["bills"]], ["warranty"])

    @users("cashier")
    def test_part_in_cash_and_the_rest_by_wechat(self):
        self.assertIn("580", self.take(200.0)["due"])
        self.assertEqual(self.invoice.payment_state, "partial")
        self.assertEqual(self.card()["bills"][0]["due"], 580.0)
        self.take()
        self.assertEqual(self.invoice.payment_state, "paid")

    @users("cashier")
    def test_nobody_takes_more_than_is_due_or_nothing(self):
        for amount in (780.01, 0, -5):
            with self.subTest(amount), self.assertRaisesRegex(UserError, "is due"):
                self.take(amount)

    @users("cashier")
    def test_the_same_money_is_not_taken_twice(self):
        self.take()
        with self.assertRaisesRegex(UserError, "taken the money already"):
            self.take()

    @users("cashier")
    def test_invoice_named_twice_is_due_once(self):
        twice = self.invoice.browse(self.invoice.ids * 2)
        self.assertIn("580", self.take(200.0, invoice=twice)["due"])
        self.assertEqual(self.take(invoice=twice), {"due": False})
        self.assertEqual(sum(self.invoice.matched_payment_ids.mapped("amount")), 780.0)

    @users("cashier")
    def test_yes_is_no_amount(self):
        with self.assertRaisesRegex(UserError, "“amount”: True is not a number"):
            self.take(True)

    @users("cashier")
    def test_one_payment_is_of_one_payer_and_one_visit(self):
        both = self.reception.invoice_ids
        with self.assertRaisesRegex(UserError, "one visit and of one payer"):
            self.take(invoice=both)
        nothing = self.env["account.move"]
        with self.assertRaisesRegex(UserError, "one visit and of one payer"):
            nothing.action_take_payment(self.method())

    @users("cashier")
    def test_way_to_pay_is_one_of_the_shop(self):
        for way in (0, 999_999_999, self.method() + 1000):
            with self.subTest(way), self.assertRaisesRegex(UserError, "how it is paid"):
                self.invoice.with_env(self.env).action_take_payment(way)

    @users("cashier")
    def test_credit_note_is_money_to_give_back(self):
        self.take()
        # drawn up by accounting
        credit = self.invoice.sudo()._reverse_moves().with_env(self.env)
        [bill] = [bill for bill in self.card()["bills"] if bill["is_refund"]]
        self.assertEqual(bill["due"], -780.0)
        with self.assertRaisesRegex(UserError, "credit note"):
            self.take(invoice=credit)

    @users("cashier")
    def test_money_is_given_back_once_accounting_has_confirmed_it(self):
        self.take()
        invoice = self.invoice.with_env(self.env)
        credit = invoice.sudo()._reverse_moves().with_env(self.env)
        with self.assertRaisesRegex(UserError, "Accounting confirms"):
            credit.action_give_back(self.method())
        credit.sudo().action_post()
        with self.assertRaisesRegex(UserError, "how it is paid"):
            credit.action_give_back(999_999_999)
        credit.action_give_back(self.method(), " 退-001 ")
        self.assertIn(credit.payment_state, ("paid", "in_payment"))
        [payment] = credit.matched_payment_ids
        self.assertEqual(
            (payment.payment_type, payment.amount, payment.payment_reference),
            ("outbound", 780.0, "退-001"),
        )
        # pressed twice: nothing is open any more
        with self.assertRaisesRegex(UserError, "one visit and of one payer"):
            credit.action_give_back(self.method())

    @users("cashier")
    def test_nothing_is_given_back_for_a_bill(self):
        with self.assertRaisesRegex(UserError, "for nothing else"):
            self.invoice.with_env(self.env).action_give_back(self.method())

    @users("advisor")
    def test_who_takes_no_payments_gives_none_back(self):
        with self.assertRaises(AccessError):
            self.invoice.with_env(self.env).action_give_back(1)

    @users("cashier")
    def test_car_without_a_settlement_has_no_date(self):
        self.reception.sudo().date_settled = False
        self.assertEqual(self.card()["settled"], "")

    @users("cashier")
    def test_settlement_sheet_of_one_visit_is_printed(self):
        skip_without("wkhtmltopdf", "wkhtmltopdf")
        invoice = self.invoice.with_env(self.env)
        sheet = invoice.with_context(force_report_rendering=True).get_settlement_sheet()
        self.assertIn(self.reception.name, sheet["name"])
        self.assertTrue(b64decode(sheet["pdf"]).startswith(b"%PDF"))
        with self.assertRaisesRegex(UserError, "invoices of one visit"):
            self.env["account.move"].get_settlement_sheet()

    @users("advisor")
    def test_who_takes_no_payments_prints_no_settlement_here(self):
        with self.assertRaises(AccessError):
            self.invoice.with_env(self.env).get_settlement_sheet()

    @users("advisor")
    def test_who_takes_no_payments_has_no_counter(self):
        with self.assertRaises(AccessError):
            self.board()
        with self.assertRaises(AccessError):
            self.invoice.with_env(self.env).action_take_payment(1)

    @users("cashier")
    def test_another_shop_has_its_own_counter(self):
        shop = self.env["res.company"].sudo().create({"name": "另一家店"})
        self.cashier.sudo().company_ids += shop
        moves = self.env["account.move"].with_context(allowed_company_ids=shop.ids)
        self.assertFalse(moves.get_cashier_board()["cars"])

    @users("cashier")
    def test_more_cars_cost_no_more_queries(self):
        self.board()
        self.env.invalidate_all()
        with self.assertQueryCount(self.count_queries()):
            self.board()

    def count_queries(self):
        """What the counter costs with one car; then two more come."""
        before = self.env.cr.sql_log_count
        self.board()
        cost = self.env.cr.sql_log_count - before
        for plate in ("皖B·K5555", "皖B·K5556"):
            visit = self.make_reception(
                state="arrived", vehicle_id=self.make_vehicle(license_plate=plate).id
            )
            self.make_order(visit, self.labour, dealer_payer="warranty")
            self.bring_to(visit, "settled")
        self.env.flush_all()
        self.env.invalidate_all()
        return cost
