"""The cashier finds the invoice by the car that stands at the desk."""

from odoo.tests import users

from .test_settlement import SettlementCase

VISIT = {"dealer_plate": {}, "dealer_visit": {}}


class TestInvoiceSearch(SettlementCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bring_to(cls.reception, "settled")
        cls.invoice = cls.reception.invoice_ids
        other = cls.make_reception(
            state="arrived",
            vehicle_id=cls.make_vehicle(license_plate="皖B·K5555").id,
            partner_id=cls.make_partner(name="李娜").id,
        )
        cls.bring_to(other, "settled")

    def find(self, text):
        """What the box above the list of invoices finds."""
        arch = self.env["account.move"].get_view(
            self.env.ref("account.view_account_invoice_filter").id, "search"
        )["arch"]
        self.assertIn('name="dealer_visit"', arch)
        return self.env["account.move"].search([("dealer_visit", "ilike", text)])

    @users("cashier")
    def test_invoice_is_found_by_plate_in_any_spelling_and_by_visit(self):
        for text in ("皖B·A1234", "皖ba1234", "A1234", self.reception.name):
            with self.subTest(text):
                self.assertEqual(self.find(text), self.invoice.with_env(self.env))
        self.assertFalse(self.find("皖B·Z0000"))

    @users("cashier")
    def test_invoice_is_found_by_the_plate_the_car_came_with(self):
        self.bring_to(self.reception, "delivered")
        self.vehicle.license_plate = "皖B·Z9999"
        self.env.flush_all()
        self.assertEqual(self.find("A1234"), self.invoice.with_env(self.env))

    @users("cashier")
    def test_list_shows_plate_and_visit_to_who_may_not_open_visits(self):
        for view in ("view_out_invoice_tree", "view_out_credit_note_tree"):
            arch = self.env["account.move"].get_view(
                self.env.ref(f"account.{view}").id, "list"
            )["arch"]
            for name in VISIT:
                self.assertIn(f'name="{name}"', arch)
        [row] = self.env["account.move"].web_search_read(
            [("id", "=", self.invoice.id)], VISIT
        )["records"]
        self.assertEqual(row["dealer_plate"], "皖B·A1234")
        self.assertEqual(row["dealer_visit"], self.reception.name)

    @users("advisor")
    def test_invoice_of_another_shop_is_not_found(self):
        shop = self.env["res.company"].sudo().create({"name": "另一家店"})
        self.advisor.sudo().write({"company_ids": [(4, shop.id)]})
        moves = self.env["account.move"].with_context(allowed_company_ids=shop.ids)
        self.assertFalse(moves.search([("dealer_visit", "ilike", "A1234")]))
