"""A run that starts from what really happened: stock, money left, inflow conditioned on what came."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from enveloppe.advisers import ADVISERS
from enveloppe.findings import findings_of, target_sources
from enveloppe.pipeline import Trip, allocation_rows, planned
from enveloppe.sentences import with_sentences
from enveloppe.standing_money import lines_standing, money_standing, to_come
from enveloppe.uncertainty.delivery import uncertainty_findings
from forecast.back_test import back_test
from forecast.back_test_told import UNTESTED, back_test_section, distrusted
from forecast.cleaning import Reading
from forecast.column_map import ColumnMap
from forecast.condition import Conditioned, Seen, conditioned
from forecast.counts import counted, month_bounds, month_label, month_number
from forecast.coverage import refuse_uncovered, usual_as_of
from forecast.doubtful import doubtful_values
from forecast.findings import export_section
from forecast.history import History
from forecast.in_flight import InFlight, asked_cents, in_flight
from forecast.moved import Moved, moved
from forecast.reading import read_requests, refuse_beyond
from optimiser.plan_warnings import plan_warnings
from scenarios.calendar import worked_days_between
from scenarios.events import EnvelopeChange
from scenarios.loading import Loaded
from scenarios.problems import InputRefused, Place, Problem
from scenarios.scenario import Scenario
from scenarios.stock import RequestState, Stock
from sim.beginning import in_force
from sim.blocks import BlockStore
from sim.committee import rule_of
from sim.experiment import Progress, simulate
from sim.ground import ground_of
from sim.summary import summarise
from sim.workers import Workers


@dataclass(frozen=True, eq=False)
class Actuals:
    """What is known of a scheme that is under way.

    Attributes:
        reading: the export, cleaned.
        known: the column map.
        file: the export.
        history: the requests filed since the opening and known at the end of `as_of`.
        as_of: the last day that is known.
        since: the last day known to the last forecast; None where there is none.
    """

    reading: Reading
    known: ColumnMap
    file: Path
    history: History
    as_of: date
    since: date | None


def read_actuals(
    file: Path, loaded: Loaded, known: ColumnMap, as_of: date | None = None, since: date | None = None
) -> Actuals:
    """Read the requests to date of a scenario.

    Args:
        file: the export.
        loaded: the scenario.
        known: the column map.
        as_of: the last day that is known; by default the last one that the export covers (`usual_as_of`).
        since: of the last forecast; by default the end of the month before.

    Returns:
        Actuals.

    Raises:
        InputRefused: where the export cannot be used or ends long before the day, the day lies outside the scheme, or
            the scenario leaves open whether an amendment before it came.
    """
    scenario = loaded.scenario
    reading = read_requests(file, scenario, known)
    refuse_beyond(reading, known)
    whole = reading.history
    windows = scenario.windows
    last = as_of or usual_as_of(reading, known, scenario)
    place = Place(f"--as-of {last.isoformat()}")
    if not windows.opens <= last:
        raise InputRefused([Problem(place, "as_of_outside", details={"found": last, "limit": windows.opens})])
    last = min(last, windows.last_payment - timedelta(days=1))
    refuse_uncovered(reading, known, scenario, last)
    _refuse_open_amendments(loaded, last)
    before = since or last.replace(day=1) - timedelta(days=1)
    if since is not None and not windows.opens <= since < last:
        raise InputRefused(
            [Problem(Place(f"--last-forecast {since.isoformat()}"), "since_outside", details={"limit": last})]
        )
    opened = windows.opens.toordinal()
    within = whole.chosen(whole.filed >= opened, first_day=opened, last_day=max(last.toordinal(), opened))
    return Actuals(reading, known, file, within.up_to(last), last, before if before >= windows.opens else None)


def _refuse_open_amendments(loaded: Loaded, last: date) -> None:
    """Refuse amendments up to a day of which the scenario does not say whether they came."""
    places = {entry.key: entry.place for entry in loaded.register}
    problems = []
    for number, event in enumerate(loaded.scenario.events):
        if isinstance(event, EnvelopeChange) and event.day <= last and 0 < event.probability < 1:
            key = f"events.{number}.probability"
            details = {"day": event.day, "limit": last, "found": event.probability}
            problems.append(
                Problem(places.get(key, Place(f"--as-of {last.isoformat()}")), "amendment_open", key, details)
            )
    if problems:
        raise InputRefused(problems)


def travel_on(
    loaded: Loaded,
    actuals: Actuals,
    jobs: Workers = 1,
    progress: Progress | None = None,
    store: BlockStore | None = None,
) -> Trip:
    """From a scenario and its requests to date to findings.

    The plan is the one notified at the opening; the runs start the day after `as_of` from the real stock, with the
    money that is left, and draw what is to come from the inflow given what came.

    Args:
        loaded: the scenario.
        actuals: the requests to date.
        jobs, progress, store: as in `pipeline.travel`.

    Returns:
        The trip, whose findings have a `forecast` section.

    Raises:
        NoPlan: where the scenario has no plan.
    """
    done = planned(loaded)
    flight = in_flight(actuals.history, done.scenario)
    given = conditioned(done.scenario, actuals.history)
    ground = ground_of(given.scenario)
    allocation = in_force(ground, flight.stock, done.plan.allocation)
    experiment = simulate(
        given.scenario,
        allocation,
        jobs=jobs,
        progress=progress,
        store=store,
        stock=flight.stock,
        advisers=ADVISERS,
    )
    simulated = summarise(given.scenario, experiment, target_sources(loaded))
    simulated["uncertainty"] = uncertainty_findings(done.scenario, done.plan, experiment)
    change = None
    if actuals.since is not None:
        whole = actuals.reading.history
        # Days without a request after the last one are days of the scheme, for the earlier forecast as for this one.
        known_to = max(whole.last_day, actuals.as_of.toordinal())
        whole = whole.chosen(slice(None), last_day=known_to)
        change = moved(done.scenario, whole, actuals.since, actuals.as_of, given)
    section = forecast_section(actuals, flight, given, change, done.scenario)
    asked = asked_cents(actuals.history, done.scenario)
    one_pot = rule_of(done.scenario.committee.policy).one_pot
    section["to_date"]["need_cents"] = round(float(asked.sum()))
    section["to_come"] = to_come(section["to_date"], simulated["simulation"]["kpis"])
    section["money"] = money_standing(ground, flight.stock, allocation, one_pot)
    section["lines"] = lines_standing(ground, flight.stock, asked, allocation, one_pot)
    simulated["forecast"] = section
    doubts = doubtful_values(actuals.history, done.scenario, actuals.known)
    tested = _back_test(actuals, done.scenario)
    simulated["forecast"]["back_test"] = distrusted(tested, (code for code, _ in doubts))
    warnings = [*({"code": code, "details": details} for code, details in doubts)]
    warnings += [*plan_warnings(done.problem, done.plan), *_warnings(flight, actuals, done.scenario, given.seen)]
    findings = findings_of(loaded, done.section, simulated, warnings)
    return Trip(
        loaded, with_sentences(findings, loaded.scenario.language), allocation_rows(done.problem, done.plan), experiment
    )


def _back_test(actuals: Actuals, scenario: Scenario) -> dict[str, Any]:
    """How good forecasts from this export have been, over all its months up to the day, even before the opening.

    Nothing is forecast after the filing deadline: what comes then is refused.
    """
    known = actuals.reading.history.up_to(min(actuals.as_of, scenario.windows.filing_deadline))
    tested = back_test(counted(known, scenario), scenario, scenario.seed) if len(known) else None
    return UNTESTED if tested is None else back_test_section(tested)


SILENT_TIMES = 5
"""Worked days without a request, in usual distances between two of them, from which an export may have ended early."""


def _warnings(flight: InFlight, actuals: Actuals, scenario: Scenario, seen: Seen) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = []
    if flight.early:
        told.append({"code": "filed_before_opening", "details": {"requests": flight.early}})
    if flight.without_rate:
        told.append({"code": "committed_without_rate", "details": {"requests": flight.without_rate}})
    told += [
        {"code": f"{name}_contradicted", "details": {"requests": requests, "seen_share": round(factor, 6)}}
        for name, (requests, factor) in seen.contradicted.items()
    ]
    told += _silence(actuals, scenario)
    return told


def _silence(actuals: Actuals, scenario: Scenario) -> list[dict[str, Any]]:
    """Worked days of the scheme without a request at the end of what is known, where they are many.

    A column map that names the last day covered says that nothing came, and is believed.
    """
    until = min(actuals.as_of, scenario.windows.filing_deadline)
    if actuals.known.last_day is not None and actuals.known.last_day >= until:
        return []
    opens, filed = scenario.windows.opens, actuals.history.filed
    filed = filed[filed <= until.toordinal()]
    last = date.fromordinal(int(filed.max())) if len(filed) else opens - timedelta(days=1)
    if last >= until:
        return []
    silent = worked_days_between(scenario, last + timedelta(days=1), until)
    usual = worked_days_between(scenario, opens, last) / len(filed) if len(filed) else 1.0
    if silent <= SILENT_TIMES * max(usual, 1.0):
        return []
    details: dict[str, Any] = {"days": silent, "as_of": until.isoformat()}
    if not len(filed):
        return [{"code": "nothing_filed", "details": details}]
    return [{"code": "export_ends_early", "details": details | {"day": last.isoformat()}}]


def forecast_section(
    actuals: Actuals, flight: InFlight, given: Conditioned, change: Moved | None, scenario: Scenario
) -> dict[str, Any]:
    """The `forecast` section of the findings (docs/forecast.md)."""
    stock = flight.stock
    section: dict[str, Any] = {
        "as_of": actuals.as_of.isoformat(),
        "export": export_section(actuals.reading, actuals.file, actuals.known),
        "filled": [{"field": name, "requests": count} for name, count in flight.filled.items()],
        "to_date": _to_date(stock),
        "months": _months(stock, scenario, actuals.as_of),
        "seen": _seen(given.seen),
        "branches": [
            {"branch": code, "requests": requests, "expected": round(expected, 3), "factor": round(factor, 6)}
            for code, (requests, expected, factor) in given.seen.branches.items()
        ],
    }
    if change is not None:
        section["moved"] = {
            "since": change.since.isoformat(),
            "before_cents": change.before_cents,
            "after_cents": change.after_cents,
            "causes": [{"cause": cause, "cents": cents} for cause, cents in change.causes.items()],
        }
    return section


def _seen(seen: Seen) -> dict[str, Any]:
    told: dict[str, Any] = {"requests": seen.requests, "expected": round(seen.expected, 3)}
    for name in ("volume", "hours", "fee", "trainees"):
        value, low, high = getattr(seen, name)
        told[name] = {"value": round(value, 6), "low": round(low, 6), "high": round(high, 6)}
    return told


def _to_date(stock: Stock) -> dict[str, Any]:
    committed = (stock.state >= RequestState.COMMITTED) & (stock.state <= RequestState.PAID)
    told: dict[str, Any] = {
        "requests": len(stock),
        "pathways_committed": int(stock.trainees[committed].sum()),
        "committed_cents": int((stock.committed_cents - stock.released_cents).sum()),
        "paid_cents": int(stock.paid_cents.sum()),
    }
    for state in RequestState:
        told[state.name.lower()] = int((stock.state == state).sum())
    return told


def _months(stock: Stock, scenario: Scenario, as_of: date) -> list[dict[str, Any]]:
    """Cumulative requests, commitments net of releases and payments at the end of each month to date."""
    rows = []
    for number in range(month_number(scenario.windows.opens), month_number(as_of) + 1):
        end = min(month_bounds(number)[1], as_of).toordinal()
        committed = (stock.committed_day >= 0) & (stock.committed_day <= end)
        released = np.where((stock.end_day >= 0) & (stock.end_day <= end), stock.released_cents, 0)
        paid = (stock.paid_day >= 0) & (stock.paid_day <= end)
        rows.append(
            {
                "month": month_label(number),
                "requests": int((stock.filed_day <= end).sum()),
                "committed_cents": int((stock.committed_cents[committed] - released[committed]).sum()),
                "paid_cents": int(stock.paid_cents[paid].sum()),
            }
        )
    return rows
