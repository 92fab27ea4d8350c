"""When a number may be dialled: hours of the day, calls a day, the gap between.

All moments are local time of the shop, without time zone; hours are minutes of the day.
"""

import re
from datetime import datetime, timedelta

_SPAN = re.compile(r"^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$")


def parse_hours(text):
    """Calling hours as people write them, to minutes of the day.

    :raise ValueError: for anything that is not a list of ascending spans

    >>> parse_hours("9:00-12:00, 14:00-20:00")
    [(540, 720), (840, 1200)]
    >>> parse_hours("14:00-12:00")
    Traceback (most recent call last):
    ValueError: 14:00-12:00
    >>> parse_hours("")
    Traceback (most recent call last):
    ValueError: empty
    """
    spans = []
    for part in filter(None, re.split(r"[,;，；\s]+", (text or "").replace("–", "-"))):
        match = _SPAN.match(part.replace("：", ":"))
        if not match:
            raise ValueError(part)
        hour, minute, hour_to, minute_to = map(int, match.groups())
        start, stop = hour * 60 + minute, hour_to * 60 + minute_to
        after = spans[-1][1] if spans else 0
        if not after <= start < stop <= 24 * 60 or minute > 59 or minute_to > 59:
            raise ValueError(part)
        spans.append((start, stop))
    if not spans:
        raise ValueError("empty")
    return spans


def is_calling_time(moment, hours):
    """Whether ``moment`` lies in the hours; the last minute is outside.

    >>> hours = parse_hours("09:00-12:00, 14:00-21:00")
    >>> [is_calling_time(datetime(2026, 3, 2, *at), hours)
    ...  for at in ((8, 59), (9, 0), (12, 0), (20, 59), (21, 0), (21, 1))]
    [False, True, False, True, False, False]
    """
    minute = moment.hour * 60 + moment.minute
    return any(start <= minute < stop for start, stop in hours)


def next_calling_time(moment, hours):
    """The first moment from ``moment`` on that lies in the hours.

    >>> hours = parse_hours("09:00-12:00, 14:00-20:00")
    >>> next_calling_time(datetime(2026, 3, 2, 12, 30), hours)
    datetime.datetime(2026, 3, 2, 14, 0)
    >>> next_calling_time(datetime(2026, 3, 2, 20, 0), hours)
    datetime.datetime(2026, 3, 3, 9, 0)
    >>> next_calling_time(datetime(2026, 3, 2, 9, 17, 5), hours)
    datetime.datetime(2026, 3, 2, 9, 17, 5)
    """
    if is_calling_time(moment, hours):
        return moment
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    starts = [
        midnight + timedelta(days=day, minutes=start)
        for day in (0, 1)
        for start, _stop in hours
    ]
    return min(start for start in starts if start > moment)


def next_dial(moment, hours, calls, per_day, gap_minutes, promised=False):
    """The first moment from ``moment`` on at which the number may be dialled.

    :param calls: when the number was dialled before
    :param int per_day: calls a day, 0 for no limit
    :param bool promised: the customer asked for this call: it may ignore the gap and
        the calls of the day, never the hours

    >>> hours = parse_hours("09:00-12:00, 14:00-20:00")
    >>> def dial(moment, *calls, **options):
    ...     calls = [datetime(2026, 3, 2, *at) for at in calls]
    ...     found = next_dial(datetime(2026, 3, 2, *moment), hours, calls, 3, 30,
    ...                       **options)
    ...     return f"{found:%d. %H:%M}"
    >>> dial((10, 0)), dial((10, 0), (9, 45)), dial((11, 50), (11, 40))
    ('02. 10:00', '02. 10:15', '02. 14:00')
    >>> dial((15, 0), (9, 0), (10, 0), (11, 0))           # the fourth of the day
    '03. 09:00'
    >>> dial((10, 0), (9, 45), promised=True), dial((20, 1), promised=True)
    ('02. 10:00', '03. 09:00')
    """
    moment = next_calling_time(moment, hours)
    while not promised:
        today = [call for call in calls if call.date() == moment.date()]
        if per_day and len(today) >= per_day:
            midnight = datetime.combine(moment.date(), datetime.min.time())
            moment = next_calling_time(midnight + timedelta(days=1), hours)
            continue
        last = max((call for call in calls if call <= moment), default=None)
        free = last and last + timedelta(minutes=gap_minutes)
        if not free or free <= moment:
            break
        moment = next_calling_time(free, hours)
    return moment
