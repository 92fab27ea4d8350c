"""How much a car is driven, from readings of which any one may be wrong."""

from statistics import median

#: So many of the last readings count: habits change.
LAST_READINGS = 6
#: Readings closer together than this tell about a week, not about a habit.
MINIMUM_GAP_DAYS = 7
#: A history shorter than this is no habit yet.
MINIMUM_SPAN_DAYS = 30
#: A private car outside these bounds is a mistake, or a taxi with its own rules.
SLOWEST, FASTEST = 1.0, 400.0


def driven_per_day(readings):
    """Kilometres a day: the median of all pairwise slopes (Theil and Sen).

    Up to three readings in ten may be arbitrarily wrong without moving it far.

    :param readings: pairs (day, km), in any order
    :return: (km a day, confidence) – confidence from 0 to 1; ``(0.0, 0.0)`` when the
        readings do not tell

    >>> from datetime import date, timedelta
    >>> def day(number): return date(2026, 1, 1) + timedelta(days=number)
    >>> true = [(day(n), 30 * n) for n in (0, 60, 120, 180, 240)]
    >>> driven_per_day(true)
    (30.0, 1.0)
    >>> typo = true[:3] + [(day(180), 54_000)] + true[4:]
    >>> driven_per_day(typo)[0]
    30.0
    >>> driven_per_day(true[:1]), driven_per_day([(day(0), 0), (day(5), 900)])
    ((0.0, 0.0), (0.0, 0.0))
    >>> driven_per_day([(day(0), 10_000), (day(90), 10_000)])[0]     # stood still
    1.0
    """
    rows = sorted(readings)[-LAST_READINGS:]
    slopes = [
        (km - before) / (day - earlier).days
        for index, (day, km) in enumerate(rows)
        for earlier, before in rows[:index]
        if (day - earlier).days >= MINIMUM_GAP_DAYS
    ]
    span = (rows[-1][0] - rows[0][0]).days if rows else 0
    if not slopes or span < MINIMUM_SPAN_DAYS:
        return 0.0, 0.0
    middle = median(slopes)
    spread = median(abs(slope - middle) for slope in slopes)
    steady = 1 / (1 + spread / max(abs(middle), SLOWEST))
    known = min(1.0, (len(rows) - 1) / 4)
    return min(max(middle, SLOWEST), FASTEST), round(steady * known, 2)
