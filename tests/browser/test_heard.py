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
