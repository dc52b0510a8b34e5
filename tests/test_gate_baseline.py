"""A baseline that is missing is never green by itself, and a changed answer names the versions that changed with it."""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from tiny import TINY

from enveloppe.cli import main

MOVEMENT = "{name: m, kind: movement, figure: need_cents, fail: {more_than_share: 0.1}}"
VALUE = "{name: v, kind: value, figure: need_cents, fail: {at_least_eur: 1}}"


def called(*words: str, **environment: str) -> Result:
    clean = {"GITHUB_ACTIONS": "", "GITHUB_STEP_SUMMARY": ""}
    return CliRunner().invoke(main, list(words), env={**clean, **environment})


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Findings of the tiny question."""
    folder = tmp_path_factory.mktemp("found") / "base"
    words = ["run", str(TINY), "--runs", "8", "--jobs", "1", "--out", str(folder), "--quiet"]
    assert called(*words, "--set", "committee.rivals=[]").exit_code == 0
    return folder


def gate(folder: Path, found: Path, head: str, *words: str, **environment: str) -> tuple[Result, dict[str, Any]]:
    file = folder / "gates.yaml"
    file.write_text(f"schema: 1\n{head}gates:\n  - {MOVEMENT}\n  - {VALUE}\n", encoding="utf-8")
    result = called("gate", str(file), str(found), "--out", str(folder / "told"), "--lang", "en", *words, **environment)
    told = folder / "told" / "gate.json"
    return result, json.loads(told.read_text(encoding="utf-8")) if told.exists() else {}


def statuses(told: dict[str, Any]) -> list[str]:
    return [one["status"] for one in told["gates"]]


def test_a_movement_without_baseline_is_told_as_not_judged_wherever_people_look(found: Path, tmp_path: Path) -> None:
    result, told = gate(tmp_path, found, "", GITHUB_ACTIONS="true")
    assert (result.exit_code, statuses(told), told["counts"]["skipped"]) == (0, ["skipped", "pass"], 1)
    assert "::warning file=" in result.stdout, "a skipped gate is told beside the others, not only in a log"
    assert "1 not judged" in result.stdout
    assert "not judged" in (tmp_path / "told" / "gate-summary.md").read_text(encoding="utf-8")
    suite = ElementTree.parse(tmp_path / "told" / "gate-junit.xml").getroot()[0]
    assert suite.get("skipped") == "1"
    assert suite[0].find("skipped") is not None


def test_where_a_baseline_is_required_a_lost_one_fails(found: Path, tmp_path: Path) -> None:
    """Only movements fail by it; with the baseline they are judged as ever."""
    result, told = gate(tmp_path, found, "baseline: required\n")
    assert (result.exit_code, statuses(told)) == (3, ["fail", "pass"])
    assert "--first-night" in told["gates"][0]["reason"]
    result, told = gate(tmp_path, found, "baseline: required\n", "--baseline", str(found))
    assert (result.exit_code, statuses(told)) == (0, ["pass", "pass"])


def test_the_first_night_is_said_to_be_the_first(found: Path, tmp_path: Path) -> None:
    result, told = gate(tmp_path, found, "baseline: required\n", "--first-night")
    assert (result.exit_code, statuses(told)) == (0, ["skipped", "pass"])
    result, _ = gate(tmp_path, found, "baseline: required\n", "--first-night", "--baseline", str(found))
    assert (result.exit_code, "--first-night" in result.stderr) == (2, True)


def test_a_requirement_is_one_of_two_words(found: Path, tmp_path: Path) -> None:
    result, _ = gate(tmp_path, found, "baseline: require\n")
    assert (result.exit_code, "gates.yaml:2:" in result.stderr, "required" in result.stderr) == (4, True, True)


def moved(found: Path, folder: Path, **versions: str) -> Path:
    """The same answer but for a cent, from other versions of the libraries."""
    shutil.copytree(found, folder)
    findings = json.loads((folder / "findings.json").read_text(encoding="utf-8"))
    findings["simulation"]["kpis"]["need_cents"]["mean"] += 1
    (folder / "findings.json").write_text(json.dumps(findings), encoding="utf-8")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["reproducible"]["versions"] |= versions
    manifest["reproducible"]["files"]["findings.json"] = hashlib.sha256(
        (folder / "findings.json").read_bytes()
    ).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folder


def test_a_changed_answer_names_the_versions_that_changed_with_it(found: Path, tmp_path: Path) -> None:
    now = json.loads((found / "manifest.json").read_text(encoding="utf-8"))["reproducible"]["versions"]["numpy"]
    other = moved(found, tmp_path / "other", numpy="99.1")
    _, told = gate(tmp_path, other, "", "--baseline", str(found))
    assert statuses(told)[0] == "fail"
    assert f"versions differ: numpy {now} → 99.1" in told["gates"][0]["reason"]
    assert told["gates"][0]["versions"] == {"numpy": [now, "99.1"]}
    same = moved(found, tmp_path / "same")
    _, told = gate(tmp_path, same, "", "--baseline", str(found))
    assert "no version differs" in told["gates"][0]["reason"]


def test_versions_of_other_findings_are_not_told(found: Path, tmp_path: Path) -> None:
    """A manifest that does not prove the findings beside it says nothing of them; a broken one neither."""
    other = moved(found, tmp_path / "other", numpy="99.1")
    manifest = (other / "manifest.json").read_text(encoding="utf-8")
    (other / "manifest.json").write_text(manifest.replace('"findings.json"', '"finding.json"'), encoding="utf-8")
    for broken in (None, "[]", '{"reproducible": {"files": [], "versions": 3}}'):
        if broken is not None:
            (other / "manifest.json").write_text(broken, encoding="utf-8")
        _, told = gate(tmp_path, other, "", "--baseline", str(found))
        assert "versions behind them are not known" in told["gates"][0]["reason"]
        assert "versions" not in told["gates"][0]


def test_a_movement_of_a_probability_and_its_error_are_told_in_one_unit(found: Path, tmp_path: Path) -> None:
    """Both in points: a percentage beside points would be read as another thing."""
    words = ["run", str(TINY), "--runs", "8", "--jobs", "1", "--out", str(tmp_path / "seed"), "--quiet"]
    assert called(*words, "--set", "committee.rivals=[]", "--seed", "99").exit_code == 0
    file = tmp_path / "gates.yaml"
    gates = "  - {name: m, kind: movement, figure: overrun, fail: {more_than_share: 0}}"
    file.write_text(f"schema: 1\ngates:\n{gates}\n", encoding="utf-8")
    result = called("gate", str(file), str(tmp_path / "seed"), "--baseline", str(found), "--lang", "en", "--json")
    reason = json.loads(result.stdout)["gates"][0]["reason"]
    assert reason.startswith("moved by ")
    assert reason.count("pt") == 2
    assert "%" not in reason
