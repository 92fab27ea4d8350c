"""The lunar calendar (农历): plain Python over the library ``borax``.

A leap month (闰月) has the number of the month before it. Birthdays and festivals are
kept in the ordinary month, never in its leap month.
"""

try:
    from borax.calendars.lunardate import (
        MAX_LUNAR_YEAR,
        MIN_LUNAR_YEAR,
        LCalendars,
        LunarDate,
    )
except ImportError:  # nothing is kept by the lunar calendar then
    LunarDate = None


def is_available():
    """Whether the library is there."""
    return LunarDate is not None


def lunar_day(day):
    """``day`` in the lunar calendar.

    :return: (year, month, day, days of the month); ``None`` in a leap month, and where
        the library does not know the year

    >>> from datetime import date
    >>> lunar_day(date(2026, 2, 16)), lunar_day(date(2026, 2, 17))
    ((2025, 12, 29, 29), (2026, 1, 1, 30))
    >>> lunar_day(date(2025, 8, 1)) is None
    True
    """
    if not is_available() or not MIN_LUNAR_YEAR < day.year <= MAX_LUNAR_YEAR:
        return None
    found = LunarDate.from_solar(day)
    if found.leap:
        return None
    days = LCalendars.ndays(found.year, found.month)
    return found.year, found.month, found.day, days


def day_of_lunar(year, month, day):
    """The date of a lunar day; the 30th of a month with 29 days is its last.

    :return: ``None`` without the library, and where it does not know the year

    >>> day_of_lunar(2026, 1, 1), day_of_lunar(2026, 8, 15), day_of_lunar(2025, 12, 30)
    (datetime.date(2026, 2, 17), datetime.date(2026, 9, 25), datetime.date(2026, 2, 16))
    """
    if not is_available() or not MIN_LUNAR_YEAR <= year <= MAX_LUNAR_YEAR:
        return None
    last = LCalendars.ndays(year, month)
    return LunarDate(year, month, min(day, last)).to_solar_date()
