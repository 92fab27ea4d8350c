"""Edits while clocks run: grade, policy, working hours, holidays."""

from freezegun import freeze_time

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ...complaint_common import DealerComplaintCase, cn


class SlaRetargetCase(DealerComplaintCase):
    def received(self, moment=None, **values):
        with freeze_time(moment or cn(2, 9)):
            return self.make_complaint(**values)

    def replan(self, moment):
        with freeze_time(moment):
            while job := self.env["dealer.sla.replan"].search([], limit=1):
                job._replan_batch(2)

    def holiday(self, first, last=None, **values):
        return self.env["resource.calendar.leaves"].create(
            {
                "name": "Holiday",
                "calendar_id": False,
                "company_id": self.company.id,
                "date_from": cn(first),
                "date_to": cn(last or first, 23, 59, 59),
                **values,
            }
        )

    def strict_policy(self, **criteria):
        return self.env["dealer.sla.policy"].create(
            {
                "name": "Strict",
                "sequence": 1,
                "target_ids": [
                    Command.create(
                        {"metric": "contact", "amount": 0.5, "unit": "clock_hours"}
                    )
                ],
                **criteria,
            }
        )


class TestSlaRetarget(SlaRetargetCase):
    # -- which policy -----------------------------------------------------

    def test_first_fitting_policy_decides_metric_by_metric(self):
        self.strict_policy(source="12315")
        complaint = self.received(source="12315")
        self.assertEqual(self.timer(complaint).date_deadline, cn(2, 9, 30))
        self.assertEqual(self.timer(complaint, "feedback").date_deadline, cn(5, 17, 30))

    def test_policy_fits_by_level_grade_category_and_condition(self):
        product = self.env.ref("dealer_complaint.complaint_category_product")
        brakes = self.env.ref("dealer_complaint.complaint_category_brakes")
        for criteria, fits in (
            ({"level": "complaint"}, True),
            ({"level": "grievance"}, False),
            ({"grade": "major"}, True),
            ({"grade": "general"}, False),
            ({"category_id": product.id}, True),
            ({"domain": "[('subject', 'ilike', 'brake')]"}, True),
            ({"domain": "[('subject', 'ilike', 'paint')]"}, False),
        ):
            with self.subTest(criteria):
                policy = self.strict_policy(**criteria)
                complaint = self.received(category_id=brakes.id)
                self.assertEqual(
                    self.timer(complaint).date_deadline == cn(2, 9, 30), fits
                )
                policy.active = False

    def test_policy_of_another_company_does_not_apply(self):
        other = self.env["res.company"].create({"name": "Other shop"})
        self.strict_policy(company_id=other.id)
        self.assertEqual(self.timer(self.received()).date_deadline, cn(2, 11))

    def test_broken_condition_is_refused_when_entered(self):
        for domain in ("[('nothing', '=', 1)]", "[(", "1"):
            with self.subTest(domain), self.assertRaises(ValidationError):
                self.strict_policy(domain=domain)

    # -- classification -----------------------------------------------------

    def test_higher_grade_retargets_and_keeps_the_start(self):
        self.strict_policy(grade="major")
        complaint = self.received()
        with freeze_time(cn(2, 9, 10)):
            complaint.is_safety = True
        timer = self.timer(complaint)
        self.assertEqual(complaint.grade, "major")
        self.assertEqual(
            (timer.date_start, timer.date_deadline), (cn(2, 9), cn(2, 9, 30))
        )
        self.assertEqual(complaint.sla_deadline, cn(2, 9, 30))

    def test_instantly_overdue_after_the_upgrade_is_recorded_once(self):
        self.strict_policy(grade="major")
        complaint = self.received()
        with freeze_time(cn(2, 10)):
            complaint.action_raise_grade("major")
        self.run_engine(cn(2, 10, 0, 1))
        with freeze_time(cn(2, 10, 5)):
            complaint.source = "media"
        self.run_engine(cn(2, 10, 6))
        timer = self.timer(complaint)
        breaches = timer.event_ids.filtered(lambda e: e.kind == "breached")
        self.assertEqual(breaches.mapped("date"), [cn(2, 9, 30)])

    def test_old_target_vanishes_with_the_old_classification(self):
        self.strict_policy(source="media")
        complaint = self.received(source="media")
        with freeze_time(cn(2, 9, 10)):
            complaint.source = "phone"
        self.assertEqual(self.timer(complaint).date_deadline, cn(2, 11))
        self.assertEqual(self.timer(complaint).target_id, self.contact_target)

    def test_promotion_keeps_number_and_clock(self):
        complaint = self.received(level="dissatisfaction")
        number = complaint.name
        with freeze_time(cn(2, 10)):
            complaint.action_promote()
            complaint.action_promote()
        self.assertEqual((complaint.name, complaint.level), (number, "complaint"))
        self.assertEqual(self.timer(complaint).date_start, cn(2, 9))

    def test_used_time_is_kept_when_the_kind_of_time_changes(self):
        complaint = self.received()
        with freeze_time(cn(2, 11)):
            complaint.action_pause("parts", note="x")
        with freeze_time(cn(2, 14)):
            complaint.action_resume()
            self.env["dealer.sla.policy"].create(
                {
                    "name": "Hours",
                    "sequence": 1,
                    "source": "media",
                    "target_ids": [
                        Command.create(
                            {"metric": "feedback", "amount": 24, "unit": "clock_hours"}
                        )
                    ],
                }
            )
            complaint.source = "media"
        # 2 of 24 hours were over at 14:00
        self.assertEqual(self.timer(complaint, "feedback").date_deadline, cn(3, 12))

    # -- policies edited ----------------------------------------------------

    def test_edited_target_moves_running_timers_and_no_others(self):
        running, stopped = self.received(), self.received()
        with freeze_time(cn(2, 9, 30)):
            self.make_contact(stopped)
            self.contact_target.amount = 1
        self.replan(cn(2, 9, 40))
        self.assertEqual(self.timer(running).date_deadline, cn(2, 10))
        self.assertEqual(self.timer(stopped).date_deadline, cn(2, 11))

    def test_deleted_warning_is_taken_off_the_running_timers(self):
        complaint = self.received()
        self.replan(cn(2, 9, 5))
        self.contact_target.level_ids.filtered(lambda lev: lev.minutes < 0).unlink()
        self.replan(cn(2, 9, 10))
        self.assertFalse(self.timer(complaint).date_warning)
        with freeze_time(cn(2, 10, 59)):
            complaint.invalidate_recordset()
            self.assertEqual(complaint.sla_state, "ok")

    def test_archived_policy_leaves_the_snapshot_and_is_not_deleted(self):
        complaint = self.received()
        self.policy.active = False
        self.replan(cn(2, 9, 10))
        self.assertEqual(self.timer(complaint).date_deadline, cn(2, 11))
        with self.assertRaises(UserError):
            self.policy.unlink()
        self.replan(cn(2, 9, 20))
        timer = self.timer(complaint)
        self.assertEqual((timer.state, timer.amount), ("running", 2))
        self.run_engine(cn(2, 11, 0, 1))
        self.assertIn("breached", self.kinds(timer))
