"""Vehicle identification numbers: ISO 3779, in China GB 16735."""

from .text_key import normalize_key

_VALUES = dict(zip("0123456789", range(10), strict=True))
_VALUES |= dict(zip("ABCDEFGH", range(1, 9), strict=True))
_VALUES |= dict(zip("JKLMN", range(1, 6), strict=True)) | {"P": 7, "R": 9}
_VALUES |= dict(zip("STUVWXYZ", range(2, 10), strict=True))
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)


def vin_key(vin):
    """The number in its one spelling, or ``""``.

    >>> vin_key(" 1m8gdm9a-xkp042788 "), vin_key("无"), vin_key(None)
    ('1M8GDM9AXKP042788', '', '')
    """
    return "".join(char for char in normalize_key(vin) if char.isascii())


def check_digit(vin):
    """The check digit (position 9) that belongs to the other 16 characters.

    >>> check_digit("1M8GDM9A?KP042788".replace("?", "0")), check_digit("1" * 17)
    ('X', '1')
    """
    total = sum(
        _VALUES[char] * weight for char, weight in zip(vin, _WEIGHTS, strict=True)
    )
    return "X" if total % 11 == 10 else str(total % 11)


def vin_problem(vin):
    """What is wrong: ``length``, ``letters``, ``check_digit``, or ``None``.

    >>> vin_problem("1M8GDM9AXKP042788"), vin_problem("")
    (None, None)
    >>> vin_problem("1M8GDM9AXKP04278"), vin_problem("1M8GDM9AXKPO42788")
    ('length', 'letters')
    >>> vin_problem("1M8GDM9A1KP042788")
    'check_digit'
    """
    key = vin_key(vin)
    if not key:
        return None
    if len(key) != 17:
        return "length"
    if not set(key) <= set(_VALUES):
        return "letters"
    return None if key[8] == check_digit(key) else "check_digit"


def is_no_vin(text):
    """Whether ``text`` is surely not a VIN: a word, a date, a telephone number.

    What a manufacturer calls a car outside ISO 3779, as on grey imports, passes.

    >>> [is_no_vin(text) for text in ("LVVDB11B4RD000001", "JZX100-0012345", "", "无")]
    [False, False, False, False]
    >>> words = ("LVVDB11B0", "2024-05-18", "13805531234", "Tiggo eight", "1" * 18)
    >>> all(is_no_vin(text) for text in words)
    True
    """
    key = vin_key(text)
    return bool(key) and (not 10 <= len(key) <= 17 or key.isdecimal() or key.isalpha())
