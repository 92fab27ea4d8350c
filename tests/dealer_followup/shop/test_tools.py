"""Days, hours, habits and scores: arithmetic without a database."""

import doctest
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.addons.dealer_followup.tools import (
    call_hours,
    call_script,
    care_days,
    driving,
    free_code,
    satisfaction,
)

#: A busy machine is no failure.
RELAXED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
HOURS = call_hours.parse_hours("09:00-12:00, 14:00-20:00")
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31))


@pytest.mark.parametrize(
    "module", [call_hours, call_script, care_days, driving, free_code, satisfaction]
)
def test_doctests(module):
    result = doctest.testmod(module)
    assert result.attempted and not result.failed


@RELAXED
@given(DAYS, st.integers(-24, 24), st.integers(-60, 60), st.integers(0, 60), DAYS)
def test_no_cause_of_today_is_outside_the_window(anchor, months, days, expire, today):
    due = care_days.shift(anchor, months, days)
    first, last = care_days.anchor_window(today, months, days, 0, expire)
    if today - timedelta(days=expire) <= due <= today:
        assert first <= anchor <= last


@RELAXED
@given(st.dates(date(1940, 1, 1), date(2010, 12, 31)), st.integers(2024, 2040))
def test_everybody_has_one_birthday_a_year(born, year):
    kept = care_days.birthdays(date(year, 1, 1), date(year, 12, 31))
    days = [day for key, day, _year in kept if key == care_days.birthday_key(born)]
    assert len(days) == 1
    assert abs((days[0] - born.replace(year=year, day=min(born.day, 28))).days) <= 3


@RELAXED
@given(MOMENTS, st.lists(MOMENTS, max_size=12), st.integers(0, 4), st.integers(0, 90))
def test_a_number_is_never_dialled_when_it_must_not_be(moment, calls, per_day, gap):
    calls += [moment - timedelta(minutes=minutes) for minutes in (1, 20, 50)]
    found = call_hours.next_dial(moment, HOURS, calls, per_day, gap)
    assert found >= moment
    assert call_hours.is_calling_time(found, HOURS)
    today = [call for call in calls if call.date() == found.date()]
    assert not per_day or len(today) < per_day
    assert not any(call <= found < call + timedelta(minutes=gap) for call in calls)


@RELAXED
@given(MOMENTS, st.lists(MOMENTS, max_size=5))
def test_a_promised_call_keeps_the_hours(moment, calls):
    found = call_hours.next_dial(moment, HOURS, calls, 1, 90, promised=True)
    assert call_hours.is_calling_time(found, HOURS)


@pytest.mark.parametrize("text", ["9-12", "25:00-26:00", "14:00-15:00,9:00-10:00", "x"])
def test_hours_that_mean_nothing_are_refused(text):
    with pytest.raises(ValueError):
        call_hours.parse_hours(text)


@RELAXED
@given(st.integers(5, 200), st.integers(0, 4), st.integers(0, 3_000_000))
def test_one_wrong_reading_does_not_change_the_habit(per_day, wrong, typo):
    start = date(2026, 1, 1)
    rows = [(start + timedelta(days=60 * n), 60 * n * per_day) for n in range(5)]
    rows[wrong] = (rows[wrong][0], typo)
    found, confidence = driving.driven_per_day(rows)
    assert found == pytest.approx(per_day)
    assert 0 < confidence <= 1


SCORES = st.lists(st.one_of(st.none(), st.integers(0, 10)), min_size=1, max_size=8)


@RELAXED
@given(st.lists(st.tuples(st.integers(1, 40), st.floats(0, 10)), min_size=1))
def test_an_index_lies_between_its_worst_and_its_best_factor(factors):
    found = satisfaction.index(factors)
    scores = [score for _weight, score in factors]
    assert 100 * min(scores) - 1e-6 <= found <= 100 * max(scores) + 1e-6


@RELAXED
@given(SCORES)
def test_what_was_not_answered_never_lowers_a_factor(scores):
    answered = [score for score in scores if score is not None]
    assert satisfaction.factor_score(scores) == satisfaction.factor_score(answered)


@RELAXED
@given(st.lists(st.integers(0, 10), min_size=2, max_size=60))
def test_the_interval_shrinks_with_more_of_the_same_answers(scores):
    net, half, n = satisfaction.net_promoter(scores)
    more = satisfaction.net_promoter(scores * 4)
    assert -100 <= net <= 100
    assert more[0] == net
    assert more[1] <= half
