"""Mails as programs write them, good and bad, made readable."""

import codecs
import re
from datetime import UTC
from email.utils import parsedate_to_datetime

#: Programs name the old Chinese set and write the new one, which contains it.
OLD_CHARSETS = ("gb2312", "gbk", "gb_2312-80", "euc-cn", "x-gbk", "cp936")
NEW_CHARSET = "gb18030"
_OLD_WORD = re.compile(rf"=\?(?:{'|'.join(OLD_CHARSETS)})\?", re.IGNORECASE)
#: Sets in which a byte alone tells what it is: programs name them by default.
_EIGHT_BITS = ("utf-8", "iso8859-1", "iso8859-15", "cp1252", "cp1250", "cp1251")
#: What shows nothing in a page; a picture shows something.
_PAGE = re.compile(rb"<style.*?</style>|<title.*?</title>|<(?!img)[^>]*>|&nbsp;", re.S)
_ANY_WORD = re.compile(r"=\?([^?*]+)(?:\*[^?]*)?\?([BbQq])\?([^?]*)\?=")


def mend_header(value):
    """The text of a header with sets that Python knows, on one line.

    >>> gbk = "车门异响".encode("gbk")
    >>> mend_header(gbk.decode("ascii", "surrogateescape"))
    '车门异响'
    """
    mended = _ANY_WORD.sub(_readable, _OLD_WORD.sub(f"=?{NEW_CHARSET}?", value))
    try:
        raw = mended.encode("ascii", "surrogateescape")
    except UnicodeEncodeError:
        raw = b""
    if not raw.isascii():
        mended = raw.decode(_guess(raw), "replace")
    return re.sub(r"\r?\n\s*", " ", mended) if mended != value else value


def mend_part(part):
    """Let the text of a part of a mail be read: its set is named, its code is whole."""
    if part.is_multipart():
        if part.get_content_type() == "multipart/alternative":
            part.set_payload(_told_parts(part.get_payload()))
        return
    if part.get_content_maintype() == "multipart":
        # nothing in it is parted by what it says: it is read as it stands
        part.set_type("text/plain")
    is_base64 = str(part.get("Content-Transfer-Encoding")).strip().lower() == "base64"
    if is_base64 and isinstance(part.get_payload(), str):
        code = re.sub("[^A-Za-z0-9+/]", "", part.get_payload())
        if len(code) % 4 == 1:
            # it was cut in transport, and Python would hand over the code itself
            part.set_payload(code[:-1])
    charset = part.get_content_charset()
    payload = part.get_payload(decode=True) or b""
    if part.get_content_maintype() == "text" or charset:
        mended = text_charset(payload, charset)
        if mended != charset:
            part.set_param("charset", mended)


def text_charset(payload, said):
    """The set that the bytes of a text are in, if it cannot be the one that is said.

    >>> text_charset("刹车失灵".encode("gbk"), "utf-8")
    'gb18030'
    >>> [text_charset("刹车失灵".encode(), said) for said in ("gbk", "iso-8859-1")]
    ['utf-8', 'utf-8']
    >>> text_charset("刹车失灵，很危险".encode("gbk"), "windows-1252")
    'gb18030'
    >>> text_charset("刹车".encode("gbk"), "unknown-8bit")
    'gb18030'

    What may be what it says, is; a piece of a text may be cut within a character:

    >>> text_charset("联通".encode("gbk"), "gb2312")
    'gb18030'
    >>> text_charset("Die créée für Müller".encode("latin-1"), "iso-8859-1")
    'iso-8859-1'
    >>> text_charset("刹车".encode()[:-1], "utf-8")
    'utf-8'
    >>> text_charset(b"brakes", None) is None
    True
    """
    if said in (None, "us-ascii") or not _is_charset(said):
        plain = said in (None, "us-ascii") and payload.isascii()
        return said if plain else _guess(payload)
    if said in (*OLD_CHARSETS, NEW_CHARSET):
        text = _read(payload, "utf-8")
        wide = [char for char in text or "" if not char.isascii()]
        return "utf-8" if wide and min(wide) >= "\u0800" else NEW_CHARSET
    if payload.isascii() or codecs.lookup(said).name not in _EIGHT_BITS:
        return said
    if codecs.lookup(said).name == "utf-8":
        pieces = payload.lstrip(bytes(range(0x80, 0xC0)))
        is_said = _read(pieces, "utf-8", whole=False) is not None
        return said if is_said or _read(payload, NEW_CHARSET) is None else NEW_CHARSET
    if _read(payload, "utf-8") is not None:
        return "utf-8"
    high = sum(byte > 0x7F for byte in payload)
    is_chinese = 2 * high > len(payload) and _read(payload, "gb2312") is not None
    return NEW_CHARSET if is_chinese else said


def _read(payload, charset, whole=True):
    """The text, or ``None`` where it is in another set."""
    try:
        return codecs.getincrementaldecoder(charset)().decode(payload, whole)
    except UnicodeDecodeError:
        return None


def _told_parts(parts):
    """The ways a text is told in, without an empty page beside a text."""
    pages = [part for part in parts if part.get_content_type() == "text/html"]
    blank = [page for page in pages if not _PAGE.sub(b"", _payload(page)).strip()]
    if any(
        part.get_content_type() == "text/plain" and _payload(part).strip()
        for part in parts
    ):
        return [part for part in parts if part not in blank]
    return parts


def _payload(part):
    return part.get_payload(decode=True) or b""


def _is_charset(name):
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True


def _guess(payload):
    """The set that the bytes of a text are most likely written in."""
    return NEW_CHARSET if _read(payload, "utf-8") is None else "utf-8"


def _readable(word):
    """An encoded word with the set it is in, if it cannot be the one that is said."""
    charset, how, text = word.groups()
    decode = codecs.getdecoder("base64" if how in "Bb" else "quopri")
    try:
        payload = decode(text.replace("_", " ").encode("ascii", "replace"))[0]
    except ValueError:
        return word.group() if _is_charset(charset) else text
    mended = text_charset(payload, charset.lower())
    return word.group() if mended == charset.lower() else f"=?{mended}?{how}?{text}?="


def received(message):
    """When our own mail server took the mail in (UTC), if it says so."""
    stamp = str((message.get_all("Received") or [""])[0]).rpartition(";")[2].strip()
    try:
        moment = parsedate_to_datetime(stamp)
    except (TypeError, ValueError):
        return False
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else False
