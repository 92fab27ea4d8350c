"""Arithmetic of working time in a workshop. Plain Python, no ORM.

All instants are naive UTC ``datetime`` as the ORM stores them; all time zones are
``pytz`` zones. A *span* is a pair ``(start, stop)`` with ``start < stop``; the stop is
outside the span, so one job may begin in the very minute in which another ends.
"""

from datetime import datetime, time, timedelta

import pytz

DAY = timedelta(days=1)


def seconds_between(start, stop):
    """Whole seconds from ``start`` to ``stop``, never negative.

    >>> seconds_between(datetime(2026, 3, 2, 8), datetime(2026, 3, 2, 9, 30))
    5400
    >>> seconds_between(datetime(2026, 3, 2, 9), datetime(2026, 3, 2, 8))
    0
    """
    return max(0, int((stop - start).total_seconds()))


def local_date(instant, tz):
    """The calendar day in ``tz`` to which a UTC instant belongs.

    >>> local_date(datetime(2026, 3, 1, 17), pytz.timezone("Asia/Shanghai"))
    datetime.date(2026, 3, 2)
    """
    return pytz.utc.localize(instant).astimezone(tz).date()


def from_wall(day, minute, tz):
    """UTC instant at which the clock on the wall shows ``minute`` of ``day``.

    An hour that the clock skips is read as the hour after it, an hour that it shows
    twice as its first showing.

    >>> from_wall(datetime(2026, 3, 2).date(), 8 * 60, pytz.timezone("Asia/Shanghai"))
    datetime.datetime(2026, 3, 2, 0, 0)
    >>> berlin = pytz.timezone("Europe/Berlin")
    >>> from_wall(datetime(2026, 3, 29).date(), 150, berlin)  # 02:30 is skipped
    datetime.datetime(2026, 3, 29, 1, 30)
    >>> from_wall(datetime(2026, 10, 25).date(), 150, berlin)  # 02:30 comes twice
    datetime.datetime(2026, 10, 25, 0, 30)
    """
    wall = datetime.combine(day, time()) + timedelta(minutes=minute)
    for is_summer in (True, False):
        moment = tz.localize(wall, is_dst=is_summer)
        moment = moment.astimezone(pytz.utc).replace(tzinfo=None)
        if to_wall(moment, day, tz) == minute:
            break
    return moment


def to_wall(instant, day, tz):
    """Minutes shown by the clock on the wall at ``instant``, counted from ``day``.

    Negative for an instant of the day before, above 1440 for one of the day after.

    >>> shanghai = pytz.timezone("Asia/Shanghai")
    >>> to_wall(datetime(2026, 3, 2, 0, 15), datetime(2026, 3, 2).date(), shanghai)
    495
    >>> to_wall(datetime(2026, 3, 1, 15, 0), datetime(2026, 3, 2).date(), shanghai)
    -60
    """
    wall = pytz.utc.localize(instant).astimezone(tz).replace(tzinfo=None)
    return int((wall - datetime.combine(day, time())).total_seconds() // 60)


def day_span(day, tz):
    """The span of a calendar day: 23, 24 or 25 hours long.

    >>> berlin = pytz.timezone("Europe/Berlin")
    >>> start, stop = day_span(datetime(2026, 3, 29).date(), berlin)
    >>> stop - start
    datetime.timedelta(seconds=82800)
    """
    return from_wall(day, 0, tz), from_wall(day + DAY, 0, tz)


def is_overnight(start, now, tz):
    """Whether midnight of ``tz`` has passed since ``start``.

    >>> shanghai = pytz.timezone("Asia/Shanghai")
    >>> is_overnight(datetime(2026, 3, 2, 9), datetime(2026, 3, 2, 15, 59), shanghai)
    False
    >>> is_overnight(datetime(2026, 3, 2, 9), datetime(2026, 3, 2, 16), shanghai)
    True
    """
    return local_date(now, tz) > local_date(start, tz)


def cut_stop(start, spans):
    """When a log that was left open over night is taken to have ended.

    That is closing time: the end of the last opening span of the day. A log begun
    after closing time, or on a day on which the shop is closed, is worth nothing until
    somebody says how long it was: no time is invented.

    >>> morning = (datetime(2026, 3, 2, 0), datetime(2026, 3, 2, 4))
    >>> afternoon = (datetime(2026, 3, 2, 5), datetime(2026, 3, 2, 10))
    >>> cut_stop(datetime(2026, 3, 2, 3), [morning, afternoon])
    datetime.datetime(2026, 3, 2, 10, 0)
    >>> cut_stop(datetime(2026, 3, 2, 11), [morning, afternoon])
    datetime.datetime(2026, 3, 2, 11, 0)
    >>> cut_stop(datetime(2026, 3, 2, 11), [])
    datetime.datetime(2026, 3, 2, 11, 0)
    """
    return max([start, *(stop for _start, stop in spans)])


def conflicts(spans):
    """Keys of the spans that claim the same resource at the same time.

    :param spans: iterable of ``(key, resource, start, stop)``
    :return: dict of key to the set of keys it collides with

    >>> day = datetime(2026, 3, 2)
    >>> hour = lambda n: day + timedelta(hours=n)
    >>> found = conflicts([
    ...     ("a", "bay 1", hour(8), hour(10)),
    ...     ("b", "bay 1", hour(9), hour(11)),
    ...     ("c", "bay 1", hour(11), hour(12)),
    ...     ("d", "bay 2", hour(8), hour(12)),
    ... ])
    >>> sorted((key, sorted(others)) for key, others in found.items())
    [('a', ['b']), ('b', ['a'])]
    """
    found = {}
    by_resource = {}
    for key, resource, start, stop in spans:
        by_resource.setdefault(resource, []).append((start, stop, key))
    for rows in by_resource.values():
        rows.sort(key=lambda row: row[:2])
        running = []
        for start, stop, key in rows:
            running = [row for row in running if row[0] > start]
            for _stop, other in running:
                if other != key:
                    found.setdefault(key, set()).add(other)
                    found.setdefault(other, set()).add(key)
            running.append((stop, key))
    return found


def lanes(spans):
    """Side-by-side lanes for spans of one row, so that none hides another.

    :param spans: iterable of ``(key, start, stop)``
    :return: dict of key to lane number, counted from 0

    >>> lanes([("a", 0, 60), ("b", 30, 90), ("c", 60, 120)])
    {'a': 0, 'b': 1, 'c': 0}
    """
    ends = []
    result = {}
    for key, start, stop in sorted(spans, key=lambda span: (span[1], span[2])):
        for lane, end in enumerate(ends):
            if end <= start:
                ends[lane] = stop
                break
        else:
            lane = len(ends)
            ends.append(stop)
        result[key] = lane
    return result


def wait_for_hand(work, hands):
    """Hours until the first of ``hands`` is free, when all other work is done before.

    :param work: pairs of who has to do it (``None``: whoever is free) and its hours
    :param hands: everybody who works

    >>> wait_for_hand([("Li", 2.0), (None, 1.0)], ["Li", "Wu"])
    1.0
    >>> wait_for_hand([("Li", 2.0)], ["Li", "Wu"])
    0.0
    >>> wait_for_hand([("Li", 2.0)], [])
    0.0
    """
    loads = dict.fromkeys(hands, 0.0)
    anybodys = []
    for who, hours in work:
        if who in loads:
            loads[who] += hours
        else:
            anybodys.append(hours)
    for hours in sorted(anybodys, reverse=True) if loads else ():
        loads[min(loads, key=loads.get)] += hours
    return min(loads.values(), default=0.0)


def clock_hours(hours):
    """Hours as people read them on a clock.

    >>> clock_hours(1.5), clock_hours(0.25), clock_hours(0)
    ('1:30', '0:15', '0:00')
    """
    minutes = round(hours * 60)
    return f"{minutes // 60}:{minutes % 60:02}"


def clock_time(hours):
    """A time of the day, which Odoo keeps as a number of hours.

    >>> clock_time(8.5), clock_time(17.999), clock_time(24)
    ('08:30', '18:00', '24:00')
    """
    minutes = round(hours * 60)
    return f"{minutes // 60:02}:{minutes % 60:02}"


def days_together(spans):
    """Days that follow each other and have the same hours: their first and last.

    :param dict spans: whatever stands for the hours, by day from 0 to 6

    >>> days_together({0: ["a"], 1: ["a"], 2: ["a"], 4: ["a"], 5: ["b"]})
    [((0, 2), ['a']), ((4, 4), ['a']), ((5, 5), ['b'])]
    >>> days_together({})
    []
    """
    found = []
    for day in sorted(spans):
        if found and found[-1] == ((found[-1][0][0], day - 1), spans[day]):
            found[-1] = ((found[-1][0][0], day), spans[day])
        else:
            found.append(((day, day), spans[day]))
    return found
