"""Amounts in Chinese capitals."""

import doctest
import re
import unittest
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.dealer_service.tools import capitals

AMOUNTS = st.decimals(
    min_value=Decimal("-9999999999999.99"),
    max_value=Decimal("9999999999999.99"),
    places=2,
)
#: Amounts full of zeros, where the rules are hard.
ROUND_AMOUNTS = st.builds(
    lambda digits, zeros, fen: Decimal(digits * 10**zeros) + Decimal(fen) / 100,
    st.integers(0, 100_000),
    st.integers(0, 10),
    st.sampled_from([0, 1, 10, 50, 99]),
)


class TestCapitals(unittest.TestCase):
    def test_examples_of_the_documentation(self):
        self.assertFalse(doctest.testmod(capitals).failed)

    @given(AMOUNTS | ROUND_AMOUNTS)
    def test_what_is_written_reads_back(self, amount):
        text = capitals.amount_in_capitals(amount)
        self.assertEqual(capitals.amount_from_capitals(text), amount)

    @given(AMOUNTS | ROUND_AMOUNTS)
    def test_form_leaves_no_room_for_additions(self, amount):
        text = capitals.amount_in_capitals(amount)
        self.assertNotIn("零零", text)
        self.assertRegex(text, "(整|分)$")
        self.assertFalse(re.search("零[元万亿]", text.replace("零元整", "")))

    def test_too_large_an_amount_is_refused(self):
        with self.assertRaises(ValueError):
            capitals.amount_in_capitals(10**16)
