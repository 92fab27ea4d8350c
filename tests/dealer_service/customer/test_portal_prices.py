"""A price that changes while the customer decides is told, not slipped in."""

import html
import re

from odoo.tests import tagged

from .portal_case import PortalDecisionCase


@tagged("standard", "post_install", "-at_install")
class TestPortalPrices(PortalDecisionCase):
    def test_price_changed_on_the_way_is_marked(self):
        first = self.url_open(f"{self.url}?access_token={self.token}").text
        self.assertNotIn("o_dealer_changed", first)
        was = re.search(r'name="was" value="([^"]*)"', first)[1]
        former = re.search(rf"{self.wiper_line.id}:([0-9.]+)", was)[1]
        self.wiper_line.price_unit = 100.0
        page = self.confirm_page(was=was).text
        self.assertIn("o_dealer_changed", page)
        self.assertEqual(page.count("o_dealer_former"), 1)
        self.assertIn(former, page)
        # what is shown now is what the next page is compared with
        back = html.unescape(re.search(r'href="([^"]*)">Back to the offer', page)[1])
        self.assertNotIn("o_dealer_changed", self.url_open(back).text)

    def test_nonsense_of_former_prices_marks_nothing(self):
        for was in ("x", "1:nan,2:inf", "9" * 6000, f"{self.wiper_line.id}:1e9"):
            page = self.confirm_page(was=was)
            self.assertEqual(page.status_code, 200)
            self.assertNotIn("o_dealer_changed", page.text)
