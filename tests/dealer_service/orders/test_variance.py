"""Settled more or less than agreed, and what is corrected afterwards."""

from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import Form, users

from odoo.addons.dealer_service.models.orders.dealer_reception_settlement import (
    VarianceReasonRequired,
)

from .test_settlement import SettlementCase


class TestVariance(SettlementCase):
    @users("advisor")
    def test_price_edited_on_the_draft_invoice_needs_a_reason_before_posting(self):
        invoice = self.settle().with_user(self.accountant)
        invoice.invoice_line_ids[0].price_unit = 200.0
        with self.assertRaises(VarianceReasonRequired):
            invoice.action_post()
        self.reception.variance_reason = "老客户优惠"
        invoice.action_post()
        self.assertEqual(self.reception.settled_total, 680.0)

    @users("advisor")
    def test_reason_covers_the_difference_it_was_given_for_and_no_other(self):
        invoice = self.settle().with_user(self.accountant)
        invoice.invoice_line_ids[0].price_unit = 200.0
        self.reception.variance_reason = "老客户优惠"
        invoice.invoice_line_ids[0].price_unit = 100.0
        with self.assertRaisesRegex(VarianceReasonRequired, "another difference"):
            invoice.action_post()
        self.reception.variance_reason = "老客户优惠，再减 100"
        invoice.action_post()
        self.assertEqual(self.reception.settled_total, 580.0)

    @users("advisor")
    def test_reason_of_one_payer_does_not_cover_another(self):
        self.make_order(self.reception, self.part, dealer_payer="warranty")
        invoices = self.settle().with_user(self.accountant)
        own = invoices.filtered(lambda m: m.dealer_payer == "customer")
        own.invoice_line_ids[0].price_unit -= 100.0
        self.reception.variance_reason = "老客户优惠"
        factory = invoices - own
        own.invoice_line_ids[0].price_unit += 100.0
        factory.invoice_line_ids[0].price_unit -= 100.0
        with self.assertRaisesRegex(VarianceReasonRequired, "Warranty"):
            invoices.action_post()

    @users("advisor")
    def test_reason_given_before_anything_differs_covers_nothing(self):
        self.reception.variance_reason = "以防万一"
        invoice = self.settle().with_user(self.accountant)
        invoice.invoice_line_ids[0].price_unit = 200.0
        with self.assertRaises(VarianceReasonRequired):
            invoice.action_post()

    @users("advisor")
    def test_what_a_reason_covers_is_not_entered(self):
        with self.assertRaisesRegex(UserError, "recorded by the process"):
            self.reception.with_env(self.env).variance_covered = {"whole": -580.0}

    @users("advisor")
    def test_dialog_asks_for_the_reason_of_what_it_shows(self):
        part = self.order.order_line.filtered(lambda line: line.dealer_kind == "part")
        labour = self.order.order_line - part
        self.bring_to(self.reception, "authorized")
        part.with_env(self.env).action_not_supplied("缺货")
        reception = self.reception.with_env(self.env)
        reception.variance_reason = "前制动片缺货"
        self.ready()
        self.tick(self.reception)
        context = reception.action_open_settlement()["context"]
        wizard = Form(self.env["dealer.settlement.wizard"].with_context(context))
        self.assertEqual(wizard.variance_reason, "前制动片缺货")
        opened = wizard.save()
        labour._write_by_method({"dealer_not_supplied": "也没做"})
        with self.assertRaisesRegex(UserError, "has changed since"):
            opened.action_settle()
        again = Form(self.env["dealer.settlement.wizard"].with_context(context))
        self.assertFalse(again.variance_reason)

    @users("advisor")
    def test_difference_within_the_tolerance_needs_none(self):
        invoice = self.settle().with_user(self.accountant)
        # 5 % of 780 are 39
        invoice.invoice_line_ids[0].price_unit = 300.0 - 39.0
        invoice.action_post()
        self.assertEqual(self.reception.settled_total, 741.0)

    @users("advisor")
    def test_difference_beyond_the_tolerance_by_a_cent_needs_one(self):
        invoice = self.settle().with_user(self.accountant)
        invoice.invoice_line_ids[0].price_unit = 300.0 - 39.01
        with self.assertRaises(VarianceReasonRequired):
            invoice.action_post()

    @users("advisor")
    def test_what_one_payer_saves_does_not_excuse_what_another_pays_more(self):
        self.make_order(self.reception, self.part, dealer_payer="warranty")
        invoices = self.settle().with_user(self.accountant)
        for invoice in invoices:
            sign = 1 if invoice.dealer_payer == "customer" else -1
            invoice.invoice_line_ids[0].price_unit += sign * 200.0
        self.assertEqual(self.reception._variance()[1], 0.0)
        with self.assertRaisesRegex(VarianceReasonRequired, r"\(.*200"):
            invoices.action_post()

    @users("advisor")
    def test_rounding_on_the_whole_invoice_is_no_difference(self):
        self.company.write(
            {
                "tax_calculation_rounding_method": "round_globally",
                "dealer_variance_percent": 0.0,
            }
        )
        tax = self.env["account.tax"].sudo().create({"name": "13 %", "amount": 13.0})
        clip = {"product_id": self.part.id, "price_unit": 10.03}
        self.order.order_line.unlink()
        self.order.order_line = [
            Command.create({**clip, "tax_ids": [Command.set(tax.ids)]})
            for _number in range(7)
        ]
        invoice = self.settle()
        self.assertEqual(invoice.amount_total, 79.34)
        self.assertEqual(self.reception._settlement_totals()["due"], 79.34)
        self.assertEqual(self.reception.settled_capitals, "柒拾玖元叁角肆分")

    @users("advisor")
    def test_tolerance_is_the_companys(self):
        self.company.dealer_variance_percent = 20.0
        invoice = self.settle().with_user(self.accountant)
        invoice.invoice_line_ids[0].price_unit = 200.0
        invoice.action_post()

    @users("advisor")
    def test_supplement_agreed_to_is_no_variance(self):
        self.bring_to(self.reception, "authorized")
        self.agree(self.make_order(self.reception, self.labour))
        self.settle()
        self.assertEqual(self.reception.settled_total, 1080.0)
        self.assertEqual(self.reception.estimate_total, 1080.0)


class TestCorrection(SettlementCase):
    @users("advisor")
    def test_cancelled_draft_shows_and_is_made_again(self):
        self.settle().sudo().button_cancel()
        self.assertEqual(self.reception.settlement_state, "open")
        self.assertEqual(self.reception.settled_total, 0.0)
        reception = self.reception.with_env(self.env)
        reception.action_invoice_again()
        self.assertEqual(self.reception.settled_total, 780.0)
        self.assertEqual(self.reception.settlement_state, "draft")
        with self.assertRaisesRegex(UserError, "invoiced in full"):
            reception.action_invoice_again()

    @users("advisor")
    def test_deleted_draft_shows(self):
        self.settle().sudo().unlink()
        self.assertEqual(self.reception.settlement_state, "open")
        self.assertEqual(self.reception.settled_total, 0.0)

    @users("advisor")
    def test_paid_invoice_shows(self):
        invoice = self.settle().with_user(self.cashier)
        invoice.action_post()
        self.assertEqual(self.reception.settlement_state, "posted")
        self.env["account.payment.register"].with_user(self.cashier).with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})._create_payments()
        self.assertIn(invoice.payment_state, ("paid", "in_payment"))
        self.assertEqual(self.reception.settlement_state, "paid")

    @users("manager")
    def test_posted_settlement_is_credited_and_made_again(self):
        invoice = self.settle()
        invoice.with_user(self.cashier).action_post()
        self.reception.with_env(self.env).action_correct_settlement("付款方写错")
        credit = self.reception.invoice_ids - invoice
        self.assertEqual(credit.move_type, "out_refund")
        self.assertEqual(credit.state, "draft")
        self.assertEqual(credit.dealer_payer, "customer")
        self.assertEqual(self.reception.settled_total, 0.0)
        self.assertEqual(self.reception.settlement_state, "open")
        credit.with_user(self.cashier).action_post()
        self.reception.with_env(self.env).action_invoice_again()
        self.assertEqual(self.reception.settled_total, 780.0)
        again = self.reception.invoice_ids - invoice - credit
        again.with_user(self.cashier).action_post()
        rows = self.reception._settlement_rows()
        self.assertEqual(sum(row["settled"] for row in rows), 780.0)

    @users("manager")
    def test_second_correction_finds_nothing_to_credit(self):
        self.settle().with_user(self.cashier).action_post()
        reception = self.reception.with_env(self.env)
        reception.action_correct_settlement("x")
        with self.assertRaisesRegex(UserError, "no invoice to correct"):
            reception.action_correct_settlement("x")

    @users("advisor")
    def test_correction_is_the_managers(self):
        self.settle()
        with self.assertRaises(UserError):
            self.reception.with_env(self.env).action_correct_settlement("x")

    @users("advisor")
    def test_agreed_order_that_is_invoiced_cannot_be_cancelled(self):
        self.settle()
        with self.assertRaisesRegex(UserError, "Credit"):
            self.order.with_env(self.env).action_cancel_agreement("x")

    @users("advisor")
    def test_deposit_is_deducted_from_the_final_invoice(self):
        self.bring_to(self.reception, "authorized")
        order = self.order.with_env(self.env)
        self.env["sale.advance.payment.inv"].with_context(
            active_model="sale.order", active_ids=order.ids
        ).create(
            {
                "advance_payment_method": "fixed",
                "fixed_amount": 100.0,
                "sale_order_ids": [Command.set(order.ids)],
            }
        ).create_invoices()
        deposit = order.invoice_ids
        deposit.with_user(self.cashier).action_post()
        invoices = self.settle()
        self.assertEqual(sum(invoices.mapped("amount_total")), 780.0)
        self.assertEqual(self.reception.settled_total, 780.0)
