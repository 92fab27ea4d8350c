"""What is taken off at the settlement: 优惠 and 抹零, by right and with a reason."""

from odoo.exceptions import UserError
from odoo.tests import Form, users

from .test_settlement import SettlementCase


class ReductionCase(SettlementCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dealer_discount_percent = 10.0
        cls.company.dealer_rounding_limit = 5.0

    def dialog(self):
        """The dialog of the settlement, as the user opens it."""
        self.ready()
        self.tick(self.reception)
        action = self.reception.with_env(self.env).action_open_settlement()
        return Form(self.env[action["res_model"]].with_context(action["context"]))

    def settle_for(self, discount=0.0, rounding=0.0, reason="等配件久"):
        dialog = self.dialog()
        dialog.discount_amount = discount
        dialog.rounding_amount = rounding
        if discount:
            dialog.reduction_reason = reason
        dialog.save().action_settle()
        return self.reception.invoice_ids


class TestReduction(ReductionCase):
    @users("advisor")
    def test_discount_lowers_the_invoice_and_keeps_what_was_agreed(self):
        invoice = self.settle_for(discount=50.0)
        self.assertEqual(invoice.amount_total, 730.0)
        self.assertEqual(self.order.amount_total, 780.0)
        self.assertEqual(self.order.consent_state, "valid")
        self.assertEqual(self.reception.settled_total, 730.0)
        self.assertEqual(self.reception.discount_amount, 50.0)
        self.assertEqual(self.reception.reduction_reason, "等配件久")
        self.assertEqual(self.reception.reduction_user_id, self.advisor)
        # more than the tolerance: its reason is the reason of the difference
        self.assertEqual(self.reception.variance_reason, "等配件久")
        invoice.with_user(self.cashier).action_post()

    @users("advisor")
    def test_odd_amount_is_rounded_off_by_one_tap(self):
        self.order.order_line[0].price_unit = 303.36
        dialog = self.dialog()
        self.assertEqual(dialog.due, 783.36)
        dialog.round_to = "one"
        self.assertEqual((dialog.rounding_amount, dialog.due), (0.36, 783.0))
        dialog.round_to = "ten"
        self.assertEqual((dialog.rounding_amount, dialog.due), (3.36, 780.0))
        dialog.discount_amount = 1.36
        dialog.reduction_reason = "老客户"
        self.assertEqual((dialog.rounding_amount, dialog.due), (2.0, 780.0))
        dialog.save().action_settle()
        self.assertEqual(self.reception.invoice_ids.amount_total, 780.0)
        self.assertFalse(self.reception.variance_reason, "within the tolerance")

    @users("advisor")
    def test_total_is_exact_whether_prices_include_tax_or_not(self):
        for number, is_included in enumerate(("tax_included", "tax_excluded")):
            with self.subTest(is_included):
                visit = self.make_reception(
                    state="arrived",
                    vehicle_id=self.make_vehicle(license_plate=f"皖B·T100{number}").id,
                )
                tax = self.env["account.tax"].sudo()
                taxes = tax.create(
                    [
                        {
                            "name": f"{rate} {is_included}",
                            "amount": rate,
                            "type_tax_use": "sale",
                            "price_include_override": is_included,
                        }
                        for rate in (13.0, 6.0)
                    ]
                )
                order = self.make_order(visit, self.labour, self.part)
                for line, rate in zip(order.order_line, taxes, strict=True):
                    line.tax_ids = rate
                    line.price_unit = 123.33
                due = order.amount_total
                self.bring_to(visit, "ready")
                self.tick(visit)
                visit.with_env(self.env)._reduce(17.77, 0.36, "老客户")
                visit.variance_reason = "老客户"
                visit.with_env(self.env).action_settle()
                invoice = visit.invoice_ids
                self.assertAlmostEqual(invoice.amount_total, due - 18.13, 2)
                self.assertAlmostEqual(visit.settled_total, due - 18.13, 2)

    @users("advisor")
    def test_advisor_gives_what_the_shop_lets_him(self):
        with self.assertRaisesRegex(UserError, "discount of up to"):
            self.settle_for(discount=78.01)
        with self.assertRaisesRegex(UserError, "round off up to"):
            self.settle_for(rounding=5.01)
        self.assertFalse(self.reception.invoice_ids)

    @users("manager")
    def test_manager_gives_all_but_no_more(self):
        with self.assertRaisesRegex(UserError, "never more than was agreed"):
            self.settle_for(discount=780.01)
        with self.assertRaisesRegex(UserError, "cannot be taken off"):
            self.settle_for(rounding=-1.0)
        invoice = self.settle_for(discount=780.0)
        self.assertEqual(invoice.amount_total, 0.0)

    @users("manager")
    def test_discount_needs_its_reason(self):
        self.ready()
        self.tick(self.reception)
        visit = self.reception.with_env(self.env)
        with self.assertRaisesRegex(UserError, "why is the discount given"):
            visit._reduce(5.0, 0.0, " ")

    @users("advisor")
    def test_what_others_pay_is_not_lowered(self):
        self.make_order(self.reception, self.labour, dealer_payer="warranty")
        invoices = self.settle_for(discount=30.0)
        self.assertEqual(
            {move.dealer_payer: move.amount_total for move in invoices},
            {"customer": 750.0, "warranty": 300.0},
        )
        totals = self.reception._settlement_totals()
        self.assertEqual(totals["due"], 750.0)
        self.assertEqual(
            [(row["agreed"], row["settled"]) for row in totals["payers"]],
            [(780.0, 750.0), (300.0, 300.0)],
        )
        self.assertEqual([row["amount"] for row in totals["reductions"]], [-30.0])

    @users("advisor")
    def test_nobody_writes_it_by_hand(self):
        for name, value in (("discount_amount", 5.0), ("reduction_reason", "x")):
            with self.subTest(name), self.assertRaises(UserError):
                self.reception.with_env(self.env).write({name: value})

    @users("cashier")
    def test_cashier_does_not_take_it_back(self):
        self.settle_for_advisor()
        invoice = self.reception.invoice_ids.with_env(self.env)
        line = invoice.invoice_line_ids.filtered("dealer_reduction")
        with self.assertRaisesRegex(UserError, "Correct the Settlement"):
            line.price_unit = 0.0
        with self.assertRaisesRegex(UserError, "Correct the Settlement"):
            line.unlink()

    def settle_for_advisor(self):
        self.bring_to(self.reception, "ready")
        self.tick(self.reception)
        visit = self.reception.with_user(self.advisor)
        visit._reduce(30.0, 0.0, "老客户")
        visit.action_settle()

    @users("manager")
    def test_invoice_that_is_made_again_has_it_again(self):
        self.settle_for_advisor()
        self.reception.invoice_ids.with_user(self.cashier).action_post()
        visit = self.reception.with_env(self.env)
        visit.action_correct_settlement("开错")
        self.assertEqual(visit.settled_total, 0.0)
        visit.action_invoice_again()
        self.assertEqual(visit.settled_total, 750.0)

    @users("advisor")
    def test_who_has_paid_is_not_told_to_pay(self):
        invoice = self.settle_for()
        visit = self.reception.with_env(self.env)
        self.assertIn("To be paid by the customer", visit.settlement_html)
        invoice.with_user(self.cashier).action_post()
        self.env["account.payment.register"].with_user(self.cashier).with_context(
            active_model="account.move", active_ids=invoice.ids
        ).create({})._create_payments()
        visit.invalidate_recordset()
        self.assertNotIn("To be paid by the customer", visit.settlement_html)
        self.assertIn("Paid by the customer", visit._signed_content("delivery"))
