"""VIN: one key, and a check digit that finds typing errors."""

import doctest

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.addons.dealer_service.tools import vin

#: A busy machine is no failure.
RELAXED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
BODY = st.text(LETTERS, min_size=17, max_size=17)


def valid(body):
    return f"{body[:8]}{vin.check_digit(body)}{body[9:]}"


def test_doctests():
    assert not doctest.testmod(vin).failed


def test_known_numbers():
    assert vin.vin_problem("1M8GDM9AXKP042788") is None
    assert vin.vin_problem("1" * 17) is None


@RELAXED
@given(BODY)
def test_number_with_its_check_digit_is_right(body):
    assert vin.vin_problem(valid(body)) is None


@RELAXED
@given(BODY, st.sampled_from([i for i in range(17) if i != 8]), st.data())
def test_one_wrong_digit_is_found(body, position, data):
    number = valid(body[:position] + "5" + body[position + 1 :])
    wrong = data.draw(st.sampled_from("12346789"))
    assert vin.vin_problem(number[:position] + wrong + number[position + 1 :])


@RELAXED
@given(st.text(max_size=25))
def test_any_text_is_judged(text):
    assert vin.vin_problem(text) in (None, "length", "letters", "check_digit")
