"""Whoever a complaint measures sends nobody away who looks after it."""

from odoo.exceptions import AccessError
from odoo.fields import Command

from ...complaint_common import DealerComplaintCase


class TestComplaintWatchers(DealerComplaintCase):
    def setUp(self):
        super().setUp()
        self.complaint = self.make_complaint()
        self.complaint.message_subscribe((self.officer | self.handler).partner_id.ids)

    def task_of(self, user):
        return self.complaint.activity_schedule(
            "mail.mail_activity_data_todo", summary="Call at once", user_id=user.id
        )

    def ways_to_end(self, task):
        return {
            "delete": task.unlink,
            "done": task.action_done,
            "feedback": lambda: task.action_feedback("Nothing to do"),
            "later": lambda: task.write({"date_deadline": "2027-01-01"}),
            "give away": lambda: task.write({"user_id": self.handler.id}),
            "archive": task.action_archive,
        }

    def test_task_of_a_colleague_stays_on_the_list(self):
        for colleague in (self.officer, self.complaint_manager):
            task = self.task_of(colleague).with_user(self.handler)
            for name, end in self.ways_to_end(task).items():
                with (
                    self.subTest(name, colleague=colleague.login),
                    self.assertRaisesRegex(AccessError, "for officer|for complaint_m"),
                    self.cr.savepoint(),
                ):
                    end()
            with self.assertRaises(AccessError), self.cr.savepoint():
                self.complaint.with_user(self.handler).activity_ids = [
                    Command.delete(task.id)
                ]

    def test_who_was_responsible_before_ends_it_no_more_either(self):
        task = self.task_of(self.officer)
        self.complaint.action_handover(self.colleague)
        self.complaint.with_user(self.colleague).action_accept_handover()
        for user in (self.handler, self.colleague):
            with self.assertRaises(AccessError):
                task.with_user(user).unlink()

    def test_own_task_and_a_second_person_end_it(self):
        self.task_of(self.handler).with_user(self.handler).action_done()
        self.task_of(self.officer).with_user(self.complaint_manager).unlink()
        self.task_of(self.handler).with_user(self.officer).action_done()

    def test_followers_are_removed_by_nobody_whom_it_measures(self):
        mine = self.complaint.with_user(self.handler)
        partner = self.officer.partner_id
        for name, attempt in {
            "button": lambda: mine.message_unsubscribe(partner.ids),
            "field": lambda: mine.write(
                {"message_partner_ids": [Command.unlink(partner.id)]}
            ),
            "rows": lambda: mine.write({"message_follower_ids": [Command.clear()]}),
        }.items():
            with (
                self.subTest(name),
                self.assertRaises(AccessError),
                self.cr.savepoint(),
            ):
                attempt()
        self.assertIn(partner, self.complaint.message_partner_ids)
        mine.message_unsubscribe(self.handler.partner_id.ids)
        self.assertNotIn(self.handler.partner_id, self.complaint.message_partner_ids)
        self.complaint.with_user(self.complaint_manager).message_unsubscribe(
            partner.ids
        )
        self.assertNotIn(partner, self.complaint.message_partner_ids)
