"""Workers that are killed: what they leave is done by the next one, soon and once."""

import os
import signal
from datetime import timedelta

from odoo import fields
from odoo.tools import SQL

from odoo.addons.base.models.ir_cron import IrCron

from ...complaint_processes import WORKER, SlaProcessCase

TICK = "dealer_complaint.ir_cron_dealer_complaint_tick"


class TestSlaKilled(SlaProcessCase):
    def kill(self, script):
        """Let a process come to the middle of its work, and kill it there."""
        child = self.start(script)
        child.stdin.write("go\n")
        child.stdin.flush()
        self.assertEqual(child.stdout.readline().strip(), "in the middle")
        os.kill(child.pid, signal.SIGKILL)
        child.wait()

    def work(self):
        self.go(self.start(WORKER, 500))

    # ------------------------------------------------------------------
    # NOTICES ONE BY ONE
    # ------------------------------------------------------------------

    def send_singly(self):
        """No summary for anybody; the setting comes back afterwards."""
        with self.cursor() as env:
            companies = env["res.company"].search([])
            sizes = {c.id: c.dealer_sla_digest_size for c in companies}
            companies.dealer_sla_digest_size = 0

        def give_back():
            with self.cursor() as env:
                for company_id, size in sizes.items():
                    env["res.company"].browse(company_id).dealer_sla_digest_size = size

        self.addCleanup(give_back)

    def rows(self, ids):
        """Of each notice, how it is told, and how many rows tell it."""
        with self.cursor() as env:
            return env.execute_query(
                SQL(
                    """SELECT notice.state, notice.action,
                           CASE notice.action WHEN 'mail' THEN (
                               SELECT count(*) FROM mail_message message
                                 JOIN mail_notification told
                                   ON told.mail_message_id = message.id
                                  AND told.res_partner_id = person.partner_id
                                WHERE message.model = 'dealer.complaint'
                                  AND message.res_id = notice.complaint_id
                                  AND message.message_type = 'user_notification')
                           ELSE (
                               SELECT count(*) FROM mail_activity todo
                                WHERE todo.res_model = 'dealer.complaint'
                                  AND todo.res_id = notice.complaint_id
                                  AND todo.user_id = notice.user_id
                                  AND todo.activity_type_id = %s)
                           END
                         FROM dealer_sla_notice notice
                         JOIN res_users person ON person.id = notice.user_id
                        WHERE notice.complaint_id = ANY(%s)""",
                    env.ref("dealer_complaint.mail_activity_type_sla").id,
                    ids,
                )
            )

    def test_notices_sent_one_by_one_have_their_row_exactly_once(self):
        self.send_singly()
        ids = self.make_due(60)
        with self.cursor() as env:
            env["dealer.sla.timer"]._process_due(self.now)
            env.flush_all()
            # every second complaint tells by e-mail
            env.cr.execute(
                """UPDATE dealer_sla_notice SET action = 'mail'
                    WHERE complaint_id = ANY(%s) AND complaint_id %% 2 = 0""",
                (ids,),
            )
        self.kill(KILLED_SENDER)
        rows = self.rows(ids)
        # one transaction was committed, the other one is gone with its worker
        sent = [row for row in rows if row[0] == "sent"]
        self.assertEqual(len(sent), 20)
        self.assertEqual(sum(count for *_row, count in rows), 20)
        self.work()
        rows = self.rows(ids)
        self.assertEqual({state for state, *_row in rows}, {"sent"})
        self.assertEqual({action for _state, action, _n in rows}, {"activity", "mail"})
        self.assertEqual({count for *_row, count in rows}, {1})

    # ------------------------------------------------------------------
    # THE JOB
    # ------------------------------------------------------------------

    def wake(self, **progress):
        """The job is due now, as after a trigger.

        :param progress: what its last run has left
        """
        with self.cursor() as env:
            tick = env.ref(TICK)
            tick.active = True
            tick.nextcall = fields.Datetime.now() + timedelta(days=1)
            tick._trigger()
            if progress:
                env["ir.cron.progress"].create({"cron_id": tick.id, **progress})
            self.addCleanup(self.rest)

    def rest(self):
        with self.cursor() as env:
            tick = env.ref(TICK)
            tick.nextcall = fields.Datetime.now()
            env["ir.cron.progress"].search([("cron_id", "=", tick.id)]).unlink()

    def is_ready(self):
        with self.cursor() as env:
            ready = [job["id"] for job in IrCron._get_all_ready_jobs(env.cr)]
            return env.ref(TICK).id in ready

    def test_killed_job_is_ready_for_the_next_worker_at_once(self):
        ids = self.make_due(30)
        self.wake()
        self.kill(KILLED_JOB)
        # its wake-up is not used up: free workers look once a minute
        self.assertTrue(self.is_ready())
        self.assertEqual(self.facts(ids)[0], 0)
        self.go(self.start(JOB))
        breached, _escalated, repeated, due = self.facts(ids)
        self.assertEqual((breached, repeated, due), (30, 0, 0))

    def test_job_that_was_killed_again_and_again_goes_on_within_a_minute(self):
        ids = self.make_due(3)
        # after three deaths Odoo takes it for failed, with its wake-ups
        self.wake(timed_out_counter=3, done=0)
        with self.cursor() as env:
            env.ref(TICK).nextcall = fields.Datetime.now()
        self.go(self.start(JOB))
        self.assertEqual(self.facts(ids)[0], 0)
        with self.cursor() as env:
            pause = env.ref(TICK).nextcall - fields.Datetime.now()
        self.assertLessEqual(pause, timedelta(minutes=1))


#: Two transactions of notices sent one by one: one is committed, one is not.
KILLED_SENDER = """
from odoo.addons.dealer_complaint.models.clock import dealer_sla_notice
dealer_sla_notice.SINGLE_NOTICES = 20
now = fields.Datetime.now()
env["dealer.sla.notice"]._send_some(now)
env.cr.commit()
env["dealer.sla.notice"]._send_some(now)
env.flush_all()
print("in the middle", flush=True)
time.sleep(60)
"""
#: The job, as a cron worker of the server takes it.
JOB = """
from odoo.addons.base.models.ir_cron import IrCron
from odoo.sql_db import db_connect
job_id = env.ref("dealer_complaint.ir_cron_dealer_complaint_tick").id
env.cr.rollback()
with db_connect(env.cr.dbname).cursor() as cron_cr:
    IrCron._process_jobs_loop(cron_cr, job_ids=[job_id])
"""
#: The same, killed when its facts are written and not committed.
KILLED_JOB = (
    """
Timer = env.registry["dealer.sla.timer"]
original = Timer._fire
def fire(timers, now):
    original(timers, now)
    print("in the middle", flush=True)
    time.sleep(60)
Timer._fire = fire
"""
    + JOB
)
