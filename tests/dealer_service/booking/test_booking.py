"""A booking holds a slot and technician-hours, or is refused with a way out."""

from datetime import date, datetime, timedelta

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from odoo.addons.dealer_service.models.booking.dealer_reception_capacity import (
    BookingRefused,
)

from .booking_common import BookingCase, shanghai


class TestSlots(BookingCase):
    def assert_refused(self, code, date, **values):
        with self.assertRaises(BookingRefused) as caught:
            self.book(date, **values)
        self.assertEqual(caught.exception.code, code)
        return str(caught.exception)

    def test_slots_follow_the_service_hours_without_lunch(self):
        book = self.company._dealer_book(date(2026, 3, 2), date(2026, 3, 2))
        starts = [slot.start for slot in book.slots]
        self.assertEqual(len(starts), 14)
        self.assertEqual(starts[0], shanghai(2, 9))
        self.assertEqual(starts[5:7], [shanghai(2, 11, 30), shanghai(2, 13)])
        self.assertEqual(book.days[0].capacity, 14.0)

    def test_two_advisors_receive_two_cars_per_slot(self):
        self.book(shanghai(2, 9))
        self.book(shanghai(2, 9))
        text = self.assert_refused("slot_full", shanghai(2, 9))
        self.assertIn("09:30", text)
        self.assertNotIn("09:00,", text.split("\n")[1])

    def test_managers_receive_no_cars_unless_they_are_all_there_is(self):
        self.company.dealer_advisor_ids = False
        advisors = self.company._dealer_advisors()
        self.assertIn(self.advisor, advisors)
        self.assertNotIn(self.manager, advisors)
        group = self.env.ref("dealer_service.group_dealer_service_manager")
        (advisors - self.manager).write({"group_ids": [Command.link(group.id)]})
        self.assertIn(self.manager, self.company._dealer_advisors())

    def test_an_advisor_receives_one_car_per_slot(self):
        self.book(shanghai(2, 9), advisor_id=self.advisor.id)
        self.assert_refused("advisor_full", shanghai(2, 9), advisor_id=self.advisor.id)
        self.book(shanghai(2, 9), advisor_id=self.advisor2.id)

    def test_lunch_night_and_weekend_are_closed(self):
        self.assert_refused("closed", shanghai(2, 12, 30))
        self.assert_refused("closed", shanghai(2, 20))
        self.assert_refused("closed", shanghai(7, 10))

    def test_holiday_is_closed_and_the_next_day_offered(self):
        self.make_leave(shanghai(3, 8), shanghai(4, 8) - timedelta(hours=8, seconds=1))
        text = self.assert_refused("closed", shanghai(3, 10))
        self.assertIn("4", text.split("\n")[1])
        self.book(shanghai(4, 10))

    def test_holiday_of_another_company_closes_nothing(self):
        other = self.env["res.company"].create({"name": "Another Shop"})
        self.make_leave(
            shanghai(3, 8), shanghai(3, 20), calendar_id=False, company_id=other.id
        ).company_id = other
        self.book(shanghai(3, 10))

    def test_past_slot_is_refused_to_an_advisor_but_corrected_by_a_manager(self):
        past = shanghai(2, 8) - timedelta(days=3)
        self.assert_refused("past", past)
        manager = self.env(user=self.manager)
        self.assertTrue(self.book(past, env=manager).date_appointment)

    def test_technician_hours_limit_the_day(self):
        self.book(shanghai(2, 9), planned_hours=7.0)
        self.book(shanghai(2, 9, 30), planned_hours=6.0)
        text = self.assert_refused("hours", shanghai(2, 10), planned_hours=2.0)
        self.assertIn("have 1 of 14 bookable hours left", text)
        self.book(shanghai(2, 10), planned_hours=1.0)

    def test_work_that_fits_into_a_day_is_not_offered_over_night(self):
        self.book(shanghai(2, 9), planned_hours=7.0)
        self.book(shanghai(2, 9, 30), planned_hours=6.0)
        offers = self.company._dealer_free_slots(shanghai(2, 10), 2.0)
        self.assertEqual(offers[0], shanghai(3, 9))
        self.assertNotIn(
            shanghai(3, 15, 30),
            self.company._dealer_free_slots(shanghai(3, 15), 2.0, limit=3),
        )
        offers = self.company._dealer_free_slots(shanghai(3, 15), 9.0)
        self.assertEqual(offers[0], shanghai(3, 15))

    def test_reserves_and_utilisation_are_kept_back(self):
        self.company.write(
            {
                "dealer_utilisation": 50.0,
                "dealer_reserve_walkin_hours": 3.0,
                "dealer_reserve_supplement_hours": 2.0,
            }
        )
        self.book(shanghai(2, 9), planned_hours=2.0)
        self.assert_refused("hours", shanghai(2, 10), planned_hours=0.5)

    def test_walk_ins_use_their_reserve_before_they_take_bookable_hours(self):
        self.company.dealer_reserve_walkin_hours = 10.0
        walkin = self.make_reception(state="arrived", planned_hours=10.0)
        self.assertEqual(walkin.planned_hours, 10.0)
        self.book(shanghai(2, 9), planned_hours=3.0)
        walkin.planned_hours = 11.0
        self.assert_refused("hours", shanghai(2, 10), planned_hours=1.0)

    def test_technician_on_leave_takes_his_hours_with_him(self):
        self.make_leave(shanghai(2, 8), shanghai(2, 20), self.technicians[0])
        self.book(shanghai(2, 9), planned_hours=6.5)
        self.assert_refused("hours", shanghai(2, 10), planned_hours=1.0)

    def test_technician_without_hours_of_his_own_is_away_as_long_as_his_leave(self):
        self.technicians[0].calendar_id = False
        self.make_leave(shanghai(2, 9), shanghai(2, 12), self.technicians[0])
        day = self.Reception.get_booking_day("2026-03-02")
        self.assertEqual(day["capacity"]["presence"], 11.0)

    def test_advisor_on_leave_receives_nobody(self):
        resource = self.make_resource("advisor", user_id=self.advisor.id)
        self.make_leave(shanghai(2, 8), shanghai(2, 12), resource)
        self.assert_refused("advisor_away", shanghai(2, 9), advisor_id=self.advisor.id)
        self.book(shanghai(2, 9))
        self.assert_refused("slot_full", shanghai(2, 9))
        self.book(shanghai(2, 14), advisor_id=self.advisor.id)

    def test_shop_without_technicians_books_hours_without_limit_and_says_so(self):
        self.technicians.unlink()
        self.book(shanghai(2, 9), planned_hours=40.0)
        warnings = self.Reception.get_booking_day("2026-03-02")["warnings"]
        self.assertIn("No technicians", warnings[0])

    def test_shop_without_fixed_hours_says_where_to_set_them(self):
        # past the settings, which refuse such hours
        self.env.cr.execute(
            "UPDATE resource_calendar SET flexible_hours = TRUE WHERE id = %s",
            [self.calendar.id],
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "no fixed opening hours"):
            self.book(shanghai(2, 9))

    def test_flexible_hours_are_refused_in_the_settings(self):
        with self.assertRaises(ValidationError):
            self.company.dealer_calendar_id = self.env["resource.calendar"].create(
                {"name": "Any Time", "flexible_hours": True}
            )

    def test_settings_that_cannot_be_are_refused(self):
        for values in (
            {"dealer_slot_minutes": 0},
            {"dealer_receptions_per_advisor": 0},
            {"dealer_utilisation": 0},
            {"dealer_reserve_walkin_hours": -1},
        ):
            with self.subTest(values), self.assertRaises(ValidationError):
                self.company.write(values)


class TestLongJobs(BookingCase):
    def test_work_jumps_over_lunch_night_and_weekend(self):
        visit = self.book(shanghai(2, 11), planned_hours=2.0)
        self.assertEqual(visit.date_appointment_end, shanghai(2, 14))
        visit = self.book(shanghai(6, 16), planned_hours=3.0)
        self.assertEqual(visit.date_appointment_end, shanghai(9, 11))

    def test_long_job_takes_hours_of_both_days(self):
        self.book(shanghai(2, 13), planned_hours=8.0)
        book = self.company._dealer_book(date(2026, 3, 2), date(2026, 3, 3))
        self.assertEqual([day.booked for day in book.days], [4.0, 4.0])

    def test_long_job_is_refused_when_the_second_day_is_full(self):
        self.book(shanghai(3, 9), planned_hours=7.0)
        self.book(shanghai(3, 9), planned_hours=7.0)
        with self.assertRaises(BookingRefused) as caught:
            self.book(shanghai(2, 13), planned_hours=8.0)
        self.assertEqual(caught.exception.code, "hours")

    def test_job_that_never_ends_is_refused(self):
        self.technicians.unlink()
        with self.assertRaises(BookingRefused) as caught:
            self.book(shanghai(2, 9), planned_hours=399.0)
        self.assertEqual(caught.exception.code, "endless")


class TestTimeZones(BookingCase):
    def test_user_elsewhere_books_the_clock_of_the_shop(self):
        self.advisor.tz = "America/New_York"
        data = self.Reception.with_user(self.advisor).get_booking_day("2026-03-02")
        self.assertEqual(data["slots"][0]["start"], 9 * 60)
        self.assertEqual(data["slots"][0]["utc"], "2026-03-02 01:00:00")
        self.assertEqual(data["timezone"], "Asia/Shanghai")

    def test_hours_are_those_of_the_shop_though_resources_say_utc(self):
        self.assertEqual(set(self.technicians.mapped("tz")), {"UTC"})
        book = self.company._dealer_book(date(2026, 3, 2), date(2026, 3, 2))
        self.assertEqual(book.days[0].presence, 14.0)
        env = self.env(context={"employee_timezone": "America/New_York"})
        book = self.company.with_env(env)._dealer_book(
            date(2026, 3, 2), date(2026, 3, 2)
        )
        self.assertEqual(book.days[0].presence, 14.0)

    def test_clock_change_moves_the_slots_not_the_opening(self):
        self.company.dealer_calendar_id = self.make_calendar(
            "Europe/Berlin", days=range(7)
        )
        self.technicians.calendar_id = self.company.dealer_calendar_id
        for day, utc_hour in ((28, 8), (29, 7), (30, 7)):
            book = self.company._dealer_book(date(2026, 3, day), date(2026, 3, day))
            with self.subTest(day=day):
                self.assertEqual(book.slots[0].start, datetime(2026, 3, day, utc_hour))
                self.assertEqual(len(book.slots), 14)
                self.assertEqual(book.days[0].presence, 14.0)

    def test_round_the_clock_shop_has_no_gap_at_midnight(self):
        self.company.dealer_calendar_id = self.make_calendar(
            "Asia/Shanghai", opening=((0, 24),), days=range(7)
        )
        book = self.company._dealer_book(date(2026, 3, 2), date(2026, 3, 3))
        self.assertEqual(len(book.slots), 96)
        self.assertEqual(book.days[0].opening[0][1], book.days[0].end)


class TestPlannedHours(BookingCase):
    def test_package_tells_the_hours_and_else_the_company(self):
        self.company.dealer_default_hours = 1.25
        labour = self.env["product.product"].create(
            {"name": "Oil Change", "type": "service", "dealer_hours": 0.6}
        )
        package = self.env["sale.order.template"].create(
            {
                "name": "10 000 km",
                "sale_order_template_line_ids": [
                    (0, 0, {"product_id": labour.id, "product_uom_qty": 3})
                ],
            }
        )
        self.assertAlmostEqual(package.dealer_hours, 1.8)
        visit = self.make_reception(date_appointment=shanghai(2, 9))
        self.assertEqual(visit.planned_hours, 1.25)
        visit.package_id = package
        self.assertAlmostEqual(visit.planned_hours, 1.8)
