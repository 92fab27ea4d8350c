"""The days by which an improvement is measured. Plain Python, no ORM."""

from datetime import timedelta

from dateutil.relativedelta import relativedelta

DAY = timedelta(days=1)
#: A baseline is as long as this, unless somebody chooses other days.
BASELINE_MONTHS = 3


def baseline_before(first):
    """The days of the baseline of what was picked by figures from ``first`` on.

    Whole months **before** these figures. What is picked because it was worst owes a
    part of that to chance, and rises again by itself; other months do not.

    >>> from datetime import date
    >>> baseline_before(date(2026, 9, 7))
    (datetime.date(2026, 6, 1), datetime.date(2026, 8, 31))
    """
    month = first.replace(day=1)
    return month - relativedelta(months=BASELINE_MONTHS), month - DAY


def last_months(today):
    """What somebody has looked at who says nothing else: last month until today.

    >>> from datetime import date
    >>> last_months(date(2026, 3, 12))
    (datetime.date(2026, 2, 1), datetime.date(2026, 3, 12))
    """
    return today.replace(day=1) - relativedelta(months=1), today


def months(first, last):
    """The calendar months from ``first`` to ``last``, cut at both ends.

    >>> from datetime import date
    >>> for first, last in months(date(2026, 1, 20), date(2026, 2, 3)):
    ...     print(first, last)
    2026-01-20 2026-01-31
    2026-02-01 2026-02-03
    >>> months(date(2026, 1, 2), date(2026, 1, 1))
    []
    """
    spans = []
    while first <= last:
        following = first.replace(day=1) + relativedelta(months=1)
        spans.append((first, min(following - DAY, last)))
        first = following
    return spans
