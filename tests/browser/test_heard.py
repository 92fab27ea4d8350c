"""A technician records on his phone what a customer tells him beside the car."""

from odoo.tests import tagged

from ..complaint_common import DealerComplaintCase
from .devtools import DevToolsCase

BUTTON = ".o_dealer_heard"


@tagged("post_install", "-at_install")
class TestHeard(DealerComplaintCase, DevToolsCase):
    browser_size = "390x844"
    touch_enabled = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_users(
            {
                "login": "mechanic",
                "password": "mechanic",
                "groups": "dealer_service.group_dealer_service_technician",
            }
        )

    def test_a_technician_finds_the_place_in_words(self):
        """Beside the jobs, also when there are none, and in the menu."""
        words = "A Customer Is Dissatisfied"
        with self.open_page("/odoo/my-jobs", "mechanic") as page:
            page.wait_for(".o_dealer_hear")
            self.assertIn(words, page.text(".o_dealer_hear"))
            page.tap(".o_dealer_hear")
            page.wait_for(".modal [name=words] textarea")
            page.tap(".modal button[special=cancel]")
            page.wait("!document.querySelector('.modal')")
            page.tap(".o_menu_toggle")
            page.wait(
                f"[...document.querySelectorAll('.o_app_menu_sidebar *')]"
                f".some((one) => one.innerText === '{words}')"
            )

    def test_megaphone_records_and_says_the_number(self):
        before = self.env["dealer.complaint"].search([])
        with self.open_page("/odoo/my-jobs", "mechanic") as page:
            page.wait_for(BUTTON)
            page.tap(BUTTON)
            page.wait_for(".modal [name=words] textarea")
            page.tap(".modal [name=words] textarea")
            page.send("Input.insertText", text="刹车又响了")
            page.tap(".modal [name=who] input")
            page.send("Input.insertText", text=self.vehicle.license_plate)
            self.assertLessEqual(
                page.js("document.documentElement.scrollWidth"), 390, "it fits"
            )
            page.tap(".modal button[name=action_confirm]")
            page.wait_for(".o_notification")
            page.wait("!document.querySelector('.modal')")
            told = page.text(".o_notification")
        complaint = self.env["dealer.complaint"].search([]) - before
        self.assertIn(complaint.name, told)
        self.assertEqual(complaint.vehicle_id, self.vehicle)
