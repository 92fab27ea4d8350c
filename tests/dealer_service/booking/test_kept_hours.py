"""Opening hours, advisors and staff are kept between requests, never a day too long."""

from datetime import date

from odoo.fields import Command

from .booking_common import BookingCase, shanghai

MONDAY = date(2026, 3, 2)


class TestKeptHours(BookingCase):
    def setUp(self):
        super().setUp()
        # what is kept has been asked for once
        self.assertEqual(len(self.book_of().slots), 14)
        self.assertEqual(self.presence(), 14.0)

    def book_of(self, day=MONDAY):
        return self.company._dealer_book(day, day)

    def presence(self):
        return self.book_of().days[0].presence

    def test_asked_again_only_bookings_and_leaves_are_read(self):
        self.env.invalidate_all()
        with self.assertQueryCount(2):
            self.book_of()

    def test_holiday_counts_as_soon_as_it_is_entered_moved_and_deleted(self):
        holiday = self.make_leave(shanghai(2, 9), shanghai(2, 12))
        self.assertEqual(len(self.book_of().slots), 8)
        self.assertEqual(self.presence(), 8.0)
        holiday.write({"date_from": shanghai(3, 9), "date_to": shanghai(3, 12)})
        self.assertEqual(len(self.book_of().slots), 14)
        self.assertEqual(len(self.book_of(date(2026, 3, 3)).slots), 8)
        holiday.unlink()
        self.assertEqual(len(self.book_of(date(2026, 3, 3)).slots), 14)

    def test_leave_of_one_becomes_the_holiday_of_all(self):
        leave = self.make_leave(shanghai(2, 9), shanghai(2, 12), self.technicians[0])
        self.assertEqual(self.presence(), 11.0)
        self.assertEqual(len(self.book_of().slots), 14)
        leave.resource_id = False
        self.assertEqual(self.presence(), 8.0)
        self.assertEqual(len(self.book_of().slots), 8)
        leave.resource_id = self.technicians[0]
        self.assertEqual(len(self.book_of().slots), 14)

    def test_new_hours_count_at_once(self):
        mornings = self.calendar.attendance_ids.filtered(lambda a: a.hour_from == 9)
        mornings.write({"hour_from": 10})
        self.assertEqual(len(self.book_of().slots), 12)
        mornings.unlink()
        self.assertEqual(len(self.book_of().slots), 8)
        self.calendar.attendance_ids = [
            Command.create(
                {"name": "Late", "dayofweek": "0", "hour_from": 18, "hour_to": 20}
            )
        ]
        self.assertEqual(len(self.book_of().slots), 12)

    def test_other_calendar_and_other_time_zone_count_at_once(self):
        self.calendar.tz = "Asia/Tokyo"
        self.assertEqual(self.company._dealer_tz().zone, "Asia/Tokyo")
        self.assertEqual(self.book_of().slots[0].start, shanghai(2, 8))
        self.company.dealer_calendar_id = self.make_calendar(
            "Asia/Shanghai", opening=((9, 10),)
        )
        self.assertEqual(len(self.book_of().slots), 2)

    def test_technician_counts_from_the_moment_he_is_entered(self):
        extra = self.make_resource("老赵", "technician")
        self.assertEqual(self.presence(), 21.0)
        extra.dealer_role = False
        self.assertEqual(self.presence(), 14.0)

    def test_advisor_counts_from_the_moment_he_may_receive(self):
        self.company.dealer_advisor_ids = False
        everybody = self.company._dealer_advisors()
        self.assertIn(self.advisor, everybody)
        hired = self.make_user("hired", "user")
        self.assertEqual(self.company._dealer_advisors(), everybody | hired)
        group = self.env.ref("dealer_service.group_dealer_service_user")
        group.user_ids -= hired
        self.assertEqual(self.company._dealer_advisors(), everybody)
        group.user_ids += hired
        self.assertIn(hired, self.company._dealer_advisors())
        hired.active = False
        self.assertEqual(self.company._dealer_advisors(), everybody)
        self.company.dealer_advisor_ids = self.advisor2
        self.assertEqual(self.company._dealer_advisors(), self.advisor2)
