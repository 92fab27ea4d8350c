"""The intervals by which an improvement is judged, against published values."""

import doctest
import random
import unittest

from odoo.addons.dealer_service.tools.figures import difference, months
from odoo.addons.dealer_service.tools.figures.difference import Sample, share

SERIES = 2000
STEPS = 12


def drawn(dice, count, value):
    """The sample of ``count`` values that are drawn."""
    values = [value(dice) for _number in range(count)]
    mean = sum(values) / count
    squares = sum((value - mean) ** 2 for value in values)
    return Sample(count, mean, (squares / (count - 1)) ** 0.5)


def times_better(dice, count, value, *, is_share, better, other_days):
    """How often "better" comes in when nothing changes and the worst of the steps of a
    month is picked: a share of 2,000 series.

    :param other_days: the baseline is of other days than the picking, as
        ``baseline_before`` takes it
    """
    worst = min if better == "up" else max
    found = 0
    for _series in range(SERIES):
        picked = worst(
            (drawn(dice, count, value) for _step in range(STEPS)),
            key=lambda sample: sample.mean,
        )
        before = drawn(dice, count, value) if other_days else picked
        after = drawn(dice, count, value)
        verdict = difference.judge(before, after, is_share=is_share, better=better)
        found += verdict.result == "better"
    return found / SERIES


def executed(dice):
    return 100.0 if dice.random() < 0.8 else 0.0


def overrun(dice):
    """Minutes over a target: most none, some many."""
    return max(0.0, dice.lognormvariate(1.0, 0.8) - 3.0)


class TestDifference(unittest.TestCase):
    def test_the_examples_hold(self):
        for module in (difference, months):
            self.assertFalse(doctest.testmod(module).failed)

    def test_shares_as_newcombe_has_published_them(self):
        """Statistics in Medicine 17 (1998), table II, method 10."""
        for first, second, low, high in (
            ((56, 70), (48, 80), 0.0524, 0.3339),
            ((9, 10), (3, 10), 0.1705, 0.8090),
            ((6, 7), (2, 7), 0.0582, 0.8062),
            ((5, 56), (0, 29), -0.0381, 0.1926),
            ((0, 10), (0, 20), -0.1611, 0.2775),
            ((10, 10), (0, 20), 0.6791, 1.0),
            ((10, 10), (0, 10), 0.6075, 1.0),
        ):
            found = difference.share_interval(share(*second), share(*first))
            with self.subTest(first=first, second=second):
                self.assertAlmostEqual(found[0] / 100, low, 4)
                self.assertAlmostEqual(found[1] / 100, high, 4)

    def test_students_quantiles_as_tables_print_them(self):
        """Fisher and Yates, table III, 5 %: the smallest that are used, and larger."""
        for freedom, printed in (
            (29, 2.045),
            (30, 2.042),
            (40, 2.021),
            (60, 2.000),
            (120, 1.980),
        ):
            self.assertAlmostEqual(difference.student95(freedom), printed, 3)

    def test_means_of_unequal_spread_have_welchs_degrees_of_freedom(self):
        """By hand: 4²/40 + 2²/50 = 0.48; 0.48² / (0.4²/39 + 0.08²/49) = 54.4."""
        low, high = difference.mean_interval(
            Sample(40, 10.0, 4.0), Sample(50, 8.0, 2.0)
        )
        half = difference.student95(54.4) * 0.48**0.5
        self.assertAlmostEqual(low, -2 - half, 3)
        self.assertAlmostEqual(high, -2 + half, 3)
        self.assertAlmostEqual(half, 2.0046 * 0.6928, 3)

    def test_months_put_together_are_the_whole(self):
        dice = random.Random(3)
        values = [dice.uniform(0, 20) for _number in range(90)]

        def sample(some):
            mean = sum(some) / len(some)
            squares = sum((value - mean) ** 2 for value in some)
            return Sample(len(some), mean, (squares / (len(some) - 1)) ** 0.5)

        whole = difference.pooled([sample(values[:20]), sample(values[20:])])
        self.assertEqual(whole.count, 90)
        self.assertAlmostEqual(whole.mean, sample(values).mean)
        self.assertAlmostEqual(whole.deviation, sample(values).deviation)

    def test_few_values_are_not_told_from_chance(self):
        few, many = share(29, 29), share(10, 100)
        verdict = difference.judge(many, few, is_share=True, better="up")
        self.assertTrue(verdict.is_small)
        self.assertEqual(verdict.result, "not_distinguishable")
        verdict = difference.judge(many, share(30, 30), is_share=True, better="up")
        self.assertFalse(verdict.is_small)
        self.assertEqual(verdict.result, "better")

    def test_what_was_worst_of_twelve_is_rarely_called_better_when_nothing_changed(
        self,
    ):
        for value, is_share, better in (
            (executed, True, "up"),
            (overrun, False, "down"),
        ):
            found = times_better(
                random.Random(11),
                60,
                value,
                is_share=is_share,
                better=better,
                other_days=True,
            )
            self.assertLessEqual(found, 0.05, value.__name__)

    def test_with_the_month_that_picked_it_as_its_baseline_it_would_often_be(self):
        """The test above can fail: chance alone makes the worst of twelve rise."""
        found = times_better(
            random.Random(11),
            60,
            executed,
            is_share=True,
            better="up",
            other_days=False,
        )
        self.assertGreater(found, 0.10)
