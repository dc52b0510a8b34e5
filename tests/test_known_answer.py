"""A run whose answer is known is not run again; what it depends on decides, and nothing else."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from test_sweep import files_of
from tiny import TINY

from enveloppe.cli import main
from enveloppe.engine_digest import digest_of, sources

ROOT = Path(__file__).parent.parent


def ran(out: Path, *words: str) -> Result:
    common = ["run", str(TINY), "--runs", "5", "--jobs", "1", "--lang", "en", "--set", "committee.rivals=[]"]
    result = CliRunner().invoke(main, [*common, "--out", str(out), *words])
    assert result.exit_code == 0, result.stderr
    return result


KNOWN = "nothing was simulated again"


@pytest.fixture
def done(tmp_path: Path) -> Path:
    assert KNOWN not in ran(tmp_path / "out").stderr
    return tmp_path / "out"


def test_a_second_run_leaves_the_same_bytes_and_simulates_nothing(done: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files_of(done)

    def never(*_: object, **__: object) -> None:
        raise AssertionError("simulated again")

    monkeypatch.setattr("enveloppe.pipeline.simulate", never)
    again = ran(done)
    assert KNOWN in again.stderr
    assert files_of(done) == before
    assert "pathways" in again.stdout


def test_another_language_tells_the_report_again_without_simulating(done: Path) -> None:
    runs = (done / "runs.npz").read_bytes()
    assert KNOWN in ran(done, "--lang", "en").stderr
    result = CliRunner().invoke(
        main,
        ["run", str(TINY), "--runs", "5", "--set", "committee.rivals=[]", "--out", str(done), "--lang", "fr"],
    )
    assert "rien n'a été simulé" in result.stderr
    assert 'lang="fr"' in (done / "report.html").read_text(encoding="utf-8")
    assert (done / "runs.npz").read_bytes() == runs


@pytest.mark.parametrize("name", ["findings.json", "runs.npz", "allocation.csv", "manifest.json"])
def test_a_spoilt_or_missing_file_means_that_it_is_run_again(name: str, done: Path) -> None:
    before = files_of(done)
    (done / name).write_bytes((done / name).read_bytes()[:-3])
    assert KNOWN not in ran(done).stderr
    (done / name).unlink()
    assert KNOWN not in ran(done).stderr
    assert files_of(done) == before


@pytest.mark.parametrize("words", [("--set", "envelope_eur=90000"), ("--seed", "8"), ("--policy", "fixed")])
def test_another_question_is_run(words: tuple[str, ...], done: Path) -> None:
    assert KNOWN not in ran(done, *words).stderr
    assert KNOWN in ran(done, *words).stderr


def test_another_source_of_the_same_value_is_another_answer(done: Path, tmp_path: Path) -> None:
    """The report tells where a value comes from."""
    words = ("--set", "envelope_eur={value: 115000, source: elsewhere}")
    assert KNOWN not in ran(done, *words).stderr


def test_what_was_stopped_by_a_rule_is_not_taken_for_the_plain_answer(tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = ("--until", "need_cents:50%")
    result = CliRunner().invoke(
        main, ["run", str(TINY), "--runs", "40", *words, "--set", "committee.rivals=[]", "--out", str(out)]
    )
    assert result.exit_code == 0, result.stderr
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert "answer_key" not in manifest["reproducible"]


def test_a_file_that_moves_to_another_folder_is_another_engine(tmp_path: Path) -> None:
    """Files are told apart by where they stand, not by their bare name; where the whole stands does not matter."""
    digests = []
    for root, folder in (("one", "sim"), ("two", "sim"), ("three", "optimiser")):
        file = tmp_path / root / folder / "same.py"
        file.parent.mkdir(parents=True)
        file.write_text("WORD = 1\n", encoding="utf-8")
        digests.append(digest_of(tmp_path / root, [file]))
    assert digests[0] == digests[1] != digests[2]


def test_templates_and_words_are_no_part_of_the_engine_and_the_simulator_is(tmp_path: Path) -> None:
    """Changing how a report looks or reads runs nothing again; changing what decides a figure does."""
    for package in ("scenarios", "sim", "optimiser", "reports", "enveloppe"):
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "fonts"))
    counted = {file.relative_to(tmp_path).as_posix() for file in sources(tmp_path)}
    assert not {name for name in counted if name.startswith("reports/") or "/commands/" in name or "words" in name}
    assert {"sim/one_run.py", "scenarios/price.py", "optimiser/bridge.py", "enveloppe/findings.py"} <= counted
    assert {"enveloppe/planning.py", "enveloppe/advisers.py", "enveloppe/uncertainty/programme.py"} <= counted
    assert {"optimiser/constraints/mix_bounds.py", "scenarios/sweeping/points.py"} <= counted


def test_blocks_that_a_kill_after_the_last_file_left_behind_are_cleared_away(done: Path) -> None:
    """Between writing the proof and clearing its blocks away a run may be killed: its answer stands, they must not."""
    before = files_of(done)
    (done / ".blocks-0123456789ab").mkdir()
    (done / ".blocks-0123456789ab" / "left").write_bytes(b"a block")
    assert KNOWN in ran(done).stderr
    assert files_of(done) == before
