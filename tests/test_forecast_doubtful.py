"""Hours and costs that can hardly be what their columns say are told; no forecast from them is called trustworthy."""

from dataclasses import replace

import numpy as np
import pytest

from forecast.back_test_told import distrusted
from forecast.column_map import ColumnMap
from forecast.doubtful import doubtful_values
from forecast.history import NOTHING, History
from scenarios.loading import load
from scenarios.variates import mean_of

BASE = load("convention-2i-observed").scenario
COUNT = 1_000


def export() -> History:
    """A thousand requests as the scenario expects them: 1 to 8 trainees, hours and fees about the type's means."""
    luck = np.random.Generator(np.random.Philox(key=[9, 9]))
    first = next(iter(BASE.scheme.pathway_types))
    profile = BASE.inflow.pathways[first]
    trainees = luck.integers(1, 9, COUNT)
    hours = mean_of(profile.hours) * BASE.inflow.hours_factor * np.exp(0.6 * luck.standard_normal(COUNT) - 0.18)
    fee = mean_of(profile.fee_eur_per_hour) * BASE.inflow.fee_factor * np.exp(0.2 * luck.standard_normal(COUNT))
    nothing, none = np.full(COUNT, NOTHING, dtype=np.int64), np.zeros(COUNT, dtype=np.int64)
    cost = np.round(hours * fee * trainees * 100).astype(np.int64)
    opened = BASE.windows.opens.toordinal()
    return History(
        branches=tuple(BASE.branches),
        first_day=opened,
        last_day=opened + 199,
        row=np.arange(COUNT),
        filed=opened + np.arange(COUNT) // 5,
        branch=none,
        band=none,
        situation=none,
        pathway=none,
        company=nothing,
        trainees=trainees,
        hours_hundredths=np.round(hours * 100).astype(np.int64),
        cost_cents=cost,
        committed_cents=np.round(cost * 0.8).astype(np.int64),
        paid_cents=nothing,
        **dict.fromkeys(("status", "decided", "started", "done", "paid"), nothing),
    )


def codes(history: History, known: ColumnMap | None = None) -> list[str]:
    return [code for code, _ in doubtful_values(history, BASE, known or ColumnMap())]


def test_a_sound_export_is_not_doubted() -> None:
    assert codes(export()) == []


def test_costs_in_cents_beside_commitments_in_euros_are_told() -> None:
    """A hundred times too high, and the committed amounts say so: the unit is named, the far mean is not told twice."""
    sound = export()
    (doubt,) = doubtful_values(replace(sound, cost_cents=sound.cost_cents * 100), BASE, ColumnMap())
    assert doubt[0] == "costs_in_cents"
    assert doubt[1]["times"] == pytest.approx(125, abs=1)
    assert codes(replace(sound, committed_cents=sound.committed_cents * 100)) == ["committed_in_cents"]


def test_a_mean_many_times_the_bases_is_told_where_nothing_stands_beside_it() -> None:
    """The same without committed amounts: the mean fee alone is far off; so are hours told in minutes."""
    sound = replace(export(), committed_cents=np.full(COUNT, NOTHING, dtype=np.int64))
    assert codes(replace(sound, cost_cents=sound.cost_cents * 100)) == ["fee_far"]
    assert codes(replace(sound, hours_hundredths=sound.hours_hundredths * 60)) == ["hours_far", "fee_far"]


def test_hours_and_costs_of_one_or_of_all_trainees_are_told_apart() -> None:
    """Of all instead of one, one instead of all, both ways; what the column map states is believed."""
    sound = export()
    of_all = replace(sound, hours_hundredths=sound.hours_hundredths * sound.trainees)
    assert codes(of_all) == ["hours_of_request"]
    assert "hours_of_request" not in codes(of_all, ColumnMap(hours_of="trainee"))
    shared_out = replace(sound, hours_hundredths=sound.hours_hundredths // sound.trainees)
    assert codes(shared_out, ColumnMap(hours_of="request")) == ["hours_of_trainee"]
    of_one = replace(sound, cost_cents=sound.cost_cents // sound.trainees)
    assert codes(of_one) == ["cost_of_trainee"]


def test_few_requests_are_not_judged() -> None:
    """Of ninety-nine requests nothing is said, whatever they hold."""
    sound = export()
    few = sound.chosen(slice(0, 99))
    assert codes(replace(few, cost_cents=few.cost_cents * 100)) == []


@pytest.mark.parametrize(
    ("trust", "doubt", "then"),
    [
        ("good", "costs_in_cents", "weak"),
        ("good", "fee_far", "fair"),
        ("weak", "fee_far", "weak"),
        ("too_short", "costs_in_cents", "too_short"),
    ],
)
def test_no_forecast_is_trustworthy_while_a_doubt_is_open(trust: str, doubt: str, then: str) -> None:
    section = {"trust": trust, "reasons": []}
    assert distrusted(section, [])["trust"] == trust
    assert distrusted(section, [doubt])["trust"] == then
