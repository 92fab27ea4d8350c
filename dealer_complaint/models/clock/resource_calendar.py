import logging
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from pytz import timezone as pytz_timezone

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL
from odoo.tools.lru import LRU

from ...tools.work_clock import HorizonError, NaturalClock, WorkClock, merge, subtract

_logger = logging.getLogger(__name__)

# (database, calendar, company, fingerprint of what is entered, first and last year).
# Keyed by content: an edit makes another key, a rolled back edit leaves none behind.
_CLOCKS = LRU(64)
#: How far ahead a clock is built, in years; further only when a target needs it.
HORIZONS = (1, 3, 10)


class ResourceCalendar(models.Model):
    """Working hours as a clock that answers in whole seconds."""

    _name = "resource.calendar"
    _inherit = "resource.calendar"

    @api.model
    def _dealer_zone(self, name):
        return ZoneInfo(name or "UTC")

    def _dealer_fingerprint(self, company_id):
        """All that the clock of this calendar and company is made of, in one query."""
        self.ensure_one()
        for model in (
            "resource.calendar",
            "resource.calendar.attendance",
            "resource.calendar.leaves",
            "dealer.workday",
        ):
            self.env[model].flush_model()
        self.env["res.partner"].flush_model(["country_id"])
        [[fingerprint]] = self.env.execute_query(
            SQL(
                """SELECT md5(concat_ws('|',
                    (SELECT (tz, flexible_hours, two_weeks_calendar, active)::text
                       FROM resource_calendar WHERE id = %(calendar)s),
                    (SELECT string_agg((dayofweek, hour_from, hour_to, week_type,
                                        day_period, display_type)::text, ';'
                                       ORDER BY id)
                       FROM resource_calendar_attendance
                      WHERE calendar_id = %(calendar)s),
                    (SELECT string_agg((date_from, date_to)::text, ';' ORDER BY id)
                       FROM resource_calendar_leaves
                      WHERE resource_id IS NULL AND time_type = 'leave'
                        AND (calendar_id = %(calendar)s OR calendar_id IS NULL)
                        AND (company_id = %(company)s OR company_id IS NULL)),
                    (SELECT string_agg((date, weekday, hour_from, hour_to)::text, ';'
                                       ORDER BY id)
                       FROM dealer_workday
                      WHERE (calendar_id = %(calendar)s OR calendar_id IS NULL)
                        AND (company_id = %(company)s OR company_id IS NULL)),
                    (SELECT partner.country_id
                       FROM res_company AS company
                       JOIN res_partner AS partner ON partner.id = company.partner_id
                      WHERE company.id = %(company)s)))""",
                calendar=self.id,
                company=company_id,
            )
        )
        return fingerprint

    def _dealer_clock(self, company_id, first_year, last_year, fingerprint):
        """The clock of these working hours for a company, from cache when it is there.

        :param fingerprint: of :meth:`_dealer_fingerprint`
        """
        self.ensure_one()
        key = (
            self.env.cr.dbname,
            self.id,
            company_id,
            fingerprint,
            first_year,
            last_year,
        )
        clock = _CLOCKS.get(key)
        if clock is None:
            # the deadline is the same whoever asks: rights and the employee's time
            # zone in the context must not change what counts as working time
            everything = self.sudo().with_context(
                employee_timezone=False, dealer_workdays_of=company_id
            )
            clock = everything._dealer_build_clock(company_id, first_year, last_year)
            _CLOCKS[key] = clock
        return clock

    def _dealer_build_clock(self, company_id, first_year, last_year):
        zone = self._dealer_zone(self.tz)
        national = self._dealer_national_days(company_id)
        start, end = datetime(first_year, 1, 1), datetime(last_year + 1, 1, 1)
        if not self._dealer_is_usable():
            return NaturalClock(zone, national)
        attendances = self._attendance_intervals_batch(
            start.replace(tzinfo=timezone.utc),
            end.replace(tzinfo=timezone.utc),
            tz=pytz_timezone(self.tz),
        )[False]
        spans = merge(
            (self._dealer_utc(low), self._dealer_utc(high, up=True))
            for low, high, _attendance in attendances
        )
        company_domain = [("company_id", "in", [company_id, False])]
        calendar_domain = [("calendar_id", "in", [self.id, False])]
        leaves = self.env["resource.calendar.leaves"].search(
            [("resource_id", "=", False), ("time_type", "=", "leave")]
            + company_domain
            + calendar_domain
        )
        holes = [
            # a day off entered until 23:59:59 lasts until midnight
            (
                leave.date_from,
                leave.date_to + timedelta(seconds=leave.date_to.second == 59),
            )
            for leave in leaves
        ]
        return WorkClock(subtract(spans, holes), zone, start, end, national=national)

    @api.model
    def _dealer_utc(self, moment, up=False):
        """Naive UTC of an aware datetime; ``up``: 23:59:59.999999 is midnight."""
        naive = moment.astimezone(timezone.utc).replace(tzinfo=None)
        if up and naive.microsecond:
            naive += timedelta(seconds=1)
        return naive.replace(microsecond=0)

    def _dealer_is_usable(self):
        """Whether deadlines can be counted in these working hours."""
        self.ensure_one()
        return (
            bool(self)
            and not self.flexible_hours
            and any(
                attendance.day_period != "lunch" and not attendance.display_type
                for attendance in self.attendance_ids
            )
        )

    def _dealer_check_usable(self):
        """:raise ValidationError: for working hours no deadline can be counted in"""
        for calendar in self:
            if not calendar._dealer_is_usable():
                raise ValidationError(
                    self.env._(
                        "“%(calendar)s” has no fixed working hours, but complaint "
                        "deadlines are counted in them. Enter hours, or choose a "
                        "different working schedule.",
                        calendar=calendar.name,
                    )
                )

    def _dealer_in_use(self):
        """Those by which complaints are, or may be, timed."""
        # whether hours are in use does not depend on who edits them
        everything = self.sudo()
        targets = everything.env["dealer.sla.target"].search_fetch(
            [("calendar_id", "in", self.ids)], ["calendar_id"]
        )
        companies = everything.env["res.company"].search(
            [
                "|",
                ("dealer_calendar_id", "in", self.ids),
                ("resource_calendar_id", "in", self.ids),
            ]
        )
        used = targets.calendar_id
        for company in companies:
            used |= company._dealer_calendar()
        return self.browse(used.ids) & self

    @api.constrains("flexible_hours", "attendance_ids")
    def _check_dealer_usable(self):
        self._dealer_in_use()._dealer_check_usable()

    def write(self, vals):
        # the hours are judged once they are all entered
        entering = self.with_context(dealer_calendar_write=True)
        result = super(ResourceCalendar, entering).write(vals)
        if {"tz", "flexible_hours", "two_weeks_calendar", "attendance_ids"} & set(vals):
            self.env["dealer.sla.replan"]._queue_calendars(
                [(calendar.id, False) for calendar in self]
            )
        return result


class ClockSource:
    """The clocks of one batch: each calendar is looked at once.

    :param env: environment of the batch
    :param now: the one "now" of the batch (naive UTC)
    """

    def __init__(self, env, now=None):
        self.env = env
        self.now = now or fields.Datetime.now()
        #: levels by the id of their target, see ``dealer.sla.timer._levels_of``
        self.levels = {}
        self._fingerprints = {}
        self._clocks = {}

    def reckon(self, calendar, company_id, since, compute):
        """``compute(clock)`` with the clock of ``calendar``, never failing.

        The horizon widens until the answer is known. When the working hours cannot
        give one (they were emptied behind our back), time simply passes: a complaint
        is taken in whatever the calendar says.
        """
        calendar = self.env["resource.calendar"].browse(calendar.id)
        key = (calendar.id, company_id)
        if calendar and key not in self._fingerprints:
            self._fingerprints[key] = calendar._dealer_fingerprint(company_id)
        first = (min(since, self.now) - timedelta(days=40)).year
        last = max(since, self.now).year
        if calendar:
            for years in HORIZONS:
                place = (*key, first, last + years)
                if place not in self._clocks:
                    self._clocks[place] = calendar._dealer_clock(
                        company_id, first, last + years, self._fingerprints[key]
                    )
                try:
                    return compute(self._clocks[place])
                except HorizonError:
                    continue
            _logger.warning(
                "working hours %s hold too little time; counting hours of the day",
                calendar.id,
            )
        # only its time zone is read, for whoever takes the complaint in
        return compute(NaturalClock(calendar._dealer_zone(calendar.sudo().tz)))
