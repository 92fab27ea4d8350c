"""Search keys: one spelling for what people type in many."""

import re
import unicodedata

#: Letters, digits and the signs in names of things: full-width to what keyboards give.
_NARROW = {
    ord(char) + 0xFEE0: char
    for char in map(chr, range(0x21, 0x7F))
    if char.isalnum() or char in "+-./"
}
#: What people write where they do not know a name.
_NO_NAME = {"无", "没有", "暂无", "未知", "不详"}
#: How the name of a company ends, in brackets perhaps which of its branches it is.
_COMPANY = re.compile(r"(公司|集团|工厂|合作社|事务所|医院|学校|银行)([（(].*[)）])?")
_PIECE = 3  # letters of a word that are looked up together


def normalize_key(text):
    """Upper case, half-width, letters and digits only.

    >>> normalize_key(" 皖b·ａ１２３４ ")
    '皖BA1234'
    >>> normalize_key("lvv-db11b 1xx.000001")
    'LVVDB11B1XX000001'
    >>> normalize_key(None)
    ''
    """
    half_width = unicodedata.normalize("NFKC", text or "").upper()
    return "".join(char for char in half_width if char.isalnum())


def is_han(char):
    """Whether ``char`` is a Chinese character.

    >>> is_han("皖"), is_han("A")
    (True, False)
    """
    return "㐀" <= char <= "鿿" or "\U00020000" <= char <= "\U0003ffff"


def name_grams(text):
    """The pieces by which a name is found without reading every name.

    Chinese names give each pair of characters, other words each three letters.
    A search text is contained in a name only if all its pieces are pieces of the name.

    >>> name_grams("王建国")
    ['建国', '王建']
    >>> name_grams("John Li")
    ['joh', 'li', 'ohn']
    >>> name_grams("芜湖A&B公司")
    ['a', 'b', '公司', '芜湖']
    >>> name_grams("王"), name_grams(""), name_grams(None)
    (['王'], [], [])
    """
    grams = set()
    for word, han in _words(text):
        size = 2 if han else _PIECE
        if len(word) <= size:
            grams.add(word)
        grams.update(word[i : i + size] for i in range(len(word) - size + 1))
    return sorted(grams)


def search_grams(text):
    """The pieces to look up for ``text``, or nothing if it is too short to tell.

    The last word of a search may still be being typed: it counts once it is as long
    as a piece.

    >>> search_grams("建国")
    ['建国']
    >>> search_grams("王"), search_grams("Li")
    ([], [])
    >>> search_grams("smi"), search_grams("John S")
    (['smi'], ['joh', 'ohn'])
    """
    grams = set()
    for word, han in _words(text):
        size = 2 if han else _PIECE
        grams.update(word[i : i + size] for i in range(len(word) - size + 1))
    return sorted(grams)


def search_words(text):
    """The words of ``text``, all of which a name has to contain: signs do not count.

    >>> search_words("汽车租赁(芜湖)"), search_words("ABC-Auto, Li"), search_words(None)
    (['汽车租赁', '芜湖'], ['abc', 'auto', 'li'], [])
    """
    return [word for word, _han in _words(text)]


def tidy_name(name):
    """A person's name without the spaces that align it in a table.

    >>> tidy_name(" 王　伟 "), tidy_name("Anna  Schmidt"), tidy_name(None)
    ('王伟', 'Anna Schmidt', '')
    >>> tidy_name("未知")
    ''
    """
    parts = (name or "").split()
    if all(is_han(char) for part in parts for char in part):
        name = "".join(parts)
        return "" if name in _NO_NAME else name
    return " ".join(parts)


def is_company_name(name):
    """Whether a Chinese name is surely that of a company, and of no person.

    >>> [is_company_name(name) for name in ("芜湖顺达有限公司", "顺达集团（芜湖）")]
    [True, True]
    >>> [is_company_name(name) for name in ("王集团结", "公司", "Shunda Ltd", None)]
    [False, False, False, False]
    """
    ending = re.search(f"{_COMPANY.pattern}$", name or "")
    return bool(ending and ending.start())


def half_width(name):
    """A name without full-width letters and with single spaces, as it is shown.

    >>> half_width(" 瑞虎８　ＰＲＯ "), half_width("Tiggo  8"), half_width(None)
    ('瑞虎8 PRO', 'Tiggo 8', '')

    Brackets and commas between Chinese characters are as wide as these:

    >>> half_width("宝马（进口）"), half_width("１．５Ｔ＋")
    ('宝马（进口）', '1.5T+')
    """
    return " ".join((name or "").translate(_NARROW).split())


def spelling_key(name):
    """One spelling for the names of things: letters of one size, no spaces.

    >>> spelling_key("瑞虎８ PRO") == spelling_key("瑞虎8Pro") == "瑞虎8pro"
    True
    >>> spelling_key("宝马（进口）") == spelling_key("宝马(进口)")
    True
    """
    return "".join(unicodedata.normalize("NFKC", name or "").casefold().split())


def _words(text):
    """Pairs (word, whether it is Chinese) in lower case."""
    word, word_han = "", False
    for char in unicodedata.normalize("NFKC", text or "").lower() + " ":
        han = is_han(char)
        if word and (not char.isalnum() or han != word_han):
            yield word, word_han
            word = ""
        if char.isalnum():
            word, word_han = word + char, han
