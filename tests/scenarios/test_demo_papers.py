"""Numbers, invoices, payments and prices of the demo are as in life."""

from datetime import datetime, timedelta
from itertools import pairwise

from .demo_plausible import DemoPlausibleCase


class TestDemoPapersPlausible(DemoPlausibleCase):
    def test_numbers_follow_the_dates(self):
        own = [("name", "not like", "OLD/")]
        rows = {
            "dealer.reception": ("date_planned", own + [("date_arrived", "!=", False)]),
            "sale.order": ("date_order", own + [("reception_id", "!=", False)]),
            "account.move": (
                "invoice_date",
                [("move_type", "=", "out_invoice"), ("state", "=", "posted")],
            ),
            "dealer.complaint": ("date_received", []),
        }
        found = []
        for model, (date, domain) in rows.items():
            records = self.env[model].search(domain, order="name")
            self.assertTrue(records, model)
            for before, after in pairwise(records):
                day, next_day = (self.day(r[date]) for r in (before, after))
                if day > next_day:
                    found.append(f"{before.name} {day}, {after.name} {next_day}")
        self.assert_none(found)

    def day(self, value):
        if isinstance(value, datetime):
            return self.company._dealer_day(value)
        return value

    def test_number_of_a_visit_names_its_day(self):
        found = []
        for visit in self.came.filtered(lambda v: v.name.startswith("JC")):
            days = [self.day(m) for m in (visit.date_arrived, visit.date_booked) if m]
            if visit.name[2:8] not in [f"{day:%y%m%d}" for day in days]:
                found.append(f"{visit.name}: {days}")
        self.assert_none(found)

    def test_invoices_are_paid_or_due_as_in_life(self):
        invoices = self.env["account.move"].search([("move_type", "=", "out_invoice")])
        today = self.company._dealer_today()
        found = []
        for invoice in invoices:
            payer = invoice.dealer_payer
            handed_over = invoice.reception_id.state == "delivered"
            if payer == "customer" and handed_over:
                # who takes the car with him has paid
                if invoice.payment_state not in ("paid", "in_payment"):
                    found.append(f"{invoice.display_name}: not paid at the hand-over")
            elif invoice.state == "posted" and invoice.payment_state == "not_paid":
                if invoice.invoice_date_due < today - timedelta(days=30):
                    found.append(f"{invoice.display_name}: forgotten")
                if payer != "customer" and (
                    invoice.invoice_date_due <= invoice.invoice_date
                ):
                    found.append(f"{invoice.display_name}: {payer} pays by account")
        self.assert_none(found)
        self.assertLessEqual(
            {"paid", "not_paid"}, set(invoices.mapped("payment_state"))
        )
        self.assertLessEqual(
            {"customer", "warranty", "insurance"}, set(invoices.mapped("dealer_payer"))
        )

    def test_payments_are_dated_as_their_invoices(self):
        payments = self.env["account.payment"].search([])
        self.assertTrue(payments)
        self.assert_none(
            f"{payment.name}: {payment.date}"
            for payment in payments
            for invoice in payment.reconciled_invoice_ids
            if payment.date < invoice.invoice_date
        )
        self.assertGreater(len(payments.journal_id), 1)

    def test_labour_is_charged_by_the_hour(self):
        labour = self.env["product.product"].search([("dealer_kind", "=", "labour")])
        rates = {round(p.list_price / p.dealer_hours) for p in labour if p.dealer_hours}
        self.assertLessEqual(len(rates), 3, rates)

    def test_prices_contain_the_tax_and_add_up(self):
        orders = self.env["sale.order"].search([("reception_id", "!=", False)])
        found = []
        for order in orders:
            shown = sum(
                line.price_unit * line.product_uom_qty for line in order.order_line
            )
            if abs(shown - order.amount_total) > 0.05 or not order.amount_tax:
                found.append(f"{order.name}: {shown} {order.amount_total}")
        self.assert_none(found)
