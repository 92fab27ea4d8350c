"""The customer agrees to more while the car is inspected: no dead end, no rework."""

from odoo.exceptions import UserError
from odoo.fields import Command

from .story import StoryCase


class TestSupplementInQuality(StoryCase):
    def setUp(self):
        super().setUp()
        self.visit = visit = self.arrive_by_plate("A1234")
        self.walk_around(visit, 20_000)
        self.agree(visit, self.oil)
        self.authorize_visit(visit)
        self.work(visit)
        self.tick(visit)
        visit.action_finish()

    def supplement(self, product):
        order = self.make_order(self.visit.with_user(self.advisor), product)
        return order.with_user(self.advisor)

    def test_agreed_work_takes_the_car_back_to_the_workshop(self):
        visit = self.visit
        self.check_quality(visit)
        self.assertTrue(visit.date_passed)
        order = self.supplement(self.pads_labour)
        self.assertEqual(visit.state, "quality", "nothing is agreed to yet")
        order.action_record_consent("phone", "王建国")

        # Nobody has failed; the technician begins at once.
        self.assertEqual(visit.state, "working")
        self.assertEqual((visit.rework_count, visit.resume_count), (0, 1))
        self.assertFalse(visit.date_passed)
        self.assertFalse(visit.job_ids.filtered("is_rework"))
        self.assertFalse(visit.check_lapse_count)
        self.work(visit)
        self.assertFalse(visit.job_ids.filtered("hours_rework"))

        # What was signed before the new work does not count for it.
        self.tick(visit)
        visit.action_finish()
        self.assertEqual(visit.quality_level, "self")
        with self.assertRaisesRegex(UserError, "final inspection"):
            visit.action_ready()
        self.check_quality(visit)
        self.deliver(visit)
        self.assertEqual(visit.settled_total, 90.0 + 180.0)
        self.assertFalse(visit.check_lapse_count)

    def test_agreed_part_is_fitted_too(self):
        order = self.supplement(self.tyre)
        order.action_record_consent("phone", "王建国")
        self.assertEqual(self.visit.state, "working")
        self.work(self.visit)
        self.finish(self.visit)
        self.assertEqual(self.visit.settled_total, 90.0 + 620.0)

    def test_declined_work_and_fees_keep_the_car_where_it_is(self):
        declined = self.supplement(self.tyre)
        declined.action_record_consent(
            "phone", "王建国", declined={declined.order_line.id: "下次"}
        )
        fee = self.supplement(self.make_product("拖车费", "fee", 50.0))
        fee.action_record_consent("phone", "王建国")
        self.assertEqual(self.visit.state, "quality")

    def test_count_is_not_written_by_hand(self):
        with self.assertRaises(UserError):
            self.visit.resume_count = 3
        with self.assertRaises(UserError):
            self.Reception.with_user(self.advisor).create(
                {
                    "partner_id": self.customer.id,
                    "date_appointment": self.visit.date_arrived,
                    "resume_count": 1,
                    "concern_ids": [Command.create({"name": "异响"})],
                }
            )
