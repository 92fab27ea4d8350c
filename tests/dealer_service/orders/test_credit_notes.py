"""Who gets a part of the price back has paid for the work; it is not invoiced again."""

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
            .with_user(self.cashier)
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"reason": "优惠", "journal_id": invoice.journal_id.id})
        )
        credit = self.env["account.move"].browse(wizard.reverse_moves()["res_id"])
        credit = credit.with_user(self.cashier)
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
        invoice = self.settle().with_user(self.cashier)
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
