"""The desk: working time, the queue against queueing theory, disciplines, returned files."""

import math
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hand_made import minute_of, requests_of
from tiny import tiny

from scenarios.attributes import CENTRAL, draw_attributes
from scenarios.calendar import DAY, Calendar
from sim.desk import Examined, examine
from sim.ground import NEVER, Ground, ground_of
from sim.inflow import filing_minutes
from sim.kinds import Kind
from sim.office_hours import OfficeHours
from sim.run_requests import RunRequests, together

AT = "2021-01-04 09:00"
"""The Monday on which the office first opens (1 January is a holiday)."""


def always_open(ground: Ground, days: int) -> Ground:
    """The same scheme with an office that never closes."""
    opens = date(2021, 1, 1)
    months = [
        (opens + timedelta(days=n)).year * 12 + (opens + timedelta(days=n)).month - 2021 * 12 - 1 for n in range(days)
    ]
    calendar = Calendar(
        opens=opens,
        working=np.ones(days, dtype=bool),
        office_opens=0,
        office_closes=DAY,
        month_of_day=np.asarray(months),
        months=tuple(str(n) for n in range(months[-1] + 1)),
    )
    return replace(ground, calendar=calendar, horizon=days * DAY)


def erlang_c(officers: int, offered: float) -> float:
    """The chance to wait in M/M/c (A. K. Erlang, 1917): offered load in erlangs, below the number of officers."""
    terms = [offered**k / math.factorial(k) for k in range(officers)]
    last = offered**officers / math.factorial(officers) * officers / (officers - offered)
    return last / (sum(terms) + last)


MEAN_WORK = 5_000
"""Minutes of an examination: long, so that whole minutes hardly matter."""


def steady_queue(officers: int, load: float, count: int, run: int) -> tuple[Ground, RunRequests, Examined]:
    """Poisson arrivals of exponential work on an office that never closes."""
    scenario = tiny(
        f"desk.officers={officers}",
        f"desk.work_minutes={{kind: exponential, mean: {MEAN_WORK}}}",
        "desk.incomplete_share=0",
        "desk.decision_lag_days={kind: constant, at: 0}",
    )
    per_day = officers * load * DAY / MEAN_WORK
    ground = always_open(ground_of(scenario), int(count / per_day) + 60)
    rate = np.floor(np.minimum(np.arange(1, ground.calendar.days + 1), int(count / per_day)) * per_day * 1e6)
    minutes = filing_minutes(ground.calendar, rate.astype(np.int64), 11, run, "queue")
    drawn = draw_attributes(scenario, ground.calendar, 0, run, minutes, CENTRAL)
    none = [draw_attributes(scenario, ground.calendar, branch, run, minutes[:0], CENTRAL) for branch in (1, 2)]
    requests = together(ground, (drawn, *none))
    return ground, requests, examine(ground, requests)


@pytest.mark.parametrize(("officers", "load"), [(1, 0.6), (3, 0.7), (10, 0.8)])
def test_the_queue_agrees_with_erlang_c(officers: int, load: float) -> None:
    """P(wait) and the mean wait, over independent runs past a warm-up, within 99.9 % intervals."""
    chances, waits = [], []
    for run in range(24):
        _, _, examined = steady_queue(officers, load, 2_400, run)
        settled = examined.first_wait_minutes[400:]
        chances.append((settled > 0).mean())
        waits.append(settled.mean())
    chance = erlang_c(officers, officers * load)
    mean = chance * MEAN_WORK / (officers * (1 - load))
    for found, expected in ((np.asarray(chances), chance), (np.asarray(waits), mean)):
        # Student's 99.9 % quantile with 23 degrees of freedom is 3.77.
        assert abs(found.mean() - expected) < 3.77 * found.std(ddof=1) / math.sqrt(len(found))


def test_littles_law_holds_on_the_path() -> None:
    """The area under the number of files at the desk is the sum of the times that files spend there."""
    scenario = tiny(
        "inflow.requests_per_year=2000", "desk.officers=2", "desk.decision_lag_days={kind: constant, at: 0}"
    )
    ground = always_open(ground_of(scenario), 720)
    drawn = [
        draw_attributes(scenario, ground.calendar, branch, 0, np.arange(600) * 350 + branch * 7, CENTRAL)
        for branch in range(3)
    ]
    requests = together(ground, tuple(drawn))
    changes: list[tuple[int, int]] = []

    def watch(minute: int, kind: Kind, place: int, what: str) -> None:
        changes.append((minute, -1 if kind == Kind.EXAMINED else 1))

    examined = examine(ground, requests, watch)
    assert (examined.decision_minute < NEVER).all(), "all files must have left for the law to be exact"
    area, number, before = 0, 0, 0
    for minute, change in changes:
        area += number * (minute - before)
        number, before = number + change, minute
    assert number == 0
    away = requests.all.resubmission_minutes * requests.all.incomplete_rounds
    assert area == int((examined.decision_minute - requests.all.filing_minute - away).sum())


def test_working_minutes_pass_in_office_hours_of_working_days_only() -> None:
    ground = ground_of(tiny())
    hours = OfficeHours(ground.calendar)
    friday, monday = minute_of(ground, "2021-01-08 16:00"), minute_of(ground, "2021-01-11 10:00")
    assert hours.worked(minute_of(ground, AT)) == 0
    assert hours.worked(friday) == 4 * 480 + 420
    assert hours.minute_after(hours.worked(friday) + 60) == minute_of(ground, "2021-01-08 17:00"), "by closing time"
    assert hours.minute_after(hours.worked(friday) + 120) == monday
    assert hours.worked(minute_of(ground, "2021-01-09 12:00")) == hours.worked(minute_of(ground, "2021-01-11 08:59"))
    assert hours.minute_after(10**7) == NEVER


def test_minutes_and_working_minutes_are_inverse() -> None:
    hours = OfficeHours(ground_of(tiny()).calendar)
    for worked in (1, 2, 479, 480, 481, 5_000, 77_777):
        minute = hours.minute_after(worked)
        assert hours.worked(minute) == worked
        assert hours.worked(minute - 1) == worked - 1


def looked_at(discipline: str) -> list[int]:
    """In what order one officer examines a large file filed first and two small ones that wait behind another."""
    ground = ground_of(tiny(f"desk.discipline={discipline}"))
    at = minute_of(ground, AT)
    rows = [
        {"branch": "metal", "filing_minute": at, "size_band": 1, "work_minutes": 60},
        {"branch": "metal", "filing_minute": at + 1, "size_band": 2, "work_minutes": 60},
        {"branch": "paper", "filing_minute": at + 2, "size_band": 0, "work_minutes": 60},
        {"branch": "paper", "filing_minute": at + 3, "size_band": 0, "work_minutes": 60},
    ]
    examined = examine(ground, requests_of(ground, rows))
    assert (np.sort(examined.decision_minute) == at + np.asarray([60, 120, 180, 240])).all()
    return np.argsort(examined.decision_minute, kind="stable").tolist()


def test_first_filed_is_first_examined() -> None:
    assert looked_at("fifo") == [0, 1, 2, 3]


def test_small_companies_are_examined_first_where_the_desk_says_so() -> None:
    assert looked_at("small_first") == [0, 2, 3, 1]


def test_ties_are_broken_by_branch_code_and_number() -> None:
    ground = ground_of(tiny())
    at = minute_of(ground, AT)
    rows = [{"branch": code, "filing_minute": at, "work_minutes": 10} for code in ("paper", "metal", "lime", "lime")]
    requests = requests_of(ground, rows)
    examined = examine(ground, requests)
    assert [ground.cells.branches[index] for index in requests.branch] == ["lime", "lime", "metal", "paper"]
    assert (examined.decision_minute - at).tolist() == [10, 20, 30, 40]


def test_an_incomplete_file_goes_back_and_queues_again() -> None:
    """Examined for an hour, back for a day, examined again, decided two hours later."""
    ground = ground_of(tiny())
    at = minute_of(ground, AT)
    row = {"branch": "metal", "filing_minute": at, "work_minutes": 60, "incomplete_rounds": 1}
    rows = [{**row, "resubmission_minutes": DAY, "decision_minutes": 120}]
    told: list[tuple[int, str]] = []
    requests = requests_of(ground, rows)
    examined = examine(ground, requests, lambda minute, kind, place, what: told.append((minute - at, what)))
    assert told == [(0, "filed"), (60, "sent back incomplete"), (60 + DAY, "filed again"), (120 + DAY, "complete")]
    assert (examined.decision_minute - at).tolist() == [240 + DAY]


def test_a_file_may_come_back_after_the_filing_deadline() -> None:
    ground = ground_of(tiny())
    at = minute_of(ground, "2021-09-30 10:00")
    row = {"branch": "metal", "filing_minute": at, "incomplete_rounds": 1, "resubmission_minutes": 5 * DAY}
    examined = examine(ground, requests_of(ground, [row]))
    assert examined.decision_minute.tolist() == [minute_of(ground, "2021-10-05 10:02")]


def test_more_officers_decide_no_later_in_the_mean() -> None:
    """On the same luck."""
    means = []
    for officers in (1, 2, 8):
        scenario = tiny(f"desk.officers={officers}", "inflow.requests_per_year=400")
        ground = ground_of(scenario)
        from sim.inflow import draw_requests

        requests = together(ground, draw_requests(ground, 0))
        examined = examine(ground, requests)
        means.append(float(np.minimum(examined.decision_minute, ground.horizon).mean()))
    assert means[0] > means[1] >= means[2]


def test_what_the_calendar_leaves_no_time_for_is_never_decided_on() -> None:
    ground = ground_of(tiny())
    row = {"branch": "metal", "filing_minute": minute_of(ground, AT), "work_minutes": 10**6}
    examined = examine(ground, requests_of(ground, [row, {**row, "work_minutes": 1}]))
    assert examined.decision_minute.tolist() == [NEVER, NEVER]
    assert examined.first_wait_minutes.tolist() == [0, -1]
