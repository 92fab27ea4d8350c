"""The factory is the cause: reported, waited for, but not for ever."""

from ...complaint_common import cn
from .complaint_story import ComplaintStoryCase


class TestComplaintOfTheProduct(ComplaintStoryCase):
    def test_report_and_capped_pause(self):
        # time enough to wait in: the solution within ten working days
        self.policy.target_ids = [
            (0, 0, {"metric": "resolve", "amount": 10, "unit": "working_days"})
        ]
        self.feedback_target.pause_cap_days = 5
        with self.at(cn(2, 9)):
            complaint = self.open_complaint(
                self.handler, subject="变速箱顿挫", description="二挡升三挡时顿挫。"
            )
        with self.at(cn(2, 9, 30)):
            self.say(complaint, self.handler)
            complaint.action_investigate()
            complaint.cause = "product"
            action = complaint.action_report_to_manufacturer()
            report = self.env[action["res_model"]].browse(action["res_id"])
            report = report.with_user(self.handler)
            self.assertEqual(report.cause, "product")
            self.assertIn("顿挫", report.description)
            report.contact = "华东大区"
            report.action_send()
            self.assertEqual(report.date_due, cn(5, 17, 30))

        # Waiting for the factory needs an officer; the clocks of others run on.
        feedback = self.timer(complaint, "feedback")
        with self.at(cn(2, 10)):
            complaint.with_user(self.officer).action_pause(
                "manufacturer", "等待工厂答复", until=cn(31, 9)
            )
            self.assertEqual(feedback.state, "paused")
            self.assertEqual(feedback.date_pause_cap, cn(7, 10))
            self.assertEqual(self.timer(complaint, "manufacturer").state, "running")

        # The factory is late, which is on record with the report.
        with self.at(cn(6, 9)):
            self.assertTrue(report.is_late)
            self.assertEqual(complaint.sla_state, "breached")

        # The pause ends by itself at the cap, whatever the factory does.
        with self.at(cn(7, 10, 1)):
            self.assertEqual(
                (feedback.state, feedback.date_run), ("running", cn(7, 10))
            )
            self.assertGreater(feedback.date_deadline, cn(7, 10))
            pause = feedback.segment_ids.filtered(lambda s: s.kind == "pause")
            self.assertEqual(pause.reason, "manufacturer")
            self.assertEqual(pause.approver_id, self.officer)
            self.assertEqual((pause.date_from, pause.date_to), (cn(2, 10), cn(7, 10)))

        # The answer stops the factory's clock, and the customer hears of it.
        with self.at(cn(9, 9)):
            report.answer = "软件升级，下周可刷写"
            report.action_answered()
            self.say(complaint, self.handler, "decision", summary="软件升级")
        self.assertEqual(self.timer(complaint, "manufacturer").state, "missed")
        self.assertEqual(feedback.state, "met")
