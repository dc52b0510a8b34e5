"""Shocks that the scenario declares: calibration and back-test know of them, and no sooner than anybody did."""

from datetime import date

import numpy as np
import pytest
from synthetic_history import base

from forecast.back_test import back_test
from forecast.counts import Counts, counted
from forecast.history import NOTHING, History
from forecast.projection import drawn_counts
from forecast.volume import fit_volume
from scenarios.events import DemandShock
from scenarios.scenario import Scenario

HALVED = date(2021, 7, 1)


def shocked(announced: bool = False, branches: tuple[str, ...] | None = None) -> Scenario:
    """The shipped agreement, its demand halved from July 2021 on."""
    event = DemandShock(kind="demand_shock", day=HALVED, factor=0.5, announced=announced, branches=branches)
    return base().model_copy(update={"events": (event,)})


def history(scenario: Scenario, per_day: int = 12) -> History:
    """Requests of April 2020 to December 2021: so many a day until the shock, half of them after it."""
    first, last = date(2020, 4, 1).toordinal(), date(2021, 12, 31).toordinal()
    days = np.arange(first, last + 1)
    filed = np.repeat(days, np.where(days < HALVED.toordinal(), per_day, per_day // 2))
    nothing = np.full(len(filed), NOTHING, dtype=np.int64)
    columns = dict.fromkeys(History.__dataclass_fields__, nothing)
    whole = {**columns, "filed": filed, "row": np.arange(len(filed)), "branch": np.arange(len(filed)) % 32}
    return History(**{**whole, "branches": tuple(scenario.branches), "first_day": first, "last_day": last})


def test_a_declared_shock_is_part_of_a_months_shape_from_its_day_on() -> None:
    """Half of a usual month from July 2021 on, as the scenario says; the months before are as they were."""
    plain = base()
    with_shock, without = counted(history(plain), shocked()), counted(history(plain), plain)
    july = with_shock.months - 6
    assert with_shock.shape[:july] == pytest.approx(without.shape[:july])
    assert with_shock.shape[july:] == pytest.approx(without.shape[july:] / 2)


def test_nobody_knows_of_an_unannounced_shock_before_its_month() -> None:
    """After June nothing is known of July's shock; after July it is. An announced one is known all along."""
    surprise, known = counted(history(base()), shocked()), counted(history(base()), shocked(announced=True))
    july = surprise.months - 6
    assert surprise.known_after(july).shape[july] == pytest.approx(2 * surprise.known_after(july + 1).shape[july])
    assert known.known_after(july).shape[july] == pytest.approx(surprise.shape[july])
    assert surprise.before(july + 2).shape[-1] == pytest.approx(surprise.shape[july + 1])


def test_a_shock_of_some_branches_is_of_these_alone() -> None:
    """The branch it names has half of its usual months, the others all of theirs."""
    codes = tuple(base().branches)
    counts = counted(history(base()), shocked(branches=codes[:1]))
    own = counts.own
    assert own is not None, "the branch has months of its own"
    assert own[0, -6:] == pytest.approx([0.5] * 6)
    assert own[1:] == pytest.approx(np.ones_like(own[1:]))


def test_the_level_does_not_fall_with_a_shock_that_the_scenario_declares() -> None:
    """Demand halves where the scenario says so: usual months stay what they were, where nothing is declared they
    fall."""
    scenario, plain = shocked(), base()
    told = fit_volume(counted(history(scenario), scenario), scenario).level
    untold = fit_volume(counted(history(plain), plain), plain).level
    months = told.months.used
    before, after = told.smoothed(len(months))[10:14].mean(), told.smoothed(len(months))[-4:].mean()
    assert after == pytest.approx(before, rel=0.35)
    assert untold.smoothed(len(months))[-4:].mean() < 0.75 * after


def test_a_branch_whose_demand_was_halved_keeps_its_part_of_a_usual_month() -> None:
    """Two equal branches of three years; the second is halved by a declared shock in the last: equal parts are found,
    and months to come without the shock are shared equally."""
    months = np.full(36, 400)
    halved = np.where(np.arange(36) >= 24, 200, 400)
    own = np.stack([np.ones(36), np.where(np.arange(36) >= 24, 0.5, 1.0)])
    counts = Counts(2018 * 12, np.stack([months, halved]).astype(np.int64), np.ones(36), own)
    scenario = base()
    two = dict(list(scenario.branches.items())[:2])
    flat = scenario.inflow.model_copy(update={"month_weights": (1 / 12,) * 12})
    two = {code: branch.model_copy(update={"employees": 100}) for code, branch in two.items()}
    question = scenario.model_copy(update={"branches": two, "inflow": flat})
    volume = fit_volume(counts, question)
    assert volume.shares.mean == pytest.approx([0.5, 0.5], abs=0.02)
    coming = drawn_counts(volume, np.ones(6), 200, 1, "test").mean(axis=0)
    assert coming[1].sum() == pytest.approx(coming[0].sum(), rel=0.06)
    shaped = drawn_counts(volume, np.stack([np.ones(6), np.full(6, 0.5)]), 200, 1, "test").mean(axis=0)
    assert shaped[1].sum() == pytest.approx(coming[1].sum() / 2, rel=0.03)


def test_the_back_test_is_surprised_by_a_surprise_and_not_by_what_was_announced() -> None:
    """July's forecast made in June is far too high where nobody had announced the shock, and right where somebody
    had."""
    errors = {}
    for announced in (False, True):
        scenario = shocked(announced)
        counts = counted(history(scenario), scenario)
        found = back_test(counts, scenario, 1, 60, library=False)
        assert found is not None, "the history is long enough to be tested"
        june = int(np.flatnonzero(found.origins == counts.months - 6)[0])
        errors[announced] = found.error_total[june, 0] / found.seen_total[june, 0]
    assert errors[False] > 0.5
    assert abs(errors[True]) < 0.4
