"""Several workers, browsers and users at once, over real connections."""

import os
import signal
from datetime import timedelta
from unittest.mock import patch

from psycopg2 import errors

from odoo import fields
from odoo.tools import mute_logger

from ...complaint_processes import MARK, POKER, WORKER, SlaProcessCase


class TestSlaConcurrency(SlaProcessCase):
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
        child = self.start(KILLED_WORKER)
        child.stdin.write("go\n")
        child.stdin.flush()
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
    def test_worker_whose_notice_is_withdrawn_meanwhile_tells_the_others(self):
        ids = self.make_due(2)
        Timer = self.registry["dealer.sla.timer"]
        original = Timer._look_ahead
        calls = []

        def look_ahead(timers, now):
            result = original(timers, now)
            calls.append(now)
            if len(calls) == 1:
                # the customer is phoned at this very moment
                with self.cursor() as env:
                    complaint = env["dealer.complaint"].browse(ids[0])
                    complaint._sla_stop(["contact"])
            return result

        with patch.object(Timer, "_look_ahead", look_ahead):
            self.worker()
        self.assertEqual(len(calls), 2)
        with self.cursor() as env:
            notices = env["dealer.sla.notice"].search([("complaint_id", "in", ids)])
            states = {
                complaint.id: set(of_it.mapped("state"))
                for complaint, of_it in notices.grouped("complaint_id").items()
            }
        self.assertEqual(states, {ids[0]: {"withdrawn"}, ids[1]: {"sent"}})

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
            # two within an hour are one feedback
            self.assertEqual(sorted(timers.mapped("cycle")), [1, 2])
            self.assertEqual(timers.mapped("state").count("running"), 1)

    def test_outage_is_worked_off_by_processes_each_fact_once_one_digest_a_person(self):
        ids = self.make_due(300)
        with self.cursor() as env:
            admin = env.ref("base.partner_admin").id
        self.go(
            self.start(WORKER, 50),
            self.start(WORKER, 50),
            *(self.start(POKER, ",".join(map(str, ids[part::3]))) for part in range(3)),
        )
        # what somebody held at that moment stays due for the next wake-up
        later = fields.Datetime.now() + timedelta(minutes=1)
        with patch.object(fields.Datetime, "now", lambda: later):
            self.worker()
        breached, escalated, repeated, due = self.facts(ids)
        self.assertEqual((breached, repeated, due), (300, 0, 0))
        with self.cursor() as env:
            notices = env["dealer.sla.notice"].search([("complaint_id", "in", ids)])
            self.assertEqual(set(notices.mapped("state")), {"sent"})
            self.assertEqual(len(notices), len(set(notices.mapped("event_id.id"))))
        self.assertTrue(escalated)
        self.assertEqual(self.digests().get(admin), 1)


KILLED_WORKER = """
Timer = env["dealer.sla.timer"]
now = fields.Datetime.now()
Timer._process_due(now, limit=20)
env.cr.commit()
Timer._process_due(now, limit=20)
print("in the middle", flush=True)
time.sleep(60)
"""
