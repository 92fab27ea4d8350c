"""Somebody complains by phone after closing time; the call is due next morning."""

from ...complaint_common import cn
from .complaint_story import ComplaintStoryCase


class TestComplaintAfterHours(ComplaintStoryCase):
    def test_contact_is_due_next_morning(self):
        # The gate keeper's note from 18:10 is typed in before opening.
        with self.at(cn(3, 7, 50)):
            complaint = self.open_complaint(
                self.handler, source="phone", date_received=cn(2, 18, 10)
            )
            timer = self.timer(complaint)
            self.assertEqual(timer.date_start, cn(2, 18, 10))
            self.assertEqual(timer.date_deadline, cn(3, 10))
            self.assertEqual(complaint.sla_state, "ok")
            self.assertIn("08:00–10:00", timer.explanation)

        # Half an hour before the time limit the handler is reminded.
        with self.at(cn(3, 9, 30)):
            self.assertEqual(complaint.sla_state, "warning")
            self.assertEqual(self.told(complaint), self.handler)

        # The call is made in time; the reminder goes.
        with self.at(cn(3, 9, 45)):
            self.say(complaint, self.handler)
            self.assertEqual(timer.state, "met")
            self.assertEqual(timer.used_seconds, 105 * 60)
            self.assertFalse(self.told(complaint))

    def test_night_is_quiet(self):
        with self.at(cn(2, 17)):
            complaint = self.open_complaint(self.handler, source="phone")
            self.assertEqual(self.timer(complaint).date_deadline, cn(3, 9, 30))
        for moment in (cn(2, 18), cn(2, 23), cn(3, 3), cn(3, 7, 59)):
            with self.at(moment):
                self.assertFalse(self.told(complaint))
        with self.at(cn(3, 9)):
            self.assertEqual(self.told(complaint), self.handler)
