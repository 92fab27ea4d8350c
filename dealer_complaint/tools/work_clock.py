"""Working time in whole seconds: how much of it lies between two moments, and when a
budget of it is used up.

Plain Python, no ORM. Moments are naive UTC datetimes, as Odoo stores them; days are
those of the clock's time zone. A clock is built once from the working spans of a
period and answers by bisection over prefix sums, so that a hundred thousand deadlines
cost a fraction of a second.

>>> monday, tuesday = datetime(2026, 3, 2), datetime(2026, 3, 3)
>>> clock = WorkClock(
...     [
...         (day + timedelta(hours=8), day + timedelta(hours=17, minutes=30))
...         for day in (monday, tuesday)
...     ],
...     ZoneInfo("UTC"),
... )
>>> print(clock.add(datetime(2026, 3, 2, 16, 40), 7200))
2026-03-03 09:10:00
>>> clock.between(datetime(2026, 3, 2, 16, 40), datetime(2026, 3, 3, 9, 10))
7200
"""

from bisect import bisect_left, bisect_right
from datetime import datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from .national_days import NationalDays

EPOCH = datetime(1970, 1, 1)
SECOND = timedelta(seconds=1)
UTC = ZoneInfo("UTC")


class HorizonError(ValueError):
    """The answer lies outside the period for which the clock knows the working time."""


def to_seconds(moment):
    """Whole seconds since the epoch of a naive UTC datetime; a fraction is dropped."""
    return (moment - EPOCH) // SECOND


def to_moment(seconds):
    """The naive UTC datetime of ``seconds`` since the epoch."""
    return EPOCH + timedelta(seconds=seconds)


def merge(spans):
    """Sort ``(from, to)`` pairs, drop empty ones, join those that touch or overlap.

    >>> merge([(5, 7), (1, 3), (3, 4), (6, 9), (20, 20)])
    [(1, 4), (5, 9)]
    """
    merged = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def subtract(spans, holes):
    """``spans`` without what ``holes`` cover.

    >>> subtract([(0, 10), (20, 30)], [(3, 5), (8, 22)])
    [(0, 3), (5, 8), (22, 30)]
    """
    result = []
    holes = merge(holes)
    for start, end in merge(spans):
        for low, high in holes:
            if high <= start:
                continue
            if low >= end:
                break
            if low > start:
                result.append((start, low))
            start = max(start, high)
        if start < end:
            result.append((start, end))
    return result


class NaturalClock:
    """Time as it passes, day and night; days end at midnight.

    >>> clock = NaturalClock(ZoneInfo("Asia/Shanghai"))
    >>> print(clock.add(datetime(2026, 3, 2, 1), 72 * 3600))
    2026-03-05 01:00:00
    """

    def __init__(self, tz, national=None):
        self.tz = tz
        self.national = national

    def between(self, start, end):
        """Seconds from ``start`` to ``end``; negative when they are reversed."""
        return to_seconds(end) - to_seconds(start)

    def add(self, start, seconds):
        """The moment ``seconds`` after ``start``; before it for a negative number."""
        return to_moment(to_seconds(start) + seconds)

    def next_opening(self, moment):
        """``moment`` itself, when the house is open, else the next opening."""
        return moment

    def explain(self, start, seconds):
        """The spans of working time that make up ``seconds`` from ``start`` on."""
        return [(start, self.add(start, seconds))] if seconds > 0 else []

    def spans_between(self, start, end):
        """The working spans of a period, cut to it."""
        return [(start, end)] if start < end else []

    def local_date(self, moment):
        """The day of ``moment`` where the clock hangs."""
        return moment.replace(tzinfo=UTC).astimezone(self.tz).date()

    def close_of(self, day):
        """When business of the local ``day`` ends; ``None`` when there is none."""
        return self._midnight(day + timedelta(days=1))

    def add_working_days(self, start, days):
        """The close of business of the ``days``-th working day after that of ``start``.

        :raise ValueError: for less than one day
        :raise HorizonError: when the clock does not know enough working days
        """
        self._check_days(days)
        day = self.local_date(start)
        while days:
            day += timedelta(days=1)
            self._check_known(day)
            if self.close_of(day) is not None:
                days -= 1
        return self.close_of(day)

    def add_legal_days(self, start, days):
        """A period of days as the Civil Code counts it (Art. 201 to 203).

        The day of ``start`` is not counted; when the last day is a day off, the period
        ends on the next working day; it ends at the close of business.

        :raise ValueError: for less than one day
        :raise HorizonError: when no working day follows within the known period
        """
        self._check_days(days)
        day = self.local_date(start) + timedelta(days=days)
        self._check_known(day)
        while self._end_of(day) is None:
            day += timedelta(days=1)
            self._check_known(day)
        return self._end_of(day)

    def close_within(self, start, end):
        """When business between two moments ends; ``None`` when there is none."""
        return end

    def _end_of(self, day):
        """When a period of days that may end on ``day`` does."""
        return self.close_of(day)

    def _check_days(self, days):
        if days != int(days) or days < 1:
            raise ValueError(f"a period counts whole days, not {days}")

    def _check_known(self, day):
        pass

    def _midnight(self, day):
        local = datetime.combine(day, time.min, tzinfo=self.tz)
        return local.astimezone(UTC).replace(tzinfo=None)


class WorkClock(NaturalClock):
    """Working time only.

    :param spans: ``(from, to)`` pairs of naive UTC datetimes, in any order
    :param ZoneInfo tz: where the clock hangs; it decides what a day is
    :param datetime start: from when on the spans are complete; default: the first span
    :param datetime end: until when they are complete; default: the last span
    :param NationalDays national: the working days of the country; a period that the
        law counts ends on such a day also where the shop is closed
    """

    def __init__(self, spans, tz, start=None, end=None, national=None):
        super().__init__(tz, national)
        merged = merge((to_seconds(low), to_seconds(high)) for low, high in spans)
        self._starts = [low for low, _high in merged]
        self._ends = [high for _low, high in merged]
        # _before[i]: working seconds of the horizon before span i
        self._before = [0, *accumulate(high - low for low, high in merged)]
        self._low = to_seconds(start) if start else (merged[0][0] if merged else 0)
        self._high = to_seconds(end) if end else (merged[-1][1] if merged else 0)

    @property
    def total(self):
        """Working seconds of the whole known period."""
        return self._before[-1]

    def between(self, start, end):
        return self._worked(end) - self._worked(start)

    def add(self, start, seconds):
        """The moment at which ``seconds`` of working time after ``start`` are over.

        The earliest such moment: a budget used up at closing time ends at closing
        time, not at the next opening. A negative number looks back and gives the
        latest such moment.

        :raise HorizonError: when the known period holds too little working time
        """
        if not seconds:
            return start.replace(microsecond=0)
        goal = self._worked(start) + seconds
        if not 0 <= goal <= self.total:
            raise HorizonError(f"{seconds} s from {start} on")
        if seconds > 0:
            index = bisect_left(self._before, goal) - 1
        else:
            index = bisect_right(self._before, goal) - 1
            if index == len(self._starts):
                index -= 1
        return to_moment(self._starts[index] + goal - self._before[index])

    def next_opening(self, moment):
        """``moment`` itself, when the house is open or just closing.

        :raise HorizonError: when the house does not open any more
        """
        at = self._check(moment)
        index = bisect_left(self._ends, at)
        if index == len(self._starts):
            raise HorizonError(f"no opening after {moment}")
        return to_moment(max(at, self._starts[index]))

    def explain(self, start, seconds):
        return self.spans_between(start, self.add(start, seconds))

    def spans_between(self, start, end):
        low, high = to_seconds(start), to_seconds(end)
        first = bisect_right(self._ends, low)
        last = bisect_left(self._starts, high)
        return [
            (
                to_moment(max(self._starts[index], low)),
                to_moment(min(self._ends[index], high)),
            )
            for index in range(first, last)
        ]

    def close_of(self, day):
        return self.close_within(
            self._midnight(day), self._midnight(day + timedelta(days=1))
        )

    def close_within(self, start, end):
        low, high = to_seconds(start), to_seconds(end)
        index = bisect_left(self._starts, high) - 1
        if index < 0 or self._ends[index] <= low:
            return None
        return to_moment(min(self._ends[index], high))

    def _end_of(self, day):
        close = self.close_of(day)
        if close is None and self.national and self.national.is_worked(day):
            # closed here, but no day off: the period ends with the day
            close = self._midnight(day + timedelta(days=1)) - SECOND
        return close

    def _worked(self, moment):
        at = self._check(moment)
        index = bisect_right(self._starts, at)
        if not index:
            return 0
        return self._before[index - 1] + min(
            at - self._starts[index - 1],
            self._ends[index - 1] - self._starts[index - 1],
        )

    def _check(self, moment):
        at = to_seconds(moment)
        if not self._low <= at <= self._high:
            raise HorizonError(f"{moment} is outside the known period")
        return at

    def _check_known(self, day):
        if to_seconds(self._midnight(day + timedelta(days=1))) > self._high:
            raise HorizonError(f"{day} is outside the known period")


class OfficeClock(NaturalClock):
    """Working days of an authority or a factory, whether or not the shop is open.

    Hours are those of the shop, and so is the end of the day; where the shop is closed,
    the day ends at midnight.

    :param shop: the clock of the shop
    """

    def __init__(self, shop):
        national = shop.national or NationalDays(shop.tz)
        super().__init__(national.tz, national)
        self._shop = shop

    def between(self, start, end):
        return self._shop.between(start, end)

    def add(self, start, seconds):
        return self._shop.add(start, seconds)

    def close_of(self, day):
        if not self.national.is_worked(day):
            return None
        start, end = self._midnight(day), self._midnight(day + timedelta(days=1))
        close = self._shop.close_within(start, end)
        return end - SECOND if close in (None, end) else close

    def _check_known(self, day):
        self._shop._check_known(day)
