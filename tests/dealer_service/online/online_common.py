"""A shop whose customers book alone, and a phone that does."""

import re
from html import unescape
from unittest.mock import patch

from odoo.http import Request
from odoo.tests import HttpCase

from odoo.addons.dealer_service.models.online.dealer_booking_phone import (
    DealerBookingPhone,
)

from ..booking.booking_common import BookingCase

PHONE = "139 0553 7788"
KEY = "+8613905537788"


class OnlineCase(BookingCase, HttpCase):
    """It is Monday, 8:00 in Shanghai. Codes are not sent, but remembered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        labour = cls.make_product(dealer_hours=1.5, price=300.0)
        cls.package = cls.env["sale.order.template"].create(
            {
                "name": "小保养",
                "sale_order_template_line_ids": [
                    (0, 0, {"product_id": labour.id, "product_uom_qty": 1})
                ],
            }
        )
        cls.company.write(
            {
                "name": "芜湖奇瑞",
                "dealer_online_booking": True,
                "dealer_online_share": 100,
                "dealer_online_change_hours": 4.0,
                "dealer_online_package_ids": cls.package.ids,
                "dealer_hotline": "0553-1234567",
            }
        )
        cls.company.with_user(cls.manager).action_renew_online_link()
        cls.base = f"/book/{cls.company.dealer_online_token}"
        cls.codes = []

        def remember(row, _company):
            cls.codes.append((row.phone, row.code))
            return True

        cls.told_by_code = patch.object(DealerBookingPhone, "_tell_code", remember)
        cls.told_by_code.start()
        cls.addClassCleanup(cls.told_by_code.stop)

    def setUp(self):
        super().setUp()
        self.authenticate(None, None)
        self.codes.clear()

    def open(self, path=None, **kwargs):
        return self.url_open(path or self.base, **kwargs)

    def send(self, step, base=None, **data):
        """Press the button of a page."""
        return self.url_open(
            f"{base or self.base}/{step}",
            data={"csrf_token": Request.csrf_token(self), **data},
        )

    def slots(self, page):
        """What the buttons of the times send."""
        return re.findall(r'name="slot" value="([^"]+)"', page.text)

    def told(self, page):
        found = re.search(r'class="told [a-z]+" role="[a-z]+">([^<]*)', page.text)
        return unescape(found[1]) if found else ""

    def choose(self, slot=0, **what):
        """Choose what and when; the page that asks for the phone."""
        self.send("what", **(what or {"package": self.package.id, "stay": "wait"}))
        page = self.open(f"{self.base}?step=when")
        return self.send("when", slot=self.slots(page)[slot])

    def prove(self, phone=PHONE):
        """Prove a phone; the page that asks for the car."""
        self.send("code", phone=phone, agree="yes")
        return self.send("prove", code=self.codes[-1][1])

    def key(self, page):
        return re.search(r'name="key" value="([^"]+)"', page.text)[1]

    def book(self, page=None, slot=0, phone=PHONE, **data):
        """All of it: the page of the own booking."""
        if not page:
            page = self.choose(slot)
            page = page if 'name="key"' in page.text else self.prove(phone)
        data = {"plate": "皖B·T8899", "name": "陈一", **data}
        return self.send("book", key=self.key(page), **data)

    def bookings(self):
        return self.env["dealer.online.booking"].search([])
