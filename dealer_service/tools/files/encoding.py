"""In which character set a text file is written, without guessing."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: The Chinese set that contains GB 2312 and GBK, which older programs write.
CHINESE = "gb18030"
#: A character of two bytes, in GB 18030 as in Big 5.
_PAIR = re.compile(rb"[\x81-\xfe][\x40-\xfe]")


class DamagedText(ValueError):
    """A file that is in no set: ``line`` is the first line that cannot be read."""

    def __init__(self, line):
        super().__init__(f"line {line}")
        self.line = line


class TraditionalText(ValueError):
    """A file in the set of Taiwan and Hong Kong, which GB 18030 reads as rubbish."""


def encoding_of(data, legacy=CHINESE):
    """The name of the character set of ``data``: UTF-8 wherever that is possible.

    A Chinese text in GB 18030 is practically never valid UTF-8, and one in UTF-8 is
    often valid in Western sets and sometimes in GB 18030: the order decides.

    :param bytes data: the file
    :param legacy: the set of older programs; ``None``: there is none
    :return: the name, or ``None``: not UTF-8, and there is no other
    :raise DamagedText: when it is in neither, or is UTF-8 with broken characters
    :raise TraditionalText: when it is Big 5

    >>> encoding_of("车牌,皖B".encode()), encoding_of("车牌,皖B".encode("gbk"))
    ('utf-8', 'gb18030')
    >>> encoding_of("车牌".encode("utf-8-sig")), encoding_of("车牌".encode("utf-16"))
    ('utf-8-sig', 'utf-16')
    >>> encoding_of("Müller".encode("latin-1"), None) is None
    True

    A text that a program cut within a character is told, not read as rubbish:

    >>> try:
    ...     encoding_of("车牌\\n客户车辆".encode()[:-2])
    ... except DamagedText as damaged:
    ...     damaged.line
    2

    Nor is one believed that is marked as what it is not:

    >>> try:
    ...     encoding_of(b"\\xef\\xbb\\xbf" + "车牌\\n客户车辆".encode("gbk"))
    ... except DamagedText as damaged:
    ...     damaged.line
    1

    So is Big 5, whose every text is one in GB 18030 that nobody has written:

    >>> try:
    ...     encoding_of("車牌,車主,電話,請盡快安排維修".encode("big5"))
    ... except TraditionalText:
    ...     print("Big 5")
    Big 5
    >>> encoding_of("朱镕,李瑾,晓旸".encode("gbk"))
    'gb18030'
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            _check(data, name)
            return name
    try:
        data.decode("utf-8")
        return "utf-8"
    except UnicodeDecodeError as error:
        broken = error.start
    if not legacy:
        return None
    if _is_damaged_utf8(data):
        raise DamagedText(_line(data, broken))
    _check(data, legacy)
    if legacy == CHINESE and _is_traditional(data):
        raise TraditionalText()
    return legacy


def _check(data, name):
    try:
        data.decode(name)
    except UnicodeDecodeError as error:
        raise DamagedText(_line(data, error.start)) from error


def _is_damaged_utf8(data):
    """Whether most of what is not ASCII are whole characters of UTF-8."""
    text = data.decode("utf-8", "replace")
    damaged = text.count("\ufffd")
    return sum(char > "\x7f" for char in text) - damaged > 2 * damaged


def _is_traditional(data):
    """Whether many of the characters are beyond GB 2312: not only those of a name.

    The everyday characters are in GB 2312, whose second byte is a high one; of Big 5
    two in five have a low one.
    """
    try:
        data.decode("big5")
    except UnicodeDecodeError:
        return False
    second = [pair[1] for pair in _PAIR.findall(data)]
    low = sum(byte < 0xA1 for byte in second)
    return low > 2 and 6 * low > len(second)


def _line(data, position):
    return data.count(b"\n", 0, position) + 1
