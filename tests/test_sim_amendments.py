"""Amendments of the envelope: what a top-up sets aside for the fee, and what may be committed in a run, all told."""

from tiny import tiny

from scenarios.events import EnvelopeChange
from scenarios.opening_money import management_fee_cents
from scenarios.settings import eur_to_cents
from sim.amendments import amend, usable_cents
from sim.ground import ground_of
from sim.ledger import Ledger

ON_COMMITMENTS = ("scheme.management_fee.base=committed", "scheme.management_fee.fee_share=0.05")


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


def test_a_fee_is_rounded_half_up() -> None:
    """5 % of 10 cents is half a cent; of 9 it is less. On commitments f = 0.05 (x - f), so of 21 cents it is one."""
    authorised = tiny("scheme.management_fee.base=authorised", "scheme.management_fee.fee_share=0.05")
    assert [management_fee_cents(authorised, cents) for cents in (9, 10, 29, 30)] == [0, 1, 1, 2]
    assert [management_fee_cents(tiny(*ON_COMMITMENTS), cents) for cents in (10, 11, 21)] == [0, 1, 1]


def test_a_top_up_adds_to_a_provision_only_what_it_lacks() -> None:
    """Of 1,050 EUR the fee on commitments can come to 50. Nothing is added to a provision of 80, 10 to one of 40."""
    ground = ground_of(tiny(*ON_COMMITMENTS))
    event = EnvelopeChange.model_validate(
        {"kind": "envelope_change", "date": ground.calendar.opens, "amount_eur": 210}, by_alias=True, by_name=False
    )
    for before, after in ((8_000, 8_000), (4_000, 5_000), (5_000, 5_000)):
        ledger = Ledger(84_000, before, 0, 84_000 - before, len(ground.cells.lines))
        amend(ground, ledger, event, one_pot=True)
        assert ledger.fee == after
        assert ledger.difference() == 0
