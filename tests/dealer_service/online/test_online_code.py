"""A telephone is proven by a code: short, once, in one browser, and not for free."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from odoo.addons.dealer_service.models.online.dealer_booking_phone import (
    MAX_A_DAY,
    MAX_FROM_ADDRESS,
)

from ..booking.booking_common import MONDAY_8
from .online_common import KEY, PHONE, OnlineCase


@tagged("standard", "post_install", "-at_install")
class TestOnlineCode(OnlineCase):
    def setUp(self):
        super().setUp()
        self.choose()
        self.phones = self.env["dealer.booking.phone"]

    def ask(self, phone=PHONE, **data):
        return self.send("code", phone=phone, **{"agree": "yes", **data})

    def row(self):
        return self.phones.search([("phone", "=", KEY)])

    def later(self, **time):
        frozen = freeze_time(MONDAY_8 + timedelta(**time))
        frozen.start()
        self.addCleanup(frozen.stop)

    def test_code_is_asked_for_and_kept_as_a_hash(self):
        page = self.ask()
        self.assertIn("We have sent a code to 139 0553 7788", page.text)
        [(phone, code)] = self.codes
        self.assertEqual(phone, KEY)
        self.assertRegex(code, r"^\d{6}$")
        self.env.cr.execute("SELECT row_to_json(p)::text FROM dealer_booking_phone p")
        self.assertNotIn(code, str(self.env.cr.fetchall()))
        self.assertFalse(self.row().code)

    def test_notice_is_agreed_to_first(self):
        self.assertIn("privacy notice", self.told(self.ask(agree="")))
        self.assertFalse(self.codes)

    def test_who_waits_for_a_code_need_not_agree_again(self):
        first = self.open(f"{self.base}?step=who").text
        self.assertNotRegex(first, 'name="agree"[^>]*checked')
        page = self.ask()
        self.assertRegex(page.text, 'name="agree"[^>]*checked')
        # not to another notice than the one that was read
        self.company.dealer_online_privacy = "另一份告知"
        again = self.open(f"{self.base}?step=who").text
        self.assertNotRegex(again, 'name="agree"[^>]*checked')

    def test_only_mobile_phones_of_the_country(self):
        for phone in ("0553-1234567", "+44 7911 123456", "123", "", "abc"):
            with self.subTest(phone):
                self.assertIn("mobile phone", self.told(self.ask(phone)))
        self.assertFalse(self.codes)

    def test_wrong_codes_end_it(self):
        self.ask()
        right = self.codes[-1][1]
        wrong = "000000" if right != "000000" else "111111"
        for _try in range(4):
            page = self.send("prove", code=wrong)
            self.assertIn("not the code", self.told(page))
        self.assertIn("no longer valid", self.told(self.send("prove", code=wrong)))
        page = self.send("prove", code=right)
        self.assertNotIn('name="key"', page.text)

    def test_code_ends_after_five_minutes(self):
        self.ask()
        self.later(minutes=5, seconds=1)
        page = self.send("prove", code=self.codes[-1][1])
        self.assertIn("no longer valid", self.told(page))

    def test_a_stolen_code_is_of_no_use_elsewhere(self):
        """Somebody reads the code over a shoulder, on the way to another browser."""
        self.ask()
        code = self.codes[-1][1]
        cookies = self.opener.cookies.copy()
        self.opener.cookies.clear()
        self.authenticate(None, None)
        self.choose()
        # asked for a moment ago: no other code is sent
        page = self.ask()
        self.assertIn("a moment ago", self.told(page))
        self.assertEqual(len(self.codes), 1)
        page = self.send("prove", code=code)
        self.assertIn("not the code", self.told(page))
        self.assertNotIn('name="key"', page.text)
        self.assertTrue(cookies)

    def test_a_code_is_good_once(self):
        self.ask()
        code = self.codes[-1][1]
        self.assertIn('name="key"', self.send("prove", code=code).text)
        self.assertEqual(self.phones._check_code(KEY, "another browser", code), "over")
        self.assertFalse(self.row().code_hash)

    def test_another_code_after_a_minute_and_five_in_a_day(self):
        self.ask()
        self.assertIn("a moment ago", self.told(self.ask()))
        for count in range(2, MAX_A_DAY + 1):
            self.later(minutes=2 * count)
            self.ask()
            self.assertEqual(len(self.codes), count)
        self.later(hours=1)
        self.assertIn("Please call us: 0553-1234567", self.told(self.ask()))
        self.assertEqual(len(self.codes), MAX_A_DAY)
        self.later(hours=25)
        self.ask()
        self.assertEqual(len(self.codes), MAX_A_DAY + 1)

    def test_one_address_does_not_text_the_whole_town(self):
        for count in range(MAX_FROM_ADDRESS):
            phone = f"+8613905{count:06d}"
            self.phones._send_code(self.company, phone, "b", "203.0.113.7")
        sent = len(self.codes)
        self.assertEqual(sent, MAX_FROM_ADDRESS)
        args = (self.company, "+8613905999999", "b")
        self.assertEqual(self.phones._send_code(*args, "203.0.113.7"), "enough")
        self.assertEqual(self.phones._send_code(*args, "203.0.113.8"), "sent")

    def test_proven_phone_ends_after_half_an_hour(self):
        self.prove()
        self.later(minutes=31)
        page = self.open(f"{self.base}?step=check")
        self.assertNotIn('name="key"', page.text)
        self.assertIn('name="phone"', page.text)

    def test_numbers_are_not_kept(self):
        self.ask()
        self.later(days=1, seconds=5)
        self.phones._gc_phones()
        self.assertFalse(self.row())

    def test_check_page_is_closed_without_a_proof(self):
        page = self.open(f"{self.base}?step=check")
        self.assertIn('name="phone"', page.text)
        page = self.send("book", key="x", plate="皖B·T8899", name="陈一")
        self.assertIn('name="phone"', page.text)
        self.assertFalse(self.bookings())
