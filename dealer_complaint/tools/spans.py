"""Stretches of time that may overlap."""

from datetime import timedelta


def covered(spans):
    """How long at least one of the spans lasts.

    >>> from datetime import datetime
    >>> at = lambda hour: datetime(2026, 3, 2, hour)
    >>> covered([(at(8), at(10)), (at(9), at(11)), (at(14), at(15))])
    datetime.timedelta(seconds=14400)
    >>> covered([])
    datetime.timedelta(0)

    :param spans: iterable of ``(start, stop)``
    """
    total, end = timedelta(), None
    for start, stop in sorted(spans):
        begin = start if end is None else max(start, end)
        if stop > begin:
            total += stop - begin
            end = stop
    return total
