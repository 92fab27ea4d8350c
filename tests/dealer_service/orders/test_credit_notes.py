"""Who gets a part of the price back has paid for the work; it is not invoiced again."""

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import users

from .test_settlement import SettlementCase


class TestCreditNotes(SettlementCase):
    def pay(self, invoice):
        invoice.with_user(self.cashier).action_post()
        self.env["account.payment.register"].with_user(self.cashier).with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})._create_payments()

    def credit(self, invoice, post=True, **values):
        """A credit note over the first line as accounting makes it: reverse, edit."""
        wizard = (
            self.env["account.move.reversal"]
            .with_user(self.accountant)
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"reason": "优惠", "journal_id": invoice.journal_id.id})
        )
        credit = self.env["account.move"].browse(wizard.reverse_moves()["res_id"])
        credit = credit.with_user(self.accountant)
        credit.invoice_line_ids[1:].unlink()
        credit.invoice_line_ids.write(values)
        if post:
            credit.action_post()
        return credit

    @users("advisor")
    def test_part_of_the_price_back_leaves_the_visit_paid(self):
        invoice = self.settle()
        self.pay(invoice)
        self.credit(invoice, price_unit=100.0)
        self.assertEqual(self.reception.settlement_state, "paid")
        self.assertEqual(self.reception.settled_total, 680.0)
        self.assertEqual(self.order.invoice_status, "invoiced")
        totals = self.reception._settlement_totals()
        self.assertEqual((totals["settled"], totals["due"]), (680.0, 680.0))
        self.assertEqual(
            [row["settled"] for row in self.reception._settlement_rows()],
            [200.0, 480.0],
        )

    @users("advisor")
    def test_several_parts_of_the_price_are_still_no_work_taken_back(self):
        invoice = self.settle()
        self.pay(invoice)
        for _time in range(2):
            self.credit(invoice, price_unit=100.0)
        self.assertEqual(self.reception.settlement_state, "paid")
        self.assertEqual(self.reception.settled_total, 580.0)

    @users("advisor")
    def test_work_taken_back_is_to_be_invoiced_again(self):
        invoice = self.settle()
        self.pay(invoice)
        self.credit(invoice)
        self.assertEqual(self.reception.settlement_state, "open")
        self.assertEqual(self.order.order_line[0].qty_to_invoice, 1.0)

    @users("advisor")
    def test_half_of_the_quantity_back_is_to_be_invoiced_again(self):
        self.order.order_line[0].product_uom_qty = 2.0
        invoice = self.settle()
        self.pay(invoice)
        self.credit(invoice, quantity=1.0)
        self.assertEqual(self.order.order_line[0].qty_to_invoice, 1.0)

    @users("advisor")
    def test_all_of_the_price_back_in_parts_is_work_taken_back(self):
        invoice = self.settle()
        self.pay(invoice)
        for amount in (100.0, 200.0):
            self.credit(invoice, price_unit=amount)
        self.assertEqual(self.reception.settlement_state, "open")
        self.assertEqual(self.order.order_line[0].qty_to_invoice, 1.0)

    @users("advisor")
    def test_price_lowered_on_the_invoice_is_the_price_taken_back(self):
        invoice = self.settle().with_user(self.accountant)
        invoice.invoice_line_ids[0].price_unit = 280.0
        self.pay(invoice)
        self.credit(invoice)
        self.assertEqual(self.order.order_line[0].qty_to_invoice, 1.0)

    @users("advisor")
    def test_price_with_tax_and_discount_is_compared_as_it_was_invoiced(self):
        tax = self.env["account.tax"].sudo().create({"name": "13 %", "amount": 13.0})
        self.order.order_line[0].write(
            {"discount": 10.0, "tax_ids": [Command.set(tax.ids)]}
        )
        invoice = self.settle()
        self.pay(invoice)
        self.credit(invoice, price_unit=50.0)
        self.assertEqual(self.reception.settlement_state, "paid")
        self.credit(invoice, quantity=1.0, price_unit=250.0)
        self.assertEqual(self.reception.settlement_state, "open")

    @users("manager")
    def test_settlement_with_a_part_given_back_can_be_corrected(self):
        invoice = self.settle()
        self.pay(invoice)
        self.credit(invoice, price_unit=100.0)
        reception = self.reception.with_env(self.env)
        reception.action_correct_settlement("付款方写错")
        self.assertEqual(self.reception.settled_total, 0.0)
        self.assertEqual(self.reception.settlement_state, "open")
        reception.action_invoice_again()
        self.assertEqual(self.reception.settled_total, 780.0)

    @users("advisor")
    def test_who_collects_the_money_does_not_give_it_back(self):
        invoice = self.settle()
        self.pay(invoice)
        mine = invoice.with_user(self.cashier)
        wizard = self.env["account.move.reversal"].with_user(self.cashier)
        wizard = wizard.with_context(active_model="account.move", active_ids=mine.ids)
        wizard = wizard.create({"reason": "x", "journal_id": invoice.journal_id.id})
        line = {"name": "x", "price_unit": 100.0}
        note = {
            "move_type": "out_refund",
            "partner_id": invoice.partner_id.id,
            "reception_id": self.reception.id,
            "invoice_line_ids": [Command.create(line)],
        }
        credit = self.credit(invoice, post=False, price_unit=100.0)
        theirs = credit.with_user(self.cashier)
        for step in (
            wizard.reverse_moves,
            mine._reverse_moves,
            lambda: mine.create(note),
            lambda: theirs.write({"invoice_line_ids": [Command.create(line)]}),
            lambda: theirs.invoice_line_ids.write({"price_unit": 480.0}),
            lambda: theirs.invoice_line_ids.write({"quantity": 2.0}),
        ):
            with self.assertRaisesRegex(AccessError, "Only accounting gives back"):
                step()
        # what accounting has drawn up is paid out at the counter
        theirs.action_post()
        self.assertEqual(self.reception.settled_total, 680.0)

    @users("advisor")
    def test_money_is_given_back_for_a_reason(self):
        invoice = self.settle()
        self.pay(invoice)
        wizard = self.env["account.move.reversal"].with_user(self.accountant)
        wizard = wizard.with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({"reason": " ", "journal_id": invoice.journal_id.id})
        with self.assertRaisesRegex(UserError, "enter why"):
            wizard.reverse_moves()

    @users("advisor")
    def test_money_that_was_taken_stays_as_it_was_counted(self):
        invoice = self.settle()
        self.pay(invoice)
        payment = (
            invoice.sudo().matched_payment_ids
            or invoice.sudo()._get_reconciled_payments()
        )
        mine = payment.with_user(self.cashier)
        line = invoice.sudo().line_ids.filtered("reconciled").with_user(self.cashier)
        entry = mine.move_id
        steps = {
            "amount": lambda: mine.write({"amount": 400.0}),
            "date": lambda: mine.write({"date": "2026-01-01"}),
            "memo": lambda: mine.write({"memo": "hacked"}),
            "draft": mine.action_draft,
            "cancel": mine.action_cancel,
            "reject": mine.action_reject,
            "delete": mine.unlink,
            "not this invoice's": line.remove_move_reconcile,
        }
        if entry:
            steps["its entry"] = entry.button_draft
            steps["its lines"] = lambda: entry.line_ids[:1].write({"balance": 1.0})
        for what, step in steps.items():
            with self.subTest(what), self.assertRaisesRegex(AccessError, "accounting"):
                step()
        self.assertEqual(self.reception.settlement_state, "paid")
        payment.with_user(self.accountant).action_draft()
        self.assertEqual(payment.state, "draft")
