"""What is kept is what is committed, whoever asks while somebody changes it.

Threads of one process with a transaction each, as a server has them: what they keep,
they share. What the test creates is committed and removed again.
"""

import threading
from contextlib import contextmanager

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import mute_logger

BEFORE, AFTER = "Asia/Shanghai", "Asia/Urumqi"


class Rollback(Exception):
    """Ends a savepoint."""


@tagged("standard", "post_install", "-at_install")
class TestKeptWhileChanged(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        logs = mute_logger("odoo.registry")
        logs.__enter__()
        cls.addClassCleanup(logs.__exit__)

    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            calendar = env["resource.calendar"].create({"name": "Kept", "tz": BEFORE})
            company = env["res.company"].create(
                {"name": "Kept Hours", "dealer_calendar_id": calendar.id}
            )
            self.calendar_id, self.company_id = calendar.id, company.id
        self.addCleanup(self.remove_created)

    def remove_created(self):
        with self.transaction() as env:
            company = env["res.company"].browse(self.company_id)
            partner = company.partner_id
            company.dealer_calendar_id = False
            env["resource.calendar"].browse(self.calendar_id).unlink()
            company.unlink()
            partner.unlink()

    @contextmanager
    def transaction(self):
        """A request: it commits and tells, or rolls back and forgets."""
        try:
            with self.registry.cursor() as cr:
                yield api.Environment(cr, SUPERUSER_ID, {})
        except BaseException:
            self.registry.reset_changes()
            raise
        self.registry.signal_changes()

    def tz(self, env):
        return env["res.company"].browse(self.company_id)._dealer_tz().zone

    def change(self, env):
        env["resource.calendar"].browse(self.calendar_id).tz = AFTER

    def in_thread(self, work):
        """What ``work`` returns when another worker's thread does it."""
        results = []

        def run():
            with self.transaction() as env:
                results.append(work(env))

        thread = threading.Thread(target=run)
        thread.start()
        thread.join(30)
        return results[0]

    def test_change_is_seen_by_others_once_it_is_committed(self):
        with self.transaction() as env:
            self.change(env)
            self.assertEqual(self.tz(env), AFTER)
            self.assertEqual(self.in_thread(self.tz), BEFORE)
            self.assertEqual(self.tz(env), AFTER)
        self.assertEqual(self.in_thread(self.tz), AFTER)

    def test_change_that_is_rolled_back_leaves_nothing(self):
        with self.assertRaises(Rollback), self.transaction() as env:
            self.change(env)
            self.assertEqual(self.tz(env), AFTER)
            raise Rollback
        self.assertEqual(self.in_thread(self.tz), BEFORE)

    def test_savepoint_that_is_rolled_back_leaves_nothing(self):
        with self.transaction() as env:
            with self.assertRaises(Rollback), env.cr.savepoint():
                self.change(env)
                self.assertEqual(self.tz(env), AFTER)
                raise Rollback
        self.assertEqual(self.in_thread(self.tz), BEFORE)

    def test_who_began_before_the_change_keeps_nothing_old(self):
        with self.transaction() as old:
            # the first query fixes what this transaction sees
            old["res.partner"].search_count([])
            self.in_thread(self.change)
            self.assertEqual(self.tz(old), BEFORE)
            self.assertEqual(self.in_thread(self.tz), AFTER)
        self.assertEqual(self.in_thread(self.tz), AFTER)
