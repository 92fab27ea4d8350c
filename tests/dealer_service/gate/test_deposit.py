"""A deposit: taken before there is a bill, set off when it is paid, or given back."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import users

from odoo.addons.dealer_service.models.gate.account_payment_deposit import (
    DepositRefused,
)
from odoo.addons.dealer_service.models.gate.dealer_reception_release import KeyHeld

from ..orders.test_settlement import SettlementCase


class TestDeposit(SettlementCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dealer_pay_first = True
        cls.wechat = cls.env["account.journal"].create(
            {"name": "微信收款", "code": "WX", "type": "bank"}
        )
        cls.cash = cls.env["account.journal"].search(
            [("company_id", "=", cls.company.id), ("type", "=", "cash")], limit=1
        )

    def payments(self):
        return self.env["account.payment"].with_user(self.cashier)

    def way(self, journal):
        moves = self.env["account.move"].with_user(self.cashier)
        [way] = [
            way
            for way in moves.get_cashier_board()["methods"]
            if way["label"] == journal.name
        ]
        return way["id"]

    def take(self, amount=200.0, journal=None, visit=None, **kwargs):
        """The cashier takes a deposit."""
        payments = self.payments()
        way = self.way(journal or self.wechat)
        visit = visit or self.reception
        return payments.browse(
            payments.action_take_deposit(visit.id, way, amount, **kwargs)
        )

    def card(self, visit=None, words=None):
        rows = self.payments().get_deposit_board(words)
        return next(
            (row for row in rows if row["id"] == (visit or self.reception).id), None
        )

    def settled(self):
        self.bring_to(self.reception, "settled")
        [bill] = self.reception.invoice_ids
        return bill

    def pay(self, bill, amount=None, journal=None):
        way = self.way(journal or self.wechat)
        return bill.with_user(self.cashier).action_take_payment(way, amount)

    def ledger(self, partner=None):
        """What the customer owes by the ledger alone: none of our fields."""
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT COALESCE(SUM(line.balance), 0), COALESCE(SUM(amount_residual), 0)
                 FROM account_move_line line
                 JOIN account_account account ON account.id = line.account_id
                WHERE account.account_type = 'asset_receivable'
                  AND line.parent_state = 'posted' AND line.partner_id = %s""",
            [(partner or self.customer).id],
        )
        return tuple(map(float, self.env.cr.fetchone()))

    # ------------------------------------------------------------------
    # TAKEN
    # ------------------------------------------------------------------

    def test_deposit_is_a_payment_that_waits_on_the_customers_account(self):
        payment = self.take(200.0, reference=" 4200 ")
        self.assertEqual(payment.amount, 200.0)
        self.assertEqual(payment.journal_id, self.wechat)
        self.assertEqual(payment.partner_id, self.customer)
        self.assertEqual(payment.payment_reference, "4200")
        self.assertEqual(payment.date, self.company._dealer_today())
        self.assertIn("皖B·A1234", payment.memo)
        self.assertEqual(self.ledger(), (-200.0, -200.0))
        self.assertEqual(self.reception.deposit_amount, 200.0)
        self.assertIn("200.00", str(self.reception.message_ids.mapped("body")))
        [row] = self.card()["deposits"]
        self.assertEqual((row["left"], row["can_return"]), (200.0, False))

    def test_deposit_of_a_booking(self):
        car = self.make_vehicle(license_plate="皖B·K5555")
        visit = self.make_reception(vehicle_id=car.id)
        self.assertEqual(visit.state, "booked")
        self.take(500.0, self.cash, visit)
        self.assertEqual(visit.deposit_amount, 500.0)
        # found by its plate, and first without any words
        self.assertIn("500.00", self.card(visit, "K5555")["held"])
        self.assertFalse(self.card(words="K5555"))
        self.assertEqual(self.payments().get_deposit_board()[0]["id"], visit.id)

    def test_nothing_is_no_deposit(self):
        for amount in (0, -5, None):
            with self.subTest(amount), self.assertRaises(DepositRefused):
                self.take(amount)
        with self.assertRaisesRegex(UserError, "how it is paid"):
            self.payments().action_take_deposit(self.reception.id, None, 5.0)

    def test_amount_is_a_number_and_a_reference_short(self):
        for amount, reference in (("5", ""), ("", ""), (True, ""), (5.0, "1" * 501)):
            with self.subTest(amount), self.assertRaises(UserError):
                self.take(amount, reference=reference)

    def test_visit_with_a_bill_takes_a_payment(self):
        self.settled()
        self.assertIn("has its bill", self.card()["refusal"])
        with self.assertRaisesRegex(DepositRefused, "has its bill"):
            self.take()

    def test_visit_that_is_over_takes_none(self):
        self.reception.action_cancel()
        with self.assertRaisesRegex(DepositRefused, "is over"):
            self.take()
        self.assertFalse(self.card())

    def test_visit_of_another_shop_takes_none(self):
        shop = self.env["res.company"].create({"name": "另一家店"})
        self.cashier.company_ids += shop
        payments = self.payments().with_context(allowed_company_ids=shop.ids)
        self.assertFalse(payments.get_deposit_board())
        with self.assertRaisesRegex(DepositRefused, "Choose the visit"):
            payments.action_take_deposit(self.reception.id, self.way(self.cash), 5.0)

    @users("advisor")
    def test_only_the_counter_takes_money(self):
        payments = self.env["account.payment"]
        with self.assertRaises(AccessError):
            payments.get_deposit_board()
        with self.assertRaises(AccessError):
            payments.action_take_deposit(self.reception.id, 1, 5.0)
        # what was paid in advance is told to the advisor
        self.take(200.0)
        self.assertEqual(self.reception.with_env(self.env).deposit_amount, 200.0)

    def test_nobody_says_of_another_payment_that_it_is_a_deposit(self):
        payment = self.payments().create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.customer.id,
                "amount": 5.0,
            }
        )
        with self.assertRaises(UserError):
            payment.dealer_deposit_visit_id = self.reception
        deposit = self.take()
        for values in ({"amount": 5.0}, {"state": "canceled"}, {"memo": "x"}):
            with self.subTest(values), self.assertRaises(UserError):
                deposit.write(values)
        with self.assertRaises(AccessError):
            deposit.action_draft()

    # ------------------------------------------------------------------
    # SET OFF
    # ------------------------------------------------------------------

    def test_rest_is_paid_at_the_counter(self):
        self.take(200.0, self.cash)
        self.take(100.0)
        bill = self.settled()
        moves = self.env["account.move"].with_user(self.cashier)
        [car] = moves.get_cashier_board()["cars"]
        [shown] = car["bills"]
        self.assertEqual(shown["due"], 480.0)
        self.assertIn("300.00", shown["deposit"])
        with self.assertRaisesRegex(UserError, "480.00 is due"):
            self.pay(bill, 780.0)
        self.assertEqual(self.pay(bill), {"due": False})
        self.assertEqual(bill.payment_state, "paid")
        self.assertEqual(
            sorted(bill.reconciled_payment_ids.mapped("amount")), [100.0, 200.0, 480.0]
        )
        self.assertEqual(self.ledger(), (0.0, 0.0))
        self.assertEqual(self.reception.settlement_state, "paid")

    def test_deposit_of_yesterday_pays_the_bill_of_today(self):
        """Cash is counted on its day; that of a deposit was."""
        deposit = self.take(780.0, self.cash)
        deposit.sudo().move_id.button_draft()
        deposit.sudo().date = "2026-01-05"
        deposit.sudo().move_id.action_post()
        bill = self.settled()
        self.assertEqual(self.pay(bill), {"due": False})
        self.assertEqual(bill.reconciled_payment_ids, deposit.sudo())

    def test_deposit_that_pays_all_frees_the_key(self):
        self.take(780.0)
        bill = self.settled()
        self.assertEqual(bill.state, "draft")
        visit = self.reception.with_user(self.advisor)
        self.assertEqual(visit._left_to_pay(visit._settlement_due()), 0.0)
        self.assertEqual(visit._key_words(), ("", False))

    def test_key_stays_for_what_the_deposit_does_not_pay(self):
        self.take(700.0)
        self.settled()
        self.tick(self.reception)
        with self.assertRaisesRegex(KeyHeld, "80.00"):
            self.reception.with_user(self.advisor).action_deliver("司机代取")

    def test_bill_that_accounting_posts_is_set_off_too(self):
        self.take(200.0)
        bill = self.settled()
        bill.with_user(self.accountant).action_post()
        self.assertEqual(bill.amount_residual, 580.0)
        self.assertEqual(bill.payment_state, "partial")

    def test_bill_of_the_manufacturer_is_not_set_off(self):
        self.take(200.0)
        self.make_order(self.reception, self.labour, dealer_payer="warranty")
        self.bring_to(self.reception, "settled")
        bills = self.reception.invoice_ids
        bills.action_post()
        due = {bill.dealer_payer: bill.amount_residual for bill in bills}
        self.assertEqual(due, {"customer": 580.0, "warranty": 300.0})

    def test_deposit_pays_no_other_visit(self):
        deposit = self.take(200.0)
        other = self.make_reception(
            vehicle_id=self.make_vehicle(license_plate="皖B·K5555").id, state="arrived"
        )
        self.make_order(other, self.make_product(price=300.0))
        self.bring_to(other, "settled")
        bill = other.invoice_ids.with_user(self.cashier)
        bill.action_post()
        self.assertEqual(bill.amount_residual, 300.0)
        [line] = deposit.sudo().move_id.line_ids.filtered(
            lambda line: line.account_type == "asset_receivable"
        )
        with self.assertRaisesRegex(AccessError, "pays nothing else"):
            bill.js_assign_outstanding_line(line.id)

    # ------------------------------------------------------------------
    # GIVEN BACK
    # ------------------------------------------------------------------

    def test_deposit_of_a_cancelled_visit_goes_back_the_way_it_came(self):
        deposit = self.take(200.0)
        self.reception.action_cancel()
        [row] = self.card()["deposits"]
        self.assertTrue(row["can_return"])
        with self.assertRaisesRegex(DepositRefused, "Say why"):
            deposit.action_return_deposit(" ")
        back = self.payments().browse(deposit.action_return_deposit("客户取消"))
        self.assertEqual(
            (back.payment_type, back.amount, back.journal_id),
            ("outbound", 200.0, self.wechat),
        )
        self.assertEqual(self.ledger(), (0.0, 0.0))
        self.assertEqual(self.reception.deposit_amount, 0.0)
        self.assertIn("客户取消", back.memo)
        self.assertFalse(self.card())
        for payment in (deposit, back):
            with self.assertRaisesRegex(DepositRefused, "Nothing is left"):
                payment.action_return_deposit("再来")

    def test_who_collects_gives_nothing_back_while_the_visit_goes_on(self):
        deposit = self.take(200.0)
        with self.assertRaisesRegex(AccessError, "goes on"):
            deposit.action_return_deposit("给我")
        self.settled()
        with self.assertRaisesRegex(AccessError, "goes on"):
            deposit.action_return_deposit("给我")
        deposit.with_user(self.accountant).action_return_deposit("客户改用转账")
        self.assertEqual(self.ledger(), (0.0, 0.0))

    def test_what_is_left_of_a_deposit_is_given_back(self):
        deposit = self.take(1000.0, self.cash)
        bill = self.settled()
        self.assertEqual(self.pay(bill), {"due": False})
        self.assertEqual(bill.payment_state, "paid")
        self.assertEqual(self.ledger()[1], -220.0)
        [row] = self.card()["deposits"]
        self.assertEqual((row["left"], row["can_return"]), (220.0, True))
        back = self.payments().browse(deposit.action_return_deposit("多收"))
        self.assertEqual((back.amount, back.journal_id), (220.0, self.cash))
        self.assertEqual(self.ledger(), (0.0, 0.0))

    def test_payment_of_a_bill_is_no_deposit(self):
        bill = self.settled()
        self.pay(bill)
        payment = bill.reconciled_payment_ids.with_user(self.cashier)
        with self.assertRaisesRegex(DepositRefused, "Nothing is left"):
            payment.action_return_deposit("x")

    # ------------------------------------------------------------------
    # TAKINGS
    # ------------------------------------------------------------------

    def test_takings_count_deposits(self):
        self.take(200.0, self.cash)
        deposit = self.take(100.0)
        self.reception.action_cancel()
        deposit.action_return_deposit("客户取消")
        closings = self.env["dealer.cash.closing"].with_user(self.cashier)
        closing = closings.browse(closings.action_count()["res_id"])
        rows = {
            line.sudo().journal_id: (line.taken, line.given, line.deposit)
            for line in closing.line_ids
        }
        self.assertEqual(rows[self.cash], (200.0, 0.0, 200.0))
        self.assertEqual(rows[self.wechat], (100.0, 100.0, 0.0))
        self.assertEqual((closing.taken, closing.deposit), (200.0, 200.0))
        for line in closing.line_ids:
            line.counted = line.expected
        closing.action_close()
        html = self.env["ir.actions.report"]._render_qweb_html(
            "dealer_service.paper_closing", closing.ids
        )
        self.assertIn("Of Which Deposits", html[0].decode())
        self.assertIn("皖B·A1234", html[0].decode())
