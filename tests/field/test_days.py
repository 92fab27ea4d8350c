"""What users of other systems reported about days, tried at our shop."""

from datetime import date

from freezegun import freeze_time

from ..common import DealerServiceCase
from ..dealer_service.booking.booking_common import BookingCase, shanghai


class TestBookingInTheField(BookingCase):
    def test_weekday_is_that_of_the_shop(self):
        """booking-headless#13: the weekday is taken before the time zone is known, so
        a slot of Monday morning counts as one of a closed Sunday."""
        self.company.dealer_calendar_id = self.make_calendar(
            "Asia/Shanghai", opening=((7, 12),)
        )
        self.technicians.calendar_id = self.company.dealer_calendar_id
        # Monday, 7:00 in Wuhu is Sunday, 23:00 in UTC
        monday = self.company._dealer_book(date(2026, 3, 9), date(2026, 3, 9))
        self.assertEqual(monday.slots[0].start, shanghai(9, 7))
        visit = self.make_reception(date_appointment=shanghai(9, 7))
        self.assertEqual(visit.state, "booked")
        # Saturday, 7:00 is Friday, 23:00
        saturday = self.company._dealer_book(date(2026, 3, 7), date(2026, 3, 7))
        self.assertFalse(saturday.slots)


class TestLeapDayInTheField(DealerServiceCase):
    @freeze_time("2024-03-15 02:00:00")
    def test_sale_of_a_leap_day_has_its_anniversaries(self):
        """nextcloud/server#25979: what began on 29 February is due on 1 March, and
        has left its day for ever (yuvomi#978)."""
        self.model.write({"first_service_months": 12, "warranty_months": 48})
        car = self.make_vehicle(license_plate="皖B·F0903", sale_date="2024-02-29")
        self.assertEqual(car.next_service_date, date(2025, 2, 28))
        self.assertEqual(car.warranty_end_date, date(2028, 2, 29))
