"""A sweep: cached by content, the same bytes however it is worked, one tidy table."""

import csv
import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from test_sweep_variants import swept
from tiny import TINY, tiny

from enveloppe.cli import main
from reports.whole_file import PART_PREFIX
from scenarios.attributes import Requests
from sim.draw_key import NOT_DRAWN, draw_key
from sim.ground import ground_of
from sim.inflow import draw_requests

AXES = """
key: envelope_eur, values: [60_000, 115_000]
key: committee.policy, values: [fixed, pro_rata]
"""


def called(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def files_of(folder: Path) -> dict[str, str]:
    """What a sweep leaves, by content; timings stand outside."""
    told = {}
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.name != ".lock":
            content = file.read_bytes()
            if file.name == "manifest.json":
                content = json.dumps(json.loads(content)["reproducible"]).encode()
            told[file.relative_to(folder).as_posix()] = hashlib.sha256(content).hexdigest()
    return told


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    folder = tmp_path_factory.mktemp("sweep")
    question = swept(folder, AXES)
    result = called("sweep", question, "--runs", "6", "--jobs", "1", "--out", str(folder / "out"), "--lang", "en")
    assert result.exit_code == 0, result.stderr
    assert "4 variants: 4 run, 0 taken from the cache" in result.stdout
    return question, folder / "out"


def test_a_variant_answers_as_a_run_of_it_alone_does(done: tuple[str, Path], tmp_path: Path) -> None:
    """Shared draws, lots and workers change nothing: findings and runs are those of `enveloppe run`."""
    _, out = done
    told = json.loads((out / "sweep.json").read_text(encoding="utf-8"))
    for variant in told["variants"][1:3]:
        values = [f"{key}={value}" for key, value in variant["values"].items()]
        asked = ["name=swept", "committee.rivals=[]", "runs=6", *values]
        words = [word for value in asked for word in ("--set", value)]
        result = called("run", str(TINY), *words, "--jobs", "1", "--out", str(tmp_path / "run"), "--quiet")
        assert result.exit_code == 0, result.stderr
        alone = json.loads((tmp_path / "run" / "findings.json").read_text(encoding="utf-8"))
        cached = json.loads((out / "variants" / variant["folder"] / "findings.json").read_text(encoding="utf-8"))
        assert variant["kpis"] == cached["simulation"]["kpis"]
        assert alone["scenario"].pop("overrides") != cached["scenario"].pop("overrides")
        assert [row for row in alone.pop("assumptions") if row["key"] != "name"] == cached.pop("assumptions")
        assert alone == cached
        for name in ("runs.npz", "allocation.csv"):
            here, there = tmp_path / "run" / name, out / "variants" / variant["folder"] / name
            assert here.read_bytes() == there.read_bytes()


def test_a_second_call_runs_nothing_and_another_number_of_workers_leaves_the_same_bytes(
    done: tuple[str, Path], tmp_path: Path
) -> None:
    question, out = done
    before = files_of(out)
    again = called("sweep", question, "--runs", "6", "--out", str(out), "--lang", "en")
    assert "4 variants: 0 run, 4 taken from the cache" in again.stdout
    assert files_of(out) == before
    variant = next((out / "variants").iterdir())
    (variant / f"{PART_PREFIX}left").write_bytes(b"half")  # as a kill would leave it
    called("sweep", question, "--runs", "6", "--out", str(out))
    assert files_of(out) == before
    called("sweep", question, "--runs", "6", "--jobs", "2", "--out", str(tmp_path / "out"))
    assert files_of(tmp_path / "out") == before


def test_a_dry_run_tells_what_would_run_and_writes_nothing(done: tuple[str, Path], tmp_path: Path) -> None:
    question, out = done
    told = json.loads(called("sweep", question, "--dry-run", "--runs", "6", "--out", str(out), "--json").stdout)
    assert (told["to_run"], told["cached"]) == (0, 4)
    nowhere = tmp_path / "nowhere"
    result = called("sweep", question, "--dry-run", "--runs", "6", "--out", str(nowhere), "--lang", "en")
    assert "4 variants: 4 to run, 0 cached" in result.stdout
    assert "time unknown" in result.stdout
    assert not nowhere.exists()
    told = json.loads(
        called("sweep", question, "--dry-run", "--runs", "7", "--jobs", "1", "--out", str(out), "--json").stdout
    )
    assert (told["to_run"], told["cached"]) == (4, 0)
    guess = told["estimate"]
    assert (guess["basis"], guess["measured"], guess["measured_runs"]) == ("others", 4, 24), "timed with 6 runs each"
    each = guess["plan_seconds"] + 7 * guess["run_seconds"] + guess["answer_seconds"]
    assert guess["seconds"] == pytest.approx(4 * each)
    text = called("sweep", question, "--dry-run", "--runs", "7", "--out", str(out), "--lang", "en").stdout
    assert "measured on 4 other variants in this folder, 24 runs in all" in text
    wider = Path(question).with_name("wider.yaml")
    wider.write_text(Path(question).read_text(encoding="utf-8").replace("115_000]", "115_000, 130_000]"))
    told = json.loads(
        called("sweep", str(wider), "--dry-run", "--runs", "6", "--jobs", "2", "--out", str(out), "--json").stdout
    )
    assert (told["to_run"], told["cached"]) == (2, 4), "what another declaration shares is not run again"
    measured = told["estimate"]
    assert (measured["basis"], measured["measured"], measured["measured_runs"]) == ("these", 4, 24)
    each = measured["plan_seconds"] + 6 * measured["run_seconds"] + measured["answer_seconds"]
    assert measured["seconds"] == pytest.approx(each * 2 / 2)


@pytest.mark.parametrize("name", ["findings.json", "runs.npz", "manifest.json"])
def test_an_answer_that_is_spoilt_or_lacks_a_file_is_run_again(name: str, done: tuple[str, Path]) -> None:
    question, out = done
    before = files_of(out)
    file = next((out / "variants").iterdir()) / name
    file.write_bytes(file.read_bytes()[:-2])
    assert "1 run, 3 taken" in called("sweep", question, "--runs", "6", "--out", str(out), "--lang", "en").stdout
    assert files_of(out) == before
    file.unlink()
    assert "1 run, 3 taken" in called("sweep", question, "--runs", "6", "--out", str(out), "--lang", "en").stdout
    assert files_of(out) == before


def test_the_table_is_tidy_and_says_what_the_findings_say(done: tuple[str, Path]) -> None:
    _, out = done
    with (out / "sweep.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    told = json.loads((out / "sweep.json").read_text(encoding="utf-8"))
    assert len({(row["variant"], row["figure"]) for row in rows}) == len(rows)
    for variant in told["variants"]:
        mine = {row["figure"]: row for row in rows if int(row["variant"]) == variant["variant"]}
        assert float(mine["pathways_net"]["p10"]) == variant["kpis"]["pathways_net"]["p10"]
        assert int(mine["envelope_eur" if "envelope_eur" in mine else "need_cents"]["envelope_eur"]) in (
            60_000,
            115_000,
        )
        assert set(mine) == {*variant["kpis"], *(f"plan.{name}" for name in variant["plan"])}


def test_a_variant_without_a_plan_is_told_and_stops_nobody(tmp_path: Path) -> None:
    question = swept(tmp_path, "key: constraints.branch_floors.0.eur, values: [0, 100_000_000]")
    result = called("sweep", question, "--runs", "2", "--jobs", "1", "--out", str(tmp_path / "out"), "--lang", "en")
    assert result.exit_code == 0, result.stderr
    assert "1 variants have no plan" in result.stdout
    told = json.loads((tmp_path / "out" / "sweep.json").read_text(encoding="utf-8"))
    assert [variant["status"] for variant in told["variants"]] == ["done", "infeasible"]
    assert "1,infeasible" not in (tmp_path / "out" / "sweep.csv").read_text(encoding="utf-8").splitlines()[0]
    again = called("sweep", question, "--runs", "2", "--jobs", "1", "--out", str(tmp_path / "out"), "--lang", "en")
    assert "0 run, 2 taken" in again.stdout


CHANGES = {
    "envelope_eur": "envelope_eur=90000",
    "target_pathways": "target_pathways=3",
    "lines": "lines=[branch]",
    "runs": "runs=3",
    "exhaustion_share": "exhaustion_share=0.2",
    "committee": "committee.reserve_share=0.2",
    "constraints": "constraints.branch_caps.0.share=0.3",
    "planning": "planning.patience_periods=1",
    "calibration_targets": "calibration_targets=[]",
    "currency": "currency=CHF",
    "name": "name=other",
    "title_fr": "title_fr=autre",
    "title_en": "title_en=other",
    "language": "language=fr",
    "sweep": "sweep={method: grid, over: [{key: runs, values: [1]}]}",
}


@pytest.mark.parametrize("section", NOT_DRAWN)
def test_a_section_that_is_said_not_to_be_drawn_changes_no_draw(section: str) -> None:
    """Lots share draws between variants that differ in these sections only."""
    base, other = tiny(), tiny(CHANGES[section])
    assert draw_key(base) == draw_key(other)
    for run in range(3):
        for mine, its in zip(draw_requests(ground_of(base), run), draw_requests(ground_of(other), run), strict=True):
            for name in Requests.__dataclass_fields__:
                assert np.array_equal(getattr(mine, name), getattr(its, name)), name


@pytest.mark.parametrize("change", ["seed=8", "inflow.volume_factor=1.1", "windows.filing_deadline=2021-08-31"])
def test_what_is_drawn_from_has_another_key(change: str) -> None:
    assert draw_key(tiny()) != draw_key(tiny(change))


def test_two_processes_on_one_folder_the_second_is_refused(tmp_path: Path) -> None:
    from enveloppe.folder import held

    question = swept(tmp_path, AXES)
    with held(tmp_path / "out"):
        assert called("sweep", question, "--out", str(tmp_path / "out")).exit_code == 7


def test_parquet_holds_the_same_table(done: tuple[str, Path], tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow (the extra `parquet`) is not installed")
    question, out = done
    result = called("sweep", question, "--runs", "6", "--out", str(out), "--parquet")
    assert result.exit_code == 0, result.stderr
    table = parquet.read_table(out / "sweep.parquet").to_pylist()
    with (out / "sweep.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["figure"] for row in table] == [row["figure"] for row in rows]
    assert [row["mean"] for row in table] == [float(row["mean"]) for row in rows]
    assert [row["committee.policy"] for row in table] == [row["committee.policy"] for row in rows]
