"""The whole trip on a tiny scheme, as a user makes it: files, bytes, exit codes, closure to the cent."""

import csv
import hashlib
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result
from interruptible import hears_interrupts
from kpis_told import PROMISED
from waiting import SLOW_SECONDS, happened

from enveloppe.cli import main
from enveloppe.folder import held
from reports.whole_file import write_whole

TINY = str(Path(__file__).parent / "questions" / "tiny.yaml")
FILES = {
    "findings.json",
    "allocation.csv",
    "notifications.csv",
    "projection.csv",
    "decisions.csv",
    "runs.npz",
    "report.html",
    "report.pdf",
    "report.xlsx",
    "report.md",
    "manifest.json",
}


def called(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def run_into(folder: Path, *words: str) -> dict[str, Any]:
    result = called("run", TINY, "--out", str(folder), "--quiet", *words)
    assert result.exit_code == 0, result.stderr
    found: dict[str, Any] = json.loads((folder / "findings.json").read_text())
    return found


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("trip") / "out"
    run_into(folder, "--jobs", "1")
    return folder


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.name not in (".lock", "manifest.json")}


def test_a_run_writes_every_file_of_the_interface_and_its_manifest_proves_them(first: Path) -> None:
    assert {file.name for file in first.iterdir()} - {".lock"} == FILES
    manifest = json.loads((first / "manifest.json").read_text())["reproducible"]
    assert set(manifest["files"]) == FILES - {"manifest.json"}
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((first / name).read_bytes()).hexdigest() == digest
    assert manifest["scenario_sha256"] == json.loads((first / "findings.json").read_text())["scenario"]["hash"]


def test_the_same_bytes_twice_and_for_any_number_of_workers(first: Path, tmp_path: Path) -> None:
    run_into(tmp_path / "again", "--jobs", "1")
    run_into(tmp_path / "two", "--jobs", "2")
    assert bytes_of(tmp_path / "again") == bytes_of(first)
    assert bytes_of(tmp_path / "two") == bytes_of(first)


def test_runs_until_a_figure_is_known_are_those_of_their_number(tmp_path: Path) -> None:
    """Findings of `--until` are those of `--runs` with as many runs, and say besides how well the figure is known."""
    until = run_into(tmp_path / "until", "--jobs", "2", "--until", "need_cents:8%")
    stopping = until["simulation"].pop("stopping")
    assert stopping["held"]
    assert stopping["half_width"] <= stopping["wanted_half_width"]
    asked = run_into(tmp_path / "asked", "--jobs", "1", "--runs", str(until["scenario"]["runs"]))
    assert until == asked
    short = run_into(tmp_path / "short", "--jobs", "1", "--runs", "8", "--until", "need_cents:0.1%", "--lang", "fr")
    assert short["scenario"]["runs"] == 8
    assert "not_known_as_asked" in [warning["code"] for warning in short["warnings"]]
    page = (tmp_path / "short" / "report.html").read_text()
    assert "la précision demandée n’est pas atteinte" in page


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("pathways_nett:10", "did you mean pathways_net?"),
        ("overrun", "no half-width"),
        ("overrun:-1", "no half-width"),
        ("overrun:nan", "no half-width"),
        ("=cmd|x:1", "is no key figure"),
    ],
)
def test_a_stopping_rule_that_cannot_be_is_refused_before_anything_runs(asked: str, told: str, tmp_path: Path) -> None:
    result = called("run", TINY, "--until", asked, "--out", str(tmp_path / "out"), "--lang", "en")
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())
    assert not (tmp_path / "out").exists()


def test_another_seed_gives_other_figures(first: Path, tmp_path: Path) -> None:
    other = run_into(tmp_path / "other", "--jobs", "1", "--seed", "8")
    found = json.loads((first / "findings.json").read_text())
    assert other["simulation"]["kpis"]["need_cents"] != found["simulation"]["kpis"]["need_cents"]
    assert other["scenario"]["overrides"] == {"seed": "8"}


def test_findings_hold_what_the_interface_promises(first: Path) -> None:
    found = json.loads((first / "findings.json").read_text())
    assert set(found) >= {"schema", "scenario", "plan", "simulation", "comparison", "assumptions", "warnings"}
    for name in PROMISED:
        estimate = found["simulation"]["kpis"][name]
        assert {"mean", "se", "p5", "p10", "p50", "p90", "p95", "unit"} <= set(estimate), name
        assert estimate["p5"] <= estimate["p10"] <= estimate["p50"] <= estimate["p90"] <= estimate["p95"]
    text = (first / "findings.json").read_text()
    assert "null" not in text
    assert "NaN" not in text
    assert str(Path.cwd()) not in text
    for line in found["plan"]["lines"]:
        assert isinstance(line["notified_cents"], int)
    assert all(price["sentence"] for price in found["plan"]["prices"])


def test_every_total_of_the_plan_closes_to_the_cent(first: Path) -> None:
    plan = json.loads((first / "findings.json").read_text())["plan"]
    notified = sum(line["notified_cents"] for line in plan["lines"])
    assert plan["management_fee_cents"] + plan["reserve_cents"] + plan["distributable_cents"] == plan["envelope_cents"]
    assert notified + plan["unnotified_cents"] == plan["distributable_cents"]
    assert plan["fee_cents"] + plan["support_cents"] == plan["cost_cents"]
    assert sum(line["pathways_whole"] for line in plan["lines"]) == plan["pathways_whole"]
    rows = list(csv.DictReader(io.StringIO((first / "notifications.csv").read_text())))
    assert sum(round(float(row["notified_eur"]) * 100) for row in rows) == notified


def test_the_runs_file_sums_to_the_findings(first: Path) -> None:
    """Mean over runs of the sum over lines of the stored cents is the mean of the key figure."""
    found = json.loads((first / "findings.json").read_text())["simulation"]["kpis"]
    runs = np.load(first / "runs.npz")
    policy = json.loads((first / "findings.json").read_text())["simulation"]["policy"]
    stored = {name: f"{policy}/{name}" for name in ("committed_cents", "paid_cents", "released_cents")}
    for name, key in {**stored, "need_cents": "need/need_cents"}.items():
        assert runs[key].dtype == np.int64
        by_run = [int(value) for value in runs[key].sum(axis=1)]
        assert abs(found[name]["mean"] * len(by_run) - sum(by_run)) * 2 <= len(by_run)


def test_projection_ends_at_the_key_figures(first: Path) -> None:
    found = json.loads((first / "findings.json").read_text())["simulation"]
    last = found["months"][-1]
    assert last["paid_cents"]["mean"] == found["kpis"]["paid_cents"]["mean"]
    assert last["committed_cents"]["mean"] == found["kpis"]["committed_cents"]["mean"]
    assert last["need_cents"]["mean"] == found["kpis"]["need_cents"]["mean"]


def test_report_writes_the_same_page_again_and_the_other_language(first: Path, tmp_path: Path) -> None:
    assert called("report", str(first), "--out", str(tmp_path), "--quiet").exit_code == 0
    assert (tmp_path / "report.html").read_bytes() == (first / "report.html").read_bytes()
    assert called("report", str(first / "findings.json"), "--out", str(tmp_path), "--lang", "fr").exit_code == 0
    assert 'lang="fr"' in (tmp_path / "report.html").read_text()
    assert 'lang="en"' in (first / "report.html").read_text()


def test_the_manifest_follows_a_report_written_again(tmp_path: Path) -> None:
    run_into(tmp_path, "--runs", "2", "--jobs", "1")
    assert called("report", str(tmp_path), "--lang", "fr").exit_code == 0
    proof = json.loads((tmp_path / "manifest.json").read_text())["reproducible"]
    assert proof["report_language"] == "fr"
    for name, digest in proof["files"].items():
        assert hashlib.sha256((tmp_path / name).read_bytes()).hexdigest() == digest


def test_a_rival_may_be_chosen_as_the_policy(tmp_path: Path) -> None:
    found = run_into(tmp_path, "--runs", "2", "--jobs", "1", "--policy", "first_come")
    assert found["scenario"]["policy"] == "first_come"
    assert "first_come" not in found["scenario"]["rivals"]


@pytest.mark.parametrize("content", ["", "{", "[]", '{"schema": 99}', "[" * 100_000])
def test_what_is_not_findings_is_refused(content: str, tmp_path: Path) -> None:
    file = tmp_path / "findings.json"
    file.write_text(content)
    result = called("report", str(file), "--lang", "fr")
    assert result.exit_code == 4
    assert "findings.json" in result.stderr
    assert called("report", str(tmp_path / "none")).exit_code == 4


def test_no_feasible_plan_is_exit_5_with_the_rows_at_fault_and_nothing_written(tmp_path: Path) -> None:
    override = ("--set", "constraints.branch_floors=[{share: 0.6}]")
    result = called("run", TINY, "--out", str(tmp_path / "out"), "--lang", "en", *override)
    assert result.exit_code == 5
    assert "cannot hold together" in result.stderr
    assert "branch_floor" in result.stderr
    assert {file.name for file in (tmp_path / "out").iterdir()} <= {".lock"}
    told = json.loads(called("plan", TINY, "--json", "--quiet", *override).stdout)
    assert told["status"] == "infeasible"
    assert {row["family"] for row in told["rows"]} >= {"envelope", "branch_floor"}


def test_refused_input_writes_nothing(tmp_path: Path) -> None:
    result = called("run", TINY, "--out", str(tmp_path / "out"), "--set", "runz=3")
    assert result.exit_code == 4
    assert not (tmp_path / "out").exists()


def test_a_folder_in_use_is_exit_7(tmp_path: Path) -> None:
    with held(tmp_path / "out"):
        result = called("run", TINY, "--out", str(tmp_path / "out"), "--lang", "en")
    assert result.exit_code == 7
    assert "in use" in result.stderr


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert called("run", TINY, "--out", str(tmp_path / "out")).exit_code == 4


def test_a_place_that_is_a_file_is_refused_as_an_output_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = called("run", TINY, "--out", str(tmp_path / "file" / "out"), "--lang", "en")
    assert result.exit_code == 4
    assert "cannot be written" in result.stderr


def test_json_on_stdout_is_the_findings_and_nothing_else(tmp_path: Path) -> None:
    result = called("run", TINY, "--out", str(tmp_path), "--runs", "2", "--jobs", "1", "--json")
    assert json.loads(result.stdout) == json.loads((tmp_path / "findings.json").read_text())


def test_policy_is_recorded_and_its_rivals_are_still_compared(tmp_path: Path) -> None:
    found = run_into(
        tmp_path, "--runs", "3", "--jobs", "1", "--policy", "first_come", "--set", "committee.rivals=[fixed]"
    )
    assert found["simulation"]["policy"] == "first_come"
    assert [row["against"] for row in found["comparison"]] == ["fixed"]


def test_plan_saves_a_model_that_reads_back_to_its_objective(tmp_path: Path) -> None:
    import pulp

    file = tmp_path / "model.mps"
    told = json.loads(called("plan", TINY, "--json", "--save-lp", str(file)).stdout)
    _, model = pulp.LpProblem.fromMPS(str(file))
    model.solve(pulp.HiGHS(msg=False))
    assert abs(pulp.value(model.objective)) == pytest.approx(told["plan"]["objective"], rel=1e-6)
    assert called("plan", TINY, "--save-lp", str(tmp_path / "model.txt")).exit_code == 2


def test_trace_prints_every_event_in_order(tmp_path: Path) -> None:
    result = called("trace", TINY, "--run", "1", "--engine", "simpy")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    minutes = [int(row["minute"]) for row in rows]
    assert minutes == sorted(minutes)
    assert len(rows) > 100
    assert called("trace", TINY, "--run", "1").stdout == result.stdout
    assert called("trace", TINY, "--run", "99").exit_code == 4


def test_a_file_is_whole_or_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "x.json"
    write_whole(file, b"old")
    with pytest.raises(TypeError):
        write_whole(file, 3)  # type: ignore[arg-type]
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.skipif(os.name == "nt", reason="sends a POSIX signal")
def test_ctrl_c_is_clean_and_the_next_call_ends_in_the_same_bytes(first: Path, tmp_path: Path) -> None:
    """Interrupted as soon as the first of 1,250 blocks of runs is stored.

    Exit 130, one line, no traceback, no half-written file, no worker.

    Nothing is left but blocks of finished runs, and no call that finishes leaves those.
    """
    command = [sys.executable, "-m", "enveloppe", "run", TINY, "--out", str(tmp_path / "out"), "--lang", "en"]
    process = subprocess.Popen(
        [*command, "--runs", "5000", "--jobs", "2"],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=hears_interrupts,
    )
    assert happened(lambda: list((tmp_path / "out").glob(".blocks-*/[0-9a-f]*")), process)
    os.killpg(process.pid, signal.SIGINT)
    _, stderr = process.communicate(timeout=SLOW_SECONDS)
    assert process.returncode == 130, stderr
    assert "interrupted" in stderr
    assert "Traceback" not in stderr
    left = {file.name for file in (tmp_path / "out").iterdir()} - {".lock"}
    assert all(name.startswith(".blocks-") for name in left)
    subprocess.run([*command, "--quiet", "--jobs", "1"], check=True, capture_output=True)
    assert bytes_of(tmp_path / "out") == bytes_of(first)
    assert not list((tmp_path / "out").glob(".blocks-*"))


def test_the_ledger_of_every_stored_run_closes_to_the_cent_under_every_policy(first: Path) -> None:
    """Source: model.md section 3, authorised + shortfall = fee + reserve + unnotified + sum of lines + lapsed."""
    runs = np.load(first / "runs.npz")
    policies = {key.split("/")[0] for key in runs.files} - {"need"}
    assert len(policies) == 3
    for policy in policies:
        total = {
            name: runs[f"{policy}/total/{name}_cents"]
            for name in ("authorised", "shortfall", "fee", "reserve", "unnotified", "lapsed")
        }
        lines = sum(runs[f"{policy}/{name}_cents"].sum(axis=1) for name in ("open", "to_pay", "paid"))
        left = total["authorised"] + total["shortfall"]
        right = total["fee"] + total["reserve"] + total["unnotified"] + lines + total["lapsed"]
        assert left.tolist() == right.tolist()


def test_a_full_disk_is_told_and_leaves_nothing_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from reports import whole_file

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(whole_file.os, "fsync", full)
    result = called("run", TINY, "--out", str(tmp_path), "--runs", "2", "--jobs", "1", "--lang", "en")
    assert result.exit_code == 4
    assert "No space left on device" in result.stderr
    assert {file.name for file in tmp_path.iterdir()} == {".lock"}


def test_findings_that_lack_a_figure_name_it(first: Path, tmp_path: Path) -> None:
    found = json.loads((first / "findings.json").read_text())
    del found["simulation"]["kpis"]["pathways_net"]
    (tmp_path / "findings.json").write_text(json.dumps(found))
    result = called("report", str(tmp_path), "--lang", "en")
    assert result.exit_code == 4
    assert "simulation.kpis.pathways_net" in result.stderr
