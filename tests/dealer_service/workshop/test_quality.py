"""Three levels of quality checks, who may sign them, and the way back."""

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .workshop_case import WorkshopCase


@tagged("post_install", "-at_install")
class TestQuality(WorkshopCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.inspector = cls.make_user("inspector", "technician")
        cls.reception = cls.make_visit("working")
        cls.job = cls.make_job(cls.reception, technician_id=cls.mechanic.id)
        cls.other_job = cls.make_job(
            cls.reception, name="Oil change", technician_id=cls.mechanic.id
        )
        for job in cls.job + cls.other_job:
            job.action_start()
            job.action_done()
        cls.reception.action_finish()

    def check(self, level, user, result="pass", **values):
        return (
            self.env["dealer.quality.check"]
            .with_user(user)
            .create(
                {
                    "reception_id": self.reception.id,
                    "level": level,
                    "result": result,
                    **values,
                }
            )
        )

    def pass_lower(self):
        self.check("self", self.technician)
        self.check("team", self.colleague_user)

    # -- levels

    def test_three_levels_let_the_car_go(self):
        self.assertEqual(self.reception.quality_level, "self")
        self.pass_lower()
        self.assertEqual(self.reception.quality_level, "final")
        self.check("final", self.inspector)
        self.assertTrue(self.reception.date_passed)
        self.assertFalse(self.reception.quality_level)
        self.reception.action_ready()
        self.assertEqual(self.reception.state, "ready")

    def test_factory_passes_all_levels(self):
        self.pass_quality(self.reception)
        self.assertTrue(self.reception.date_passed)

    def test_level_cannot_be_skipped(self):
        with self.refused(UserError, "“Self Check” comes before"):
            self.check("team", self.colleague_user)
        self.check("self", self.technician)
        with self.refused(UserError, "“Team Check” comes before"):
            self.check("final", self.inspector)

    def test_car_is_not_passed_without_a_final_inspection(self):
        self.pass_lower()
        with self.refused(UserError, "no final inspection"):
            self.reception.action_pass()

    def test_whoever_checks_again_reads_what_failed_before(self):
        self.check(
            "self",
            self.technician,
            "fail",
            note="出风口仍有异味",
            failed_job_ids=[(6, 0, self.job.ids)],
        )
        # a colleague has no job of this car
        seen = self.reception.with_user(self.inspector)
        self.job.action_start()
        self.job.action_done()
        self.reception.action_finish()
        self.assertIn("出风口仍有异味", seen.failure_words)
        self.assertIn(self.job.name, seen.failure_words)
        self.assertNotIn(self.other_job.name, seen.failure_words)
        arch = seen.get_view(
            self.env.ref("dealer_service.dealer_reception_view_kanban_quality").id
        )["arch"]
        self.assertIn("failure_words", arch)
        self.assertIn("出风口仍有异味", self.job.rework_reason)

    # -- who

    def test_final_inspector_is_not_a_technician_of_the_visit(self):
        self.pass_lower()
        with self.refused(UserError, "someone who has not"):
            self.check("final", self.technician)

    def test_technician_who_handed_the_job_over_is_no_inspector_either(self):
        job = self.make_job(self.make_visit(), technician_id=self.mechanic.id)
        job.action_start()
        job.technician_id = self.colleague
        self.assertIn(self.technician, job.reception_id._workers())

    def test_inspector_does_not_become_the_technician_afterwards(self):
        self.pass_quality(self.reception)
        inspector = self.make_technician(self._quality_user("final_inspector"))
        with self.refused(UserError, "already done"):
            self.job.with_user(self.advisor).technician_id = inspector
        self.job.with_user(self.advisor).technician_id = self.mechanic

    def test_self_check_is_for_those_who_worked(self):
        with self.refused(UserError, "may sign the self check"):
            self.check("self", self.inspector)

    def test_team_check_is_for_a_colleague(self):
        self.check("self", self.technician)
        with self.refused(UserError, "colleague must sign the team check"):
            self.check("team", self.technician)

    def test_nobody_signs_for_another(self):
        with self.refused(UserError, "nobody can sign for someone else"):
            self.check("self", self.inspector, user_id=self.technician.id)

    def test_card_says_who_owes_the_next_check(self):
        """An inspector is offered what is his, and reads whose turn it is."""
        theirs = self.reception.with_user(self.inspector)
        self.assertIn(self.technician.name, theirs.quality_owed_by)
        self.assertFalse(theirs.is_quality_mine)
        self.assertTrue(self.reception.with_user(self.technician).is_quality_mine)
        with self.refused(UserError, f"“Self Check” comes.*{self.technician.login}"):
            theirs.action_check_quality()
        self.check("self", self.technician)
        theirs.invalidate_recordset()
        self.assertTrue(theirs.is_quality_mine, "the team check is a colleague's")
        self.assertFalse(self.reception.with_user(self.technician).is_quality_mine)
        self.check("team", self.colleague_user)
        dialog = theirs.action_check_quality()["context"]
        self.assertEqual(dialog["default_level"], "final")

    def test_whoever_finds_a_fault_fails_the_car_at_the_own_level(self):
        failing = {"dealer_quality_result": "fail"}
        for user, level in ((self.inspector, "final"), (self.technician, "self")):
            visit = self.reception.with_user(user).with_context(**failing)
            context = visit.action_check_quality()["context"]
            self.assertEqual(context["default_level"], level)
            self.assertEqual(context["default_result"], "fail")

    # -- failing

    def test_failed_check_reopens_the_named_jobs_as_rework(self):
        self.check("self", self.technician)
        self.check(
            "team",
            self.colleague_user,
            "fail",
            failed_job_ids=[(6, 0, self.job.ids)],
            note="Torque",
        )
        self.assertEqual(self.reception.state, "working")
        self.assertEqual(self.reception.rework_count, 1)
        self.assertEqual((self.job.state, self.job.is_rework), ("pending", True))
        self.assertEqual(
            (self.other_job.state, self.other_job.is_rework), ("done", False)
        )
        self.assertEqual(self.job.technician_id, self.mechanic, "back to the same one")

    def test_after_rework_all_levels_are_passed_again(self):
        self.pass_lower()
        self.check(
            "final", self.inspector, "fail", failed_job_ids=[(6, 0, self.job.ids)]
        )
        self.job.action_start()
        self.assertTrue(self.job.log_ids.filtered("is_rework"))
        self.job.action_done()
        self.reception.action_finish()
        with self.refused(UserError, "“Self Check” comes before"):
            self.check("final", self.inspector)
        self.pass_lower()
        self.check("final", self.inspector)
        self.assertTrue(self.reception.date_passed)
        self.assertEqual(self.reception.rework_count, 1)

    def test_failed_check_names_its_jobs(self):
        with self.refused(UserError, "select the jobs that failed"):
            self.check("self", self.technician, "fail")

    def test_jobs_of_another_visit_cannot_fail_here(self):
        foreign = self.make_job(self.make_visit("quality"))
        with self.refused(UserError, "another visit"):
            self.check(
                "self", self.technician, "fail", failed_job_ids=[(6, 0, foreign.ids)]
            )

    def test_back_to_the_workshop_by_the_button_reopens_every_job(self):
        self.reception.with_user(self.advisor).action_fail()
        self.assertEqual(self.reception.state, "working")
        self.assertEqual(self.reception.rework_count, 1)
        self.assertEqual(self.reception.job_ids.mapped("state"), ["pending"] * 2)
        check = self.reception.quality_check_ids
        self.assertEqual((check.result, check.user_id), ("fail", self.advisor))

    def test_no_remote_caller_passes_for_a_check(self):
        self.reception.with_context(dealer_failed_check=True).action_fail()
        self.assertEqual(len(self.reception.quality_check_ids), 1)

    def test_technician_fails_the_own_work_before_it_leaves_the_workshop(self):
        self.reception.action_fail()
        self.job.action_start()
        self.job.action_done()
        self.check(
            "self", self.technician, "fail", failed_job_ids=[(6, 0, self.job.ids)]
        )
        self.assertEqual(self.job.state, "pending")
        self.assertEqual(self.reception.rework_count, 1, "it never left the workshop")

    def test_open_job_stands_against_passing(self):
        self.make_job(self.reception, name="Forgotten")
        with self.refused(UserError, "Forgotten"):
            self.check("self", self.technician)

    # -- road test and record

    def test_road_test_does_not_run_backwards(self):
        check = self.check("self", self.technician, odometer_out=20_003)
        self.assertEqual(check.road_test_km, 3)
        with self.refused(ValidationError, "after the road test"):
            self.check("team", self.colleague_user, odometer_out=19_999)
        with self.refused(ValidationError, "99999999 km"):
            self.check("team", self.colleague_user, odometer_out=99_999_999)

    def test_road_test_may_be_left_out(self):
        self.assertEqual(self.check("self", self.technician).road_test_km, 0)

    def test_signed_check_is_not_rewritten_or_deleted(self):
        check = self.check("self", self.technician)
        with self.refused(UserError, "recorded quality check"):
            check.sudo().write({"result": "fail"})
        with self.assertRaises(AccessError):
            check.with_user(self.manager).unlink()

    def test_car_that_is_not_in_the_quality_check_is_not_inspected(self):
        self.reception._write_by_method({"state": "authorized"})
        with self.refused(UserError, "during the quality check"):
            self.check("final", self.advisor)
