"""Why the committee moved money: the reason follows from the figures beside it, and is said in both languages."""

from typing import Any

import numpy as np
import pytest
from tiny import by_demand, tiny

from optimiser.reoptimise import reoptimiser
from reports.catalogue import language_of
from reports.decision_reasons import BECAUSE, why_text
from reports.reading import whole
from sim.decision_log import Reason, decisions, reason_of
from sim.experiment import simulate


def weighed(open_cents: int, waiting: int, forecast: int | None = None) -> dict[str, Any]:
    told = {"open_cents": open_cents, "waiting_cents": waiting}
    if forecast is not None:
        told["forecast_cents"] = forecast
    return {name: np.asarray([cents]) for name, cents in told.items()}


@pytest.mark.parametrize(
    ("change", "looked_at", "reason"),
    [
        (500, weighed(100, 700, 0), "receives_queue"),
        (500, weighed(1_000, 700, 2_000), "receives_forecast"),
        (500, weighed(100, 700), "receives_queue"),
        (-400, weighed(1_000, 200, 400), "gives_spare"),
        (-401, weighed(1_000, 200, 400), "gives_dearer"),
        (-800, weighed(1_000, 200), "gives_spare"),
        (-801, weighed(1_000, 200), "gives_share"),
    ],
)
def test_the_reason_follows_from_what_was_weighed(change: int, looked_at: dict[str, Any], reason: str) -> None:
    """What is kept (1,000 less what is given) against who waits and who is expected, cent by cent."""
    assert reason_of(np.asarray([change]), looked_at) == reason


def test_every_reason_has_its_words() -> None:
    assert set(BECAUSE) == set(Reason.__args__)


def row(**fields: Any) -> Any:
    found = {"simulation": {"decisions": [fields]}}
    return next(iter(whole(found).items("simulation.decisions")))


def test_the_sentence_holds_the_figures_in_both_languages() -> None:
    told = row(
        reason="gives_dearer",
        open_cents={"mean": 1_500_000_00, "unit": "cents"},
        waiting_cents={"mean": 152_100_00, "unit": "cents"},
        forecast_cents={"mean": 12_900_000_00, "unit": "cents"},
    )
    english, french = why_text(told, language_of("en")), why_text(told, language_of("fr"))
    assert english.startswith("waiting €152k, still expected €12.9M, free before €1.5M: elsewhere")
    assert "152" in french and "12,9" in french and "ailleurs le même argent sert plus de parcours" in french


def test_a_log_tells_what_was_weighed_on_the_committee_s_dates_and_nothing_on_others() -> None:
    scenario = tiny("inflow.requests_per_year=400", "desk.officers=8")
    lived = simulate(
        scenario, by_demand(scenario), ["reoptimise", "pro_rata", "fixed"], 4, advisers={"reoptimise": reoptimiser}
    )
    seen = {outcome.policy: decisions(lived, outcome) for outcome in lived.policies}
    dates = {day.isoformat() for day in scenario.committee.dates}
    for policy, log in seen.items():
        for entry in log:
            assert (entry["date"] in dates) == ("open_cents" in entry) == (entry["reason"] != "amendment")
            assert ("forecast_cents" in entry) == (policy == "reoptimise" and entry["date"] in dates)
    assert {entry["reason"] for entry in seen["fixed"]} == {"amendment"}
    assert {entry["reason"] for entry in seen["pro_rata"]} >= {"receives_queue"}
