"""The estimate is the same page when the browser loads it again."""

from odoo.tests import tagged

from ..common import DealerServiceCase
from .devtools import DevToolsCase


@tagged("standard", "post_install", "-at_install")
class TestEstimateAgain(DealerServiceCase, DevToolsCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.users"].search([]).tour_enabled = False
        cls.visit = cls.bring_to(cls.make_reception(state="arrived"), "inspected")

    def test_form_of_the_workshop_stays_after_loading_again(self):
        ours = ".o_form_view button[name='action_view_reception']"
        with self.open_page(f"/odoo/visits/{self.visit.id}", login="advisor") as page:
            page.wait_for(".o_form_view button[name='action_open_estimate']")
            page.click("button[name='action_open_estimate']:not(.d-none)")
            page.wait_for(ours)
            address = page.js("location.pathname")
        with self.open_page(address, login="advisor") as page:
            page.wait_for(ours)
