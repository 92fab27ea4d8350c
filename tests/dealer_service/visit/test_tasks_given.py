"""What somebody was asked to do is done, and not rewritten by whom it measures."""

from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.fields import Command

from ...common import DealerServiceCase


class TestTasksGiven(DealerServiceCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.colleague = cls.make_user("colleague", "user")
        cls.second = cls.make_user("second", "manager")
        cls.visit = cls.make_reception(state="arrived")
        cls.order = cls.make_order(cls.visit)

    def give(self, document, user, by):
        """As the chatter does."""
        return (
            self.env["mail.activity"]
            .with_user(by)
            .create(
                {
                    "res_model_id": self.env["ir.model"]._get_id(document._name),
                    "res_id": document.id,
                    "user_id": user.id,
                    "summary": "Call the customer today",
                }
            )
        )

    def ways_to_change(self, task, document):
        return {
            "delete": task.unlink,
            "archive": task.action_archive,
            "later": lambda: task.write({"date_deadline": "2027-01-01"}),
            "postpone": task.action_reschedule_nextweek,
            "rewrite": lambda: task.write({"summary": "Nothing"}),
            "pass on": lambda: task.write({"user_id": self.colleague.id}),
            "on the document": lambda: document.with_user(task.env.user).write(
                {"activity_ids": [Command.delete(task.id)]}
            ),
        }

    def assert_kept(self, task, document, message):
        for name, attempt in self.ways_to_change(task, document).items():
            with (
                self.subTest(name, document=document._name, user=task.env.user.login),
                self.assertRaisesRegex(AccessError, message),
                self.cr.savepoint(),
            ):
                attempt()

    def documents(self):
        return self.visit, self.order, self.vehicle

    def test_what_a_manager_gave_is_done_and_not_rewritten(self):
        for document in self.documents():
            task = self.give(document, self.advisor, by=self.manager)
            mine = task.with_user(self.advisor)
            self.assert_kept(mine, document, "put on your list by somebody")
            before = document.message_ids
            mine.action_feedback("He comes on Friday")
            self.assertFalse(task.active)
            kept = document.message_ids - before
            self.assertIn("He comes on Friday", "".join(kept.mapped("body")))

    def test_colleagues_take_nothing_off_either(self):
        for document in self.documents():
            task = self.give(document, self.advisor, by=self.manager)
            theirs = task.with_user(self.colleague)
            self.assert_kept(theirs, document, "is for advisor .* to do")

    def test_task_is_done_by_whom_it_is_for_its_giver_or_a_superior(self):
        for document in self.documents():
            for user in (self.advisor, self.manager, self.second):
                task = self.give(document, self.advisor, by=self.manager)
                for done in ("action_done", "action_feedback"):
                    with (
                        self.subTest(done, document=document._name),
                        self.assertRaisesRegex(AccessError, "is for advisor .* to do"),
                        self.cr.savepoint(),
                    ):
                        getattr(task.with_user(self.colleague), done)()
                self.assertTrue(task.active)
                task.with_user(user).action_feedback("I have called him")
                self.assertFalse(task.active)
            task = self.give(document, self.advisor, by=self.colleague)
            task.with_user(self.colleague).action_feedback("It is settled")
            self.assertFalse(task.active)

    def test_task_for_nobody_is_done_by_who_sees_it(self):
        task = self.give(self.visit, self.env["res.users"], by=self.manager)
        task.with_user(self.colleague).action_feedback("He comes on Friday")
        self.assertFalse(task.active)

    def test_whom_it_measures_ends_no_task_of_a_colleague(self):
        for document in (self.visit, self.order):
            task = self.give(document, self.second, by=self.manager)
            mine = task.with_user(self.advisor)
            self.assert_kept(mine, document, "is for second .* to do")
            with self.assertRaises(AccessError):
                mine.action_done()
            self.visit.with_user(self.manager).advisor_id = self.colleague
            with self.assertRaises(AccessError):
                mine.action_done()
            self.visit.with_user(self.manager).advisor_id = self.advisor

    def test_manager_is_measured_by_his_own_visit(self):
        visit = self.make_reception(advisor_id=self.manager.id)
        task = self.give(visit, self.manager, by=self.second)
        mine = task.with_user(self.manager)
        self.assert_kept(mine, visit, "put on your list by somebody")
        task.with_user(self.second).unlink()

    def test_giver_and_a_manager_change_what_was_given(self):
        for document in self.documents():
            task = self.give(document, self.colleague, by=self.advisor)
            task.with_user(self.advisor).write({"summary": "Call him tomorrow"})
            task.with_user(self.manager).write({"date_deadline": "2027-01-01"})
            task.with_user(self.manager).unlink()

    def test_own_task_is_free(self):
        for document in self.documents():
            task = self.give(document, self.advisor, by=self.advisor)
            task.with_user(self.advisor).write({"summary": "Look at the photos"})
            task.with_user(self.advisor).unlink()

    def test_delay_is_told_whoever_was_to_tell_it(self):
        late = fields.Datetime.now() - timedelta(minutes=5)
        self.visit._write_by_method({"date_promised": late})
        self.visit.activity_schedule(
            "dealer_service.mail_activity_type_delay", user_id=self.colleague.id
        )
        self.visit.with_user(self.advisor).action_tell_delay()
        self.assertFalse(self.visit.activity_ids)

    def test_cars_of_the_company_are_not_ours(self):
        car = self.make_vehicle(
            is_customer_vehicle=False, license_plate="皖B·Z0001", owner_id=False
        )
        clerk = self.make_users(
            {"login": "clerk", "groups": "fleet.fleet_group_manager"}
        )
        task = self.give(car, clerk, by=self.env.user)
        task.with_user(clerk).unlink()

    def test_who_is_measured_removes_no_followers(self):
        self.visit.message_subscribe(self.manager.partner_id.ids)
        mine = self.visit.with_user(self.advisor)
        with self.assertRaises(AccessError):
            mine.message_unsubscribe(self.manager.partner_id.ids)
        mine.message_unsubscribe(self.advisor.partner_id.ids)
        self.assertEqual(self.visit.message_partner_ids, self.manager.partner_id)
