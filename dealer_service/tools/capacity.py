"""Slots and technician-hours of a service department: arithmetic without Odoo.

Moments are naive :class:`datetime.datetime` in UTC, an interval is a pair of them,
hours are floats. A *book* holds the days and the slots of a span of time and says
whether one more visit fits:

>>> from datetime import date, datetime
>>> at = lambda hour, minute=0: datetime(2026, 3, 2, hour, minute)
>>> opening = merge([(at(1), at(4)), (at(5), at(9))])  # 9-12 and 13-17 in Shanghai
>>> day = Day(date(2026, 3, 2), at(0), at(23), opening, capacity=4.0)
>>> book = Book([day], slots(opening, 60), limit=1)
>>> book.refusal(at(3), 2.0)  # 11:00, two hours: over lunch until 14:00
>>> book.add(at(3), book.end_of_work(at(3), 2.0))
>>> book.refusal(at(3), 1.0).code
'slot_full'
>>> book.refusal(at(5), 3.0).code
'hours'
>>> book.refusal(at(4, 30), 1.0).code
'closed'
>>> [start.hour for start in book.free(at(2), 1.0)]
[2, 5, 6, 7, 8]
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

#: Half a minute, in hours: sums of float hours are compared no finer than this.
EPSILON = 0.5 / 60
#: What one asks of a book before a visit is entered.
CHECKS = ("slot", "advisor", "hours")


def to_minute(moment):
    """The nearest full minute. Odoo ends a day at 23:59:59 or 23:59:59.999999.

    >>> to_minute(datetime(2026, 3, 2, 23, 59, 59, 999999))
    datetime.datetime(2026, 3, 3, 0, 0)
    """
    shifted = moment + timedelta(seconds=30)
    return shifted.replace(second=0, microsecond=0)


def merge(intervals):
    """Sorted intervals to the minute; touching and overlapping ones become one.

    >>> at = lambda hour: datetime(2026, 3, 2, hour)
    >>> merged = merge([(at(5), at(7)), (at(1), at(3)), (at(3), at(4))])
    >>> [(start.hour, end.hour) for start, end in merged]
    [(1, 4), (5, 7)]
    """
    merged = []
    for start, end in sorted((to_minute(s), to_minute(e)) for s, e in intervals):
        if end <= start:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def intersect(first, second):
    """What two merged lists of intervals have in common.

    >>> at = lambda hour: datetime(2026, 3, 2, hour)
    >>> common = intersect([(at(1), at(6))], [(at(0), at(2)), (at(4), at(9))])
    >>> [(start.hour, end.hour) for start, end in common]
    [(1, 2), (4, 6)]
    """
    common, i, j = [], 0, 0
    while i < len(first) and j < len(second):
        start = max(first[i][0], second[j][0])
        end = min(first[i][1], second[j][1])
        if start < end:
            common.append((start, end))
        if first[i][1] <= second[j][1]:
            i += 1
        else:
            j += 1
    return common


def subtract(first, second):
    """What is in the first merged list of intervals and not in the second.

    >>> at = lambda hour: datetime(2026, 3, 2, hour)
    >>> away = [(at(2), at(3)), (at(5), at(8))]
    >>> rest = subtract([(at(1), at(6)), (at(7), at(9))], away)
    >>> [(start.hour, end.hour) for start, end in rest]
    [(1, 2), (3, 5), (8, 9)]
    """
    edges = [datetime.min, *(edge for pair in second for edge in pair), datetime.max]
    return intersect(first, list(zip(edges[::2], edges[1::2], strict=True)))


def hours_of(intervals):
    """Total length, in hours.

    >>> hours_of([(datetime(2026, 3, 2, 1), datetime(2026, 3, 2, 2, 30))])
    1.5
    """
    return sum((end - start).total_seconds() for start, end in intervals) / 3600


def sellable(presence, utilisation, walkin_reserve, supplement_reserve, walkin=0.0):
    """Technician-hours of a day that may be booked in advance.

    :param float presence: hours the technicians are at work
    :param float utilisation: percent of the presence that can be sold
    :param float walkin: hours walk-ins have taken; beyond their reserve they take
        from what is booked

    GAC-Toyota's example (80 h, 32 h kept back, 10 h carried over):

    >>> sellable(80, 100, 32, 10)
    38.0
    >>> sellable(80, 100, 32, 10, walkin=35)
    35.0
    >>> sellable(8, 85, 8, 4)
    0.0
    """
    kept = max(walkin_reserve, walkin) + supplement_reserve
    return max(0.0, presence * utilisation / 100.0 - kept)


def slots(opening, minutes):
    """Slots of ``minutes`` from the beginning of each opening interval.

    What is left at its end and shorter than a slot is no slot.

    >>> opening = [(datetime(2026, 3, 2, 1), datetime(2026, 3, 2, 2, 45))]
    >>> [s.strftime("%H:%M") for s, _end in slots(opening, 30)]
    ['01:00', '01:30', '02:00']
    """
    if minutes <= 0:
        raise ValueError("a slot takes at least a minute")
    step = timedelta(minutes=minutes)
    result = []
    for start, end in opening:
        while start + step <= end:
            result.append((start, start + step))
            start += step
    return result


@dataclass
class Day:
    """One day of the shop: its bounds, when it is open, what it can take."""

    date: date
    start: datetime
    end: datetime
    opening: list
    #: technician-hours that may be booked; ``None``: not limited
    capacity: float | None = None
    booked: float = 0.0
    #: for display only: hours at work, and hours walk-ins have taken
    presence: float = 0.0
    walkin: float = 0.0

    def load(self, start, end):
        """Opening hours of this day between two moments."""
        return hours_of(intersect(self.opening, [(start, end)])) if start < end else 0.0

    def left(self):
        """Hours that may still be booked, never negative; ``None``: not limited."""
        if self.capacity is None:
            return None
        return max(0.0, self.capacity - self.booked)


@dataclass
class Slot:
    """One slot: how many cars may be received in it, and how many are booked."""

    start: datetime
    end: datetime
    limit: int | None = None
    taken: int = 0
    by_advisor: dict = field(default_factory=dict)

    @property
    def is_full(self):
        return self.limit is not None and self.taken >= self.limit


@dataclass(frozen=True)
class Refusal:
    """Why a visit does not fit.

    ``code``: ``closed`` (no slot at this time), ``slot_full``, ``advisor_away``,
    ``advisor_full``, ``hours`` (the technicians' hours of ``day`` do not suffice),
    ``endless`` (the work does not end within the span of the book).
    """

    code: str
    slot: Slot | None = None
    day: Day | None = None
    needed: float = 0.0


class Book:
    """Days and slots of a span of time.

    :param days: :class:`Day` objects, in order
    :param slots: pairs of moments, as :func:`slots` returns them
    :param int limit: receptions per slot and advisor at work; ``None``: not limited
    :param dict presence: advisor → merged intervals at work; ``None``: the number of
        advisors is not known, ``limit`` is then the limit of the slot
    """

    def __init__(self, days, slots, limit=None, presence=None):
        self.days = list(days)
        self.limit = limit
        self.presence = presence
        self.slots = []
        for start, end in slots:
            slot = Slot(start, end, limit)
            if limit is not None and presence is not None:
                slot.limit = limit * sum(
                    self.is_at_work(advisor, slot) for advisor in presence
                )
            self.slots.append(slot)
        self._starts = [slot.start for slot in self.slots]

    def slot_at(self, moment):
        """The slot ``moment`` lies in, or ``None``."""
        index = bisect_right(self._starts, moment) - 1
        if index >= 0 and moment < self.slots[index].end:
            return self.slots[index]
        return None

    def is_at_work(self, advisor, slot):
        """Whether an advisor is there for the whole slot. Unknown ones are."""
        if self.presence is None or advisor not in self.presence:
            return True
        return any(
            start <= slot.start and slot.end <= end
            for start, end in self.presence[advisor]
        )

    def end_of_work(self, start, hours):
        """When ``hours`` of opening time after ``start`` are over.

        Lunch, nights and closed days are jumped over; ``None`` when the book ends
        before the work does.
        """
        left = timedelta(seconds=round(hours * 3600))
        if not left:
            return start
        for day in self.days:
            if day.end <= start:
                continue
            for opened, closed in day.opening:
                begin = max(opened, start)
                if begin >= closed:
                    continue
                if closed - begin >= left:
                    return begin + left
                left -= closed - begin
        return None

    def is_open(self, moment):
        """Whether the shop is open then; it still is at the second it closes."""
        return any(
            opened <= moment <= closed
            for day in self.days
            for opened, closed in day.opening
        )

    def add(self, start, end, advisor=None):
        """Enter a visit that is booked. Never refuses."""
        for day in self.days:
            if day.start < end and start < day.end:
                day.booked += day.load(start, end)
        slot = self.slot_at(start)
        if slot:
            slot.taken += 1
            slot.by_advisor[advisor] = slot.by_advisor.get(advisor, 0) + 1

    def refusal(self, start, hours, advisor=None, checks=CHECKS):
        """Why a visit of ``hours`` cannot be booked for ``start``; ``None``: it can.

        :param checks: what to look at; the slot, the advisor, the hours
        """
        slot = self.slot_at(start)
        if "slot" in checks:
            if slot is None:
                return Refusal("closed")
            if slot.is_full:
                return Refusal("slot_full", slot)
        if "advisor" in checks and advisor and slot:
            if not self.is_at_work(advisor, slot):
                return Refusal("advisor_away", slot)
            if self.limit is not None and slot.by_advisor.get(advisor, 0) >= self.limit:
                return Refusal("advisor_full", slot)
        if "hours" in checks:
            return self._refusal_of_hours(slot, start, hours)
        return None

    def _refusal_of_hours(self, slot, start, hours):
        end = self.end_of_work(start, hours)
        if end is None:
            return Refusal("endless", slot)
        for day in self.days:
            if day.end <= start or day.start >= end or day.capacity is None:
                continue
            needed = day.load(start, end)
            if needed > day.left() + EPSILON:
                return Refusal("hours", slot, day, needed)
        return None

    def is_overnight(self, start, hours):
        """Whether the work runs into another day though one day could hold it."""
        day = next((day for day in self.days if day.start <= start < day.end), None)
        if day is None or hours > hours_of(day.opening) + EPSILON:
            return False
        return day.load(start, day.end) + EPSILON < hours

    def free(self, after, hours, advisor=None):
        """Yield the starts of the slots, from ``after`` on, that can take a visit.

        A slot that would keep the car over night without need is not offered.
        """
        for slot in self.slots:
            if (
                slot.start >= after
                and not self.is_overnight(slot.start, hours)
                and not self.refusal(slot.start, hours, advisor)
            ):
                yield slot.start
