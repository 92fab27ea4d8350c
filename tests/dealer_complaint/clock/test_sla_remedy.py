"""What the customer was told he gets has its time too: nothing lies for ever."""

from freezegun import freeze_time

from odoo.tests import tagged

from ...complaint_common import DealerComplaintCase, cn


@tagged("standard", "post_install", "-at_install")
class TestSlaRemedy(DealerComplaintCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time(cn(2, 9)):
            cls.complaint = cls.make_complaint(proposal="A free wash")

    def agree(self, moment):
        """The customer agrees to the proposal on his page."""
        with freeze_time(moment):
            self.make_contact(self.complaint)
            self.complaint.action_investigate()
            self.complaint.action_propose()
            self.accept()

    def accept(self):
        # the page shows what is stored
        self.complaint.flush_recordset()
        self.complaint.invalidate_recordset()
        version = self.complaint._proposal_version()
        self.complaint._answer_by_customer("accepted", version)

    def test_agreed_on_is_due_within_the_days_of_the_shop(self):
        self.agree(cn(2, 11))
        self.assertEqual(self.complaint.state, "proposed")
        clock = self.timer(self.complaint, "remedy")
        self.assertEqual((clock.state, clock.date_start), ("running", cn(2, 11)))
        self.assertEqual(self.complaint.sla_metric, "remedy")
        self.assertTrue(self.complaint.sla_deadline)
        # head and list count it down, the customer's page goes on saying what comes
        with freeze_time(cn(2, 12)):
            self.assertEqual(self.complaint.sla_clock["metric"], "remedy")
            page = self.complaint._portal_clock()
            self.assertEqual(page["metric"], "remedy")
            self.assertIn("agreed", page["what"])
            self.assertEqual(page["state"], "ok")

    def test_forgotten_remedy_is_missed_and_escalated(self):
        self.agree(cn(2, 11))
        clock = self.timer(self.complaint, "remedy")
        self.run_engine(cn(16, 9))
        self.assertEqual(self.kinds(clock)[:3], ["warned", "breached", "escalated"])
        self.assertEqual(self.complaint.sla_state, "breached")

    def test_carried_out_in_time_is_met_and_the_callback_is_owed(self):
        self.agree(cn(2, 11))
        with freeze_time(cn(4, 9)):
            self.complaint.action_resolve()
        self.assertEqual(self.timer(self.complaint, "remedy").state, "met")
        self.assertEqual(self.complaint.sla_metric, "callback")
        with freeze_time(cn(5, 9)):
            self.make_contact(self.complaint, kind="callback")
        self.assertEqual(self.timer(self.complaint, "callback").state, "met")
        self.assertEqual(self.complaint.sla_state, "met")

    def test_proposal_taken_back_owes_feedback_not_the_remedy(self):
        self.agree(cn(2, 11))
        with freeze_time(cn(3, 9)):
            self.complaint.action_investigate()
        self.assertEqual(self.timer(self.complaint, "remedy").state, "cancelled")
        self.assertEqual(self.complaint.sla_metric, "feedback")
        # told and agreed on again, it is owed again
        with freeze_time(cn(4, 9)):
            self.complaint.action_propose()
            self.accept()
        again = self.timer(self.complaint, "remedy")
        self.assertEqual((again.cycle, again.state), (2, "running"))

    def test_told_on_the_phone_or_twice_is_one_remedy(self):
        with freeze_time(cn(2, 10)):
            self.make_contact(self.complaint)
            self.complaint.action_investigate()
            self.make_contact(self.complaint, kind="decision")
            self.complaint.action_propose()
        with freeze_time(cn(3, 9)):
            self.accept()
        clocks = self.complaint.timer_ids.filtered(lambda t: t.metric == "remedy")
        self.assertEqual(clocks.mapped("date_start"), [cn(2, 10)])

    def test_rejected_owes_no_remedy(self):
        self.agree(cn(2, 11))
        with freeze_time(cn(3, 9)):
            self.complaint.write({"reject_reason": "No", "recourse": "12315"})
            self.complaint.action_reject()
        self.assertEqual(self.timer(self.complaint, "remedy").state, "cancelled")

    def test_shop_that_gets_the_limit_later_counts_from_when_it_was_told(self):
        target = self.env.ref("dealer_complaint.sla_target_remedy")
        values = target.copy_data()[0]
        target.unlink()
        self.agree(cn(2, 11))
        self.assertFalse(self.timer(self.complaint, "remedy"))
        self.env["dealer.sla.target"].create(values)
        with freeze_time(cn(3, 9)):
            self.complaint._sla_follow_policies()
        clock = self.timer(self.complaint, "remedy")
        self.assertEqual((clock.state, clock.date_start), ("running", cn(2, 11)))
