"""Amounts of money in Chinese capitals, as settlements and receipts ask for them.

The rules are those of the People's Bank (《正确填写票据和结算凭证的基本规定》): 元,
角 and 分 each named; 整 after 元 or 角 when nothing follows; one 零 for any run of
zeros inside the number.
"""

from decimal import ROUND_HALF_UP, Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
#: Exclusive upper bound of what can be written.
LIMIT = Decimal(10) ** 16


def amount_in_capitals(amount):
    """``amount`` (in yuan, rounded half up to fen) in Chinese capitals.

    >>> amount_in_capitals(1234.56)
    '壹仟贰佰叁拾肆元伍角陆分'
    >>> amount_in_capitals(1234)
    '壹仟贰佰叁拾肆元整'
    >>> amount_in_capitals(1200.5)
    '壹仟贰佰元零伍角整'
    >>> amount_in_capitals("1409.50"), amount_in_capitals("6007.14")
    ('壹仟肆佰零玖元伍角整', '陆仟零柒元壹角肆分')
    >>> amount_in_capitals("16409.02"), amount_in_capitals("0.05")
    ('壹万陆仟肆佰零玖元零贰分', '伍分')
    >>> amount_in_capitals(100000001), amount_in_capitals(10010000)
    ('壹亿零壹元整', '壹仟零壹万元整')
    >>> amount_in_capitals(0), amount_in_capitals(-10)
    ('零元整', '负壹拾元整')

    :raise ValueError: for an amount of ten quadrillion yuan and more
    """
    value = Decimal(str(amount)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    if abs(value) >= LIMIT:
        raise ValueError(f"{amount} is too large to be written in capitals")
    yuan, fen = divmod(int(abs(value) * 100), 100)
    sign = "负" if value < 0 else ""
    if not yuan and not fen:
        return "零元整"
    return sign + _yuan(yuan) + _jiao_fen(fen, yuan)


def _yuan(number):
    """The part before 元, empty when there is none.

    >>> _yuan(10203), _yuan(0)
    ('壹万零贰佰零叁元', '')
    """
    if not number:
        return ""
    text, pending_zero = "", False
    for index in range(len(GROUPS) - 1, -1, -1):
        group = number // 10_000**index % 10_000
        if not group:
            pending_zero = bool(text)
            continue
        # 零 stands for the zeros between two groups, once
        if text and (pending_zero or group < 1000):
            text += "零"
        unit = GROUPS[index]
        if index == 3 and number // 10_000**2 % 10_000:
            unit = "万"  # 亿 follows with the next group
        text += _group(group) + unit
        pending_zero = False
    return text + "元"


def _group(number):
    """Four digits without leading zeros: 1 to 9999.

    >>> _group(1001), _group(110), _group(10)
    ('壹仟零壹', '壹佰壹拾', '壹拾')
    """
    text, zero = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if zero and text else "") + DIGITS[digit] + PLACES[place]
            zero = False
        else:
            zero = True
    return text


def _jiao_fen(fen, yuan):
    """What follows 元: 角 and 分, or 整.

    >>> _jiao_fen(0, 1), _jiao_fen(50, 1), _jiao_fen(5, 1), _jiao_fen(5, 0)
    ('整', '伍角整', '零伍分', '伍分')
    """
    jiao, rest = divmod(fen, 10)
    if not fen:
        return "整"
    text = ""
    if yuan and (not jiao or yuan % 10 == 0):
        text += "零"
    if jiao:
        text += DIGITS[jiao] + "角"
    return text + (DIGITS[rest] + "分" if rest else "整")


def amount_from_capitals(text):
    """Read back what :func:`amount_in_capitals` writes, as a ``Decimal``.

    >>> amount_from_capitals("壹万陆仟肆佰零玖元零贰分")
    Decimal('16409.02')
    """
    sign, text = (-1, text[1:]) if text.startswith("负") else (1, text)
    total = section = digit = 0
    fen = 0
    for char in text:
        if char in DIGITS:
            digit = DIGITS.index(char)
        elif char in PLACES[1:]:
            section += digit * 10 ** PLACES.index(char)
            digit = 0
        elif char == "万":
            section, digit = (section + digit) * 10_000, 0
            total, section = total + section, 0
        elif char == "亿":
            total, section, digit = (total + section + digit) * 10_000**2, 0, 0
        elif char == "元":
            total, section, digit = total + section + digit, 0, 0
        elif char == "角":
            fen, digit = fen + digit * 10, 0
        elif char == "分":
            fen, digit = fen + digit, 0
    return sign * (Decimal(total) + Decimal(fen) / 100).quantize(Decimal("0.01"))
