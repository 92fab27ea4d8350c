"""Which odometer readings can be true, and which one is the last that is.

All values are kilometres the car has run in its life: what the instrument shows plus
what earlier instruments of the same car had shown when they were replaced.
"""

#: More than this a day is not driven, day after day.
MAX_KM_PER_DAY = 1000
#: More than this between two readings is a typing error, whatever the time between.
MAX_JUMP = 400_000
#: No car of a private customer has run more.
MAX_KM = 2_000_000
#: What no instrument shows.
MAX_READING = 3_000_000


def reading_problem(value, day, previous=None, previous_day=None):
    """Why ``value`` on ``day`` cannot follow ``previous`` on ``previous_day``.

    :param datetime.date day: day of the reading
    :return: ``lower``, ``too_fast``, ``huge`` or ``None``

    >>> from datetime import date
    >>> spring, summer = date(2026, 3, 1), date(2026, 6, 1)
    >>> reading_problem(45_000, summer, 40_000, spring)
    >>> reading_problem(40_000, summer, 40_000, spring)   # not driven: fine
    >>> reading_problem(39_999, summer, 40_000, spring)
    'lower'
    >>> reading_problem(450_000, summer, 40_000, spring)
    'too_fast'
    >>> reading_problem(450_000, date(2031, 6, 1), 40_000, spring)
    'huge'
    >>> reading_problem(40_900, spring, 40_000, spring)   # the same day
    >>> reading_problem(3_000_000, summer)
    'huge'
    """
    if value > MAX_KM:
        return "huge"
    if previous is None:
        return None
    if value < previous:
        return "lower"
    driven = value - previous
    if driven > MAX_KM_PER_DAY * max(1, (day - previous_day).days):
        return "too_fast"
    return "huge" if driven > MAX_JUMP else None


def last_plausible(readings):
    """The newest reading of :func:`plausible_run`: (day, value), or ``None``.

    >>> from datetime import date
    >>> last_plausible([(date(2026, 1, 1), 9_000), (date(2026, 2, 1), 12_000)])[1]
    12000
    >>> last_plausible([])
    """
    run = plausible_run(readings)
    return run[-1] if run else None


def plausible_run(readings):
    """The longest run of readings that fit each other, oldest first.

    One typing error, high or low, therefore never stands in the way of the truth for
    longer than until the next visit. Of two equally long runs the earlier one wins:
    a reading that contradicts everything before it has to be confirmed.

    :param readings: pairs (day, value), or triples (day, value, certain); a certain
        reading was confirmed by a person and starts the history anew
    :return: list of pairs (day, value)

    >>> from datetime import date
    >>> def values(*rows):
    ...     rows = [(date(2026, month, 1), *rest) for month, *rest in rows]
    ...     return [value for _day, value in plausible_run(rows)]
    >>> values((1, 10_000), (3, 15_000))
    [10000, 15000]
    >>> values((1, 10_000), (2, 15_000), (3, 150_000))
    [10000, 15000]
    >>> values((1, 90_000), (2, 10_000), (3, 11_000))
    [10000, 11000]
    >>> values((1, 90_000), (2, 10_000, True))
    [10000]
    >>> values((1, 10_000, True), (2, 5_000), (3, 6_000))
    [10000]
    >>> values((1, 9_000_000)), values()
    ([], [])
    """
    rows = sorted(((*row[:2], len(row) > 2 and row[2]) for row in readings), key=_day)
    certain = [index for index, row in enumerate(rows) if row[2]]
    if certain:
        rows = rows[certain[-1] :]
    else:
        rows = [row for row in rows if not reading_problem(row[1], row[0])]
    runs = []  # for each row: the longest run that ends there
    for index, (day, value, _certain) in enumerate(rows):
        before = [
            run
            for run in runs
            if run and not reading_problem(value, day, run[-1][1], run[-1][0])
        ]
        if before:
            runs.append([*max(before, key=len), (day, value)])
        else:
            # what does not follow from a certain reading does not count at all
            runs.append([] if certain and index else [(day, value)])
    return max(runs, key=len, default=[])


def _day(row):
    return row[0]
