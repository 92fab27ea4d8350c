from dataclasses import replace

from odoo import api, models

from ...tools.sla_terms import clock_for


class DealerSlaTimer(models.Model):
    """Deadlines that move: after a pause, another target, other working hours. Laid
    out for a batch at once, whatever its number."""

    _name = "dealer.sla.timer"
    _inherit = "dealer.sla.timer"

    def _move_deadlines(self, source, moves, correction="hours"):
        """Lay the rest of the time of these timers out anew.

        Notices are due again when a deadline moves into the future. A breach that
        turns out untrue is rescinded, its record kept; one that stays is not told
        a second time.

        :param moves: dict of timers, the :class:`Spec` and further values of each
        :param correction: why a breach may turn out untrue
        """
        facts, due_again, plans = [], [], {}
        for timer in self:
            spec, vals = moves[timer]
            was_missed = timer._is_breached_at(source.now)
            plan = self._plan_vals(source, spec)
            until = timer.date_pause or source.now
            is_ahead = until <= plan["date_deadline"]
            is_moved = plan["date_deadline"] != timer.date_deadline
            if is_moved and is_ahead and timer.is_breach_recorded:
                facts.append(timer._fact("rescinded", source.now, source.now))
            if (
                is_moved
                and is_ahead
                and (timer.is_breach_recorded or timer.fired_levels)
            ):
                vals = {
                    **vals,
                    "epoch": timer.epoch + 1,
                    "is_breach_recorded": False,
                    "fired_levels": "",
                }
                plan = self._plan_vals(
                    source, replace(spec, fired=frozenset(), is_breach_recorded=False)
                )
                due_again.append(timer.id)
            if timer.state == "paused":
                plan["next_event_at"] = timer.date_pause_cap
            if was_missed and is_ahead:
                vals = {**vals, "correction": correction}
            plans[timer] = timer._changed({**plan, **vals})
        self.env["dealer.sla.event"]._append(facts)
        if due_again:
            self.env["dealer.sla.notice"]._withdraw(self.browse(due_again))
        self._write_each(plans)
        self._write_each(
            {
                timer: timer._changed(
                    {"date_cap_deadline": timer._deadline_at_cap(source)}
                )
                for timer in self
                if timer.state == "paused"
            }
        )

    def _deadline_at_cap(self, source):
        """The deadline, when nobody ends the pause before its cap."""
        if self.date_pause > self.date_deadline:
            return False
        spec = self._spec(source, run_from=self.date_pause_cap)
        return self._plan_vals(source, spec)["date_deadline"]

    def _retarget(self, source):
        """Look up the targets again: level, grade, source or policy have changed.

        Start and used time are kept. A timer whose metric has no target any more keeps
        its snapshot.
        """
        targets = self.env["dealer.sla.policy"]._targets_for(self.complaint_id)
        # another kind of complaint does not undo what was missed
        timers = self.filtered(
            lambda t: (
                t.state in ("running", "paused") and not t._is_breached_at(source.now)
            )
        )
        timers._replan(
            source,
            lambda t: targets[t.complaint_id].get(t.metric) or t.target_id,
        )
        self._arm()

    def _replan(self, source, target_of):
        """Count the deadlines anew with the targets and the working hours of today.

        :param target_of: is handed a timer, and returns its target
        """
        self._move_deadlines(
            source,
            {timer: timer._replanned(source, target_of(timer)) for timer in self},
        )

    def _replanned(self, source, target):
        """The :class:`Spec` of a timer with ``target``, and the values it takes over;
        without a target it keeps what it has."""
        if not target:
            return self._spec(source), {}
        calendar = target.calendar_id or self.company_id._dealer_calendar()
        amount, unit = target.amount, target.unit
        if self.has_own_term:
            amount, unit = self.amount, self.unit
        vals = {
            "target_id": target.id,
            "amount": amount,
            "unit": unit,
            "calendar_id": calendar.id,
        }
        changes = {
            "calendar": calendar,
            "unit": unit,
            "amount": amount,
            "is_office": target._counts_office_days(self.metric),
            "levels": self._levels_of(target, source),
        }
        if unit != self.unit and self.used_seconds:
            changes["used"] = vals["used_seconds"] = self._recount(source, target)
        return self._spec(source, **changes), vals

    def _recount(self, source, target):
        """Used seconds in the kind of time of another target, from the ledger."""
        calendar = target.calendar_id or self.company_id._dealer_calendar()
        return sum(
            source.reckon(
                calendar,
                self.company_id.id,
                segment.date_from,
                lambda clock, segment=segment: clock_for(target.unit, clock).between(
                    segment.date_from, segment.date_to
                ),
            )
            for segment in self.segment_ids
            if segment.kind == "run"
        )

    @api.model
    def _write_each(self, vals_of):
        """Write values of its own to each timer; one write for those with the same.

        :param vals_of: dict of timers and their values
        """
        alike = {}
        for timer, vals in vals_of.items():
            if vals:
                alike.setdefault(tuple(vals.items()), []).append(timer.id)
        for vals, ids in alike.items():
            self.browse(ids).write(dict(vals))

    def _changed(self, vals):
        """Those of ``vals`` that the timer does not have already."""
        return {
            name: value
            for name, value in vals.items()
            if self._fields[name].convert_to_write(self[name], self) != (value or False)
        }
