from datetime import timedelta

from odoo import api, fields, models

from ...tools.work_time import day_span

#: No shop is closed longer than that: whoever comes later is greeted at once.
LONGEST_CLOSED = timedelta(days=15)


class DealerReception(models.Model):
    """A car that was left while the shop was closed: nobody could greet anybody."""

    _name = "dealer.reception"
    _inherit = "dealer.reception"

    date_greet_from = fields.Datetime(
        "To Be Greeted From",
        compute="_compute_date_greet_from",
        store=True,
        copy=False,
        help="The arrival; for a car that came while the shop was closed, its opening.",
    )
    night_words = fields.Char(
        "Came While Closed",
        compute="_compute_night_words",
        help="Since when a car has been here that nobody could greet yet.",
    )

    @api.depends("date_arrived", "company_id")
    def _compute_date_greet_from(self):
        for visit in self:
            visit.date_greet_from = visit.date_arrived and visit._greet_from()

    def _greet_from(self):
        """The arrival, or when the shop opens next. A break for lunch is no night."""
        self.ensure_one()
        shop, arrived = self.company_id, self.date_arrived
        if not shop._dealer_kept_hours()[2]:
            return arrived
        start, end = day_span(shop._dealer_day(arrived), shop._dealer_tz())
        today = shop._dealer_opening(start, end)
        if today and today[0][0] <= arrived < today[-1][1]:
            return arrived
        opening = shop._dealer_opening(start, end + LONGEST_CLOSED)
        return next((begin for begin, _end in opening if begin > arrived), arrived)

    @api.depends("state", "date_arrived", "date_greeted", "date_greet_from")
    def _compute_night_words(self):
        for visit in self:
            is_night = (
                visit.state == "arrived"
                and not visit.date_greeted
                and visit.date_greet_from
                and visit.date_greet_from > visit.date_arrived
            )
            visit.night_words = is_night and self.env._(
                "Here since %(time)s, when the shop was closed",
                time=visit.company_id._dealer_format(visit.date_arrived),
            )
