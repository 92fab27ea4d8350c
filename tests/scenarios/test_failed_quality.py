"""The inspector sends a car back; rework is counted and not sold twice."""

from odoo.exceptions import UserError

from .story import StoryCase


class TestFailedQuality(StoryCase):
    def test_failed_check_reopens_the_job_as_rework(self):
        visit = self.arrive_by_plate("A1234")
        self.walk_around(visit, 20_000)
        self.agree(visit, self.oil, self.pads_labour)
        self.authorize_visit(visit)
        self.work(visit)
        self.tick(visit)
        visit.action_finish()
        failed = visit.job_ids.filtered(lambda job: "制动片" in job.name)

        # The final inspection fails: only the named job goes back.
        self.check_quality(
            visit, result="fail", note="异响仍在", failed_job_ids=failed.ids
        )
        self.assertEqual(visit.state, "working")
        self.assertEqual(visit.rework_count, 1)
        self.assertEqual(visit.job_ids.filtered(lambda j: j.state != "done"), failed)
        with self.assertRaises(UserError):
            visit.action_finish()

        # The mechanic works again; the hours are kept apart.
        with self.later(minutes=5):
            failed.with_user(self.technician).action_start()
        with self.later(minutes=30):
            failed.with_user(self.technician).action_done()
            visit.invalidate_recordset()
            self.assertEqual(failed.hours_rework, 0.5)
            # All three levels are signed again before the car may go.
            self.tick(visit)
            visit.action_finish()
            with self.assertRaises(UserError):
                visit.action_ready()
            self.check_quality(visit)
            self.deliver(visit)
        self.assertEqual(visit.state, "delivered")
        self.assertEqual(visit.settled_total, 270.0)
