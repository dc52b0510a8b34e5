"""Months in which filing was closed, and requests whose type nobody named."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from test_forecast_opening import history

from forecast.condition_cost import costs_conditioned
from forecast.counts import counted
from scenarios.inflow import DatedShares
from scenarios.loading import load


def test_months_after_filing_closed_say_nothing_where_nothing_came_in_them() -> None:
    """An export taken four months after the deadline counts the same months as one taken on the day."""
    scenario = load("convention-2i").scenario
    deadline = scenario.windows.filing_deadline
    on_the_day = history(date(2020, 9, 1), deadline, scenario)
    later = replace(on_the_day, last_day=date(2022, 4, 30).toordinal())
    one, other = counted(on_the_day, scenario), counted(later, scenario)
    assert other.by_branch.tolist() == one.by_branch.tolist()
    assert other.shape.tolist() == one.shape.tolist()
    late = replace(later, filed=np.append(later.filed[:-1], date(2022, 2, 1).toordinal()))
    assert counted(late, scenario).months == one.months + 4, "where somebody filed, filing was not closed"


def test_a_request_of_no_type_is_held_against_the_mix_of_its_day() -> None:
    """Short pathways until September, long ones from then on: requests of March at the short ones' hours are usual."""
    scenario = load("convention-2i").scenario
    first, *_, last = scenario.scheme.pathway_types
    rows = tuple(
        DatedShares(starts=day, shares={code: 1.0 if code == only else 0.0 for code in scenario.scheme.pathway_types})
        for day, only in ((date(2021, 9, 1), last), (date(2021, 1, 1), first))
    )
    scenario = scenario.model_copy(update={"inflow": scenario.inflow.model_copy(update={"pathway_shares": rows})})
    past = history(date(2021, 3, 1), date(2021, 3, 31), scenario)
    typed = replace(past, pathway=np.zeros(len(past), dtype=np.int64), hours_hundredths=np.full(len(past), 10_000))
    untyped = replace(typed, pathway=np.full(len(past), -1, dtype=np.int64))
    known, unknown = (costs_conditioned(scenario, one).hours for one in (typed, untyped))
    assert unknown == pytest.approx(known)
