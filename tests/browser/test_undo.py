"""A slip at the lane or at the desk is taken back where one is told of it."""

from odoo.tests import tagged

from ..common import DealerServiceCase
from .devtools import DevToolsCase

UNDO = ".o_notification_buttons button"


@tagged("post_install", "-at_install")
class TestUndo(DealerServiceCase, DevToolsCase):
    browser_size = "768x1024"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.users"].search([]).tour_enabled = False

    def state_on_screen(self, page, state):
        page.wait_for(f".o_arrow_button_current[data-value='{state}']")

    def test_wrong_arrival_goes_back(self):
        path = f"/odoo/customer-cars/{self.vehicle.id}"
        with self.open_page(path, login="advisor") as page:
            page.tap("button[name='action_arrive_now']:not([disabled])")
            self.state_on_screen(page, "arrived")
            page.tap(UNDO)
            page.wait("!document.querySelector('.o_notification_buttons')")
            page.wait_for("button[name='action_rebook']")
        visit = self.env["dealer.reception"].search([])
        self.assertEqual((visit.state, visit.is_taken_back), ("cancelled", True))

    def test_key_is_handed_over_by_the_guide_and_comes_back(self):
        visit = self.bring_to(self.make_reception(state="arrived"), "settled")
        self.tick(visit)
        path = f"/odoo/visits/{visit.id}"
        with self.open_page(path, login="advisor") as page:
            page.tap("button[name='action_open_delivery']:not([disabled])")
            page.wait_for(".modal .o_delivery_step")
            self.assertEqual(
                page.js("document.querySelector('.modal-body').scrollTop"), 0
            )
            self.assertIn("200", page.text(".modal .alert-warning"))
            page.tap(".modal [name='unsigned_reason'] input")
            page.send("Input.insertText", text="司机代取")
            page.tap(".modal button[name='action_deliver']")
            page.tap(".modal button[name='action_smile_good']")
            page.wait("!document.querySelector('.modal')")
            self.state_on_screen(page, "delivered")
        visit.invalidate_recordset()
        self.assertEqual((visit.state, visit.smile), ("delivered", "5"))
