"""Two engines, one trace, over odd scenarios of all kinds at once; and the count that shows what they have reached."""

from collections import Counter
from typing import Any

import numpy as np
import pytest
from examples_drawn import EXPLORES
from hypothesis import given, settings
from odd_scenarios import ODD, WANTED, OddLife, lived_through, odd_case, reached

from scenarios.policies import POLICIES
from sim.happenings import EVENT_NOTES

FATES = ("refusal", "parked", "committed", "committed_cents", "served", "released_cents", "due", "paid")


def same_lives(judge: OddLife, kernel: OddLife) -> None:
    """Event by event, with all accounts after each; then what became of every request."""
    for number, (one, other) in enumerate(zip(judge.told, kernel.told, strict=False)):
        assert one == other, f"event {number + 1}: {one} by simpy, {other} by compiled"
    assert len(judge.told) == len(kernel.told)
    for name in FATES:
        assert np.array_equal(getattr(judge.lived, name), getattr(kernel.lived, name)), name
    assert judge.lived.moves == kernel.lived.moves
    assert judge.lived.weighed == kernel.lived.weighed


ALWAYS = (
    *("forced ties", "no delay from commitment to service done", "an empty branch", "parked"),
    *("a cut on a commitment's minute", "instalment", "parked for its quota", "an uncertain amendment came"),
    *(f"policy: {policy}" for policy in POLICIES),
    *EVENT_NOTES.values(),
)
"""What already fifty examples reach."""


def odd_scenarios_agree(examples: int, wanted: tuple[str, ...], least: int) -> None:
    """So many odd scenarios, drawn the same way each time; each thing wanted is reached in at least some of them."""
    count: Counter[str] = Counter()

    @settings(max_examples=examples)
    @given(ODD)
    def lived(drawn: dict[str, Any]) -> None:
        case = odd_case(drawn)
        judge, kernel = lived_through(case, "simpy"), lived_through(case, "compiled")
        same_lives(judge, kernel)
        same_lives(judge, lived_through(case, "simpy", "compiled"))
        same_lives(judge, lived_through(case, "compiled", "simpy"))
        count.update(reached(case, kernel))

    lived()
    missed = {name: count[name] for name in wanted if count[name] < least}
    assert EXPLORES or not missed, missed


def test_odd_scenarios_leave_the_same_trace_by_both_engines() -> None:
    odd_scenarios_agree(50, ALWAYS, 1)


@pytest.mark.deep
def test_a_thousand_odd_scenarios_leave_the_same_trace_and_reach_all_that_is_wanted() -> None:
    odd_scenarios_agree(1000, WANTED, 10)
