"""Scenarios without randomness, worked by hand event by event; the cases are data files that name their source."""

from pathlib import Path
from typing import Any

import pytest
from case_files import CaseWithoutSourceError, cases_in, read_case
from hand_made import minute_of, requests_of
from tiny import tiny

from scenarios.allocation import Allocation
from sim.committee import RULES
from sim.desk import examine
from sim.ground import Ground, ground_of
from sim.ledger import Ledger
from sim.lived import Event
from sim.model import live
from sim.price_list import PriceList
from sim.run_requests import RunRequests

CASES = cases_in("simulation")


def requests_in(case: dict[str, Any], ground: Ground) -> RunRequests:
    rows = []
    for row in case["requests"]:
        fields = {key: value for key, value in row.items() if key != "filed"}
        rows.append({**fields, "filing_minute": minute_of(ground, row["filed"]), "work_minutes": case["work_minutes"]})
    return requests_of(ground, rows)


def by_line(ground: Ground, cents: dict[str, int]) -> list[int]:
    return [cents.get(line.key, 0) for line in ground.cells.lines]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["file"])
def test_every_event_of_a_case_worked_by_hand(case: dict[str, Any]) -> None:
    ground = ground_of(tiny(*case["overrides"]))
    requests = requests_in(case, ground)
    found: list[list[object]] = []

    def watch(event: Event, ledger: Ledger) -> None:
        if event.request >= 0:
            branch = ground.cells.branches[int(requests.branch[event.request])]
            who = f"{branch} {int(requests.all.number[event.request])}"
        else:
            who = ground.cells.lines[event.line].key if event.line >= 0 else ""
        left = ledger.unnotified if RULES[case["policy"]].one_pot else ledger.open[event.line]
        found.append([event.minute, event.what, who, event.amount_cents, left if event.line >= 0 else 0])

    allocation = Allocation(tuple(by_line(ground, case["notified_cents"])))
    lived = live(
        ground, requests, examine(ground, requests), PriceList(ground, requests), case["policy"], allocation, watch
    )
    assert found == [[minute_of(ground, when), *rest] for when, *rest in case["events"]]
    for account, expected in case["accounts"].items():
        wanted = by_line(ground, expected) if isinstance(expected, dict) else expected
        assert getattr(lived.ledger, account) == wanted, account


def test_a_case_without_the_source_of_its_numbers_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "unsourced.yaml"
    path.write_text("policy: fixed\nevents: []\n", encoding="utf-8")
    with pytest.raises(CaseWithoutSourceError):
        read_case(path)


def test_there_are_cases_and_each_policy_has_one() -> None:
    assert {case["policy"] for case in CASES} == set(RULES)
