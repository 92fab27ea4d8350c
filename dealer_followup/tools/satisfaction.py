"""Index, recommendation and their error bars. Attribute scores run from 0 to 10."""

from math import sqrt

#: Below this share of the weight an index would be that of another questionnaire.
MINIMUM_WEIGHT = 0.6
#: Below so many answers no ranking, no red and green.
MINIMUM_ANSWERS = 30
#: Standard errors in half a 95 % interval.
Z95 = 1.96


def factor_score(scores):
    """Mean of the answered attributes (``None``: not answered, 0 is an answer).

    >>> factor_score([10, None, 0]), factor_score([None])
    (5.0, None)
    """
    answered = [score for score in scores if score is not None]
    return sum(answered) / len(answered) if answered else None


def index(factors):
    """The index from 0 to 1000, of the answered factors alone.

    Weights need not sum up to anything.

    :param factors: pairs (weight, score 0–10 or ``None``)
    :return: float, or ``None`` when too little was answered

    >>> index([(24, 9), (21, 9), (21, 9), (18, 9), (17, 9)])      # they sum up to 101
    900.0
    >>> round(index([(24, 9), (21, None), (21, 9), (18, 9), (17, 8.8)]))
    896
    >>> index([(24, None), (21, None), (21, 9)]), index([])
    (None, None)
    """
    total = sum(weight for weight, _score in factors)
    answered = [(weight, score) for weight, score in factors if score is not None]
    known = sum(weight for weight, _score in answered)
    if not known or known < MINIMUM_WEIGHT * total:
        return None
    return 100 * sum(weight * score for weight, score in answered) / known


def mean_interval(values):
    """Mean with half the width of its 95 % interval.

    :return: (mean, half width, n); half width is ``None`` below two values

    >>> mean_interval([800, 900])
    (850.0, 98.0, 2)
    >>> mean_interval([800]), mean_interval([])
    ((800.0, None, 1), (None, None, 0))
    """
    n = len(values)
    if not n:
        return None, None, 0
    mean = sum(values) / n
    if n < 2:
        return mean, None, n
    variance = sum((value - mean) ** 2 for value in values) / (n - 1)
    return mean, round(Z95 * sqrt(variance / n), 1), n


def net_promoter(scores):
    """Promoters (9–10) less detractors (0–6), in percent, with half its interval.

    :return: (score, half width, n)

    >>> def of(n): return [10] * (n // 2) + [0] * (n // 5) + [8] * (n - n//2 - n//5)
    >>> [net_promoter(of(n))[:2] for n in (20, 100, 400)]
    [(30.0, 34.2), (30.0, 15.3), (30.0, 7.7)]
    >>> net_promoter([0]), net_promoter([])
    ((-100.0, None, 1), (None, None, 0))
    """
    n = len(scores)
    if not n:
        return None, None, 0
    up = sum(score >= 9 for score in scores) / n
    down = sum(score <= 6 for score in scores) / n
    net = up - down
    half = Z95 * sqrt(max(0.0, up + down - net**2) / n)
    return round(100 * net, 1), round(100 * half, 1) if n > 1 else None, n
