"""Working hours edited while a worker recounts for an earlier edit."""

from psycopg2 import errors

from odoo.tools import mute_logger

from ...complaint_processes import SlaProcessCase


class TestSlaReplanRace(SlaProcessCase):
    def setUp(self):
        super().setUp()
        with self.cursor() as env:
            self.company_id = env.company.id
            env["dealer.sla.replan"].search([]).unlink()
        self.addCleanup(self.remove_jobs)

    def remove_jobs(self):
        with self.cursor() as env:
            env["dealer.sla.replan"].search([]).unlink()

    def edit(self, env):
        """Holidays or hours of the shop were edited."""
        env["dealer.sla.replan"]._queue_calendars([(False, self.company_id)])

    def jobs(self):
        with self.cursor() as env:
            return env["dealer.sla.replan"].search_count([])

    @mute_logger("odoo.sql_db")
    def test_edit_during_a_recount_is_recounted_too(self):
        with self.cursor() as env:
            self.edit(env)
        with self.cursor() as worker:
            # it reads the hours as they are now
            job = worker["dealer.sla.replan"].search([])
            with self.cursor() as user:
                self.edit(user)
            with self.assertRaises(errors.SerializationFailure):
                job._replan_batch(200)
                worker.flush_all()
            worker.cr.rollback()
        self.assertEqual(self.jobs(), 1)

    @mute_logger("odoo.sql_db")
    def test_edit_that_comes_as_a_recount_ends_is_tried_again(self):
        with self.cursor() as env:
            self.edit(env)
        user = self.cursor()
        with user as env:
            self.assertEqual(env["dealer.sla.replan"].search_count([]), 1)
            with self.cursor() as worker:
                worker["dealer.sla.replan"].search([])._replan_batch(200)
            with self.assertRaises(errors.SerializationFailure):
                self.edit(env)
            env.cr.rollback()
            # as Odoo does with every request
            self.edit(env)
        self.assertEqual(self.jobs(), 1)
