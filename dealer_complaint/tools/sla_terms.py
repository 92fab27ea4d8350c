"""From a target to moments: deadline, warnings, escalations. Plain Python, no ORM.

>>> from zoneinfo import ZoneInfo
>>> from datetime import datetime
>>> print(deadline_of(
...     NaturalClock(ZoneInfo("Asia/Shanghai")), "clock_hours", 1.5,
...     datetime(2026, 3, 2, 1, 0),
... ))
2026-03-02 02:30:00
"""

from datetime import timedelta

from .work_clock import HorizonError, NaturalClock, OfficeClock

DAY_UNITS = ("legal_days", "working_days")
SECOND = timedelta(seconds=1)


def clock_for(unit, clock):
    """The clock that measures a target: ``clock_hours`` run day and night."""
    return NaturalClock(clock.tz) if unit == "clock_hours" else clock


def deadline_of(clock, unit, amount, start):
    """When ``amount`` of ``unit`` after ``start`` is over.

    :raise HorizonError: when the clock does not know enough working time
    """
    if unit == "legal_days":
        return clock.add_legal_days(start, int(amount))
    if unit == "working_days":
        return clock.add_working_days(start, int(amount))
    return clock_for(unit, clock).add(start, round(amount * 3600))


def replan(clock, unit, amount, start, run_from, used, is_office=False):
    """Deadline and size of a target, ``used`` seconds of it being over at ``run_from``.

    As long as nothing was paused the deadline is that of the rule itself; afterwards
    the rest of the seconds is laid out from ``run_from`` on.

    :param is_office: days are those of authorities and factories, not of the shop
    :return: ``(deadline, target_seconds)``
    """
    if is_office and unit in DAY_UNITS:
        clock = OfficeClock(clock)
    deadline = deadline_of(clock, unit, amount, start)
    measure = clock_for(unit, clock)
    target = measure.between(start, deadline)
    if used or run_from != start:
        rest = target - used
        if rest < 0:
            # over before: the earliest moment, as when it was first laid out
            deadline = measure.add(measure.add(run_from, rest - 1), 1)
        else:
            deadline = measure.add(run_from, rest)
    return deadline, target


def level_moment(clock, unit, start, deadline, minutes):
    """When a level is due: ``minutes`` before (negative) or after the deadline.

    Minutes are of the kind the target is measured in. A warning that would lie before
    the start comes at the start; the moment of the deadline itself is not over yet, so
    an escalation comes a second later at the earliest.
    """
    measure = clock_for(unit, clock)
    if minutes < 0:
        try:
            return max(start, measure.add(deadline, minutes * 60))
        except HorizonError:
            return start
    if minutes:
        return measure.add(deadline, minutes * 60)
    return deadline + SECOND


def hold_until_open(clock, moment):
    """``moment``, put off to the next opening when nobody is there.

    The second after closing time still belongs to the day.
    """
    opening = clock.next_opening(moment - SECOND)
    return moment if opening == moment - SECOND else max(moment, opening)
