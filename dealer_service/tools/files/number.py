"""Numbers as people and programs write them into tables."""

import re
import unicodedata

_UNIT = re.compile(
    r"^(?:rmb|cny|[¥$€])\s*|\s*(?:人民币|元|公里|千米|km|工时|小时|h|个|件|次|台|瓶|桶|升|l)$",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|[-+]?\.\d+")


def read_number(text):
    """What ``text`` says, or ``None`` for what is no number, or has two readings.

    >>> [read_number(text) for text in ("12", "1,234.50", "￥1，200.00", "３５", "-5")]
    [12.0, 1234.5, 1200.0, 35.0, -5.0]
    >>> [read_number(text) for text in ("12500km", "86000 公里", "1.5 h", "300元")]
    [12500.0, 86000.0, 1.5, 300.0]
    >>> [read_number(text) for text in ("1.234,50", "12,5", "abc", "", "1e5", "1 2")]
    [None, None, None, None, None, None]
    """
    text = unicodedata.normalize("NFKC", text or "").strip()
    text = _UNIT.sub("", _UNIT.sub("", text)).strip()
    return float(text.replace(",", "")) if _NUMBER.fullmatch(text) else None
