"""Many clocks at once: as many statements as for a few, and one that fails alone."""

from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo.fields import Command
from odoo.tools import mute_logger

from ...complaint_common import cn
from .test_sla_engine import SlaEngineCase

REPLAN_LOG = "odoo.addons.dealer_complaint.models.clock.dealer_sla_replan"
HALVES = "odoo.addons.dealer_complaint.tools.halves"
FEW, MANY = 10, 90
#: What may differ: a batch of updates more, a cache that was warm.
MARGIN = 12


class TestSlaInSets(SlaEngineCase):
    def receive_many(self, count, moment=None):
        """Complaints received a second after the other, so that no two clocks agree."""
        first = moment or cn(2, 9)
        with freeze_time(first):
            return (
                self.env["dealer.complaint"]
                .with_context(tracking_disable=True)
                .create(
                    [
                        {
                            "subject": f"Complaint {number}",
                            "partner_id": self.customer.id,
                            "user_id": self.handler.id,
                            "date_received": first - timedelta(seconds=number),
                        }
                        for number in range(count)
                    ]
                )
            )

    def queries(self, act):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        act()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def assert_constant(self, prepare, act, parts=1):
        """``act`` needs for many no more statements than for few.

        :param int parts: in so many parts many are taken
        """
        needed = []
        for count in (2, FEW, MANY):
            prepared = prepare(count)
            needed.append(self.queries(lambda prepared=prepared: act(prepared)))
        _warm, few, many = needed
        self.assertLessEqual(many, few * parts + MARGIN)

    def work_off(self, moment, batch_size=500):
        with freeze_time(moment):
            while job := self.env["dealer.sla.replan"].search([], limit=1):
                job._replan_batch(batch_size)

    # -- as many statements as for a few -----------------------------------

    def test_facts(self):
        moment = cn(2, 10, 45)

        def fire(complaints):
            with freeze_time(moment):
                self.env["dealer.sla.timer"]._process_due(moment)
            self.assertEqual(
                set(self.timer(complaints[0]).event_ids.mapped("kind")), {"warned"}
            )

        self.assert_constant(self.receive_many, fire)

    def test_facts_are_those_of_each_clock(self):
        complaints = self.receive_many(30)
        self.run_engine(cn(2, 14))
        for complaint in complaints:
            timer = self.timer(complaint)
            self.assertEqual(
                self.kinds(timer), ["warned", "breached", "escalated", "escalated"]
            )
            missed = timer.event_ids.filtered(lambda event: event.kind == "breached")
            self.assertEqual(missed.date, timer.date_deadline)
            told = timer.event_ids.sorted("id").mapped("is_superseded")
            self.assertEqual(told, [True, False, True, False])

    def test_pauses_that_come_to_their_cap(self):
        def pause(count):
            complaints = self.receive_many(count)
            with freeze_time(cn(2, 9, 30)):
                complaints.with_user(self.officer).action_pause(
                    "parts", "ordered", cn(2, 10)
                )
            return complaints

        def fire(complaints):
            moment = cn(2, 10, 1)
            with freeze_time(moment):
                self.env["dealer.sla.timer"]._process_due(moment)
            self.assertNotIn("paused", complaints.timer_ids.mapped("state"))

        self.assert_constant(pause, fire)

    def test_recount_after_a_target_was_edited(self):
        amounts = iter((1.75, 1.5, 1.25))

        def edit(count):
            complaints = self.receive_many(count)
            with freeze_time(cn(2, 9, 5)):
                self.work_off(cn(2, 9, 5))
                self.contact_target.amount = next(amounts)
            return complaints

        def recount(complaints):
            self.work_off(cn(2, 9, 10))
            timer = self.timer(complaints[0])
            self.assertEqual(
                timer.date_deadline - timer.date_start,
                timedelta(hours=self.contact_target.amount),
            )

        self.assert_constant(edit, recount)

    def test_recount_that_moves_nothing_writes_nothing(self):
        complaints = self.receive_many(5)
        self.env.flush_all()
        with freeze_time(cn(2, 9, 5)):
            self.work_off(cn(2, 9, 5))
            self.env["dealer.sla.replan"]._queue_targets(self.contact_target)
        written = []
        Timer = self.registry["dealer.sla.timer"]
        with patch.object(Timer, "write", lambda timer, vals: written.append(vals)):
            self.work_off(cn(2, 9, 10))
        self.assertFalse(written)
        self.assertEqual(self.timer(complaints[0]).amount, self.contact_target.amount)

    def test_recount_that_makes_missed_limits_untrue(self):
        self.company.dealer_sla_digest_size = 0
        complaints = self.receive_many(6)
        self.run_engine(cn(2, 11, 30))
        self.assertTrue(complaints.activity_ids)
        with freeze_time(cn(2, 11, 31)):
            self.contact_target.amount = 6
        self.work_off(cn(2, 11, 32))
        for complaint in complaints:
            timer = self.timer(complaint)
            self.assertEqual(self.kinds(timer)[-1], "rescinded")
            self.assertEqual((timer.epoch, timer.correction), (1, "hours"))
            self.assertFalse(timer.is_breach_recorded)
        self.assertFalse(complaints.activity_ids)

    def receive_due(self, count):
        """Complaints whose clocks are due, with the notices of that."""
        complaints = self.receive_many(count)
        with freeze_time(cn(2, 10, 45)):
            self.env["dealer.sla.timer"]._process_due(cn(2, 10, 45))
        return complaints

    def test_notices_one_by_one(self):
        self.company.dealer_sla_digest_size = 0

        def send(complaints):
            with freeze_time(cn(2, 10, 46)):
                self.env["dealer.sla.notice"]._send_all(cn(2, 10, 46))
            self.assertEqual(len(complaints.activity_ids), len(complaints))

        # fifty at a time
        self.assert_constant(self.receive_due, send, parts=2)

    def test_summary(self):
        self.company.dealer_sla_digest_size = 1

        def send(complaints):
            with freeze_time(cn(2, 10, 46)):
                self.env["dealer.sla.notice"]._send_all(cn(2, 10, 46))
            states = set(self.notices(complaints).mapped("state"))
            self.assertEqual(states, {"sent"})

        self.assert_constant(self.receive_due, send)

    # -- one that fails ----------------------------------------------------

    def fail_for(self, model, method, poison):
        """``method`` fails for ``poison`` and works for all others."""
        owner = self.registry[model]
        original = getattr(owner, method)

        def call(records, *args, **kwargs):
            if records == poison:
                raise ValueError("poison")
            return original(records, *args, **kwargs)

        return patch.object(owner, method, call)

    def test_clock_that_cannot_be_recounted_keeps_no_other_back(self):
        complaints = self.receive_many(7)
        poison = self.timer(complaints[3])
        before = poison.date_deadline
        with freeze_time(cn(2, 9, 5)):
            self.contact_target.amount = 1
        with (
            self.fail_for("dealer.sla.timer", "_replanned", poison),
            mute_logger(REPLAN_LOG),
        ):
            self.work_off(cn(2, 9, 10))
        self.assertEqual(poison.date_deadline, before)
        for complaint in complaints - poison.complaint_id:
            timer = self.timer(complaint)
            self.assertEqual(timer.date_deadline - timer.date_start, timedelta(hours=1))
        self.assertFalse(self.env["dealer.sla.replan"].search_count([]))

    def test_complaint_that_cannot_follow_the_policies_keeps_no_other_back(self):
        complaints = self.receive_many(7)
        poison = complaints[3]
        with freeze_time(cn(2, 9, 5)):
            self.env["dealer.sla.policy"].create(
                {
                    "name": "Strict",
                    "sequence": 1,
                    "target_ids": [
                        Command.create(
                            {"metric": "contact", "amount": 1, "unit": "working_hours"}
                        )
                    ],
                }
            )
        with (
            self.fail_for("dealer.complaint", "_sla_owed_since", poison),
            mute_logger(REPLAN_LOG),
        ):
            self.work_off(cn(2, 9, 10))
        amounts = {c: self.timer(c).amount for c in complaints}
        self.assertEqual(amounts.pop(poison), 2)
        self.assertEqual(set(amounts.values()), {1})
        self.assertFalse(self.env["dealer.sla.replan"].search_count([]))

    def test_recount_whose_time_is_up_goes_on_where_it_was(self):
        complaints = self.receive_many(8)
        poison = self.timer(complaints.sorted("id")[0])
        with freeze_time(cn(2, 9, 5)):
            self.contact_target.amount = 1
        with (
            self.fail_for("dealer.sla.timer", "_replanned", poison),
            patch(f"{HALVES}.TRANSACTION_SECONDS", -1),
            mute_logger(REPLAN_LOG),
        ):
            self.work_off(cn(2, 9, 10), batch_size=8)
        for complaint in complaints - poison.complaint_id:
            self.assertEqual(self.timer(complaint).amount, 1)
        self.assertEqual(poison.amount, 2)
