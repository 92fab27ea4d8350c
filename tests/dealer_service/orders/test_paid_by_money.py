"""The invoice of a visit is paid by the money that was taken, and by nothing else."""

from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import users

from .test_settlement import SettlementCase


class TestPaidByMoney(SettlementCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bring_to(cls.reception, "settled")
        cls.invoice = cls.reception.invoice_ids
        cls.invoice.action_post()
        cls.debt = cls.invoice.line_ids.filtered(
            lambda line: line.display_type == "payment_term"
        )
        accounts = cls.env["account.account"].search([])
        cls.expense = accounts.filtered(lambda a: a.account_type == "expense")[0]
        cls.till = cls.env["account.journal"].search(
            [("type", "=", "cash"), ("company_id", "=", cls.company.id)], limit=1
        )
        cls.today = cls.company._dealer_today()

    def pay(self, **values):
        """With Odoo's own dialog, which the counter does not show."""
        dialog = self.env["account.payment.register"].with_context(
            active_model="account.move", active_ids=self.invoice.ids
        )
        return dialog.create({"journal_id": self.till.id, **values})._create_payments()

    def make_entries(self, count):
        """Entries by which the customer would owe nothing any more."""
        debt = {
            "account_id": self.debt.account_id.id,
            "partner_id": self.customer.id,
            "credit": 780.0,
        }
        cost = {"account_id": self.expense.id, "debit": 780.0}
        vals = {
            "move_type": "entry",
            "company_id": self.company.id,
            "line_ids": [Command.create(debt), Command.create(cost)],
        }
        return self.env["account.move"].create([vals] * count)

    def assert_not_paid(self, step):
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            step()
            self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.invoice.amount_residual, 780.0)
        self.assertEqual(self.reception.settlement_state, "posted")

    def write_off(self):
        return self.pay(
            amount=1.0,
            payment_difference_handling="reconcile",
            writeoff_account_id=self.expense.id,
        )

    @users("cashier")
    def test_cashier_writes_off_nothing(self):
        self.assert_not_paid(self.write_off)

    @users("accountant")
    def test_accounting_writes_off_what_is_not_paid(self):
        self.write_off()
        self.assertEqual(self.invoice.payment_state, "paid")

    @users("cashier")
    def test_part_of_it_is_taken_and_the_rest_stays_due(self):
        self.pay(amount=300.0)
        self.assertEqual(self.invoice.amount_residual, 480.0)

    @users("cashier")
    def test_entry_of_the_cashiers_pays_nothing(self):
        entry = self.make_entries(1)
        with self.assertRaisesRegex(AccessError, "Only accounting"):
            entry.action_post()
        # one that accounting has posted pays nothing either
        entry.sudo().action_post()
        line = entry.line_ids.filtered("credit")
        mine = self.invoice.with_env(self.env)
        self.assert_not_paid(lambda: mine.js_assign_outstanding_line(line.id))
        self.assert_not_paid((self.debt.with_env(self.env) | line).reconcile)

    @users("cashier")
    def test_entry_that_is_said_to_be_of_a_payment_pays_nothing(self):
        payments = self.env["account.payment"]
        values = {
            "payment_type": "inbound",
            "partner_type": "customer",
            "partner_id": self.customer.id,
            "journal_id": self.till.id,
        }
        taken, forged = payments.create(
            [{**values, "amount": 1.0}, {**values, "amount": 780.0}]
        )
        taken.action_post()
        entries = self.make_entries(2)
        for entry, payment in zip(entries, (taken, forged), strict=True):
            entry.origin_payment_id = payment
        forged.move_id = entries[1]
        entries.action_post()
        for line in entries.line_ids.filtered("credit"):
            self.assert_not_paid((self.debt.with_env(self.env) | line).reconcile)

    @users("cashier")
    def test_credit_note_of_the_cashiers_pays_nothing(self):
        values = {
            "move_type": "out_refund",
            "partner_id": self.customer.id,
            "company_id": self.company.id,
            "invoice_line_ids": [Command.create({"name": "赠送", "price_unit": 60.0})],
        }
        with self.assertRaisesRegex(AccessError, "Only accounting"):
            self.env["account.move"].create(values)
        # one that accounting has made pays nothing either
        gift = self.env["account.move"].sudo().create(values)
        gift.action_post()
        gift = gift.with_env(self.env)
        line = gift.line_ids.filtered(lambda li: li.display_type == "payment_term")
        self.assert_not_paid((self.debt.with_env(self.env) | line).reconcile)

    @users("cashier")
    def test_money_is_in_the_till_on_the_day_it_is_taken(self):
        for days in (-3, 1):
            day = self.today + timedelta(days=days)
            self.assert_not_paid(lambda day=day: self.pay(payment_date=day))
        self.pay(payment_date=self.today)
        self.assertEqual(self.invoice.payment_state, "paid")

    @users("cashier")
    def test_another_money_is_for_accounting_to_take(self):
        names = ("USD", "EUR")
        other = self.env["res.currency"].sudo().with_context(active_test=False)
        other = other.search([("name", "in", names)]) - self.invoice.currency_id
        other.active = True
        self.assert_not_paid(lambda: self.pay(currency_id=other[0].id, amount=2.0))

    @users("cashier")
    def test_day_of_the_till_is_proposed(self):
        self.env.user.sudo().tz = "Pacific/Kiritimati"
        self.company.dealer_tz = "Etc/GMT+12"
        self.assertEqual(self.pay().date, self.company._dealer_today())

    @users("cashier")
    def test_transfer_of_yesterday_is_of_yesterday(self):
        bank = self.env["account.journal"].sudo()
        bank = bank.create({"name": "微信收款", "code": "WX", "type": "bank"})
        yesterday = self.today - timedelta(days=1)
        self.pay(journal_id=bank.id, payment_date=yesterday)
        self.assertEqual(self.invoice.payment_state, "paid")

    @users("cashier")
    def test_entry_of_what_was_taken_stays(self):
        entry = self.pay().move_id
        line = entry.line_ids.filtered(lambda li: li.account_id == self.debt.account_id)
        other = self.make_partner(name="张伟")
        for record, vals in (
            (entry, {"name": "Z/1"}),
            (entry, {"date": "2020-01-01"}),
            (line, {"partner_id": other.id}),
            (line, {"amount_residual": 5.0}),
            (line, {"reconciled": False}),
            (line, {"full_reconcile_id": False}),
            (line, {"matching_number": False}),
        ):
            with self.subTest(vals=vals):
                with self.assertRaises(UserError), self.env.cr.savepoint():
                    record.write(vals)
                    self.env.flush_all()
