"""The time zone of a shop is chosen by somebody: Odoo's UTC is nobody's choice."""

import importlib.util
from datetime import date

from odoo.exceptions import AccessError

from odoo.addons.dealer_service.hooks import enter_holidays

from ...common import DealerServiceCase
from ...test_conventions import ROOT


class TestShopZone(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop = cls.make_shop("Fresh shop")

    @classmethod
    def make_shop(cls, name, country="CN"):
        """A company as Odoo makes it where nobody told it a zone."""
        companies = cls.env["res.company"].with_context(tz="UTC")
        return companies.create(
            {"name": name, "country_id": cls.env.ref(f"base.{country.lower()}").id}
        )

    def holidays(self):
        return self.env["resource.calendar.leaves"].search(
            [("company_id", "=", self.shop.id), ("resource_id", "=", False)]
        )

    # -- chosen

    def test_utc_of_new_working_hours_is_not_chosen(self):
        self.assertFalse(self.shop.dealer_tz)
        self.assertFalse(self.shop._dealer_has_zone())

    def test_zone_that_is_chosen_is_that_of_the_opening_hours(self):
        self.shop.dealer_tz = "Europe/Berlin"
        self.assertEqual(self.shop.resource_calendar_id.tz, "Europe/Berlin")
        self.assertEqual(self.shop._dealer_tz().zone, "Europe/Berlin")
        self.assertTrue(self.shop._dealer_has_zone())

    def test_zone_of_the_opening_hours_is_the_one_that_was_chosen(self):
        self.shop.resource_calendar_id.tz = "Europe/Berlin"
        self.assertEqual(self.shop.dealer_tz, "Europe/Berlin")
        self.assertTrue(self.shop._dealer_has_zone())

    def test_browser_that_first_signs_in_abroad_tells_no_zone(self):
        admin = self.env.ref("base.user_admin")
        self.assertFalse(admin.login_date)
        hours = self.env.ref("resource.resource_calendar_std")
        shop = self.make_shop("Autohaus", "DE")
        self.company.search([]).dealer_calendar_id = shop.resource_calendar_id
        hours.tz = "UTC"
        shop.write({"resource_calendar_id": hours.id, "dealer_calendar_id": hours.id})
        for zone, expected in (("Asia/Shanghai", False), ("Europe/Vienna",) * 2):
            with self.subTest(zone):
                admin.with_user(admin).tz = zone
                self.assertEqual(shop.dealer_tz, expected)
        self.assertEqual(admin.tz, "Europe/Vienna")
        # what somebody enters himself is chosen
        hours.tz = "Asia/Shanghai"
        self.assertEqual(shop.dealer_tz, "Asia/Shanghai")

    def test_zone_of_whoever_creates_a_shop_abroad_is_not_chosen(self):
        companies = self.env["res.company"].with_context(tz="Europe/Brussels")
        for country, zone in (("cn", False), ("de", "Europe/Brussels")):
            shop = companies.create(
                {"name": country, "country_id": self.env.ref(f"base.{country}").id}
            )
            self.env.flush_all()
            self.env.invalidate_all()
            self.assertEqual(shop.resource_calendar_id.tz, "Europe/Brussels")
            self.assertEqual(shop.dealer_tz, zone)
            self.assertEqual(shop._dealer_has_zone(), bool(zone))

    def test_foreign_zone_that_was_there_at_installation_is_not_chosen(self):
        self.shop.resource_calendar_id.tz = "Europe/Brussels"
        enter_holidays(self.env)
        self.assertFalse(self.shop.dealer_tz)
        self.shop.dealer_tz = "Europe/Brussels"
        self.assertTrue(self.shop._dealer_has_zone(), "chosen, however strange")

    def test_utc_may_be_chosen(self):
        self.shop.dealer_tz = "UTC"
        self.env.flush_all()
        self.env.invalidate_all()
        self.assertEqual(self.shop.dealer_tz, "UTC")
        self.assertTrue(self.shop._dealer_has_zone())

    def test_other_opening_hours_in_utc_are_asked_about_again(self):
        self.shop.dealer_tz = "Europe/Berlin"
        self.shop.dealer_calendar_id = self.env["resource.calendar"].create(
            {"name": "Night", "tz": "UTC", "company_id": self.shop.id}
        )
        self.assertFalse(self.shop._dealer_has_zone())

    def test_hours_that_were_left_in_utc_follow(self):
        other, there = self.env["resource.calendar"].create(
            [
                {"name": "Part-time", "tz": "UTC", "company_id": self.shop.id},
                {"name": "Office", "tz": "Asia/Tokyo", "company_id": self.shop.id},
            ]
        )
        self.shop.dealer_tz = "Europe/Berlin"
        self.assertEqual(other.tz, "Europe/Berlin")
        self.assertEqual(there.tz, "Asia/Tokyo")

    def test_shop_with_the_hours_of_another_gets_its_own(self):
        second = self.make_shop("Second shop")
        second.resource_calendar_id = self.shop.resource_calendar_id
        second.dealer_tz = "Europe/Berlin"
        self.assertFalse(self.shop.dealer_tz)
        self.assertEqual(second._dealer_tz().zone, "Europe/Berlin")
        self.assertEqual(second._dealer_calendar().company_id, second)

    def test_shop_of_an_existing_database_has_the_zone_of_its_hours(self):
        """The upgrade computes the new field."""
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_company SET dealer_tz = NULL")
        self.env.invalidate_all()
        shops = self.company | self.shop
        self.env.add_to_compute(shops._fields["dealer_tz"], shops)
        self.assertEqual(shops.mapped("dealer_tz"), ["Asia/Shanghai", False])

    # -- what begins with it

    def test_holidays_are_entered_at_installation(self):
        enter_holidays(self.env)
        self.assertEqual(self.company.dealer_holidays_until, 2026)
        days = self.env["dealer.workday"].search([("company_id", "=", self.company.id)])
        self.assertIn(date(2026, 2, 14), days.mapped("date"))
        self.assertFalse(self.holidays(), "not in a zone that nobody has chosen")

    def test_holidays_are_entered_once_the_zone_is_chosen(self):
        self.shop.dealer_tz = "Asia/Shanghai"
        self.assertIn("National Day", self.holidays().mapped("name"))

    def test_holidays_are_entered_once_the_hours_say_the_zone(self):
        self.shop.resource_calendar_id.tz = "Asia/Shanghai"
        self.assertIn("National Day", self.holidays().mapped("name"))

    def test_holidays_of_china_are_no_holidays_elsewhere(self):
        shop = self.make_shop("Autohaus", country="DE")
        shop.dealer_tz = "Europe/Berlin"
        self.assertFalse(shop.dealer_holidays_until)

    # -- the home

    def home(self, user, app="service"):
        home = self.env["dealer.home"].with_user(user).with_company(self.shop)
        return home.get_home(app)["guide"]

    def test_home_says_that_the_zone_is_missing(self):
        (self.advisor | self.manager).company_ids |= self.shop
        self.assertFalse(self.home(self.advisor)["has_zone"])
        self.assertFalse(self.home(self.advisor)["is_manager"])
        self.assertTrue(self.home(self.manager)["is_manager"])
        self.shop.dealer_tz = "Europe/Berlin"
        self.assertIsNone(self.home(self.advisor))

    def test_home_of_a_manager_lists_what_is_missing(self):
        self.manager.company_ids |= self.shop
        self.shop.dealer_tz = "Asia/Shanghai"
        steps = {step["key"]: step["done"] for step in self.home(self.manager)["steps"]}
        self.assertEqual(
            steps,
            {
                "zone": True,
                "hours": False,
                "holidays": True,
                "staff": False,
                "bays": False,
            },
        )

    def test_shop_that_was_at_work_before_is_not_asked(self):
        self.make_reception()
        self.env.flush_all()
        path = ROOT / "dealer_service/migrations/19.0.1.3.0/post-guide.py"
        spec = importlib.util.spec_from_file_location("post_guide", path)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        script.migrate(self.env.cr, "19.0.1.2.0")
        self.env.invalidate_all()
        self.assertTrue(self.company.dealer_guide_closed)
        self.assertFalse(self.shop.dealer_guide_closed)

    def test_only_administrators_write_the_zone_of_a_company(self):
        with self.assertRaises(AccessError):
            self.company.with_user(self.manager).dealer_tz = "Europe/Berlin"
