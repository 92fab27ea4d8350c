"""What a car runs on, as files and people say it."""

import re

#: Words of each kind; the first that a text contains decides, from top to bottom.
_WORDS = (
    ("plug_in_hybrid_gasoline", ("插电", "插混", "增程", "phev", "erev", "plugin")),
    ("full_hybrid", ("混合动力", "混动", "油电", "hev", "hybrid")),
    ("diesel", ("柴油", "diesel")),
    ("cng", ("天然气", "cng")),
    ("lpg", ("液化", "lpg")),
    ("hydrogen", ("氢", "hydrogen", "fcev")),
    ("gasoline", ("汽油", "燃油", "gasoline", "petrol")),
    ("electric", ("电动", "纯电", "电力", "electric", "bev")),
)
_ALONE = {"电": "electric", "油": "gasoline", "ev": "electric", "gas": "gasoline"}


def fuel_of(text):
    """The kind of ``text`` among those of Odoo's Fleet, or ``""``.

    >>> [fuel_of(text) for text in ("汽油", "纯电动", "插电式混动", "油电混合", "柴油")]
    ['gasoline', 'electric', 'plug_in_hybrid_gasoline', 'full_hybrid', 'diesel']
    >>> fuel_of("Plug-in Hybrid"), fuel_of("EV"), fuel_of("PHEV"), fuel_of("增程式")
    ('plug_in_hybrid_gasoline', 'electric', 'plug_in_hybrid_gasoline', \
'plug_in_hybrid_gasoline')
    >>> fuel_of("插电式混合动力柴油机"), fuel_of("电")
    ('plug_in_hybrid_diesel', 'electric')
    >>> fuel_of("1.6T"), fuel_of(""), fuel_of(None), fuel_of("electric")
    ('', '', '', 'electric')
    """
    key = re.sub(r"[\s_/·-]", "", str(text or "")).casefold()
    if key in _ALONE:
        return _ALONE[key]
    kinds = [kind for kind, words in _WORDS if any(word in key for word in words)]
    if kinds[:1] == ["plug_in_hybrid_gasoline"] and "diesel" in kinds:
        return "plug_in_hybrid_diesel"
    return kinds[0] if kinds else ""
