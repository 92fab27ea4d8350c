"""What of a claim is approved is invoiced and posted; the rest is the shop's."""

from lxml import etree

from odoo.api import SUPERUSER_ID
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, users

from .claim_case import ClaimCase


class TestClaimIsSettled(ClaimCase):
    @users("manager")
    def test_approved_in_full_is_invoiced_and_over(self):
        claim = self.answered()
        claim.action_invoice()
        bill = claim._factory_bills()
        self.assertEqual(bill.partner_id, self.chery)
        self.assertEqual(bill.amount_untaxed, 960.0)
        self.assertFalse(bill.reception_id)
        self.assertEqual(claim.state, "answered")
        bill.sudo().action_post()
        self.assertEqual(claim.state, "settled")
        self.assertEqual(self.warranty.invoice_status, "invoiced")

    @users("manager")
    def test_a_draft_settles_nothing_and_may_be_deleted(self):
        claim = self.answered()
        claim.action_invoice()
        with self.assertRaisesRegex(UserError, "is a draft"):
            claim.action_settle()
        claim._factory_bills().sudo().unlink()
        self.assertEqual((claim.state, claim.invoice_state), ("answered", "none"))
        claim.action_invoice()
        self.assertEqual(claim.invoice_state, "draft")

    def test_only_what_was_approved_is_posted_and_to_whom_approved_it(self):
        claim = self.answered()
        claim.action_invoice()
        bill = claim._factory_bills()
        line = bill.invoice_line_ids[0]
        price = line.price_unit
        for values, words in (
            (
                {"invoice_line_ids": [(1, line.id, {"price_unit": 9999})]},
                "has approved",
            ),
            ({"invoice_line_ids": [(2, line.id)]}, "has approved"),
            ({"partner_id": self.customer.id}, "nobody else is invoiced"),
        ):
            with self.subTest(values), self.cr.savepoint(flush=True) as savepoint:
                bill.write(values)
                with self.assertRaisesRegex(UserError, words):
                    bill.action_post()
                savepoint.rollback()
                self.env.invalidate_all()
        self.assertEqual(line.price_unit, price)
        bill.action_post()
        self.assertEqual(claim.state, "settled")

    @users("manager")
    def test_accounting_reads_claims_and_invoices_them(self):
        books = new_test_user(
            self.env(user=SUPERUSER_ID),
            "books",
            "base.group_user,account.group_account_user",
        )
        claim = self.answered().with_user(books)
        views = claim.get_views([(False, "list"), (False, "form")])["views"]
        for kind, view in views.items():
            arch = etree.fromstring(view["arch"])
            names = {button.get("name") for button in arch.iter("button")}
            self.assertIn("action_invoice", names, kind)
            self.assertNotIn("action_submit", names, kind)
            shown = [field.get("name") for field in arch.xpath("//field")]
            known = set(shown) & set(claim._fields)
            claim.web_read(dict.fromkeys(known - {"line_ids"}, {}))
        claim.action_invoice()
        self.assertEqual(claim._factory_bills().amount_untaxed, 960.0)
        for record in (claim, claim.line_ids):
            with self.assertRaises(AccessError):
                record.check_access("write")
        with self.assertRaises(AccessError):
            claim.action_settle()

    @users("manager")
    def test_who_bears_nothing_is_not_said(self):
        claim = self.answered(labour=300.0)
        with self.assertRaisesRegex(UserError, "approved in full"):
            claim.line_ids[1].rest_to = "internal"

    @users("manager")
    def test_one_invoice_for_the_claims_of_a_month(self):
        claim = self.answered()
        other = self._second_claim()
        (claim | other).action_invoice()
        bill = claim._factory_bills()
        self.assertEqual(bill, other._factory_bills())
        self.assertEqual(bill.amount_untaxed, 1460.0)

    def _second_claim(self):
        visit = self.make_reception(
            state="arrived", vehicle_id=self.make_vehicle(license_plate="皖B·K5555").id
        )
        visit.odometer = 9_000
        visit.vehicle_id.vin_sn = "LVVDB11B0RD045679"
        self.make_order(visit, self.warranty_labour, dealer_payer="warranty")
        claim = self.bring_to(visit, "settled").claim_ids.with_env(self.env)
        claim.write({"fault_code": "C1101", "cause": "异响"})
        claim.action_submit()
        claim.action_approve_all()
        claim.action_answer()
        return claim

    @users("manager")
    def test_cut_by_a_third_the_rest_is_the_managers_to_decide(self):
        claim = self.answered(labour=333.33)
        with self.assertRaisesRegex(UserError, "invoice what was approved"):
            claim.action_settle()
        claim.action_invoice()
        claim._factory_bills().sudo().action_post()
        self.assertEqual(claim.state, "answered")
        with self.assertRaisesRegex(UserError, "customer has not agreed"):
            claim.action_settle()
        line = claim.line_ids.filtered(lambda line: line.answer == "cut")
        line.write({"rest_to": "internal", "rest_reason": "工艺不当"})
        self.assertEqual(line.rest_user_id, self.manager)
        claim.action_settle()
        moves = claim.line_ids.move_line_ids.move_id
        self.assertEqual(
            {move.dealer_payer: move.amount_untaxed for move in moves},
            {"warranty": 793.33, "internal": 166.67},
        )
        self.assertNotIn(self.customer, moves.partner_id)
        sold = line.sale_line_id
        self.assertEqual((sold.qty_invoiced, sold.qty_to_invoice), (1.0, 0.0))
        self.assertEqual(claim.state, "settled")

    @users("manager")
    def test_refused_work_becomes_goodwill(self):
        claim = self.answered(labour=0.0, part=0.0)
        self.assertFalse(claim.invoice_state)
        claim.line_ids.write({"rest_to": "goodwill"})
        claim.action_settle()
        move = claim.line_ids.move_line_ids.move_id
        self.assertEqual(move.dealer_payer, "goodwill")
        self.assertEqual(move.amount_untaxed, 960.0)
        self.assertEqual(self.warranty.invoice_status, "invoiced")

    @users("advisor")
    def test_advisor_neither_invoices_nor_decides(self):
        claim = self.answered(labour=300.0)
        with self.assertRaises(AccessError):
            claim.action_invoice()
        with self.assertRaisesRegex(UserError, "Only a service manager"):
            claim.line_ids[0].rest_to = "goodwill"
        with self.assertRaisesRegex(UserError, "Only a service manager"):
            claim.action_settle()

    @users("manager")
    def test_customer_is_no_one_the_rest_can_go_to(self):
        claim = self.answered(labour=300.0)
        with self.assertRaises(ValidationError):
            claim.line_ids[0].rest_to = "customer"

    @users("manager")
    def test_a_claim_is_not_invoiced_twice(self):
        claim = self.answered()
        claim.action_invoice()
        with self.assertRaisesRegex(UserError, "invoiced already"):
            claim.action_invoice()
        claim._factory_bills().button_cancel()
        self.assertEqual(claim.invoice_state, "none")
        claim.action_invoice()
        self.assertEqual(claim.invoice_state, "draft")

    @users("manager")
    def test_not_claimed_is_borne_by_the_shop(self):
        claim = self.claim()
        claim.action_give_up("超过申报期")
        self.assertEqual(claim.amount_refused, 960.0)
        claim.line_ids.write({"rest_to": "internal"})
        claim.action_settle()
        self.assertEqual(claim.given_up_reason, "超过申报期")

    @users("manager")
    def test_price_with_tax_comes_to_what_was_approved(self):
        tax = self.env["account.tax"].sudo().create({"name": "13 %", "amount": 13.0})
        for is_included in ("tax_included", "tax_excluded"):
            tax.sudo().price_include_override = is_included
            with self.subTest(is_included):
                self._check_tax(tax)

    def _check_tax(self, tax):
        visit = self.make_reception(
            state="arrived",
            vehicle_id=self.make_vehicle(
                license_plate=f"皖B·T{tax.price_include_override[4:5]}888"
            ).id,
        )
        visit.vehicle_id.vin_sn = f"LVVDB11B0RD0999{len(self.vehicle.search([])):02}"
        visit.odometer = 100
        order = self.make_order(visit, self.warranty_labour, dealer_payer="warranty")
        order.order_line.write({"tax_ids": tax.ids, "product_uom_qty": 3.0})
        claim = self.bring_to(visit, "settled").claim_ids.with_env(self.env)
        claim.write({"fault_code": "C1101", "cause": "异响"})
        claim.action_submit()
        claim.line_ids.write({"answer": "cut", "amount_approved": 100.0})
        claim.action_answer()
        claim.action_invoice()
        bill = claim._factory_bills()
        self.assertEqual((bill.amount_untaxed, bill.amount_tax), (100.0, 13.0))
        self.assertEqual(order.order_line.qty_invoiced, 3.0)

    @users("manager")
    def test_credit_note_is_about_the_same_claim_a_copy_about_none(self):
        claim = self.answered()
        claim.action_invoice()
        bill = claim._factory_bills()
        bill.action_post()
        copied = bill.copy()
        self.assertFalse(copied.invoice_line_ids.dealer_claim_line_id)
        credit = bill._reverse_moves(cancel=True)
        self.assertEqual(credit.invoice_line_ids.dealer_claim_line_id, claim.line_ids)
        self.assertEqual(claim.invoice_state, "none")
