"""State is data: a run stopped on any day, stored, loaded and lived on is the run that was never stopped."""

from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from generated import OVERRIDES, generated
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import TINY, by_demand, tiny

from enveloppe.advisers import adviser_of
from enveloppe.commands.trace import command as trace_command
from scenarios.committee import Policy
from scenarios.policies import POLICIES
from scenarios.scenario import Scenario
from sim.engines import EngineName
from sim.lived import Lived
from sim.pausing import FORMAT, Paused, StateRefused, from_bytes, go_on, pause, to_bytes
from sim.replay import Replay, replayed
from sim.standing import Standing
from sim.trace import rows_of
from sim.weighed import Weighed

STORED = {
    *(
        "minute",
        "fate",
        "numbers",
        "accounts",
        "least",
        "year_left",
        "cash",
        "advances",
        "quota_waits",
        "moves",
        "weighed",
        "opens",
    )
}


def test_all_that_a_run_stands_on_is_stored() -> None:
    """Whoever adds to it must store it, and raise FORMAT."""
    assert {entry.name for entry in fields(Standing)} == STORED
    assert FORMAT == 2


def same_lives(one: Lived, other: Lived) -> None:
    for name in ("refusal", "parked", "committed", "committed_cents", "served", "released_cents", "due", "paid"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name
    assert one.ledger.numbers() == other.ledger.numbers()
    assert one.ledger.by_line() == other.ledger.by_line()
    assert one.moves == other.moves
    assert one.weighed == other.weighed
    assert (one.advances is None) == (other.advances is None)
    if one.advances is not None:
        for entry in fields(one.advances):
            assert np.array_equal(getattr(one.advances, entry.name), getattr(other.advances, entry.name)), entry.name


def whole(scenario: Scenario, policy: Policy, engine: EngineName = "compiled") -> Replay:
    return replayed(scenario, by_demand(scenario), 0, policy, engine, adviser_of(scenario, policy))


def stopped(scenario: Scenario, policy: Policy, day: int, engine: EngineName, state: Paused | None = None) -> Paused:
    when = scenario.windows.opens + timedelta(days=day)
    adviser = adviser_of(scenario, policy)
    paused, replay = pause(scenario, by_demand(scenario), 0, policy, when, engine, adviser, state)
    assert all(one.minute < day * 1440 for one in replay.told)
    return paused


DAYS = [1, 60, 90, 91, 165, 166, 272, 273, 364, 365, 400, 729]
"""Ordinary days, the days of the committee, of amendments, of deadlines and of the new year, and the last."""


def stopping_changes_nothing(
    overrides: dict[str, object], day: int, policy: Policy, first: EngineName, second: EngineName
) -> None:
    scenario = generated(overrides)
    state = stopped(scenario, policy, day, first)
    loaded = from_bytes(to_bytes(state))
    assert to_bytes(loaded) == to_bytes(state)
    lived_on = go_on(scenario, by_demand(scenario), loaded, second, adviser_of(scenario, policy))
    never = whole(scenario, policy)
    assert rows_of(lived_on) == rows_of(never)
    same_lives(lived_on.lived, never.lived)


ENGINES = st.sampled_from(["compiled", "simpy"])


@settings(max_examples=30)
@given(OVERRIDES, st.sampled_from(DAYS), st.sampled_from(POLICIES), ENGINES, ENGINES)
def test_a_run_stopped_on_any_day_is_the_run_that_was_never_stopped(
    overrides: dict[str, object], day: int, policy: Policy, first: EngineName, second: EngineName
) -> None:
    stopping_changes_nothing(overrides, day, policy, first, second)


@pytest.mark.deep
@settings(max_examples=500)
@given(OVERRIDES, st.integers(1, 729), st.sampled_from(POLICIES), ENGINES, ENGINES)
def test_many_runs_stopped_on_any_day_are_the_runs_that_were_never_stopped(
    overrides: dict[str, object], day: int, policy: Policy, first: EngineName, second: EngineName
) -> None:
    stopping_changes_nothing(overrides, day, policy, first, second)


@pytest.mark.parametrize("policy", POLICIES)
def test_both_engines_store_the_same_bytes_on_the_way(policy: Policy) -> None:
    """Stopped three times, each time gone on with by the other engine."""
    scenario = tiny("inflow.requests_per_year=300", "desk.officers=6")
    states: dict[EngineName, Paused | None] = {"compiled": None, "simpy": None}
    for day in (120, 200, 300):
        kept = {
            engine: stopped(scenario, policy, day, engine, states["simpy" if engine == "compiled" else "compiled"])
            for engine in states
        }
        assert to_bytes(kept["compiled"]) == to_bytes(kept["simpy"]), day
        states = dict(kept)


def test_what_was_weighed_is_stored_whatever_its_figures() -> None:
    """A cent over-committed, a date on which bounds gave way beside one on which none did."""
    state = stopped(tiny(), "reoptimise", 300, "compiled")
    days = [date(2021, 4, 1), date(2021, 7, 1)]
    zero = (0,) * len(state.standing.accounts)
    rows = [Weighed((-1, *zero[1:]), zero, zero), Weighed(zero, zero, (-1, *zero[1:]), (0, 1, 0))]
    odd = replace(state, standing=replace(state.standing, weighed=dict(zip(days, rows, strict=True))))
    assert from_bytes(to_bytes(odd)).standing.weighed == odd.standing.weighed


def test_what_is_no_state_of_this_scenario_is_refused() -> None:
    scenario = tiny()
    state = stopped(scenario, "fixed", 100, "compiled")
    content = to_bytes(state)
    for broken in (b"", b"no state", content[: len(content) // 2], content[:-40] + b"x" * 40):
        with pytest.raises(StateRefused, match="damaged"):
            from_bytes(broken)
    other = tiny("seed=8")
    with pytest.raises(StateRefused, match="scenario"):
        go_on(other, by_demand(scenario), state)
    poorer = replace(by_demand(scenario), notified_cents=(0,) * len(by_demand(scenario).notified_cents))
    with pytest.raises(StateRefused, match="scenario"):
        go_on(scenario, poorer, state)


def test_a_state_of_another_version_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = to_bytes(stopped(tiny(), "fixed", 100, "compiled"))
    monkeypatch.setattr("sim.pausing.engine_version", lambda: "another")
    with pytest.raises(StateRefused, match="version"):
        from_bytes(content)


def test_the_front_door_stops_keeps_and_goes_on(tmp_path: Path) -> None:
    """`trace --until --save-state`, then `--from-state`: the first part, then the same bytes as in one go."""
    call, kept = CliRunner().invoke, str(tmp_path / "state.npz")
    same = [str(TINY), "--run", "3", "--policy", "reoptimise"]
    one = call(trace_command, same)
    assert one.exit_code == 0, one.output
    part = call(trace_command, [*same, "--until", "2021-06-15", "--save-state", kept])
    assert part.exit_code == 0, part.output
    rows = part.stdout.splitlines()
    assert one.stdout.startswith(part.stdout.rstrip("\n"))
    assert 1 < len(rows) < len(one.stdout.splitlines())
    assert rows[-1].split(",")[1] < "2021-06-15"
    for engine in ("compiled", "simpy"):
        again = call(trace_command, [str(TINY), "--from-state", kept, "--engine", engine])
        assert again.stdout == one.stdout


def test_the_front_door_refuses_in_words(tmp_path: Path) -> None:
    call = CliRunner().invoke
    kept = tmp_path / "state.npz"
    kept.write_bytes(b"no state")
    for words, code, said in (
        (["--from-state", str(kept)], 4, "not a whole state"),
        (["--from-state", str(tmp_path / "none.npz")], 4, "cannot be read"),
        (["--until", "2020-01-01"], 4, "2021-01-02"),
        (["--save-state", str(kept)], 2, "--until"),
        (["--verify", "--until", "2021-06-01"], 2, "whole"),
    ):
        answer = call(trace_command, [str(TINY), *words, "--lang", "en"])
        assert answer.exit_code == code, answer.output
        assert said in answer.output
