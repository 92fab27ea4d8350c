"""The page in the customer's hand tells the shop that it is being read."""

from odoo.tests import tagged

from ..dealer_service.customer.portal_case import PortalDecisionCase
from .devtools import DevToolsCase


@tagged("standard", "post_install", "-at_install")
class TestPageSeen(PortalDecisionCase, DevToolsCase):
    browser_size = "390x844"
    touch_enabled = True

    def test_page_in_front_of_the_customer_is_told(self):
        with self.open_page(f"{self.url}?access_token={self.token}") as page:
            page.wait_for(".o_dealer_seen")
            page.wait(
                "performance.getEntriesByType('resource')"
                ".some((entry) => entry.name.includes('/seen') && entry.responseEnd)"
            )
        self.order.invalidate_recordset()
        self.assertTrue(self.order.dealer_date_seen)
