from datetime import date, datetime, time, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import ormcache

from ...tools.savepoints import each_in_savepoint
from ..common.dealer_cached_mixin import KEPT_FOR

try:
    import chinese_calendar
except ImportError:  # the years are then entered by hand
    chinese_calendar = None

#: The State Council announces the holidays of the next year in this month.
NOTICE_MONTH = 11
WEEKDAYS = [
    ("0", "Monday"),
    ("1", "Tuesday"),
    ("2", "Wednesday"),
    ("3", "Thursday"),
    ("4", "Friday"),
    ("5", "Saturday"),
    ("6", "Sunday"),
]


class DealerWorkday(models.Model):
    """A make-up workday (调休): a day off that is worked like another weekday.

    Holidays and closings are Odoo's own (``resource.calendar.leaves``); one that is
    entered for a make-up workday closes the shop on that day all the same.
    """

    _name = "dealer.workday"
    _description = "Make-up Workday"
    _inherit = ["dealer.group.mixin", "dealer.cached.mixin"]
    _order = "date desc"
    _rec_name = "date"

    date = fields.Date(required=True)
    weekday = fields.Selection(
        WEEKDAYS,
        "Works Like a",
        required=True,
        default="0",
        help="The opening hours of this weekday apply.",
    )
    hour_from = fields.Float(
        "From", help="Hour of the day. Filled in, these hours apply instead."
    )
    hour_to = fields.Float("To", help="Hour of the day.")
    company_id = fields.Many2one(
        "res.company", index=True, default=lambda self: self.env.company
    )
    calendar_id = fields.Many2one(
        "resource.calendar",
        "Working Hours",
        index="btree_not_null",
        ondelete="cascade",
        help="Empty: all working hours of the company.",
    )

    _day_uniq = models.UniqueIndex(
        "(date, COALESCE(company_id, 0), COALESCE(calendar_id, 0))",
        "This make-up workday has already been entered.",
    )

    @api.constrains("hour_from", "hour_to")
    def _check_hours(self):
        for day in self:
            if (day.hour_from or day.hour_to) and not (
                0 <= day.hour_from < day.hour_to <= 24
            ):
                raise ValidationError(
                    self.env._(
                        "%(day)s: a make-up workday must end after it begins, "
                        "between 0:00 and 24:00.",
                        day=day.display_name,
                    )
                )

    # ------------------------------------------------------------------
    # HOURS
    # ------------------------------------------------------------------

    @api.model
    @ormcache("calendar_id", "company_id", KEPT_FOR)
    def _days_of(self, calendar_id, company_id):
        """The make-up workdays of some working hours.

        :return: dict of (weekday, from, to) by date; the row of the calendar goes
            before that of the company, and this before one for all
        """
        # what a shop does on its make-up workdays does not depend on who asks
        rows = self.sudo().search(
            Domain("company_id", "in", [company_id, False])
            & Domain("calendar_id", "in", [calendar_id, False])
        )
        rows = rows.sorted(lambda day: (bool(day.company_id), bool(day.calendar_id)))
        return {day.date: (day.weekday, day.hour_from, day.hour_to) for day in rows}

    # ------------------------------------------------------------------
    # WHAT THE GOVERNMENT HAS PUBLISHED
    # ------------------------------------------------------------------

    @api.model
    def _published(self, years):
        """China's holidays and make-up workdays, as far as the library knows them.

        :return: dict of (names by holiday, list of make-up workdays) by year
        """
        if chinese_calendar is None:
            return {}
        published = {}
        for year in years:
            try:
                chinese_calendar.is_holiday(date(year, 1, 1))
            except NotImplementedError:
                continue
            holidays, workdays = (
                {day: name for day, name in days.items() if day.year == year}
                for days in (
                    chinese_calendar.constants.holidays,
                    chinese_calendar.constants.workdays,
                )
            )
            published[year] = holidays, sorted(workdays)
        return published

    @api.model
    def _fill_public_holidays(self, years, company=None):
        """Enter China's public holidays and make-up workdays of ``years``.

        Running it again adds nothing. Years that the State Council has not published
        yet, or that the library does not know, are left out.

        :return: the years that were known
        """
        company = company or self.env.company
        if chinese_calendar is None:
            raise UserError(
                self.env._(
                    "The Python library “chinesecalendar” is not installed. Enter "
                    "the holidays by hand."
                )
            )
        published = self._published(years)
        for holidays, workdays in published.values():
            self._enter(holidays, workdays, company)
        if published:
            company._dealer_holidays_known(max(published))
        return list(published)

    @api.model
    def _enter(self, holidays, workdays, company):
        """Enter what is not there yet.

        :param holidays: dict of names by date
        :param workdays: dates
        """
        self._fill_holidays(holidays, company)
        self._fill_workdays(workdays, company)

    @api.model
    def _fill_workdays(self, days, company):
        present = set(
            self.search(
                [("date", "in", days), ("company_id", "in", [company.id, False])]
            ).mapped("date")
        )
        self.create(
            [
                {"date": day, "company_id": company.id}
                for day in days
                if day not in present
            ]
        )

    @api.model
    def _fill_holidays(self, names, company):
        """One calendar-less leave for each run of holidays, named as the holiday is."""
        tz = company._dealer_tz()
        runs = []
        for day, name in sorted(names.items()):
            if runs and runs[-1][1] == day - timedelta(days=1) and runs[-1][2] == name:
                runs[-1][1] = day
            else:
                runs.append([day, day, name])
        Leave = self.env["resource.calendar.leaves"]
        vals_list = []
        for first, last, name in runs:
            date_from, date_to = (
                tz.localize(datetime.combine(day, moment))
                .astimezone(pytz.utc)
                .replace(tzinfo=None)
                for day, moment in ((first, time.min), (last, time(23, 59, 59)))
            )
            if not Leave.search_count(
                [
                    ("company_id", "=", company.id),
                    ("resource_id", "=", False),
                    ("calendar_id", "=", False),
                    ("date_from", "<=", date_from),
                    ("date_to", ">=", date_to),
                ],
                limit=1,
            ):
                vals_list.append(
                    {
                        "name": name,
                        "company_id": company.id,
                        "calendar_id": False,
                        "resource_id": False,
                        "time_type": "leave",
                        "date_from": date_from,
                        "date_to": date_to,
                    }
                )
        Leave.with_company(company).create(vals_list)

    @api.model
    def _cron_fill(self):
        """Enter the holidays of shops in China as soon as they are known; from November
        on, ask the managers for those of the next year."""
        chinese = [("partner_id.country_id.code", "=", "CN")]
        each_in_savepoint(self.env["res.company"].search(chinese), self._fill_shop)

    @api.model
    def _fill_shop(self, company):
        today = fields.Date.context_today(self)
        if self._fill_published(company) and today.month >= NOTICE_MONTH:
            company._dealer_ask_for_holidays(today.year + 1)

    @api.model
    def _fill_published(self, companies):
        """Enter what is published of this year and the next ones.

        Each year once: what a shop deletes or changes afterwards stays as it is.

        :return: the shops by the holidays of China; in another zone, or while none is
            chosen, the days would begin at another hour
        """
        this_year = fields.Date.context_today(self).year
        published = self._published(range(this_year, this_year + 3))
        zones = pytz.country_timezones["CN"]
        chinese = companies.filtered(
            lambda company: (
                company.country_id.code == "CN" and company.dealer_tz in zones
            )
        )
        for company in chinese:
            for year, (holidays, workdays) in published.items():
                if year > company.dealer_holidays_until:
                    self._enter(holidays, workdays, company)
                    company._dealer_holidays_known(year)
        return chinese

    def action_fill_public_holidays(self):
        """Button: this year and the two after it, for the current company."""
        self.check_access("create")
        this_year = fields.Date.context_today(self).year
        # entering the company's holidays is part of entering its make-up workdays
        known = self.sudo()._fill_public_holidays(range(this_year, this_year + 3))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if known else "warning",
                "message": self.env._(
                    "Public holidays known for: %(years)s",
                    years=", ".join(map(str, known)) or "–",
                ),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
