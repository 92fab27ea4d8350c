"""When the next service is due: by time or by distance, whichever comes first."""

import calendar
from datetime import date, timedelta


def add_months(day, months):
    """``months`` later; the last day of a shorter month where the day is missing.

    >>> add_months(date(2025, 8, 31), 6), add_months(date(2023, 8, 31), 6)
    (datetime.date(2026, 2, 28), datetime.date(2024, 2, 29))
    >>> add_months(date(2026, 12, 15), 1)
    datetime.date(2027, 1, 15)
    """
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def next_service(day, odometer, months, km):
    """The limits after a service on ``day`` at ``odometer`` km.

    A plan may know only one of the two; 0 means "no limit".

    :return: (date or None, km or None)

    >>> next_service(date(2026, 8, 31), 10_000, 6, 5_000)
    (datetime.date(2027, 2, 28), 15000)
    >>> next_service(date(2026, 1, 1), 10_000, 0, 5_000)
    (None, 15000)
    """
    return (
        add_months(day, months) if months else None,
        odometer + km if km else None,
    )


def due_date(limit_day, limit_km, day, odometer, km_per_day):
    """The day on which the first of the two limits is expected to be reached.

    :param day: day of the last known ``odometer``
    :param float km_per_day: how much the car is driven; 0 when unknown
    :return: date, or ``None`` when neither limit tells

    >>> due_date(date(2026, 12, 1), 15_000, date(2026, 6, 1), 10_000, 100)
    datetime.date(2026, 7, 21)
    >>> due_date(date(2026, 7, 1), 15_000, date(2026, 6, 1), 10_000, 10)
    datetime.date(2026, 7, 1)
    >>> due_date(None, 15_000, date(2026, 6, 1), 15_500, 10)   # overdue already
    datetime.date(2026, 6, 1)
    >>> due_date(None, 15_000, date(2026, 6, 1), 10_000, 0)
    """
    days = [limit_day] if limit_day else []
    if limit_km and day and (km_per_day > 0 or odometer >= limit_km):
        left = max(0, limit_km - odometer)
        wait = int(left / km_per_day) if left else 0
        days.append(day + timedelta(days=min(wait, 36_500)))
    return min(days, default=None)


def km_per_day(readings, minimum_days=30):
    """How much a car is driven, from its first to its last plausible reading.

    :param readings: pairs (day, km)
    :return: km a day, 0 when the readings are too close together to tell

    >>> km_per_day([(date(2026, 1, 1), 0), (date(2026, 4, 11), 5_000)])
    50.0
    >>> km_per_day([(date(2026, 1, 1), 0), (date(2026, 1, 2), 900)]), km_per_day([])
    (0.0, 0.0)
    """
    if not readings:
        return 0.0
    (first_day, first), (last_day, last) = min(readings), max(readings)
    days = (last_day - first_day).days
    return max(0.0, (last - first) / days) if days >= minimum_days else 0.0
