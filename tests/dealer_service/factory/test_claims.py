"""Warranty work waits as a claim, is submitted and answered."""

from datetime import timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.tests import users

from odoo.addons.dealer_service.models.factory.dealer_warranty_claim_process import (
    ClaimIncomplete,
)

from .claim_case import ClaimCase


class TestClaimIsMade(ClaimCase):
    @users("advisor")
    def test_settlement_bills_the_customer_and_claims_the_rest(self):
        invoices = self.settle()
        self.assertEqual(invoices.mapped("dealer_payer"), ["customer"])
        self.assertEqual(invoices.amount_total, 780.0)
        claim = self.reception.claim_ids
        self.assertEqual(claim.order_id, self.warranty)
        self.assertEqual(claim.partner_id, self.chery)
        self.assertEqual(claim.amount_claimed, 960.0)
        self.assertEqual(claim.odometer, 20_000)
        self.assertEqual(claim.state, "draft")
        today = self.company._dealer_today()
        self.assertEqual(claim.date_deadline, today + timedelta(days=30))

    @users("advisor")
    def test_settlement_says_what_was_settled_whatever_is_answered(self):
        claim = self.answered(labour=300.0)
        visit = self.reception
        self.assertEqual(visit.settled_total, 1740.0)
        figures = visit._figures_by_payer()
        self.assertEqual(figures["warranty"], [960.0, 960.0])
        claim.with_user(self.manager).action_invoice()
        self.assertEqual(visit._figures_by_payer(), figures)
        self.assertEqual(visit.settled_total, 1740.0)
        rows = visit._settlement_rows()
        settled = sum(row["settled"] for row in rows if row["payer"] == "warranty")
        self.assertEqual(settled, 960.0)

    @users("advisor")
    def test_claim_holds_neither_the_settlement_nor_the_key(self):
        self.settle()
        self.assertEqual(self.reception.settlement_state, "draft")
        bill = self.reception.invoice_ids.sudo()
        bill.action_post()
        self.assertEqual(self.reception.settlement_state, "posted")
        self.env["account.payment.register"].sudo().with_context(
            active_model="account.move", active_ids=bill.ids
        ).create({})._create_payments()
        self.assertEqual(self.reception.settlement_state, "paid")

    @users("advisor")
    def test_a_shop_without_claims_bills_at_once(self):
        self.company.dealer_warranty_claims = False
        invoices = self.settle()
        self.assertEqual(
            {move.dealer_payer: move.amount_total for move in invoices},
            {"customer": 780.0, "warranty": 960.0},
        )
        self.assertFalse(self.reception.claim_ids)

    @users("advisor")
    def test_what_was_not_supplied_is_not_claimed(self):
        self.bring_to(self.reception, "authorized")
        line = self.warranty.order_line.filtered(
            lambda line: line.product_id == self.warranty_part
        )
        line.with_env(self.env).action_not_supplied("缺货")
        self.reception.variance_reason = "减震器缺货"
        claim = self.claim()
        self.assertEqual(claim.amount_claimed, 500.0)
        self.assertFalse(claim.old_part_ids)

    @users("advisor")
    def test_rates_of_the_manufacturer_and_cost_of_the_part(self):
        self.company.write(
            {"dealer_claim_labour_rate": 150.0, "dealer_claim_part_markup": 20.0}
        )
        self.warranty_part.standard_price = 300.0
        claim = self.claim()
        # two standard hours at 150; 300 and a fifth
        self.assertEqual(claim.line_ids.mapped("amount_claimed"), [300.0, 360.0])
        self.assertEqual(self.reception.settled_total, 1740.0)

    @users("advisor")
    def test_first_service_is_claimed_at_the_price_of_the_order(self):
        self.company.dealer_claim_labour_rate = 150.0
        self.warranty_labour.dealer_claim_kind = "first_service"
        claim = self.claim()
        self.assertEqual(claim.kind, "first_service")
        self.assertEqual(claim.amount_claimed, 960.0)
        self.assertFalse(claim.old_part_ids)
        # neither a fault nor its cause is asked for
        claim.action_submit()

    @users("advisor")
    def test_taking_the_settlement_back_leaves_the_claim(self):
        claim = self.claim()
        self.reception.with_user(self.manager).action_correct_settlement("写错")
        self.reception.with_env(self.env).action_invoice_again()
        self.assertEqual(self.reception.claim_ids, claim)
        self.assertEqual(self.reception.settled_total, 1740.0)


class TestClaimOnItsWay(ClaimCase):
    @users("advisor")
    def test_what_the_manufacturer_would_ask_for_is_asked_first(self):
        claim = self.claim()
        claim.line_ids[0].operation_code = False
        with self.assertRaises(ClaimIncomplete) as refusal:
            claim.action_submit()
        for words in ("fault code", "technician found", "code of “1."):
            self.assertIn(words, str(refusal.exception))

    @users("advisor")
    def test_what_was_submitted_stays(self):
        claim = self.submitted()
        for record, vals in (
            (claim, {"fault_code": "P0300"}),
            (claim, {"odometer": 1}),
            (claim.line_ids[0], {"amount_claimed": 900.0}),
            (claim.line_ids[0], {"rest_to": "internal"}),
            (claim, {"state": "settled"}),
        ):
            with self.subTest(vals=vals), self.assertRaises(UserError):
                record.write(vals)

    @users("advisor")
    def test_what_was_settled_is_claimed_or_less(self):
        part = self.claim().line_ids[1]
        self.assertEqual((part.amount_laid, part.amount_claimed), (460.0, 460.0))
        for wrong in (-100.0, -0.01, 460.01, 999_999.0):
            with self.subTest(wrong):
                with self.assertRaises(UserError) as refusal:
                    part.amount_claimed = wrong
                self.assertIn("settled at", str(refusal.exception))
        part.amount_claimed = 400.0
        # a higher rate of the manufacturer is for who answers for the shop's money
        part.with_user(self.manager).amount_claimed = 500.0
        with self.assertRaisesRegex(UserError, "settled at"):
            part.with_user(self.manager).amount_claimed = -1.0

    @users("advisor")
    def test_codes_are_as_long_as_codes(self):
        claim = self.claim()
        for record, name, most in (
            (claim, "fault_code", 100),
            (claim, "factory_number", 100),
            (claim, "cause", 1000),
            (claim.line_ids[0], "operation_code", 100),
            (claim.line_ids[1], "installed_lots", 1000),
        ):
            with self.subTest(name):
                record[name] = "A" * most
                with self.assertRaises(UserError) as refusal:
                    record[name] = "A" * (most + 1)
                self.assertIn("too long", str(refusal.exception))

    @users("advisor")
    def test_nothing_is_answered_before_it_is_asked(self):
        claim = self.claim()
        with self.assertRaisesRegex(UserError, "while the claim is submitted"):
            claim.line_ids[0].answer = "approved"
        with self.assertRaises(UserError):
            claim.action_answer()
        with self.assertRaises(UserError):
            claim.action_appeal("理由")

    @users("advisor")
    def test_answer_and_amount_say_the_same(self):
        line = self.submitted().line_ids[0]
        line.answer = "approved"
        self.assertEqual(line.amount_approved, 500.0)
        for values in (
            {"answer": "cut", "amount_approved": 500.0},
            {"answer": "cut", "amount_approved": 500.01},
            {"answer": "cut", "amount_approved": -1.0},
            {"answer": "cut", "amount_approved": 0.0},
            {"answer": "refused", "amount_approved": 1.0},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                line.write(values)

    @users("advisor")
    def test_sent_back_is_corrected_and_submitted_again(self):
        claim = self.submitted()
        claim.line_ids[0].answer = "refused"
        with self.assertRaisesRegex(UserError, "give a reason"):
            claim.action_sent_back(" ")
        claim.action_sent_back("照片不清")
        self.assertEqual(claim.state, "draft")
        self.assertFalse(claim.line_ids[0].answer)
        claim.fault_code = "C1102"
        claim.action_submit()

    @users("advisor")
    def test_appeal_keeps_the_former_answer_in_the_log(self):
        claim = self.answered(labour=300.0)
        claim.action_appeal("工时按工艺手册")
        self.assertEqual(claim.state, "submitted")
        self.assertIn("工时按工艺手册", claim.message_ids[0].body)
        claim.line_ids.filtered(lambda line: line.answer == "cut").answer = "approved"
        claim.action_answer()
        self.assertEqual(claim.amount_approved, 960.0)

    @users("advisor")
    def test_late_when_the_last_day_is_over(self):
        claim = self.claim()
        late = self.env["dealer.warranty.claim"].search([("is_late", "=", True)])
        self.assertFalse(late)
        yesterday = self.company._dealer_today() - timedelta(days=1)
        claim._write_by_method({"date_deadline": yesterday})
        late = self.env["dealer.warranty.claim"].search([("is_late", "=", True)])
        self.assertEqual(late, claim)
        self.assertTrue(claim.is_late)
