"""What falls due of a commitment, and what is advanced of it: exact decimals, half up, once a request."""

from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st

from sim.service_done import advance_cents, executed_cents

points = st.integers(0, 10_000)


def half_up(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


@given(st.integers(0, 10**8), st.integers(1, 200), st.data(), points)
def test_what_is_executed_is_the_share_of_those_who_stayed(
    price: int, trainees: int, data: st.DataObject, basis_points: int
) -> None:
    drop_outs = data.draw(st.integers(0, trainees))
    exact = Decimal(price) * (trainees - drop_outs) * basis_points / 10_000
    assert executed_cents(price, trainees, drop_outs, basis_points) == half_up(exact)


@given(st.integers(0, 10**10), points)
def test_an_advance_is_its_share_of_the_commitment(committed: int, basis_points: int) -> None:
    assert advance_cents(committed, basis_points) == half_up(Decimal(committed) * basis_points / 10_000)


def test_half_a_cent_goes_up() -> None:
    """Three trainees at 1.01 EUR of whom one drops out, half executed: 101 cents; of 3 cents, a half: 1.5, so 2."""
    assert executed_cents(101, 3, 1, 5_000) == 101
    assert executed_cents(3, 1, 0, 5_000) == 2
    assert advance_cents(3, 5_000) == 2
    assert executed_cents(1, 1, 0, 4_999) == 0
