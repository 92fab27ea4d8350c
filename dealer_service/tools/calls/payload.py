"""What a telephone exchange sends, read as data: no text of it is ever run."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytz

#: Later numbers are milliseconds: seconds reach them in the year 5138.
_MILLISECONDS = 10**11
#: How exchanges write that something has not happened.
_NEVER = ("", "0", "null", "none", "0000-00-00 00:00:00", "1970-01-01 00:00:00")


def at_path(payload, path):
    """The value at a path of names and numbers, ``None`` where there is none.

    >>> at_path({"data": {"legs": [{"to": "8001"}]}}, "data.legs.0.to")
    '8001'
    >>> at_path({"data": 7}, "data.legs.0.to"), at_path({"a": [1]}, "a.5")
    (None, None)
    """
    value = payload
    for name in path.split("."):
        if isinstance(value, dict):
            value = value.get(name)
        elif isinstance(value, list) and name.isascii() and name.isdecimal():
            value = value[int(name)] if int(name) < len(value) else None
        else:
            return None
    return value


def as_text(value):
    """A value as a short text; empty for what is none.

    >>> as_text(8001), as_text(True), as_text({"a": 1}), as_text("a\\0b ")
    ('8001', '', '', 'ab')
    """
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    text = str(value).replace("\0", "").encode("utf-8", "ignore").decode()
    return text.strip()[:2000]


def as_moment(value, zone, pattern=""):
    """A time in UTC without zone and parts of a second, ``None`` where there is none.

    :param zone: the name of the zone of times without one
    :param pattern: how texts are written, as ``strptime`` reads it; empty: ISO 8601
    :raise ValueError: for what is no time

    >>> as_moment("2026-03-02 09:30:00", "Asia/Shanghai")
    datetime.datetime(2026, 3, 2, 1, 30)
    >>> as_moment("2026-03-02T09:30:00Z", "Asia/Shanghai")
    datetime.datetime(2026, 3, 2, 9, 30)
    >>> as_moment(1772415000, "UTC") == as_moment("1772415000123", "UTC")
    True
    >>> as_moment("02/03/2026 09.30", "UTC", "%d/%m/%Y %H.%M")
    datetime.datetime(2026, 3, 2, 9, 30)
    >>> as_moment("0000-00-00 00:00:00", "UTC"), as_moment(None, "UTC")
    (None, None)
    """
    text = as_text(value)
    if text.lower() in _NEVER:
        return None
    try:
        number = float(text)
    except ValueError:
        number = None
    if number is not None and not pattern:
        seconds = number / 1000 if number > _MILLISECONDS else number
        try:
            moment = datetime.fromtimestamp(seconds, UTC)
        except (OverflowError, OSError) as error:
            raise ValueError(text) from error
    elif pattern:
        moment = datetime.strptime(text, pattern)
    else:
        moment = datetime.fromisoformat(text.replace("/", "-"))
    try:
        if moment.tzinfo is None:
            moment = pytz.timezone(zone).localize(moment)
        moment = moment.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    except OverflowError as error:
        raise ValueError(text) from error
    if not 2000 <= moment.year < 2200:
        raise ValueError(text)
    return moment


#: Characters of what an exchange calls a call, or a number.
MAX_REF = 200


def as_seconds(value):
    """How long something lasted: a number, or ``h:mm:ss``; ``None`` where it is none.

    >>> as_seconds("185"), as_seconds("0:03:05"), as_seconds("03:05"), as_seconds("x")
    (185, 185, 185, None)
    """
    seconds = 0
    for part in as_text(value).split(":"):
        try:
            seconds = seconds * 60 + float(part)
        except ValueError:
            return None
    return int(seconds) if 0 <= seconds < 10**6 else None


def as_safe_link(value):
    """A link that is opened over an encrypted connection; empty for any other.

    >>> as_safe_link("https://pbx.example/rec/1.wav")
    'https://pbx.example/rec/1.wav'
    >>> as_safe_link("http://pbx.example/rec/1.wav"), as_safe_link("https:///x")
    ('', '')
    >>> as_safe_link("javascript:alert(1)"), as_safe_link(None)
    ('', '')
    """
    text = as_text(value)
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    is_safe = parts.scheme == "https" and parts.hostname and not parts.username
    return text if is_safe and text.isprintable() else ""
