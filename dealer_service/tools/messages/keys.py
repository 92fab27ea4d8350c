"""Links in the words of a message: whoever has one can act as the customer."""

import re

#: The ways to pages of one customer, and what stands behind them in an address.
_KEY = re.compile(
    r"(/(?:r|b|activity|consent|rate)/|/gate/(?:pass/)?|[?&;](?:\w*token|hash)=)"
    r"([\w-]{8,})",
    re.ASCII,
)


def keys_in(text):
    """The keys that stand in ``text``.

    >>> keys_in("请查看 https://shop.cn/r/A1b2C3d4E5f6，或致电")
    ['A1b2C3d4E5f6']
    >>> keys_in("/my/visits/7?access_token=0a1b-2c3d&amp;answer_token=99887766")
    ['0a1b-2c3d', '99887766']
    >>> keys_in("公开页面 https://shop.cn/book/A1b2C3d4E5f6 与 /r/short")
    []
    """
    return [found[2] for found in _KEY.finditer(text or "")]


def without_keys(text, keys):
    """``text`` with a dot for each character of its keys: it is as long as before. A
    value that is half a key is one, too.

    >>> without_keys("/r/A1b2C3d4E5f6", ["A1b2C3d4E5f6"])
    '/r/••••••••••••'
    >>> without_keys("A1b2C3", ["A1b2C3d4E5f6"]), without_keys("A1", ["A1b2C3d4E5f6"])
    ('••••••', 'A1')
    """
    for key in keys:
        text = text.replace(key, "•" * len(key))
        if len(text) > 3 and text in key:
            text = "•" * len(text)
    return text
