"""A job that takes longer than was planned is seen while it is worked on."""

from datetime import timedelta

from freezegun import freeze_time

from odoo.tests import tagged

from .workshop_case import NINE, WorkshopCase


@tagged("post_install", "-at_install")
class TestOverrun(WorkshopCase):
    def setUp(self):
        super().setUp()
        self.job = self.make_job(self.make_visit(), technician_id=self.mechanic.id)
        with freeze_time(NINE):
            self.job.with_user(self.technician).action_start()

    def overrun(self, minutes, user=None):
        """Whether the job is told to be over its plan, so long after nine."""
        with freeze_time(NINE + timedelta(minutes=minutes)):
            self.env.invalidate_all()
            job = self.job.with_user(user or self.advisor)
            found = job.search([("is_overrun", "=", True)])
            others = job.search([("is_overrun", "=", False)])
            self.assertEqual(job.is_overrun, job in found)
            self.assertNotEqual(job in found, job in others)
            return job.is_overrun

    def test_running_clock_counts(self):
        self.assertFalse(self.overrun(60))
        self.assertTrue(self.overrun(61))

    def test_break_does_not_count(self):
        with freeze_time(NINE + timedelta(minutes=50)):
            self.job.with_user(self.technician).action_pause("parts")
        self.assertFalse(self.overrun(300))

    def test_paused_too_late_is_over_plan_until_it_is_done(self):
        with freeze_time(NINE + timedelta(minutes=70)):
            self.job.with_user(self.technician).action_pause("parts")
        self.assertTrue(self.overrun(300))
        with freeze_time(NINE + timedelta(minutes=310)):
            self.job.with_user(self.technician).action_start()
            self.job.with_user(self.technician).action_done()
        self.assertFalse(self.overrun(320))

    def test_job_without_planned_hours_has_no_plan_to_be_over(self):
        self.job.planned_hours = 0
        self.assertFalse(self.overrun(600))

    def test_technician_sees_it_of_the_own_job(self):
        self.assertTrue(self.overrun(61, self.technician))

    def test_many_jobs_are_asked_about_at_once(self):
        jobs = self.job
        for _number in range(5):
            jobs += self.make_job(self.make_visit())
        self.env.flush_all()
        jobs.invalidate_recordset()
        with self.assertQueryCount(4):
            jobs.mapped("is_overrun")
