"""Talks that are entered after the fact, and results that were none."""

from freezegun import freeze_time

from ...complaint_common import DealerComplaintCase, cn


class TestSlaLateEntries(DealerComplaintCase):
    def setUp(self):
        super().setUp()
        with freeze_time(cn(2, 9)):
            self.complaint = self.make_complaint(proposal="Free diagnosis")

    def solve(self):
        """Phoned at 10:00, told and agreed at 11:00, done."""
        with freeze_time(cn(2, 10)):
            self.make_contact(self.complaint)
            self.complaint.action_investigate()
            self.complaint.action_propose()
        with freeze_time(cn(2, 11)):
            self.make_contact(self.complaint, kind="decision")
            self.complaint.decision_answer = "accepted"
            self.complaint.action_resolve()

    def test_talk_before_the_re_opening_stops_no_clock_of_the_new_cycle(self):
        self.solve()
        with freeze_time(cn(4, 9)):
            self.complaint.action_reopen()
        for kind in ("contact", "feedback", "decision"):
            with self.subTest(kind), freeze_time(cn(4, 10)):
                self.make_contact(self.complaint, kind=kind, date=cn(2, 16))
                states = [
                    self.timer(self.complaint, metric).state
                    for metric in ("contact", "feedback")
                ]
                self.assertEqual(states, ["running", "running"])
                self.assertFalse(self.complaint.date_decision)

    def test_callback_before_the_solution_stops_no_clock(self):
        self.env.ref("dealer_complaint.sla_target_callback").write(
            {"amount": 8, "unit": "working_hours"}
        )
        with freeze_time(cn(2, 10)):
            self.make_contact(self.complaint)
        self.solve()
        with freeze_time(cn(2, 14)):
            self.make_contact(self.complaint, kind="callback", date=cn(2, 10))
            self.assertEqual(self.timer(self.complaint, "callback").state, "running")
            self.make_contact(self.complaint, kind="callback", date=cn(2, 13))
            self.assertEqual(self.timer(self.complaint, "callback").state, "met")

    def test_older_feedback_entered_later_does_not_bring_the_next_one_forward(self):
        with freeze_time(cn(4, 9)):
            self.make_contact(self.complaint, kind="feedback")
        with freeze_time(cn(4, 10)):
            self.make_contact(self.complaint, kind="feedback", date=cn(3, 10))
        feedback = self.timer(self.complaint, "feedback")
        self.assertEqual((feedback.cycle, feedback.state), (2, "running"))
        self.assertEqual(feedback.date_start, cn(4, 9))

    def test_refused_on_the_phone_the_customer_waits_for_another_result(self):
        with freeze_time(cn(2, 10)):
            self.make_contact(self.complaint)
            self.complaint.action_investigate()
            self.complaint.action_propose()
            self.make_contact(self.complaint, kind="decision")
            self.complaint.decision_answer = "refused"
        with freeze_time(cn(3, 9)):
            self.complaint.action_investigate()
            feedback = self.timer(self.complaint, "feedback")
            self.assertEqual((feedback.cycle, feedback.state), (2, "running"))
            self.assertEqual(feedback.date_start, cn(3, 9))
            self.complaint.proposal = "A new part"
            self.complaint.action_propose()
            # the new proposal is as open as the first one was
            self.assertTrue(self.complaint._is_answer_open())
            self.complaint.decision = "A new part"
            self.complaint.action_resolve()
        gaps = self.complaint._closing_gaps()
        self.assertIn("The customer has not been told about the decision.", gaps)
        self.assertIn("The customer's answer has not been recorded.", gaps)

    def test_result_told_before_the_work_began_is_kept(self):
        with freeze_time(cn(2, 10)):
            self.make_contact(self.complaint, kind="decision")
            self.complaint.decision_answer = "accepted"
            self.complaint.action_investigate()
            self.complaint.action_propose()
        self.assertTrue(self.complaint.date_decision)
        self.assertEqual(self.complaint.decision_answer, "accepted")
