"""What callers hand in, looked at before it is used.

Screens hand in what fits. Remote callers send any JSON: a list for a name, a day in the
year 1, a number no column holds. :func:`arguments` says what a public method takes;
anything else is refused in words, as every refusal is.

    @arguments(reason=TEXT, until=MOMENT)
    def action_pause(self, reason=None, until=None):

``None`` and ``False`` mean "not given": they stand for the text or number that the
argument has by default, and are handed on as they are where it has none.
"""

import functools
import inspect
import math
from collections.abc import Mapping
from datetime import date

from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.models import BaseModel

#: A shop plans and remembers within these years; further away, clocks overflow.
YEARS = range(1900, 2200)
#: The largest number that a column of the database holds.
MAX_NUMBER = 2**31 - 1
#: The largest number of a row of a report, whose parts are put together: no browser
#: holds a larger one.
MAX_ROW = 2**53 - 1
#: Larger amounts are not exact to the cent.
MAX_AMOUNT = 10**13
#: Nobody plans, waits or keeps for longer: further away, calendars end.
MOST_YEARS = 50
#: Seconds of the units that a length of time is named after: ``remind_days``.
UNITS = {
    "seconds": 1,
    "minutes": 60,
    "hours": 3600,
    "days": 86_400,
    "months": 2_629_746,
    "years": 31_556_952,
}
#: As much as ten pages: nobody reads more, and a hundred of them fill the database.
MAX_WORDS = 20_000
#: Characters of what something is called.
MAX_NAME = 500
#: Characters of a file, or of a page with its pictures.
MAX_FILE = 10_000_000


def arguments(**kinds):
    """Check the named arguments of a method, and convert them.

    A record that the caller names twice is one record.

    :param kinds: what each of them has to be: ``TEXT``, ``LABEL``, ``BASE64``,
        ``NUMBER``, ``MONEY``, ``RECORD``, ``RECORDS``, ``DAY``, ``MOMENT``, ``FLAG``,
        ``CONDITIONS``, ``TEXTS_BY_ID``, ``between(...)`` or ``one_of(...)``
    """

    def decorate(method):
        signature = inspect.signature(method)

        @functools.wraps(method)
        def checked(self, *args, **kwargs):
            bound = signature.bind_partial(self, *args, **kwargs)
            for name, parameter in signature.parameters.items():
                if name not in bound.arguments and parameter.default is parameter.empty:
                    raise UserError(self.env._("“%(name)s” is missing.", name=name))
            for name, kind in kinds.items():
                value = bound.arguments.get(name)
                if value is None or value is False:
                    if type(signature.parameters[name].default) in (int, str):
                        bound.arguments.pop(name, None)
                    continue
                try:
                    bound.arguments[name] = kind(value)
                except (TypeError, ValueError, OverflowError) as error:
                    raise UserError(
                        self.env._(
                            "“%(name)s”: %(value)s is not %(kind)s.",
                            name=name,
                            value=repr(value)[:100],
                            kind=in_words(self.env, kind),
                        )
                    ) from error
            if len(set(self._ids)) < len(self._ids):
                bound.arguments["self"] = self | self
            return method(*bound.args, **bound.kwargs)

        return checked

    return decorate


def in_words(env, kind):
    """What a value has to be, for the end of a sentence."""
    return {
        TEXT: env._("a text of at most %s characters", MAX_WORDS),
        BASE64: env._("a text"),
        NUMBER: env._("a number"),
        RECORD: env._("the number of a record"),
        DAY: env._("a day between 1900 and 2199, such as 2026-03-02"),
        MOMENT: env._("a time between 1900 and 2199, such as 2026-03-02 09:30:00"),
        FLAG: env._("yes or no"),
        CONDITIONS: env._("a list of conditions"),
        TEXTS_BY_ID: env._("a text for each of some records"),
        WHOLE: env._("a whole number between -2147483647 and 2147483647"),
        AMOUNT: env._("a number of at most thirteen digits"),
        MONEY: env._("a number of at most thirteen digits"),
        LINK: env._("the number of a record"),
        LINES: env._("a list of records"),
        RECORDS: env._("a list of records"),
        PAGE: env._("a text"),
        WORDS: env._("a text of at most %s characters", MAX_WORDS),
        NAME: env._("a name of at most %s characters", MAX_NAME),
        LABEL: env._("a text of at most %s characters", MAX_NAME),
        **dict.fromkeys(
            SPANS.values(), env._("a time of %s years at most", MOST_YEARS)
        ),
    }.get(kind) or env._("one of the allowed values")


def TEXT(value):
    """A text that somebody can read; the database keeps no NUL."""
    return _text(value, MAX_WORDS)


def BASE64(value):
    """A file in base64: text from remote callers, bytes from a field."""
    text = value.decode("ascii") if isinstance(value, bytes) else value
    return _text(text, MAX_FILE)


def _text(value, most):
    if not isinstance(value, str) or "\0" in value or len(value) > most:
        raise ValueError(value)
    return value


def NUMBER(value):
    """A whole number that a column holds."""
    if type(value) is not int or abs(value) > MAX_NUMBER:
        raise ValueError(value)
    return value


def between(low, high):
    """A whole number from ``low`` to ``high``."""

    def check(value):
        return value if low <= NUMBER(value) <= high else _refuse(value)

    return check


def RECORD(value):
    """A record, or its id; 0 for none."""
    if isinstance(value, BaseModel):
        return value
    if NUMBER(value) < 0:
        raise ValueError(value)
    return value


def RECORDS(value):
    """The ids of some records, in a list."""
    if not isinstance(value, (list, tuple)):
        _refuse(value)
    return [NUMBER(record) for record in value]


def DAY(value):
    """A day, or its ISO form."""
    day = value if isinstance(value, date) else fields.Date.to_date(TEXT(value))
    return _of_this_age(day)


def MOMENT(value):
    """A time in UTC, or ``YYYY-MM-DD HH:MM:SS``."""
    moment = value if isinstance(value, date) else TEXT(value)
    return _of_this_age(fields.Datetime.to_datetime(moment))


def _of_this_age(moment):
    if moment and moment.year not in YEARS:
        raise ValueError(moment)
    return moment


def FLAG(value):
    """Yes or no."""
    if value not in (True, 1, 0) or isinstance(value, float):
        raise ValueError(value)
    return bool(value)


def CONDITIONS(value):
    """A domain."""
    return Domain(value) if isinstance(value, (list, tuple)) else _refuse(value)


def TEXTS_BY_ID(value):
    """A text, or none, for each of some records; in JSON their ids are texts."""
    if not isinstance(value, dict):
        _refuse(value)
    return {int(key): words and TEXT(words) for key, words in value.items()}


def one_of(values):
    """One of the technical names of a selection: pairs, or the names alone."""
    names = {value if isinstance(value, str) else value[0] for value in values}

    def check(value):
        return value if TEXT(value) in names else _refuse(value)

    return check


def _refuse(value):
    raise ValueError(value)


# What the ORM takes for a field: a number in a text, too, and any text but a NUL.


def WHOLE(value):
    """What becomes a whole number that a column holds."""
    if not isinstance(value, dict):
        NUMBER(int(value))
    return value


def AMOUNT(value):
    """What becomes a number that is exact to the cent; yes is none."""
    amount = float(value if value is not True else _refuse(value))
    return (
        value if math.isfinite(amount) and abs(amount) < MAX_AMOUNT else _refuse(value)
    )


def _span(unit):
    def check(value):
        if abs(float(AMOUNT(value))) * UNITS[unit] > MOST_YEARS * UNITS["years"]:
            raise ValueError(value)
        return value

    return check


#: What becomes a length of time, by its unit.
SPANS = {unit: _span(unit) for unit in UNITS}


def MONEY(value):
    """A number that is exact to the cent, and no text."""
    return AMOUNT(value) if isinstance(value, (int, float)) else _refuse(value)


def LINK(value):
    """A record, in any form the ORM knows."""
    if isinstance(value, (bool, float, str, bytes, list, set)):
        _refuse(value)
    return RECORD(value) if isinstance(value, int) else value


def LINES(value):
    """Records, or commands about them, in any form the ORM knows."""
    if isinstance(value, (str, bytes, Mapping)):
        _refuse(value)
    for line in value:
        match line:
            case BaseModel():
                pass
            case int():
                RECORD(line)
            case [Command.CREATE | Command.UPDATE, _, Mapping()]:
                pass
            case [Command.SET, _, list() | tuple() | set() | frozenset() as ids]:
                for record in ids:
                    RECORD(record)
            case [Command.DELETE | Command.UNLINK | Command.LINK, _, *_]:
                pass
            case [Command.CLEAR, *_]:
                pass
            case _:
                _refuse(line)
    return value


def WORDS(value):
    """What becomes a text."""
    return TEXT(value) if isinstance(value, str) else value


def NAME(value):
    """What something is called: it is not blank, and fits on a screen."""
    if isinstance(value, str) and not value.strip():
        raise ValueError(value)
    return _text(value, MAX_NAME) if isinstance(value, str) else value


def LABEL(value):
    """What something is found by: an index holds it."""
    return _text(value, MAX_NAME) if isinstance(value, str) else value


def PAGE(value):
    """What becomes a text with its marks, and with its pictures while it is written."""
    return _text(value, MAX_FILE) if isinstance(value, str) else value
