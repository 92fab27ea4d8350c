"""The last slot at the same moment: two customers, and a customer against the shop.

Real connections to PostgreSQL, each with its own transaction that commits, as the
workers of a server have them. What the test creates is committed and removed again.
"""

from functools import partial

from odoo import SUPERUSER_ID, api
from odoo.tests import tagged

from odoo.addons.dealer_service.models.booking.dealer_reception_capacity import (
    BookingRefused,
)
from odoo.addons.dealer_service.models.online.dealer_online_booking import (
    OnlineRefused,
)

from ..booking.test_booking_concurrency import ConcurrentShop

PHONES = ("+8613905530001", "+8613905530002", "+8613905530003")


@tagged("standard", "post_install", "-at_install")
class TestOnlineConcurrency(ConcurrentShop):
    @classmethod
    def prepare(cls, env):
        super().prepare(env)
        company = env["res.company"].browse(cls.company_id)
        company.write(
            {
                "dealer_online_booking": True,
                "dealer_online_share": 100,
                "dealer_online_days": 30,
            }
        )
        cls.version = company._online_notice_version()

    @classmethod
    def remove_created(cls):
        with cls.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            numbers = [("phone", "in", PHONES)]
            env["dealer.online.booking"].search(numbers).reception_id.unlink()
            env["dealer.booking.phone"].search(numbers).unlink()
            env["res.partner"].search(numbers).unlink()
        super().remove_created()

    def book_online(self, phone, slot, env, key=None):
        """What the page does once the telephone is proven."""
        env = env(user=SUPERUSER_ID, su=True)
        draft = {
            "key": key or f"key of {phone} {slot}",
            "phone": phone,
            "package": False,
            "wish": "异响",
            "is_waiting": True,
            "advisor": False,
            "slot": slot,
            "vehicle": False,
            "plate": "皖Z·C0001",
            "name": "Concurrent Customer",
            "agreed": self.version,
        }
        company = env["res.company"].browse(self.company_id)
        booking = env["dealer.online.booking"]._book(company, draft, env["res.partner"])
        return booking.reception_id.id

    def booked(self, slot):
        with self.registry.cursor() as cr:
            visits = api.Environment(cr, SUPERUSER_ID, {})["dealer.reception"]
            return visits.search(
                [
                    ("company_id", "=", self.company_id),
                    ("date_appointment", "=", slot),
                    ("state", "=", "booked"),
                ]
            ).ids

    def assert_one_got_it(self, slot, results):
        won = [result for result in results if isinstance(result, int)]
        lost = [result for result in results if not isinstance(result, int)]
        self.assertEqual((len(won), len(lost)), (1, 1), results)
        self.assertEqual(self.booked(slot), won)
        return lost[0]

    def test_two_customers_take_the_last_slot(self):
        jobs = [partial(self.book_online, phone, self.slot) for phone in PHONES[:2]]
        lost = self.assert_one_got_it(self.slot, self.at_once(jobs))
        self.assertIsInstance(lost, OnlineRefused)
        self.assertEqual(lost.step, "when")
        self.assertIn("has just been taken", str(lost))

    def test_customer_and_advisor_take_the_last_slot(self):
        slot = self.slot.replace(hour=3)
        [advisor] = self.bookings([slot])
        customer = partial(self.book_online, PHONES[0], slot)
        lost = self.assert_one_got_it(slot, self.at_once([customer, advisor]))
        # either is told in words of their own
        self.assertIsInstance(lost, (OnlineRefused, BookingRefused))
        self.assertRegex(str(lost), "has just been taken|11:30")

    def test_one_customer_taps_twice_and_has_one_booking(self):
        slot = self.slot.replace(hour=4)
        taps = [partial(self.book_online, PHONES[1], slot, key="twice")] * 2
        first, second = self.at_once(taps)
        self.assertIsInstance(first, int)
        self.assertEqual(first, second)
        self.assertEqual(self.booked(slot), [first])

    def test_one_phone_holds_two_however_many_ask_at_once(self):
        slots = [self.slot.replace(hour=hour) for hour in (5, 6, 7)]
        jobs = [partial(self.book_online, PHONES[2], slot) for slot in slots]
        results = self.at_once(jobs)
        self.assertEqual(sum(isinstance(one, int) for one in results), 2, results)
        [lost] = [one for one in results if not isinstance(one, int)]
        self.assertIn("already have 2 open", str(lost))
