"""Who waits for money: what is tested first when money comes, and what the committee counts."""

from typing import Any

import pytest
from hand_made import decided_at, requests_of
from tiny import tiny

from scenarios.allocation import Allocation
from scenarios.calendar import DAY
from sim.engines import NAMES, engine_named
from sim.ground import ground_of
from sim.ledger import Ledger
from sim.lived import Event, Lived
from sim.price_list import PriceList
from sim.refusal import Refusal

QUESTION = (
    "envelope_eur=100_000",
    "events=[]",
    "committee.reserve_share=0.0",
    "committee.dates=[2021-07-01]",
    "parking.patience_days=300",
    "windows.execution_deadline=2021-12-31",
    "scheme.company_aid_ceilings=[]",
)
SMALL: dict[str, Any] = {"branch": "metal", "hours_hundredths": 500, "company": 3}
GIVES_BACK: dict[str, Any] = {
    "branch": "metal",
    "hours_hundredths": 4_500,
    "duration_minutes": 140 * DAY,
    "executed_basis_points": 5_000,
    "company": 2,
}


def lived_by_both(overrides: tuple[str, ...], rows: list[dict[str, Any]], days: list[int]) -> tuple[list[Event], Lived]:
    """Requests decided on at midnight of given days; metal's small companies hold 1,000 EUR; both engines alike."""
    ground = ground_of(tiny(*QUESTION, *overrides))
    requests = requests_of(ground, rows)
    notified = tuple(100_000 if line.key == "metal/under_50" else 0 for line in ground.cells.lines)
    found: list[tuple[list[Event], Lived]] = []
    for name in NAMES:
        events: list[Event] = []

        def watch(event: Event, ledger: Ledger, into: list[Event] = events) -> None:
            into.append(event)

        lived = engine_named(name).live(
            ground,
            requests,
            decided_at([day * DAY for day in days]),
            PriceList(ground, requests),
            "pro_rata",
            Allocation(notified),
            watch,
        )
        found.append((events, lived))
    assert found[0][0] == found[1][0]
    return found[0]


@pytest.mark.parametrize(("days", "moves"), [(100, True), (200, False)])
def test_the_committee_moves_no_money_for_who_can_no_longer_be_trained(days: int, moves: bool) -> None:
    """20,000 EUR wait since 11 April; on 1 July a training of 200 days would end after the execution deadline."""
    dear = {"branch": "metal", "hours_hundredths": 100_000, "duration_minutes": days * DAY}
    events, lived = lived_by_both((), [dear], [100])
    assert [event.what for event in events if event.what.startswith("committee")] == [
        "committee sits" if moves else "committee sits, nothing moves"
    ]
    assert bool(lived.committed[0] == 181 * DAY) is moves


@pytest.mark.parametrize(("ceiling", "moves"), [(5_000, True), (1_500, False)])
def test_the_committee_moves_no_money_for_who_has_reached_its_ceiling(ceiling: int, moves: bool) -> None:
    """While a request for 1,100 EUR waits, its company is committed 900: of 1,500 allowed, 600 are left."""
    allowed = f"scheme.company_aid_ceilings=[{{from: 2021-01-01, ceiling_eur: {ceiling}}}]"
    waits = {"branch": "metal", "hours_hundredths": 5_500, "company": 2}
    events, lived = lived_by_both(("parking.blocking=skip", allowed), [waits, GIVES_BACK], [100, 101])
    assert ("committee sits, nothing moves" not in [event.what for event in events]) is moves
    assert bool(lived.refusal[0] == Refusal.AID_CEILING) is not moves


def test_a_head_that_can_no_longer_be_trained_is_refused_when_its_turn_comes_though_money_lacks() -> None:
    """What comes back in July is too little for the head, but it is too late for it: the one behind is served."""
    dear = {"branch": "metal", "hours_hundredths": 100_000, "duration_minutes": 200 * DAY}
    events, lived = lived_by_both(("committee.dates=[]",), [GIVES_BACK, dear, SMALL], [50, 100, 101])
    told = [(event.minute // DAY, event.what, event.request) for event in events if event.minute >= 190 * DAY]
    assert told[:3] == [(190, "service done", 0), (190, "refused: too late to train", 1), (190, "committed", 2)]
    assert lived.parked[2] == 101 * DAY
