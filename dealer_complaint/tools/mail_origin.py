"""Which program wrote a mail or passed it on, and for whom a mail server took it in."""

import re
from email.utils import getaddresses

#: Headers in which servers name whom a mail is for, when it does not say so itself: it
#: is a blind copy, or another server has forwarded it.
_ENVELOPE = (
    "X-Original-To",
    "Envelope-To",
    "X-Envelope-To",
    "X-Forwarded-To",
    "X-Delivered-To",
    "X-RCPT-To",
)
_FOR = re.compile(r"\sfor\s+<?([^\s<>;]+@[^\s<>;]+)>?", re.IGNORECASE)
#: Headers that only programs write which answer by themselves.
_ANSWERS = (
    "X-Autoreply",
    "X-Autorespond",
    "X-Autoresponder",
    "X-Autoreply-From",
    "X-Mail-Autoreply",
)
#: How the subject of such an answer begins, also where no header says so (QQ, 163).
_ABSENT = re.compile(
    "(自动回复|自动回覆|自动答复|automatic reply|auto[ -]?reply|out of (the )?office)",
    re.IGNORECASE,
)


def envelope(message):
    """The addresses for which mail servers took a mail in, as far as they say so.

    >>> from email import message_from_string
    >>> lines = "X-Original-To: a@x.cn\\nReceived: by y for <b@x.cn>; Mon\\n\\n"
    >>> envelope(message_from_string(lines))
    ['a@x.cn', 'b@x.cn']
    """
    said = [str(value) for name in _ENVELOPE for value in message.get_all(name) or ()]
    for stamp in message.get_all("Received") or ():
        said += _FOR.findall(str(stamp))
    return [address for _name, address in getaddresses(said) if "@" in address]


def automatic(message):
    """Whether a program says that it wrote or passed on a mail.

    :param message: ``email.message.EmailMessage``
    :return: ``automatic`` for an answer, ``passed_on`` for lists, rules and forms, else
        ``False``

    >>> from email import message_from_string
    >>> for line in ("X-Autoresponder: yes", "Subject: 自动回复：休假", "List-Id: x",
    ...              "Subject: Re: 自动回复：休假"):
    ...     automatic(message_from_string(f"{line}\\n\\n"))
    'automatic'
    'automatic'
    'passed_on'
    False
    """

    def header(name):
        return str(message.get(name) or "").strip().lower()

    if (
        header("Auto-Submitted").startswith("auto-replied")
        or header("Precedence") == "auto_reply"
        or any(header(name) for name in _ANSWERS)
        or header("Return-Path") == "<>"
        or _ABSENT.match(header("Subject"))
    ):
        return "automatic"
    if (
        header("Auto-Submitted") not in ("", "no")
        or header("Precedence") in ("bulk", "junk", "list")
        or header("List-Id")
        or header("List-Unsubscribe")
    ):
        return "passed_on"
    return False
