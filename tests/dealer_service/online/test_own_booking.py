"""The own booking by its link: moved, cancelled, and closed when it is too late."""

import re
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.tests import tagged

from ..booking.booking_common import shanghai
from .online_common import PHONE, OnlineCase


@tagged("standard", "post_install", "-at_install")
class TestOwnBooking(OnlineCase):
    def setUp(self):
        super().setUp()
        self.page = self.book(slot=4)
        self.booking = self.bookings()
        self.visit = self.booking.reception_id
        self.link = f"/b/{self.booking.access_token}"

    def own(self, step, **data):
        return self.send(step, self.link, **data)

    def test_link_is_short_and_needs_no_session(self):
        self.assertLess(len(self.link), 25)
        self.opener.cookies.clear()
        page = self.open(self.link)
        self.assertIn("皖B·T8899", page.text)
        self.assertIn("no-store", page.headers["Cache-Control"])

    def test_customer_moves(self):
        page = self.open(f"{self.link}?step=move&day=2026-03-03")
        slots = self.slots(page)
        self.assertEqual(slots[0], str(shanghai(3, 9)))
        page = self.own("move", slot=slots[0])
        self.assertIn("has been moved", self.told(page))
        self.assertEqual(self.visit.date_appointment, shanghai(3, 9))
        self.assertTrue(self.booking.date_moved)
        words = str(self.visit.message_ids.mapped("body"))
        self.assertIn("The customer moved the appointment.", words)

    def test_move_to_a_taken_slot_keeps_the_old_one(self):
        before = self.visit.date_appointment
        for advisor in (self.advisor, self.advisor2):
            car = self.make_vehicle(license_plate=f"皖B·B100{advisor.id % 10}")
            self.make_reception(
                vehicle_id=car.id,
                advisor_id=advisor.id,
                date_appointment=shanghai(3, 9),
            )
        page = self.own("move", slot=str(shanghai(3, 9)))
        self.assertIn("has just been taken", self.told(page))
        self.assertEqual(self.visit.date_appointment, before)

    def test_own_slot_is_free_for_the_own_booking(self):
        self.company.dealer_online_share = 1
        page = self.open(f"{self.link}?step=move")
        self.assertFalse(self.slots(page), "no share is large enough")
        self.company.dealer_online_share = 50
        page = self.open(f"{self.link}?step=move&day=2026-03-02")
        self.assertTrue(self.slots(page))
        free = self.bookings()._free_slots()
        self.assertIn(self.visit.date_appointment, sum(free.values(), []))

    def test_customer_cancels(self):
        page = self.open(f"{self.link}?step=cancel")
        self.assertIn("Yes, cancel it", page.text)
        page = self.own("cancel")
        self.assertIn("has been cancelled", self.told(page))
        self.assertEqual(self.visit.state, "cancelled")
        self.assertTrue(self.booking.date_called_off)
        self.assertFalse(self.visit.activity_ids)
        # a second tap says the same
        self.assertIn("has been cancelled", self.told(self.own("cancel")))

    def test_too_late_is_told(self):
        end = self.visit.date_appointment - timedelta(hours=4)
        with freeze_time(end + timedelta(seconds=1)):
            page = self.open(self.link)
            self.assertNotIn("?step=cancel", page.text)
            self.assertIn("Please call us", page.text)
            for step, data in (("cancel", {}), ("move", {"slot": shanghai(3, 9)})):
                self.assertIn("too late", self.told(self.own(step, **data)))
        self.assertEqual(self.visit.state, "booked")

    def test_an_advisor_who_books_is_not_the_customer(self):
        self.authenticate(self.advisor.login, "advisorx")
        self.assertEqual(self.open(self.link).status_code, 404)

    def test_wrong_links_lead_nowhere(self):
        for token in ("x" * 20, self.booking.request_key, "1"):
            self.assertEqual(self.open(f"/b/{token}").status_code, 404)

    def test_chinese_by_the_browser_and_by_choice(self):
        page = self.open(self.link, headers={"Accept-Language": "zh-CN,zh;q=0.9"})
        self.assertIn('lang="zh-CN"', page.text)
        page = self.open(f"{self.link}?lang=zh_CN")
        self.assertIn('lang="zh-CN"', page.text)
        self.assertIn('lang="zh-CN"', self.open(self.link).text)

    def test_public_page_leads_there(self):
        self.company.with_user(self.manager).action_renew_public_link()
        page = self.open(f"/dealer/{self.company.dealer_public_token}")
        self.assertIn(self.base, page.text)

    def test_poster_has_the_code(self):
        poster = self.company._paper_online()
        self.assertIn(self.base, poster["url"])
        self.assertIn("小保养", poster["packages"])
        action = self.company.with_user(self.manager).action_print_online()
        self.assertEqual(action["report_name"], "dealer_service.paper_online")


@tagged("standard", "post_install", "-at_install")
class TestOnlineMessages(OnlineCase):
    """What the customer gets on the phone, as the outbox shows it."""

    def setUp(self):
        super().setUp()
        self.company.dealer_sms_provider = "outbox"
        self.messages = self.env["dealer.customer.message"]

    def texts(self, key):
        return self.messages.search([("occasion_id.key", "=", key)]).mapped("text")

    def test_code_is_in_the_message(self):
        self.told_by_code.stop()
        self.addCleanup(self.told_by_code.start)
        self.choose()
        self.send("code", phone=PHONE, agree="yes")
        [text] = self.texts("booking_code")
        code = re.search(r"\d{6}", text)[0]
        self.assertIn('name="key"', self.send("prove", code=code).text)

    def test_without_a_provider_the_customer_is_asked_to_call(self):
        self.told_by_code.stop()
        self.addCleanup(self.told_by_code.start)
        self.company.dealer_sms_provider = False
        self.choose()
        page = self.send("code", phone=PHONE, agree="yes")
        self.assertIn("Please call us: 0553-1234567", self.told(page))

    def test_booking_is_confirmed_with_its_link(self):
        self.book(slot=4)
        booking = self.bookings()
        [text] = self.texts("booking_confirmed")
        self.assertIn(booking.reception_id.appointment_text, text)
        [short] = re.findall(r"/r/\w+", text)
        self.assertTrue(self.open(short).url.endswith(f"/b/{booking.access_token}"))
        booking._move(shanghai(3, 9))
        self.assertIn("09:00", self.texts("booking_moved")[0])
        booking._call_off()
        self.assertEqual(len(self.texts("booking_cancelled")), 1)

    def test_what_a_customer_does_at_night_is_confirmed_at_night(self):
        self.company.write({"dealer_quiet_from": 0, "dealer_quiet_until": 23})
        self.book(slot=4)
        booking = self.bookings()
        booking._move(shanghai(3, 9))
        of_booking = [("res_model", "=", booking._name), ("res_id", "=", booking.id)]
        told = self.messages.search(of_booking)
        self.assertEqual(
            told.mapped(lambda row: (row.occasion_id.key, row.state)),
            [("booking_moved", "waiting"), ("booking_confirmed", "refused")],
        )
        booking._call_off()
        told = self.messages.search(of_booking)
        self.assertEqual(
            told.mapped(lambda row: (row.occasion_id.key, row.state)),
            [
                ("booking_cancelled", "waiting"),
                ("booking_moved", "refused"),
                ("booking_confirmed", "refused"),
            ],
        )

    def test_only_service_messages_answer_at_night(self):
        self.company.write({"dealer_quiet_from": 0, "dealer_quiet_until": 23})
        occasion = self.env["dealer.message.occasion"]._of("booking_confirmed")
        occasion.purpose = "marketing"
        now = fields.Datetime.now()
        due = self.messages._due_of(occasion, "marketing", self.company, "sms", now)
        self.assertGreater(due, now)
