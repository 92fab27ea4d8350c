import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.tools import SQL

from odoo.addons.dealer_service.tools.arguments import MAX_WORDS

from ...tools.halves import CONCURRENCY_ERRORS, backoff_minutes, in_steps
from ...tools.sla_spec import Moment, Spec

_logger = logging.getLogger(__name__)

#: Clocks that are looked after in one transaction, as far as its time lasts.
BATCH_SIZE = 500
#: So many of them at a time: the next ones only when there is time left.
STEP = 250
#: A wake-up this close after a moment serves it too.
ARM_TOLERANCE = timedelta(seconds=30)
#: Rows that somebody holds are looked at again after so long.
BUSY_DELAY = timedelta(seconds=2)
CRON = "dealer_complaint.ir_cron_dealer_complaint_tick"


class Due(NamedTuple):
    """What has become true about a clock, and what its plan is laid out from."""

    #: ``(date, kind, level id)``, in the order in which it happened
    facts: list[tuple[datetime, str, int]]
    spec: Spec
    #: all of the clock, also those that are on record or to come
    moments: list[Moment]


class DealerSlaTimer(models.Model):
    """What happens at the moments of the timers. Costs what is due, not what runs.

    Facts are written in batches by whoever comes first – a cron worker, or a browser
    whose countdown has reached zero; the unique key of the event decides who tells it.
    """

    _name = "dealer.sla.timer"
    _inherit = "dealer.sla.timer"

    # ------------------------------------------------------------------
    # WAKING UP
    # ------------------------------------------------------------------

    def _arm(self):
        """Wake the cron at the next moment of these timers."""
        self._wake_at(min(filter(None, self.mapped("next_event_at")), default=None))

    @api.model
    def _wake_at(self, moment):
        """Wake the cron at ``moment``, unless it wakes by then anyway.

        The trigger belongs to the transaction: rolled back with it, it leaves no
        ghost. A wake-up that comes too early is harmless.
        """
        if not moment:
            return
        # the trigger belongs to the system, the complaint to the user
        cron = self.env["ir.cron"].sudo().browse(self._cron_id())
        if not self._is_armed(cron, moment):
            cron._trigger(at=max(moment, fields.Datetime.now()))

    @api.model
    def _cron_id(self):
        # from cache; ``env.ref`` would ask the database whether it still exists
        return self.env["ir.model.data"]._xmlid_to_res_id(CRON)

    @api.model
    def _is_armed(self, cron, moment):
        self.env["ir.cron.trigger"].flush_model()
        [[armed]] = self.env.execute_query(
            SQL(
                """SELECT EXISTS(SELECT FROM ir_cron_trigger WHERE cron_id = %s
                   AND call_at BETWEEN %s AND %s)""",
                cron.id,
                moment,
                moment + ARM_TOLERANCE,
            )
        )
        return armed

    @api.model
    def _cron_tick(self, batch_size=BATCH_SIZE):
        """Write the facts that are due, tell those concerned, arm the next wake-up.

        :param int batch_size: timers in one transaction
        """
        cron = self.env["ir.cron"]
        retries = 0
        while True:
            now = fields.Datetime.now()
            try:
                done = self._process_due(now, limit=batch_size)
                left = cron._commit_progress(done, remaining=done == batch_size)
                if done:
                    retries = 0
                if done and left:
                    continue
                self._tell_and_arm(now)
                self.env.flush_all()
                return
            except CONCURRENCY_ERRORS:
                self.env.cr.rollback()
                retries += 1
                if retries > 5:
                    raise

    @api.model
    def _tell_and_arm(self, now):
        """Send the notices that wait, and be woken at the next moment."""
        next_at, is_busy, has_notices, is_armed = self._look_ahead(now)
        if has_notices:
            # one person after the other, each in a transaction
            while self.env["dealer.sla.notice"]._send_some(now):
                if not self.env["ir.cron"]._commit_progress(1, remaining=1):
                    break
        if is_busy:
            # held by somebody at this moment; they stay due
            cron = self.env.ref(CRON)
            cron._trigger(at=fields.Datetime.now() + BUSY_DELAY)
        if next_at and not is_armed:
            self._wake_at(next_at)

    @api.model
    def _look_ahead(self, now):
        """In one query: the next moment, whether something due was left, whether
        notices wait, whether the next moment is armed."""
        self.flush_model()
        [row] = self.env.execute_query(
            SQL(
                """SELECT ahead.moment,
                    EXISTS(SELECT FROM dealer_sla_timer WHERE next_event_at <= %(now)s),
                    EXISTS(SELECT FROM dealer_sla_notice
                            WHERE state = 'pending' AND date_due <= %(now)s),
                    EXISTS(SELECT FROM ir_cron_trigger WHERE cron_id = %(cron)s
                       AND call_at BETWEEN ahead.moment AND ahead.moment + %(margin)s)
                   FROM (SELECT LEAST(
                        (SELECT next_event_at FROM dealer_sla_timer
                          WHERE next_event_at > %(now)s
                          ORDER BY next_event_at, id LIMIT 1),
                        (SELECT min(date_due) FROM dealer_sla_notice
                          WHERE state = 'pending' AND date_due > %(now)s)
                   ) AS moment) AS ahead""",
                now=now,
                cron=self._cron_id(),
                margin=ARM_TOLERANCE,
            )
        )
        return row

    # ------------------------------------------------------------------
    # FACTS
    # ------------------------------------------------------------------

    @api.model
    def _process_due(self, now=None, limit=BATCH_SIZE, complaint_ids=None):
        """Write the facts of the timers that are due, each exactly once.

        Rows that somebody else holds are skipped. A record that fails does not stop
        the others: it is put off, longer each time.

        :param datetime now: the moment to judge by; default: now
        :param complaint_ids: only timers of these complaints
        :return: the number of timers looked after
        """
        now = now or fields.Datetime.now()
        stored = self.with_context(dealer_sla_stored=True)
        timers = stored._lock_due(now, limit, complaint_ids)
        done = in_steps(
            timers,
            STEP,
            lambda some: some._fire(now),
            lambda poison, error: poison._put_off(now, error),
        )
        return len(done)

    @api.model
    def _lock_due(self, now, limit, complaint_ids):
        """``now`` is bound, not asked of the database: a volatile clock would keep
        PostgreSQL from using the index."""
        self.flush_model()
        self.env["dealer.complaint"].flush_model()
        rows = self.env.execute_query(self._due_sql(now, limit, complaint_ids))
        return self.browse(timer_id for [timer_id] in rows)

    @api.model
    def _due_sql(self, now, limit, complaint_ids=None):
        return SQL(
            """SELECT timer.id FROM dealer_sla_timer AS timer
               JOIN dealer_complaint AS complaint ON complaint.id = timer.complaint_id
               WHERE timer.next_event_at <= %s %s
               ORDER BY timer.next_event_at, timer.id LIMIT %s
               FOR NO KEY UPDATE OF timer, complaint SKIP LOCKED""",
            now,
            SQL("AND timer.complaint_id = ANY(%s)", list(complaint_ids))
            if complaint_ids is not None
            else SQL(),
            limit,
        )

    def _put_off(self, now, error):
        """It fails: it is tried again later, and keeps no other back."""
        self.ensure_one()
        minutes = backoff_minutes(self.attempts)
        _logger.warning(
            "SLA timer %s failed, again in %s min", self.id, minutes, exc_info=True
        )
        self.write(
            {
                "attempts": self.attempts + 1,
                "last_error": f"{type(error).__name__}: {error}"[:MAX_WORDS],
                "next_event_at": now + timedelta(minutes=minutes),
            }
        )

    def _fire(self, now):
        """Write what has become true about these timers by ``now``: for all at once,
        whatever their number."""
        source = self._source(now)
        self.filtered(
            lambda t: t.state == "paused" and t.date_pause_cap <= now
        )._resume(source)
        facts, noted = [], {}
        for timer in self.filtered(lambda t: t.state == "running"):
            due = timer._due_moments(source)
            facts += timer._facts_of(due, now)
            noted[timer] = timer._note_fired(due, source)
        new = self.env["dealer.sla.event"]._append(facts)
        self._write_each(noted)
        self.env["dealer.sla.notice"]._enqueue(new)
        self.complaint_id._sla_refresh(now)
        self.env.flush_all()
        breached = self.filtered(
            lambda t: (
                t.is_breach_recorded
                and not t.complaint_id._was_imported_after(t.date_deadline)
            )
        )
        if breached:
            breached._raise_after_two_breaches()

    def _raise_after_two_breaches(self):
        """Two missed limits of one complaint escalate it."""
        counts = self._read_group(
            [("complaint_id", "in", self.complaint_id.ids), ("is_breached", "=", True)],
            ["complaint_id"],
            ["__count"],
        )
        twice = self.env["dealer.complaint"].union(
            *(complaint for complaint, count in counts if count >= 2)
        )
        for complaints in twice.grouped("company_id").values():
            reason = complaints._for_reader().env._("Limit missed twice")
            complaints._raise_grade("escalated", reason)

    def _due_moments(self, source):
        """What became true by now and is not recorded, as :class:`Due`."""
        spec = self._spec_as_is(source)
        moments = source.reckon(
            spec.calendar,
            spec.company_id,
            spec.start,
            lambda clock: self._moments(clock, spec, spec.deadline),
        )
        facts = []
        for moment in moments:
            if moment.due <= source.now and not spec.is_told(moment):
                # the breach is at the deadline, whoever notices it when
                is_breach = moment.kind == "breached"
                date = spec.deadline if is_breach else moment.moment
                facts.append((date, moment.kind, moment.level_id))
        facts.sort(key=lambda fact: (fact[0], fact[1] != "breached"))
        return Due(facts, spec, moments)

    def _facts_of(self, due, now):
        """The rows of what is due, for :meth:`dealer.sla.event._append`."""
        levels = [level_id for *_moment, level_id in due.facts if level_id]
        return [
            self._fact(
                kind,
                date,
                now,
                self.env["dealer.sla.level"].browse(level_id or ()),
                superseded=bool(level_id) and level_id != levels[-1],
            )
            for date, kind, level_id in due.facts
        ]

    def _note_fired(self, due, source):
        """:return: the values of a timer, once what is due is on record"""
        fired = due.spec.fired.union(
            level_id for *_moment, level_id in due.facts if level_id
        )
        breached = due.spec.is_breach_recorded or any(
            kind == "breached" for _moment, kind, _level in due.facts
        )
        spec = replace(due.spec, fired=fired, is_breach_recorded=breached)
        return {
            "fired_levels": ",".join(map(str, sorted(fired))),
            "is_breach_recorded": breached,
            "next_event_at": self._next_moment(spec, due.moments, source.now),
            "attempts": 0,
            "last_error": False,
        }

    # ------------------------------------------------------------------
    # HEALTH
    # ------------------------------------------------------------------

    @api.model
    def _health(self, now=None):
        """How late the engine is.

        :return: dict ``late_seconds`` (of the oldest due moment or notice),
            ``is_active`` (of the cron), ``failing`` (timers and notices put off after
            an error), ``state`` (``ok|late|off``)
        """
        now = now or fields.Datetime.now()
        # a figure about the engine, not about any complaint
        timers = self.sudo()
        pending = timers.env["dealer.sla.notice"].search(
            [("state", "=", "pending"), ("date_due", "<=", now)],
            order="date_due, id",
            limit=1,
        )
        due = timers.search(
            [("next_event_at", "<=", now)], order="next_event_at, id", limit=1
        )
        moments = filter(None, (due.next_event_at, pending.date_due))
        oldest = min(moments, default=None)
        late = max(0, int((now - oldest).total_seconds())) if oldest else 0
        # whether it runs is shown to those who wait for it
        is_active = self.env.ref(CRON).sudo().active
        state = "ok" if late <= 120 else "late"
        return {
            "late_seconds": late,
            "is_active": is_active,
            "failing": timers.search_count([("attempts", ">", 0)])
            + timers.env["dealer.sla.notice"].search_count(
                [("state", "=", "pending"), ("attempts", ">", 0)]
            ),
            "state": state if is_active else "off",
        }
