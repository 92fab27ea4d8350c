"""Working hours that are edited, bad, or of another zone."""

from datetime import date, timedelta
from random import Random
from zoneinfo import ZoneInfo

from freezegun import freeze_time
from pytz import utc

from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tools import mute_logger

from odoo.addons.dealer_complaint.models.clock.resource_calendar import ClockSource

from ...complaint_common import cn
from .test_sla_retarget import SlaRetargetCase


class TestSlaHours(SlaRetargetCase):
    # -- working hours edited -------------------------------------------------

    def test_holiday_moves_running_timers_of_that_calendar_only(self):
        complaints = [self.received(cn(2, 16, 40)) for _number in range(3)]
        stopped = self.received(cn(2, 16, 40))
        with freeze_time(cn(2, 16, 50)):
            self.make_contact(stopped)
        elsewhere = self.make_calendar(name="Elsewhere")
        self.contact_target.copy(
            {
                "policy_id": self.env["dealer.sla.policy"]
                .create({"name": "e", "source": "media", "sequence": 1})
                .id,
                "calendar_id": elsewhere.id,
            }
        )
        other = self.received(cn(2, 16, 40), source="media")
        with freeze_time(cn(2, 17)):
            self.holiday(3, calendar_id=self.calendar.id)
        self.replan(cn(2, 17, 1))
        for complaint in complaints:
            self.assertEqual(self.timer(complaint).date_deadline, cn(4, 9, 10))
            self.assertEqual(complaint.sla_deadline, cn(4, 9, 10))
        self.assertEqual(self.timer(stopped).date_deadline, cn(3, 9, 10))
        self.assertEqual(self.timer(other).date_deadline, cn(3, 9, 10))

    def test_opening_hours_and_time_zone_move_running_timers(self):
        complaint = self.received(cn(2, 16, 40))
        tuesday = self.calendar.attendance_ids.filtered(
            lambda a: a.dayofweek == "1" and a.day_period == "morning"
        )
        tuesday.hour_from = 9
        self.replan(cn(2, 17))
        self.assertEqual(self.timer(complaint).date_deadline, cn(3, 10, 10))
        self.calendar.tz = "Asia/Tokyo"
        self.replan(cn(2, 17))
        # Tokyo is an hour ahead: closed since 16:30 Shanghai time
        self.assertEqual(self.timer(complaint).date_deadline, cn(3, 10))

    def test_other_service_hours_of_the_company_move_its_running_timers(self):
        complaint = self.received(cn(2, 16, 40))
        self.company.dealer_calendar_id = self.make_calendar(tz="Asia/Tokyo")
        self.replan(cn(2, 17))
        self.assertEqual(self.timer(complaint).date_deadline, cn(3, 9))

    def test_edit_queues_one_row_however_many_timers_run(self):
        self.env["dealer.sla.replan"].search([]).unlink()
        for _number in range(3):
            self.received()
        self.holiday(3)
        self.holiday(4)
        self.assertEqual(self.env["dealer.sla.replan"].search_count([]), 1)

    def test_breach_made_untrue_by_a_corrected_holiday_is_rescinded(self):
        complaint = self.received(cn(2, 16, 40))
        self.run_engine(cn(3, 9, 10, 1))
        timer = self.timer(complaint)
        self.assertTrue(timer.is_breach_recorded)
        with freeze_time(cn(3, 9, 30)):
            self.holiday(3)
        self.replan(cn(3, 9, 31))
        self.assertEqual(timer.date_deadline, cn(4, 9, 10))
        self.assertEqual(
            self.kinds(timer), ["warned", "breached", "escalated", "rescinded"]
        )
        with freeze_time(cn(3, 10)):
            timer.invalidate_recordset()
            self.assertFalse(timer.is_breached)
        self.run_engine(cn(4, 9, 10, 1))
        self.assertEqual(self.kinds(timer).count("breached"), 2)

    def test_holiday_of_another_company_or_of_one_employee_is_nothing(self):
        other = self.env["res.company"].create({"name": "Other shop"})
        resource = self.env["resource.resource"].create(
            {"name": "Wang", "calendar_id": self.calendar.id}
        )
        foreign = self.holiday(3).with_company(other)
        foreign._compute_company_id()
        self.assertEqual(foreign.company_id, other)
        self.holiday(3, resource_id=resource.id)
        for user in (self.env.user, self.handler):
            complaint = self.received(cn(2, 16, 40)).with_user(user)
            self.assertEqual(self.timer(complaint).date_deadline, cn(3, 9, 10))

    def test_overlapping_holidays_count_once(self):
        self.holiday(3)
        self.holiday(3, 4)
        self.assertEqual(
            self.timer(self.received(cn(2, 16, 40))).date_deadline, cn(5, 9, 10)
        )

    def test_make_up_sunday_is_worked_like_a_monday(self):
        self.env["dealer.workday"].create({"date": date(2026, 3, 8)})
        self.assertEqual(
            self.timer(self.received(cn(7, 16, 40))).date_deadline, cn(8, 9, 10)
        )

    def test_public_holidays_of_china_are_filled_in_once(self):
        Workday = self.env["dealer.workday"]
        self.assertEqual(
            Workday._fill_public_holidays([2025, 2026, 2100]), [2025, 2026]
        )
        days = Workday.search_count([])
        leaves = self.env["resource.calendar.leaves"].search_count([])
        self.assertIn(date(2026, 2, 14), Workday.search([]).mapped("date"))
        Workday._fill_public_holidays([2025, 2026])
        self.assertEqual(Workday.search_count([]), days)
        self.assertEqual(self.env["resource.calendar.leaves"].search_count([]), leaves)
        # 14 February 2026, a Saturday, is worked before the Spring Festival
        with freeze_time(cn(date(2026, 2, 14), 16, 40)):
            complaint = self.make_complaint()
        self.assertEqual(
            self.timer(complaint).date_deadline, cn(date(2026, 2, 24), 9, 10)
        )

    def test_holiday_until_a_second_before_midnight_leaks_nothing(self):
        self.calendar.attendance_ids = [
            Command.clear(),
            *(
                Command.create(
                    {
                        "name": str(day),
                        "dayofweek": str(day),
                        "hour_from": 0,
                        "hour_to": 24,
                        "day_period": "full_day",
                    }
                )
                for day in range(7)
            ),
        ]
        self.contact_target.amount = 72
        complaint = self.received()
        self.assertEqual(self.timer(complaint).date_deadline, cn(5, 9))
        self.holiday(3)
        self.replan(cn(2, 10))
        self.assertEqual(self.timer(complaint).date_deadline, cn(6, 9))

    def test_two_week_calendar_alternates(self):
        Attendance = self.env["resource.calendar.attendance"]
        monday = date(2026, 3, 2)
        this_week = Attendance.get_week_type(monday)
        calendar = self.make_calendar(name="Alternating")
        calendar.switch_calendar_type()
        calendar.attendance_ids.filtered(
            lambda a: (
                a.week_type == str(1 - this_week)
                and a.dayofweek == "0"
                and not a.display_type
            )
        ).unlink()
        self.company.dealer_calendar_id = calendar
        # the Monday of the other week is closed
        self.assertEqual(
            self.timer(self.received(cn(7, 16, 40))).date_deadline, cn(10, 9, 10)
        )
        self.assertEqual(
            self.timer(self.received(cn(14, 16, 40))).date_deadline, cn(16, 9, 10)
        )

    # -- bad working hours ----------------------------------------------------

    def test_hours_without_fixed_times_are_refused_when_configured(self):
        empty = self.env["resource.calendar"].create(
            {"name": "Empty", "attendance_ids": [Command.clear()]}
        )
        flexible = self.env["resource.calendar"].create(
            {"name": "Flexible", "flexible_hours": True}
        )
        for calendar in (empty, flexible):
            with self.subTest(calendar.name), self.assertRaises(ValidationError):
                self.contact_target.calendar_id = calendar
            with self.subTest(calendar.name), self.assertRaises(ValidationError):
                self.company.dealer_calendar_id = calendar
        with self.assertRaises(ValidationError):
            self.calendar.attendance_ids = [Command.clear()]
        with self.assertRaises(ValidationError):
            self.calendar.attendance_ids.unlink()
        with self.assertRaises(ValidationError):
            self.calendar.flexible_hours = True

    def test_hours_nobody_is_timed_by_may_be_emptied(self):
        unused = self.make_calendar(name="Unused")
        unused.attendance_ids.unlink()
        unused.flexible_hours = True
        self.assertFalse(unused._dealer_is_usable())

    def test_intake_works_whatever_the_working_hours(self):
        self.env.cr.execute("DELETE FROM resource_calendar_attendance")
        self.env.invalidate_all()
        complaint = self.received()
        self.assertEqual(self.timer(complaint).date_deadline, cn(2, 11))
        self.assertTrue(self.timer(complaint, "feedback").date_deadline)

    @mute_logger("odoo.addons.dealer_complaint.models.clock.resource_calendar")
    def test_years_of_holidays_do_not_stop_intake(self):
        self.holiday(date(2026, 1, 1), date(2040, 1, 1))
        self.assertTrue(self.timer(self.received()).date_deadline)

    # -- one instant everywhere ---------------------------------------------------

    def test_same_instant_for_every_user_and_time_zone(self):
        expected = cn(3, 9, 10)
        self.handler.tz = "Europe/Berlin"
        for env in (
            self.env,
            self.env(user=self.handler),
            self.env(
                context={"employee_timezone": "America/New_York", "tz": "Asia/Tokyo"}
            ),
        ):
            with freeze_time(cn(2, 16, 40)):
                complaint = env["dealer.complaint"].create(
                    {"subject": "x", "partner_id": self.customer.id}
                )
            self.assertEqual(self.timer(complaint).date_deadline, expected)

    def test_clock_says_what_plan_hours_says(self):
        """``resource.calendar.plan_hours`` is the slow peer: the same answers."""
        random = Random(4)
        self.holiday(9, 10, calendar_id=self.calendar.id)
        self.holiday(18, calendar_id=self.calendar.id)
        calendars = [
            self.calendar,
            self.make_calendar(tz="Europe/Berlin", days=5),
            self.make_calendar(tz="America/New_York", days=7),
        ]
        domain = [("time_type", "=", "leave"), ("company_id", "=", self.company.id)]
        for calendar in calendars:
            source = ClockSource(self.env)
            for _case in range(70):
                start = cn(2) + timedelta(minutes=random.randrange(40 * 24 * 60))
                hours = random.randrange(1, 400) / 4
                expected = calendar.plan_hours(
                    hours,
                    start.replace(tzinfo=utc),
                    compute_leaves=True,
                    domain=domain,
                )
                got = source.reckon(
                    calendar,
                    self.company.id,
                    start,
                    lambda clock, start=start, hours=hours: clock.add(
                        start, int(hours * 3600)
                    ),
                )
                # the peer counts in floats
                self.assertAlmostEqual(
                    got,
                    expected.astimezone(utc).replace(tzinfo=None),
                    delta=timedelta(milliseconds=1),
                    msg=(calendar.tz, start, hours),
                )

    def test_hours_follow_the_wall_clock_when_the_time_changes(self):
        berlin = ZoneInfo("Europe/Berlin")
        self.company.dealer_calendar_id = self.make_calendar(tz="Europe/Berlin")
        complaint = self.received(cn(date(2026, 3, 28), 23, 40))  # 16:40 in Berlin
        deadline = self.timer(complaint).date_deadline.replace(tzinfo=ZoneInfo("UTC"))
        self.assertEqual(deadline.astimezone(berlin).strftime("%d %H:%M"), "30 09:10")
