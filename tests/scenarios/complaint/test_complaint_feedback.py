"""The customer hears of progress twice, then of the decision."""

from ...complaint_common import cn
from .complaint_story import ComplaintStoryCase


class TestComplaintFeedback(ComplaintStoryCase):
    def test_armed_twice_then_the_decision(self):
        with self.at(cn(2, 9)):
            complaint = self.open_complaint(self.handler)
        with self.at(cn(2, 9, 30)):
            self.say(complaint, self.handler)
            complaint.action_investigate()
            feedback = self.timer(complaint, "feedback")
            self.assertEqual(feedback.date_deadline, cn(5, 17, 30))

        # Each feedback is the beginning of the next three days.
        with self.at(cn(4, 10)):
            self.say(complaint, self.handler, "feedback", channel="message")
            self.assertEqual(feedback.state, "met")
            second = self.timer(complaint, "feedback")
            self.assertEqual((second.cycle, second.date_start), (2, cn(4, 10)))
            self.assertEqual(second.date_deadline, cn(7, 17, 30))
        with self.at(cn(7, 9)):
            # a call that did not get through is no feedback
            self.say(complaint, self.handler, "feedback", is_connected=False)
            self.assertEqual(second.state, "running")
            self.say(complaint, self.handler, "feedback")
            third = self.timer(complaint, "feedback")
            self.assertEqual((third.cycle, third.date_deadline), (3, cn(10, 17, 30)))

        # A change of state does not count as news; the decision ends it.
        with self.at(cn(9, 15)):
            complaint.proposal = "换新制动片"
            complaint.action_propose()
            self.assertEqual(third.state, "running")
            self.say(complaint, self.handler, "decision", summary="换新制动片")
            self.assertEqual(complaint.date_decision, cn(9, 15))
            self.assertEqual(third.state, "met")
        feedbacks = complaint.timer_ids.filtered(lambda t: t.metric == "feedback")
        self.assertEqual(feedbacks.mapped("state"), ["met"] * 3)
        # What was decided is to be done now.
        self.assertEqual(complaint.sla_metric, "remedy")
