"""Whoever counts the till does not make it fit: what was taken and given stays."""

from datetime import timedelta

from odoo import SUPERUSER_ID
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import new_test_user, users

from .test_takings import TakingsCase


class TestTill(TakingsCase):
    def payment(self, **values):
        return self.env["account.payment"].create(
            {
                "partner_id": self.customer.id,
                "partner_type": "customer",
                "payment_type": "inbound",
                "amount": 250.0,
                "journal_id": self.cash.id,
                "company_id": self.company.id,
                **values,
            }
        )

    def close(self, closing, **counted):
        for line in closing.line_ids:
            line.counted = line.expected
        closing.write(counted)
        closing.action_close()

    # ------------------------------------------------------------------
    # OUT OF THE TILL
    # ------------------------------------------------------------------

    @users("cashier")
    def test_money_is_not_paid_out_without_a_credit_note(self):
        for values in (
            {},
            {"partner_type": "supplier"},
            {"journal_id": self.wechat.id},
        ):
            with self.subTest(values):
                payment = self.payment(payment_type="outbound", **values)
                with self.assertRaisesRegex(AccessError, "credit note"):
                    payment.action_post()
                with self.assertRaises(AccessError):
                    payment.state = "paid"
        with self.assertRaises(AccessError):
            self.payment(payment_type="outbound", state="in_process")

    @users("cashier")
    def test_credit_note_is_paid_out_up_to_what_it_says(self):
        note = (
            self.env["account.move"]
            .sudo()
            .create(
                {
                    "move_type": "out_refund",
                    "partner_id": self.customer.id,
                    "invoice_line_ids": [
                        Command.create(
                            {"name": "退款", "price_unit": 40.0, "tax_ids": []}
                        )
                    ],
                }
            )
        )
        note.action_post()
        registers = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=note.ids
        )
        with self.assertRaisesRegex(AccessError, "credit note says"):
            registers.create(
                {"journal_id": self.cash.id, "amount": 250.0}
            ).action_create_payments()
        registers.create({"journal_id": self.cash.id}).action_create_payments()
        self.assertIn(note.payment_state, ("paid", "in_payment"))
        closing = self.count()
        self.assertEqual(self.line(closing, self.cash).given, 40.0)

    @users("cashier")
    def test_credit_note_of_no_visit_is_made_by_accounting(self):
        with self.assertRaisesRegex(AccessError, "Only accounting"):
            self.env["account.move"].create(
                {
                    "move_type": "out_refund",
                    "partner_id": self.customer.id,
                    "invoice_line_ids": [
                        Command.create({"name": "退款", "price_unit": 100.0})
                    ],
                }
            ).action_post()

    # ------------------------------------------------------------------
    # WHAT WAS TAKEN STAYS
    # ------------------------------------------------------------------

    @users("cashier")
    def test_money_of_no_visit_stays_as_it_was_taken(self):
        payment = self.payment()
        payment.action_post()
        for attack in (
            lambda: payment.action_draft(),
            lambda: payment.action_cancel(),
            lambda: payment.write({"amount": 5.0}),
            lambda: payment.write({"journal_id": self.wechat.id}),
            lambda: payment.write({"date": "2020-01-01"}),
            lambda: payment.unlink(),
        ):
            with self.assertRaises(UserError), self.cr.savepoint():
                attack()
        self.assertEqual(payment.amount, 250.0)

    @users("cashier")
    def test_cash_of_another_day_is_entered_by_accounting(self):
        payment = self.payment(date="2020-01-01")
        with self.assertRaisesRegex(AccessError, "on the day it is taken"):
            payment.action_post()
        payment.sudo().action_post()

    @users("cashier")
    def test_cash_that_was_taken_yesterday_pays_today(self):
        payment = self.payment()
        payment.action_post()
        yesterday = payment.create_date - timedelta(days=1)
        self.env.cr.execute(
            "UPDATE account_payment SET create_date = %s, date = %s WHERE id = %s",
            (yesterday, self.company._dealer_day(yesterday), payment.id),
        )
        payment.invalidate_recordset()
        moves = self.env["account.move"].browse(self.reception.sudo().invoice_ids.ids)
        moves.action_post()
        line = payment.sudo().move_id.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        moves[:1].js_assign_outstanding_line(line.id)
        self.assertEqual(sum(moves.mapped("amount_residual")), 780.0 - 250.0)

    # ------------------------------------------------------------------
    # FROM SHIFT TO SHIFT
    # ------------------------------------------------------------------

    @users("cashier")
    def test_shift_begins_with_what_the_last_one_left(self):
        self.take(self.cash, 100.0)
        first = self.count()
        first.cash_start = 200.0
        with self.assertRaisesRegex(UserError, "cannot stay"), self.cr.savepoint():
            self.close(first, cash_left=301.0)
        self.close(first, cash_left=150.0)
        second = self.count()
        self.assertEqual(second.cash_start, 150.0)
        with self.assertRaisesRegex(UserError, "has left in the till"):
            second.cash_start = 20.0
        accountant = new_test_user(
            self.env(user=SUPERUSER_ID),
            "books",
            "base.group_user,account.group_account_user",
        )
        second.with_user(accountant).cash_start = 20.0
        self.assertEqual(self.line(second, self.cash).expected, 20.0)

    @users("cashier")
    def test_button_pressed_twice_takes_once(self):
        self.take(self.cash, 50.0)
        with self.assertRaisesRegex(UserError, "this very minute"):
            self.take(self.cash, 50.0)
        self.take(self.wechat, 50.0)
        self.take(self.cash, 51.0)
        self.env.cr.execute(
            "UPDATE account_payment"
            " SET create_date = create_date - interval '2 minutes'"
        )
        self.env.invalidate_all()
        self.take(self.cash, 50.0)
