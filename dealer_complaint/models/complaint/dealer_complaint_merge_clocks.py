from odoo import fields, models

from .dealer_complaint_sla import FIRST_METRICS


class DealerComplaint(models.Model):
    """The clocks of complaints that are merged: of each limit one goes on, the one that
    has run longest; what was met or missed stays where it happened."""

    _name = "dealer.complaint"
    _inherit = "dealer.complaint"

    def _merge_clocks(self, target, missed):
        """Let ``target`` owe what this complaint owes, since when it was owed.

        :param missed: clocks of ``target`` that were missed before
        """
        self.ensure_one()
        now = fields.Datetime.now()
        for metric in FIRST_METRICS:
            mine = self._sla_active([metric])
            theirs = target._sla_active([metric])
            source = mine._source(now)
            if mine and theirs:
                self._merge_two_clocks(mine, theirs, target, source, missed)
            elif mine:
                self._hand_clock_on(mine, target, source)
            elif theirs and metric == "contact":
                self._settle_by_earlier_call(theirs, target, source)
        target._sla_refresh(now)

    def _merge_two_clocks(self, mine, theirs, target, source, missed):
        if (
            mine.date_start < theirs.date_start
            # a feedback since then was given about the same matter
            and theirs.date_start in (target._cycle_start(), target.date_received)
            and theirs.state == "running"
            and not theirs.used_seconds
        ):
            theirs._restart(source, mine.date_start)
        if theirs._is_breached_at(source.now) and theirs not in missed:
            # missed by what it takes over: counted once, where it goes on
            mine._cancel(source)
        else:
            mine._abandon(source, "merged")

    def _hand_clock_on(self, mine, target, source):
        """``target`` has no such clock: what was owed is done, or is owed there now."""
        done = target._done_since(mine.metric, mine.date_start)
        if done:
            self._settle_clock(mine, done, target, source)
            return
        target._sla_start([mine.metric], mine.date_start)
        theirs = target._sla_active([mine.metric])
        if not theirs:
            # no policy of its own: owed as it was owed before
            term = (mine.amount, mine.unit)
            target._sla_start([mine.metric], mine.date_start, term=term)
            theirs = target._sla_active([mine.metric])
        if theirs._is_breached_at(source.now):
            # counted once, where it goes on
            mine._cancel(source)
        else:
            mine._abandon(source, "merged")

    def _settle_clock(self, clock, done, target, source):
        """What ``clock`` owes was done about the other complaint. A limit that is
        missed by now is met only when a second person merges them."""
        is_missed = clock._is_breached_at(source.now)
        if is_missed and not (self | target)._is_second_person():
            clock._abandon(source, "merged")
        else:
            clock._stop(done, source, correction=is_missed and "merged")

    def _settle_by_earlier_call(self, theirs, target, source):
        """The customer was phoned about this complaint: that was the call."""
        # people read their clocks; only the process winds them
        phoned = self.sudo().timer_ids.filtered(
            lambda t: (
                t.metric == "contact"
                and t.state in ("met", "missed")
                and not t.is_exception
                and t.date_stop >= self._cycle_start()
            )
        )[:1]
        if phoned and phoned.date_stop < theirs.date_start:
            theirs._abandon(source, "merged")
        elif phoned:
            self._settle_clock(theirs, phoned.date_stop, target, source)

    def _done_since(self, metric, date):
        """When what ``metric`` owes was done here, at ``date`` or later."""
        self.ensure_one()
        if metric == "contact":
            calls = self.contact_ids.filtered(
                lambda c: c._is_first_contact() and c.date >= date
            )
            return min(calls.mapped("date"), default=False)
        told = metric == "feedback" and self.date_decision
        return told and told >= date and told

    def _cycle_start(self):
        """Since when the customer waits for an answer, this time."""
        self.ensure_one()
        start = self.date_investigated if self.cycle > 1 else self.date_received
        return start.replace(microsecond=0)
