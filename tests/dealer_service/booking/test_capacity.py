"""The arithmetic of slots and technician-hours, on its own."""

import doctest
import unittest
from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.addons.dealer_service.tools import capacity
from odoo.addons.dealer_service.tools.capacity import (
    EPSILON,
    Book,
    Day,
    hours_of,
    intersect,
    merge,
    sellable,
    slots,
)

MONDAY = datetime(2026, 3, 2)

#: A loaded machine must not decide whether a property holds.
calm = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)

minutes = st.integers(0, 24 * 60)
moments = minutes.map(lambda minute: MONDAY + timedelta(minutes=minute))
intervals = st.lists(st.tuples(moments, moments), max_size=6)
hours = st.floats(0, 30, allow_nan=False)


def week(capacity_hours, opening_hours=((1, 4), (5, 9)), days=7, limit=2):
    """A book of a week that is open at the given UTC hours."""
    result, opened = [], []
    for offset in range(days):
        start = MONDAY + timedelta(days=offset)
        opening = [
            (start + timedelta(hours=begin), start + timedelta(hours=end))
            for begin, end in opening_hours
        ]
        opened += opening
        result.append(
            Day(
                date(2026, 3, 2) + timedelta(days=offset),
                start,
                start + timedelta(days=1),
                opening,
                capacity_hours,
            )
        )
    return Book(result, slots(opened, 30), limit)


class TestIntervals(unittest.TestCase):
    def test_doctests(self):
        self.assertEqual(doctest.testmod(capacity).failed, 0)

    @calm
    @given(intervals)
    def test_merged_intervals_are_sorted_and_apart(self, given_intervals):
        merged = merge(given_intervals)
        for start, end in merged:
            self.assertLess(start, end)
        for (_s, end), (start, _e) in zip(merged, merged[1:], strict=False):
            self.assertLess(end, start)
        self.assertEqual(merge(merged), merged)

    @calm
    @given(intervals, intervals)
    def test_intersection_is_symmetric_and_inside_both(self, first, second):
        first, second = merge(first), merge(second)
        common = intersect(first, second)
        self.assertEqual(common, intersect(second, first))
        self.assertEqual(intersect(common, first), common)
        self.assertLessEqual(
            hours_of(common), min(hours_of(first), hours_of(second)) + EPSILON
        )

    @calm
    @given(intervals, st.integers(5, 240))
    def test_slots_lie_in_the_opening_hours_and_do_not_overlap(self, given, length):
        opening = merge(given)
        found = slots(opening, length)
        self.assertEqual(intersect(merge(found), opening), merge(found))
        for (_s, end), (start, _e) in zip(found, found[1:], strict=False):
            self.assertLessEqual(end, start)
        for start, end in found:
            self.assertEqual(end - start, timedelta(minutes=length))

    def test_slot_without_length_is_refused(self):
        with self.assertRaises(ValueError):
            slots([(MONDAY, MONDAY + timedelta(hours=1))], 0)

    @calm
    @given(hours, st.floats(0, 100), hours, hours, hours)
    def test_sellable_hours_are_never_negative_nor_above_presence(
        self, presence, utilisation, walkin_reserve, supplements, walkin
    ):
        result = sellable(presence, utilisation, walkin_reserve, supplements, walkin)
        self.assertGreaterEqual(result, 0)
        self.assertLessEqual(result, presence + EPSILON)


class TestBook(unittest.TestCase):
    @calm
    @given(hours, moments)
    def test_work_takes_exactly_its_hours_of_opening_time(self, planned, start):
        book = week(None)
        end = book.end_of_work(start, planned)
        self.assertIsNotNone(end)
        worked = sum(day.load(start, end) for day in book.days)
        self.assertAlmostEqual(worked, planned, delta=EPSILON)

    def test_work_beyond_the_book_has_no_end(self):
        self.assertIsNone(week(None, days=1).end_of_work(MONDAY, 7.1))
        self.assertEqual(
            week(None, days=1).end_of_work(MONDAY, 7.0), MONDAY + timedelta(hours=9)
        )

    @calm
    @given(
        st.floats(0, 12),
        st.lists(st.tuples(moments, hours, st.sampled_from([None, 1, 2])), max_size=12),
    )
    def test_accepted_visits_never_exceed_hours_nor_slots(self, limit, wishes):
        book = week(limit)
        for start, planned, advisor in wishes:
            if not book.refusal(start, planned, advisor):
                book.add(start, book.end_of_work(start, planned), advisor)
        for day in book.days:
            self.assertLessEqual(day.booked, day.capacity + len(wishes) * EPSILON)
        for slot in book.slots:
            self.assertLessEqual(slot.taken, slot.limit)
            for advisor, taken in slot.by_advisor.items():
                if advisor:
                    self.assertLessEqual(taken, book.limit)

    @calm
    @given(st.floats(0, 6), st.lists(st.tuples(moments, hours), max_size=8), hours)
    def test_every_offered_slot_can_be_booked(self, limit, booked, planned):
        book = week(limit)
        for start, length in booked:
            book.add(start, book.end_of_work(start, length))
        for start in book.free(MONDAY, planned):
            self.assertIsNone(book.refusal(start, planned))

    def test_long_job_takes_hours_of_the_days_it_spans(self):
        book = week(8.0)
        start = MONDAY + timedelta(hours=5)
        book.add(start, book.end_of_work(start, 10.0))
        self.assertEqual([day.booked for day in book.days[:3]], [4.0, 6.0, 0.0])

    def test_hours_of_a_later_day_refuse_the_long_job_too(self):
        book = week(8.0)
        book.days[1].booked = 7.0
        refusal = book.refusal(MONDAY + timedelta(hours=5), 10.0)
        self.assertEqual(refusal.code, "hours")
        self.assertEqual(refusal.day, book.days[1])

    def test_advisor_counts_for_the_slots_of_his_presence_only(self):
        day = week(None).days[0]
        morning = [day.opening[0]]
        book = Book([day], slots(day.opening, 30), 1, {1: day.opening, 2: morning})
        nine, two = day.opening[0][0], day.opening[1][0]
        self.assertEqual(book.slot_at(nine).limit, 2)
        self.assertEqual(book.slot_at(two).limit, 1)
        self.assertEqual(book.refusal(two, 1.0, 2).code, "advisor_away")
        book.add(nine, book.end_of_work(nine, 1.0), 1)
        self.assertEqual(book.refusal(nine, 1.0, 1).code, "advisor_full")
        self.assertIsNone(book.refusal(nine, 1.0, 2))
        book.add(nine, book.end_of_work(nine, 1.0))
        self.assertEqual(book.refusal(nine, 1.0, 2).code, "slot_full")
