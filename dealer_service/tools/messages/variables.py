"""What a provider in China takes for a variable of an approved text."""

import re

#: An address: the providers want its domain in the approved text.
_LINK = re.compile(
    r"://|\bwww\.|[\w-]+\.(?:com|cn|net|org|top|vip|xyz|shop|cc|io|me|info|biz|site"
    r"|ltd|store|online|link)\b",
    re.IGNORECASE | re.ASCII,
)
#: A number, a plate or the end of an address: half of it is worth nothing.
_TOKEN = re.compile(r"[\w/.:+-]+", re.ASCII)
_BRACKETS = str.maketrans("", "", "【】")


def variable(value, size):
    """``value`` as it is sent: on one line, without the brackets of a signature, and
    words that are too long cut.

    >>> variable("  张三\\n先生 ", 35), variable("【奇瑞】芜湖店", 35)
    ('张三 先生', '奇瑞芜湖店')
    >>> variable("一二三四五六七八", 6)
    '一二三四五…'
    >>> variable("A1B2C3D4E5", 6)  # is refused later: nobody could use a part of it
    'A1B2C3D4E5'
    """
    text = " ".join((value or "").translate(_BRACKETS).split())
    if len(text) > size and not _TOKEN.fullmatch(text):
        text = text[: size - 1] + "…"
    return text


def fault(value, size):
    """Why a provider would refuse ``value``: ``link``, ``empty``, ``long`` or None.

    >>> fault("https://a.example/x", 35), fault("shop.cn/r/1", 35), fault("", 35)
    ('link', 'link', 'empty')
    >>> fault("A1B2C3D4E5", 6), fault("12.5", 6), fault("J. Smith", 9)
    ('long', None, None)
    """
    if _LINK.search(value):
        return "link"
    if not value:
        return "empty"
    return "long" if len(value) > size else None


def masked(text):
    """``text`` of a provider without what may be somebody's number.

    >>> masked("手机号+8613805531234不合法 1234")
    '手机号+***不合法 1234'
    """
    return re.sub(r"\d{7,}", "***", text or "")
