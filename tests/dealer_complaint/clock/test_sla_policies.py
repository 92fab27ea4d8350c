"""What becomes of open complaints when the policies change, or none applies."""

from freezegun import freeze_time

from odoo.exceptions import UserError
from odoo.fields import Command

from ...complaint_common import DealerComplaintCase, cn


class TestSlaPolicies(DealerComplaintCase):
    def received(self, **values):
        with freeze_time(cn(2, 9)):
            return self.make_complaint(**values)

    def strict_policy(self, **values):
        """Half an hour for the first contact, before every other policy."""
        target = {"metric": "contact", "amount": 0.5, "unit": "clock_hours"}
        return self.env["dealer.sla.policy"].create(
            {
                "name": "Strict",
                "sequence": 1,
                "target_ids": [Command.create(target)],
                **values,
            }
        )

    def replan(self):
        """What the cron does after an edit, at 9:05."""
        with freeze_time(cn(2, 9, 5)):
            while job := self.env["dealer.sla.replan"].search([], limit=1):
                job._replan_batch(2)

    def no_policies(self):
        self.env["dealer.sla.policy"].search([]).active = False

    # -- open complaints follow ---------------------------------------------

    def test_new_policy_moves_open_complaints(self):
        complaints = [self.received() for _number in range(3)]
        self.strict_policy()
        self.replan()
        for complaint in complaints:
            self.assertEqual(self.timer(complaint).date_deadline, cn(2, 9, 30))
            self.assertEqual(complaint.sla_deadline, cn(2, 9, 30))

    def test_archived_policy_leaves_its_complaints_to_the_next(self):
        policy = self.strict_policy()
        complaint = self.received()
        self.assertEqual(self.timer(complaint).date_deadline, cn(2, 9, 30))
        policy.active = False
        self.replan()
        self.assertEqual(self.timer(complaint).date_deadline, cn(2, 11))
        self.assertEqual(self.timer(complaint).target_id, self.contact_target)

    def test_changed_conditions_and_order_move_open_complaints(self):
        policy = self.strict_policy(source="12315")
        complaint = self.received()
        for values, deadline in (
            ({"source": False}, cn(2, 9, 30)),
            ({"sequence": 1000}, cn(2, 11)),
            ({"sequence": 1, "grade": "general"}, cn(2, 9, 30)),
            ({"domain": "[('subject', 'ilike', 'paint')]"}, cn(2, 11)),
        ):
            with self.subTest(values):
                policy.write(values)
                self.replan()
                self.assertEqual(self.timer(complaint).date_deadline, deadline)

    def test_policy_of_one_shop_queues_that_shop_only(self):
        other = self.env["res.company"].create({"name": "Other shop"})
        self.env["dealer.sla.replan"].search([]).unlink()
        self.strict_policy(company_id=other.id)
        job = self.env["dealer.sla.replan"].search([])
        self.assertEqual(job.company_id, other)

    def test_name_of_a_policy_moves_nothing(self):
        self.env["dealer.sla.replan"].search([]).unlink()
        self.policy.name = "Another name"
        self.assertFalse(self.env["dealer.sla.replan"].search([]))

    # -- without a policy ---------------------------------------------------

    def test_complaint_without_clock_is_put_before_a_manager(self):
        self.no_policies()
        complaint = self.received()
        self.assertFalse(complaint.timer_ids)
        self.assertEqual(len(complaint.activity_ids), 1)
        manager = complaint.activity_ids.user_id
        self.assertTrue(
            manager.has_group("dealer_complaint.group_dealer_complaint_manager")
        )

    def test_complaint_with_a_clock_bothers_no_manager(self):
        self.assertFalse(self.received().activity_ids)

    def test_clock_begins_at_the_receipt_once_a_policy_applies(self):
        self.no_policies()
        complaint = self.received()
        self.policy.active = True
        self.replan()
        timer = self.timer(complaint)
        self.assertEqual((timer.state, timer.date_start), ("running", cn(2, 9)))
        self.assertEqual(timer.date_deadline, cn(2, 11))
        self.assertEqual(self.timer(complaint, "feedback").date_start, cn(2, 9))
        self.replan()
        self.assertEqual(len(complaint.timer_ids), len(set(complaint.timer_ids)))

    def test_late_clock_knows_the_call_that_was_made(self):
        self.no_policies()
        complaint = self.received()
        with freeze_time(cn(2, 9, 2)):
            self.make_contact(complaint)
        self.policy.active = True
        self.replan()
        timer = self.timer(complaint)
        self.assertEqual((timer.state, timer.date_stop), ("met", cn(2, 9, 2)))

    def test_clock_whose_last_policy_is_gone_runs_on(self):
        complaint = self.received()
        self.no_policies()
        self.replan()
        timer = self.timer(complaint)
        self.assertEqual((timer.state, timer.date_deadline), ("running", cn(2, 11)))

    # -- targets in use -----------------------------------------------------

    def test_target_that_clocks_run_by_is_not_deleted(self):
        complaint = self.received()
        for row in (self.contact_target, self.policy):
            with (
                self.subTest(model=row._name),
                self.assertRaisesRegex(UserError, "archive the policy"),
            ):
                row.unlink()
        complaint.action_cancel()
        self.contact_target.unlink()

    def test_breach_without_a_level_is_told_to_the_officers(self):
        complaint = self.received()
        self.contact_target.level_ids.unlink()
        self.run_engine(cn(2, 11, 30))
        notices = self.env["dealer.sla.notice"].search(
            [("complaint_id", "=", complaint.id)]
        )
        self.assertEqual(notices.user_id, self.officer)
