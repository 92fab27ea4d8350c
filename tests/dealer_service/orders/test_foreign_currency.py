"""A customer who agreed to an amount of foreign money pays that, whatever the rate."""

from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import users

from .test_settlement import SettlementCase


class TestForeignCurrency(SettlementCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.dealer_variance_percent = 0.0
        cls.dollar = cls.env.ref("base.USD")
        cls.dollar.active = True
        cls.today = fields.Date.today()
        cls.set_rate(cls.today - timedelta(days=30), 0.125)
        pricelist = cls.env["product.pricelist"].create(
            {"name": "USD", "currency_id": cls.dollar.id, "company_id": cls.company.id}
        )
        cls.order.pricelist_id = pricelist
        cls.order.order_line.price_unit = 100.0

    @classmethod
    def set_rate(cls, date, rate):
        cls.env["res.currency.rate"].create(
            {
                "name": date,
                "rate": rate,
                "currency_id": cls.dollar.id,
                "company_id": cls.company.id,
            }
        )

    @users("advisor")
    def test_consented_amount_holds_when_the_rate_moves_before_the_confirmation(self):
        self.agree()
        self.assertEqual(self.order.currency_id, self.dollar)
        self.assertEqual(self.reception.estimate_total, 1600.0)
        self.set_rate(self.today + timedelta(days=1), 0.1)
        with freeze_time(fields.Datetime.now() + timedelta(days=1)):
            self.bring_to(self.reception, "authorized")
            self.assertEqual(self.order.date_order.date(), fields.Date.today())
        self.env.flush_all()
        self.assertEqual(self.order.currency_rate, 0.125)
        self.assertEqual(self.reception.estimate_total, 1600.0)
        self.reception._refresh_estimate_total()
        self.assertEqual(self.reception.estimate_total, 1600.0)

    @users("advisor")
    def test_rate_of_the_day_of_the_invoice_is_no_difference(self):
        self.agree()
        self.set_rate(self.today + timedelta(days=1), 0.1)
        with freeze_time(fields.Datetime.now() + timedelta(days=1)):
            invoice = self.settle()
            invoice.with_user(self.cashier).action_post()
        self.assertEqual(invoice.amount_total, 200.0)
        self.assertEqual(invoice.amount_total_signed, 2000.0)
        self.assertEqual(self.reception.settled_total, 1600.0)
        self.assertEqual(self.reception._variance(), (1600.0, 0.0, False))

    @users("advisor")
    def test_offer_not_agreed_to_follows_the_rate(self):
        self.set_rate(self.today + timedelta(days=1), 0.1)
        self.order.date_order = fields.Datetime.now() + timedelta(days=1)
        self.assertEqual(self.order.currency_rate, 0.1)
