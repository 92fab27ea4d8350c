"""The guide asks a new shop for its zone, hours, holidays, staff and bays."""

from datetime import date, datetime

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import Form, new_test_user

from ...common import DealerServiceCase


class TestShopGuide(DealerServiceCase):
    """A shop in Germany that Odoo gave UTC; ``boss`` manages it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        companies = cls.env["res.company"].with_context(tz="UTC")
        cls.shop = companies.create(
            {"name": "Autohaus", "country_id": cls.env.ref("base.de").id}
        )
        cls.boss = cls.make_boss("boss")

    @classmethod
    def make_boss(cls, login, groups="dealer_service.group_dealer_service_manager"):
        return new_test_user(
            cls.env,
            login=login,
            groups=groups,
            tz="Europe/Berlin",
            company_id=cls.shop.id,
            company_ids=[Command.set(cls.shop.ids)],
        )

    def guide(self, step, user=None, **values):
        guides = self.env["dealer.shop.guide"].with_user(user or self.boss)
        return guides.with_context(default_step=step).create(values)

    def save(self, step, **values):
        """What follows the step: the key of the next one, or nothing."""
        action = self.guide(step, **values).action_save()
        return action.get("context", {}).get("default_step")

    # -- proposals

    def test_guide_begins_with_the_first_step_that_is_open(self):
        guide = self.env["dealer.shop.guide"].with_user(self.boss).create({})
        self.assertEqual(guide.step, "zone")
        guide.action_save()
        guide = self.env["dealer.shop.guide"].with_user(self.boss).create({})
        self.assertEqual(guide.step, "hours")

    def test_zone_is_proposed_by_the_country(self):
        self.boss.tz = False
        self.assertEqual(self.guide("zone").tz, "Europe/Berlin")
        self.shop.country_id = self.env.ref("base.cn")
        self.assertEqual(self.guide("zone").tz, "Asia/Shanghai")

    def test_zone_and_country_are_proposed_by_the_browser(self):
        self.shop.country_id = False
        guide = self.guide("zone")
        self.assertEqual((guide.tz, guide.country_id.code), ("Europe/Berlin", "DE"))

    def test_zone_of_the_browser_goes_before_the_first_of_the_country(self):
        self.shop.country_id = self.env.ref("base.us")
        self.boss.tz = "America/Los_Angeles"
        self.assertEqual(self.guide("zone").tz, "America/Los_Angeles")

    def test_another_country_proposes_another_zone(self):
        with Form(self.env["dealer.shop.guide"].with_user(self.boss)) as form:
            form.country_id = self.env.ref("base.jp")
            self.assertEqual(form.tz, "Asia/Tokyo")

    def test_hours_are_proposed_as_they_are(self):
        guide = self.guide("hours")
        self.assertEqual((guide.open_from, guide.open_to), (8.0, 17.0))
        self.assertEqual((guide.break_from, guide.break_to), (12.0, 13.0))
        self.assertTrue(guide.on_friday)
        self.assertFalse(guide.on_saturday)
        self.assertFalse(guide.has_own_hours)

    # -- steps

    def test_zone_is_chosen(self):
        self.assertEqual(self.save("zone", tz="Europe/Vienna"), "hours")
        self.assertEqual(self.shop.dealer_tz, "Europe/Vienna")

    def test_hours_become_those_of_the_service_department_alone(self):
        self.save("zone")
        employees = self.shop.resource_calendar_id
        before = employees.attendance_ids.mapped("hour_from")
        following = self.save("hours", on_saturday=True, open_from=7.5, has_break=False)
        self.assertEqual(following, "holidays")
        hours = self.shop.dealer_calendar_id
        self.assertNotEqual(hours, employees)
        self.assertEqual(employees.attendance_ids.mapped("hour_from"), before)
        self.assertEqual(set(hours.attendance_ids.mapped("hour_from")), {7.5})
        self.assertEqual(hours.tz, "Europe/Berlin")
        saturday = datetime(2026, 3, 7), datetime(2026, 3, 8)
        self.assertEqual(
            list(self.shop._dealer_opening(*saturday)),
            [(datetime(2026, 3, 7, 6, 30), datetime(2026, 3, 7, 16, 0))],
        )

    def test_hours_that_differ_by_day_are_kept(self):
        lines = self.shop.resource_calendar_id.attendance_ids
        lines.filtered(lambda line: line.dayofweek == "4")[-1].hour_to = 15
        self.assertTrue(self.guide("hours").keeps_hours)
        self.save("hours")
        kept = self.shop.dealer_calendar_id.attendance_ids
        self.assertEqual(
            sorted(kept.mapped("hour_to")), sorted(lines.mapped("hour_to"))
        )

    def test_impossible_hours_are_refused(self):
        for values in (
            {"open_from": 18},
            {"break_from": 7},
            {"open_to": 25},
            {f"on_{day}": False for day in "monday tuesday wednesday".split()}
            | {"on_thursday": False, "on_friday": False},
        ):
            with self.subTest(values), self.assertRaises(UserError):
                self.save("hours", **values)
        self.assertFalse(self.shop.dealer_calendar_id)

    def test_holidays_are_entered_by_hand(self):
        self.save("zone")
        easter = {"name": "Easter", "date_from": "2027-03-26", "date_to": "2027-03-29"}
        self.assertEqual(
            self.save("holidays", holiday_ids=[Command.create(easter)]), "staff"
        )
        self.assertEqual(self.shop.dealer_holidays_until, 2027)
        leave = self.env["resource.calendar.leaves"].search(
            [("company_id", "=", self.shop.id), ("name", "=", "Easter")]
        )
        self.assertEqual(leave.date_from, datetime(2027, 3, 25, 23, 0), "in Berlin")

    def test_new_year_is_proposed_and_a_holiday_has_an_end(self):
        [day] = self.guide("holidays").holiday_ids
        self.assertEqual((day.date_from.month, day.date_from.day), (1, 1))
        day.date_to = date(2020, 1, 1)
        with self.assertRaises(UserError):
            day.guide_id.action_save()

    def test_technicians_are_entered_with_and_without_a_user(self):
        mechanic = self.make_boss(
            "mechanic", "dealer_service.group_dealer_service_technician"
        )
        rows = [
            Command.create({"user_id": mechanic.id, "role": "technician"}),
            Command.create({"name": "Uwe", "role": "technician"}),
        ]
        for _twice in range(2):
            self.save("staff", staff_ids=rows)
        found = self.env["resource.resource"].search(
            [("company_id", "=", self.shop.id), ("dealer_role", "=", "technician")]
        )
        self.assertEqual(set(found.mapped("name")), {mechanic.name, "Uwe"})
        self.assertEqual(len(found), 2, "each once")
        self.assertFalse(found.calendar_id, "by the hours of the shop")

    def test_staff_that_has_a_role_is_proposed(self):
        [row] = self.guide("staff").staff_ids
        self.assertEqual((row.user_id, row.role), (self.boss, "manager"))

    def test_administrator_gives_roles(self):
        admin = self.make_boss(
            "admin_too",
            "dealer_service.group_dealer_service_manager,base.group_erp_manager",
        )
        clerk = self.make_boss("clerk", "base.group_user")
        rows = [Command.create({"user_id": clerk.id, "role": "advisor"})]
        with self.assertRaises(UserError):
            self.guide("staff", staff_ids=rows).action_save()
        self.assertFalse(clerk.has_group("dealer_service.group_dealer_service_user"))
        self.guide("staff", admin, staff_ids=rows).action_save()
        self.assertTrue(clerk.has_group("dealer_service.group_dealer_service_user"))

    def test_user_of_another_shop_is_no_staff_of_this_one(self):
        rows = [Command.create({"user_id": self.technician.id, "role": "technician"})]
        with self.assertRaises(UserError):
            self.save("staff", staff_ids=rows)

    def test_bays_are_numbered(self):
        self.save("bays", bay_count=3)
        self.save("bays", bay_count=4)
        bays = self.env["resource.resource"].search(
            [("company_id", "=", self.shop.id), ("dealer_role", "=", "bay")]
        )
        self.assertEqual(
            sorted(bays.mapped("name")), ["Bay 1", "Bay 2", "Bay 3", "Bay 4"]
        )
        with self.assertRaises(UserError):
            self.save("bays", bay_count=0)

    # -- leaving and ending

    def test_step_is_skipped_and_stays_open(self):
        action = self.guide("hours").action_skip()
        self.assertEqual(action["context"], {"default_step": "holidays"})
        self.assertIn("hours", self.shop._dealer_open_steps())

    def test_guide_ends_by_itself(self):
        self.save("zone")
        self.save("hours")
        self.save("holidays")
        self.save("staff", staff_ids=[Command.create({"name": "Uwe"})])
        self.assertIsNone(self.save("bays"))
        self.assertEqual(self.shop._dealer_open_steps(), ())
        home = self.env["dealer.home"].with_user(self.boss)
        self.assertIsNone(home.get_home("service")["guide"])

    def test_guide_is_ended_by_the_manager_but_not_without_a_zone(self):
        with self.assertRaises(UserError):
            self.guide("hours").action_finish()
        self.save("zone")
        self.guide("hours").action_finish()
        self.assertEqual(self.shop._dealer_open_steps(), ())

    def test_guide_is_about_one_shop(self):
        before = self.company._dealer_open_steps()
        self.save("zone")
        self.save("bays")
        self.assertEqual(self.company._dealer_open_steps(), before)

    # -- rights

    def test_roles_of_the_staff_are_proposed_to_managers_alone(self):
        guides = self.env["dealer.shop.guide"]
        with self.assertRaises(AccessError):
            guides.with_user(self.advisor).default_get(["staff_ids"])
        proposed = guides.with_user(self.boss).default_get(["staff_ids"])
        self.assertIn("staff_ids", proposed)

    def test_only_managers_set_up_a_shop(self):
        for model in ("", ".holiday", ".staff"):
            guides = self.env["dealer.shop.guide" + model].with_user(self.advisor)
            with self.assertRaises(AccessError):
                guides.create({})

    # -- after the installation

    def test_home_opens_after_an_installation_from_apps(self):
        todo = self.env.ref("dealer_service.ir_actions_todo_home")
        todo.state = "open"
        action = self.env["ir.module.module"].next()
        self.assertEqual(action["url"], "/odoo/service-home")
        self.assertEqual(todo.state, "done", "once")
