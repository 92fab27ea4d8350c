"""Several workers, browsers and users at once, over real connections.

These tests commit. They work on complaints of a company of their own, and remove
what they have made.
"""

import os
import signal
import subprocess
import sys
import textwrap
import threading
from datetime import timedelta
from unittest.mock import patch

from psycopg2 import errors

from odoo import api, fields
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import SQL, mute_logger

MARK = "concurrency test"


@tagged("standard", "post_install", "-at_install")
class TestSlaConcurrency(BaseCase):
    """No frame of a test transaction: each cursor is a connection of its own."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())

    def setUp(self):
        super().setUp()
        self.addCleanup(self.clean_up)
        self.clean_up()
        self.now = fields.Datetime.now()
        with self.cursor() as env:
            env.ref("dealer_complaint.ir_cron_dealer_complaint_tick").active = False

    def cursor(self):
        """A connection of its own as a context manager giving an environment."""
        return _Connection(self.registry)

    def clean_up(self):
        with self.cursor() as env:
            partners = env["res.partner"].search([("name", "=", MARK)])
            complaints = (
                env["dealer.complaint"]
                .with_context(active_test=False)
                .search([("partner_id", "in", partners.ids)])
            )
            if complaints:
                env["mail.activity"].search(
                    [
                        ("res_model", "=", "dealer.complaint"),
                        ("res_id", "in", complaints.ids),
                    ]
                ).unlink()
                env.cr.execute(
                    "DELETE FROM mail_message WHERE model = 'dealer.complaint'"
                    " AND res_id = ANY(%s)",
                    (complaints.ids,),
                )
                env.cr.execute(
                    "DELETE FROM mail_followers WHERE res_model = 'dealer.complaint'"
                    " AND res_id = ANY(%s)",
                    (complaints.ids,),
                )
                env.cr.execute(
                    "DELETE FROM dealer_complaint WHERE id = ANY(%s)",
                    (complaints.ids,),
                )
            partners.unlink()
            env.ref("dealer_complaint.ir_cron_dealer_complaint_tick").active = True

    def make_due(self, count):
        """``count`` complaints whose contact warning is due now.

        :return: ids of the complaints
        """
        with self.cursor() as env:
            partner = env["res.partner"].create({"name": MARK})
            complaints = (
                env["dealer.complaint"]
                .with_context(tracking_disable=True)
                .create(
                    [
                        {
                            "subject": MARK,
                            "partner_id": partner.id,
                            "user_id": env.ref("base.user_admin").id,
                        }
                        for _number in range(count)
                    ]
                )
            )
            env.flush_all()
            # every clock of theirs has come to its warning
            env.cr.execute(
                """UPDATE dealer_sla_timer SET
                       date_start = %(now)s - interval '30 day',
                       date_run = %(now)s - interval '30 day',
                       date_deadline = %(now)s - interval '1 minute',
                       next_event_at = %(now)s - interval '59 second'
                   WHERE complaint_id = ANY(%(ids)s) AND metric = 'contact'""",
                {"now": self.now, "ids": complaints.ids},
            )
            return complaints.ids

    def run_together(self, *jobs):
        failures = []
        barrier = threading.Barrier(len(jobs))

        def run(job):
            try:
                barrier.wait()
                job()
            except Exception as error:
                failures.append(error)

        threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertFalse(failures)

    def worker(self):
        """A cron worker: batch after batch, as ``_cron_tick`` does."""
        with self.cursor() as env:
            env["dealer.sla.timer"]._cron_tick(batch_size=20)

    def poke(self, ids):
        """A browser, with the retries of the web server."""
        for _attempt in range(5):
            try:
                with self.cursor() as env:
                    env["dealer.complaint"].browse(ids).action_sla_poke()
                return
            except (errors.SerializationFailure, errors.DeadlockDetected):
                continue

    def facts(self, ids):
        """``(breached events, escalated events, notices by state, still due)``"""
        with self.cursor() as env:
            breached, escalated = (
                env["dealer.sla.event"].search_count(
                    [("complaint_id", "in", ids), ("kind", "=", kind)]
                )
                for kind in ("breached", "escalated")
            )
            [[repeated]] = env.execute_query(
                SQL(
                    """SELECT count(*) FROM (SELECT FROM dealer_sla_event
                        WHERE complaint_id = ANY(%s)
                        GROUP BY timer_id, kind, level_key HAVING count(*) > 1) x""",
                    ids,
                )
            )
            due = env["dealer.sla.timer"].search_count(
                [("complaint_id", "in", ids), ("next_event_at", "<=", self.now)]
            )
            return breached, escalated, repeated, due

    @mute_logger("odoo.sql_db")
    def test_two_workers_three_browsers_and_a_user_make_each_fact_once(self):
        ids = self.make_due(120)

        def user():
            for complaint_id in ids[:40]:
                for _attempt in range(5):
                    try:
                        with self.cursor() as env:
                            env["dealer.complaint"].browse(
                                complaint_id
                            ).subject = f"{MARK} edited"
                        break
                    except (errors.SerializationFailure, errors.DeadlockDetected):
                        continue

        self.run_together(
            self.worker,
            self.worker,
            lambda: self.poke(ids[:60]),
            lambda: self.poke(ids[30:90]),
            lambda: self.poke(ids[60:]),
            user,
        )
        # what was held by the user at that moment stays due for the next wake-up
        self.worker()
        breached, _escalated, repeated, due = self.facts(ids)
        self.assertEqual((breached, repeated, due), (120, 0, 0))
        with self.cursor() as env:
            edited = env["dealer.complaint"].search_count(
                [("id", "in", ids), ("subject", "=", f"{MARK} edited")]
            )
            self.assertEqual(edited, 40)
            states = env["dealer.complaint"].with_context(dealer_sla_stored=True)
            self.assertEqual(set(states.browse(ids).mapped("sla_state")), {"breached"})

    def test_each_notice_is_sent_once_by_whoever_comes_first(self):
        ids = self.make_due(12)
        with self.cursor() as env:
            while env["dealer.sla.timer"]._process_due(self.now):
                env.cr.commit()
        moment = self.now + timedelta(minutes=1)

        def send():
            for _attempt in range(5):
                try:
                    with self.cursor() as env:
                        env["dealer.sla.notice"]._send_all(moment)
                    return
                except (errors.SerializationFailure, errors.DeadlockDetected):
                    continue

        self.run_together(send, send, send)
        with self.cursor() as env:
            notices = env["dealer.sla.notice"].search([("complaint_id", "in", ids)])
            self.assertEqual(set(notices.mapped("state")), {"sent"})
            told = env["dealer.sla.notice"]._read_group(
                [("complaint_id", "in", ids)], ["event_id", "user_id"], ["__count"]
            )
            self.assertTrue(all(count == 1 for *_key, count in told))

    def test_killed_in_mid_batch_nothing_is_lost_and_nothing_told_twice(self):
        ids = self.make_due(60)
        child = subprocess.Popen(
            [sys.executable, "-c", textwrap.dedent(KILLED_WORKER), get_db_name()],
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.addCleanup(child.stdout.close)
        # it has committed one batch and stands in the middle of the second
        self.assertEqual(child.stdout.readline().strip(), "in the middle")
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
        breached, _escalated, repeated, due = self.facts(ids)
        self.assertEqual((breached, repeated, due), (20, 0, 40))
        self.worker()
        breached, _escalated, repeated, due = self.facts(ids)
        self.assertEqual((breached, repeated, due), (60, 0, 0))

    def test_row_held_by_a_user_is_done_at_the_next_wake_up(self):
        ids = self.make_due(3)
        with self.cursor() as holder:
            holder.cr.execute(
                "SELECT FROM dealer_complaint WHERE id = %s FOR UPDATE", (ids[0],)
            )
            self.worker()
            breached, *_others, due = self.facts(ids)
            self.assertEqual((breached, due), (2, 1))
            with self.cursor() as env:
                triggers = env["ir.cron.trigger"].search(
                    [
                        (
                            "cron_id",
                            "=",
                            env.ref(
                                "dealer_complaint.ir_cron_dealer_complaint_tick"
                            ).id,
                        )
                    ]
                )
                soon = fields.Datetime.now() + timedelta(seconds=10)
                self.assertTrue(any(trigger.call_at <= soon for trigger in triggers))
        self.worker()
        self.assertEqual(self.facts(ids)[0], 3)

    def test_worker_that_meets_another_transaction_tries_again(self):
        ids = self.make_due(2)
        Timer = self.registry["dealer.sla.timer"]
        original = Timer._fire
        calls = []

        def fire(timers, now):
            calls.append(now)
            if len(calls) == 1:
                raise errors.SerializationFailure("met another transaction")
            return original(timers, now)

        with patch.object(Timer, "_fire", fire):
            self.worker()
        self.assertEqual(len(calls), 2)
        self.assertEqual(self.facts(ids)[0], 2)

    @mute_logger("odoo.sql_db")
    def test_two_feedbacks_at_once_arm_one_timer(self):
        [complaint_id] = self.make_due(1)

        def feedback():
            for _attempt in range(5):
                try:
                    with self.cursor() as env:
                        env["dealer.complaint.contact"].create(
                            {
                                "complaint_id": complaint_id,
                                "kind": "feedback",
                                "channel": "message",
                            }
                        )
                    return
                except (
                    errors.SerializationFailure,
                    errors.DeadlockDetected,
                    errors.UniqueViolation,
                ):
                    continue

        self.run_together(feedback, feedback)
        with self.cursor() as env:
            timers = env["dealer.sla.timer"].search(
                [("complaint_id", "=", complaint_id), ("metric", "=", "feedback")]
            )
            self.assertEqual(sorted(timers.mapped("cycle")), [1, 2, 3])
            self.assertEqual(timers.mapped("state").count("running"), 1)


class _Connection:
    """A cursor of its own that commits at the end, and its environment."""

    def __init__(self, registry):
        self.cr = registry._db.cursor()

    def __enter__(self):
        return api.Environment(self.cr, api.SUPERUSER_ID, {})

    def __exit__(self, kind, *error):
        try:
            if kind is None:
                self.cr.commit()
        finally:
            self.cr.close()


KILLED_WORKER = """
import sys, time
import odoo.init
from odoo import api, fields
from odoo.tools import config
from odoo.tools import mute_logger
from odoo.tools import mute_logger
config.parse_config([], setup_logging=False)
from odoo.modules.registry import Registry
registry = Registry(sys.argv[1])
cr = registry.cursor()
env = api.Environment(cr, api.SUPERUSER_ID, {})
Timer = env["dealer.sla.timer"]
now = fields.Datetime.now()
Timer._process_due(now, limit=20)
cr.commit()
Timer._process_due(now, limit=20)
print("in the middle", flush=True)
time.sleep(60)
"""
