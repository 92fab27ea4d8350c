"""Telephone numbers as people write them."""

import re

import phonenumbers

#: What a spreadsheet makes of a number that it takes for an amount.
_AMOUNT = re.compile(r"(\d{7,})\.0+")


def phone_key(phone, region):
    """``phone`` in its one international form, E.164, whatever stands beside it.

    Of several numbers it is the first. What is no number keeps its digits, so that it
    can still be found.

    :param str region: the country of a number without a country code: ``CN``
    :return: ``""`` without any digit

    >>> for text in ("13805531234", "138-0553-1234", "+86 138 0553 1234",
    ...              "１３８０５５３１２３４", "008613805531234", "13805531234.0",
    ...              "13805531234（李先生）", "13805531234 李太太", "手机：13805531234",
    ...              "13805531234/13912345678", "13805531234，13912345678",
    ...              "13805531234转8001", "13805531234(老婆139)"):
    ...     assert phone_key(text, "CN") == "+8613805531234", text
    >>> phone_key("0553-1234567-801", "CN"), phone_key("(0553)1234567 办公室", "CN")
    ('+865531234567', '+865531234567')
    >>> phone_key("1234567", "CN"), phone_key("无", "CN"), phone_key(None, "CN")
    ('1234567', '', '')
    """
    text = _AMOUNT.sub(r"\1", (phone or "").strip())
    number = _parsed(text, region) or next(
        filter(None, (_parsed(part, region) for part in _parts(text))), None
    )
    if number:
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return "".join(filter(str.isdecimal, phone or ""))


def dialled_key(number, region, prefixes=()):
    """The key of a number as a telephone exchange reports it.

    It may stand with the digit for an outside line, the zero of a long-distance call
    or an extension, or be partly hidden: a hidden one has no key.

    :param prefixes: what staff dials for an outside line: ``("9", "0")``

    >>> for text in ("13805531234", "+8613805531234", "8613805531234", "013805531234",
    ...              "913805531234", "9013805531234", "13805531234#801"):
    ...     assert dialled_key(text, "CN", ("9",)) == "+8613805531234", text
    >>> dialled_key("905531234567", "CN", ("9",)), dialled_key("95555", "CN", ("9",))
    ('+865531234567', '95555')
    >>> dialled_key("138****1234", "CN"), dialled_key("anonymous", "CN")
    ('', '')
    """
    text = (number or "").strip()
    if is_masked(text):
        return ""
    digits = "".join(filter(str.isdecimal, text))
    tries = [text]
    if not text.startswith("+"):
        tries += [
            digits[len(prefix) :]
            for prefix in prefixes
            if prefix and digits.startswith(prefix) and len(digits) > 8
        ]
        tries += ["+" + digits, digits.lstrip("0")]
    for attempt in tries:
        key = phone_key(attempt, region)
        if key.startswith("+"):
            return key
    return phone_key(text, region)


def is_masked(number):
    """Whether a part of a number is hidden, as some exchanges and carriers do.

    >>> is_masked("138****1234"), is_masked("138XXXX1234"), is_masked("13805531234")
    (True, True, False)
    """
    return bool(re.search(r"\d\s*[*xX＊]{2,}", number or ""))


def _parsed(text, region):
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


def _parts(text):
    """The pieces of ``text`` that may be a number: shorter and shorter ones."""
    for run in re.findall(r"[+＋(（]?\d[\d\s()（）.–—-]*", text):
        yield run
        pieces = re.split(r"(?<=\d)(?:\s+|\D+)(?=\d)", run)
        for end in range(len(pieces) - 1, 0, -1):
            yield "".join(pieces[:end])


def is_mobile_of(key, region):
    """Whether an international number is a mobile one of this country.

    A text message to any other may cost many times as much, and reach nobody.

    >>> [is_mobile_of(key, "CN") for key in ("+8613805531234", "+865531234567")]
    [True, False]
    >>> is_mobile_of("+447911123456", "CN"), is_mobile_of("1234567", "CN")
    (False, False)
    """
    number = _parsed(key, region) if (key or "").startswith("+") else None
    return bool(
        number
        and phonenumbers.region_code_for_number(number) == region
        and phonenumbers.number_type(number)
        in (
            phonenumbers.PhoneNumberType.MOBILE,
            phonenumbers.PhoneNumberType.FIXED_LINE_OR_MOBILE,
        )
    )
