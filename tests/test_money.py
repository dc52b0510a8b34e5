"""Integer cents: rounding half up, and parts that make the whole."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenarios.loading import load
from scenarios.money import half_up, split
from scenarios.opening_money import opening_money
from scenarios.settings import eur_to_cents


@given(st.integers(0, 2**61), st.integers(1, 10**8))
def test_half_up_equals_exact_decimal_arithmetic(numerator: int, denominator: int) -> None:
    exact = (2 * numerator + denominator) // (2 * denominator)
    assert Fraction(exact) - Fraction(numerator, denominator) <= Fraction(1, 2)
    assert Fraction(numerator, denominator) - Fraction(exact) < Fraction(1, 2)
    assert int(half_up(np.array([numerator]), denominator)[0]) == exact


@given(st.decimals(0, 10**9, places=2))
def test_euros_of_a_file_become_the_cents_they_say(amount: Decimal) -> None:
    expected = int((amount * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    assert eur_to_cents(float(amount)) == expected


@given(st.integers(0, 10**14), st.lists(st.integers(0, 10**12), min_size=1, max_size=40))
def test_a_split_sums_to_the_whole_and_each_part_is_its_quota_rounded_down_or_up(total, weights) -> None:
    parts = split(total, weights)
    assert sum(parts) == total
    whole = sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        quota = Fraction(total * weight, whole) if whole else Fraction(total, len(weights))
        assert quota - 1 < part < quota + 1


def test_the_alabama_paradox_is_a_known_price_of_largest_remainders() -> None:
    """Source: the apportionment example 6, 6, 2 of the Alabama paradox: 10 seats give 4, 4, 2; 11 give 5, 5, 1."""
    assert split(10, [6, 6, 2]) == [4, 4, 2]
    assert split(11, [6, 6, 2]) == [5, 5, 1]


def test_ties_go_to_the_earlier_part_and_equal_weights_share_equally() -> None:
    assert split(5, [1, 1, 1]) == [2, 2, 1]
    assert split(4, [0, 0]) == [2, 2]
    assert split(0, []) == []
    with pytest.raises(ValueError, match="nothing to split"):
        split(1, [])
    with pytest.raises(ValueError, match="at least 0"):
        split(-1, [1])


@pytest.mark.parametrize(
    ("override", "fee", "reserve"),
    [
        # 5 % of 150 M EUR. Source: formation-industries-rouen-dieppe.fr.
        ("scheme.management_fee.base=authorised", 750_000_000, 0),
        ("scheme.management_fee.base=committed", 714_285_714, 0),  # f = 0.05 * (150 M EUR - f)
        ("committee.reserve_share=0.1", 750_000_000, 1_425_000_000),  # a tenth of 142.5 M EUR
    ],
)
def test_the_envelope_is_cut_on_opening_day_without_losing_a_cent(override: str, fee: int, reserve: int) -> None:
    money = opening_money(load("convention-2i", (override,)).scenario)
    assert (money.management_fee_cents, money.reserve_cents) == (fee, reserve)
    parts = money.management_fee_cents + money.reserve_cents + money.distributable_cents
    assert parts == money.authorised_cents == 15_000_000_000
