"""Days on which care falls due: anniversaries, month ends, windows."""

import calendar
from datetime import date, timedelta

from odoo.addons.dealer_service.tools.next_service import add_months

from .lunar import day_of_lunar, lunar_day

#: A month is shortened by at most so many days where the day is missing.
MONTH_SLACK = 3
#: Added to month and day of a birthday that is kept by the lunar calendar.
LUNAR = 10000


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


def lunar_birthday_key(month, day):
    """As :func:`birthday_key`, of a day in the lunar calendar.

    >>> lunar_birthday_key(8, 15)
    10815
    """
    return LUNAR + month * 100 + day


def birthday_in(key, year):
    """The day on which a birthday is kept in one year; ``None`` for nobody's.

    :param int year: a lunar year for a key of the lunar calendar

    >>> birthday_in(229, 2027), birthday_in(229, 2028), birthday_in(0, 2028)
    (datetime.date(2027, 2, 28), datetime.date(2028, 2, 29), None)
    >>> birthday_in(10815, 2026), birthday_in(11230, 2025)
    (datetime.date(2026, 9, 25), datetime.date(2026, 2, 16))
    """
    if not key:
        return None
    month, day = divmod(key % LUNAR, 100)
    if key > LUNAR:
        return day_of_lunar(year, month, day)
    return date(year, month, min(day, calendar.monthrange(year, month)[1]))


def year_name(key, year):
    """The year of a birthday as a cause of care names it: a lunar one is marked.

    >>> year_name(815, 2026), year_name(10815, 2026)
    ('2026', 'L2026')
    """
    return f"L{year}" if key > LUNAR else str(year)


def birthday_named(key, name):
    """As :func:`birthday_in`, for a year as :func:`year_name` names it.

    :return: ``None`` also for a year of the other calendar

    >>> birthday_named(10815, "L2026"), birthday_named(815, "L2026")
    (datetime.date(2026, 9, 25), None)
    """
    if not key or (key > LUNAR) != name.startswith("L"):
        return None
    return birthday_in(key, int(name.removeprefix("L")))


def birthdays(first, last):
    """Which birthdays are kept on which day: triples (key, day, name of the year).

    Whoever was born on 29 February is greeted on the 28th in other years, whoever was
    born on the 30th of a lunar month on the 29th where it is the last.

    >>> from datetime import date
    >>> [kept[0] for kept in birthdays(date(2027, 2, 28), date(2027, 2, 28))]
    [228, 229, 10123]
    >>> [kept[0] for kept in birthdays(date(2028, 2, 28), date(2028, 2, 29))]
    [228, 10204, 229, 10205]
    >>> [kept[::2] for kept in birthdays(date(2026, 2, 16), date(2026, 2, 16))]
    [(216, '2026'), (11229, 'L2025'), (11230, 'L2025')]
    """
    kept = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        keys = [birthday_key(day)]
        if (day.month, day.day) == (2, 28) and not calendar.isleap(day.year):
            keys.append(229)
        kept += [(key, day, year_name(key, day.year)) for key in keys]
        lunar = lunar_day(day)
        if lunar:
            year, month, today, days = lunar
            keys = [lunar_birthday_key(month, today)]
            if today == days == 29:
                keys.append(lunar_birthday_key(month, 30))
            kept += [(key, day, year_name(key, year)) for key in keys]
    return kept
