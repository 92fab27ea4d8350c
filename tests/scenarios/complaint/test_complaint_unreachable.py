"""Three calls that nobody answers: an exception that only a manager accepts."""

from odoo.exceptions import AccessError

from ...complaint_common import cn
from .complaint_story import ComplaintStoryCase


class TestComplaintUnreachable(ComplaintStoryCase):
    def test_three_attempts(self):
        with self.at(cn(2, 9)):
            complaint = self.open_complaint(self.handler, source="hotline")

        # An attempt is no contact, and neither is a colleague's call.
        for minute in (10, 40):
            with self.at(cn(2, 9, minute)):
                self.say(complaint, self.handler, is_connected=False)
        with self.at(cn(2, 9, 50)):
            self.say(complaint, self.officer)
        self.assertEqual(self.timer(complaint).state, "running")
        self.assertFalse(complaint.activity_ids)

        # The third one puts it before the managers.
        with self.at(cn(2, 10, 20)):
            self.say(complaint, self.handler, is_connected=False)
            self.assertEqual(complaint.failed_attempt_count, 3)
            self.assertIn(self.complaint_manager, complaint.activity_ids.user_id)
            with self.assertRaises(AccessError):
                complaint.action_accept_contact_exception()

        # The manager comes to it after the time limit; the attempts were in time.
        with self.at(cn(2, 11, 30)):
            self.assertEqual(complaint.sla_state, "breached")
            complaint.with_user(
                self.complaint_manager
            ).action_accept_contact_exception()
            timer = self.timer(complaint)
            self.assertEqual((timer.state, timer.date_stop), ("met", cn(2, 10, 20)))
            self.assertTrue(timer.is_exception)
            self.assertTrue(complaint.has_contact_exception)

        # What was recorded stays, and is marked as untrue.
        self.assertEqual(
            self.kinds(timer), ["warned", "breached", "escalated", "rescinded"]
        )
        # The customer is still owed the feedback.
        self.assertEqual(complaint.sla_metric, "feedback")
