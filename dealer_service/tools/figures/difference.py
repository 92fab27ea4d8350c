"""Has a figure changed? Two samples, and their difference with a 95 % interval.

Plain Python, no ORM. A share is a mean of values that are 0 or 100, so that one kind of
sample holds both; whether it is a share decides how its interval is found.
"""

from math import sqrt
from statistics import NormalDist
from typing import NamedTuple

#: Below so many values no difference is told from chance.
LEAST = 30
#: What 95 % of a normal distribution lie within, in standard deviations.
Z95 = NormalDist().inv_cdf(0.975)


class Sample(NamedTuple):
    """What was measured in a period: how many values, their mean and deviation."""

    count: int = 0
    mean: float = 0.0
    deviation: float = 0.0


class Judgement(NamedTuple):
    """The difference of two samples, between what it lies, and what follows."""

    change: float
    low: float
    high: float
    result: str
    is_small: bool


def share(part, whole):
    """The sample of ``part`` out of ``whole``, in percent.

    >>> share(3, 4)
    Sample(count=4, mean=75.0, deviation=50.0)
    >>> share(0, 0)
    Sample(count=0, mean=0.0, deviation=0.0)
    """
    if not whole:
        return Sample()
    rate = part / whole
    spread = sqrt(rate * (1 - rate) * whole / (whole - 1)) if whole > 1 else 0.0
    return Sample(whole, 100.0 * rate, 100.0 * spread)


def pooled(samples):
    """One sample of all values of several ones.

    >>> pooled([Sample(2, 1.0, 0.0), Sample(2, 3.0, 0.0), Sample()])
    Sample(count=4, mean=2.0, deviation=1.1547005383792515)
    """
    samples = [sample for sample in samples if sample.count]
    count = sum(sample.count for sample in samples)
    if not count:
        return Sample()
    mean = sum(sample.count * sample.mean for sample in samples) / count
    squares = sum(
        (sample.count - 1) * sample.deviation**2
        + sample.count * (sample.mean - mean) ** 2
        for sample in samples
    )
    return Sample(count, mean, sqrt(squares / (count - 1)) if count > 1 else 0.0)


def judge(before, after, *, is_share, better):
    """Whether ``after`` is better than ``before``, or the difference may be chance.

    :param str better: ``up`` or ``down``
    :return: a :class:`Judgement`, its result ``better``, ``worse`` or
        ``not_distinguishable``: also while one of the samples is small

    >>> many, more = share(56, 70), share(69, 70)
    >>> judge(many, more, is_share=True, better="up").result
    'better'
    >>> judge(many, more, is_share=True, better="down").result
    'worse'
    >>> judge(share(1, 9), share(9, 9), is_share=True, better="up").result
    'not_distinguishable'
    """
    low, high = (share_interval if is_share else mean_interval)(before, after)
    is_small = min(before.count, after.count) < LEAST
    rises = {"up": ("better", "worse"), "down": ("worse", "better")}[better]
    if is_small or low <= 0 <= high:
        result = "not_distinguishable"
    else:
        result = rises[0] if low > 0 else rises[1]
    change = after.mean - before.mean if before.count and after.count else 0.0
    return Judgement(change, low, high, result, is_small)


def wilson(sample):
    """The score interval of one share (E. B. Wilson, J. Am. Stat. Assoc. 22, 1927).

    >>> [round(bound, 4) for bound in wilson(share(56, 70))]
    [69.1834, 87.6953]
    """
    rate, count = sample.mean / 100, sample.count
    middle = rate + Z95**2 / (2 * count)
    half = Z95 * sqrt(rate * (1 - rate) / count + Z95**2 / (4 * count**2))
    scale = 100 / (1 + Z95**2 / count)
    return (middle - half) * scale, (middle + half) * scale


def share_interval(before, after):
    """Between what the difference of two shares lies, in percentage points.

    Newcombe's hybrid score interval: method 10 of R. G. Newcombe, Interval estimation
    for the difference between independent proportions, Statistics in Medicine 17
    (1998), 873–890. It holds for small shares and for those near 100 %, too.
    """
    if not (before.count and after.count):
        return 0.0, 0.0
    change = after.mean - before.mean
    (low_before, high_before), (low_after, high_after) = wilson(before), wilson(after)
    return (
        change - sqrt((after.mean - low_after) ** 2 + (high_before - before.mean) ** 2),
        change + sqrt((high_after - after.mean) ** 2 + (before.mean - low_before) ** 2),
    )


def mean_interval(before, after):
    """Between what the difference of two means lies, for unequal deviations.

    B. L. Welch, The generalization of “Student's” problem when several different
    population variances are involved, Biometrika 34 (1947), 28–35.
    """
    if min(before.count, after.count) < 2:
        return 0.0, 0.0
    change = after.mean - before.mean
    parts = [sample.deviation**2 / sample.count for sample in (before, after)]
    total = sum(parts)
    if not total:
        return change, change
    freedom = total**2 / sum(
        part**2 / (sample.count - 1)
        for part, sample in zip(parts, (before, after), strict=True)
    )
    half = student95(freedom) * sqrt(total)
    return change - half, change + half


def student95(freedom):
    """Student's quantile of 97.5 %: 95 % lie between minus and plus this.

    The expansion of M. Abramowitz, I. A. Stegun, Handbook of Mathematical Functions
    (1964), 26.7.5: from 10 degrees of freedom on as exact as printed tables. Below,
    where it falls short, nothing is judged by it (:data:`LEAST`).

    >>> [round(student95(freedom), 3) for freedom in (10, 30, 120, 1e9)]
    [2.228, 2.042, 1.98, 1.96]
    """
    x = Z95
    terms = (
        (x**3 + x) / 4,
        (5 * x**5 + 16 * x**3 + 3 * x) / 96,
        (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384,
        (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92160,
    )
    return x + sum(term / freedom**power for power, term in enumerate(terms, start=1))
