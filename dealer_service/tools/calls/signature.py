"""Whether a telephone exchange has signed what it sends."""

import base64
import hashlib
import hmac

#: What is signed, in which order.
SIGNED = [
    ("timestamp.body", "Time, Dot, Body"),
    ("timestamp+body", "Time, Body"),
    ("body+timestamp", "Body, Time"),
]


def sign(secret, timestamp, body, signed="timestamp.body"):
    """The HMAC-SHA256 (RFC 2104) of a delivery, as bytes.

    :param str secret: what only the two know
    :param str timestamp: the header with the time, as it was sent
    :param bytes body: the body, as it was sent
    :param str signed: one of ``SIGNED``

    >>> sign("Jefe", "", b"what do ya want for nothing?", "timestamp+body").hex()[:16]
    '5bdcc146bf60754e'
    """
    moment = timestamp.encode()
    parts = {
        "timestamp.body": (moment, b".", body),
        "timestamp+body": (moment, body),
        "body+timestamp": (body, moment),
    }[signed]
    return hmac.digest(secret.encode(), b"".join(parts), hashlib.sha256)


def is_signed(given, secret, timestamp, body, signed="timestamp.body"):
    """Whether ``given`` is that signature: in hex or base64, with or without the name
    of the method before it.

    >>> good = sign("s", "1", b"{}")
    >>> is_signed("sha256=" + good.hex().upper(), "s", "1", b"{}")
    True
    >>> is_signed(base64.b64encode(good).decode(), "s", "1", b"{}")
    True
    >>> is_signed(good.hex(), "s", "2", b"{}"), is_signed("", "s", "1", b"{}")
    (False, False)
    """
    given = given.strip()
    if given.lower().startswith("sha256="):
        given = given[len("sha256=") :]
    expected = sign(secret, timestamp, body, signed)
    texts = (expected.hex(), base64.b64encode(expected).decode())
    same = [
        hmac.compare_digest(text.encode(), form.encode("utf-8", "ignore"))
        for text, form in zip(texts, (given.lower(), given), strict=True)
    ]
    return any(same)
