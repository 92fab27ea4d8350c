"""Whatever way a visit gets its slot, it obeys the capacity of the shop."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, users

from odoo.addons.dealer_service.models.booking.dealer_reception_capacity import (
    BookingRefused,
)

from .booking_common import BookingCase, shanghai


class TestEveryPath(BookingCase):
    def setUp(self):
        super().setUp()
        self.book(shanghai(2, 9))
        self.book(shanghai(2, 9))
        self.visit = self.book(shanghai(2, 10))

    @users("advisor")
    def test_writing_the_date_obeys_the_capacity(self):
        visit = self.visit.with_env(self.env)
        with self.assertRaises(BookingRefused):
            visit.date_appointment = shanghai(2, 9)

    @users("advisor")
    def test_form_obeys_the_capacity(self):
        with (
            self.assertRaises(BookingRefused),
            Form(self.visit.with_env(self.env)) as form,
        ):
            form.date_appointment = shanghai(2, 9, 15)

    @users("advisor")
    def test_moving_frees_the_old_slot(self):
        visit = self.visit.with_env(self.env)
        visit.action_reschedule(shanghai(2, 10, 30), self.advisor.id)
        self.assertEqual(visit.advisor_id, self.advisor)
        self.book(shanghai(2, 10))
        self.book(shanghai(2, 10))

    def test_cancelling_frees_slot_and_hours(self):
        first = self.Reception.search([("date_appointment", "=", shanghai(2, 9))])[0]
        first.with_user(self.advisor).action_cancel()
        self.book(shanghai(2, 9))

    @users("advisor")
    def test_end_of_a_visit_follows_from_its_hours_and_is_not_written(self):
        visit = self.visit.with_env(self.env)
        with self.assertRaisesRegex(UserError, "Planned Until"):
            visit.date_appointment_end = shanghai(2, 10)
        with self.assertRaisesRegex(UserError, "Planned Until"):
            self.book(shanghai(3, 9), date_appointment_end=shanghai(3, 9))
        longer = self.book(shanghai(3, 9))
        self.assertEqual(longer.date_appointment_end, shanghai(3, 10))

    def test_archived_visit_still_holds_its_slot(self):
        self.Reception.search(
            [("date_appointment", "=", shanghai(2, 9))], limit=1
        ).active = False
        with self.assertRaises(BookingRefused):
            self.book(shanghai(2, 9))

    def test_superuser_obeys_the_capacity_too(self):
        with self.assertRaises(BookingRefused):
            self.book(shanghai(2, 9), env=self.env)

    def test_more_hours_are_checked_and_fewer_are_not(self):
        self.visit.planned_hours = 6.0
        self.visit.planned_hours = 5.0
        self.book(shanghai(2, 10), planned_hours=6.0)
        self.book(shanghai(2, 11), planned_hours=1.0)
        with self.assertRaises(BookingRefused):
            self.visit.planned_hours = 6.0
        self.technicians.unlink()
        self.make_resource("老张", "technician")
        self.visit.planned_hours = 4.0

    def test_change_that_asks_for_nothing_is_not_refused_on_a_full_day(self):
        self.make_leave(shanghai(2, 8), shanghai(2, 20), self.technicians[0])
        self.make_leave(shanghai(2, 8), shanghai(2, 20), self.technicians[1])
        self.visit.write({"advisor_id": self.advisor.id, "wash": False})

    @users("advisor")
    def test_arrived_visit_is_not_moved_by_an_advisor(self):
        visit = self.visit.with_env(self.env)
        visit.action_arrive()
        with self.assertRaisesRegex(UserError, "can no longer be moved"):
            visit.date_appointment = shanghai(2, 11)
        with self.assertRaises(UserError):
            visit.action_reschedule(shanghai(2, 11))
        visit.with_user(self.manager).date_appointment = shanghai(2, 11)

    @users("advisor")
    def test_advisor_cannot_overbook(self):
        with self.assertRaises(AccessError):
            self.book(shanghai(2, 9), env=self.env, is_overbooked=True)
        with self.assertRaises(AccessError):
            self.visit.with_env(self.env).action_reschedule(
                shanghai(2, 9), overbook=True
            )

    @users("manager")
    def test_manager_overbooks_and_the_chatter_tells(self):
        visit = self.book(shanghai(2, 9), env=self.env, is_overbooked=True)
        self.assertTrue(visit.is_overbooked)
        bodies = "".join(visit.message_ids.mapped("body"))
        self.assertIn("beyond capacity", bodies)

    @users("manager")
    def test_overbooking_holds_for_one_slot_only(self):
        visit = self.book(shanghai(2, 9), env=self.env, is_overbooked=True)
        visit.date_appointment = shanghai(2, 11)
        self.assertFalse(visit.is_overbooked)
        with self.assertRaises(BookingRefused):
            visit.date_appointment = shanghai(2, 9)

    @users("manager")
    def test_free_slot_is_not_counted_as_overbooked(self):
        visit = self.book(shanghai(2, 11), env=self.env, is_overbooked=True)
        self.assertFalse(visit.is_overbooked)

    def test_same_car_on_the_same_day_is_refused_with_the_visit(self):
        with self.assertRaises(BookingRefused) as caught:
            self.Reception.create(
                {
                    "vehicle_id": self.visit.vehicle_id.id,
                    "partner_id": self.customer.id,
                    "date_appointment": shanghai(2, 15),
                }
            )
        self.assertEqual(caught.exception.code, "same_car")
        self.assertIn(self.visit.name, str(caught.exception))
        other = self.book(shanghai(2, 15))
        with self.assertRaises(BookingRefused):
            other.vehicle_id = self.visit.vehicle_id

    def test_same_car_on_another_day_or_after_cancelling_is_welcome(self):
        values = {
            "vehicle_id": self.visit.vehicle_id.id,
            "partner_id": self.customer.id,
        }
        self.Reception.create({**values, "date_appointment": shanghai(3, 15)})
        self.visit.action_cancel()
        self.Reception.create({**values, "date_appointment": shanghai(2, 15)})
