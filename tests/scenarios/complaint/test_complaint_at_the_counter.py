"""A grumble at the counter becomes a complaint, and is solved before lunch."""

from odoo.exceptions import UserError

from ...complaint_common import cn
from .complaint_story import ComplaintStoryCase


class TestComplaintAtTheCounter(ComplaintStoryCase):
    def test_promoted_and_solved_fast(self):
        # A customer grumbles while paying: noted in one click, as what it is.
        with self.at(cn(2, 9)):
            visit = self.make_reception()
            known = visit.with_user(self.handler).action_new_complaint()["context"]
            complaint = self.open_complaint(
                self.handler,
                level="dissatisfaction",
                **{key.removeprefix("default_"): known[key] for key in known},
            )
            self.assertEqual(complaint.reception_id, visit)
            self.assertEqual(complaint.user_id, self.handler)
            number, timer = complaint.name, self.timer(complaint)
            at_risk = complaint.value_at_risk

        # He insists: a complaint, with the same number and the same clock.
        with self.at(cn(2, 9, 20)):
            complaint.action_promote("complaint")
            self.assertEqual(complaint.name, number)
            self.assertEqual(self.timer(complaint), timer)
            self.assertEqual(timer.date_start, cn(2, 9))
            self.assertEqual(timer.date_deadline, cn(2, 11))
            self.assertGreater(complaint.value_at_risk, at_risk)

        # The handler phones, looks into it, and proposes something.
        with self.at(cn(2, 9, 40)):
            self.say(complaint, self.handler)
            complaint.action_investigate()
            complaint.proposal = "免费重新调整刹车"
            complaint.action_propose()

        # The decision is told and accepted; closing asks for the callback.
        with self.at(cn(2, 10, 10)):
            self.say(complaint, self.handler, "decision")
            complaint.decision_answer = "accepted"
            complaint.action_resolve()
            with self.assertRaisesRegex(UserError, "called back"):
                complaint.action_close()
        with self.at(cn(2, 11, 30)):
            self.say(complaint, self.handler, "callback")
            complaint.action_close()

        # Everything was in time, and nobody was ever bothered by a notice.
        self.assertEqual(complaint.state, "closed")
        self.assertEqual(set(complaint.timer_ids.mapped("state")), {"met"})
        self.assertEqual(complaint.sla_state, "met")
        self.assertFalse(self.told(complaint))
        self.assertFalse(complaint.timer_ids.event_ids)
