"""A refund gives back an invoice with its taxes; a loan car comes back; a free repair
has a slot."""

from decimal import ROUND_HALF_UP, Decimal

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import users

from ...complaint_common import DealerComplaintCase, cn

CENT = Decimal("0.01")


def vat(gross, percent):
    """The tax that is in an amount: reckoned here by hand, not by Odoo."""
    net = (Decimal(gross) * 100 / (100 + Decimal(percent))).quantize(
        CENT, ROUND_HALF_UP
    )
    return Decimal(gross) - net


class TestRefund(DealerComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dealer_complaint_remedy_limit = 100_000
        cls.visit = cls.make_reception(state="arrived", odometer=12000)
        cls.complaint = cls.make_complaint(
            vehicle_id=cls.vehicle.id, reception_id=cls.visit.id
        )
        cls.tax13, cls.tax6 = (
            cls.env["account.tax"].create(
                {
                    "name": f"销项 {rate}%",
                    "amount": rate,
                    "type_tax_use": "sale",
                    "price_include_override": "tax_excluded",
                    "company_id": cls.company.id,
                }
            )
            for rate in (13, 6)
        )

    def make_invoice(self, *lines, post=True):
        """:param lines: ``(price, tax)``"""
        invoice = self.env["account.move"].create(
            {
                "move_type": "out_invoice",
                "partner_id": self.customer.id,
                "reception_id": self.visit.id,
                "invoice_date": fields.Date.today(),
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "项目",
                            "quantity": 1,
                            "price_unit": price,
                            "tax_ids": [Command.set(tax.ids)],
                        }
                    )
                    for price, tax in lines
                ],
            }
        )
        if post:
            invoice.action_post()
        return invoice

    def refund(self, cost):
        remedies = self.env["dealer.complaint.action"].with_user(self.handler)
        remedy = remedies.create(
            {
                "complaint_id": self.complaint.id,
                "kind": "refund",
                "name": "退还工时费",
                "cost": cost,
            }
        )
        remedy.action_request()
        if remedy.state == "requested":
            remedy.with_user(self.complaint_manager).action_approve()
        remedy.action_carry_out()
        return remedy.sudo().move_id

    def test_whole_invoice_is_given_back_as_it_was(self):
        invoice = self.make_invoice((800, self.tax13), (200, self.tax6))
        move = self.refund(1116.0)
        self.assertEqual((move.move_type, move.state), ("out_refund", "draft"))
        self.assertEqual(move.reversed_entry_id, invoice)
        self.assertEqual(move.amount_total, 1116.0)
        self.assertEqual(move.amount_tax, 116.0)
        self.assertEqual(move.reception_id, self.visit)

    def test_part_is_given_back_with_the_taxes_that_are_in_it(self):
        self.make_invoice((1000, self.tax13))
        for cost in ("100.00", "33.33", "0.07", "250.55"):
            with self.subTest(cost=cost):
                move = self.refund(float(cost))
                self.assertAlmostEqual(move.amount_total, float(cost), 2)
                self.assertAlmostEqual(
                    move.amount_tax, float(vat(cost, 13)), delta=0.011
                )
                debit = sum(move.line_ids.mapped("debit"))
                credit = sum(move.line_ids.mapped("credit"))
                self.assertAlmostEqual(debit, credit, 2)
                move.button_cancel()

    def test_two_rates_are_given_back_in_their_shares(self):
        # 1,130 with 13 % and 530 with 6 %: a third of both
        self.make_invoice((1000, self.tax13), (500, self.tax6))
        move = self.refund(553.33)
        self.assertAlmostEqual(move.amount_total, 553.33, 2)
        taxes = {
            line.tax_line_id: abs(line.amount_currency)
            for line in move.line_ids.filtered("tax_line_id")
        }
        self.assertAlmostEqual(taxes[self.tax13], 43.33, delta=0.02)
        self.assertAlmostEqual(taxes[self.tax6], 10.00, delta=0.02)

    def test_draft_is_posted_by_accounting_as_it_is(self):
        self.make_invoice((1000, self.tax13))
        move = self.refund(100.0)
        move.action_post()
        self.assertEqual((move.state, move.amount_total), ("posted", 100.0))

    def test_no_more_than_was_invoiced_and_not_twice(self):
        self.make_invoice((1000, self.tax13))
        with self.assertRaisesRegex(UserError, "no more than"):
            self.refund(1130.01)
        self.refund(1000.0)
        with self.assertRaisesRegex(UserError, "no more than"):
            self.refund(200.0)
        self.refund(130.0)

    def test_what_somebody_else_has_paid_is_not_given_back(self):
        factory = self.make_partner(name="奇瑞汽车股份有限公司")
        invoice = self.make_invoice((1000, self.tax13), post=False)
        invoice.write({"partner_id": factory.id, "dealer_payer": "warranty"})
        invoice.action_post()
        move = self.refund(100.0)
        self.assertFalse(move.reversed_entry_id)
        self.assertEqual(move.partner_id, self.customer)

    def test_draft_invoice_is_not_refunded(self):
        self.make_invoice((1000, self.tax13), post=False)
        move = self.refund(100.0)
        self.assertFalse(move.reversed_entry_id)
        self.assertEqual(move.amount_total, 100.0)


class TestReturns(DealerComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dealer_complaint_remedy_limit = 100_000
        cls.complaint = cls.make_complaint(vehicle_id=cls.vehicle.id)

    def remedy(self, **values):
        remedy = self.env["dealer.complaint.action"].create(
            {"complaint_id": self.complaint.id, "name": "代步车", **values}
        )
        remedy.action_request()
        return remedy

    @users("handler")
    def test_loan_car_is_handed_out_with_its_plate_and_comes_back(self):
        remedy = self.remedy(kind="loan_car")
        with self.assertRaisesRegex(UserError, "plate of the loan car"):
            remedy.action_carry_out()
        remedy.write({"loan_plate": "皖B·6D318", "date_due_back": cn(4, 18)})
        with freeze_time(cn(2, 9)):
            remedy.action_carry_out()
        self.assertEqual(self.tile(cn(3, 9)), self.complaint.browse())
        self.assertEqual(self.tile(cn(4, 9)).ids, self.complaint.ids)
        # kept longer, then brought back
        remedy.date_due_back = cn(6, 18)
        self.assertFalse(self.tile(cn(4, 9)))
        with freeze_time(cn(6, 10)):
            remedy.action_returned()
        self.assertEqual(remedy.date_returned, cn(6, 10))
        self.assertFalse(self.tile(cn(7, 9)))
        for again in (
            remedy.action_returned,
            lambda: remedy.write({"date_due_back": cn(9)}),
        ):
            with self.assertRaisesRegex(UserError, "No loan car is out"):
                again()

    @users("handler")
    def test_loan_car_is_not_due_back_before_it_is_lent(self):
        with freeze_time(cn(2, 9)), self.assertRaisesRegex(UserError, "due back"):
            self.remedy(
                kind="loan_car", loan_plate="皖B·6D318", date_due_back=cn(1, 18)
            )

    def tile(self, moment):
        with freeze_time(moment):
            home = self.env["dealer.home"]
            [tile] = [
                tile
                for tile in home._home_tiles("complaint")
                if tile["key"] == "loan_cars"
            ]
            return self.env["dealer.complaint"].search(tile["domain"])

    @users("handler")
    def test_return_is_not_typed(self):
        remedy = self.remedy(kind="loan_car")
        with self.assertRaises(UserError):
            remedy.date_returned = cn(2)

    def test_only_what_is_lent_comes_back(self):
        with self.assertRaises(ValidationError):
            self.remedy(kind="gift", loan_plate="皖B·6D318")
        with self.assertRaises(ValidationError):
            self.remedy(kind="gift", date_slot=cn(2))

    @users("handler")
    def test_free_repair_is_booked_for_its_slot(self):
        with freeze_time(cn(2, 9)):
            remedy = self.remedy(kind="repair", date_slot=cn(4, 9))
            remedy.action_carry_out()
        visit = remedy.sudo().reception_id
        self.assertEqual(visit.state, "booked")
        self.assertEqual(visit.date_appointment, cn(4, 9))
        self.assertEqual(visit.vehicle_id, self.vehicle)
