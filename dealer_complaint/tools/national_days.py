"""The days on which authorities and factories work: the country's, not a shop's.

Plain Python, no ORM.

>>> from datetime import date
>>> from zoneinfo import ZoneInfo
>>> zone = ZoneInfo("Asia/Shanghai")
>>> days = NationalDays(zone, {date(2026, 3, 4)}, {date(2026, 3, 8)})
>>> [day for day in range(2, 10) if days.is_worked(date(2026, 3, day))]
[2, 3, 5, 6, 8, 9]
"""

try:
    from chinese_calendar import constants as chinese_days
except ImportError:  # the days are then those that are entered by hand
    chinese_days = None


class NationalDays:
    """Monday to Friday without the holidays, and the make-up workdays (调休).

    :param ZoneInfo tz: the official time of the country; it decides what a day is
    :param holidays: days off (``date``)
    :param workdays: days that are worked whatever else is said of them
    """

    def __init__(self, tz, holidays=(), workdays=()):
        self.tz = tz
        self._holidays = frozenset(holidays)
        self._workdays = frozenset(workdays)

    def is_worked(self, day):
        """Whether ``day`` is a working day of the country."""
        if day in self._workdays:
            return True
        return day.weekday() < 5 and day not in self._holidays


def published_days(country_code):
    """What the government has published, as far as it is known here.

    :return: holidays and make-up workdays, as two sets of dates
    """
    if country_code != "CN" or chinese_days is None:
        return set(), set()
    return set(chinese_days.holidays), set(chinese_days.workdays)
