"""A manager plans absences and closing days; what can be booked follows at once."""

from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import Form, users

from odoo.addons.dealer_service.models.booking.dealer_reception_capacity import (
    BookingRefused,
)

from .booking_common import BookingCase, shanghai

LIST = "dealer_service.resource_calendar_leaves_view_list_dealer"


class TestAbsence(BookingCase):
    def absence(self, resource, **values):
        return self.env["resource.calendar.leaves"].create(
            {
                "resource_id": resource.id,
                "date_from": shanghai(2, 8),
                "date_to": shanghai(2, 20),
                **values,
            }
        )

    def refusal(self, date, **values):
        """Why the advisor cannot book this."""
        with self.assertRaises(BookingRefused) as refused:
            self.book(date, **values)
        return refused.exception.code

    @users("manager")
    def test_manager_sends_an_advisor_on_leave(self):
        desk = self.make_resource("Desk", role="advisor", user_id=self.advisor.id)
        self.absence(desk.with_env(self.env))
        refused = self.refusal(shanghai(2, 9), advisor_id=self.advisor.id)
        self.assertEqual(refused, "advisor_away")

    @users("manager")
    def test_manager_closes_the_shop_for_a_day(self):
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Spring Festival",
                "calendar_id": self.calendar.id,
                "date_from": shanghai(2, 8),
                "date_to": shanghai(2, 20),
            }
        )
        self.assertEqual(self.refusal(shanghai(2, 9)), "closed")

    @users("manager")
    def test_manager_sees_and_takes_back_what_a_colleague_entered(self):
        absence = self.make_leave(shanghai(2, 8), shanghai(2, 20), self.technicians[0])
        mine = absence.with_env(self.env)
        mine.date_to = mine.date_to - timedelta(hours=1)
        mine.unlink()
        self.assertFalse(absence.exists())

    @users("advisor")
    def test_advisor_does_not_send_a_technician_on_leave(self):
        mechanic = self.technicians[0]
        mechanic.user_id = self.technician
        with self.assertRaises(AccessError):
            self.absence(mechanic.with_env(self.env))

    @users("manager")
    def test_people_of_another_department_stay_unseen(self):
        clerk = self.make_user("clerk", "technician")
        other = (
            self.env["resource.resource"]
            .sudo()
            .create(
                {"name": "Clerk", "user_id": clerk.id, "calendar_id": self.calendar.id}
            )
        )
        absence = self.make_leave(shanghai(2, 8), shanghai(2, 20), other)
        with self.assertRaises(AccessError):
            absence.with_env(self.env).read(["name"])

    @users("manager")
    def test_row_of_the_list_takes_the_hours_of_the_person(self):
        with Form(self.env["resource.calendar.leaves"], LIST) as row:
            row.resource_id = self.technicians[0].with_env(self.env)
            row.date_from, row.date_to = shanghai(2, 8), shanghai(2, 20)
        self.assertEqual(row.record.calendar_id, self.technicians[0].calendar_id)
