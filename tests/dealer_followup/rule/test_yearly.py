"""Festivals, birthdays by the lunar calendar and birthdays of cars."""

from datetime import date, timedelta

import chinese_calendar
from freezegun import freeze_time
from psycopg2.errors import CheckViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import users
from odoo.tools import mute_logger

from odoo.addons.dealer_followup.tools import care_days, lunar

from ...followup_common import DealerFollowupCase, cn

# Hong Kong Observatory, Gregorian-Lunar Calendar Conversion Table of each year: the
# first day of the first month, the fifteenth of the eighth.
PUBLISHED = {
    2020: (date(2020, 1, 25), date(2020, 10, 1)),
    2021: (date(2021, 2, 12), date(2021, 9, 21)),
    2022: (date(2022, 2, 1), date(2022, 9, 10)),
    2023: (date(2023, 1, 22), date(2023, 9, 29)),
    2024: (date(2024, 2, 10), date(2024, 9, 17)),
    2025: (date(2025, 1, 29), date(2025, 10, 6)),
    2026: (date(2026, 2, 17), date(2026, 9, 25)),
    2027: (date(2027, 2, 6), date(2027, 9, 15)),
    2028: (date(2028, 1, 26), date(2028, 10, 3)),
    2029: (date(2029, 2, 13), date(2029, 9, 22)),
    2030: (date(2030, 2, 3), date(2030, 9, 12)),
}


class YearlyCase(DealerFollowupCase):
    @classmethod
    def make_yearly(cls, source, **values):
        values = {"purpose": "greeting", "offset_days": 0, "expire_days": 3, **values}
        return cls.make_rule(source, **values)

    def grade(self, letter):
        """As the visits of the customer would."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE fleet_vehicle SET customer_class = %s WHERE id = %s",
            (letter, self.vehicle.id),
        )
        self.vehicle.invalidate_recordset(["customer_class"])

    def nights(self, rule, first, days):
        """How many follow-ups the nights from ``first`` on create."""
        return sum(
            self.run_rules(cn(first + timedelta(days=number), 2), rule)
            for number in range(days)
        )


class TestLunarDays(YearlyCase):
    def test_days_are_those_that_are_published(self):
        for year, (spring, autumn) in PUBLISHED.items():
            with self.subTest(year=year):
                self.assertEqual(lunar.day_of_lunar(year, 1, 1), spring)
                self.assertEqual(lunar.day_of_lunar(year, 8, 15), autumn)

    def test_government_gives_these_days_off(self):
        """The State Council's lists, by another library."""
        names = {(1, 1): "Spring Festival", (8, 15): "Mid-autumn Festival"}
        for year in range(2008, 2027):
            for (month, day), name in names.items():
                with self.subTest(year=year, name=name):
                    kept = lunar.day_of_lunar(year, month, day)
                    off, why = chinese_calendar.get_holiday_detail(kept)
                    # of two festivals in one holiday it names the other
                    self.assertTrue(off)
                    self.assertIn(why, (name, "National Day"))

    def test_there_and_back(self):
        day = date(1995, 1, 1)
        while day < date(2060, 1, 1):
            found = lunar.lunar_day(day)
            if found:
                year, month, number, days = found
                self.assertLessEqual(number, days)
                self.assertEqual(lunar.day_of_lunar(year, month, number), day)
            day += timedelta(days=1)

    def test_years_that_nobody_has_reckoned_are_no_error(self):
        self.assertIsNone(lunar.lunar_day(date(2150, 1, 1)))
        self.assertIsNone(lunar.day_of_lunar(2150, 1, 1))

    def test_every_birthday_is_kept_once_in_each_year(self):
        """Of both calendars, in any order of nights."""
        kept = care_days.birthdays(date(2020, 1, 1), date(2040, 12, 31))
        seen = {}
        for key, day, year in kept:
            self.assertNotIn((key, year), seen)
            seen[key, year] = day
        for year in range(2021, 2040):
            for key in (10101, 10630, 10815, 11230, 229, 1231):
                name = care_days.year_name(key, year)
                with self.subTest(key=key, year=name):
                    self.assertEqual(
                        seen[key, name], care_days.birthday_named(key, name)
                    )


class TestLunarBirthday(YearlyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.make_yearly("birthday")

    def keep(self, month, day):
        self.customer.write(
            {"birthday_lunar_month": str(month), "birthday_lunar_day": str(day)}
        )

    def test_greeted_on_the_lunar_day(self):
        self.keep(8, 15)
        self.assertEqual(self.nights(self.rule, date(2026, 9, 20), 10), 1)
        self.assertEqual(self.tasks(self.rule).due_date, date(2026, 9, 25))

    def test_it_goes_before_the_civil_one(self):
        self.customer.birthday = date(1970, 9, 21)
        self.keep(8, 15)
        self.nights(self.rule, date(2026, 9, 20), 10)
        self.assertEqual(self.tasks(self.rule).due_date, date(2026, 9, 25))

    def test_two_in_one_civil_year_are_two(self):
        """A lunar year has 354 or 384 days: its last months move through January."""
        self.keep(12, 5)
        days = [
            day
            for key, day, _year in care_days.birthdays(
                date(2025, 1, 1), date(2025, 12, 31)
            )
            if key == 11205
        ]
        self.assertEqual(days, [date(2025, 1, 4)])
        self.keep(11, 15)
        days = [
            day
            for key, day, _year in care_days.birthdays(
                date(2025, 1, 1), date(2026, 1, 31)
            )
            if key == 11115
        ]
        self.assertEqual(days, [date(2026, 1, 3)])
        for day in (date(2026, 1, 2), date(2026, 12, 22)):
            self.nights(self.rule, day, 4)
        self.assertEqual(
            self.tasks(self.rule).mapped("due_date"),
            [date(2026, 1, 3), date(2026, 12, 23)],
        )

    def test_leap_month_greets_nobody_twice(self):
        self.keep(6, 8)  # 2025 has two sixth months
        self.assertEqual(self.nights(self.rule, date(2025, 6, 25), 45), 1)
        self.assertEqual(self.tasks(self.rule).due_date, date(2025, 7, 2))

    def test_thirtieth_of_a_short_month(self):
        self.keep(12, 30)
        self.assertEqual(self.nights(self.rule, date(2026, 2, 14), 6), 1)
        self.assertEqual(self.tasks(self.rule).due_date, date(2026, 2, 16))

    def test_told_that_it_is_a_lunar_one_the_greeting_moves(self):
        self.rule.window_days = 7
        self.customer.birthday = date(1980, 9, 22)
        self.run_rules(cn(date(2026, 9, 20), 2), self.rule)
        self.keep(8, 15)
        self.run_rules(cn(date(2026, 9, 21), 2), self.rule)
        civil, kept = self.tasks(self.rule)
        self.assertEqual((civil.state, civil.close_reason), ("cancelled", "cause_gone"))
        self.assertEqual((kept.state, kept.due_date), ("todo", date(2026, 9, 25)))

    def test_half_a_day_is_none(self):
        with self.assertRaises(ValidationError):
            self.customer.birthday_lunar_month = "8"

    def test_forgotten_with_the_person(self):
        self.keep(8, 15)
        self.env["fleet.vehicle"].browse(self.vehicle.id).owner_id = self.make_partner(
            name="新车主", phone="13900003333"
        )
        self.customer.sudo().action_anonymise_customer()
        self.assertFalse(self.customer.birthday_lunar_month)
        self.assertFalse(self.customer.birthday_key)


class TestFestival(YearlyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.spring = cls.env.ref("dealer_followup.festival_spring")
        cls.rule = cls.make_yearly(
            "festival", festival_id=cls.spring.id, offset_days=-7, expire_days=6
        )

    def test_customers_are_greeted_before_the_festival_once(self):
        twin = self.make_vehicle(license_plate="皖B·A2001")
        self.assertEqual(twin.owner_id, self.customer)
        self.assertEqual(self.nights(self.rule, date(2027, 1, 25), 20), 1)
        self.assertRecordValues(
            self.tasks(self.rule),
            [
                {
                    "partner_id": self.customer.id,
                    "vehicle_id": False,
                    "due_date": date(2027, 1, 30),
                    "expire_date": date(2027, 2, 5),
                }
            ],
        )
        self.assertEqual(self.nights(self.rule, date(2028, 1, 15), 20), 1)

    def test_who_owns_no_chosen_car_is_not_greeted(self):
        self.make_partner(name="过客", phone="13900002222")
        self.rule.segment_ids = self.env.ref("dealer_followup.segment_a")
        self.grade("b")
        self.assertEqual(self.nights(self.rule, date(2027, 1, 25), 20), 0)
        self.grade("a")
        self.assertEqual(self.nights(self.rule, date(2028, 1, 15), 20), 1)

    def test_withdrawn_greetings_are_respected(self):
        self.consent("withdrawn", purpose="greeting")
        self.nights(self.rule, date(2027, 1, 25), 20)
        self.assertEqual(self.tasks(self.rule).state, "suppressed")

    def test_another_festival_is_another_greeting(self):
        self.rule.window_days = 10
        self.run_rules(cn(date(2027, 1, 21), 2), self.rule)
        self.rule.festival_id = self.env["dealer.festival"].create(
            {"name": "车友节", "calendar": "civil", "month": 2, "day": 9}
        )
        self.run_rules(cn(date(2027, 1, 25), 2), self.rule)
        self.assertRecordValues(
            self.tasks(self.rule),
            [
                {"state": "cancelled", "due_date": date(2027, 1, 30)},
                {"state": "todo", "due_date": date(2027, 2, 2)},
            ],
        )

    def test_corrected_festival_moves_the_greeting(self):
        feast = self.env["dealer.festival"].create(
            {"name": "车友节", "calendar": "civil", "month": 2, "day": 9}
        )
        self.rule.write({"festival_id": feast.id, "window_days": 10})
        self.run_rules(cn(date(2027, 1, 25), 2), self.rule)
        feast.day = 11
        self.run_rules(cn(date(2027, 1, 26), 2), self.rule)
        self.assertEqual(self.tasks(self.rule).due_date, date(2027, 2, 4))
        feast.active = False
        self.run_rules(cn(date(2027, 1, 27), 2), self.rule)
        self.assertEqual(self.tasks(self.rule).close_reason, "cause_gone")

    @freeze_time("2026-03-02 02:00:00")
    def test_calendar_foresees_it(self):
        self.company.dealer_outlook_days = 366
        rows = self.env["dealer.care.calendar"].with_user(self.care_manager)
        [row] = rows.search([("kind", "=", "to_come"), ("rule_id", "=", self.rule.id)])
        self.assertEqual((row.date_start, row.quantity), (date(2027, 1, 30), 1))

    @freeze_time("2026-03-02 02:00:00")
    def test_list_shows_the_next_day(self):
        self.assertEqual(self.spring.next_date, date(2027, 2, 6))
        self.spring.calendar = "civil"
        self.assertEqual(self.spring.next_date, date(2027, 1, 1))

    def test_rule_needs_its_festival(self):
        with self.assertRaises(ValidationError):
            self.rule.festival_id = False

    def test_no_day_that_never_comes(self):
        for values in ({"month": 13}, {"day": 0}, {"day": 31, "calendar": "lunar"}):
            with (
                self.subTest(values=values),
                mute_logger("odoo.sql_db"),
                self.assertRaises(CheckViolation),
                self.cr.savepoint(),
            ):
                self.spring.write(values)
                self.spring.flush_recordset()

    def test_used_one_is_archived(self):
        with self.assertRaisesRegex(UserError, "Archive it"):
            self.spring.unlink()

    @users("caller")
    def test_callers_read_festivals_and_change_none(self):
        festival = self.spring.with_env(self.env)
        self.assertEqual(festival.month, 1)
        with self.assertRaises(AccessError):
            festival.day = 2

    def test_shipped_rules_greet_regular_customers(self):
        for name, days in (
            ("spring_festival", (date(2027, 1, 25), date(2027, 1, 30))),
            ("mid_autumn", (date(2027, 9, 10), date(2027, 9, 12))),
        ):
            rule = self.env.ref(f"dealer_followup.care_rule_{name}")
            rule.active = True
            with self.subTest(name=name):
                until = (days[1] - days[0]).days + 1
                self.grade("b")
                self.assertEqual(self.nights(rule, days[0], until), 0)
                self.grade("a")
                self.assertEqual(self.nights(rule, days[0], until), 1)
                task = self.tasks(rule)
                self.assertEqual(task.due_date, days[1])
                with freeze_time(cn(days[1], 10)):
                    self.assertIn("wish you", self.open_sheet(task).script)


class TestCarBirthday(YearlyCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.make_yearly("car_birthday")
        cls.vehicle.sale_date = date(2024, 3, 4)

    def test_each_year_after_the_hand_over(self):
        for year in (2025, 2026):
            self.assertEqual(self.nights(self.rule, date(year, 3, 1), 8), 1)
            task = self.tasks(self.rule)[-1]
            self.assertRecordValues(
                task,
                [
                    {
                        "vehicle_id": self.vehicle.id,
                        "partner_id": self.customer.id,
                        "due_date": date(year, 3, 4),
                    }
                ],
            )

    def test_shipped_rule_thanks_for_the_years(self):
        rule = self.env.ref("dealer_followup.care_rule_car_birthday")
        rule.active = True
        self.grade("b")
        self.assertEqual(self.nights(rule, date(2026, 3, 1), 4), 1)
        with freeze_time(cn(4, 10)):
            sheet = self.open_sheet(self.tasks(rule))
        self.assertIn("03/04/2024", sheet.script)

    def test_not_on_the_day_of_the_hand_over(self):
        self.vehicle.sale_date = date(2026, 3, 4)
        self.assertEqual(self.nights(self.rule, date(2026, 3, 1), 8), 0)

    def test_29_february(self):
        self.vehicle.sale_date = date(2024, 2, 29)
        self.assertEqual(self.nights(self.rule, date(2026, 2, 25), 8), 1)
        self.assertEqual(self.tasks(self.rule).due_date, date(2026, 2, 28))

    def test_who_bought_it_used_is_not_congratulated(self):
        self.rule.window_days = 7
        self.run_rules(cn(date(2026, 3, 1), 2), self.rule)
        self.assertEqual(self.tasks(self.rule).state, "todo")
        with freeze_time(cn(date(2026, 3, 1), 10)):
            self.vehicle.owner_id = self.make_partner(name="李芳", phone="13900004444")
        self.run_rules(cn(date(2026, 3, 2), 2), self.rule)
        self.assertEqual(self.tasks(self.rule).mapped("state"), ["cancelled"])

    def test_corrected_day_moves_the_call(self):
        self.rule.window_days = 7
        self.run_rules(cn(date(2026, 3, 1), 2), self.rule)
        self.vehicle.sale_date = date(2024, 3, 6)
        self.run_rules(cn(date(2026, 3, 2), 2), self.rule)
        self.assertRecordValues(
            self.tasks(self.rule), [{"state": "todo", "due_date": date(2026, 3, 6)}]
        )

    def test_day_is_found_by_its_index(self):
        # cars of ten years, so that the day's index is worth more than the sale's
        self.env.flush_all()
        self.env.cr.execute(
            """INSERT INTO fleet_vehicle
            SELECT (jsonb_populate_record(v, jsonb_build_object(
                'id', nextval('fleet_vehicle_id_seq'),
                'vin_key', NULL, 'plate_key', NULL,
                'sale_date', DATE '2016-01-01' + number
            ))).*
            FROM fleet_vehicle v, generate_series(1, 3650) number WHERE v.id = %s""",
            [self.vehicle.id],
        )
        self.env.cr.execute("ANALYZE fleet_vehicle")
        self.env.cr.execute(
            """EXPLAIN SELECT FROM (VALUES (304)) AS kept(key) JOIN fleet_vehicle v
            ON (date_part('month', v.sale_date) * 100 + date_part('day', v.sale_date))
                = kept.key AND v.sale_date IS NOT NULL"""
        )
        plan = " ".join(row[0] for row in self.env.cr.fetchall())
        self.assertIn("sale_anniversary_idx", plan)
