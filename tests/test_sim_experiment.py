"""Many runs: the same bytes for any number of workers, and what the runs say together."""

import hashlib
import json
import math
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from interruptible import hears_interrupts
from kpis_told import TOLD
from tiny import by_demand, tiny
from waiting import ON_LINUX, SLOW_SECONDS, gone

from scenarios.calendar import DAY
from scenarios.calibration import Quantity
from scenarios.loading import load
from scenarios.scenario import Scenario
from sim.calibration import QUANTITIES
from sim.exhaustion import envelope_exhausted, exhaustion_date
from sim.experiment import Experiment, simulate
from sim.ground import NEVER, ground_of
from sim.kpis import KPIS, Seen
from sim.statistics import difference, estimate, gini, interval_ranks, wilson_interval
from sim.summary import branch_status, runs_arrays, summarise

"""The key figures that docs/findings.md promises."""


def experiment(*overrides: str, runs: int = 12, jobs: int = 1) -> Experiment:
    scenario = tiny(*overrides)
    return simulate(scenario, by_demand(scenario), runs=runs, jobs=jobs)


@pytest.fixture(scope="module")
def lived() -> Experiment:
    return experiment()


def digest(runs: Experiment) -> str:
    """One number for all bytes of the tables of all runs."""
    found = hashlib.sha256()
    for name, table in runs_arrays(runs).items():
        found.update(name.encode() + str(table.shape).encode() + table.tobytes())
    found.update(json.dumps(summarise(runs.ground.scenario, runs), allow_nan=False).encode())
    return found.hexdigest()


def test_the_same_bytes_for_one_worker_or_two(lived: Experiment) -> None:
    told: list[tuple[int, int]] = []
    scenario = tiny()
    parallel = simulate(scenario, by_demand(scenario), runs=12, jobs=2, progress=lambda *now: told.append(now))
    assert digest(parallel) == digest(lived)
    assert told[-1] == (12, 12)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_the_same_question_gives_the_same_bytes_again(lived: Experiment) -> None:
    assert digest(experiment()) == digest(lived)
    assert digest(experiment("seed=8")) != digest(lived)


def test_more_runs_only_append(lived: Experiment) -> None:
    fewer = experiment(runs=5)
    for name, table in runs_arrays(fewer).items():
        assert np.array_equal(table, runs_arrays(lived)[name][:5]), name


@pytest.mark.skipif(not ON_LINUX, reason="workers are found by the kernel's table of processes")
def test_an_interrupted_experiment_leaves_no_worker_behind() -> None:
    """A command told to stop in the middle ends on KeyboardInterrupt, and so do its workers."""
    code = (
        "from tiny import tiny, by_demand\nfrom sim.experiment import simulate\ns = tiny()\n"
        "simulate(s, by_demand(s), runs=100000, jobs=2, progress=lambda a, b: print(a, flush=True))\n"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).parent,
        start_new_session=True,
        text=True,
        preexec_fn=hears_interrupts,
    )
    assert child.stdout is not None
    assert child.stdout.readline().strip().isdigit(), "it is under way"
    os.kill(child.pid, signal.SIGINT)
    _, problems = child.communicate(timeout=SLOW_SECONDS)
    assert child.returncode != 0
    assert "KeyboardInterrupt" in problems
    assert not gone(child.pid)


@pytest.mark.parametrize(("runs", "policies"), [(0, ["fixed"]), (1, [])])
def test_no_runs_or_no_policy_is_refused(runs: int, policies: list[str]) -> None:
    with pytest.raises(ValueError, match="at least one"):
        simulate(tiny(), by_demand(tiny()), policies, runs)


def test_all_promised_figures_are_told_and_no_others(lived: Experiment) -> None:
    found = summarise(tiny(), lived)["simulation"]
    assert list(found["kpis"]) == TOLD
    for told in found["kpis"].values():
        interval = {"low", "high"} if told["unit"] == "probability" else {"intervals"}
        assert set(told) == {"mean", "se", "p5", "p10", "p50", "p90", "p95", "unit"} | interval
        assert told["p5"] <= told["p10"] <= told["p50"] <= told["p90"] <= told["p95"]
        if told["unit"] == "cents":
            assert all(isinstance(value, int) for key, value in told.items() if key not in ("unit", "intervals"))
            assert all(isinstance(end, int) for ends in told["intervals"].values() for end in ends)
    promised = {"asked_pathways", "pathways_committed", "pathways_net", "committed_cents", "notified_cents"}
    promised |= {"need_cents", "paid_cents", "served_share", "parked", "support_cents"}
    for part in ("branches", "size_groups"):
        assert promised <= set(found[part][0]["kpis"])
    assert promised <= set(found["lines"][0]["kpis"])
    assert {"support_coverage", "wait_days", "companies"} <= set(found["size_groups"][0]["kpis"])
    assert [row["line"] for row in found["lines"]] == [line.key for line in lived.ground.cells.lines]
    assert found["policy"] == "pro_rata"
    assert len(found["months"]) == 24
    assert [row["year"] for row in found["years"]] == [2021, 2022]
    assert all(row["cp_cents"] and 0 <= row["need_overrun"] <= 1 for row in found["years"])
    empty = next(row for row in found["branches"] if row["branch"] == "lime")
    assert "served_share" not in empty["kpis"], "nobody asked: the figure does not apply"
    assert empty["status"] == "unasked"


def test_findings_hold_no_nan_and_only_plain_values(lived: Experiment) -> None:
    text = json.dumps(summarise(tiny(), lived), allow_nan=False)
    assert json.loads(text) == summarise(tiny(), lived)
    assert "null" not in text


def test_parts_add_up_to_the_whole(lived: Experiment) -> None:
    """Pathways and cents of lines, of branches and of size groups sum to those of the envelope in every run."""
    for outcome in lived.policies:
        seen = Seen(lived, outcome)
        for name in ("pathways_committed", "committed_cents", "paid_cents", "parked", "refused", "support_cents"):
            whole = seen.done(name)
            assert np.array_equal(outcome.by_line[name].sum(axis=1), whole), name
        total = outcome.totals
        lines = sum(outcome.by_line[name].sum(axis=1) for name in ("open_cents", "to_pay_cents", "paid_cents"))
        held = total["fee_cents"] + total["reserve_cents"] + total["unnotified_cents"] + total["lapsed_cents"]
        assert np.array_equal(total["authorised_cents"] + total["shortfall_cents"], held + lines)
        assert np.array_equal(outcome.by_month["paid_cents"][:, -1], seen.done("paid_cents"))
        assert np.array_equal(outcome.by_month["committed_cents"][:, -1], seen.done("committed_cents"))
        branches = outcome.by_branch_month["committed_cents"]
        assert np.array_equal(branches.sum(axis=1), outcome.by_month["committed_cents"])
        assert np.array_equal(branches[:, :, -1], outcome.by_pair["committed_cents"].sum(axis=2))
    assert np.array_equal(lived.need.by_month["need_cents"][:, -1], lived.need.by_line["need_cents"].sum(axis=1))


def test_unmet_need_and_commitments_make_the_need_where_prices_stand_still(lived: Experiment) -> None:
    """With prices fixed at filing, each request of the need is either committed at that price or unmet."""
    runs = experiment("scheme.price_date=filing", "scheme.company_aid_ceilings=[]", runs=6)
    for outcome in runs.policies:
        done = outcome.by_line["gross_committed_cents"] + outcome.by_line["unmet_need_cents"]
        assert np.array_equal(done, runs.need.by_line["need_cents"])


def test_a_decision_says_what_moved(lived: Experiment) -> None:
    rows = summarise(tiny(), lived)["simulation"]["decisions"]
    assert {row["policy"] for row in rows} == {"pro_rata", "fixed"}, "first_come moves nothing between lines"
    assert {row["date"] for row in rows} <= {"2021-04-01", "2021-06-15", "2021-07-01", "2021-09-01", "2021-10-01"}
    assert {"2021-06-15", "2021-09-01"} <= {row["date"] for row in rows if row["policy"] == "fixed"}


def test_comparison_is_paired(lived: Experiment) -> None:
    """The mean difference is the difference of means; its error comes from the differences, and is smaller."""
    told = summarise(tiny(), lived)["comparison"]
    assert [row["against"] for row in told] == ["first_come", "fixed"]
    ours, theirs = (Seen(lived, outcome).done("committed_cents") for outcome in lived.policies[:2])
    gap = told[0]["kpis"]["committed_cents"]
    assert gap["mean"] == math.floor((ours - theirs).mean() + 0.5)
    assert gap["se"] == math.floor((ours - theirs).std(ddof=1) / math.sqrt(12) + 0.5)
    assert gap["se"] < 0.7 * math.sqrt((ours.var(ddof=1) + theirs.var(ddof=1)) / 12)
    assert [row["branch"] for row in told[0]["branches"]] == ["metal", "paper", "lime"]


def test_a_single_run_has_no_error() -> None:
    told = summarise(tiny(), experiment(runs=1))
    assert "se" not in told["simulation"]["kpis"]["need_cents"]
    assert "se" not in told["comparison"][0]["kpis"]["committed_cents"]


def test_estimates_by_hand() -> None:
    """1 to 5: mean 3, sd sqrt(2.5), order statistics without interpolation."""
    told = estimate(np.asarray([5.0, 1, 4, np.nan, 2, 3]), "days")
    assert told == {"mean": 3.0, "se": 0.7071067812, "p5": 1, "p10": 1, "p50": 3, "p90": 5, "p95": 5, "unit": "days"}
    assert estimate(np.asarray([np.nan]), "days") is None
    assert difference(np.asarray([3.0, 5]), np.asarray([1.0, 1]), "cents") == {"mean": 3, "se": 1, "unit": "cents"}
    assert difference(np.asarray([np.nan]), np.asarray([1.0]), "cents") is None


def test_percentiles_are_bounded_by_order_statistics() -> None:
    """The median of ten values lies between the second and the ninth with 97.9 % (tables of the sign test); ten values
    say nothing as sure of their 5 %; a hundred bound it from the first to the eleventh (binomial tails by hand)."""
    told = estimate(np.arange(10.0), "days", percentile_intervals=True)
    assert told is not None
    assert told["intervals"] == {"p50": [1.0, 8.0]}
    assert interval_ranks(100, 5) == (1, 11)
    for count, percent in ((60, 10), (1000, 50), (333, 95)):
        ranks = interval_ranks(count, percent)
        assert ranks is not None
        tail = [
            sum(math.comb(count, k) * percent**k * (100 - percent) ** (count - k) for k in part) * 40
            for part in (range(ranks[0]), range(ranks[1], count + 1))
        ]
        assert max(tail) <= 100**count, "at most 2.5 % on either side, in whole numbers"


@given(st.integers(1, 400), st.integers(1, 99))
def test_more_runs_never_lose_a_percentile(count: int, percent: int) -> None:
    """Where so many runs bound a percentile, more do, and mirrored percentiles have mirrored ranks."""
    ranks = interval_ranks(count, percent)
    mirrored = interval_ranks(count, 100 - percent)
    if ranks is None:
        assert mirrored is None
    else:
        assert mirrored == (count + 1 - ranks[1], count + 1 - ranks[0])
        assert interval_ranks(count + 1, percent) is not None


def test_gini_by_hand() -> None:
    assert gini(np.asarray([[1.0, 1, 1], [0, 0, 3], [1, 3, np.nan]])).tolist() == pytest.approx([0, 2 / 3, 0.25])
    assert np.isnan(gini(np.zeros((1, 3)))).all()


def test_the_envelope_is_exhausted_with_the_lines_that_hold_half_the_money() -> None:
    """Lines of 10, 60 and 30 % park at minutes 5, 20 and never: half the money is reached at 20, all of it never."""
    minutes = np.array([5, 20, NEVER], dtype=np.int64)
    notified = [10, 60, 30]
    assert envelope_exhausted(minutes, notified, 0.1, "fixed") == 5
    assert envelope_exhausted(minutes, notified, 0.5, "fixed") == 20
    assert envelope_exhausted(minutes, notified, 0.7, "fixed") == 20
    assert envelope_exhausted(minutes, notified, 1.0, "fixed") == NEVER
    assert envelope_exhausted(minutes, notified, 0.5, "first_come") == 5, "one pot: empty at the first parked request"
    assert envelope_exhausted(minutes, [0, 0, 0], 0.5, "fixed") == 5, "no money at all: out at the first request"


def test_exhaustion_is_dated_over_the_runs_in_which_it_happened() -> None:
    calendar = ground_of(tiny()).calendar
    minutes = np.asarray([DAY * day for day in range(10)] + [NEVER] * 10)
    found = exhaustion_date(calendar, minutes)
    low, high = wilson_interval(10, 20)
    assert found == {
        "p10": "2021-01-01",
        "p50": "2021-01-05",
        "p90": "2021-01-09",
        "probability": 0.5,
        "low": figure_of(low),
        "high": figure_of(high),
    }
    fewer = exhaustion_date(calendar, minutes[1:])
    assert fewer["probability"] == figure_of(9 / 19)
    assert "p50" not in fewer, "fewer than ten, and not all"
    assert exhaustion_date(calendar, minutes[:3])["p50"] == "2021-01-02", "all of three"
    never = exhaustion_date(calendar, minutes[10:])
    assert never["probability"] == never["low"] == 0.0
    assert 0.2 < never["high"] < 0.3, "ten runs without it do not prove that it cannot happen"


def figure_of(value: float) -> float:
    return float(f"{value:.10g}")


@pytest.mark.parametrize(
    ("served", "probability", "status"),
    [(0.9, 0.35, "ok"), (0.9, 0.36, "watch"), (0.74, 0.61, "short"), (0.75, 0.61, "watch"), (0.5, 0.6, "watch")],
)
def test_the_status_of_a_branch(served: float, probability: float, status: str) -> None:
    """Without `branch_status` the bounds are 90 and 35 %, 75 and 60 %, and no date matters."""
    exhaustion = {"probability": probability, "p50": "2021-01-02"}
    assert branch_status({"served_share": {"mean": served}}, exhaustion, tiny()) == status


@pytest.mark.parametrize(
    ("middle", "probability", "status"),
    [("2021-08-01", 0.61, "short"), ("2021-08-02", 0.61, "watch"), ("2021-08-01", 0.6, "watch"), (None, 0.7, "watch")],
)
def test_a_branch_that_runs_out_early_is_short_of_money(middle: str | None, probability: float, status: str) -> None:
    """Requests close on 30 September: sixty days before is 1 August."""
    scenario = tiny("branch_status.short_early_days=60")
    assert scenario.windows.filing_deadline.isoformat() == "2021-09-30"
    exhaustion = {"probability": probability} | ({} if middle is None else {"p50": middle})
    assert branch_status({"served_share": {"mean": 0.85}}, exhaustion, scenario) == status


def test_figures_that_do_not_apply_are_absent() -> None:
    """No target, no ceiling of a year, lines that are not by branch."""
    scenario = load_without_target()
    told = summarise(scenario, simulate(scenario, by_demand(scenario), runs=2))["simulation"]
    assert "target_reached" not in told["kpis"]
    assert "cp_cents" not in told["years"][0]
    assert "need_overrun" not in told["years"][0]
    assert "notified_cents" not in told["branches"][0]["kpis"]
    assert "branch" not in told["lines"][0]
    assert told["lines"][0]["situation"] == "ap"


def load_without_target() -> Scenario:
    return tiny("target_pathways=null", "payments.year_ceilings=[]", "lines=[situation]")


def test_small_companies_are_those_under_50(lived: Experiment) -> None:
    assert lived.ground.scenario.scheme.under50_groups == (0,)


def test_every_quantity_of_a_target_is_reached_by_a_function() -> None:
    assert set(QUANTITIES) == set(Quantity.__args__)
    assert len({kpi.name for kpi in KPIS}) == len(KPIS)


def test_calibration_is_told_beside_its_target() -> None:
    """Shares of the need add up, a target in reach is met, one out of reach is not."""
    shared = "unit: share, population: p, tolerance: 0"
    rows = [
        f"{{quantity: size_band_share, codes: [small, medium, large], target: 1, {shared}}}",
        "{quantity: need_eur, unit: EUR, population: p, target: 1, tolerance: 1}",
        "{quantity: pathways_asked, unit: pathways, population: p, target: 10, tolerance: 0, sense: at_least}",
        f"{{quantity: exhausted_before_probability, day: '2021-01-01', target: 0, {shared}}}",
        "{quantity: pathways_asked, unit: pathways, population: p, target: 9999, tolerance: 1, sense: at_least}",
        "{quantity: pathways_asked, unit: pathways, population: p, target: 200, tolerance: 199, sense: at_least}",
    ]
    scenario = tiny(f"calibration_targets=[{', '.join(rows)}]")
    told = summarise(scenario, simulate(scenario, by_demand(scenario), runs=3), list("abcdef"))["calibration"]
    assert [row["met"] for row in told] == [True, False, True, True, False, True]
    assert told[0]["reached"] == 1.0
    assert [row["source"] for row in told] == list("abcdef")


@pytest.mark.deep
def test_the_shipped_scenarios_live() -> None:
    """One run of each shipped scenario closes its ledger under every policy it names."""
    for name in ("convention-2i", "convention-2i-observed", "convention-2i-observed-207", "germany-sgb3-82"):
        scenario = load(name).scenario
        told = simulate(scenario, by_demand(scenario), runs=1)
        test_parts_add_up_to_the_whole(told)


@pytest.mark.parametrize(
    ("happened", "runs", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (1, 1000, 0.000177, 0.005642)],
)
def test_a_probability_has_wilson_s_interval(happened: int, runs: int, low: float, high: float) -> None:
    """Source: the roots of (p - share)^2 = z^2 p (1 - p) / runs, to which each end that is no bound is put."""
    found = wilson_interval(happened, runs)
    assert found == pytest.approx((low, high), rel=5e-3)
    for end in found:
        if 0 < end < 1:
            square = 1.959963984540054**2
            assert (end - happened / runs) ** 2 == pytest.approx(square * end * (1 - end) / runs)


def test_a_probability_s_interval_ends_on_nought_and_one_exactly() -> None:
    """Where nothing or everything happened, without the last bits of a difference: no probability below nought."""
    for runs in range(1, 400):
        assert wilson_interval(0, runs)[0] == 0.0
        assert wilson_interval(runs, runs)[1] == 1.0


def test_a_year_s_risk_is_against_what_earlier_commitments_leave() -> None:
    """Of 90,000 EUR of 2021, 20,000 are owed already: needs are held against the 70,000 left, as payments are."""
    scenario = tiny(
        "payments.year_ceilings=[{year: 2021, ceiling_eur: 90000}]",
        "payments.earlier_commitments=[{year: 2021, due_eur: 20000}]",
    )
    lived = simulate(scenario, by_demand(scenario), runs=8)
    first = summarise(scenario, lived)["simulation"]["years"][0]
    due = lived.need.by_year["due_cents"][:, 0]
    assert (first["cp_cents"], first["cp_left_cents"]) == (9_000_000, 7_000_000)
    assert first["need_overrun"] == (due > 7_000_000).mean()
    assert (due > 7_000_000).sum() > (due > 9_000_000).sum(), "the two ceilings tell runs apart"
