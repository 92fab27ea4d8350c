"""A customer books on a phone, moves and cancels, with a finger and no script."""

import contextlib
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.dealer_service.models.online.dealer_booking_phone import (
    DealerBookingPhone,
)

from ..common import DealerServiceCase
from .test_customer_phone import PhoneCase
from .walks.hand import Hand

QUERY = ".modal .o_dealer_arrival_query input"
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

    def setUp(self):
        super().setUp()
        self.codes.clear()

    def wait_next(self, page, condition):
        """The page that follows is there; it has no script that would get ready."""
        page.wait(f"document.readyState === 'complete' && ({condition})")

    def type_in(self, page, name, value):
        page.wait_for(f"[name={name}]")
        page.js(f"document.querySelector('[name={name}]').value = '{value}'")

    def come_to_the_phone(self, page, phone):
        """What and when are chosen, the number is typed, the notice agreed to."""
        self.type_in(page, "wish", "刹车异响")
        page.tap(".go")
        self.wait_next(page, "document.querySelector('.slots button')")
        self.assertFits(page)
        page.tap(".slots button")
        self.wait_next(page, "document.querySelector('[name=phone]')")
        self.type_in(page, "phone", phone)
        page.tap("[name=agree]")

    def come_to_the_end(self, page, phone):
        """All that is asked, until the last button."""
        self.come_to_the_phone(page, phone)
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

    def booked(self):
        return self.env["dealer.reception"].search([("is_by_customer", "=", True)])

    def book_on_the_phone(self, phone):
        with self.open_page(self.base) as page:
            self.come_to_the_end(page, phone)
            page.tap(".go")
            self.wait_next(page, BOOKED)
        return self.booked()

    def test_robot_that_fills_in_every_field_is_sent_no_code(self):
        """A person sees no such field, and neither finger nor tabulator finds it."""
        with self.open_page(self.base) as page:
            self.come_to_the_phone(page, "13905537788")
            place = page.js(
                "document.querySelector('[name=website]').getBoundingClientRect().right"
            )
            self.assertLess(place, 0)
            self.type_in(page, "website", "http://example.com")
            page.js("window.isOld = true")
            page.tap(".go")
            self.wait_next(page, "!window.isOld && document.querySelector('h1')")
            self.assertFalse(page.count("[name=code]"))
        self.assertFalse(self.codes)
        self.assertFalse(self.booked())

    def test_stolen_code_is_of_no_use_on_another_phone(self):
        """Read over the shoulder, and typed in elsewhere before its owner does."""
        with self.open_page(self.base) as page:
            self.come_to_the_phone(page, "13905537788")
            page.tap(".go")
            self.wait_next(page, "document.querySelector('[name=code]')")
        with self.open_page(self.base) as page:
            self.come_to_the_phone(page, "13905537788")
            page.tap(".go")
            self.wait_next(page, "document.querySelector('.told.bad')")
            self.assertIn("a moment ago", page.text(".told.bad"))
            self.assertEqual(len(self.codes), 1)
            self.type_in(page, "code", self.codes[-1])
            page.js("window.isOld = true")
            page.tap(".go")
            self.wait_next(page, "!window.isOld && document.querySelector('.told.bad')")
            self.assertIn("not the code", page.text(".told.bad"))
            self.assertFalse(page.count("[name=plate]"))
        self.assertFalse(self.booked())

    # ------------------------------------------------------------------
    # WITHOUT A CAR ON FILE
    # ------------------------------------------------------------------

    @contextlib.contextmanager
    def arrival(self, words):
        """The advisor in the lane types what is read off the car."""
        with self.open_page("/odoo/arrival", login="advisor") as page:
            hand = Hand(page, by_touch=True)
            page.wait_for(QUERY)
            hand.type(words)
            yield page, hand
            page.wait_for(".o_dealer_reception_form")

    def assert_arrived(self, visit, car):
        self.env.invalidate_all()
        self.assertEqual(visit.state, "arrived")
        self.assertEqual(visit.vehicle_id, car)
        self.assertEqual(self.env["dealer.reception"].search_count([]), self.visits)
        self.assertEqual(visit.partner_id.phone_key, "+8613905537788")

    def test_new_car_is_made_at_arrival(self):
        visit = self.book_on_the_phone("13905537788")
        self.visits = self.env["dealer.reception"].search_count([])
        self.assertFalse(visit.vehicle_id)
        with self.arrival("皖BT8899") as (page, hand):
            page.wait_for(".modal [name=unknown]")
            # whoever booked for this plate is known without a word
            page.wait(
                "document.querySelector('.modal [name=partner_id] input')?.value"
                " === '陈一'"
            )
            hand.pick(".modal [name=new_model_id] input", self.vehicle.model_id.name)
            hand.press(".modal footer .btn-primary")
        car = self.env["fleet.vehicle"].search([("license_plate", "=", "皖B·T8899")])
        self.assert_arrived(visit, car)
        self.assertEqual(car.owner_id, visit.partner_id)

    def test_car_of_a_plate_is_found_at_arrival_by_its_vin(self):
        visit = self.book_on_the_phone("13905537788")
        self.visits = self.env["dealer.reception"].search_count([])
        car = self.make_vehicle(
            license_plate="皖B·T8899",
            vin_sn="LVVDB11B6RD000018",
            owner_id=visit.partner_id.id,
        )
        with self.arrival("LVVDB11B6RD000018") as (page, hand):
            page.wait_for(".modal [name=known]")
            hand.press(".modal footer .btn-primary")
        self.assert_arrived(visit, car)
