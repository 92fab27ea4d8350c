"""The customer refuses what was done: the same complaint, a new cycle."""

from odoo.exceptions import UserError

from ...complaint_common import WORDS, cn
from .complaint_story import ComplaintStoryCase


class TestComplaintReopened(ComplaintStoryCase):
    def solve(self, complaint, answer, day):
        with self.at(cn(day, 9, 30)):
            self.say(complaint, self.handler)
            complaint.action_investigate() if complaint.state == "new" else None
            complaint.write(WORDS)
            complaint.action_propose()
            self.say(complaint, self.handler, "decision")
            complaint.decision_answer = answer
            complaint.action_resolve()

    def test_refused_and_opened_again(self):
        with self.at(cn(2, 9)):
            complaint = self.open_complaint(self.handler)
        self.solve(complaint, "accepted", 2)

        # At the callback he says that the noise is back.
        with self.at(cn(4, 10)):
            self.say(complaint, self.handler, "callback", summary="又响了")
            # What he had agreed to then stands; the new cycle asks him anew.
            with self.assertRaisesRegex(UserError, "already been entered"):
                complaint.decision_answer = "refused"
            complaint.action_reopen()
            self.assertEqual((complaint.state, complaint.cycle), ("investigating", 2))
            self.assertFalse(complaint.date_decision)
            self.assertFalse(complaint.decision_answer)

        # New clocks run; what the first cycle was is not touched.
        contacts = complaint.timer_ids.filtered(lambda t: t.metric == "contact")
        first, second = contacts.sorted("cycle")
        self.assertEqual((first.state, first.date_stop), ("met", cn(2, 9, 30)))
        self.assertEqual(
            (second.state, second.date_start, second.date_deadline),
            ("running", cn(4, 10), cn(4, 12)),
        )

        # The old answers do not close it.
        with self.at(cn(4, 10, 30)), self.assertRaises(UserError):
            complaint.action_resolve()
        self.solve(complaint, "accepted", 5)
        with self.at(cn(6, 10)):
            with self.assertRaisesRegex(UserError, "called back"):
                complaint.action_close()
            self.say(complaint, self.handler, "callback")
            complaint.action_close()
        self.assertEqual(complaint.state, "closed")
        # a day late the second time
        self.assertEqual(second.state, "missed")
        self.assertEqual(first.state, "met")
