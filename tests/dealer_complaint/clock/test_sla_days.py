"""Days that the law and the factory count: those of the country, not of the shop."""

from datetime import date

from freezegun import freeze_time

from odoo.fields import Command

from ...complaint_common import HOURS, DealerComplaintCase, cn


class TestSlaDays(DealerComplaintCase):
    def open_on(self, *weekdays):
        """The shop opens on these days of the week (0 is Monday)."""
        self.calendar.attendance_ids = [
            Command.clear(),
            *(
                Command.create(
                    {
                        "name": f"{day} {period}",
                        "dayofweek": str(day),
                        "hour_from": start,
                        "hour_to": end,
                        "day_period": period,
                    }
                )
                for day in weekdays
                for start, end, period in HOURS
            ),
        ]

    def close(self, first, last, calendar):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Closed",
                "company_id": self.company.id,
                "calendar_id": calendar and calendar.id,
                "date_from": cn(first),
                "date_to": cn(last, 23, 59, 59),
            }
        )

    def case(self, received, **values):
        with freeze_time(received):
            return self.env["dealer.external.case"].create(
                {
                    "complaint_id": self.make_complaint(user_id=False).id,
                    "number": f"{received}",
                    "date_received": received,
                    **values,
                }
            )

    # -- authority and factory ---------------------------------------------

    def test_authority_works_monday_to_friday_whenever_the_shop_opens(self):
        due = cn(date(2026, 11, 25), 17, 30)
        for weekdays in (range(7), range(6), range(5), (1, 2, 3, 4, 5, 6)):
            with self.subTest(weekdays):
                self.open_on(*weekdays)
                case = self.case(cn(date(2026, 11, 16), 10))
                self.assertEqual(case.date_due, due)
                case.action_withdraw()
                case.number = False

    def test_shop_that_closes_for_a_week_does_not_stop_the_authority(self):
        self.close(date(2026, 11, 17), date(2026, 11, 24), self.calendar)
        self.assertEqual(
            self.case(cn(date(2026, 11, 16), 10)).date_due,
            cn(date(2026, 11, 25), 17, 30),
        )

    def test_last_day_on_which_the_shop_is_closed_ends_at_midnight(self):
        # opened Tuesday to Sunday; the seventh day is a Monday
        self.open_on(1, 2, 3, 4, 5, 6)
        self.assertEqual(
            self.case(cn(date(2026, 11, 19), 10)).date_due,
            cn(date(2026, 11, 30), 23, 59, 59),
        )

    def test_national_holiday_and_make_up_days_count_without_being_entered(self):
        # closed 1 to 7 October; Sunday 20 September and Saturday 10 October are worked,
        # 25 to 27 September are the Mid-Autumn Festival
        self.assertEqual(
            self.case(cn(date(2026, 9, 18), 10)).date_due,
            cn(date(2026, 9, 29), 17, 30),
        )
        self.assertEqual(
            self.case(cn(date(2026, 9, 30), 10)).date_due,
            cn(date(2026, 10, 15), 17, 30),
        )

    def test_holiday_of_an_unpublished_year_is_entered_without_working_hours(self):
        # 1 May 2028 is a Monday; nobody has published it yet
        self.close(date(2028, 5, 1), date(2028, 5, 3), None)
        self.env["dealer.workday"].create({"date": date(2028, 5, 6)})
        # 27 and 28 April, the 4th, the 5th, Saturday the 6th, the 8th and the 9th
        self.assertEqual(
            self.case(cn(date(2028, 4, 26), 10)).date_due,
            cn(date(2028, 5, 9), 17, 30),
        )

    def test_holidays_of_china_are_none_elsewhere(self):
        self.company.country_id = self.env.ref("base.de")
        self.assertEqual(
            self.case(cn(date(2026, 9, 30), 10)).date_due,
            cn(date(2026, 10, 9), 17, 30),
        )

    def test_day_is_that_of_the_official_time(self):
        # 00:30 on the 17th in Beijing is still the 16th on the shop's clock
        self.calendar.tz = "UTC"
        case = self.case(cn(date(2026, 11, 17), 0, 30))
        self.assertEqual(case.date_due.date(), date(2026, 11, 26))

    def test_factory_answers_by_working_days_of_the_country(self):
        self.open_on(1, 2, 3, 4, 5, 6)
        with freeze_time(cn(date(2026, 11, 19), 10)):  # a Thursday
            report = self.env["dealer.manufacturer.report"].create(
                {
                    "name": "Stalls",
                    "complaint_id": self.make_complaint().id,
                    "description": "It stalls",
                    "contact": "Region East",
                }
            )
            report.action_send()
        self.assertEqual(report.date_due, cn(date(2026, 11, 24), 17, 30))

    def test_target_with_hours_of_its_own_counts_those(self):
        target = self.env.ref("dealer_complaint.sla_target_external")
        target.calendar_id = self.make_calendar(days=7)
        self.assertEqual(
            self.case(cn(date(2026, 11, 16), 10)).date_due,
            cn(date(2026, 11, 23), 17, 30),
        )

    # -- legal days --------------------------------------------------------

    def feedback_due(self, received):
        with freeze_time(received):
            return self.timer(self.make_complaint(), "feedback").date_deadline

    def test_legal_days_end_on_a_working_day_on_which_the_shop_is_closed(self):
        self.open_on(1, 2, 3, 4, 5, 6)
        # Friday + 3 = Monday
        self.assertEqual(self.feedback_due(cn(6, 9)), cn(9, 23, 59, 59))

    def test_legal_days_end_on_a_day_off_on_which_the_shop_is_open(self):
        # Wednesday + 3 = Saturday: nobody waits longer than business goes on
        self.assertEqual(self.feedback_due(cn(4, 9)), cn(7, 17, 30))

    def test_legal_days_roll_over_a_day_off_of_shop_and_country(self):
        # Thursday + 3 = Sunday
        self.assertEqual(self.feedback_due(cn(5, 9)), cn(9, 17, 30))
