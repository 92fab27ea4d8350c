"""What stands in a table besides what it is about."""

import re

#: What old programs write behind the end of a text.
END_OF_FILE = b"\0\x1a \t\r\n"
#: The most rows of titles above a table.
TITLES = 4
#: What only keeps its place in a file of any kind.
_MARKS = {"", "NULL", "\\N", "#N/A"}
#: What programs write where there is nothing.
_NOTHING = {"null", "(null)", "none", "nan", "nil", "undefined"}
#: What people write there.
_STROKES = re.compile(r"[-–—－_/／*＊?？.。·\s]+")
#: How a row begins that sums up those above it.
_TOTAL = re.compile(
    r"((本页)?[合总小共累]\s*计|(sub|grand )?total)(?=[\W\d_]|$)", re.IGNORECASE
)
#: How a table begins that a program has written as a page or as XML.
_MARKUP = re.compile(
    rb"<(!doctype|!--|\?xml|html|head|meta|style|body|table)", re.IGNORECASE
)
#: How files begin that are no text.
_BINARY = (b"PK", b"\xd0\xcf\x11\xe0", b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff")


def is_web_page(data):
    """Whether the file is HTML or XML, whatever its name says."""
    begin = data[:200].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return bool(_MARKUP.match(begin))


def is_text(data):
    """Whether the file is a table in text, whatever its name says.

    >>> is_text("车牌\\t车主\\n".encode("gbk")), is_text(b"PK\\x03\\x04")
    (True, False)
    >>> is_text(b'[{"plate": 1}]')
    False
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) and b"\0" in data:
        return True
    if data.startswith((*_BINARY, b"{", b"[")):
        return False
    return b"\0" not in data.rstrip(END_OF_FILE)


def is_of_dealers(model):
    """Whether records of ``model`` come from the programs of dealers.

    In files for others a stroke may be a name, and a sum a record.

    >>> is_of_dealers("dealer.complaint"), is_of_dealers("account.account")
    (True, False)
    """
    return model.startswith("dealer.") or model in ("fleet.vehicle", "res.partner")


def is_nothing(cell, ours=True):
    """Whether a cell only says that it is empty.

    :param ours: see :func:`is_of_dealers`

    >>> [is_nothing(cell) for cell in ("NULL", "—", "/", "****", "#N/A", "")]
    [True, True, True, True, True, True]
    >>> is_nothing("0"), is_nothing("无"), is_nothing("A-1")
    (False, False, False)
    >>> is_nothing("none"), is_nothing("none", ours=False)
    (True, False)
    """
    if cell in _MARKS:
        return True
    return ours and (cell.lower() in _NOTHING or bool(_STROKES.fullmatch(cell)))


def is_total(row):
    """Whether a row sums up those above it.

    >>> rows = ["合计", "2", ""], ["", "合 计：", "12"], ["总计12台"], ["Total"]
    >>> all(is_total(row) for row in rows)
    True
    >>> any(is_total(row) for row in (["奇瑞", "合计"], ["总计量公司"], ["Totally"]))
    False
    """
    first = next((cell for cell in row if cell), "")
    return isinstance(first, str) and bool(_TOTAL.match(first))


def title_rows(rows):
    """How many rows above the headings only say what the table is, or when it was made.

    A row of headings names three columns or more; a title stands in one cell, at most
    beside its date.

    >>> title_rows([["客户车辆", "", ""], ["品牌", "车型", "车牌"]])
    1
    """
    for number, row in enumerate(rows[: TITLES + 1]):
        if sum(map(bool, row)) > 2:
            return number
    return 0
