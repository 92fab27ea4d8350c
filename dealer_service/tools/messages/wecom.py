"""The two calls of WeCom (企业微信) that are needed, and its answers.

WeCom has no library of its own for Python; its calls are plain JSON.
"""

from urllib.parse import urlencode

import requests

ENDPOINT = "https://qyapi.weixin.qq.com"
CONNECT_SECONDS = 5
READ_SECONDS = 10
#: A text may have so many bytes.
LONGEST = 2048
#: Within so many seconds WeCom drops a message that it has sent before.
SAME_WITHIN = 4 * 3600


class WecomError(Exception):
    """An answer of WeCom that is a refusal."""

    def __init__(self, code, words=""):
        super().__init__(f"{code} {words}".strip())
        self.code = code
        self.words = words


def call(endpoint, path, query, payload=None):
    """One call: what WeCom answers, without a refusal.

    :raise WecomError: for a refusal
    :raise requests.RequestException: without an answer
    """
    answer = requests.request(
        "GET" if payload is None else "POST",
        f"{endpoint}{path}?{urlencode(query)}",
        json=payload,
        timeout=(CONNECT_SECONDS, READ_SECONDS),
        allow_redirects=False,
    )
    answer.raise_for_status()
    said = answer.json()
    if said.get("errcode"):
        raise WecomError(said["errcode"], str(said.get("errmsg") or "")[:200])
    return said


def shortened(text, size=LONGEST):
    """``text`` with at most so many bytes.

    >>> shortened("一二三四", 9), shortened("abc", 9)
    ('一二…', 'abc')
    """
    if len(text.encode()) <= size:
        return text
    return text.encode()[: size - 3].decode(errors="ignore") + "…"
