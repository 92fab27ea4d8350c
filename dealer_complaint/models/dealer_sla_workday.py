from datetime import date, datetime, time, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

try:
    import chinese_calendar
except ImportError:  # the years are then entered by hand
    chinese_calendar = None


class DealerSlaWorkday(models.Model):
    """A make-up workday (调休): a day off that is worked like another weekday."""

    _name = "dealer.sla.workday"
    _description = "Make-up Workday"
    _inherit = ["dealer.group.mixin", "dealer.sla.replan.mixin"]
    _order = "date desc"
    _rec_name = "date"

    date = fields.Date(required=True)
    weekday = fields.Selection(
        [
            ("0", "Monday"),
            ("1", "Tuesday"),
            ("2", "Wednesday"),
            ("3", "Thursday"),
            ("4", "Friday"),
            ("5", "Saturday"),
            ("6", "Sunday"),
        ],
        "Worked Like",
        required=True,
        default="0",
        help="The hours of this weekday apply.",
    )
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
        "This make-up workday is entered already.",
    )

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
                    "The Python library “chinesecalendar” is not installed; enter the"
                    " holidays by hand."
                )
            )
        known = []
        for year in years:
            try:
                chinese_calendar.is_holiday(date(year, 1, 1))
            except NotImplementedError:
                continue
            known.append(year)
            days = [date(year, 1, 1) + timedelta(days=n) for n in range(366)]
            days = [day for day in days if day.year == year]
            self._fill_holidays(
                [d for d in days if d in chinese_calendar.constants.holidays], company
            )
            self._fill_workdays(
                [d for d in days if d in chinese_calendar.constants.workdays], company
            )
        return known

    @api.model
    def _fill_workdays(self, days, company):
        present = set(
            self.search([("date", "in", days), ("company_id", "=", company.id)]).mapped(
                "date"
            )
        )
        self.create(
            [
                {"date": day, "company_id": company.id}
                for day in days
                if day not in present
            ]
        )

    @api.model
    def _fill_holidays(self, days, company):
        """One calendar-less leave for each run of holidays, named as the holiday is."""
        tz = self.env["resource.calendar"]._dealer_zone(company.resource_calendar_id.tz)
        runs = []
        for day in days:
            name = chinese_calendar.constants.holidays[day]
            if runs and runs[-1][1] == day - timedelta(days=1) and runs[-1][2] == name:
                runs[-1][1] = day
            else:
                runs.append([day, day, name])
        Leave = self.env["resource.calendar.leaves"]
        vals_list = []
        for first, last, name in runs:
            date_from, date_to = (
                datetime.combine(day, moment, tzinfo=tz)
                .astimezone(self.env["resource.calendar"]._dealer_zone("UTC"))
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

    def _dealer_replan_keys(self):
        return [(day.calendar_id.id, day.company_id.id) for day in self]
