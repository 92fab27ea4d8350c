"""Born on 29 February, sold on 31 August: each greeted and called once a year."""

from datetime import date, timedelta

from .care_story import CareStory


class TestLeapDay(CareStory):
    codes = ("birthday", "inactive_6")

    def nights(self, first, last):
        for day in range((last - first).days + 1):
            self.night(first + timedelta(days=day))

    def test_a_birthday_on_29_february(self):
        self.customer.birthday = date(1984, 2, 29)
        rule = self.rules["birthday"]
        for year, day in ((2027, 28), (2028, 29)):
            self.nights(date(year, 2, 26), date(year, 3, 2))
            with self.subTest(year=year):
                greeting = self.tasks(rule)[-1:]
                self.assertEqual(greeting.due_date, date(year, 2, day))
        self.assertEqual(len(self.tasks(rule)), 2)

    def test_six_months_after_31_august_is_the_end_of_february(self):
        self.company.dealer_marketing_needs_consent = False
        self.rules["inactive_6"].avoid_closed_days = False
        visit = self.make_past_visit(date(2026, 8, 31))
        self.assertEqual(visit.date_delivered.date(), date(2026, 8, 31))
        self.nights(date(2027, 2, 26), date(2027, 3, 2))
        task = self.tasks(self.rules["inactive_6"])
        self.assertEqual(len(task), 1)
        self.assertEqual(task.due_date, date(2027, 2, 28))
