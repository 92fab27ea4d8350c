"""What a figure of a person is worth: its band, and the points of a month.

Plain Python, no ORM. Whoever is judged by a figure is told from how many values it is,
and between what it lies; one from too few values is neither good nor bad.
"""

from math import sqrt
from typing import NamedTuple

from .difference import student95, wilson


class Band(NamedTuple):
    """From ``value`` on a figure is worth ``points``."""

    value: float
    points: float


def band_of(value, bands):
    """The band in which a value lies: the last one that has begun; ``None`` below all.

    >>> bands = [Band(0, 0), Band(80, 60), Band(90, 100)]
    >>> [band_of(value, bands).points for value in (79.9, 80, 95)]
    [0, 60, 100]
    >>> band_of(-1, bands)
    """
    begun = [band for band in bands if band.value <= value]
    return max(begun, default=None)


def total(lines):
    """The points of a month, and the share of the weights on which they rest.

    :param lines: pairs of (weight, points); points ``None``: not judged
    :return: (points from 0 to 100, percent of the weights that were judged)

    >>> total([(30, 100), (10, 60), (60, None)])
    (90.0, 40.0)
    >>> total([(0, 100), (10, None)])
    (0.0, 0.0)
    >>> total([])
    (0.0, 0.0)
    """
    weights = sum(weight for weight, _points in lines)
    judged = [(weight, points) for weight, points in lines if points is not None]
    counted = sum(weight for weight, _points in judged)
    if not counted:
        return 0.0, 0.0
    points = sum(weight * points for weight, points in judged) / counted
    return points, 100.0 * counted / weights


def interval(sample, *, is_share):
    """Between what the true value lies, 19 times out of 20; ``None`` of one value.

    >>> from .difference import Sample, share
    >>> [round(bound, 1) for bound in interval(share(9, 10), is_share=True)]
    [59.6, 98.2]
    >>> [round(x, 2) for x in interval(Sample(25, 4.0, 1.0), is_share=False)]
    [3.59, 4.41]
    >>> interval(share(0, 0), is_share=True)
    """
    if not sample.count:
        return None
    if is_share:
        return wilson(sample)
    if sample.count < 2:
        return None
    half = student95(sample.count - 1) * sample.deviation / sqrt(sample.count)
    return sample.mean - half, sample.mean + half
