"""Days and times as people and programs write them, the year first."""

import re
from datetime import UTC, datetime, timedelta, timezone

#: What stands in a table where no day is known.
NO_DAY = {"-", "--", "—", "/", "无", "暂无", "未知", "不详", "N/A", "NA"}

_DAY = re.compile(
    r"(?P<year>\d{4})(?:\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})"
    r"\s*[日号]?|(?P<compact>\d{4}))"
)
_WEEKDAY = re.compile(r"\s*\(?(?:星期|周)[一二三四五六日天]\)?")
_TIME = re.compile(
    r"[T\s]*(?P<half>上午|下午|晚上|中午|AM|PM)?\s*"
    r"(?P<hour>\d{1,2})(?:\s*[:：时点]\s*(?P<minute>\d{1,2}))?\s*分?"
    r"(?:\s*[:：]?\s*(?P<second>\d{1,2})\s*秒?(?:[.,]\d+)?)?\s*[时点]?"
    r"\s*(?P<after>AM|PM)?\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?",
    re.IGNORECASE,
)


def is_no_day(text):
    """Whether ``text`` says that there is no day.

    >>> is_no_day("0000-00-00"), is_no_day(" 无 "), is_no_day("2024-05-18")
    (True, True, False)
    """
    text = text.strip()
    return text.upper() in NO_DAY or bool(re.match(r"0000\D?00\D?00(?!\d)", text))


def read_moment(text):
    """What ``text`` says, if it begins with a year of four digits.

    :return: a ``datetime``, with a zone where one is written; ``None`` for anything
        that begins otherwise or is no day

    >>> for text in ("2024-05-18", "2024/5/18", "2024.05.18", "2024年5月18日",
    ...              "20240518", "2024-05-18 00:00:00", "2024-05-18 00:00:00.0"):
    ...     assert read_moment(text) == datetime(2024, 5, 18), text
    >>> for text in ("2024/5/18 9:30", "2024-05-18T09:30:00", "2024年5月18日 9时30分",
    ...              "2024年5月18日 上午9:30", "2024-05-18 星期六 09:30"):
    ...     assert read_moment(text) == datetime(2024, 5, 18, 9, 30), text
    >>> read_moment("2024/5/18 下午 3:05:07")
    datetime.datetime(2024, 5, 18, 15, 5, 7)
    >>> read_moment("2024-05-18T01:30:00Z").tzinfo is UTC
    True
    >>> [read_moment(text) for text in ("2024-13-01", "18/05/2024", "2024-5", "")]
    [None, None, None, None]
    >>> read_moment("2024-05-18 sold"), read_moment("202405181"), read_moment("2024年")
    (None, None, None)
    >>> read_moment("2024-05-181")
    """
    text = text.strip()
    found = _DAY.match(text)
    if not found:
        return None
    rest = text[found.end() :]
    weekday = _WEEKDAY.match(rest)
    rest = rest[weekday.end() :] if weekday else rest
    time = _TIME.fullmatch(rest) if rest.strip() else None
    if rest.strip() and not time or _runs_on(found.group(), rest):
        return None
    compact = found["compact"]
    month, day = (
        (compact[:2], compact[2:]) if compact else (found["month"], found["day"])
    )
    try:
        moment = datetime(int(found["year"]), int(month), int(day))
        return _at(moment, time) if time else moment
    except ValueError:
        return None


def _runs_on(day, rest):
    """Whether a longer number was cut in two, such as 202405181."""
    return day[-1:].isdigit() and rest[:1].isdigit()


def _at(day, time):
    half = (time["half"] or time["after"] or "").upper()
    hour = int(time["hour"])
    if half in ("下午", "晚上", "PM", "中午") and 1 <= hour < 11 + (half != "中午"):
        hour += 12
    elif half in ("上午", "AM") and hour == 12:
        hour = 0
    return day.replace(
        hour=hour,
        minute=int(time["minute"] or 0),
        second=int(time["second"] or 0),
        tzinfo=_zone(time["zone"]),
    )


def _zone(text):
    if not text:
        return None
    if text in "Zz":
        return UTC
    sign = -1 if text[0] == "-" else 1
    hours, minutes = int(text[1:3]), int(text[-2:])
    return timezone(sign * timedelta(hours=hours, minutes=minutes))
