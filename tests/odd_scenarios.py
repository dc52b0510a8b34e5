"""Odd scenarios of all kinds at once, lived by either engine; and a count of what was really reached while living them.

Where `generated` varies one room at a time, an odd case is drawn over all of them: rules, dated events, officers,
steering, payments, policy, a stock to start from, decisions forced into the minutes of dated events.
"""

from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import numpy as np
from generated import OVERRIDES, RULES_CHANGE, STAFFING, sound
from hypothesis import strategies as st
from stock_making import register_of
from tiny import by_demand, tiny

from enveloppe.advisers import adviser_of
from scenarios.calendar import DAY
from scenarios.committee import Policy
from scenarios.events import EnvelopeChange
from scenarios.policies import POLICIES
from scenarios.scenario import Scenario
from scenarios.stock import Stock
from sim.beginning import beginning, in_force
from sim.committee import rule_of
from sim.desk import Examined
from sim.engines import EngineName, engine_named
from sim.ground import NEVER, Ground, ground_of
from sim.happenings import NOTES
from sim.kinds import Kind
from sim.ledger import Ledger
from sim.lived import Event, Lived
from sim.price_list import PriceList
from sim.run_requests import RunRequests
from sim.stock_requests import requests_of

_LAGS = ("inflow.start_lag_days", "inflow.invoice_lag_days", "payments.payment_lag_days")
_DURATIONS = ("inflow.pathways.short.duration_days", "inflow.pathways.long.duration_days")
_LENGTHS: dict[str, dict[str, object]] = {
    "usual": {},
    "none": dict.fromkeys((*_LAGS, *_DURATIONS), "{kind: constant, at: 0}"),
    "long": dict.fromkeys((_LAGS[0], _DURATIONS[0]), "{kind: constant, at: 120}"),
}
_DAYS = ["2021-01-01", "2021-04-01", "2021-06-15", "2021-09-01", "2021-12-31", "2022-12-31"]
"""Days of the opening, of a committee, of an instalment, of no other thing, of the deadline, and the last one."""
ODD = st.fixed_dictionaries(
    {
        "overrides": OVERRIDES,
        "rules": RULES_CHANGE,
        "staffing": STAFFING,
        "envelope": st.sampled_from([2_000, 40_000, 40_000, 115_000, 10_000_000]),
        "requests": st.sampled_from([0, 60, 120, 250]),
        "cut": st.tuples(st.sampled_from(_DAYS), st.sampled_from([0.0, 0.1, 0.5, 1.0])),
        "top_up": st.tuples(st.sampled_from(_DAYS), st.sampled_from([0.01, 20_000]), st.sampled_from([0.5, 1.0])),
        "late_days": st.sampled_from([None, 0, 40, 290]),
        "policy": st.sampled_from(POLICIES),
        "tied": st.booleans(),
        "stock": st.sampled_from([None, None, None, 90, 165, 280, 400]),
        "lengths": st.sampled_from(["usual", "usual", "none", "long"]),
        "stop": st.sampled_from([1, 90, 165, 166, 273, 365, 401, 729]),
        "run": st.integers(0, 11),
    }
)


@dataclass(frozen=True)
class OddCase:
    """What is lived.

    Attributes:
        scenario: a checked scenario.
        policy: under which it is lived.
        run: the number of the run.
        tied: whether decisions are put off to the next minute of a dated event.
        stock_day: the day of the register that it starts from; None from the opening.
        stop_day: on which it may be stopped, to be gone on with by the other engine.
    """

    scenario: Scenario
    policy: Policy
    run: int
    tied: bool
    stock_day: int | None
    stop_day: int


def odd_case(drawn: dict[str, Any]) -> OddCase:
    """A case of what hypothesis has drawn."""
    envelope, (cut_day, cut), (top_day, top, probability) = drawn["envelope"], drawn["cut"], drawn["top_up"]
    cents_of_cut = round(envelope * cut)
    money = [f"{{kind: envelope_change, date: {cut_day}, amount_eur: {-cents_of_cut}}}"] if cents_of_cut else []
    money.append(f"{{kind: envelope_change, date: {top_day}, amount_eur: {top}, probability: {probability}}}")
    # What an uncertain cut takes must be there in every run.
    rules = [row for row in drawn["rules"] if not ("amount_eur: -" in row and cut == 1.0)]
    overrides = sound(drawn["overrides"])
    late = [day for day in ("2021-06-15", "2021-03-01") if day in str(overrides["payments.instalments"])]
    if drawn["late_days"] is not None:
        money += [f"{{kind: instalment_late, date: {day}, late_days: {drawn['late_days']}}}" for day in late]
    kept = {key: value for key, value in overrides.items() if not key.startswith("events.")}
    chosen = {
        **kept,
        **drawn["staffing"],
        "envelope_eur": envelope,
        "inflow.requests_per_year": drawn["requests"],
        **_LENGTHS[drawn["lengths"]],
        "events": "[" + ", ".join([*money, *rules]) + "]",
    }
    scenario = tiny(*(f"{key}={value}" for key, value in chosen.items()))
    day = drawn["stock"]
    if day is not None:
        # Before a stock's first day an amendment came or did not.
        first = scenario.windows.opens.toordinal() + day
        certain = tuple(
            event.model_copy(update={"probability": float(round(event.probability))})
            if isinstance(event, EnvelopeChange) and event.day.toordinal() < first
            else event
            for event in scenario.events
        )
        scenario = scenario.model_copy(update={"events": certain})
    return OddCase(scenario, drawn["policy"], drawn["run"], drawn["tied"], day, max(drawn["stop"], (day or 0) + 1))


Told = list[tuple[Event, list[int], list[list[int]]]]


@dataclass(frozen=True, eq=False)
class OddLife:
    """What one engine made of a case.

    Attributes:
        ground, requests: the run.
        told: each event with all accounts after it.
        lived: what became of the requests.
    """

    ground: Ground
    requests: RunRequests
    told: Told
    lived: Lived


def lived_through(case: OddCase, engine: EngineName, then: EngineName | None = None) -> OddLife:
    """Live a case by one engine; the ledger's identity is looked at after every event.

    Args:
        case: what is lived.
        engine: by which.
        then: the engine that goes on with it from the day of the stop; None where it is not stopped.
    """
    ground = ground_of(case.scenario)
    stock = None if case.stock_day is None else _register(ground, case)
    allocation = by_demand(case.scenario)
    if stock is not None:
        allocation = in_force(ground, stock, allocation)
    requests = requests_of(ground, case.run, stock)
    by = engine_named(engine)
    examined = by.examine(ground, requests, None)
    if case.tied:
        examined = put_off(ground, requests, examined)
    told: Told = []

    def watch(event: Event, ledger: Ledger) -> None:
        assert ledger.difference() == 0, event
        assert ledger.committed == sum(ledger.to_pay) + sum(ledger.paid), event
        assert min([ledger.shortfall, ledger.fee, ledger.reserve, ledger.lapsed, *ledger.to_pay, *ledger.paid]) >= 0, (
            event
        )
        told.append((event, ledger.numbers(), ledger.by_line()))

    begins = beginning(ground, requests, allocation, rule_of(case.policy).one_pot, stock)
    adviser = adviser_of(case.scenario, case.policy)
    prices = PriceList(ground, requests)
    until = None if then is None else case.stop_day * DAY
    lived = by.live(ground, requests, examined, prices, case.policy, allocation, watch, begins, adviser, until)
    if then is not None and lived.standing is not None:
        assert all(event.minute < case.stop_day * DAY for event, _, _ in told)
        by, begins = engine_named(then), lived.standing
        lived = by.live(ground, requests, examined, prices, case.policy, allocation, watch, begins, adviser)
    return OddLife(ground, requests, told, lived)


def _register(ground: Ground, case: OddCase) -> Stock:
    """The register of another run of the same scenario on the first day."""
    requests = requests_of(ground, case.run + 12)
    by = engine_named("compiled")
    examined = by.examine(ground, requests, None)
    prices = PriceList(ground, requests)
    lived = by.live(ground, requests, examined, prices, "fixed", by_demand(case.scenario))
    assert case.stock_day is not None, "asked only for cases that start from a stock"
    return register_of(ground, requests, examined.decision_minute, lived, case.stock_day)


def put_off(ground: Ground, requests: RunRequests, examined: Examined) -> Examined:
    """Decisions at the next midnight on which something dated happens: many in one minute, and in that of a cut."""
    first = 0 if requests.in_flight is None else requests.in_flight.minute
    scenario = ground.scenario
    days = {ground.calendar.day(event.day) for event in scenario.events}
    days |= {ground.calendar.day(day) for day in scenario.committee.dates}
    minutes = np.asarray(sorted(day for day in days if day >= 0), dtype=np.int64) * DAY
    decided = examined.decision_minute
    following = np.append(minutes, NEVER)[np.searchsorted(minutes, decided)]
    return replace(examined, decision_minute=np.where((decided >= first) & (following < NEVER), following, decided))


NOT_IN_A_LIFE = {"filed", "sent back incomplete", "filed again", "complete", "found ineligible", "refused: none"}
"""Notes of the desk, which does not depend on money, and the one that says that nothing was refused."""
WANTED = (
    *(note for note in NOTES if note not in NOT_IN_A_LIFE),
    *(f"policy: {policy}" for policy in POLICIES),
    *(f"started from a stock: {policy}" for policy in POLICIES),
    *("an empty branch", "no request at all", "forced ties", "no delay from commitment to service done"),
    *("a cut on a commitment's minute", "a cut that leaves a shortfall", "a shortfall that is closed"),
    *("an uncertain amendment came", "an uncertain amendment failed", "several events on one day"),
    *("parked behind a head that blocks", "parked for its quota, the head blocks", "a quota under one pot"),
    *("the reserve is drawn", "committed beyond what is open", "an advance paid before the first day"),
    *("a claim of nothing", "an advance cut before it was paid", "patience of nothing", "money moved by the committee"),
)
"""All that the odd cases must reach; a name is what was seen in a life, not what was asked for."""


def reached(case: OddCase, life: OddLife) -> Counter[str]:
    """What of `WANTED` was reached in a life, each at most once."""
    scenario, told = case.scenario, life.told
    seen = {event.what for event, _, _ in told}
    seen.add(f"policy: {case.policy}")
    counts = np.bincount(life.requests.branch, minlength=len(life.ground.cells.branches))
    committed = [event for event, _, _ in told if event.what == "committed"]
    minutes = Counter(event.minute for event in committed)
    cuts = {event.minute for event, _, _ in told if event.what == "envelope change" and event.amount_cents < 0}
    shortfalls = [numbers[1] for _, numbers, _ in told]
    reserves = [numbers[3] for event, numbers, _ in told if event.kind != Kind.ENVELOPE_CHANGE]
    uncertain = [event for event in scenario.events if isinstance(event, EnvelopeChange) and 0 < event.probability < 1]
    amended = {event.minute // DAY for event, _, _ in told if event.what == "envelope change"}
    days = [life.ground.calendar.day(event.day) for event in scenario.events]
    came = [
        life.ground.calendar.day(event.day) in amended
        for event in uncertain
        if days.count(life.ground.calendar.day(event.day)) == 1
    ]
    waiting = {event.request for event, _, _ in told if event.what == "advance due, waits to be paid"}
    lived, flight = life.lived, life.requests.in_flight
    served, committed_at = np.asarray(lived.served), np.asarray(lived.committed)
    asked = {event.request: event.amount_cents for event, _, _ in told if event.what == "advance due, waits to be paid"}
    blocks = scenario.parking.blocking == "head_blocks"
    facts = {
        f"started from a stock: {case.policy}": flight is not None and len(told) > 0,
        "an empty branch": bool((counts == 0).any() and counts.any()),
        "no request at all": not counts.any(),
        "forced ties": any(count > 1 for count in minutes.values()),
        "no delay from commitment to service done": bool(((served == committed_at) & (served < NEVER)).any()),
        "a cut on a commitment's minute": bool(cuts & set(minutes)),
        "a cut that leaves a shortfall": any(shortfalls),
        "a shortfall that is closed": any(before > after for before, after in pairwise(shortfalls)),
        "an uncertain amendment came": any(came),
        "an uncertain amendment failed": not all(came),
        "several events on one day": len(days) > len(set(days)),
        "parked behind a head that blocks": blocks and "parked" in seen,
        "parked for its quota, the head blocks": blocks and "parked for its quota" in seen,
        "a quota under one pot": case.policy == "first_come" and "parked for its quota" in seen,
        "the reserve is drawn": any(before > after for before, after in pairwise(reserves)),
        "committed beyond what is open": any(min(lines[0]) < 0 for _, _, lines in told),
        "an advance paid before the first day": flight is not None and bool((flight.advances[:, 1] < NEVER).any()),
        "a claim of nothing": any(event.what == "paid" and not event.amount_cents for event, _, _ in told),
        "an advance cut before it was paid": lived.advances is not None
        and any(int(lived.advances.cents[place]) < asked[place] for place in waiting),
        "patience of nothing": not scenario.parking.patience_days and "refused: patience" in seen,
        "money moved by the committee": "notified: committee" in seen,
    }
    return Counter(seen | {name for name, true in facts.items() if true})
