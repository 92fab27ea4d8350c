from datetime import datetime, timedelta

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.call_hours import next_calling_time, parse_hours

#: The longest a shop is closed, such as over the Spring Festival.
OPEN_AGAIN_DAYS = 21


class ResCompany(models.Model):
    """What a shop decides about calling its customers."""

    _name = "res.company"
    _inherit = "res.company"

    dealer_call_hours = fields.Char(
        "Calling Hours",
        default="09:00-12:00, 14:00-20:00",
        help="Local time of the shop. No number is dialled outside these hours.",
    )
    dealer_calls_per_day = fields.Integer(
        "Calls per Number and Day", default=3, help="0: no limit."
    )
    dealer_call_gap_minutes = fields.Integer("Between Two Calls (min)", default=30)
    dealer_marketing_limit = fields.Integer(
        "Marketing Calls per Number",
        default=2,
        help="Counts answered calls and messages. 0: no limit.",
    )
    dealer_marketing_limit_days = fields.Integer("Within (days)", default=30)
    dealer_marketing_needs_consent = fields.Boolean(
        "Marketing Only With Consent",
        default=True,
        help="No marketing calls are made to numbers without recorded consent.",
    )
    dealer_conversion_days = fields.Integer(
        "Led to a Visit Within (days)",
        default=30,
        help="A visit within this many days after the customer was reached counts "
        "as a result of the call.",
    )

    @api.constrains("dealer_call_hours")
    def _check_dealer_call_hours(self):
        for company in self:
            try:
                parse_hours(company.dealer_call_hours)
            except ValueError:
                raise ValidationError(
                    self.env._(
                        "“%(hours)s” are not valid calling hours. Enter them like "
                        "this: 09:00-12:00, 14:00-20:00.",
                        hours=company.dealer_call_hours,
                    )
                ) from None

    def _dealer_call_spans(self):
        """The calling hours in minutes of the day."""
        self.ensure_one()
        return parse_hours(self.dealer_call_hours or "09:00-12:00, 14:00-20:00")

    def _dealer_next_call(self, moment):
        """The first moment from ``moment`` (naive UTC) on at which the shop is open and
        customers may be called; the calling hours alone where nothing else fits."""
        self.ensure_one()
        hours = self._dealer_call_spans()
        first = self._dealer_day(moment)
        try:
            opening = self._dealer_opening(
                self._dealer_midnight(first),
                self._dealer_midnight(first + timedelta(days=OPEN_AGAIN_DAYS)),
            )
        except UserError:  # no fixed hours
            opening = ()
        for start, end in opening:
            local = self._dealer_to_local(max(moment, start))
            found = self._dealer_to_utc(next_calling_time(local, hours))
            if moment <= found < end:
                return found
        local = self._dealer_to_local(moment)
        return self._dealer_to_utc(next_calling_time(local, hours))

    def _dealer_to_local(self, moment):
        """Naive UTC to naive local time of the shop."""
        zone = self._dealer_tz()
        return pytz.utc.localize(moment).astimezone(zone).replace(tzinfo=None)

    def _dealer_to_utc(self, local):
        """Naive local time of the shop to naive UTC."""
        zone = self._dealer_tz()
        return zone.localize(local).astimezone(pytz.utc).replace(tzinfo=None)

    def _dealer_midnight(self, day):
        """The moment (naive UTC) at which ``day`` begins in the shop."""
        return self._dealer_to_utc(datetime.combine(day, datetime.min.time()))

    def _dealer_open_days(self, first, last):
        """The days on which the shop is open.

        :return: set of dates; ``None`` when the shop has no fixed hours
        """
        self.ensure_one()
        start = self._dealer_midnight(first)
        end = self._dealer_midnight(last + timedelta(days=1))
        try:
            opening = self._dealer_opening(start, end)
        except UserError:
            return None
        return {self._dealer_day(span[0]) for span in opening}
