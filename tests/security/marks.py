"""Words and figures that exist once: they are recognised wherever they come out."""

import json
import re

from odoo import models

SIDES = ("own", "colleague", "other")
#: Digits of a figure, and not of a token or a checksum that happens to have them.
NO_TOKEN = r"(?<![0-9a-f])%s(?![0-9a-f])"
#: What :meth:`Marks.mark` makes.
WORD = re.compile(r"zq[a-z]+\d+qz")
#: What a mark is: a price or figure of money; a word about the work on a car (of one in
#: the quality check: about its check); about a complaint; about calls and consents;
#: about a person; among colleagues; the secret of a link to prices (token), of another
KINDS = (
    "price",
    "visit",
    "check",
    "complaint",
    "care",
    "person",
    "talk",
    "token",
    "link",
)


class Marks:
    """``marks[side, kind]``: what must not be seen by whom it does not concern."""

    @classmethod
    def mark(cls, side, kind):
        """A text that exists once."""
        mark = f"zq{side}{kind}{len(cls.marks[side, kind])}qz"
        cls.marks[side, kind].append(mark)
        return mark

    @classmethod
    def figure(cls, side, kind="price"):
        """An amount that exists once, below 100,000."""
        count = len(cls.marks[side, kind])
        figure = 61_007.0 + 7_000 * SIDES.index(side) + 137 * count + KINDS.index(kind)
        cls.marks[side, kind] += [f"{figure:.0f}", f"{figure:,.0f}"]
        return figure

    @classmethod
    def keep(cls, side, kind, value):
        """A secret that the program has made, as a mark."""
        cls.marks[side, kind].append(value)
        return value

    @classmethod
    def every(cls, side):
        """All records of a side, by model; the shop's settings are not among them.

        :return: dict of recordsets
        """
        found = {}
        world = vars(cls.sides[side]).values()
        for value in (*world, *cls.sides[side].visits.values()):
            if isinstance(value, models.BaseModel) and value._name != "res.company":
                found[value._name] = found.get(value._name, value) | value
        return found

    @classmethod
    def leaks(cls, answer, sides=SIDES, kinds=KINDS):
        """The marks of these sides and kinds that stand in an answer of any type."""
        if not isinstance(answer, str):
            answer = json.dumps(answer, ensure_ascii=False, default=str)
        words = set(WORD.findall(answer))
        return [
            mark
            for side in sides
            for kind in kinds
            for mark in cls.marks[side, kind]
            # one search for all words, and plain search before the pattern, are many
            # times as fast
            if mark in words
            or (not mark.startswith("zq") and mark in answer)
            and (not mark.isdecimal() or re.search(NO_TOKEN % mark, answer))
        ]
