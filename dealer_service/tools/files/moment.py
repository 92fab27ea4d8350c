"""Days and times as people and programs write them, the year first."""

import re
import unicodedata
from datetime import UTC, datetime, timedelta, timezone

#: What stands in a table where no day is known.
NO_DAY = {"-", "--", "—", "/", "无", "暂无", "未知", "不详", "N/A", "NA"}
#: The first days that databases and spreadsheets know, which they give where none is.
_ZERO = re.compile(
    r"(0000\D?00\D?00|0001\D?0?1\D?0?1|1899\D12\D3[01]|1900\D0?1\D0?[01])"
    r"(?!\d)([T\s]*0?0?[:：]?[0.:：Z]*)?"
)
#: What a spreadsheet keeps of a day whose cell is not shown as one: days since 1899.
_SERIAL = re.compile(r"([2-6]\d{4})(?:\.(\d+))?")
_SERIAL_ZERO = datetime(1899, 12, 30)
_RUN_TOGETHER = re.compile(r"(\d{4})(\d\d)(\d\d) ?(\d\d)(\d\d)(\d\d)?")
_HAN_DIGITS = {**dict(zip("零一二三四五六七八九", range(10), strict=True)), "〇": 0}
_HAN_NUMBER = re.compile(r"(?<![周期])[〇零一二三四五六七八九十]+(?=[年月日号])")

_DAY = re.compile(
    r"(?P<year>\d{4})(?:\s*[-/.,年]\s*(?P<month>\d{1,2})\s*[-/.,月]\s*(?P<day>\d{1,2})"
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
    >>> zeros = ("1900-01-01 00:00:00.000", "1900/1/0", "1899-12-30", "0001-01-01")
    >>> all(is_no_day(text) for text in zeros)
    True
    """
    text = text.strip()
    return text.upper() in NO_DAY or bool(_ZERO.fullmatch(text))


def has_two_readings(text):
    """Whether it is not certain which number is the month.

    >>> [has_two_readings(text) for text in ("1/5/2026", "05.01.26 9:30")]
    [True, True]
    >>> [has_two_readings(text) for text in ("13/5/2026", "5/5/2026", "26-1-5", "?")]
    [False, False, False, False]
    """
    found = re.match(r"\s*(\d{1,2})[-/. ](\d{1,2})[-/. ]\d{2}", text)
    pair = {int(number) for number in found.groups()} if found else ()
    return len(pair) == 2 and max(pair) <= 12


def read_moment(text):
    """What ``text`` says, if it begins with a year of four digits, or is the number
    that a spreadsheet keeps of a day.

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
    >>> for text in ("45430", "45430.0", "２０２４－０５－１８", "二〇二四年五月十八日",
    ...              "公元2024年5月18日", "20240518000000", "2024、5、18"):
    ...     assert read_moment(text) == datetime(2024, 5, 18), text
    >>> read_moment("45430.395833333"), read_moment("202405180930")
    (datetime.datetime(2024, 5, 18, 9, 30), datetime.datetime(2024, 5, 18, 9, 30))
    >>> read_moment("二〇二三年十一月二十一日 星期二")
    datetime.datetime(2023, 11, 21, 0, 0)
    >>> read_moment("2024-05-18T01:30:00Z").tzinfo is UTC
    True
    >>> [read_moment(text) for text in ("2024-13-01", "18/05/2024", "2024-5", "")]
    [None, None, None, None]
    >>> read_moment("2024-05-18 sold"), read_moment("202405181"), read_moment("2024年")
    (None, None, None)
    >>> read_moment("2024-05-181")
    """
    text = unicodedata.normalize("NFKC", text).strip().replace("、", ",")
    text = _HAN_NUMBER.sub(_in_figures, text).removeprefix("公元").strip()
    serial = _SERIAL.fullmatch(text)
    if serial:
        days = float(f"{serial[1]}.{serial[2] or 0}")
        return _SERIAL_ZERO + timedelta(minutes=round(days * 24 * 60))
    text = _RUN_TOGETHER.sub(r"\1-\2-\3 \4:\5:\6", text).removesuffix(":")
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


def _in_figures(number):
    """二〇二四 is 2024, 二十一 is 21.

    >>> [_HAN_NUMBER.sub(_in_figures, f"{text}年") for text in ("十", "三十", "十二")]
    ['10年', '30年', '12年']
    """
    tens, ten, ones = number[0].partition("十")
    if not ten:
        return "".join(str(_HAN_DIGITS[char]) for char in tens)
    return str(10 * _HAN_DIGITS.get(tens, 1) + _HAN_DIGITS.get(ones, 0))


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


def has_time(text):
    """Whether ``text`` says more than a day.

    >>> has_time("2026-03-01 9:30"), has_time("2026-03-01"), has_time("20260301000000")
    (True, False, False)
    """
    moment = read_moment(text)
    return bool(moment and (moment.hour or moment.minute))
