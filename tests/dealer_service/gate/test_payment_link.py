"""Odoo's own payment link at the counter: where a provider is, and nowhere else."""

from base64 import b64decode

from odoo.exceptions import AccessError
from odoo.tests import users

from odoo.addons.dealer_service.models.gate.account_move_payment_link import (
    NoPaymentLink,
)

from ..orders.test_settlement import SettlementCase


class TestPaymentLink(SettlementCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.config_parameter"].set_param(
            "account_payment.enable_portal_payment", True
        )
        cls.env["payment.provider"].search([]).state = "disabled"
        cls.bring_to(cls.reception, "settled")
        [cls.bill] = cls.reception.invoice_ids

    def have_provider(self, **values):
        return (
            self.env["payment.provider"]
            .sudo()
            .create(
                {
                    "name": "通道",
                    "code": "none",
                    "state": "test",
                    "is_published": True,
                    "company_id": self.company.id,
                    **values,
                }
            )
        )

    def show(self):
        return self.bill.with_env(self.env).action_show_payment_link()

    @users("cashier")
    def test_without_a_provider_the_counter_shows_nothing_of_it(self):
        board = self.env["account.move"].get_cashier_board()
        self.assertEqual(board["link_shops"], [])
        with self.assertRaisesRegex(NoPaymentLink, "No provider"):
            self.show()
        # and money is taken as ever
        way = board["methods"][0]["id"]
        bill = self.bill.with_env(self.env)
        self.assertEqual(bill.action_take_payment(way), {"due": False})

    @users("cashier")
    def test_code_leads_to_the_invoice_with_what_is_due(self):
        self.have_provider()
        board = self.env["account.move"].get_cashier_board()
        self.assertEqual(board["link_shops"], self.company.ids)
        shown = self.show()
        self.assertEqual(self.bill.state, "posted")
        self.assertIn(f"/my/invoices/{self.bill.id}", shown["url"])
        self.assertIn("access_token=", shown["url"])
        self.assertIn("780.00", shown["amount"])
        kind, picture = shown["qr"].split(",")
        self.assertEqual(kind, "data:image/svg+xml;base64")
        self.assertIn(b'<svg xmlns="http://www.w3.org/2000/svg"', b64decode(picture))

    @users("cashier")
    def test_provider_of_another_shop_or_one_that_is_hidden_is_none(self):
        shop = self.env["res.company"].sudo().create({"name": "另一家店"})
        self.have_provider(company_id=shop.id)
        self.have_provider(is_published=False)
        self.have_provider(state="disabled")
        with self.assertRaises(NoPaymentLink):
            self.show()

    @users("cashier")
    def test_setting_of_odoo_switches_it_off(self):
        self.have_provider()
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param("account_payment.enable_portal_payment", False)
        with self.assertRaises(NoPaymentLink):
            self.show()

    @users("advisor")
    def test_only_the_counter_shows_it(self):
        self.have_provider()
        with self.assertRaises(AccessError):
            self.show()
