"""What the booking page does not give away, and what it costs.

Another shop's page, packages, people and cars; a robot; and as many queries for a busy
shop as for an empty one.
"""

from odoo.exceptions import ValidationError
from odoo.tests import tagged

from ..booking.booking_common import shanghai
from .online_common import KEY, PHONE, OnlineCase


class OtherShopCase(OnlineCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop = cls.env["res.company"].create({"name": "合肥奇瑞"})
        cls.shop.write(
            {
                "dealer_calendar_id": cls.company.dealer_calendar_id.copy().id,
                "dealer_tz": "Asia/Shanghai",
                "dealer_online_booking": True,
                "dealer_online_token": "a-link-of-the-other-shop",
                "dealer_online_share": 100,
            }
        )
        cls.there = f"/book/{cls.shop.dealer_online_token}"


@tagged("standard", "post_install", "-at_install")
class TestOtherShop(OtherShopCase):
    def test_what_was_proven_here_is_not_proven_there(self):
        self.choose()
        key = self.key(self.prove())
        page = self.send("book", self.there, key=key, plate="皖B·T8899", name="陈一")
        self.assertNotIn("/b/", page.url)
        self.assertIn("合肥奇瑞", page.text)
        page = self.open(f"{self.there}?step=check")
        self.assertNotIn('name="key"', page.text)
        self.assertFalse(self.bookings())

    def test_code_that_was_sent_here_is_of_no_use_there(self):
        self.choose()
        self.send("code", phone=PHONE, agree="yes")
        code = self.codes[-1][1]
        self.send("what", self.there, wish="异响", stay="wait")
        page = self.send("prove", self.there, code=code)
        self.assertNotIn('name="key"', page.text)

    def test_key_of_a_booking_opens_it_on_the_page_of_its_shop_alone(self):
        page = self.choose()
        page = self.prove()
        key = self.key(page)
        own = self.book(page)
        self.assertIn("/b/", own.url)
        page = self.send("book", self.there, key=key)
        self.assertNotIn("/b/", page.url)
        self.assertNotIn("T8899", page.text)

    def test_packages_people_and_cars_of_another_shop_are_nobodys(self):
        package = self.package.copy({"company_id": self.shop.id, "name": "别家套餐"})
        self.shop.dealer_online_package_ids = package
        stranger = self.make_vehicle(
            license_plate="皖A·S0001",
            owner_id=self.customer.id,
            company_id=self.shop.id,
        )
        self.assertNotIn("别家套餐", self.open().text)
        page = self.send("what", package=package.id, advisor=self.manager.id)
        self.assertIn("Choose a package", self.told(page))
        self.choose(wish="异响", advisor=self.env.ref("base.user_admin").id)
        # the phone of the customer shows the cars of this shop, not of that one
        page = self.prove(self.customer.phone)
        self.assertIn("皖B·A1234", page.text)
        self.assertNotIn("S0001", page.text)
        self.book(page, vehicle=stranger.id, plate="", name="")
        visit = self.bookings().reception_id
        self.assertEqual(visit.company_id, self.company)
        self.assertFalse(visit.package_id)
        self.assertNotEqual(visit.vehicle_id, stranger)
        self.assertFalse(visit.advisor_id)

    def test_who_guesses_a_link_learns_nothing(self):
        here, nothing = self.open(self.there), self.open("/book/no-such-link")
        self.assertEqual((here.status_code, nothing.status_code), (200, 404))
        self.shop.dealer_online_booking = False
        closed = self.open(self.there)
        self.assertEqual(closed.status_code, 404)
        self.assertEqual(closed.text, nothing.text)


@tagged("standard", "post_install", "-at_install")
class TestRobot(OnlineCase):
    def test_a_program_that_sends_all_forms_books_nothing(self):
        """It follows every form with what it finds, and has no telephone."""
        self.choose()
        for step, data in (
            ("book", {"key": "x", "plate": "皖B·T8899", "name": "陈一"}),
            ("prove", {"code": "000000"}),
            ("code", {"phone": PHONE, "agree": "yes", "website": "x"}),
            (
                "book",
                {"key": "x", "plate": "皖B·T8899", "name": "陈一", "agree": "yes"},
            ),
        ):
            self.send(step, **data)
        self.assertFalse(self.bookings())
        self.assertFalse(self.codes)

    def test_wrong_codes_of_a_stranger_take_no_try_from_who_waits(self):
        self.choose()
        self.send("code", phone=PHONE, agree="yes")
        right = self.codes[-1][1]
        phones = self.env["dealer.booking.phone"]
        for _guess in range(20):
            self.assertEqual(phones._check_code(KEY, "another browser", right), "wrong")
        self.assertIn('name="key"', self.send("prove", code=right).text)

    def test_hours_of_the_settings_have_an_end(self):
        for name in ("dealer_online_notice", "dealer_online_change_hours"):
            for hours in (-1, 721, 1e9):
                with self.subTest(f"{name} {hours}"):
                    words = "between 0 and 720|50 years at most"
                    with self.assertRaisesRegex(ValidationError, words):
                        self.company[name] = hours

    def test_who_guesses_codes_needs_a_new_one_each_five(self):
        """A new code ends the guessing at the old one, and five a day are all."""
        self.choose()
        self.send("code", phone=PHONE, agree="yes")
        right = self.codes[-1][1]
        guesses = [f"{number:06d}" for number in range(7) if f"{number:06d}" != right]
        for guess in guesses[:6]:
            page = self.send("prove", code=guess)
            self.assertNotIn('name="key"', page.text)
        page = self.send("prove", code=right)
        self.assertNotIn('name="key"', page.text)
        self.assertEqual(len(self.codes), 1)


@tagged("standard", "post_install", "-at_install")
class TestCostOfPages(OnlineCase):
    def cost(self, path):
        """Queries of a page, once everything that is kept in memory is there."""
        self.open(path)
        self.env.flush_all()
        before = self.env.cr.sql_log_count
        self.assertEqual(self.open(path).status_code, 200)
        return self.env.cr.sql_log_count - before

    def grow(self):
        """A week of bookings, and more cars of the customer."""
        for day in (3, 4, 5, 6):
            for hour in (9, 11, 14):
                number = day * 100 + hour
                self.make_reception(
                    vehicle_id=self.make_vehicle(license_plate=f"皖B·Q{number:04d}").id,
                    date_appointment=shanghai(day, hour),
                )
        for number in range(4):
            self.make_vehicle(license_plate=f"皖B·C000{number}")
        self.env.flush_all()
        self.env.invalidate_all()

    def test_a_busy_shop_costs_no_more_queries(self):
        page = self.choose()
        self.prove(self.customer.phone)
        self.assertTrue(page)
        paths = [f"{self.base}?step={step}" for step in ("what", "when", "check")]
        before = {path: self.cost(path) for path in paths}
        self.grow()
        after = {path: self.cost(path) for path in paths}
        for path in paths:
            with self.subTest(path):
                self.assertLessEqual(after[path], before[path])

    def test_own_page_costs_no_more_queries(self):
        page = self.book(slot=4)
        link = page.url.split("?")[0].split("/b/")[1]
        paths = [f"/b/{link}", f"/b/{link}?step=move"]
        before = {path: self.cost(path) for path in paths}
        self.grow()
        after = {path: self.cost(path) for path in paths}
        for path in paths:
            with self.subTest(path):
                self.assertLessEqual(after[path], before[path])
