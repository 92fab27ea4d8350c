from datetime import timedelta

from odoo import api, models
from odoo.exceptions import UserError

from ...tools.sla_spec import Spec

_NO_PAUSE = {
    "date_pause": False,
    "date_pause_cap": False,
    "date_cap_deadline": False,
    "pause_reason": False,
    "pause_note": False,
    "pause_user_id": False,
    "pause_approver_id": False,
}


class DealerSlaTimer(models.Model):
    """Start, stop, pause, resume. Everything here is called in a batch, by the
    methods of the complaint, with the rights of the system: people only read timers.
    """

    _name = "dealer.sla.timer"
    _inherit = "dealer.sla.timer"

    # ------------------------------------------------------------------
    # START
    # ------------------------------------------------------------------

    @api.model
    def _start(self, requests, source):
        """Start timers where a policy sets a target.

        None starts in a shop that has not chosen its time zone, but those of reports
        and authorities: they count the days of the country. The others begin, from
        when they are owed, with the zone; see ``res_company_zone.py``.

        :param requests: list of dicts ``complaint, metric, date, cycle, origin``
        :return: the new timers
        """
        complaints = self.env["dealer.complaint"].union(
            *(request["complaint"] for request in requests)
        )
        targets = self.env["dealer.sla.policy"]._targets_for(complaints)
        levels = {}
        vals_list = []
        for request in requests:
            complaint = request["complaint"]
            if not (request.get("origin") or complaint.company_id._dealer_has_zone()):
                continue
            target = targets[complaint].get(
                request["metric"], self.env["dealer.sla.target"]
            )
            term = request.get("term")
            if not target and not term:
                continue
            amount, unit = term or (target.amount, target.unit)
            if target not in levels:
                levels[target] = self._levels_of(target)
            calendar = target.calendar_id or complaint.company_id._dealer_calendar()
            plan = self._plan_vals(
                source,
                Spec(
                    calendar=calendar,
                    company_id=complaint.company_id.id,
                    unit=unit,
                    amount=amount,
                    is_office=target._counts_office_days(request["metric"]),
                    start=request["date"],
                    run_from=request["date"],
                    used=0,
                    levels=levels[target],
                    is_major=complaint.grade == "major",
                ),
            )
            vals_list.append(
                {
                    "complaint_id": complaint.id,
                    "company_id": complaint.company_id.id,
                    "metric": request["metric"],
                    "origin": request.get("origin", ""),
                    "cycle": request["cycle"],
                    "target_id": target.id,
                    "has_own_term": bool(term),
                    "amount": amount,
                    "unit": unit,
                    "calendar_id": calendar.id,
                    "date_start": request["date"],
                    "date_run": request["date"],
                    **plan,
                }
            )
        timers = self.create(vals_list)
        timers._arm()
        return timers

    # ------------------------------------------------------------------
    # STOP
    # ------------------------------------------------------------------

    def _stop(self, date, source, **vals):
        """The owed thing was done at ``date``: met, or missed with its overrun."""
        active = self.filtered(lambda t: t.state in ("running", "paused"))
        active.filtered(lambda t: t.state == "paused")._resume(source, date=date)
        segments, facts = [], []
        for timer in active:
            # who had it when it was missed answers for that, not who took it over
            held = min(date, timer.date_deadline)
            # said before it began to run, e.g. a call recorded after a pause ended
            until = max(date, timer.date_run)
            seconds = timer._measure(source, timer.date_run, until)
            segments.append(timer._segment_vals("run", timer.date_run, until, seconds))
            is_late = date > timer.date_deadline
            if timer.is_breach_recorded:
                kind = "recovered" if is_late else "rescinded"
                facts.append(timer._fact(kind, date, source.now))
            timer.write(
                {
                    "state": "missed" if is_late else "met",
                    "date_stop": date,
                    "used_seconds": timer.used_seconds + seconds,
                    "overrun_seconds": max(
                        0, int((date - timer.date_deadline).total_seconds())
                    ),
                    "responsible_id": timer._answerable_at(held).id,
                    "next_event_at": False,
                    "attempts": 0,
                    **vals,
                }
            )
        self.env["dealer.sla.segment"].create(segments)
        self.env["dealer.sla.event"]._append(facts)
        self.env["dealer.sla.notice"]._withdraw(active)
        return active

    def _answerable_at(self, date):
        """Whom the clock measures, when it ends at ``date``."""
        if self.metric == "acceptance":
            return self.complaint_id._answers_for_offer()
        return self.complaint_id._holder_at(date)

    def _cancel(self, source):
        """Out of statistics: entered by mistake, or merged into another one."""
        active = self.filtered(lambda t: t.state in ("running", "paused"))
        active.write(
            {
                "state": "cancelled",
                "date_stop": source.now,
                "next_event_at": False,
                **_NO_PAUSE,
            }
        )
        self.env["dealer.sla.notice"]._withdraw(active)
        return active

    # ------------------------------------------------------------------
    # PAUSE
    # ------------------------------------------------------------------

    def _pause(self, source, reason, note=None, until=None, user=None, approver=None):
        """Stop counting, for a reason, until the cap at the latest. A timer that is
        paused already is left as it is.

        :raise UserError: for the first contact, which nothing excuses
        """
        for timer in self.filtered(lambda t: t.state == "running"):
            if timer.metric == "contact":
                raise UserError(
                    self.env._(
                        "%(complaint)s: the clock of the first contact cannot be "
                        "paused. Phone the customer.",
                        complaint=timer.complaint_id.name,
                    )
                )
            seconds = timer._measure(source, timer.date_run, source.now)
            # what has run so far is final
            self.env["dealer.sla.segment"].create(
                timer._segment_vals("run", timer.date_run, source.now, seconds)
            )
            cap = source.now + timedelta(days=timer.target_id.pause_cap_days or 15)
            cap = max(source.now, min(until, cap)) if until else cap
            timer.write(
                {
                    "state": "paused",
                    "used_seconds": timer.used_seconds + seconds,
                    "date_pause": source.now,
                    "date_pause_cap": cap,
                    "pause_reason": reason,
                    "pause_note": note,
                    "pause_user_id": user.id if user else False,
                    "pause_approver_id": approver.id if approver else False,
                    "next_event_at": cap,
                }
            )
            timer.date_cap_deadline = timer._deadline_at_cap(source)
        self._arm()

    def _resume(self, source, date=None):
        """Count on from ``date``, from the cap at the latest.

        What was missed before the pause stays missed.
        """
        date = date or source.now
        paused = self.filtered(lambda t: t.state == "paused")
        missed = paused.filtered(lambda t: t.date_pause > t.date_deadline)
        segments, ended = [], {}
        for timer in paused:
            end = max(min(date, timer.date_pause_cap), timer.date_pause)
            seconds = timer._measure(source, timer.date_pause, end)
            segments.append(
                timer._segment_vals(
                    "pause",
                    timer.date_pause,
                    end,
                    seconds,
                    reason=timer.pause_reason,
                    note=timer.pause_note,
                    user_id=timer.pause_user_id.id,
                    approver_id=timer.pause_approver_id.id,
                    date_cap=timer.date_pause_cap,
                )
            )
            ended[timer] = {"state": "running", "date_run": end, **_NO_PAUSE}
        self.env["dealer.sla.segment"].create(segments)
        self._write_each(ended)
        self._write_each(
            {
                timer: self._plan_vals(source, timer._spec_as_is(source))
                for timer in missed
            }
        )
        (paused - missed)._move_deadlines(
            source,
            {timer: (timer._spec(source), {}) for timer in paused - missed},
        )
        self._arm()

    # ------------------------------------------------------------------
    # ROWS
    # ------------------------------------------------------------------

    def _segment_vals(self, kind, date_from, date_to, seconds, **vals):
        return {
            "timer_id": self.id,
            "complaint_id": self.complaint_id.id,
            "company_id": self.company_id.id,
            "kind": kind,
            "date_from": date_from,
            "date_to": date_to,
            "seconds": seconds,
            **vals,
        }

    def _fact(self, kind, date, now, level=None, superseded=False):
        return {
            "timer": self,
            "kind": kind,
            "level": level or self.env["dealer.sla.level"],
            "epoch": self.epoch,
            "date": date,
            "now": now,
            "superseded": superseded,
        }
