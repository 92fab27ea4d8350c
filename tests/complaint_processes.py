"""Base of the cases that need several connections and processes at once.

They commit. They work on complaints of a customer of their own, and remove what they
have made.
"""

import os
import subprocess
import sys
import threading

from odoo import api, fields
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import SQL

MARK = "concurrency test"
_TIMEOUT = 300


@tagged("standard", "post_install", "-at_install")
class SlaProcessCase(BaseCase):
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
            last = env["mail.message"].search([], order="id desc", limit=1)
            self.last_message_id = last.id or 0

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
                            # major: people are told at any time of the day
                            "is_safety": True,
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

    def start(self, script, *arguments):
        """A Python process with ``env`` of the database; it waits for :meth:`go`.

        :return: the process, ready to go
        """
        process = subprocess.Popen(
            [sys.executable, "-c", _PROLOGUE + script, get_db_name()]
            + [str(argument) for argument in arguments],
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        self.assertEqual(process.stdout.readline().strip(), "ready")
        return process

    def go(self, *processes):
        """Let them go at the same moment, and wait until each has ended well."""
        for process in processes:
            process.stdin.write("go\n")
            process.stdin.flush()
        for process in processes:
            _out, err = process.communicate(timeout=_TIMEOUT)
            self.assertEqual(process.returncode, 0, err[-2000:])

    def digests(self):
        """How many messages each person has got that belong to no record."""
        with self.cursor() as env:
            rows = env.execute_query(
                SQL(
                    """SELECT n.res_partner_id, count(*)
                         FROM mail_notification n
                         JOIN mail_message m ON m.id = n.mail_message_id
                        WHERE m.model IS NULL AND m.id > %s
                        GROUP BY n.res_partner_id""",
                    self.last_message_id,
                )
            )
            return dict(rows)


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


#: A cron worker: batch after batch, as ``_cron_tick`` does, until nothing is due.
WORKER = """
Timer = env["dealer.sla.timer"]
Timer._cron_tick(batch_size=int(sys.argv[2]))
env.cr.commit()
"""
#: Browsers whose countdown has reached zero: 80 rows at a time, with the retries of
#: the web server.
POKER = """
ids = [int(part) for part in sys.argv[2].split(",")]
for start in range(0, len(ids), 80):
    for _attempt in range(5):
        try:
            env["dealer.complaint"].browse(ids[start : start + 80]).action_sla_poke()
            env.cr.commit()
            break
        except (errors.SerializationFailure, errors.DeadlockDetected):
            env.cr.rollback()
"""
_PROLOGUE = """
import logging, sys, time
from psycopg2 import errors
import odoo.init
from odoo import api, fields
from odoo.tools import config
config.parse_config([], setup_logging=False)
logging.getLogger("odoo.sql_db").setLevel(logging.CRITICAL)
from odoo.modules.registry import Registry
env = api.Environment(Registry(sys.argv[1]).cursor(), api.SUPERUSER_ID, {})
env["dealer.sla.timer"].search([], limit=1)
env.cr.commit()
print("ready", flush=True)
sys.stdin.readline()
"""
