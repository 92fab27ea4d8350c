"""What counts as an attempt, and as news for the customer."""

from freezegun import freeze_time

from odoo.exceptions import UserError

from ...complaint_common import DealerComplaintCase, cn


class TestSlaHonestTalks(DealerComplaintCase):
    def setUp(self):
        super().setUp()
        with freeze_time(cn(2, 9)):
            self.complaint = self.make_complaint()

    def attempt(self, *moments):
        for moment in moments:
            with freeze_time(moment):
                self.make_contact(self.complaint, is_connected=False)

    def test_three_calls_in_one_minute_are_one_attempt(self):
        self.attempt(cn(2, 9, 10), cn(2, 9, 10, 20), cn(2, 9, 10, 40))
        self.assertEqual(self.complaint.failed_attempt_count, 1)
        with self.assertRaises(UserError):
            self.complaint.with_user(
                self.complaint_manager
            ).action_accept_contact_exception()
        self.attempt(cn(2, 9, 20), cn(2, 9, 30))
        self.assertEqual(self.complaint.failed_attempt_count, 3)

    def test_nobody_is_phoned_at_night(self):
        self.attempt(cn(3, 4, 36), cn(3, 5), cn(3, 12, 30))
        self.assertEqual(self.complaint.failed_attempt_count, 0)

    def feedback(self, moment, **values):
        with freeze_time(moment):
            self.make_contact(self.complaint, kind="feedback", **values)

    def met(self):
        timers = self.complaint.timer_ids.filtered(lambda t: t.metric == "feedback")
        return len(timers.filtered(lambda t: t.state == "met"))

    def test_feedback_said_in_three_rows_is_one(self):
        for second in range(3):
            self.feedback(cn(3, 10, 0, second))
        self.assertEqual(self.met(), 1)
        self.feedback(cn(3, 11, 0, 2))
        self.assertEqual(self.met(), 2)

    def test_customer_who_calls_has_not_been_given_feedback(self):
        self.feedback(cn(3, 10), direction="in")
        self.assertEqual(self.met(), 0)
        self.assertEqual(self.timer(self.complaint, "feedback").date_start, cn(2, 9))
