"""Who goes from a row of a list to the mileage writes where he has clicked."""

from odoo.tests import tagged

from ..common import DealerServiceCase
from .devtools import DevToolsCase

TAB = ".nav-link[name=standards]"
NOTE = "[name=check_ids] .o_data_row td[name=note]"
WORDS = "[name=check_ids] tr.o_selected_row [name=note] :is(input, textarea)"
MILEAGE = "[name=odometer] input"
FOCUSED = "document.activeElement.closest('[name]')?.getAttribute('name')"
SAVED = "document.querySelector('.o_form_status_indicator_buttons.invisible')"


@tagged("standard", "post_install", "-at_install")
class TestSteadyList(DealerServiceCase, DevToolsCase):
    def type_text(self, page, text):
        """Key by key, while the page goes on with what it has to do."""
        for character in text:
            page.send("Input.insertText", text=character)
            page.wait_frames(8)

    def test_digits_after_a_note_are_the_mileage(self):
        visit = self.make_reception(state="arrived")
        with self.open_page(f"/odoo/visits/{visit.id}", "advisor") as page:
            page.click(TAB)
            page.click(NOTE)
            page.wait_for(WORDS)
            self.type_text(page, "客户不在")
            page.click(MILEAGE)
            self.type_text(page, "20345")
            self.assertEqual(page.js(FOCUSED), "odometer")
            page.wait("!document.querySelector('[name=check_ids] .o_selected_row')")
            self.assertEqual(page.js(FOCUSED), "odometer")
            page.click(".o_form_button_save")
            page.wait(SAVED)
        self.assertIn("客户不在", visit.check_ids.mapped("note"))
        self.assertEqual(visit.odometer, 20345)
