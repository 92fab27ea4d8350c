"""Somebody could have been hurt: major at intake, and nobody's night is quiet."""

from odoo.exceptions import AccessError, UserError

from ...complaint_common import cn
from .complaint_story import ComplaintStoryCase


class TestComplaintOfSafety(ComplaintStoryCase):
    def test_major_from_the_first_minute(self):
        # whatever the handler thinks of it, and the limits in hours of the clock
        self.contact_target.unit = "clock_hours"
        with self.at(cn(2, 17, 10)):
            complaint = self.open_complaint(
                self.handler,
                subject="高速上刹车失灵",
                is_safety=True,
                level="dissatisfaction",
            )
            self.assertEqual(complaint.grade, "major")
            self.assertEqual(complaint.value_severity, "major")
            other = self.open_complaint(
                self.handler,
                subject="等待时间长",
                partner_id=self.make_partner(name="李明").id,
                vehicle_id=False,
            )
            self.assertEqual(other.grade, "general")

        # After closing time the people of the major one are told, of the other not.
        with self.at(cn(2, 19, 11)):
            self.assertEqual(complaint.sla_state, "breached")
            self.assertIn(self.officer, self.told(complaint))
            self.assertEqual(other.sla_state, "breached")
            self.assertFalse(self.told(other))

        # Only a manager calms it down, and says why.
        with self.at(cn(3, 9)):
            with self.assertRaises(AccessError):
                complaint.action_lower_grade("general", "客户已安抚")
            theirs = complaint.with_user(self.complaint_manager)
            with self.assertRaises(UserError):
                theirs.action_lower_grade("general", "")
            theirs.action_lower_grade("escalated", "检查无故障")
            self.assertEqual(complaint.grade, "escalated")
