from datetime import timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ...tools import groups, work_time
from ...tools.arguments import DAY, TEXT, arguments
from ..shop.res_company_live import LANE, WORKSHOP
from .dealer_job import OPEN_JOB_STATES
from .dealer_job_plan import SHORTEST_PLAN_HOURS

#: Blocks are moved by this many minutes.
BOARD_SLOT_MINUTES = 15
#: How far ahead the board knows when the shop works.
OPENINGS_DAYS = 14
#: The car of an unplanned job is in the house and the work agreed to.
TRAY_STATES = ("authorized", "working", "quality")
ROLE_FIELD = {"bay": "bay_id", "technician": "technician_id"}


class DealerJob(models.Model):
    """The workshop board of the controller: bays or technicians against the day."""

    _name = "dealer.job"
    _inherit = "dealer.job"

    # ------------------------------------------------------------------
    # API
    # ------------------------------------------------------------------

    @api.model
    @arguments(date=DAY, by=TEXT)
    def get_board_data(self, date=None, by="bay"):
        """Everything the workshop board shows of one day, in one call.

        Times are minutes on the shop's clock, counted from midnight of the day, so that
        no browser has to know a time zone.

        :param str date: the day as ``YYYY-MM-DD``; today of the shop by default
        :param str by: what the rows are, ``bay`` or ``technician``
        :return: dict with ``date, today, by, slot, now`` (minute; ``None`` on another
            day), ``range`` and ``opening`` (pairs of minutes), ``next_open`` (``date``
            and ``minute`` at which somebody can begin) and ``openings`` (pairs of
            minutes by date, a fortnight), ``rows``, ``blocks`` (planned or running
            jobs), ``bookings`` (cars that are expected), ``tray`` (jobs without a place
            in a day), ``people`` and ``bays`` (whom and where a job can be given to),
            ``counts``
        :raise AccessError: for anyone below a service advisor
        """
        self._check_controller()
        role_field = self._board_role_field(by)
        company = self.env.company
        tz = company._dealer_tz()
        now = fields.Datetime.now()
        today = work_time.local_date(now, tz)
        day = fields.Date.to_date(date) or today
        span = work_time.day_span(day, tz)
        opening = [
            [work_time.to_wall(instant, day, tz) for instant in opened]
            for opened in self.env["dealer.work.log"]._opening_spans(company, day)
        ]
        resources = self.env["resource.resource"].search(
            [
                ("dealer_role", "in", list(ROLE_FIELD)),
                ("company_id", "in", [company.id, False]),
            ]
        )
        by_role = resources.grouped("dealer_role")
        resources = by_role.get(by, resources.browse())
        jobs, tray = self._board_jobs(company, span, day == today)
        spans = {job: job._board_span(now, span) for job in jobs}
        due = {job: job._board_due(spans[job][0]) for job in jobs}
        clashes = work_time.conflicts(
            (job.id, resource, *spans[job])
            for job in jobs
            if job.state != "done" and job.date_planned_start
            for resource in (job.bay_id, job.technician_id)
            if resource
        )
        blocks, ends = [], []
        for job in jobs:
            start, stop = (work_time.to_wall(i, day, tz) for i in spans[job])
            blocks.append(
                {
                    **job._board_card(tz, now),
                    "row_id": job[role_field].id or 0,
                    "start": start,
                    "stop": stop,
                    "is_conflict": job.id in clashes,
                    "is_overdue": job.state != "done" and due[job] < now,
                    "is_planned": bool(job.date_planned_start),
                }
            )
            # a clock that runs on after closing time does not open the evening
            if job.state != "working":
                ends.append(stop)
            ends.append(start)
        bookings = self._board_bookings(company, day, by)
        ends += [one[edge] for one in bookings for edge in ("start", "stop")]
        self._board_add_lanes(blocks + bookings)
        cards = [job._board_card(tz, now) for job in tray]
        return {
            "date": fields.Date.to_string(day),
            "today": fields.Date.to_string(today),
            "by": by,
            "company_id": company.id,
            "slot": BOARD_SLOT_MINUTES,
            "now": work_time.to_wall(now, day, tz) if day == today else None,
            "opening": opening,
            "range": self._board_range(opening, ends),
            **self._board_openings(company, max(day, today), now, tz),
            "rows": self._board_rows(resources, span, day, tz),
            "blocks": blocks,
            "bookings": bookings,
            "tray": cards,
            "people": self._board_choice(by_role.get("technician")),
            "bays": self._board_choice(by_role.get("bay")),
            "counts": self._board_counts(blocks + cards),
        }

    # ------------------------------------------------------------------
    # PARTS OF THE BOARD
    # ------------------------------------------------------------------

    @api.model
    def _tray_domain(self):
        """The jobs that wait for a place in a day: agreed to, or begun and paused."""
        return (
            Domain("date_planned_start", "=", False)
            & Domain("reception_id.state", "in", TRAY_STATES)
            & Domain("reception_id.is_away", "=", False)
            & (
                Domain("state", "=", "paused")
                | Domain("state", "=", "pending") & Domain("is_approved", "=", True)
            )
        )

    @api.model
    def _check_controller(self):
        if not self.env.user.has_group(groups.ADVISOR):
            raise AccessError(
                self.env._(
                    "The workshop board is only for advisors and the "
                    "workshop controller."
                )
            )

    @api.model
    def _board_role_field(self, by):
        if by not in ROLE_FIELD:
            raise UserError(
                self.env._(
                    "The rows of the board are bays or technicians, not “%(rows)s”.",
                    rows=by,
                )
            )
        return ROLE_FIELD[by]

    @api.model
    def _board_jobs(self, company, span, is_today):
        """The jobs of the day, and those that wait for a place in a day.

        On the board of today, open jobs planned for a day before wait again.
        """
        start, stop = span
        ours = Domain("company_id", "=", company.id) & Domain(
            "reception_id.state", "!=", "cancelled"
        )
        planned = Domain("date_planned_start", "<", stop) & Domain(
            "date_planned_end", ">", start
        )
        running = (
            Domain("date_planned_start", "=", False)
            & Domain("state", "in", ("working", "done") if is_today else ("done",))
            & Domain("date_started", "<", stop)
            & (Domain("date_done", "=", False) | Domain("date_done", ">", start))
        )
        waiting = self._tray_domain()
        if is_today:
            # whatever it was planned for, it is worked on now
            running |= Domain("state", "=", "working")
            waiting |= (
                Domain("date_planned_end", "<=", start)
                & Domain("state", "in", OPEN_JOB_STATES)
                & Domain("reception_id.state", "in", TRAY_STATES)
            )
        found = self.search(ours & (planned | running | waiting))
        found.reception_id.fetch(["date_promised"])
        tray = found.filtered(
            lambda job: (
                job.date_planned_end <= start
                if job.date_planned_start
                else job.state in ("pending", "paused")
            )
        )
        tray = tray.sorted(
            lambda job: (
                job.reception_id.date_promised
                or fields.Datetime.now() + timedelta(365),
                job.id,
            )
        )
        # one prefetch for both, so that everything is read once for the whole board
        return tuple(jobs.with_prefetch(found._ids) for jobs in (found - tray, tray))

    def _board_span(self, now, day):
        """Where the job lies on the board: as it is worked on, else as planned.

        A job that goes on from another day lies where it is planned on this one.

        :param now: UTC; what runs reaches until now at least
        :param day: span of the day that the board shows
        """
        self.ensure_one()
        planned, begun = self.date_planned_start, self.date_started
        is_elsewhere = (
            not planned or planned >= day[1] or self.date_planned_end <= day[0]
        )
        is_begun = begun and self.state != "pending"
        start = planned
        if is_begun and (day[0] <= begun < day[1] or is_elsewhere):
            start = begun
        if self.state == "done" and start == begun:
            return start, max(self.date_done, start + timedelta(minutes=1))
        stop = self._board_due(start)
        if self.state == "working":
            stop = max(stop, now)
        return start, stop

    def _board_due(self, start):
        """When the job should be done that was begun at ``start``."""
        if self.date_planned_start:
            # lunch and closing time are in it
            return start + (self.date_planned_end - self.date_planned_start)
        return start + timedelta(hours=self.planned_hours or SHORTEST_PLAN_HOURS)

    @api.model
    def _board_choice(self, resources):
        return [{"id": row.id, "name": row.name} for row in resources or ()]

    def _board_card(self, tz, now):
        """What a block of the board tells about its job; no price is among it."""
        self.ensure_one()
        reception = self.reception_id
        promised = reception.date_promised
        labels = self._board_labels()
        return {
            "id": self.id,
            "name": self.name,
            "plate": self.license_plate or reception.name,
            "car": self.car_model or "",
            "reception_id": reception.id,
            "visit_state": labels["visit"].get(reception.state),
            "state": self.state,
            "state_label": labels["state"][self.state],
            "pause_label": labels["pause"].get(self.pause_reason, ""),
            "technician": self.technician_id.name or "",
            "technician_id": self.technician_id.id or 0,
            "bay": self.bay_id.name or "",
            "bay_id": self.bay_id.id or 0,
            "hours": self.planned_hours,
            "promise": reception.promise_state,
            "promise_label": labels["promise"].get(reception.promise_state, ""),
            "promised": (
                pytz.utc.localize(promised).astimezone(tz).strftime("%m-%d %H:%M")
                if promised
                else ""
            ),
            "is_late": reception.promise_state in ("late", "broken"),
            "is_waiting": reception.is_waiting,
            "is_rework": self.is_rework,
            "is_approved": self.is_approved,
        }

    @api.model
    def _board_labels(self):
        def labels(model, name):
            field = self.env[model]._fields[name]
            return dict(field._description_selection(self.env))

        return {
            "state": labels("dealer.job", "state"),
            "pause": labels("dealer.job", "pause_reason"),
            "promise": labels("dealer.reception", "promise_state"),
            "visit": labels("dealer.reception", "state"),
        }

    @api.model
    def _board_rows(self, resources, span, day, tz):
        """The rows with the hours at which a resource is away."""
        # a controller plans around absences and may see when, but not why
        leaves = self.env["resource.calendar.leaves"].sudo()
        away = {}
        for leave in leaves.search_fetch(
            [
                ("resource_id", "in", resources.ids),
                ("date_from", "<", span[1]),
                ("date_to", ">", span[0]),
            ],
            ["resource_id", "date_from", "date_to"],
        ):
            away.setdefault(leave.resource_id.id, []).append(
                [
                    work_time.to_wall(max(leave.date_from, span[0]), day, tz),
                    work_time.to_wall(min(leave.date_to, span[1]), day, tz),
                ]
            )
        return [
            {
                "id": resource.id,
                "name": resource.name,
                "away": away.get(resource.id, []),
            }
            for resource in resources
        ]

    @api.model
    def _board_add_lanes(self, blocks):
        rows = {}
        for block in blocks:
            rows.setdefault(block["row_id"], []).append(block)
        for row in rows.values():
            lanes = work_time.lanes((b["id"], b["start"], b["stop"]) for b in row)
            for block in row:
                block["lane"] = lanes[block["id"]]
                block["lanes"] = max(lanes.values()) + 1

    @api.model
    def _board_range(self, opening, ends):
        """First and last minute shown, in whole hours: opening hours and all work.

        Work that goes on from one day to the next does not open the night.

        :param ends: minutes at which work begins or is over
        """
        minutes = [m for span in opening for m in span] or [8 * 60, 18 * 60]
        minutes += [minute for minute in ends if 0 <= minute <= 24 * 60]
        first = min(minutes) // 60 * 60
        last = -(-max(minutes) // 60) * 60
        return [first, max(last, first + 60)]

    @api.model
    def _board_openings(self, company, day, now, tz):
        """When the shop works from ``day`` on, and the next moment at which it does."""
        first, last = (
            work_time.day_span(day + timedelta(days=days), tz)[0]
            for days in (0, OPENINGS_DAYS)
        )
        openings = {
            fields.Date.to_string(day + timedelta(days=days)): []
            for days in range(OPENINGS_DAYS)
        }
        found = None
        for begin, stop in company._dealer_opening(first, last):
            date = work_time.local_date(begin, tz)
            start, end = (work_time.to_wall(at, date, tz) for at in (begin, stop))
            key = fields.Date.to_string(date)
            openings.setdefault(key, []).append([start, end])
            if begin < now:
                start = work_time.to_wall(now, date, tz)
            start = -(-start // BOARD_SLOT_MINUTES) * BOARD_SLOT_MINUTES
            if not found and start < end:
                found = {"date": key, "minute": start}
        return {"openings": openings, "next_open": found}

    @api.model
    def _board_counts(self, cards):
        """How many cars wait with their customer, are late, or are planned twice."""

        def cars(test):
            return len({card["reception_id"] for card in cards if test(card)})

        return {
            "waiting": cars(lambda card: card["is_waiting"]),
            "late": cars(lambda card: card["is_late"]),
            "conflicts": sum(1 for card in cards if card.get("is_conflict")),
            "working": sum(1 for card in cards if card["state"] == "working"),
        }

    # ------------------------------------------------------------------
    # LIVE
    # ------------------------------------------------------------------

    def _notify_board(self):
        self._send_board_change(self.company_id)
        self.reception_id._tell_who_has_it_open()

    @api.model
    def _send_board_change(self, companies):
        """Tell every open board that it is out of date: once in a transaction."""
        companies._send_board_change(WORKSHOP)
        # what is done in the workshop is what the lane waits for
        companies._send_board_change(LANE)
