"""A pause ends at its cap, whether or not any worker was there to end it."""

from freezegun import freeze_time

from ...complaint_common import DealerComplaintCase, cn


class TestSlaPauses(DealerComplaintCase):
    def setUp(self):
        super().setUp()
        # feedback is due on Thursday the 5th at 17:30
        with freeze_time(cn(2, 9)):
            self.complaint = self.make_complaint()
            self.make_contact(self.complaint)
        # 8:30 hours of working time, from Monday 10:00 on
        with freeze_time(cn(2, 10)):
            self.complaint.with_user(self.officer).action_pause(
                "parts", until=cn(3, 10)
            )
        self.feedback = self.timer(self.complaint, "feedback")
        # as without the pause, and the working day that it took
        self.deadline = cn(6, 17, 30)

    def read_at(self, moment, model="dealer.sla.timer", **context):
        """How the clock, its complaint and the figures stand, read anew."""
        self.env.invalidate_all()
        with freeze_time(moment):
            timers = self.env["dealer.sla.timer"]
            is_found = self.feedback in timers.search([("is_breached", "=", True)])
            self.assertEqual(self.feedback.is_breached, is_found)
            self.assertEqual(
                self.feedback in timers.search([("is_breached", "=", False)]),
                not is_found,
            )
            row = self.env["dealer.sla.report"].browse(self.feedback.id)
            self.assertEqual(bool(row.missed), is_found)
            complaint = self.env["dealer.complaint"].browse(self.complaint.id)
            found = complaint.search(
                [("id", "=", complaint.id)] + [("sla_state", "=", complaint.sla_state)]
            )
            self.assertEqual(found, complaint)
            return is_found, complaint.sla_state, row.overrun_hours

    def test_limit_that_runs_out_after_the_cap_is_missed_without_any_worker(self):
        self.assertEqual(self.read_at(cn(3, 9)), (False, "paused", 0))
        self.assertEqual(self.read_at(self.deadline), (False, "paused", 0))
        second = cn(6, 17, 30, 1)
        self.assertEqual(self.read_at(second)[:2], (True, "breached"))
        self.assertEqual(self.read_at(cn(6, 18, 30)), (True, "breached", 1))

    def test_pause_resumed_long_after_its_cap_has_lasted_until_the_cap(self):
        with freeze_time(cn(20, 10)):
            self.complaint.with_user(self.officer).action_resume()
            pause = self.feedback.segment_ids.filtered(lambda s: s.kind == "pause")
            self.assertEqual(pause.date_to, cn(3, 10))
            self.assertEqual(self.feedback.date_deadline, self.deadline)
            self.assertTrue(self.feedback.is_breached)

    def test_feedback_given_long_after_the_cap_is_late(self):
        with freeze_time(cn(20, 10)):
            self.make_contact(self.complaint, kind="feedback")
        self.assertEqual(self.feedback.state, "missed")
        self.assertEqual(self.feedback.date_deadline, self.deadline)

    def test_pause_until_the_past_is_none(self):
        self.complaint.with_user(self.officer).action_resume()
        with freeze_time(cn(4, 10)):
            self.complaint.with_user(self.officer).action_pause("parts", until=cn(3))
            self.complaint.with_user(self.officer).action_resume()
        self.assertEqual(self.feedback.state, "running")

    def test_holiday_entered_during_the_pause_moves_what_is_left_after_the_cap(self):
        with freeze_time(cn(2, 11)):
            self.env["resource.calendar.leaves"].create(
                {
                    "name": "Holiday",
                    "company_id": self.company.id,
                    # of the country: a closing of the shop alone ends no legal day
                    "calendar_id": False,
                    "date_from": cn(5),
                    "date_to": cn(6),
                }
            )
            replan = self.env["dealer.sla.replan"]
            while job := replan.search([], limit=1):
                job._replan_batch(200)
        self.assertEqual(self.read_at(cn(7, 17, 30)), (False, "paused", 0))
        self.assertEqual(self.read_at(cn(7, 17, 31))[:2], (True, "breached"))

    def test_limit_missed_before_the_pause_does_not_grow_while_it_lasts(self):
        self.complaint.with_user(self.officer).action_resume()
        with freeze_time(cn(20, 9)):
            self.complaint.with_user(self.officer).action_pause("parts", until=cn(21))
        overrun = self.read_at(cn(20, 10))[2]
        self.assertEqual(self.read_at(cn(28, 10)), (True, "breached", overrun))

    def test_end_of_a_pause_comes_as_text_from_a_remote_caller(self):
        with freeze_time(cn(2, 12)):
            self.complaint.with_user(self.officer).action_resume()
            self.complaint.with_user(self.officer).action_pause(
                "parts", "ordered", "2026-03-03 02:00:00"
            )
        self.assertEqual(self.feedback.date_pause_cap, cn(3, 10))
