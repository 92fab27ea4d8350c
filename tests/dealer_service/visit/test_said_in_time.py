"""What cannot be so is not taken without a word: slots, promises and consents."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.tests import users

from odoo.addons.dealer_service.models.booking.dealer_reception_capacity import (
    BookingRefused,
)
from odoo.addons.dealer_service.models.orders.sale_order_consent import ConsentRefused

from ..booking.booking_common import BookingCase, shanghai


class TestSaidInTime(BookingCase):
    @users("advisor")
    def test_car_that_is_here_at_once_takes_no_slot_that_is_full(self):
        self.book(shanghai(2, 9), advisor_id=self.advisor.id)
        for state in ("booked", "arrived"):
            with self.subTest(state), self.assertRaises(BookingRefused):
                self.book(
                    shanghai(2, 9),
                    env=self.env,
                    state=state,
                    advisor_id=self.advisor.id,
                )
        with self.assertRaises(BookingRefused):
            self.book(shanghai(2, 20), env=self.env, state="arrived")
        arrived = self.book(shanghai(2, 9, 30), env=self.env, state="arrived")
        self.assertEqual(arrived.state, "arrived")

    @users("advisor")
    def test_past_time_is_not_promised(self):
        visit = self.make_reception(state="arrived").with_env(self.env)
        other = self.make_vehicle(license_plate="皖B·C0002")
        for date in (shanghai(2, 7), "2020-03-02 01:00:00"):
            with self.assertRaisesRegex(UserError, "is in the past"):
                visit.date_promised = date
            with self.assertRaisesRegex(UserError, "is in the past"):
                self.Reception.with_env(self.env).create(
                    {
                        "vehicle_id": other.id,
                        "state": "arrived",
                        "date_promised": date,
                    }
                )
        visit.date_promised = shanghai(2, 15)
        self.assertEqual(visit.date_promised, shanghai(2, 15))

    @users("manager")
    def test_manager_corrects_a_promise_that_was_noted_late(self):
        visit = self.make_reception(state="arrived").with_env(self.env)
        visit.date_promised = shanghai(2, 7)
        self.assertEqual(visit.date_promised, shanghai(2, 7))

    @users("advisor")
    def test_promise_for_a_closed_shop_is_remarked_upon(self):
        visit = self.make_reception(state="arrived").with_env(self.env)
        for date, is_open in (
            (shanghai(2, 17), True),
            (shanghai(2, 11), True),
            (shanghai(2, 12, 30), False),
            (shanghai(2, 17, 1), False),
            (shanghai(7, 10), False),
        ):
            with self.subTest(date=date):
                visit.date_promised = date
                self.assertEqual(not visit.promise_warning, is_open)

    @users("advisor")
    def test_consent_is_not_older_than_the_visit(self):
        visit = self.make_reception(state="arrived", date_promised=shanghai(2, 15))
        order = self.make_order(visit).with_env(self.env)
        arrived = visit.date_arrived
        for date in (arrived - timedelta(days=2), arrived - timedelta(days=2000)):
            with self.assertRaisesRegex(ConsentRefused, "did not exist yet"):
                order.action_record_consent("phone", "王建国", consent_date=date)
        # said on the phone, entered when the car had come
        order.action_record_consent(
            "phone", "王建国", consent_date=arrived - timedelta(hours=3)
        )
        self.assertTrue(order.consent_date)

    @users("advisor")
    def test_offer_whose_time_is_over_can_still_be_agreed_to(self):
        visit = self.make_reception(state="arrived", date_promised=shanghai(2, 15))
        self.bring_to(visit, "authorized")
        order = self.make_order(
            visit.with_env(self.env), dealer_date_promised=shanghai(2, 16)
        )
        with freeze_time(shanghai(2, 16, 30)):
            order.action_record_consent("phone", "王建国")
        self.assertEqual(visit.date_promised, shanghai(2, 16))
