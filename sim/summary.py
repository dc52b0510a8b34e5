"""The `simulation`, `comparison` and `calibration` sections of docs/findings.md, ready for JSON."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.payment_money import payable_in
from scenarios.scenario import Scenario
from scenarios.settings import eur_to_cents
from sim.calibration import calibration
from sim.cash import cash_told
from sim.decision_log import bounds_given_up, decisions
from sim.exhaustion import exhaustion_date
from sim.experiment import Experiment
from sim.kpis import KPIS, Seen
from sim.lived_events import lived_events
from sim.outcome import PolicyOutcome
from sim.part_kpis import PART_KPIS, Part, branches_of, lines_of, size_groups_of
from sim.statistics import cents_told, difference, estimate, figure, floats, whole_cents, wilson_interval

Figures = dict[str, Any]


def summarise(scenario: Scenario, experiment: Experiment, target_sources: Sequence[str] | None = None) -> Figures:
    """What the runs say together.

    Args:
        scenario: the scenario that was simulated.
        experiment: its runs; the first policy is the headline, the others are compared with it.
        target_sources: where each calibration target comes from, in the order of the scenario's targets; the
            field `source` is absent where they are not told.

    Returns:
        `{"simulation": ..., "comparison": [...], "calibration": [...]}` as docs/findings.md says.
    """
    sources: list[str | None] = [None] * len(scenario.calibration_targets)
    return {
        "simulation": _simulation(experiment),
        "comparison": [_comparison(experiment, rival) for rival in experiment.policies[1:]],
        "calibration": calibration(experiment, sources if target_sources is None else list(target_sources)),
    }


def _simulation(experiment: Experiment) -> Figures:
    seen = Seen(experiment, experiment.policies[0])
    ground, outcome = experiment.ground, seen.outcome
    given_up = [row for policy in experiment.policies for row in bounds_given_up(experiment, policy)]
    return {
        "policy": outcome.policy,
        "kpis": _kpis(seen),
        "months": _months(experiment, outcome),
        "years": _years(experiment, outcome),
        **cash_told(experiment, outcome),
        "lines": [
            {**_line_names(experiment, index), **_part(experiment, part)} for index, part in enumerate(lines_of(seen))
        ],
        "branches": [_branch(experiment, outcome, index, part) for index, part in enumerate(branches_of(seen))],
        "size_groups": [
            {"size_group": code, "kpis": _part_kpis(part)}
            for code, part in zip(ground.cells.size_groups, size_groups_of(seen), strict=True)
        ],
        "exhaustion_date": exhaustion_date(ground.calendar, outcome.totals["exhausted_minute"]),
        **({"events": lived_events(experiment)} if ground.scenario.events else {}),
        "decisions": [row for policy in experiment.policies for row in decisions(experiment, policy)],
        **({"bounds_given_up": given_up} if given_up else {}),
    }


def _kpis(seen: Seen) -> Figures:
    out = {}
    for kpi in KPIS:
        values = kpi.of(seen)
        told = None if values is None else estimate(values, kpi.unit, percentile_intervals=True)
        if told is not None:
            out[kpi.name] = told
    return out


def _part_kpis(part: Part) -> Figures:
    out = {}
    for kpi in PART_KPIS:
        values = kpi.of(part)
        told = None if values is None else estimate(values, kpi.unit)
        if told is not None:
            out[kpi.name] = told
    return out


def _months(experiment: Experiment, outcome: PolicyOutcome) -> list[Figures]:
    need, done = experiment.need.by_month, outcome.by_month
    return [
        {
            "month": month,
            "need_cents": cents_told(need["need_cents"][:, index]),
            "committed_cents": cents_told(done["committed_cents"][:, index]),
            "paid_cents": cents_told(done["paid_cents"][:, index]),
        }
        for index, month in enumerate(experiment.ground.calendar.months)
    ]


def _years(experiment: Experiment, outcome: PolicyOutcome) -> list[Figures]:
    ceilings = {row.year: eur_to_cents(row.ceiling_eur) for row in experiment.ground.scenario.payments.year_ceilings}
    left = payable_in(experiment.ground.scenario, experiment.ground.years)
    rows = []
    for index, year in enumerate(experiment.ground.years):
        due = experiment.need.by_year["due_cents"][:, index]
        row: Figures = {"year": year}
        if year in ceilings:
            row["cp_cents"] = ceilings[year]
        row["need_cents"] = cents_told(due)
        if year in ceilings:
            payable = left[index] or 0
            if payable != ceilings[year]:
                row["cp_left_cents"] = payable
            over = int((due > payable).sum())
            low, high = wilson_interval(over, len(due))
            row["need_overrun"] = figure(over / len(due))
            row["need_overrun_low"], row["need_overrun_high"] = figure(low), figure(high)
        for name in ("paid_cents", "due_unpaid_cents", "reste_a_payer_cents"):
            row[name] = cents_told(outcome.by_year[name][:, index])
        rows.append(row)
    return rows


def _line_names(experiment: Experiment, index: int) -> Figures:
    line = experiment.ground.cells.lines[index]
    names = {
        "line": line.key,
        "branch": line.branch,
        "size_group": line.size_group,
        "size_band": line.size_band,
        "situation": line.situation,
        "pathway": line.pathway,
    }
    return {name: value for name, value in names.items() if value is not None}


def _part(experiment: Experiment, part: Part) -> Figures:
    return {
        "kpis": _part_kpis(part),
        "exhaustion_date": exhaustion_date(experiment.ground.calendar, part.exhausted_minute),
    }


def _branch(experiment: Experiment, outcome: PolicyOutcome, index: int, part: Part) -> Figures:
    out = {"branch": experiment.ground.cells.branches[index], **_part(experiment, part)}
    means = floats(outcome.by_branch_month["committed_cents"][:, index]).mean(axis=0)
    return {
        **out,
        "status": branch_status(out["kpis"], out["exhaustion_date"], experiment.ground.scenario),
        "months": [
            {"month": month, "committed_cents": whole_cents(float(mean))}
            for month, mean in zip(experiment.ground.calendar.months, means, strict=True)
        ],
    }


def branch_status(kpis: Figures, exhaustion: Figures, scenario: Scenario) -> str:
    """How a branch fares by the bounds that the scenario declares: ok, watch or short (docs/findings.md).

    Args:
        kpis: its figures; without a served share nothing was asked in any run.
        exhaustion: its `exhaustion_date`.
        scenario: for its bounds and the day on which requests close.

    Returns:
        "ok", "watch" or "short"; "unasked" where nobody asks in any run, "seldom" where nobody does in most runs: there
        is nothing, or next to nothing, to be judged.
    """
    if "served_share" not in kpis:
        return "unasked"
    if kpis.get("asked_pathways", {}).get("p50") == 0:
        return "seldom"
    bounds, risk = scenario.branch_status, exhaustion["probability"]
    served = kpis["served_share"]["mean"]
    if served >= bounds.ok_served_share and risk <= bounds.ok_risk_share:
        return "ok"
    early = (
        bounds.short_early_days is not None
        and "p50" in exhaustion
        and (scenario.windows.filing_deadline - date.fromisoformat(exhaustion["p50"])).days >= bounds.short_early_days
    )
    return "short" if risk > bounds.short_risk_share and (early or served < bounds.short_served_share) else "watch"


def _comparison(experiment: Experiment, rival: PolicyOutcome) -> Figures:
    """The headline policy less a rival, run by run on the same luck."""
    ours, theirs = Seen(experiment, experiment.policies[0]), Seen(experiment, rival)
    kpis = {}
    for kpi in KPIS:
        values, others = kpi.of(ours), kpi.of(theirs)
        gap = None if values is None or others is None else difference(values, others, kpi.unit)
        if gap is not None:
            kpis[kpi.name] = gap
    cells = experiment.ground.cells
    return {
        "policy": ours.outcome.policy,
        "against": rival.policy,
        "kpis": kpis,
        "branches": _part_gaps("branch", cells.branches, ours, theirs, branches_of),
        "size_groups": _part_gaps("size_group", cells.size_groups, ours, theirs, size_groups_of),
    }


def _part_gaps(
    name: str, codes: Sequence[str], ours: Seen, theirs: Seen, parts: Callable[[Seen], list[Part]]
) -> list[Figures]:
    def gap(one: Part, other: Part, field: str, unit: str) -> Figures | None:
        return difference(floats(one.sums[field]), floats(other.sums[field]), unit)

    return [
        {
            name: code,
            "pathways_net": gap(one, other, "pathways_net", "pathways"),
            "committed_cents": gap(one, other, "committed_cents", "cents"),
        }
        for code, one, other in zip(codes, parts(ours), parts(theirs), strict=True)
    ]


def runs_arrays(experiment: Experiment) -> dict[str, NDArray[np.int64]]:
    """The tables of `runs.npz`: per run and line, and per run, whole cents, pathways and minutes.

    Args:
        experiment: the runs.

    Returns:
        int64 arrays: `need/NAME` and `POLICY/NAME` (runs, lines), `need/total/NAME` and `POLICY/total/NAME` (runs,),
        `POLICY/refusals` (runs, reasons) in the order of `sim.refusal.Refusal`. A minute of 2**52 (`NEVER`) says
        that money did not run out.
    """
    out = {f"need/{name}": table for name, table in experiment.need.by_line.items()}
    out |= {f"need/total/{name}": table for name, table in experiment.need.totals.items()}
    for outcome in experiment.policies:
        out |= {f"{outcome.policy}/{name}": table for name, table in outcome.by_line.items()}
        out |= {f"{outcome.policy}/total/{name}": table for name, table in outcome.totals.items()}
        out[f"{outcome.policy}/refusals"] = outcome.refusals
    return out
