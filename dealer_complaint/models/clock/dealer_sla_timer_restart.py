from odoo import models

from .dealer_sla_timer import ACTIVE_STATES


class DealerSlaTimer(models.Model):
    """Clocks that begin at another moment: since when the customer waits.

    What they recorded stays: the ledger, and when they were stopped. The deadline and
    the result follow from the new beginning.
    """

    _name = "dealer.sla.timer"
    _inherit = "dealer.sla.timer"

    def _restart(self, source, date):
        """The clocks run from ``date``; those that have ended are judged by it."""
        date = date.replace(microsecond=0)
        met = self.filtered(lambda timer: timer.state == "met")
        for timer in self:
            vals, spec = timer._begun_at(source, date)
            if timer.state in ACTIVE_STATES:
                timer._move_deadlines(source, {timer: (spec, vals)}, "receipt")
            else:
                timer._judge_again(source, spec, vals)
        self._arm()
        # nobody works on what is closed: it is not escalated any more
        met.filtered(
            lambda timer: (
                timer.state == "missed" and timer.complaint_id.state != "closed"
            )
        )._raise_after_two_breaches()

    def _begun_at(self, source, start):
        """What the clock has counted when it begins at ``start``.

        :return: its values, and the :class:`Spec` from which its deadline follows
        """
        self.ensure_one()
        finished = self._finished_runs(start)
        is_first = not finished
        last = start if is_first else max(start, self.date_pause or self.date_run)
        used, missed_in = 0, None
        for begin, end in finished:
            spec = self._spec(start=start, run_from=begin, used=used)
            # once it is missed no pause after that moves the deadline
            if not missed_in and end > self._plan_vals(source, spec)["date_deadline"]:
                missed_in = spec
            used += self._measure(source, begin, end)
        vals = {
            "date_start": start,
            "date_run": start if is_first else max(start, self.date_run),
            "used_seconds": used,
        }
        return vals, missed_in or self._spec(start=start, run_from=last, used=used)

    def _finished_runs(self, start):
        """``(from, to)`` of each run until a pause, the first from ``start``."""
        runs = self.segment_ids.filtered(lambda s: s.kind == "run").sorted("id")
        if self.state not in ACTIVE_STATES:
            # the last one is that until its end
            runs = runs[:-1]
        spans = []
        for segment in runs:
            begin = max(start, segment.date_from) if spans else start
            spans.append((begin, max(begin, segment.date_to)))
        return spans

    def _judge_again(self, source, spec, vals):
        """Met or missed, by another beginning: :meth:`_begun_at`."""
        self.ensure_one()
        plan = self._plan_vals(source, spec)
        deadline = plan["date_deadline"]
        stop, late_contact = self._stop_on_record(deadline)
        until = max(vals["date_run"], stop)
        used = vals["used_seconds"] + self._measure(source, vals["date_run"], until)
        result = "missed" if stop > deadline else "met"
        is_changed = result != self.state
        if is_changed:
            # what is recorded from now on is none of what was recorded before
            vals.update(
                correction="receipt",
                epoch=self.epoch + 1,
                is_breach_recorded=result == "missed",
            )
        self.write(
            {
                **vals,
                "state": result,
                "date_deadline": deadline,
                "date_warning": plan["date_warning"],
                "target_seconds": plan["target_seconds"],
                "date_stop": stop,
                "late_contact_id": late_contact.id,
                "used_seconds": used,
                "overrun_seconds": max(0, int((stop - deadline).total_seconds())),
                "responsible_id": self.complaint_id._holder_at(min(stop, deadline)).id,
            }
        )
        if is_changed:
            self.env["dealer.sla.event"]._append(
                [
                    self._fact("breached", deadline, source.now),
                    self._fact("recovered", stop, source.now),
                ]
                if result == "missed"
                else [self._fact("rescinded", source.now, source.now)]
            )

    def _stop_on_record(self, deadline):
        """When it ended, and the talk that was entered too late to count by itself."""
        talk = self.late_contact_id
        if not talk or talk.is_late_accepted:
            return self.date_stop, talk
        if talk.date <= deadline < talk.date_entered:
            return talk.date_entered, talk
        return talk.date, talk.browse()

    def _result_in_words(self):
        """What is counted, until when, and how it stands; as the user reads it."""
        self.ensure_one()
        metrics, states = (
            dict(self._fields[name]._description_selection(self.env))
            for name in ("metric", "state")
        )
        return self.env._(
            "%(limit)s until %(deadline)s: %(result)s",
            limit=metrics[self.metric],
            deadline=self.complaint_id._format_local(self.date_deadline),
            result=states["missed" if self.is_breached else self.state],
        )
