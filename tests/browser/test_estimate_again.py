"""The estimate is the same page when the browser loads it again."""

from odoo.fields import Command
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


@tagged("standard", "post_install", "-at_install")
class TestEstimateOnTheTablet(DealerServiceCase, DevToolsCase):
    browser_size = "768x1024"
    touch_enabled = True

    def test_answer_of_the_customer_is_in_sight(self):
        self.env["res.users"].search([]).tour_enabled = False
        self.advisor.lang = "zh_CN"
        visit = self.bring_to(self.make_reception(state="arrived"), "inspected")
        order = self.make_order(visit, self.make_product("更换前制动片工时"))
        section = {"display_type": "line_section", "name": "制动系统"}
        order.order_line = [Command.create(section)]
        answer = "[name=order_line] .o_data_row td[name=dealer_decision]"
        with self.open_page(f"/odoo/visits/{visit.id}", login="advisor") as page:
            page.tap(".nav-link[name='estimate']")
            page.tap(".tab-pane button[name='action_open_estimate']")
            page.wait_for(answer)
            box = f"document.querySelector('{answer}').getBoundingClientRect()"
            self.assertLessEqual(page.js(f"{box}.right"), 768 - 16)
            lines = page.text("[name=order_line]")
        self.assertEqual(lines.count("更换前制动片工时"), 1, "once, not twice")
        self.assertIn("制动系统", lines)
