"""Whoever a complaint measures sends nobody away who looks after it."""

from freezegun import freeze_time

from odoo.exceptions import AccessError
from odoo.fields import Command

from ...complaint_common import DealerComplaintCase, cn


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

    def test_colleague_of_the_desk_ends_no_task_of_another(self):
        self.complaint = self.make_complaint(user_id=False)
        case, report = (
            self.env[model].create(
                {"complaint_id": self.complaint.id, "user_id": False, **vals}
            )
            for model, vals in (
                ("dealer.external.case", {}),
                ("dealer.manufacturer.report", {"name": "Stalls"}),
            )
        )
        for document in (self.complaint, case, report):
            task = document.activity_schedule(
                "mail.mail_activity_data_todo", user_id=self.handler.id
            )
            self.assertTrue(document.with_user(self.colleague).has_access("write"))
            for name, end in self.ways_to_end(task.with_user(self.colleague)).items():
                with (
                    self.subTest(name, document=document._name),
                    self.assertRaisesRegex(AccessError, "for handler"),
                    self.cr.savepoint(),
                ):
                    end()
            task.with_user(self.officer).action_done()

    def assert_only_done(self, task):
        """Whoever was given ``task`` does it; nothing else."""
        for name, attempt in {
            "delete": task.unlink,
            "cancel": task.action_cancel,
            "archive": task.action_archive,
            "later": lambda: task.write({"date_deadline": "2027-01-01"}),
            "postpone": task.action_reschedule_nextweek,
            "rewrite": lambda: task.write({"summary": "Nothing"}),
            "note": lambda: task.write({"note": "Nothing"}),
            "pass on": lambda: task.write({"user_id": self.colleague.id}),
            "on the complaint": lambda: self.complaint.with_user(self.handler).write(
                {"activity_ids": [Command.update(task.id, {"summary": "Nothing"})]}
            ),
            "with the key": task.with_context(dealer_activity_done=True).action_archive,
        }.items():
            with (
                self.subTest(name),
                self.assertRaisesRegex(AccessError, "put on your list by somebody"),
                self.cr.savepoint(),
            ):
                attempt()
        before = self.complaint.message_ids
        task.action_feedback("He was called back")
        self.assertFalse(task.active)
        kept = self.complaint.message_ids - before
        self.assertIn("He was called back", kept.body)
        with self.assertRaises(AccessError):
            task.unlink()

    def test_task_that_was_given_is_done_and_not_rewritten(self):
        given = (
            self.complaint.with_user(self.officer)
            .activity_schedule(
                "mail.mail_activity_data_todo",
                summary="Call back today",
                user_id=self.handler.id,
            )
            .with_user(self.handler)
        )
        self.assert_only_done(given)

    def test_reminder_of_a_missed_limit_stays_until_it_is_done(self):
        with freeze_time(cn(2, 9)):
            self.complaint = self.make_complaint()
        self.run_engine(cn(2, 14))
        kind = self.env.ref("dealer_complaint.mail_activity_type_sla")
        missed = self.complaint.activity_ids.filtered(
            lambda task: task.activity_type_id == kind and task.user_id == self.handler
        )
        self.assert_only_done(missed.with_user(self.handler))

    def test_giver_and_a_second_person_change_what_was_given(self):
        task = self.complaint.with_user(self.officer).activity_schedule(
            "mail.mail_activity_data_todo", user_id=self.handler.id
        )
        task.write({"summary": "Call back tomorrow"})
        task.with_user(self.complaint_manager).write({"note": "Be kind"})
        task.with_user(self.complaint_manager).unlink()

    def test_own_task_is_free(self):
        mine = self.env["mail.activity"].with_user(self.handler)
        task = mine.create(
            {
                "res_model_id": self.env["ir.model"]._get_id("dealer.complaint"),
                "res_id": self.complaint.id,
                "user_id": self.handler.id,
                "summary": "Look at the photos",
            }
        )
        task.write({"summary": "Look at the car", "date_deadline": "2027-01-01"})
        task.unlink()

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
