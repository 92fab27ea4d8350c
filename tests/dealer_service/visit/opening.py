"""A shop that is open at the hours a test is about, whatever the hour it is run at."""

from odoo.fields import Command

ZONE = "Asia/Shanghai"


def open_at(company, *spans, days=range(5)):
    """Open from and to these hours on these days of the week, by the clock of China."""
    company.dealer_tz = ZONE
    hours = [
        {
            "name": "Open",
            "dayofweek": str(day),
            "hour_from": start,
            "hour_to": stop,
        }
        for day in days
        for start, stop in spans
    ]
    company._dealer_calendar().write(
        {
            "tz": ZONE,
            "attendance_ids": [Command.clear(), *map(Command.create, hours)],
        }
    )
