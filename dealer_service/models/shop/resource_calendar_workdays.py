from datetime import datetime, time, timedelta

import pytz

from odoo import models
from odoo.tools.intervals import Intervals


class ResourceCalendar(models.Model):
    """Working hours know the make-up workdays: for bookings, promises, jobs, calls and
    the clocks of complaints, and for all of Odoo that plans by them."""

    _name = "resource.calendar"
    _inherit = "resource.calendar"

    def _attendance_intervals_batch(
        self, start_dt, end_dt, resources=None, domain=None, tz=None, lunch=False
    ):
        batch = super()._attendance_intervals_batch(
            start_dt, end_dt, resources=resources, domain=domain, tz=tz, lunch=lunch
        )
        days = self._dealer_makeup_days(start_dt, end_dt)
        if not days or self.flexible_hours:
            return batch
        lines = self.attendance_ids.filtered(
            lambda line: not line.display_type and (line.day_period == "lunch") == lunch
        )
        zones = {False: self.tz}
        for resource in resources or ():
            if resource.calendar_id:
                zones[resource.id] = resource.tz
        for key, zone in zones.items():
            zone = tz or pytz.timezone(zone)
            usual, worked = [], []
            for day, hours in days.items():
                midnight, next_midnight = (
                    zone.localize(datetime.combine(day + timedelta(days=n), time.min))
                    for n in (0, 1)
                )
                usual.append((midnight, next_midnight, lines.browse()))
                worked += self._dealer_makeup_spans(day, hours, lines, zone, lunch)
            kept = batch[key] - Intervals(usual, keep_distinct=True)
            low, high = start_dt.astimezone(zone), end_dt.astimezone(zone)
            clipped = [
                (max(begin, low), min(end, high), line)
                for begin, end, line in worked
                if begin < high and end > low
            ]
            batch[key] = Intervals([*kept, *clipped], keep_distinct=True)
        return batch

    def _dealer_makeup_days(self, start_dt, end_dt):
        """The make-up workdays that a period may touch, in any zone.

        Which shop's: that of the context, of the calendar, or the current one.
        """
        company_id = (
            self.env.context.get("dealer_workdays_of")
            or self.company_id.id
            or self.env.company.id
        )
        known = self.env["dealer.workday"]._days_of(self.id, company_id)
        first = start_dt.date() - timedelta(days=1)
        last = end_dt.date() + timedelta(days=1)
        return {day: known[day] for day in sorted(known) if first <= day <= last}

    def _dealer_makeup_spans(self, day, hours, lines, zone, lunch):
        """What is worked on a make-up workday: (from, to, line of the working hours)"""
        weekday, hour_from, hour_to = hours
        week_type = str(lines.get_week_type(day))
        like = lines.filtered(
            lambda line: (
                line.dayofweek == weekday
                and (not self.two_weeks_calendar or line.week_type == week_type)
            )
        )
        if hour_to:
            spans = [] if lunch else [(hour_from, hour_to, (like or lines)[:1])]
        else:
            spans = [(line.hour_from, line.hour_to, line) for line in like]
        midnight = datetime.combine(day, time.min)
        return [
            (
                zone.localize(midnight + timedelta(minutes=round(begin * 60))),
                zone.localize(midnight + timedelta(minutes=round(end * 60))),
                line,
            )
            for begin, end, line in spans
        ]
