"""Histories at the edge: branches of no, one or two requests, twelve months exactly, months without any request, one
branch alone, a trend that ends in a shock. Sane answers, wide where little is known, and a warning."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from synthetic_history import base, drawn, truth

from forecast.calibration import calibrated
from forecast.counts import Counts
from forecast.fitted import Fitted
from forecast.history import NOTHING, History
from forecast.volume import Volume, fit_volume
from forecast.volume_told import told_volume
from scenarios.scenario import Scenario

YEARS = 36


def told(counts: Counts, scenario: Scenario | None = None) -> tuple[Volume, dict[tuple[str, str], Fitted]]:
    volume = fit_volume(counts, scenario or base())
    fitted, written = told_volume(volume, scenario or base(), 1, draws=500)
    for one in fitted:
        assert np.isfinite([one.value, one.low, one.high]).all(), one
        assert one.low <= one.high, one
    for entry in written:
        for value in entry.value.values() if isinstance(entry.value, dict) else (entry.value,):
            assert not isinstance(value, float) or np.isfinite(value), entry
    return volume, {(one.name, one.subject): one for one in fitted}


def three_years() -> Counts:
    return drawn(truth(11, YEARS), YEARS, 11)


@pytest.mark.parametrize("requests", [0, 1, 2])
def test_a_branch_of_hardly_any_request_gets_a_small_part_that_is_never_nothing(requests: int) -> None:
    """Twelve were expected by headcount: the part lies between what was seen and that, its interval starts above
    nothing, is wide (threefold at least), and holds twice what was seen."""
    counts = three_years()
    by_branch = counts.by_branch.copy()
    tiny = int(np.argsort(by_branch.sum(axis=1))[3])
    by_branch[tiny] = 0
    by_branch[tiny, [5, 20][:requests]] = 1
    _, found = told(replace(counts, by_branch=by_branch))
    part = found["branch_part", list(base().branches)[tiny]]
    raw = requests / by_branch.sum()
    assert part.base is not None, "headcount gives every branch a part"
    assert raw < part.value < part.base
    assert part.low > 0
    assert part.high > max(3 * part.low, 2 * raw)


def test_twelve_months_leave_the_year_to_come_more_open_than_three_years_do() -> None:
    """One January, one February ...: a trend cannot be told from a season, so that next year is wide."""
    counts = three_years()
    _, short = told(counts.before(12))
    _, long = told(counts)
    assert counts.before(12).months == 12

    def width(found: dict[tuple[str, str], Fitted], name: str, subject: str = "") -> float:
        return found[name, subject].high - found[name, subject].low

    assert width(short, "trend") > 1.3 * width(long, "trend")
    assert width(short, "season", "6") > width(long, "season", "6")
    assert short["trend", ""].low < 0 < short["trend", ""].high
    ratio = short["requests", ""].high / short["requests", ""].low
    assert ratio > long["requests", ""].high / long["requests", ""].low


def test_two_months_without_a_request_are_named_and_do_not_drag_the_level_down() -> None:
    """An office closed, or an export with a hole: the months before and after say what is usual."""
    counts = three_years()
    by_branch = counts.by_branch.copy()
    by_branch[:, [7, 20]] = 0
    volume, found = told(replace(counts, by_branch=by_branch))
    assert volume.level.shocks == (7, 20)
    _, whole = told(counts)
    assert found["requests", ""].value == pytest.approx(whole["requests", ""].value, rel=0.1)


def test_a_history_without_any_request_says_next_to_none_and_does_not_break() -> None:
    """Twelve months, nothing: less than a request a year, and nothing infinite."""
    counts = three_years().before(12)
    _, found = told(replace(counts, by_branch=np.zeros_like(counts.by_branch)))
    assert found["requests", ""].value < 1


def test_a_history_of_a_few_days_that_are_no_month_leaves_the_base_scenario_as_it_is() -> None:
    """One twentieth of one month is not counted on: next year is the base's, within a wide interval."""
    counts = three_years().before(1)
    _, found = told(replace(counts, by_branch=np.ones_like(counts.by_branch), shape=np.full(1, 0.05)))
    yearly = found["requests", ""].base
    assert yearly == pytest.approx(base().inflow.requests_per_year * base().inflow.volume_factor)
    assert found["requests", ""].low < yearly < found["requests", ""].high


def test_one_branch_alone_has_all_of_it_and_its_years_are_told_by_the_totals() -> None:
    """A scenario of one branch: its part is all, with no width; requests to come are about those that came."""
    scenario = base()
    alone = scenario.model_copy(update={"branches": dict(list(scenario.branches.items())[-1:])})
    known = truth(12, YEARS)
    luck = np.random.Generator(np.random.Philox(5))
    rate = 6_000 * known.season[np.arange(YEARS) % 12]
    counts = Counts(2018 * 12, luck.poisson(rate)[None, :], np.ones(YEARS))
    _, found = told(counts, alone)
    part = found["branch_part", next(iter(alone.branches))]
    assert (part.low, part.value, part.high) == (1, 1, 1)
    assert found["requests", ""].value == pytest.approx(6_000, rel=0.1)
    assert found["requests", ""].low < 6_000 < found["requests", ""].high
    # Years that hardly differ: the branch's own dispersion may be small, although no other branch is there to tell.
    assert found["branch_dispersion", ""].low < scenario.inflow.branch_dispersion / 5


def test_a_trend_that_ends_in_a_shocked_month_goes_on() -> None:
    """A third more a year for three years, and a last month at a quarter of what was due: next year goes on from where
    the trend stood. Three low months in a row may be a new level, and leave it open."""
    known = truth(12, YEARS)
    time = np.arange(YEARS)
    rate = 3_600 * known.season[time % 12] * np.exp(0.3 * time / 12)
    luck = np.random.Generator(np.random.Philox(3))
    by_branch = luck.poisson(np.outer(known.part, rate))
    _, calm = told(Counts(2018 * 12, by_branch, np.ones(YEARS)))
    shocked = by_branch.copy()
    shocked[:, -1] //= 4
    volume, found = told(Counts(2018 * 12, shocked, np.ones(YEARS)))
    level = volume.level
    at_end = float(level.weights @ (level.shock_of == YEARS - 1)) + float(YEARS - 1 in level.shocks)
    assert at_end > 1 / 3  # one month alone may also be the first of a new level
    assert found["trend", ""].low < np.expm1(0.3) < found["trend", ""].high
    assert found["requests", ""].value == pytest.approx(calm["requests", ""].value, rel=0.1)
    low = by_branch.copy()
    low[:, -3:] //= 2
    _, lower = told(Counts(2018 * 12, low, np.ones(YEARS)))
    assert lower["requests", ""].value < 0.9 * calm["requests", ""].value

    def open_by(found: dict[tuple[str, str], Fitted]) -> float:
        return found["requests", ""].high / found["requests", ""].low

    assert open_by(lower) > 1.2 * open_by(calm)


def test_warnings_name_few_requests_a_single_year_and_months_without_any() -> None:
    """Twelve months of 2020, none in May: told, so that nobody takes the season for observed."""
    scenario = base()
    first, last = date(2020, 1, 1), date(2020, 12, 31)
    days = np.arange(first.toordinal(), last.toordinal() + 1)
    days = days[[date.fromordinal(int(day)).month != 5 for day in days]]
    filed = np.repeat(days, 3)
    nothing = np.full(len(filed), NOTHING, dtype=np.int64)
    columns: dict[str, object] = dict.fromkeys(History.__dataclass_fields__, nothing)
    columns |= {"filed": filed, "row": np.arange(len(filed)), "branch": np.arange(len(filed)) % 4}
    columns |= {"trainees": np.ones(len(filed), dtype=np.int64), "branches": tuple(scenario.branches)}
    columns |= {"first_day": first.toordinal(), "last_day": last.toordinal()}
    # Columns are filled in by name, which the checker cannot follow.
    found = dict(calibrated(History(**columns), scenario, 1).warnings)  # type: ignore[arg-type]
    assert found["one_year"] == {"months": 12}
    assert found["empty_months"] == {"months": ["2020-05"]}
    assert found["shocks"] == {"months": ["2020-05"]}
    absent = found["absent_branches"]
    assert absent["count"] == len(scenario.branches) - 4
    assert absent["seen_share"] == 0
    assert absent["headcount_share"] > absent["fitted_share"] > 0, "the fit moves away from headcount, not all the way"
    assert "few_requests" not in found, "the four others have hundreds"
    assert "short_history" not in found
