"""A customer's words as they may leave the house: without who it was.

Plain Python, no ORM. What the program knows of the person is taken out wherever it
stands; what only looks like a name, a number or a plate is taken out, too.
"""

import re

from odoo.addons.dealer_service.tools.plate import PROVINCES

#: Stands for what was taken out.
GAP = "***"

#: The surnames of nine in ten people in China (census of 2020), the long ones first.
_SURNAMES = (
    "欧阳|司马|上官|诸葛|"
    "[王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏"
    "苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵"
    "万钱严武戴莫孔汤]"
)
_TITLES = (
    "先生|女士|小姐|师傅|经理|顾问|主任|主管|工程师|店长|老师|太太|"
    "总(?![是会要能不说有在共算让])"
)
_PATTERNS = [
    # mail addresses, and the names by which people are found in chats
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII),
    re.compile(
        r"(?<=微信)(?:号|号码)?[\s:：是]*[A-Za-z][\w-]{5,19}"
        r"|(?<=QQ)号?[\s:：是]*\d{5,12}",
        re.ASCII | re.IGNORECASE,
    ),
    # a VIN
    re.compile(
        r"(?<![A-Za-z0-9])(?=[A-Za-z]*\d)[A-HJ-NPR-Za-hj-npr-z0-9]{17}(?![A-Za-z0-9])"
    ),
    # a plate, with whatever stands between its parts
    re.compile(
        rf"[{PROVINCES}]\s?[A-Za-z]\s?[·•.\-－—]?\s?[A-Za-z0-9]{{4,6}}[挂学警港澳领]?"
        r"(?![A-Za-z0-9])"
    ),
    # seven digits or more are a telephone or an identity number; a day is none
    re.compile(
        r"(?!(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}(?!\d))"
        r"(?<!\d)[+＋]?\d(?:[\s()（）\-－—]{0,2}\d){6,}[Xx]?"
    ),
    re.compile(r"[零〇一二三四五六七八九幺]{7,}"),
    re.compile(rf"(?<![任对双])(?:{_SURNAMES})(?=(?:{_TITLES}))"),
    re.compile(r"(?<![A-Za-z])(?:Mr|Mrs|Ms|Miss)\.?\s+[A-Z][\w'-]+"),
]


def without_person(text, known=()):
    """``text`` without names, telephones, plates, VINs and addresses of mail.

    :param known: what the program knows of the people and the car: names, numbers,
        plates, in any spelling

    >>> without_person("我是王建国，电话 138-0553-1234，皖B·A1234 又趴窝了", ["王建国"])
    '我是***，电话 ***，*** 又趴窝了'
    >>> without_person("李女士说：2026-03-15 跑了 12345 公里，刹车响 3 次")
    '***女士说：2026-03-15 跑了 12345 公里，刹车响 3 次'
    >>> without_person("建国的车A1234，微信abc_1234", ["王建国", "皖B·A1234"])
    '***的车***，微信***'
    >>> without_person("车架号LVVDB11B7ED012345，打一三八零五五三一二三四找Mr. Smith")
    '车架号***，打***找***'
    >>> without_person("皖 b-a1234 / ０５５３－１２３４５６７ / a.b@c.cn")
    '*** / *** / ***'
    >>> without_person("任何顾问都这样，对方总是说等")
    '任何顾问都这样，对方总是说等'
    >>> without_person(None)
    ''
    """
    text = text or ""
    for word in sorted(_spellings(known), key=len, reverse=True):
        text = re.sub(re.escape(word), GAP, text, flags=re.IGNORECASE)
    for pattern in _PATTERNS:
        text = pattern.sub(GAP, text)
    return text


def _spellings(known):
    """How what is known is also written: given name, end of a plate."""
    for word in filter(None, known):
        word = word.strip()
        if len(word) > 1:
            yield word
        if re.fullmatch(r"[\u4e00-\u9fff]{3,4}", word):
            yield word[-2:]
        plate = re.fullmatch(rf"[{PROVINCES}][A-Z][·\s]?([A-Z0-9]{{5,6}})", word)
        if plate:
            yield plate[1]
        if re.fullmatch(r"[A-Za-z'-]+(?: [A-Za-z'-]+)+", word):
            yield from (part for part in word.split() if len(part) > 2)
