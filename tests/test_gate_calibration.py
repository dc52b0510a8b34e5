"""Movement gates keep their promises: how often they fail for nothing, and how surely they see what they must."""

import pytest
from scipy import stats
from tiny import TINY

from enveloppe.comparing.lived import lived
from enveloppe.gating.declaration import MovementGate
from enveloppe.gating.figures import figure_of
from enveloppe.gating.judging import Stored, _moved
from scenarios.loading import load

RATE = 0.05


def stored(*overrides: str) -> Stored:
    """Findings as far as gates read them, of the tiny question."""
    loaded = load(str(TINY), ("committee.rivals=[]", *overrides))
    side = lived(loaded, 1)
    kpis = {name: measured.estimate for name, measured in side.kpis.items()}
    return Stored({"scenario": side.scenario, "plan": {}, "simulation": {"kpis": kpis}}, side, "")


def fails(figure: str, after: Stored, before: Stored, rate: float) -> bool:
    gate = MovementGate.model_validate(
        {"name": "g", "kind": "movement", "figure": figure, "fail": {"more_than_share": 0.0}}
    )
    return _moved(gate, figure_of(gate, after.findings), after, before, rate, "en")[0] == "fail"


@pytest.mark.deep
def test_honest_reruns_fail_no_more_often_than_declared() -> None:
    """200 pairs of the same question with different seeds, 40 runs each: a binomial test at 1 % of each figure."""
    figures = ("need_cents", "pathways_net", "overrun", "committed_cents")
    failed = dict.fromkeys(figures, 0)
    for pair in range(200):
        sides = [stored("runs=40", f"seed={1000 + 2 * pair + which}") for which in (0, 1)]
        for figure in figures:
            failed[figure] += fails(figure, sides[1], sides[0], RATE)
    for figure, count in failed.items():
        assert stats.binomtest(count, 200, RATE, alternative="greater").pvalue > 0.01, (figure, count)


@pytest.mark.deep
def test_a_true_shift_of_two_percent_is_seen_with_the_runs_that_the_gate_asks_for() -> None:
    """2 % more demand on common luck, in 100 trials on other seeds, with the runs that one pilot says are needed."""
    gate = MovementGate.model_validate(
        {
            "name": "g",
            "kind": "movement",
            "figure": "need_cents",
            "rate": 0.01,
            "sees_share": 0.02,
            "fail": {"more_than_share": 0.0},
        }
    )
    before, after = stored("runs=100", "seed=5"), stored("runs=100", "seed=5", "inflow.volume_factor=1.02")
    _, _, details = _moved(gate, figure_of(gate, after.findings), after, before, 0.01, "en")
    runs = details["runs_needed"]
    assert details["paired"]
    assert runs < 400
    seen = 0
    for trial in range(100):
        luck = (f"runs={runs}", f"seed={5000 + trial}")
        seen += fails("need_cents", stored(*luck, "inflow.volume_factor=1.02"), stored(*luck), 0.01)
    assert seen >= 95, (seen, runs)
