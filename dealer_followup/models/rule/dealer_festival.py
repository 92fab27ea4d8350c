import calendar
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools import lunar


class DealerFestival(models.Model):
    """A day that is kept every year (节日): of the lunar or of the civil calendar."""

    _name = "dealer.festival"
    _description = "Festival"
    _inherit = ["dealer.group.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    calendar = fields.Selection(
        [("lunar", "Lunar Calendar"), ("civil", "Civil Calendar")],
        required=True,
        default="lunar",
    )
    month = fields.Integer(required=True, default=1, help="From 1 to 12.")
    day = fields.Integer(
        required=True,
        default=1,
        help="The last day of the month where the month is shorter.",
    )
    next_date = fields.Date(
        "Next Time", compute="_compute_next_date", help="Compare it with a calendar."
    )

    _check_month = models.Constraint(
        "CHECK(month BETWEEN 1 AND 12)", "A month is a number from 1 to 12."
    )
    _check_day = models.Constraint(
        "CHECK(day BETWEEN 1 AND CASE calendar WHEN 'lunar' THEN 30 ELSE 31 END)",
        "No month has such a day: a lunar month has at most 30 days, a civil one 31.",
    )
    _name_uniq = models.UniqueIndex(
        "(name)", "There is already a festival with this name."
    )

    @api.depends("calendar", "month", "day")
    def _compute_next_date(self):
        today = fields.Date.context_today(self)
        for festival in self:
            days = festival._days_between(today, date(today.year + 2, 12, 31))
            festival.next_date = days[0][1] if days else False

    @api.constrains("calendar")
    def _check_calendar(self):
        for festival in self:
            if festival.calendar == "lunar" and not lunar.is_available():
                raise ValidationError(
                    self.env._(
                        "%(festival)s: the Python library “borax”, which knows the "
                        "lunar calendar, is not installed on the server.",
                        festival=festival.name,
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        # rules of every shop count, whoever asks
        rules = self.env["dealer.care.rule"].sudo().with_context(active_test=False)
        if rules.search_count([("festival_id", "in", self.ids)], limit=1):
            raise UserError(
                self.env._(
                    "A festival that a care rule goes by cannot be deleted. Archive it "
                    "instead."
                )
            )

    def _day_in(self, year):
        """The date of the festival in a year of its calendar; ``None`` if unknown."""
        self.ensure_one()
        if not 1 <= self.month <= 12 or self.day < 1:
            return None
        if self.calendar == "lunar":
            return lunar.day_of_lunar(year, self.month, self.day)
        last = calendar.monthrange(year, self.month)[1]
        return date(year, self.month, min(self.day, last))

    def _days_between(self, first, last):
        """When the festival is kept between two days: pairs (year, date)."""
        self.ensure_one()
        # the last months of a lunar year lie in the next civil one
        days = (
            (year, self._day_in(year)) for year in range(first.year - 1, last.year + 1)
        )
        return [(year, day) for year, day in days if day and first <= day <= last]
