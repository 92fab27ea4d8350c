"""A 12315 case over the national holiday, whose weekends are partly worked."""

from datetime import date

from odoo.exceptions import UserError

from ...complaint_common import cn
from .complaint_story import ComplaintStoryCase


class TestComplaintAtTheAuthority(ComplaintStoryCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Monday to Friday; 2025: closed 1 to 8 October, Sunday 28 September and
        # Saturday 11 October are worked
        cls.calendar = cls.make_calendar(days=5)
        cls.company.dealer_calendar_id = cls.calendar
        cls.env["dealer.workday"]._fill_public_holidays([2025], cls.company)

    def test_seven_and_forty_five_working_days(self):
        with self.at(cn(date(2025, 9, 26), 9)):
            complaint = self.open_complaint(self.handler)
        with self.at(cn(date(2025, 9, 26), 10)):
            self.say(complaint, self.handler)
            case = (
                self.env["dealer.external.case"]
                .with_user(self.handler)
                .create(
                    {
                        "complaint_id": complaint.id,
                        "body": "12315",
                        "number": "3402-2025-0926",
                    }
                )
            )
            self.assertEqual(complaint.grade, "major")
            # 28, 29, 30 September, 9, 10, 11 October, and the 13th
            self.assertEqual(case.date_due, cn(date(2025, 10, 13), 17, 30))

        # The holiday is quiet, nothing is late after it.
        with self.at(cn(date(2025, 10, 6), 12)):
            self.assertFalse(case.is_late)

        # Mediation has its own days, counted from the acceptance.
        with self.at(cn(date(2025, 10, 13), 10)):
            case.action_accept()
            self.assertEqual(case.date_due, cn(date(2025, 12, 15), 17, 30))
            first, second = complaint.timer_ids.filtered(
                lambda t: t.metric == "external"
            ).sorted("id")
            self.assertEqual((first.state, second.state), ("met", "running"))

        # The authority's days run on whatever we wait for.
        with self.at(cn(date(2025, 10, 13), 11)):
            complaint.with_user(self.officer).action_pause("parts", "等待配件")
            self.assertEqual(second.state, "running")

        # It is not closed behind the authority's back.
        with self.at(cn(date(2025, 10, 20), 10)):
            complaint.action_investigate()
            complaint.proposal = "免费更换"
            complaint.action_propose()
            self.say(complaint, self.handler, "decision")
            complaint.decision_answer = "accepted"
            complaint.action_resolve()
            self.say(complaint, self.handler, "callback")
            with self.assertRaisesRegex(UserError, "3402-2025-0926"):
                complaint.action_close()
            case.reply = "已与客户达成一致，免费更换。"
            case.action_reply()
            case.action_settle()
            complaint.action_close()
        self.assertEqual(complaint.state, "closed")
        self.assertEqual(second.state, "met")
