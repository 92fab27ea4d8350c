"""The responsible person is absent: handed over, accepted, phoned in time."""

from odoo.exceptions import AccessError, UserError

from ...complaint_common import cn
from .complaint_story import ComplaintStoryCase


class TestComplaintHandedOver(ComplaintStoryCase):
    def test_hand_over_is_accepted(self):
        with self.at(cn(2, 9)):
            complaint = self.open_complaint(self.handler)
            deadline = self.timer(complaint).date_deadline

        # The handler falls ill; nobody just takes the complaint away.
        with self.at(cn(2, 9, 30)):
            with self.assertRaises(UserError):
                complaint.with_user(self.officer).user_id = self.colleague
            complaint.with_user(self.officer).action_handover(self.colleague)
            self.assertEqual(complaint.user_id, self.handler)
            self.assertEqual(complaint.handover_state, "pending")
            with self.assertRaises(AccessError):
                complaint.with_user(self.officer).action_accept_handover()

        # Only who has accepted is the responsible person whose call counts.
        with self.at(cn(2, 9, 40)):
            theirs = complaint.with_user(self.colleague)
            self.assertTrue(theirs.has_access("read"))
            theirs.action_accept_handover()
            self.assertEqual(complaint.user_id, self.colleague)
            self.assertEqual(self.timer(complaint).date_deadline, deadline)
        with self.at(cn(2, 10, 55)):
            self.say(theirs, self.colleague)
            timer = self.timer(complaint)
            self.assertEqual((timer.state, timer.date_start), ("met", cn(2, 9)))
            self.assertEqual(timer.responsible_id, self.colleague)

        # Who heard it first stays on record.
        self.assertEqual(complaint.first_receiver_id, self.handler)

    def test_who_is_on_leave_is_replaced_by_the_officers(self):
        with self.at(cn(2, 9)):
            complaint = self.open_complaint(self.handler)
        resource = self.env["resource.resource"].create(
            {
                "name": self.handler.name,
                "user_id": self.handler.id,
                "calendar_id": self.calendar.id,
                "company_id": self.company.id,
            }
        )
        self.env["resource.calendar.leaves"].create(
            {
                "name": "Ill",
                "resource_id": resource.id,
                "calendar_id": self.calendar.id,
                "date_from": cn(2, 9, 30),
                "date_to": cn(3, 17, 30),
            }
        )
        with self.at(cn(2, 10, 30)):
            self.assertEqual(self.told(complaint), self.officer)
        # the leave of one person does not stop the clock
        self.assertEqual(self.timer(complaint).date_deadline, cn(2, 11))
