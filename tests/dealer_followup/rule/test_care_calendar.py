"""Rules, activities and expected work by day on one calendar."""

from datetime import date

from odoo.exceptions import UserError
from odoo.tests import users
from odoo.tools import SQL

from ...activity_common import ActivityCase, cn


class TestCareCalendar(ActivityCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rule = cls.make_rule("manual", name="Autumn")
        cls.other_rule = cls.make_rule("manual", name="Winter")

    def entries(self, kind, first=date(2026, 3, 1), last=date(2026, 3, 31), user=None):
        self.env.flush_all()
        rows = self.env["dealer.care.calendar"].with_user(user or self.care_manager)
        return rows.search(
            [
                ("kind", "=", kind),
                ("date_start", "<=", last),
                ("date_stop", ">=", first),
                ("company_id", "in", [self.company.id, False]),
            ]
        )

    def test_open_calls_are_counted_by_day_and_rule(self):
        for _number in range(2):
            self.make_task(self.rule)
        self.make_task(self.other_rule)
        self.make_task(self.rule, due_date=date(2026, 3, 3))
        self.make_task(self.rule).action_cancel()
        self.make_task(self.rule, channel="letter")
        self.company.dealer_minutes_per_call = 6
        found = {
            (row.date_start.day, row.rule_id): (row.quantity, row.hours)
            for row in self.entries("calls")
        }
        self.assertEqual(
            found,
            {
                (2, self.rule): (2, 0.2),
                (2, self.other_rule): (1, 0.1),
                (3, self.rule): (1, 0.1),
            },
        )

    def test_services_expected_are_counted_by_day(self):
        before = sum(self.entries("service").mapped("quantity"))
        cars = self.make_owner(1) + self.make_owner(2) + self.make_owner(3)
        for car, day in zip(cars, (5, 5, 6), strict=True):
            car.write(
                {"next_service_date": date(2026, 3, day), "next_service_odometer": 0}
            )
        cars[2].owner_id = False
        rows = self.entries("service")
        self.assertEqual(sum(rows.mapped("quantity")) - before, 2)

    def test_an_activity_stands_on_the_days_of_the_shop(self):
        # from 00:30 of the 9th to 23:30 of the 10th in Shanghai
        activity = self.make_activity(date_start=cn(9, 0, 30), date_end=cn(10, 23, 30))
        self.make_activity(name="Called off").action_cancel()
        row = self.entries("activity")
        self.assertEqual(row.activity_id, activity)
        self.assertEqual(
            (row.date_start, row.date_stop), (date(2026, 3, 9), date(2026, 3, 10))
        )
        self.assertEqual(row.name, activity.name)
        # it is seen on its second day as well
        self.assertEqual(
            self.entries("activity", date(2026, 3, 10), date(2026, 3, 10)), row
        )

    def test_ids_name_one_entry_each(self):
        for rule in (self.rule, self.other_rule):
            for day in (2, 3):
                self.make_task(rule, due_date=date(2026, 3, day))
        self.make_activity()
        rows = self.entries("calls") + self.entries("activity")
        self.assertEqual(len(set(rows.ids)), 5)
        self.assertLess(max(rows.ids), 2**53)

    @users("caller")
    def test_an_entry_opens_what_stands_behind_it(self):
        tasks = self.make_task(self.rule) + self.make_task(self.rule)
        activity = self.make_activity()
        self.vehicle.next_service_date = date(2026, 3, 5)
        calendar = self.env["dealer.care.calendar"]
        action = calendar.action_open_entry("calls", "2026-03-02", self.rule.id)
        found = self.Followup.search(action["domain"])
        self.assertEqual(found, tasks)
        action = calendar.action_open_entry(
            "activity", "2026-03-09", False, activity.id
        )
        self.assertEqual(action["res_id"], activity.id)
        action = calendar.action_open_entry("service", "2026-03-05")
        cars = self.env["fleet.vehicle"].search(action["domain"])
        self.assertIn(self.vehicle, cars)
        with self.assertRaises(UserError):
            calendar.action_open_entry("nonsense", "2026-03-05")

    def test_the_days_that_are_shown_reach_the_indexes(self):
        """Of years of cars and tasks only those of the shown days are read."""
        self._multiply(self.make_task(self.rule), "due_date", "anchor_key")
        self.vehicle.next_service_date = date(2026, 3, 5)
        self.vehicle.vin_sn = False
        self._multiply(self.vehicle, "service_due_date", "plate_key")
        query = self.env["dealer.care.calendar"]._search(
            [
                ("date_start", "<=", date(2026, 3, 31)),
                ("date_stop", ">=", date(2026, 3, 1)),
            ]
        )
        plan = self.env.execute_query(SQL("EXPLAIN %s", query.select()))
        text = "\n".join(row[0] for row in plan)
        for column in ("due_date", "service_due_date"):
            with self.subTest(column=column):
                self.assertRegex(text, rf"Index Cond: .*\b{column} <= '2026-03-31'")

    def _multiply(self, record, column, key):
        """Twenty thousand copies of the row, one on each day before the last of March.

        With few rows every index costs the same and the planner takes any.
        """
        self.env.flush_all()
        table = SQL.identifier(record._table)
        self.env.cr.execute(
            SQL(
                """INSERT INTO %(table)s
                   SELECT (jsonb_populate_record(row, jsonb_build_object(
                       'id', nextval(pg_get_serial_sequence(%(name)s, 'id')),
                       %(column)s, DATE '2026-03-31' - number,
                       %(key)s, 'copy,' || number
                   ))).*
                   FROM %(table)s AS row, generate_series(1, 20000) AS number
                   WHERE row.id = %(id)s""",
                table=table,
                name=record._table,
                column=column,
                key=key,
                id=record.id,
            )
        )
        self.env.cr.execute(SQL("ANALYZE %s", table))
