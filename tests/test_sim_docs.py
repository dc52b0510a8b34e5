"""What the page on the simulator shows is what happens, and it leaves out nothing that can happen."""

import re
from pathlib import Path
from typing import get_args

import pytest
from docs_scripts import examples_run

from scenarios.events import Event
from scenarios.policies import POLICIES
from sim.kinds import Kind

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "simulator.md").read_text(encoding="utf-8")


def test_the_examples_run_as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every block of Python, one after the other, with the assertions it makes."""
    monkeypatch.chdir(ROOT)
    assert examples_run("simulator.md") == 3


def test_the_order_of_events_is_that_of_the_simulator() -> None:
    section = PAGE.split("## The order of events")[1].split("## Policies")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == [kind.name.lower() for kind in Kind]


def test_every_policy_and_every_kind_of_event_is_named() -> None:
    policies = PAGE.split("## Policies")[1].split("## Dated events")[0]
    assert re.findall(r"^\| `(\w+)` \|", policies, re.MULTILINE) == list(POLICIES)
    kinds = [get_args(one.model_fields["kind"].annotation)[0] for one in get_args(get_args(Event)[0])]
    assert len(kinds) == 7
    dated = PAGE.split("## Dated events")[1].split("## Looking at one run")[0]
    for kind in kinds:
        assert f"`{kind}`" in dated
