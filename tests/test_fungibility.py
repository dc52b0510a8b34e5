"""Which lines may give on a committee date, how much, and what they keep."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_reoptimise import view_of
from tiny import tiny

from optimiser.reoptimise import reoptimiser
from scenarios.cells import cells_of
from scenarios.committee import Fungibility
from scenarios.fungibility import movable_cents
from scenarios.problems import InputRefused
from sim.committee import Sight, follow_the_queue
from sim.ground import ground_of

CELLS = cells_of(tiny())


@pytest.mark.parametrize(
    ("rule", "held", "notified", "gives"),
    [
        ({"movable_share": 1.0}, 1_001, 5_000, 1_001),
        ({"movable_share": 0.5}, 1_001, 5_000, 500),
        ({"movable_share": 1.0}, -300, 5_000, 0),
        ({"movable_share": 1.0, "floor_share": 0.9}, 1_001, 5_000, 500),
        ({"movable_share": 1.0, "floor_share": 0.9}, 1_001, 5_001, 500),
        ({"movable_share": 1.0, "floor_share": 1.0}, 1_001, 5_000, 0),
        ({"movable_share": 1.0, "giving_branches": ("paper",)}, 1_001, 5_000, 0),
        ({"movable_share": 1.0, "giving_branches": ("metal",)}, 1_001, 5_000, 1_001),
    ],
)
def test_what_a_line_may_give(rule: dict[str, object], held: int, notified: int, gives: int) -> None:
    """By hand; the line of metal's. Of 5,001 nine tenths are 4,500.9, so 4,501 stay and 500 may go."""
    lines = len(CELLS.lines)
    metal = next(place for place, line in enumerate(CELLS.lines) if line.branch == "metal")
    told = movable_cents(Fungibility(**rule), CELLS, [held] * lines, [notified] * lines)
    assert told[metal] == gives


@settings(max_examples=12)
@given(st.integers(0, 1_000), st.sampled_from([0.0, 0.9]), st.booleans())
def test_both_policies_that_move_money_keep_to_it(seed: int, floor: float, only_metal: bool) -> None:
    giving = ("committee.fungibility.giving_branches=[metal]",) if only_metal else ()
    scenario = tiny("committee.fungibility.movable_share=0.6", f"committee.fungibility.floor_share={floor}", *giving)
    ground, view = ground_of(scenario), view_of(scenario, seed)
    most = movable_cents(scenario.committee.fungibility, ground.cells, view.open_cents, view.notified_cents)
    sight = Sight(ground, view.open_cents, view.unnotified_cents, view.waiting_cents, view.notified_cents)
    for changes in (follow_the_queue(sight), reoptimiser(scenario)(view).changes_cents):
        for change, may in zip(changes, most, strict=True):
            assert change >= -may
        assert sum(changes) <= view.unnotified_cents


def test_a_branch_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputRefused) as refusal:
        tiny("committee.fungibility.giving_branches=[metl]")
    (problem,) = refusal.value.problems
    assert problem.code == "unknown_code" and "metal" in problem.text("en")
