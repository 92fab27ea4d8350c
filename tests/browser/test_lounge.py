"""The lounge screen on the wall: live, readable from four metres, dark when revoked."""

from datetime import timedelta

from odoo import fields
from odoo.tests import tagged

from ..dealer_service.shop.test_lounge import LoungeCase
from .devtools import DevToolsCase


@tagged("standard", "post_install", "-at_install")
class TestLoungeOnTheWall(LoungeCase, DevToolsCase):
    browser_size = "1920x1080"

    def make_cars(self, count):
        for number in range(count):
            self.make_reception(
                state="arrived",
                is_waiting=not number % 2,
                date_promised=fields.Datetime.now() + timedelta(hours=number),
                vehicle_id=self.make_vehicle(license_plate=f"皖B·{10000 + number}").id,
            )

    def test_text_is_readable_from_four_metres(self):
        self.make_cars(7)
        with self.open_page(f"/lounge/{self.token}", without_cookies=True) as page:
            page.wait("document.querySelectorAll('.car:not([hidden])').length === 7")
            page.wait("getComputedStyle(document.body).display === 'flex'")
            small = page.js(
                "[...document.querySelectorAll('body *')].filter((e) =>"
                " [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim())"
                " && parseFloat(getComputedStyle(e).fontSize) < 34)"
                ".map((e) => e.className)"
            )
            self.assertEqual(small, [])
            plate = page.js(
                "parseFloat(getComputedStyle(document.querySelector('.plate')).fontSize)"
            )
            self.assertGreaterEqual(plate, 60)
            self.assertTrue(
                page.js(
                    "[...document.querySelectorAll('.car')].every((e) => {"
                    " const b = e.getBoundingClientRect();"
                    " return b.bottom <= innerHeight && b.right <= innerWidth; })"
                )
            )

    def test_more_cars_turn_pages(self):
        self.make_cars(9)
        with self.open_page(f"/lounge/{self.token}", without_cookies=True) as page:
            page.wait("document.getElementById('page').textContent === '1 / 2'")
            self.assertEqual(page.count(".car:not([hidden])"), 7)
            page.wait("document.getElementById('page').textContent === '2 / 2'")
            self.assertEqual(page.count(".car:not([hidden])"), 2)

    def test_new_car_appears_by_itself_and_a_revoked_screen_goes_dark(self):
        with self.open_page(f"/lounge/{self.token}", without_cookies=True) as page:
            page.wait_for(".empty")
            self.make_cars(1)
            self.env.cr.flush()
            self.env.cr.clear()
            page.wait("document.querySelectorAll('.car').length === 1")
            self.company.with_user(self.manager).action_revoke_lounge_link()
            self.env.cr.flush()
            self.env.cr.clear()
            page.wait("document.getElementById('status').textContent")
            self.assertEqual(page.count(".car"), 0)
            self.assertEqual(page.text("#clock"), "")
