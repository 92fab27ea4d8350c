"""The cashier: logs in, finds the car, takes the money."""

from odoo.tests import new_test_user, tagged

from ..common import DealerServiceCase
from .devtools import DevToolsCase


@tagged("standard", "post_install", "-at_install")
class TestCashier(DealerServiceCase, DevToolsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.users"].search([]).tour_enabled = False
        cls.cashier = new_test_user(
            cls.env, login="till", groups="account.group_account_invoice"
        )
        cls.visit = cls.bring_to(cls.make_reception(state="arrived"), "settled")

    def test_who_logs_in_finds_the_car_and_takes_the_payment(self):
        with self.open_page("/odoo", login="till") as page:
            page.wait_for(".o_data_row")
            self.assertIn("A1234", page.text(".o_data_row"))
            page.click(".o_data_row [name='dealer_plate']")
            page.click("button[name='action_post']:not([disabled])")
            page.click(
                ".o_form_view button[name='action_register_payment']:not(.d-none)"
            )
            page.click(".modal button[name='action_create_payments']")
            page.wait("!document.querySelector('.modal')")
        self.visit.invalidate_recordset()
        self.assertEqual(self.visit.settlement_state, "paid")
