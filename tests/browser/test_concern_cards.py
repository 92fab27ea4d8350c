"""What the customer says is a card: tapped to write, a chip for the system."""

from odoo.tests import tagged

from ..common import DealerServiceCase
from .devtools import DevToolsCase

ADD = "[name=concern_ids] .o_cp_buttons button"
CARD = "[name=concern_ids] .o_kanban_record:not(.o_kanban_ghost)"
WORDS = ".modal [name=name] textarea"
SAVED = "document.querySelector('.o_form_status_indicator_buttons.invisible')"


@tagged("standard", "post_install", "-at_install")
class TestConcernCards(DealerServiceCase, DevToolsCase):
    browser_size = "768x1024"
    touch_enabled = True

    def test_concern_is_written_with_three_taps(self):
        visit = self.make_reception(state="arrived")
        brakes = self.env.ref("dealer_service.dealer_vehicle_system_brakes")
        chip = f".modal [name=system_id] .o_selection_badge[value='{brakes.id}']"
        with self.open_page(f"/odoo/visits/{visit.id}", "advisor") as page:
            page.tap(ADD)
            page.wait(f"document.activeElement === document.querySelector('{WORDS}')")
            page.send("Input.insertText", text="刹车有异响")
            page.tap(chip)
            page.tap(".modal .o_form_button_save")
            page.wait_for(CARD)
            self.assertIn("刹车有异响", page.text(CARD))
            self.assertIn(brakes.name, page.text(CARD))
            width = page.js(
                f"document.querySelector('{CARD}').getBoundingClientRect().width"
            )
            self.assertGreater(width, 600, "words want the width of the screen")
            page.tap(CARD)
            page.wait_for(WORDS)
            page.send("Input.insertText", text="，低速时")
            page.tap(".modal .o_form_button_save")
            page.wait("!document.querySelector('.modal')")
            page.tap(".o_form_button_save")
            page.wait(SAVED)
        self.assertEqual(visit.concern_ids.system_id, brakes)
        self.assertIn("低速时", visit.concern_ids.name)
