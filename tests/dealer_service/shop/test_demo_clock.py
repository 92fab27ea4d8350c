"""The demo is believable at whatever hour it is loaded: its shop works when open."""

from datetime import timedelta

from ..booking.booking_common import BookingCase, shanghai


class TestDemoClock(BookingCase):
    def is_open(self, moment):
        # opening hours are told to the minute
        opened = self.company._dealer_opening(
            moment - timedelta(minutes=1), moment + timedelta(minutes=1)
        )
        return bool(opened)

    def test_no_car_of_the_demo_comes_in_the_middle_of_the_night(self):
        visits = self.env["dealer.reception"]
        for hour in range(24):
            now = shanghai(3, hour, 7)
            times = [visits._demo_clock(now, minutes) for minutes in (-260, -3, 90)]
            self.assertEqual(times, sorted(times), hour)
            for moment in times:
                self.assertTrue(self.is_open(moment), f"{hour}: {moment}")

    def test_minutes_are_those_of_the_clock_while_the_shop_is_open(self):
        visits, now = self.env["dealer.reception"], shanghai(3, 11)
        self.assertEqual(visits._demo_clock(now, -20), now - timedelta(minutes=20))
        self.assertEqual(visits._demo_clock(now, 20), now + timedelta(minutes=20))
