"""docs/source-text.md: each phrase of the source text and where it lives, counted."""

import re
from collections import Counter

from odoo.tests import TransactionCase, tagged

from .pages import ADDONS, ROOT, page, rows

PHRASES = 111
STATES = ("full", "text", "thin", "missing", "out")
#: So many phrases at most are met by nothing but a text that is shipped.
MOST_TEXTS = 10


@tagged("standard", "post_install", "-at_install")
class TestSourceText(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.text = page("docs/source-text.md")
        cls.rows = rows(cls.text)
        cls.states = Counter(row[2] for row in cls.rows)

    def test_no_phrase_is_left_out(self):
        numbers = [int(row[0]) for row in self.rows]
        self.assertEqual(numbers, list(range(1, PHRASES + 1)))
        for row in self.rows:
            self.assertEqual(len(row), 5, row)
            self.assertTrue(all(row), row)
            self.assertIn(row[2], STATES, row)

    def test_the_sums_are_right(self):
        for state in STATES:
            [told] = re.findall(rf"^\* \*\*{state}\*\*: (\d+)\.", self.text, re.M)
            self.assertEqual(int(told), self.states[state], state)
        self.assertLessEqual(self.states["text"], MOST_TEXTS)

    def test_what_is_named_exists(self):
        for number, _phrase, state, _where, proof in self.rows:
            named = re.findall(r"`([^`]+)`", proof)
            tests = [
                name for name in named if not name.startswith(ADDONS) or "/" in name
            ]
            for name in tests:
                self.assertTrue((ROOT / "tests" / f"{name}.py").is_file(), name)
            for xmlid in set(named) - set(tests):
                self.assertTrue(self.env.ref(xmlid, False), xmlid)
            if state in ("full", "text"):
                self.assertTrue(tests, f"{number}: no test")
            if state == "text":
                self.assertTrue(set(named) - set(tests), f"{number}: no shipped text")

    def test_what_is_out_of_scope_stands_in_both_readmes(self):
        out = [row[1] for row in self.rows if row[2] == "out"]
        for name in ("README.md", "README.zh_CN.md"):
            for phrase in out:
                words = re.split(r"[ /]+", phrase)[0]
                self.assertIn(words, page(name), name)
