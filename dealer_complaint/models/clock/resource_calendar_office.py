from datetime import time, timedelta
from zoneinfo import ZoneInfo

from pytz import country_timezones

from odoo import models

from ...tools.national_days import NationalDays, published_days

_UTC = ZoneInfo("UTC")


class ResourceCalendar(models.Model):
    """The working days of the country, by which authorities and factories count.

    Published holidays and make-up workdays are known by themselves. Those of other
    years and countries are entered without working hours: what is entered for the
    working hours of a shop closes that shop only.
    """

    _name = "resource.calendar"
    _inherit = "resource.calendar"

    def _dealer_national_days(self, company_id):
        company = self.env["res.company"].browse(company_id)
        zone = self._dealer_official_zone(company.country_id.code)
        holidays, workdays = published_days(company.country_id.code)
        shared = [
            ("company_id", "in", [company_id, False]),
            ("calendar_id", "=", False),
        ]
        leaves = self.env["resource.calendar.leaves"].search(
            [("resource_id", "=", False), ("time_type", "=", "leave"), *shared]
        )
        for leave in leaves:
            holidays.update(self._dealer_whole_days(leave, zone))
        workdays.update(self.env["dealer.workday"].search(shared).mapped("date"))
        return NationalDays(zone, holidays, workdays)

    def _dealer_official_zone(self, country_code):
        """The time an authority of the country lives by."""
        zones = country_timezones.get(country_code or "", [])
        # one time applies in all of China, also where another one is used
        if not zones or (self.tz in zones and country_code != "CN"):
            return self._dealer_zone(self.tz)
        return self._dealer_zone(zones[0])

    def _dealer_whole_days(self, leave, zone):
        """The days that ``leave`` covers from midnight to midnight."""
        start, end = (
            moment.replace(tzinfo=_UTC).astimezone(zone)
            # a day off entered until 23:59:59 lasts until midnight
            for moment in (leave.date_from, leave.date_to + timedelta(seconds=1))
        )
        first = start.date()
        if start.time() != time.min:
            first += timedelta(days=1)
        count = (end.date() - first).days
        return [first + timedelta(days=n) for n in range(count)]
