"""A customer books on a phone, moves and cancels, with a finger and no script."""

from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.dealer_service.models.online.dealer_booking_phone import (
    DealerBookingPhone,
)

from ..common import DealerServiceCase
from .test_customer_phone import PhoneCase

BOOKED = "document.querySelector('.told.good') && location.pathname.startsWith('/b/')"


@tagged("standard", "post_install", "-at_install")
class TestOnlineBooking(DealerServiceCase, PhoneCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.open_around_the_clock()
        cls.company.write(
            {
                "dealer_advisor_ids": cls.advisor.ids,
                "dealer_slot_minutes": 60,
                "dealer_receptions_per_advisor": 1,
                "dealer_online_booking": True,
                "dealer_online_share": 100,
                "dealer_online_change_hours": 0.5,
                "dealer_online_token": "a-link-of-the-booking-page",
                "dealer_hotline": "0553-1234567",
            }
        )
        cls.base = f"/book/{cls.company.dealer_online_token}"
        cls.codes = []

        def remember(row, _company):
            cls.codes.append(row.code)
            return True

        told = patch.object(DealerBookingPhone, "_tell_code", remember)
        told.start()
        cls.addClassCleanup(told.stop)

    def wait_next(self, page, condition):
        """The page that follows is there; it has no script that would get ready."""
        page.wait(f"document.readyState === 'complete' && ({condition})")

    def type_in(self, page, name, value):
        page.wait_for(f"[name={name}]")
        page.js(f"document.querySelector('[name={name}]').value = '{value}'")

    def come_to_the_end(self, page, phone):
        """All that is asked, until the last button."""
        self.type_in(page, "wish", "刹车异响")
        page.tap(".go")
        self.wait_next(page, "document.querySelector('.slots button')")
        self.assertFits(page)
        page.tap(".slots button")
        self.wait_next(page, "document.querySelector('[name=phone]')")
        self.type_in(page, "phone", phone)
        page.tap("[name=agree]")
        page.tap(".go")
        self.wait_next(page, "document.querySelector('[name=code]')")
        self.type_in(page, "code", self.codes[-1])
        page.tap(".go")
        self.wait_next(page, "document.querySelector('[name=plate]')")
        self.assertFits(page)
        self.type_in(page, "plate", "皖B·T8899")
        self.type_in(page, "name", "陈一")

    def test_books_moves_and_cancels(self):
        with self.open_page(self.base) as page:
            self.come_to_the_end(page, "13905537788")
            page.tap(".go")
            self.wait_next(page, BOOKED)
            self.assertFits(page)
            visit = self.env["dealer.reception"].search([("is_by_customer", "=", True)])
            self.assertEqual(visit.concern_ids.name, "刹车异响")
            before = visit.date_appointment
            page.tap("a[href$='step=move']")
            self.wait_next(page, "document.querySelectorAll('.slots button')[2]")
            page.tap(".slots button:nth-of-type(3)")
            self.wait_next(page, BOOKED)
            visit.invalidate_recordset()
            self.assertNotEqual(visit.date_appointment, before)
            page.tap("a[href$='step=cancel']")
            self.wait_next(page, "document.querySelector('.stop')")
            page.tap(".stop")
            self.wait_next(page, BOOKED)
        visit.invalidate_recordset()
        self.assertEqual(visit.state, "cancelled")

    def test_two_want_the_last_slot(self):
        """One wins; the other is told, and keeps what was typed."""
        with self.open_page(self.base) as page:
            self.come_to_the_end(page, "13905537788")
            [first] = next(iter(self.company._online_slots(1.0).values()))[:1]
            self.make_reception(date_appointment=first)
            page.tap(".go")
            self.wait_next(page, "document.querySelector('.told.bad')")
            self.assertIn("just been taken", page.text(".told"))
            page.tap(".slots button")
            self.wait_next(page, "document.querySelector('[name=plate]')")
            plate = page.js("document.querySelector('[name=plate]').value")
            self.assertEqual(plate, "皖B·T8899")
            self.assertIn("刹车异响", page.text("dl"))
            page.tap(".go")
            self.wait_next(page, BOOKED)
        visit = self.env["dealer.reception"].search([("is_by_customer", "=", True)])
        self.assertEqual(len(visit), 1)
        self.assertGreater(visit.date_appointment, first)
