"""Days on which care falls due: anniversaries, month ends, windows."""

import calendar
from datetime import date, timedelta

from odoo.addons.dealer_service.tools.next_service import add_months

#: A month is shortened by at most so many days where the day is missing.
MONTH_SLACK = 3


def shift(day, months=0, days=0):
    """``day`` moved by calendar months, then by days. Either may be negative.

    >>> from datetime import date
    >>> shift(date(2026, 8, 31), months=6)
    datetime.date(2027, 2, 28)
    >>> shift(date(2028, 2, 29), months=12, days=-1)
    datetime.date(2029, 2, 27)
    >>> shift(date(2026, 3, 31), months=-1)
    datetime.date(2026, 2, 28)
    """
    return add_months(day, months) + timedelta(days=days)


def anchor_window(today, months, days, ahead, expire):
    """Between which days a cause must lie so that its care is due about today.

    Due are days from ``today - expire`` (the care is still of use) to
    ``today + ahead``. The window errs on the wide side, by :data:`MONTH_SLACK` days:
    who uses it still compares the exact day.

    :return: (first, last) day of the cause

    >>> from datetime import date
    >>> anchor_window(date(2026, 3, 10), 0, 3, 0, 12)
    (datetime.date(2026, 2, 23), datetime.date(2026, 3, 7))
    """
    slack = timedelta(days=MONTH_SLACK if months else 0)
    first = shift(today - timedelta(days=expire + days), -months)
    last = shift(today + timedelta(days=ahead - days), -months)
    return first - slack, last + slack


def days_until(today, first, last):
    """The days from the ``first`` to the ``last`` one after today.

    >>> from datetime import date
    >>> [day.day for day in days_until(date(2026, 2, 27), 1, 3)]
    [28, 1, 2]
    """
    return (today + timedelta(days=ahead) for ahead in range(first, last + 1))


def birthday_key(day):
    """Month and day as one number; the year of birth is nobody's business.

    >>> from datetime import date
    >>> birthday_key(date(1984, 2, 29)), birthday_key(date(1900, 12, 1))
    (229, 1201)
    """
    return day.month * 100 + day.day


def birthday_in(key, year):
    """The day on which a birthday is kept in one year; ``None`` for nobody's.

    >>> birthday_in(229, 2027), birthday_in(229, 2028), birthday_in(0, 2028)
    (datetime.date(2027, 2, 28), datetime.date(2028, 2, 29), None)
    """
    if not key:
        return None
    month, day = divmod(key, 100)
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def birthdays(first, last):
    """Which birthdays are kept on which day: pairs (key, day).

    Whoever was born on 29 February is greeted on the 28th in other years.

    >>> from datetime import date
    >>> birthdays(date(2027, 2, 28), date(2027, 2, 28))
    [(228, datetime.date(2027, 2, 28)), (229, datetime.date(2027, 2, 28))]
    >>> [key for key, day in birthdays(date(2028, 2, 28), date(2028, 2, 29))]
    [228, 229]
    """
    kept = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        kept.append((birthday_key(day), day))
        if (day.month, day.day) == (2, 28) and not calendar.isleap(day.year):
            kept.append((229, day))
    return kept
