"""Whether the base's slow opening and its rush stand beside a year that was fitted to a history."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from forecast.calibration import calibrated
from forecast.history import NOTHING, History
from forecast.opening_kept import bends, runs_on
from scenarios.loading import load
from scenarios.scenario import Scenario


def history(first: date, last: date, scenario: Scenario) -> History:
    """Three requests on every day, of the first four branches."""
    filed = np.repeat(np.arange(first.toordinal(), last.toordinal() + 1), 3)
    columns: dict[str, object] = dict.fromkeys(
        History.__dataclass_fields__, np.full(len(filed), NOTHING, dtype=np.int64)
    )
    columns |= {"filed": filed, "row": np.arange(len(filed)), "branch": np.arange(len(filed)) % 4}
    columns |= {"trainees": np.ones(len(filed), dtype=np.int64), "branches": tuple(scenario.branches)}
    columns |= {"first_day": first.toordinal(), "last_day": last.toordinal()}
    # Columns are filled in by name, which the checker cannot follow.
    return History(**columns)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("first", "last", "dropped"),
    [
        (date(2019, 1, 1), date(2020, 12, 31), True),
        (date(2020, 6, 1), date(2020, 12, 31), False),  # shorter than a year
        (date(2021, 1, 1), date(2022, 1, 31), False),  # it begins with the base's opening
    ],
)
def test_a_year_of_a_running_scheme_has_no_opening_in_it(first: date, last: date, dropped: bool) -> None:
    """What a whole year looked like is in its months: a slow opening on top would forecast too few at first."""
    scenario = load("convention-2i").scenario
    assert bends(scenario.inflow), "the base opens slowly, so that there is something to leave out"
    done = calibrated(history(first, last, scenario), scenario, 1)
    written = {row.key: row.value for row in done.written}
    told = dict(done.warnings)
    assert (("inflow", "ramp_up") in written) is dropped
    assert (("inflow", "deadline_rush") in written) is dropped
    assert ("opening_dropped" in told, "opening_kept" in told) == (dropped, not dropped)
    if dropped:
        assert written["inflow", "ramp_up"] == {"days": 0, "initial_share": 1.0}


def test_one_early_date_is_no_running_scheme() -> None:
    """A year from the base's opening on, and one slip dated two months before it."""
    scenario = load("convention-2i").scenario
    year = history(date(2021, 1, 1), date(2022, 1, 31), scenario)
    early = date(2020, 11, 1).toordinal()
    slipped = replace(year, filed=np.append(year.filed[1:], early), first_day=early)
    assert not runs_on(slipped, scenario)
    assert runs_on(history(date(2020, 6, 1), date(2021, 6, 30), scenario), scenario)
