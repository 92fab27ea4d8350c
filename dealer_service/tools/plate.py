"""Chinese licence plates (GA 36-2018), new-energy plates included."""

import re

from .text_key import is_han, normalize_key

PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
#: What people write where there is no plate.
NO_PLATE = {
    "无",
    "无牌",
    "无牌照",
    "无车牌",
    "无号牌",
    "没有",
    "没牌",
    "未知",
    "不详",
    "未上牌",
    "未挂牌",
    "待上牌",
    "暂未上牌",
    "新车未上牌",
    "临牌",
    "临时",
    "临时牌",
    "临时牌照",
    "临时车牌",
    "临时号牌",
    "新车",
    "暂无",
    "TEMP",
    "TEMPORARY",
    "UNKNOWN",
    "NONE",
    "NA",
    "NOPLATE",
}

#: Characters on plates that are neither letters nor digits: provinces, and who drives.
_SIGNS = PROVINCES + "挂学警港澳领使临试超应急武军空海北沈兰济南广成民航电摩"

_PROVINCE_CITY = f"[{PROVINCES}][A-HJ-NP-Z]"
_SERIAL = "[A-HJ-NP-Z0-9]"
_FORMS = {
    # pure electric A-E, other new energy F-K; small cars first, large ones last
    "new_energy_small": rf"{_PROVINCE_CITY}[A-HJK]{_SERIAL}\d{{4}}",
    "new_energy_large": rf"{_PROVINCE_CITY}\d{{5}}[A-HJK]",
    "ordinary": rf"{_PROVINCE_CITY}{_SERIAL}{{5}}",
    # trailer, driving school, police, Hong Kong, Macau, consulate
    "special": rf"{_PROVINCE_CITY}{_SERIAL}{{4}}[挂学警港澳领]",
    "embassy": r"使\d{6}|\d{6}使",
}


def plate_key(plate):
    """The plate in its one spelling, or ``""`` where there is none.

    >>> plate_key("皖b·a1234"), plate_key("皖B A1234"), plate_key("皖Ｂ－Ａ１２３４")
    ('皖BA1234', '皖BA1234', '皖BA1234')
    >>> plate_key("无牌"), plate_key("临时牌照"), plate_key(""), plate_key(None)
    ('', '', '', '')
    """
    key = normalize_key(plate)
    return "" if key in NO_PLATE else key


def plate_form(plate):
    """Which kind of Chinese plate this is, or ``None``.

    >>> plate_form("皖B·A1234"), plate_form("皖B·A123")
    ('ordinary', None)
    >>> plate_form("皖BD12345"), plate_form("皖B12345F"), plate_form("皖B1234学")
    ('new_energy_small', 'new_energy_large', 'special')
    >>> plate_form("皖BI2345") is plate_form("AB1234") is None
    True
    """
    key = plate_key(plate)
    for form, pattern in _FORMS.items():
        if re.fullmatch(pattern, key):
            return form
    return None


def is_no_plate(text, chinese=True):
    """Whether ``text`` is surely not a plate: a word, a date, a telephone number.

    Temporary, foreign and old plates have many forms; what might be one, passes.

    :param chinese: whether the car is registered in China

    >>> [is_no_plate(text) for text in ("皖B·A1234", "皖B12345临", "无牌", "", None)]
    [False, False, False, False, False]
    >>> words = ("皖B", "皖B·A123", "测试", "试驾车", "TEST", "Tiggo 8", "13805531234")
    >>> all(is_no_plate(text) for text in words)
    True
    >>> is_no_plate("2024-05-18"), is_no_plate("2024-05-18", chinese=False)
    (True, False)
    >>> is_no_plate("Müller & Söhne"), is_no_plate("M-ÖA 1234", chinese=False)
    (True, False)
    """
    key = plate_key(text)
    if not key or plate_form(key):
        return False
    letters = "".join(char for char in key if char not in _SIGNS)
    if not chinese:
        return len(key) > 12 or any(is_han(char) for char in letters)
    if re.fullmatch(rf"[{PROVINCES}][A-Z0-9]*", key):
        return True  # it would be a Chinese plate, and has not the form of one
    # a number alone is one of something else
    return not re.fullmatch(r"(?!\d+$)(?=.*\d.*\d)[A-Z0-9]{4,8}", letters)


def is_new_energy(plate):
    """Whether the plate is a green one.

    >>> is_new_energy("皖A·D12345"), is_new_energy("皖A·12345")
    (True, False)
    """
    return (plate_form(plate) or "").startswith("new_energy")


def format_plate(plate):
    """The plate as it is printed, if it is a Chinese one; else as it was typed.

    >>> format_plate("皖b12345"), format_plate("皖ad12345 "), format_plate(" AB 123 ")
    ('皖B·12345', '皖A·D12345', 'AB 123')
    """
    form = plate_form(plate)
    if not form:
        return (plate or "").strip()
    key = plate_key(plate)
    return key if form == "embassy" else f"{key[:2]}·{key[2:]}"


def is_plate_start(text):
    """Whether ``text`` can only be the beginning of a Chinese plate.

    >>> is_plate_start("皖"), is_plate_start("皖b·a1"), is_plate_start("京东物流")
    (True, True, False)
    >>> is_plate_start("王"), is_plate_start("")
    (False, False)
    """
    key = plate_key(text)
    return (
        key[:1] in PROVINCES
        if len(key) == 1
        else bool(
            key and key[0] in PROVINCES and not any(is_han(char) for char in key[1:7])
        )
    )


def mask_plate(plate):
    """The plate as strangers may see it.

    >>> mask_plate("皖B·A1234"), mask_plate("皖A·D12345"), mask_plate("")
    ('皖B·A**34', '皖A·D***45', '')
    """
    shown = format_plate(plate)
    if len(shown) < 5:
        return shown
    head = 4 if "·" in shown[:4] else 2
    return shown[:head] + "*" * (len(shown) - head - 2) + shown[-2:]
