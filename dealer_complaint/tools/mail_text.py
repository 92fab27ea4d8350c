"""Mails as programs write them, good and bad, made readable."""

import codecs
import re
from datetime import UTC
from email.utils import parsedate_to_datetime

#: Programs name the old Chinese set and write the new one, which contains it.
OLD_CHARSETS = ("gb2312", "gbk", "gb_2312-80", "euc-cn", "x-gbk", "cp936")
NEW_CHARSET = "gb18030"
_OLD_WORD = re.compile(rf"=\?(?:{'|'.join(OLD_CHARSETS)})\?", re.IGNORECASE)
_ANY_WORD = re.compile(r"=\?([^?*]+)(?:\*[^?]*)?\?([BbQq])\?([^?]*)\?=")


def mend_header(value):
    """The text of a header with sets that Python knows, on one line."""
    mended = _ANY_WORD.sub(_readable, _OLD_WORD.sub(f"=?{NEW_CHARSET}?", value))
    return re.sub(r"\r?\n\s*", " ", mended) if mended != value else value


def mend_part(part):
    """Let the text of a part of a mail be read: its set is named, its code is whole."""
    if part.is_multipart():
        return
    is_base64 = str(part.get("Content-Transfer-Encoding")).strip().lower() == "base64"
    if is_base64 and isinstance(part.get_payload(), str):
        code = re.sub("[^A-Za-z0-9+/]", "", part.get_payload())
        if len(code) % 4 == 1:
            # it was cut in transport, and Python would hand over the code itself
            part.set_payload(code[:-1])
    charset = part.get_content_charset()
    payload = part.get_payload(decode=True) or b""
    if charset in OLD_CHARSETS:
        part.set_param("charset", NEW_CHARSET)
    elif charset in (None, "us-ascii"):
        if part.get_content_maintype() == "text" and not payload.isascii():
            part.set_param("charset", _guess(payload))
    elif not _is_charset(charset):
        part.set_param("charset", _guess(payload))


def _is_charset(name):
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True


def _guess(payload):
    """The set that the bytes of a text are most likely written in."""
    try:
        payload.decode("utf-8")
    except UnicodeDecodeError:
        return NEW_CHARSET
    return "utf-8"


def _readable(word):
    """An encoded word whose set nobody knows, with the set it is likely in."""
    charset, how, text = word.groups()
    if _is_charset(charset):
        return word.group()
    decode = codecs.getdecoder("base64" if how in "Bb" else "quopri")
    try:
        payload = decode(text.replace("_", " ").encode("ascii", "replace"))[0]
    except ValueError:
        return text
    return f"=?{_guess(payload)}?{how}?{text}?="


def received(message):
    """When our own mail server took the mail in (UTC), if it says so."""
    stamp = str((message.get_all("Received") or [""])[0]).rpartition(";")[2].strip()
    try:
        moment = parsedate_to_datetime(stamp)
    except (TypeError, ValueError):
        return False
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else False
