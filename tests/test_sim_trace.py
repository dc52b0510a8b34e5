"""The trace of a run: every event, in one order, the same each time."""

import csv
import io
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from odd_scenarios import ODD, lived_through, odd_case
from tiny import by_demand, tiny

from scenarios.opening_money import opening_money
from scenarios.policies import Policy
from sim.clock import Clock, Moment
from sim.experiment import simulate
from sim.kinds import Kind
from sim.summary import runs_arrays
from sim.trace import Row, as_csv, trace


def rows(policy: str = "pro_rata", run: int = 1) -> list[Row]:
    scenario = tiny()
    return trace(scenario, by_demand(scenario), run, policy)


def test_the_trace_is_the_same_each_time() -> None:
    assert as_csv(rows()) == as_csv(rows())
    assert as_csv(rows(run=2)) != as_csv(rows())


def test_the_trace_reads_back_as_csv_in_order() -> None:
    found = list(csv.DictReader(io.StringIO(as_csv(rows()))))
    assert list(found[0]) == list(Row._fields)
    minutes = [int(row["minute"]) for row in found]
    assert minutes == sorted(minutes)
    assert "\r" not in as_csv(rows())


def test_the_trace_tells_what_the_experiment_counts() -> None:
    """Commitments, releases, payments and refusals of the rows are those of the tables, policy by policy."""
    scenario = tiny()
    runs = simulate(scenario, by_demand(scenario), runs=2)
    for outcome in runs.policies:
        told = rows(outcome.policy)
        sums = {
            "committed": "gross_committed_cents",
            "service done": "released_cents",
            "paid": "paid_cents",
        }
        for note, name in sums.items():
            cents = sum(int(row.amount_cents) for row in told if row.note == note)
            assert cents == outcome.by_line[name][1].sum(), (outcome.policy, note)
        refused = sum(row.note.startswith("refused") for row in told)
        assert refused == outcome.by_line["refused"][1].sum()
        assert sum(row.note == "parked" for row in told) == outcome.by_line["parked"][1].sum()
        assert sum(row.note == "filed" for row in told) == runs.need.totals["filed_requests"][1]


def test_each_request_lives_in_order() -> None:
    """Filed, then examined, then decided on, then served, then due."""
    rank = {"filing": 0, "examined": 1, "returned": 1, "decision": 2, "patience": 3, "service_done": 3, "due": 4}
    seen: dict[tuple[str, object], int] = {}
    for row in rows():
        if row.branch and row.note not in ("committed", "paid") and row.kind in rank:
            key = (row.branch, row.number)
            assert rank[row.kind] >= seen.get(key, 0), row
            seen[key] = rank[row.kind]
    assert len(seen) > 50


def test_inside_a_minute_events_go_by_kind_then_place() -> None:
    """Whatever the order in which they were planned."""
    clock, told = Clock(), []

    def act(moment: Moment) -> None:
        told.append((clock.now, moment.kind, moment.place))

    planned = [(5, kind, place) for kind in (Kind.DUE, Kind.DECISION, Kind.ENVELOPE_CHANGE) for place in (2, 0, 1)]
    for minute, kind, place in [*planned, (4, Kind.DUE, 9)]:
        clock.moment(minute, kind, place, act)
    clock.run(until=6)
    assert told == sorted([*planned, (4, Kind.DUE, 9)])


def test_the_end_itself_is_not_lived() -> None:
    clock, told = Clock(), []
    for minute in (9, 10):
        clock.moment(minute, Kind.DUE, 0, lambda moment: told.append(clock.now))
    clock.run(until=10)
    assert told == [9]


@pytest.mark.parametrize("policy", ["fixed", "pro_rata", "first_come"])
def test_from_the_rows_alone_the_reserve_and_what_is_open_are_recomputed(policy: Policy) -> None:
    """A tenth is kept back and no amendment comes: what is left of it at the end, and each line's money at each row.

    Source: docs/findings.md, "The trace": notified and drawn add to a line, committed takes, released comes back while
    filing is open; nothing closes a shortfall, since there is none.
    """
    scenario = tiny("committee.reserve_share=0.1", "events=[]", "envelope_eur=60_000")
    told = trace(scenario, by_demand(scenario), 1, policy)
    drawn = [(row, following) for row, following in pairwise(told) if row.note == "drawn from the reserve"]
    assert len(drawn) > 1
    for row, following in drawn:
        assert following.note == "committed"
        assert (following.minute, following.branch, following.number) == (row.minute, row.branch, row.number)
        assert 0 < row.amount_cents <= following.amount_cents
    left = runs_arrays(simulate(scenario, by_demand(scenario), [policy], runs=2))[f"{policy}/total/reserve_cents"][1]
    assert opening_money(scenario).reserve_cents - sum(int(row.amount_cents) for row, _ in drawn) == left
    if policy == "first_come":
        return
    signs = {"drawn from the reserve": 1, "committed": -1, "service done": 1, "advance recovered": 1}
    signs |= {"notified: opening": 1, "notified: committee": 1}
    held = Counter[str]()
    for row in told:
        if not row.line or row.open_cents == "":
            continue
        if row.date <= scenario.windows.filing_deadline.isoformat() or row.note not in ("service done",):
            held[row.line] += signs.get(row.note, 0) * int(row.amount_cents)
        assert held[row.line] == row.open_cents, row


@settings(max_examples=40)
@given(ODD)
def test_the_reserve_gives_at_its_own_rows_and_to_amendments_alone(drawn: dict[str, Any]) -> None:
    """In odd scenarios of all kinds, by the accounts after each event."""
    told = lived_through(odd_case(drawn), "compiled").told
    for (_, before, _), (event, after, _) in pairwise(told):
        if event.what not in ("envelope change", "notified: amendment"):
            assert before[3] - after[3] == (event.amount_cents if event.what == "drawn from the reserve" else 0), event
