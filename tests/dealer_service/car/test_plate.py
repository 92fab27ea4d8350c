"""Plates: one key for every spelling, and the Chinese forms."""

import doctest

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.addons.dealer_service.tools import plate, text_key

#: A busy machine is no failure.
RELAXED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
SERIAL = st.text("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", min_size=5, max_size=5)


def test_doctests():
    assert not doctest.testmod(plate).failed
    assert not doctest.testmod(text_key).failed


@RELAXED
@given(st.sampled_from(plate.PROVINCES), st.sampled_from("ABCDE"), SERIAL)
def test_every_spelling_gives_the_same_key(province, city, serial):
    key = f"{province}{city}{serial}"
    full_width = "".join(
        chr(ord(char) + 0xFEE0) if char.isascii() else char for char in key
    )
    spellings = [
        key.lower(),
        full_width,
        f"{province}{city}·{serial}",
        f" {province}{city} {serial} ",
        f"{province}{city}-{serial}",
        plate.format_plate(key),
    ]
    assert {plate.plate_key(spelling) for spelling in spellings} == {key}
    assert plate.plate_form(key)


@RELAXED
@given(st.text(max_size=30))
def test_key_is_stable_and_never_fails(text):
    key = plate.plate_key(text)
    assert plate.plate_key(key) == key
    plate.plate_form(text)
    plate.mask_plate(text)


@RELAXED
@given(st.text("王建国伟abcDEF1 ", min_size=2, max_size=12), st.data())
def test_part_of_a_name_is_found_by_its_pieces(name, data):
    start = data.draw(st.integers(0, len(name) - 1))
    part = name[start : data.draw(st.integers(start + 1, len(name)))]
    assert set(text_key.search_grams(part)) <= set(text_key.name_grams(name))


def test_no_plate_words_are_no_plate():
    assert {plate.plate_key(word) for word in ("无牌", "临牌", " 新车 ")} == {""}


def test_forms_of_new_energy_plates():
    assert plate.is_new_energy("皖A·D12345")
    assert plate.is_new_energy("京A12345D")
    assert not plate.is_new_energy("皖A·I12345")
