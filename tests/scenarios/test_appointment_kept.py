"""An appointment is a promise: prepared, and received at the booked time."""

from ..dealer_service.booking.booking_common import shanghai
from .story import StoryCase


class TestAppointmentKept(StoryCase):
    def test_prepared_customer_is_received_at_once(self):
        visit = self.book(shanghai(2, 10), advisor_id=self.advisor.id)
        plate = visit.vehicle_id.license_plate

        # The day's list names what is to be prepared; it is ticked off.
        self.assertIn(
            visit, self.Reception.search([("state", "=", "booked")]), "not to prepare"
        )
        visit.write(
            {"is_parts_checked": True, "prepared_technician_id": self.mechanic.id}
        )
        self.tick(visit)
        visit.action_prepare()

        # The car comes two minutes early and is greeted within a minute.
        with self.later(hours=1, minutes=58):
            visit = self.arrive_by_plate(plate)
        with self.later(minutes=1):
            visit.action_greet()

        self.env.flush_all()
        row = self.env["dealer.reception.report"].search(
            [("reception_id", "=", visit.id)]
        )
        self.assertEqual(row.visit_kind, "appointment")
        self.assertEqual(row.wait_minutes, 1.0)
        self.assertEqual(row.show_rate, 100.0)
        self.assertEqual(row.punctual_rate, 100.0)

    def test_customer_who_came_unprepared_for_is_a_lapse_not_a_refusal(self):
        visit = self.book(shanghai(2, 10), advisor_id=self.advisor.id)
        visit = self.arrive_by_plate(visit.vehicle_id.license_plate)
        self.assertEqual(visit.state, "arrived")
        preparation = visit.check_ids.filtered(
            lambda c: c.step_id.code == "preparation"
        )
        mandatory = preparation.filtered("is_mandatory")
        self.assertTrue(mandatory)
        self.assertTrue(all(mandatory.mapped("is_lapse")))
