"""The estimate is the same page when the browser loads it again."""

from odoo.fields import Command
from odoo.tests import tagged

from ..common import DealerServiceCase
from .devtools import DevToolsCase
from .walks.hand import Hand


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
            hand = Hand(page, by_touch=True)
            hand.press(".nav-link[name='estimate']")
            hand.press(".tab-pane button[name='action_open_estimate']")
            page.wait_for(answer)
            box = f"document.querySelector('{answer}').getBoundingClientRect()"
            self.assertLessEqual(page.js(f"{box}.right"), 768 - 16)
            lines = page.text("[name=order_line]")
            # a heading is written in its row
            lines += page.js(
                "[...document.querySelectorAll('[name=order_line] .o_data_row input')]"
                ".map((box) => box.value).join()"
            )
        self.assertEqual(lines.count("更换前制动片工时"), 1, "once, not twice")
        self.assertIn("制动系统", lines)

    def test_customers_words_are_in_sight_and_own_words_are_a_line(self):
        self.env["res.users"].search([]).tour_enabled = False
        visit = self.bring_to(self.make_reception(state="arrived"), "inspected")
        visit.concern_ids = [Command.create({"name": "右前门异响"})]
        order = self.make_order(visit, self.make_product("更换前制动片工时"))
        words = "拆装右前门内饰查异响"
        box = ".o_selected_row [name=product_id] input"
        path = f"/odoo/visits/{visit.id}/service-orders/{order.id}"
        with self.open_page(path, login="advisor") as page:
            page.wait_for("[name=order_line] .o_data_row")
            page.wait(
                "document.querySelector('.o_form_view').innerText.includes('右前门异响')"
            )
            page.tap("[name=order_line] .o_field_x2many_list_row_add a")
            page.wait_for(box)
            page.tap(box)
            page.send("Input.insertText", text=words)
            page.wait_for(".o_dealer_own_words")
            # the next line is begun, nothing was chosen
            page.tap(".o_sale_order h1")
            page.wait(
                "document.querySelector('[name=order_line]').innerText"
                f".includes('{words}')"
            )
            page.tap(".o_form_button_save")
            page.wait_for(".o_form_status_indicator_buttons.invisible")
        order.invalidate_recordset()
        line = order.order_line.filtered(lambda line: line.name == words)
        self.assertEqual(line.dealer_kind, "labour")
        self.assertTrue(line.tax_ids, "it is billed with tax as all work is")

    def test_words_are_refused_in_words_where_the_shop_has_no_such_lines(self):
        self.env["res.users"].search([]).tour_enabled = False
        self.env.ref("dealer_service.product_own_words").active = False
        visit = self.bring_to(self.make_reception(state="arrived"), "inspected")
        order = self.make_order(visit, self.make_product("更换前制动片工时"))
        box = ".o_selected_row [name=product_id] input"
        path = f"/odoo/visits/{visit.id}/service-orders/{order.id}"
        with self.open_page(path, login="advisor") as page:
            page.tap("[name=order_line] .o_field_x2many_list_row_add a")
            page.wait_for(box)
            page.tap(box)
            page.send("Input.insertText", text="查异响")
            page.wait_frames(40)
            page.tap(".o_sale_order h1")
            page.wait_for(".o_notification")
            self.assertIn("查异响", page.text(".o_notification"))
