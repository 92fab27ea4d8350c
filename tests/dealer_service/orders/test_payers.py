"""Who else pays has to be named, and whoever stands at the desk can do it."""

from odoo.exceptions import UserError
from odoo.tests import Form, users

from .test_consent import ConsentCase


class TestPayers(ConsentCase):
    FORM = "dealer_service.sale_order_view_form_dealer"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dealer_warranty_partner_id = False
        cls.warranty = cls.make_order(
            cls.reception, cls.labour, dealer_payer="warranty"
        )

    @users("advisor")
    def test_advisor_names_the_manufacturer_and_finishes_the_warranty_order(self):
        order = self.warranty.with_env(self.env)
        with self.assertRaisesRegex(UserError, "enter in “Invoice To”"):
            self.agree(order)
        with Form(order, self.FORM) as form:
            self.assertTrue(form.dealer_payer_missing)
            form.partner_invoice_id = self.make_partner(name="奇瑞汽车")
            self.assertFalse(form.dealer_payer_missing)
        self.agree(order)
        self.assertEqual(order.consent_state, "valid")

    @users("advisor")
    def test_refusal_names_no_menu_that_the_advisor_does_not_have(self):
        with self.assertRaises(UserError) as refusal:
            self.agree(self.warranty)
        self.assertNotIn("ettings", str(refusal.exception))

    @users("advisor")
    def test_who_pays_himself_is_named(self):
        self.assertFalse(self.order.with_env(self.env).dealer_payer_missing)
        for payer in ("internal", "goodwill"):
            order = self.make_order(self.reception, self.part, dealer_payer=payer)
            self.assertFalse(order.with_env(self.env).dealer_payer_missing)

    @users("advisor")
    def test_manufacturer_of_the_settings_is_named_by_itself(self):
        self.company.dealer_warranty_partner_id = self.make_partner(name="奇瑞汽车")
        order = self.make_order(self.reception, self.part, dealer_payer="warranty")
        self.assertFalse(order.with_env(self.env).dealer_payer_missing)
        self.agree(order)

    @users("advisor")
    def test_terms_of_payment_are_those_of_who_pays(self):
        month = self.env.ref("account.account_payment_term_30days")
        factory = self.make_partner(name="奇瑞汽车")
        factory.sudo().property_payment_term_id = month
        self.company.dealer_warranty_partner_id = factory
        order = self.make_order(self.reception, self.part, dealer_payer="warranty")
        self.assertEqual(order.payment_term_id, month)
        order.dealer_payer = "customer"
        self.assertFalse(order.payment_term_id)


class TestPricesWithTax(ConsentCase):
    @users("advisor")
    def test_price_beside_the_amount_includes_the_tax_as_the_amount_does(self):
        tax = self.env["account.tax"].sudo().create({"name": "13 %", "amount": 13.0})
        line = self.order.order_line[0].with_env(self.env)
        line.write({"price_unit": 200.0, "tax_ids": tax.ids, "discount": 10.0})
        self.assertEqual(line.dealer_price_taxed, 226.0)
        self.assertEqual(line.price_total, 203.4)
        tax.sudo().price_include_override = "tax_included"
        line.invalidate_recordset()
        self.assertEqual(line.dealer_price_taxed, 200.0)

    @users("advisor")
    def test_desk_shows_the_price_with_tax_unless_prices_include_it(self):
        arch = self.env["sale.order"].get_view(
            self.env.ref("dealer_service.sale_order_view_form_dealer").id, "form"
        )["arch"]
        self.assertIn('name="dealer_price_taxed"', arch)
        self.assertIn("parent.company_price_include == 'tax_included'", arch)
