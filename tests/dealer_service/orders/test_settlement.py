"""One invoice for each payer, estimate beside actual, and ways to correct it."""

from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, new_test_user, users

from odoo.addons.dealer_service.models.orders.dealer_reception_settlement import (
    SettlementOpen,
    VarianceReasonRequired,
)

from .test_consent import ConsentCase


class SettlementCase(ConsentCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.chery = cls.make_partner(name="奇瑞汽车销售有限公司")
        cls.company.dealer_warranty_partner_id = cls.chery
        cls.cashier = new_test_user(
            cls.env, "cashier", "base.group_user,account.group_account_invoice"
        )

    def ready(self, *orders):
        """The visit, ready for the settlement, with the orders agreed to."""
        return self.bring_to(self.reception, "ready")

    def settle(self):
        self.ready()
        self.tick(self.reception)
        self.reception.with_env(self.env).action_settle()
        return self.reception.invoice_ids


class TestSettlement(SettlementCase):
    @users("advisor")
    def test_advisor_creates_the_draft_invoice_and_nothing_more(self):
        invoice = self.settle()
        self.assertEqual(invoice.state, "draft")
        self.assertEqual(invoice.amount_total, 780.0)
        self.assertEqual(invoice.partner_id, self.customer)
        self.assertEqual(invoice.vehicle_id, self.vehicle)
        self.assertEqual(self.reception.state, "settled")
        self.assertEqual(self.reception.settled_total, 780.0)
        with self.assertRaises(AccessError):
            invoice.with_env(self.env).action_post()

    @users("advisor")
    def test_each_payer_gets_one_invoice(self):
        self.make_order(self.reception, self.labour, dealer_payer="warranty")
        self.make_order(self.reception, self.part, dealer_payer="internal")
        self.make_order(self.reception, self.labour, dealer_payer="goodwill")
        self.make_order(self.reception, self.labour)
        invoices = self.settle()
        self.assertEqual(
            {invoice.dealer_payer: invoice.amount_total for invoice in invoices},
            # the two orders of the customer are one invoice; internal and goodwill
            # have the same partner and still are two
            {"customer": 1080.0, "warranty": 300.0, "internal": 480.0, "goodwill": 300},
        )
        self.assertEqual(len(invoices), 4)
        warranty = invoices.filtered(lambda m: m.dealer_payer == "warranty")
        self.assertEqual(warranty.partner_id, self.chery)

    @users("advisor")
    def test_invoice_made_by_sale_belongs_to_one_visit_and_one_payer(self):
        other = self.make_reception(
            state="arrived",
            vehicle_id=self.make_vehicle(license_plate="皖B·K5555").id,
        )
        self.make_order(other, self.labour)
        for payer in ("internal", "goodwill"):
            self.make_order(self.reception, self.part, dealer_payer=payer)
        sale = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "order_line": [Command.create({"product_id": self.part.id})],
            }
        )
        sale.action_confirm()
        for visit in self.reception + other:
            self.bring_to(visit, "authorized")
        orders = self.reception.order_ids + other.order_ids + sale
        self.env["sale.advance.payment.inv"].with_context(
            active_model="sale.order", active_ids=orders.ids
        ).create({"advance_payment_method": "delivered"}).create_invoices()
        self.assertCountEqual(
            orders.invoice_ids.mapped(
                lambda move: (move.reception_id, move.dealer_payer, move.amount_total)
            ),
            [
                (self.reception, "customer", 780.0),
                (self.reception, "internal", 480.0),
                (self.reception, "goodwill", 480.0),
                (other, "customer", 300.0),
                (self.env["dealer.reception"], False, 480.0),
            ],
        )

    @users("advisor")
    def test_free_warranty_work_is_settled_with_a_zero_invoice(self):
        order = self.make_order(self.reception, self.labour, dealer_payer="warranty")
        order.order_line.price_unit = 0.0
        invoices = self.settle()
        free = invoices.filtered(lambda m: m.dealer_payer == "warranty")
        self.assertEqual(free.amount_total, 0.0)
        free.with_user(self.cashier).action_post()
        self.assertEqual(free.payment_state, "paid")

    @users("advisor")
    def test_open_decision_keeps_the_visit_from_settlement(self):
        self.ready()
        supplement = self.env["sale.order"].create({"reception_id": self.reception.id})
        self.tick(self.reception)
        with self.assertRaisesRegex(SettlementOpen, supplement.name):
            self.reception.with_env(self.env).action_settle()
        supplement.action_cancel()
        self.reception.with_env(self.env).action_settle()

    @users("advisor")
    def test_what_others_know_to_be_open_keeps_it_from_settlement_too(self):
        self.ready()
        self.tick(self.reception)
        reception = self.reception.with_env(self.env)
        with (
            patch.object(
                type(reception), "_settlement_obstacles", lambda self: ["Job 1 is open"]
            ),
            self.assertRaisesRegex(SettlementOpen, "Job 1 is open"),
        ):
            reception.action_settle()

    @users("advisor")
    def test_part_invoiced_by_delivery_is_not_silently_missing(self):
        self.part.invoice_policy = "delivery"
        self.ready()
        self.tick(self.reception)
        reception = self.reception.with_env(self.env)
        with self.assertRaisesRegex(SettlementOpen, "not been issued yet"):
            reception.action_settle()
        line = self.order.order_line.filtered(lambda line: line.dealer_kind == "part")
        line.qty_delivered = 2.0
        with self.assertRaisesRegex(SettlementOpen, "more of"):
            reception.action_settle()
        line.qty_delivered = 1.0
        reception.action_settle()
        self.assertEqual(self.reception.invoice_ids.amount_total, 780.0)

    @users("advisor")
    def test_settling_needs_the_state_before_it(self):
        self.bring_to(self.reception, "authorized")
        with self.assertRaisesRegex(UserError, "cannot go from"):
            self.reception.with_env(self.env).action_settle()
        self.assertFalse(self.reception.invoice_ids)

    @users("advisor")
    def test_declined_and_unsupplied_lines_are_not_invoiced(self):
        part = self.order.order_line.filtered(lambda line: line.dealer_kind == "part")
        self.bring_to(self.reception, "authorized")
        part.with_env(self.env).action_not_supplied("缺货")
        self.assertEqual(self.order.consent_state, "valid")
        self.ready()
        self.tick(self.reception)
        reception = self.reception.with_env(self.env)
        # 480 of 780 agreed to are missing: that needs its reason
        with self.assertRaises(VarianceReasonRequired):
            reception.action_settle()
        reception.variance_reason = "前制动片缺货,下次更换"
        reception.action_settle()
        self.assertEqual(self.reception.invoice_ids.amount_total, 300.0)
        self.assertEqual(self.reception.settlement_state, "draft")
        work = self.env["dealer.declined.work"].search(
            [("vehicle_id", "=", self.vehicle.id)]
        )
        self.assertEqual(work.product_id, self.part)

    @users("advisor")
    def test_dialog_compares_and_records_declarations(self):
        self.ready()
        self.tick(self.reception)
        action = self.reception.with_env(self.env).action_open_settlement()
        wizard = Form(self.env[action["res_model"]].with_context(action["context"]))
        self.assertEqual((wizard.agreed, wizard.settled), (780.0, 780.0))
        self.assertFalse(wizard.needs_reason)
        self.assertEqual(wizard.old_parts, "given_up")
        wizard.old_parts = "taken"
        wizard.odometer_out = 45210
        wizard.save().action_settle()
        self.assertEqual(self.reception.state, "settled")
        self.assertEqual(self.reception.old_parts, "taken")
        self.assertEqual(self.reception.invoice_ids.dealer_odometer_out, 45210)

    @users("advisor")
    def test_old_part_declaration_follows_the_wish_of_the_customer(self):
        reception = self.reception.with_env(self.env)
        self.assertEqual(reception.old_parts, "given_up")
        reception.keep_old_parts = True
        self.assertEqual(reception.old_parts, "taken")
        labour_only = self.make_reception(state="arrived")
        self.make_order(labour_only, self.labour)
        self.assertEqual(labour_only.old_parts, "none")

    @users("advisor")
    def test_rows_show_labour_and_parts_apart_agreed_beside_settled(self):
        self.order.order_line[0].discount = 10.0
        self.settle()
        reception = self.reception.with_env(self.env)
        rows = reception._settlement_rows()
        self.assertEqual(
            [(row["kind"], row["agreed"], row["settled"]) for row in rows],
            [("labour", 270.0, 270.0), ("part", 480.0, 480.0)],
        )
        totals = reception._settlement_totals()
        self.assertEqual(totals["due"], 750.0)
        self.assertEqual(reception.settled_capitals, "柒佰伍拾元整")
        self.assertIn("750", reception.settlement_html)


class TestVariance(SettlementCase):
    @users("advisor")
    def test_price_edited_on_the_draft_invoice_needs_a_reason_before_posting(self):
        invoice = self.settle().with_user(self.cashier)
        invoice.invoice_line_ids[0].price_unit = 200.0
        with self.assertRaises(VarianceReasonRequired):
            invoice.action_post()
        self.reception.variance_reason = "老客户优惠"
        invoice.action_post()
        self.assertEqual(self.reception.settled_total, 680.0)

    @users("advisor")
    def test_reason_covers_the_difference_it_was_given_for_and_no_other(self):
        invoice = self.settle().with_user(self.cashier)
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
        invoices = self.settle().with_user(self.cashier)
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
        invoice = self.settle().with_user(self.cashier)
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
        invoice = self.settle().with_user(self.cashier)
        # 5 % of 780 are 39
        invoice.invoice_line_ids[0].price_unit = 300.0 - 39.0
        invoice.action_post()
        self.assertEqual(self.reception.settled_total, 741.0)

    @users("advisor")
    def test_difference_beyond_the_tolerance_by_a_cent_needs_one(self):
        invoice = self.settle().with_user(self.cashier)
        invoice.invoice_line_ids[0].price_unit = 300.0 - 39.01
        with self.assertRaises(VarianceReasonRequired):
            invoice.action_post()

    @users("advisor")
    def test_what_one_payer_saves_does_not_excuse_what_another_pays_more(self):
        self.make_order(self.reception, self.part, dealer_payer="warranty")
        invoices = self.settle().with_user(self.cashier)
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
        invoice = self.settle().with_user(self.cashier)
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
        self.settle().with_user(self.cashier).button_cancel()
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
        self.settle().with_user(self.cashier).unlink()
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
