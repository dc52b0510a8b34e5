"""What may be committed in a run, all told: the envelope and its amendments in time, less the fee."""

from tiny import tiny

from scenarios.opening_money import management_fee_cents
from scenarios.settings import eur_to_cents
from sim.amendments import usable_cents


def amended(day: str, more: str = "") -> int:
    event = f"{{kind: envelope_change, date: {day}, amount_eur: 20_000{more}}}"
    return usable_cents(tiny("envelope_eur=100_000", f"events=[{event}]"), run=0)


def net_of_fee(euros: int) -> int:
    cents = eur_to_cents(euros)
    return cents - management_fee_cents(tiny(), cents)


def test_money_counts_up_to_the_last_day_of_commitments_and_not_after() -> None:
    """Tiny's commitments end on 31 December 2021: what comes on that day is usable, on the next it commits nothing."""
    assert amended("2021-12-31") == net_of_fee(120_000)
    assert amended("2022-01-01") == net_of_fee(100_000)


def test_money_that_does_not_come_in_a_run_does_not_count() -> None:
    assert amended("2021-06-01", ", probability: 0") == net_of_fee(100_000)
    assert amended("2021-06-01", ", probability: 1") == net_of_fee(120_000)
