"""Who does not come is called, booked anew, and counted once as a no-show."""

from odoo.exceptions import UserError

from ..dealer_service.booking.booking_common import shanghai
from .story import StoryCase


class TestNoShowRebooked(StoryCase):
    def test_no_show_is_rebooked(self):
        visit = self.book(shanghai(2, 10), advisor_id=self.advisor.id)
        with self.later(hours=2, minutes=10):
            # Ten minutes late is within the grace period.
            with self.assertRaises(UserError):
                visit.action_no_show()
        with self.later(minutes=6):
            self.assertTrue(visit.is_overdue)
            visit.action_no_show()
            self.assertEqual(visit.state, "no_show")

            # The advisor phones and books the next day.
            action = visit.action_rebook()
            booking = self.env["dealer.booking"].browse(action["res_id"])
            booking = booking.with_user(self.advisor)
            self.assertEqual(booking.vehicle_id, visit.vehicle_id)
            booking.date_appointment = shanghai(3, 9)
            new = self.Reception.with_user(self.advisor).browse(
                booking.action_book()["res_id"]
            )
        self.assertEqual(new.rebooked_from_id, visit)
        self.assertEqual(visit.rebooked_to_id, new)
        self.assertEqual(new.vehicle_id, visit.vehicle_id)

        # This time the car comes; of two appointments one was kept.
        with self.later(days=1):
            new = self.arrive_by_plate(new.vehicle_id.license_plate)
            self.env.flush_all()
            [[rate]] = self.env["dealer.reception.report"]._read_group(
                [("reception_id", "in", (visit | new).ids)],
                aggregates=["show_rate:avg"],
            )
        self.assertEqual(rate, 50.0)
