"""The notice in which the State Council announces the holidays of a year, read.

Plain Python, no ORM. The notice comes out in November and is pasted as it stands:

>>> holidays, workdays = read_notice(
...     "国务院办公厅关于2026年部分节假日安排的通知 "
...     "一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。"
... )
>>> [str(day) for day in holidays], set(holidays.values())
(['2026-01-01', '2026-01-02', '2026-01-03'], {'元旦'})
>>> [str(day) for day in workdays]
['2026-01-04']

So do the forms in which newspapers and colleagues pass it on:

>>> new_year = "元旦：1月1日至3日放假，共3天。1月4日（周日）上班。"
>>> for text in (f"1.{new_year}", f"（一）{new_year}", new_year,
...              new_year.replace("至", "—"), new_year.replace("至", "~"),
...              "一、" + new_year.replace("（", "\\n（").replace("3日", "\\n3日")):
...     assert read_notice(text, 2026) == (holidays, workdays), text
>>> page = f"中国政府网 2025年 要闻 关于2026年部分节假日安排的通知 一、{new_year}"
>>> read_notice(page) == (holidays, workdays)
True
"""

import re
from datetime import date, timedelta
from itertools import pairwise

_YEAR = re.compile(r"(\d{4})\s*年(?!\s*\d{1,2}\s*月)")
_TITLE_YEAR = re.compile(r"(\d{4})\s*年(?=\s*(?:部分)?节?假)")
#: 一、元旦： (一)元旦： 1.元旦： or a line that begins with the holiday
_HEADING = re.compile(
    r"(?:[一二三四五六七八九十]+\s*、|[（(][一二三四五六七八九十]+[)）]|\d\s*[.、．](?!\d)"
    r"|^)\s*([^：:。，,、；;（()）\d\s][^：:。，,；;\d]{0,11})[：:]",
    re.MULTILINE,
)
#: A line that goes on in the next, as in a text copied from a printed page.
_BROKEN_LINE = re.compile(
    r"(?<![。；;天班：:\n])[ \t]*\r?\n\s*(?=[\d（(共放上调]|[日月]\b)"
)
_RANGE = ("至", "到", "-", "–", "—", "－", "~", "～")
_DAY = re.compile(
    r"(?:(?P<year>\d{4})\s*年)?\s*(?:(?P<month>\d{1,2})\s*月)?\s*(?P<day>\d{1,2})\s*日"
    r"(?:\s*[（(][^（()）]*?(?:周|星期)(?P<weekday>[一二三四五六日天])[^（()）]*[）)])?"
)
_NOTE = re.compile(r"[（(][^（()）]*[）)]")
_COUNT = re.compile(r"共\s*(\d+)\s*天|放假\s*(\d+)\s*天")
_WEEKDAYS = {name: index for index, name in enumerate("一二三四五六日")} | {"天": 6}


class NoticeError(ValueError):
    """A sentence of the notice that cannot be right; ``args[0]`` is the sentence."""


def read_notice(text, year=None):
    """Holidays and make-up workdays of a pasted notice.

    :param str text: the notice, or its list of holidays
    :param int year: for a text that does not name its year
    :return: dict of the holiday's name by date; sorted list of make-up workdays
    :raise NoticeError: for a sentence whose weekdays or number of days do not fit
    """
    text = _BROKEN_LINE.sub("", text)
    named = _TITLE_YEAR.search(text) or _YEAR.search(text)
    year = int(named.group(1)) if named else year
    holidays, workdays = {}, []
    for heading, following in pairwise([*_HEADING.finditer(text), None]):
        part = text[heading.end() : following.start() if following else len(text)]
        name, reader = heading.group(1).strip(), _Reader(year)
        for sentence in re.split(r"[。；;\n]", part):
            words = _NOTE.sub("", sentence)
            if "放假" in words:
                off = reader.days(sentence)
                count = _COUNT.search(words)
                if count and int(count.group(1) or count.group(2)) != len(off):
                    raise NoticeError(sentence.strip())
                holidays |= dict.fromkeys(off, name)
            elif "上班" in words:
                workdays += reader.days(sentence)
    return holidays, sorted(workdays)


class _Reader:
    """Reads days that leave out the year, or the month of the day before."""

    def __init__(self, year):
        self.year, self.month = year, None

    def days(self, sentence):
        """All days that a sentence names, its ranges (…至…) filled in."""
        found, end_before = [], 0
        try:
            for match in _DAY.finditer(sentence):
                day = self._day(match)
                between = _NOTE.sub("", sentence[end_before : match.start()]).strip()
                first = found[-1] if found and between.startswith(_RANGE) else day
                if first > day:
                    raise ValueError
                if first != day:
                    first += timedelta(days=1)
                found += [first + timedelta(n) for n in range((day - first).days + 1)]
                end_before = match.end()
        except (TypeError, ValueError):
            raise NoticeError(sentence.strip()) from None
        return found

    def _day(self, match):
        self.year = int(match["year"] or self.year)
        self.month = int(match["month"] or self.month)
        day = date(self.year, self.month, int(match["day"]))
        weekday = match["weekday"]
        if weekday and _WEEKDAYS[weekday] != day.weekday():
            raise ValueError
        return day
