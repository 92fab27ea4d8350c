"""The calls to come by day, without creating them, beside the callers' hours."""

from datetime import date, timedelta

from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.tests import users

from ...followup_common import DealerFollowupCase, cn


class TestOutlook(DealerFollowupCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(cn(2, 10)))
        cls.company.dealer_outlook_days = 60
        cls.insurance = cls.make_rule("insurance", offset_days=-10)
        cls.vehicle.insurance_expiry = date(2026, 3, 30)

    def rows(self, kind="to_come", user=None):
        self.env.flush_all()
        self.env.invalidate_all()  # as in the next request
        rows = self.env["dealer.care.calendar"].with_user(user or self.care_manager)
        return rows.search([("kind", "=", kind), ("company_id", "=", self.company.id)])

    def found(self):
        return {(row.rule_id, row.date_start): row.quantity for row in self.rows()}

    def cars(self, count, **values):
        return [
            self.make_vehicle(
                owner_id=self.make_partner(phone=f"139 0553 {number:04}").id,
                license_plate=f"皖B·V{number:04}",
                company_id=self.company.id,
                **values,
            )
            for number in range(count)
        ]

    def test_what_comes_is_what_the_nights_create(self):
        """The oracle is the generator itself, run night after night."""
        service = self.make_rule(
            "next_service", offset_days=-14, avoid_closed_days=True, window_days=2
        )
        inactive = self.make_rule("inactive", offset_months=6, offset_days=0)
        for number, car in enumerate(self.cars(12)):
            car.next_service_date = date(2026, 3, 14) + timedelta(days=5 * number)
            car.last_reception_date = date(2025, 9, 1) + timedelta(days=3 * number)
        rules = self.insurance + service + inactive
        foreseen = self.found()
        self.assertTrue(foreseen)
        for day in range(2, 63):
            moment = cn(date(2026, 3, 1) + timedelta(days=day - 1), 2)
            self.run_rules(moment, rules)
        today = date(2026, 3, 2)
        created = {}
        for task in (
            self.tasks(self.insurance) + self.tasks(service) + self.tasks(inactive)
        ):
            # those of the planning time stand on the list already
            if task.due_date > today + timedelta(days=task.rule_id.window_days):
                key = (task.rule_id, task.due_date)
                created[key] = created.get(key, 0) + 1
        late = date(2026, 4, 27)
        self.assertEqual(
            {key: n for key, n in foreseen.items() if key[1] <= late},
            {key: n for key, n in created.items() if key[1] <= late},
        )

    def test_nothing_is_created(self):
        self.assertEqual(self.found(), {(self.insurance, date(2026, 3, 20)): 1})
        self.assertFalse(self.tasks(self.insurance))

    def test_what_is_on_the_list_is_not_to_come(self):
        self.insurance.window_days = 30
        self.run_rules(cn(2, 2), self.insurance)
        self.assertTrue(self.tasks(self.insurance))
        self.assertFalse(self.rows())

    def test_who_cannot_be_called_is_not_to_come(self):
        for name in ("is_phone_wrong", "no_care"):
            with self.subTest(name=name):
                self.customer[name] = True
                foreseen = self.found()
                self.customer[name] = False
                # who wants no calls is suppressed on the day, as the generator does
                self.assertEqual(bool(foreseen), name == "no_care")

    def test_letters_and_rounds_are_no_calls(self):
        self.insurance.channel = "letter"
        self.make_rule("manual")
        self.assertFalse(self.rows())

    def test_no_farther_than_the_shop_looks(self):
        self.company.dealer_outlook_days = 17
        self.assertFalse(self.rows())
        self.company.dealer_outlook_days = 18
        self.assertEqual(len(self.rows()), 1)
        self.company.dealer_outlook_days = 0
        self.assertFalse(self.rows() + self.rows("callers"))
        for days in (-1, 367):
            with self.subTest(days=days), self.assertRaises(ValidationError):
                self.company.dealer_outlook_days = days

    def test_a_shop_sees_its_own_calls(self):
        other = self.env["res.company"].create({"name": "二店"})
        foreign = self.make_caller(
            "foreign",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        calendar = self.env["dealer.care.calendar"].with_user(foreign)
        self.assertFalse(calendar.search([("company_id", "=", self.company.id)]))
        self.assertFalse(calendar.search([("kind", "=", "to_come")]))
        action = calendar.action_open_entry("to_come", "2026-03-20", self.insurance.id)
        self.assertFalse(self.env["fleet.vehicle"].search(action["domain"]))

    @users("caller")
    def test_an_entry_opens_the_cars(self):
        calendar = self.env["dealer.care.calendar"]
        action = calendar.action_open_entry("to_come", "2026-03-20", self.insurance.id)
        cars = self.env["fleet.vehicle"].search(action["domain"])
        self.assertEqual(cars.ids, self.vehicle.ids)

    def test_hours_are_those_of_callers_while_customers_may_be_called(self):
        self.company.dealer_call_hours = "09:00-11:00"
        callers = 2  # without the manager, who only plans
        tuesday = self.rows("callers").filtered(
            lambda row: row.date_start == date(2026, 3, 3)
        )
        self.assertEqual((tuesday.quantity, tuesday.hours), (callers, 2.0 * callers))
        # he is on leave in the morning of the day after
        resource = self.env["resource.resource"].create(
            {
                "name": "Caller",
                "user_id": self.caller.id,
                "company_id": self.company.id,
                "calendar_id": self.company._dealer_calendar().id,
            }
        )
        self.env["resource.calendar.leaves"].create(
            {
                "resource_id": resource.id,
                "company_id": self.company.id,
                "calendar_id": self.company._dealer_calendar().id,
                "date_from": cn(4, 8),
                "date_to": cn(4, 10),
            }
        )
        rows = {row.date_start: row for row in self.rows("callers")}
        self.assertEqual(rows[date(2026, 3, 4)].hours, 2.0 * callers - 1.0)
        # Sunday
        self.assertNotIn(date(2026, 3, 8), rows)
