"""Two engines, one trace: the compiled kernel leaves what the SimPy model leaves, event by event, cent by cent."""

import ast
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from generated import OVERRIDES, TIED, generated
from hand_made import decided_at, requests_of
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import TINY, by_demand, tiny

from enveloppe.commands.trace import command as trace_command
from scenarios.scenario import Scenario
from sim import verification
from sim.committee import RULES
from sim.compiling import SOURCES, cache_folder, kernel_version
from sim.engines import NAMES, engine_named
from sim.experiment import Experiment, simulate
from sim.ground import ground_of
from sim.inflow import draw_requests
from sim.ledger import Ledger
from sim.lived import Event
from sim.outcome import NeedOutcome, PolicyOutcome
from sim.price_list import PriceList
from sim.run_requests import together
from sim.trace import as_csv, trace
from sim.verification import Difference, first_difference, lived_by_both, told_by

ROOT = Path(__file__).parent.parent


def same_traces(scenario: Scenario, run: int = 0) -> None:
    """Under every policy: the same events, with the same accounts after each."""
    for policy in RULES:
        told = lived_by_both(scenario, by_demand(scenario), run, policy)
        assert first_difference(*told) is None, policy


@settings(max_examples=50)
@given(OVERRIDES)
def test_both_engines_leave_the_same_trace_of_generated_scenarios(overrides: dict[str, object]) -> None:
    same_traces(generated(overrides))


@pytest.mark.deep
@settings(max_examples=1000)
@given(OVERRIDES)
def test_both_engines_leave_the_same_trace_of_many_generated_scenarios(overrides: dict[str, object]) -> None:
    same_traces(generated(overrides))


def same_traces_when_all_is_tied(
    rows: list[tuple[dict[str, int], int]], blocking: str, cut: int, price_date: str, officers: int
) -> None:
    """The desk with every lag at zero, then lives whose decisions are forced into the same few minutes."""
    scenario = tiny(
        f"parking.blocking={blocking}",
        f"events=[{{kind: envelope_change, date: 2021-06-15, amount_eur: {cut}}}, "
        f"{{kind: envelope_change, date: 2021-09-01, amount_eur: 15_000}}{tied_events(cut, officers)}]",
        f"scheme.price_date={price_date}",
        f"desk.officers={officers}",
        "parking.patience_days=1",
    )
    ground = ground_of(scenario)
    ranked = sorted(rows, key=lambda row: str(row[0]["branch"]))
    # Files that come in the same minutes, some of them sent back at once.
    filed = [
        {**row, "filing_minute": min(minute, 272 * 1440), "incomplete_rounds": row["trainees"] - 1, "work_minutes": 480}
        for row, minute in ranked
    ]
    requests = requests_of(ground, filed)
    for policy in RULES:
        for examined in (None, decided_at([minute for _, minute in ranked])):
            simpy, compiled = (
                told_by(name, ground, requests, policy, by_demand(scenario), examined) for name in ("simpy", "compiled")
            )
            assert first_difference(simpy, compiled) is None, policy


def tied_events(cut: int, officers: int) -> str:
    """Further events at the minute of the cut: prices fall, support stops, officers leave (in some of the cases)."""
    rules = ", {kind: rate_change, date: 2021-06-15, rate_share: 0.2}, {kind: support_suspended, date: 2021-06-15}"
    leaves = f", {{kind: officers_change, date: 2021-06-15, officers: {1 - officers}}}" if officers > 1 else ""
    return (rules if cut != -115_000 else "") + leaves


TIES = (
    TIED,
    st.sampled_from(["head_blocks", "skip"]),
    st.sampled_from([-115_000, -90_000, -100]),
    st.sampled_from(["filing", "commitment", "start"]),
    st.integers(1, 3),
)


@settings(max_examples=50)
@given(*TIES)
def test_both_engines_agree_when_all_happens_in_the_same_minutes(
    rows: list[tuple[dict[str, int], int]], blocking: str, cut: int, price_date: str, officers: int
) -> None:
    same_traces_when_all_is_tied(rows, blocking, cut, price_date, officers)


@pytest.mark.deep
@settings(max_examples=1000)
@given(*TIES)
def test_both_engines_agree_on_many_ties(
    rows: list[tuple[dict[str, int], int]], blocking: str, cut: int, price_date: str, officers: int
) -> None:
    same_traces_when_all_is_tied(rows, blocking, cut, price_date, officers)


@settings(max_examples=20)
@given(OVERRIDES)
def test_the_identity_holds_after_every_event_of_the_kernel(overrides: dict[str, object]) -> None:
    scenario = generated(overrides)
    ground = ground_of(scenario)
    requests = together(ground, draw_requests(ground, 0))
    engine = engine_named("compiled")
    examined = engine.examine(ground, requests, None)

    def watch(event: Event, ledger: Ledger) -> None:
        assert ledger.difference() == 0, event
        assert min([ledger.reserve, *ledger.to_pay, *ledger.paid]) >= 0, event
        if not scenario.committee.over_programming_share:
            assert min([ledger.unnotified, *ledger.open]) >= 0, event

    for policy in RULES:
        engine.live(ground, requests, examined, PriceList(ground, requests), policy, by_demand(scenario), watch)


def digest(experiment: Experiment) -> str:
    """The sha256 of all tables of an experiment."""
    seen = hashlib.sha256()

    def add(value: Any) -> None:
        if isinstance(value, dict):
            for name in sorted(value):
                seen.update(name.encode())
                add(value[name])
        elif isinstance(value, np.ndarray):
            seen.update(value.astype("<i8").tobytes())

    for outcome, kind in ((experiment.need, NeedOutcome), *((one, PolicyOutcome) for one in experiment.policies)):
        for field in fields(kind):
            add(getattr(outcome, field.name))
    return seen.hexdigest()


def test_both_engines_leave_the_same_tables() -> None:
    scenario = tiny("parking.blocking=skip")
    one, other = (digest(simulate(scenario, by_demand(scenario), runs=4, engine=name)) for name in NAMES)
    assert one == other


PROGRAM = """
import sys
sys.path.insert(0, sys.argv[1])
if sys.argv[2] == "without":
    sys.modules["numba"] = None
from test_sim_engines import digest
from tiny import by_demand, tiny
from sim.compiling import is_compiled
from sim.experiment import simulate
assert not is_compiled()
print(digest(simulate(tiny(), by_demand(tiny()), runs=3)))
"""


@pytest.mark.parametrize("how", ["without", "switched off"])
def test_the_kernel_runs_without_its_compiler_and_gives_the_same_bytes(how: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(ROOT / "tests"), how],
        cwd=ROOT,
        env={**os.environ, "NUMBA_DISABLE_JIT": "0" if how == "without" else "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.strip() == digest(simulate(tiny(), by_demand(tiny()), runs=3))


def test_a_trace_is_the_same_bytes_by_either_engine() -> None:
    scenario = tiny()
    for policy in RULES:
        one, other = (as_csv(trace(scenario, by_demand(scenario), 1, policy, name)) for name in NAMES)
        assert one == other


def test_the_command_prints_the_same_bytes_and_verifies() -> None:
    told = [CliRunner().invoke(trace_command, [str(TINY), "--run", "2", "--engine", name]) for name in NAMES]
    assert [one.exit_code for one in told] == [0, 0]
    assert told[0].output == told[1].output
    verified = CliRunner().invoke(trace_command, [str(TINY), "--verify"])
    assert verified.exit_code == 0
    assert "same" in verified.output


def test_a_difference_is_named_with_both_states(monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = tiny()
    simpy, compiled = lived_by_both(scenario, by_demand(scenario), 0)
    at = next(number for number, told in enumerate(compiled) if told[0].what == "committed")
    event, of_all, of_line = compiled[at]
    wrong = [*compiled[:at], (event, (of_all[0] + 1, *of_all[1:]), of_line), *compiled[at + 1 :]]
    found = first_difference(simpy, wrong)
    assert isinstance(found, Difference)
    assert found.number == at + 1
    assert f"authorised {of_all[0]}" in found.simpy
    assert f"authorised {of_all[0] + 1}" in found.compiled
    shorter = first_difference(simpy, compiled[:-1])
    assert shorter is not None
    assert shorter.compiled == "nothing more happens"
    monkeypatch.setattr(verification, "lived_by_both", lambda *args, **named: (simpy, wrong))
    refused = CliRunner().invoke(trace_command, [str(TINY), "--verify"])
    assert refused.exit_code == 1
    assert f"event {at + 1}" in refused.output


def test_one_file_knows_numba_and_one_knows_simpy() -> None:
    knows: dict[str, set[str]] = {"numba": set(), "simpy": set()}
    for file in (ROOT / "sim").glob("*.py"):
        text = file.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(text)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                if name.split(".")[0] in knows:
                    knows[name.split(".")[0]].add(file.name)
        if 'import_module("numba")' in text:
            knows["numba"].add(file.name)
    assert knows == {"numba": {"compiling.py"}, "simpy": {"clock.py"}}


def test_the_sources_of_the_kernel_are_all_in_its_version() -> None:
    compiled = {
        file.name
        for file in (ROOT / "sim").glob("*.py")
        if "\n@compiled\n" in file.read_text(encoding="utf-8") and file.name != "compiling.py"
    }
    assert compiled <= set(SOURCES)
    for name in SOURCES:
        tree = ast.parse((ROOT / "sim" / name).read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sim."):
                assert f"{(node.module or '').removeprefix('sim.')}.py" in {*SOURCES, "compiling.py"}, name


@pytest.fixture
def fresh_cache_folder() -> Iterator[None]:
    cache_folder.cache_clear()
    yield
    cache_folder.cache_clear()


@pytest.mark.usefixtures("fresh_cache_folder")
def test_compiled_code_is_kept_where_the_user_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    folder = cache_folder()
    assert folder is not None
    assert folder.is_dir()
    assert folder.is_relative_to(tmp_path)
    assert kernel_version() in folder.name


@pytest.mark.usefixtures("fresh_cache_folder")
def test_a_place_that_cannot_be_written_to_costs_the_cache_and_not_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "file"))
    assert cache_folder() is None
