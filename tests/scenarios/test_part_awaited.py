"""A part that is missing: known before the customer comes, or found under the car."""

from datetime import timedelta

from odoo.exceptions import UserError

from ..dealer_service.booking.booking_common import shanghai
from .story import StoryCase

LATE = "dealer_service.mail_activity_type_parts_late"
HERE = "dealer_service.mail_activity_type_parts_here"


class TestPartAwaited(StoryCase):
    def test_booked_visit_whose_part_is_missing_comes_a_day_later(self):
        visit = self.book(shanghai(3, 10), advisor_id=self.advisor.id)
        visit = visit.with_user(self.advisor)
        part = self.env["dealer.part.need"].with_user(self.advisor)
        part = part.create(
            {
                "reception_id": visit.id,
                "product_id": self.pads.id,
                "date_expected": shanghai(4, 9).date(),
            }
        )
        part.action_order()

        # The customer is called before he comes in vain.
        task = visit.activity_search([LATE])
        self.assertEqual(task.user_id, self.advisor)
        self.assertIn("前制动片", visit.parts_text)
        visit.action_reschedule(shanghai(5, 10))
        self.assertFalse(visit.activity_search([LATE]))

        # The part comes the day before, and lies ready when the car does.
        with self.later(days=2):
            part.action_here()
            part.action_lay_out()
            self.assertTrue(visit.is_parts_checked)
        with self.later(days=1, hours=2):
            came = self.arrive_by_plate(visit.vehicle_id.license_plate)
            self.assertEqual(came, visit)
            self.assertEqual(came.parts_state, "laid_out")

    def test_car_is_away_while_the_part_comes(self):
        plate = self.vehicle.license_plate
        visit = self.arrive_by_plate(plate)
        self.walk_around(visit, 42_000)
        self.agree(visit, self.pads_labour, self.pads)
        self.authorize_visit(visit)
        promised = visit.date_promised_first

        # The mechanic begins; the pads that were delivered do not fit.
        job = visit.sudo().job_ids.filtered(lambda job: job.kind != "diagnosis")[:1]
        job.technician_id = self.mechanic
        job.with_user(self.technician).action_start()
        visit.invalidate_recordset()
        visit.action_list_parts()
        pads = visit.part_ids
        pads.date_expected = visit.date_arrived.date() + timedelta(days=3)
        pads.action_order()
        with self.assertRaisesRegex(UserError, "somebody is working on"):
            visit.action_ask_away()
        with self.later(hours=1):
            job.with_user(self.technician).action_pause("parts")
            visit.action_drive_away("王建国", "in_person", "来件电话通知")
        self.assertTrue(visit.is_away)
        self.assertEqual(visit.promise_state, "none")

        # Two days later he comes for a tyre: another visit, from arrival to the key.
        with self.later(days=2):
            other = self.arrive_by_plate(plate)
            self.assertNotEqual(other, visit)
            self.walk_around(other, 42_100, "轮胎扎钉")
            self.agree(other, self.tyre)
            self.authorize_visit(other)
            self.work(other)
        with self.later(hours=1):
            self.finish(other)
        self.assertEqual(other.state, "delivered")
        self.assertTrue(visit.is_away)

        # The pads come: the advisor tells the customer, and they agree on a day.
        with self.later(days=1):
            pads.action_here()
            self.assertEqual(visit.activity_search([HERE]).user_id, self.advisor)
            visit.date_return = self.now + timedelta(days=1)

        # He is back: the plate offers to go on, and the work ends as always.
        with self.later(days=1):
            dialog = self.env["dealer.arrival"].with_user(self.advisor)
            dialog = dialog.create({"query": plate})
            self.assertEqual(dialog.away_id, visit)
            dialog.action_go_on()
            visit.invalidate_recordset()
            self.assertFalse(visit.is_away)
            visit.date_promised = self.now + timedelta(hours=2)
            pads.action_lay_out()
            job.with_user(self.technician).action_resume()
        with self.later(hours=1):
            job.with_user(self.technician).action_done()
            visit.invalidate_recordset()
            self.finish(visit)
        self.assertEqual(visit.state, "delivered")
        self.assertEqual(visit.promise_state, "kept")
        # what he was promised on the first day ended with his agreement, and is kept
        self.assertTrue(visit.is_first_promise_kept, "the promise after his return")
        [away] = visit.away_ids
        self.assertEqual(away.date_promised_first, promised)
        self.assertEqual((away.date_to - away.date_from).days, 4)
