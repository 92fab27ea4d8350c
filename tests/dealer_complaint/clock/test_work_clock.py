"""The working clock: whole seconds, opening hours, days as the law counts them."""

import doctest
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.dealer_complaint.tools import national_days, work_clock
from odoo.addons.dealer_complaint.tools.work_clock import (
    HorizonError,
    NaturalClock,
    WorkClock,
    merge,
    subtract,
)

UTC = ZoneInfo("UTC")
SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 3, 2)


def utc(day, hour, minute=0, second=0, tz=SHANGHAI):
    """Naive UTC of a local time."""
    local = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=tz)
    return local.astimezone(UTC).replace(tzinfo=None)


def shop(days=70, tz=SHANGHAI, closed=(), opened=(), first=MONDAY):
    """Monday to Saturday 8:00–12:00 and 13:00–17:30."""
    spans = []
    for offset in range(days):
        day = first + timedelta(days=offset)
        if day in opened or (day.weekday() != 6 and day not in closed):
            spans.append((utc(day, 8, tz=tz), utc(day, 12, tz=tz)))
            spans.append((utc(day, 13, tz=tz), utc(day, 17, 30, tz=tz)))
    return WorkClock(
        spans,
        tz,
        start=utc(first, 0, tz=tz),
        end=utc(first + timedelta(days=days), 0, tz=tz),
    )


def test_examples_in_the_documentation():
    assert not doctest.testmod(work_clock).failed
    assert not doctest.testmod(national_days).failed


@pytest.mark.parametrize(
    ("start", "deadline"),
    [
        ((0, 9, 0), (0, 11, 0)),  # inside the hours
        ((0, 6, 0), (0, 10, 0)),  # before opening
        ((0, 8, 0), (0, 10, 0)),  # exactly at opening
        ((0, 11, 0), (0, 14, 0)),  # over lunch
        ((0, 12, 30), (0, 15, 0)),  # during lunch
        ((0, 15, 30), (0, 17, 30)),  # ends at closing time and stays there
        ((0, 16, 40), (1, 9, 10)),  # over night
        ((0, 17, 30), (1, 10, 0)),  # exactly at closing time
        ((0, 22, 0), (1, 10, 0)),  # after closing time
        ((5, 16, 30), (7, 9, 0)),  # over the Sunday
        ((6, 10, 0), (7, 10, 0)),  # on the day off
    ],
)
def test_two_hours_in_opening_hours(start, deadline):
    day, hour, minute = start
    begin = utc(MONDAY + timedelta(days=day), hour, minute)
    day, hour, minute = deadline
    assert shop().add(begin, 7200) == utc(MONDAY + timedelta(days=day), hour, minute)


def test_looking_back_stops_at_the_opening_and_not_at_the_evening_before():
    clock = shop()
    tuesday = MONDAY + timedelta(days=1)
    assert clock.add(utc(tuesday, 9), -3600) == utc(tuesday, 8)
    assert clock.add(utc(tuesday, 9), -5400) == utc(MONDAY, 17)


def test_round_the_clock_has_no_hole_at_midnight():
    days = [utc(MONDAY + timedelta(days=n), 0) for n in range(6)]
    clock = WorkClock(zip(days, days[1:], strict=False), SHANGHAI)
    assert clock.add(utc(MONDAY, 9), 72 * 3600) == utc(MONDAY + timedelta(days=3), 9)
    assert clock.between(days[0], days[-1]) == 5 * 86400
    assert clock.close_of(MONDAY) == utc(MONDAY + timedelta(days=1), 0)


def test_a_microsecond_neither_gains_nor_loses_a_second():
    clock = shop()
    start = utc(MONDAY, 9).replace(microsecond=999_999)
    assert clock.add(start, 1) == utc(MONDAY, 9, 0, 1)
    assert NaturalClock(UTC).add(start, 1) == utc(MONDAY, 9, 0, 1)


def test_three_legal_days_end_with_the_business_of_the_third_day_after():
    assert shop().add_legal_days(utc(MONDAY, 9), 3) == utc(date(2026, 3, 5), 17, 30)


def test_a_minute_before_midnight_still_belongs_to_the_day_that_is_not_counted():
    clock = shop()
    assert clock.add_legal_days(utc(MONDAY, 23, 59), 3) == utc(date(2026, 3, 5), 17, 30)


def test_a_last_legal_day_without_business_rolls_to_the_next_one():
    # Thursday + 3 = Sunday, closed; Monday is a holiday too
    clock = shop(closed=[date(2026, 3, 9)])
    assert clock.add_legal_days(utc(date(2026, 3, 5), 9), 3) == utc(
        date(2026, 3, 10), 17, 30
    )


def test_legal_days_in_between_count_though_they_are_days_off():
    # Saturday + 3 = Tuesday, the Sunday counts
    assert shop().add_legal_days(utc(date(2026, 3, 7), 9), 3) == utc(
        date(2026, 3, 10), 17, 30
    )


def test_a_make_up_sunday_is_a_working_day_and_ends_the_period():
    clock = shop(opened=[date(2026, 3, 8)])
    assert clock.add_legal_days(utc(date(2026, 3, 5), 9), 3) == utc(
        date(2026, 3, 8), 17, 30
    )


def test_working_days_skip_a_week_of_holidays():
    week_off = [date(2026, 3, 9) + timedelta(days=n) for n in range(6)]
    clock = shop(closed=week_off)
    assert clock.add_working_days(utc(date(2026, 3, 5), 9), 7) == utc(
        date(2026, 3, 20), 17, 30
    )


def test_a_period_has_at_least_one_whole_day():
    for days in (0, -1, 1.5):
        with pytest.raises(ValueError, match="whole days"):
            shop().add_legal_days(utc(MONDAY, 9), days)


def test_a_clock_that_never_works_says_so_instead_of_looping():
    clock = WorkClock([], SHANGHAI, start=utc(MONDAY, 0), end=utc(date(2027, 3, 2), 0))
    for call in (clock.add, clock.add_legal_days, clock.add_working_days):
        with pytest.raises(HorizonError):
            call(utc(MONDAY, 9), 3)
    with pytest.raises(HorizonError):
        clock.next_opening(utc(MONDAY, 9))


def test_a_day_with_23_or_25_hours_has_its_real_length():
    for sunday, hours in ((date(2026, 3, 29), 23), (date(2026, 10, 25), 25)):
        span = (
            utc(sunday, 0, tz=BERLIN),
            utc(sunday + timedelta(days=1), 0, tz=BERLIN),
        )
        clock = WorkClock([span], BERLIN)
        assert clock.total == hours * 3600
        assert clock.close_of(sunday) == span[1]


def test_opening_hours_follow_the_wall_clock_over_a_change_of_time():
    clock = shop(tz=BERLIN, first=date(2026, 3, 23))
    saturday, monday = date(2026, 3, 28), date(2026, 3, 30)
    assert clock.add(utc(saturday, 16, 40, tz=BERLIN), 7200) == utc(
        monday, 9, 10, tz=BERLIN
    )


def test_the_next_opening_waits_for_the_morning_but_not_at_closing_time():
    clock = shop()
    assert clock.next_opening(utc(MONDAY, 17, 30)) == utc(MONDAY, 17, 30)
    assert clock.next_opening(utc(MONDAY, 17, 30, 1)) == utc(MONDAY + timedelta(1), 8)


def test_a_deadline_is_explained_by_the_spans_it_is_made_of():
    tuesday = MONDAY + timedelta(days=1)
    assert shop().explain(utc(MONDAY, 16, 40), 7200) == [
        (utc(MONDAY, 16, 40), utc(MONDAY, 17, 30)),
        (utc(tuesday, 8), utc(tuesday, 9, 10)),
    ]


# -- properties ----------------------------------------------------------------

HORIZON = 4000
spans = st.lists(
    st.tuples(st.integers(0, HORIZON), st.integers(0, HORIZON)), max_size=12
)


def clock_of(pairs):
    start = datetime(2026, 1, 1)

    def moment(number):
        return start + timedelta(seconds=number)

    clock = WorkClock(
        [(moment(low), moment(high)) for low, high in pairs],
        UTC,
        start=start,
        end=moment(HORIZON),
    )
    return clock, moment


def seconds_of(pairs):
    return {second for low, high in pairs for second in range(low, high)}


@settings(deadline=None, derandomize=True, max_examples=200)
@given(spans, spans)
def test_merging_and_subtracting_keep_exactly_the_right_seconds(pairs, holes):
    assert seconds_of(merge(pairs)) == seconds_of(pairs)
    assert seconds_of(subtract(pairs, holes)) == seconds_of(pairs) - seconds_of(holes)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(spans, st.integers(0, HORIZON), st.integers(0, HORIZON))
def test_between_counts_the_working_seconds_one_by_one(pairs, low, high):
    low, high = sorted((low, high))
    clock, moment = clock_of(pairs)
    expected = len(seconds_of(pairs) & set(range(low, high)))
    assert clock.between(moment(low), moment(high)) == expected
    assert clock.between(moment(high), moment(low)) == -expected
    assert expected == sum(
        (end - start).seconds
        for start, end in clock.spans_between(moment(low), moment(high))
    )


@settings(deadline=None, derandomize=True, max_examples=200)
@given(spans, st.integers(0, HORIZON), st.integers(1, HORIZON))
def test_add_gives_the_first_moment_with_that_much_work(pairs, start, budget):
    clock, moment = clock_of(pairs)
    try:
        end = clock.add(moment(start), budget)
    except HorizonError:
        assert clock.between(moment(start), moment(HORIZON)) < budget
        return
    assert clock.between(moment(start), end) == budget
    assert clock.between(moment(start), end - timedelta(seconds=1)) == budget - 1
    back = clock.add(end, -budget)
    assert clock.between(back, end) == budget
    assert back >= moment(start)


@settings(deadline=None, derandomize=True, max_examples=100)
@given(spans, st.lists(st.integers(0, HORIZON), min_size=2, max_size=50))
def test_no_second_is_lost_over_many_pauses(pairs, moments):
    clock, moment = clock_of(pairs)
    moments.sort()
    parts = sum(
        clock.between(moment(low), moment(high))
        for low, high in zip(moments, moments[1:], strict=False)
    )
    assert parts == clock.between(moment(moments[0]), moment(moments[-1]))
