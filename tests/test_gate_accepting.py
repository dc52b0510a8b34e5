"""What an acceptance holds of: these findings, by this rule; and how many gates ended how, in words."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from tiny import TINY

from enveloppe.cli import main
from enveloppe.gating.declaration import MovementGate, ValueGate
from enveloppe.gating.forms import as_summary, counted
from enveloppe.gating.judging import Judged
from enveloppe.gating.rule import rule_of
from scenarios.problems import Place


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Findings of the tiny question, whose money runs out in most runs."""
    folder = tmp_path_factory.mktemp("found") / "base"
    words = ["run", str(TINY), "--runs", "8", "--jobs", "1", "--out", str(folder), "--quiet"]
    assert CliRunner().invoke(main, [*words, "--set", "committee.rivals=[]"]).exit_code == 0
    return folder


def gate(folder: Path, found: Path, rule: str, *words: str) -> tuple[int, dict[str, Any]]:
    file = folder / "gates.yaml"
    file.write_text(f"schema: 1\ngates:\n  - {{{rule}}}\n", encoding="utf-8")
    call = ["gate", str(file), str(found), "--out", str(folder / "told"), "--lang", "en", *words]
    result = CliRunner().invoke(main, call, env={"GITHUB_ACTIONS": "", "GITHUB_STEP_SUMMARY": ""})
    assert result.exit_code in (0, 3), result.stderr
    return result.exit_code, json.loads((folder / "told" / "gate.json").read_text(encoding="utf-8"))


def statuses(told: dict[str, Any]) -> list[str]:
    return [one["status"] for one in told["gates"]]


def judged(status: Any) -> Judged:
    return Judged("a", "value", "overrun", Place("gates.yaml", 3, 5), status, "", {})


def test_another_rule_is_judged_afresh_whatever_was_accepted_of_the_old_one(found: Path, tmp_path: Path) -> None:
    """A threshold that moves, another statistic, another figure: the acceptance was not of that."""
    accept = ("--accept", "--author", "A. Martin", "--reason", "known")
    rule = "name: v, kind: value, figure: overrun, fail: {at_most: 0.02}"
    assert gate(tmp_path, found, rule, *accept)[0] == 0
    assert gate(tmp_path, found, rule)[0] == 0
    record = (tmp_path / "gates.accepted.json").read_bytes()
    assert gate(tmp_path, found, rule, *accept)[0] == 0
    assert (tmp_path / "gates.accepted.json").read_bytes() == record, "the same acceptance is recorded once"
    assert (
        gate(tmp_path, found, rule.replace("0.02", "0.020").replace("overrun,", "overrun, statistic: mean,"))[0] == 0
    ), "the same rule, written otherwise"
    for other in (
        rule.replace("0.02", "0.01"),
        rule.replace("overrun,", "overrun, statistic: high,"),
        "name: v, kind: value, figure: need_overrun, year: 2021, fail: {at_most: 0.02}",
    ):
        code, told = gate(tmp_path, found, other)
        assert (code, statuses(told)) == (3, ["fail"]), other
        assert "A. Martin accepted was another rule" in told["gates"][0]["reason"]
    assert gate(tmp_path, found, rule.replace("0.02", "0.01"), *accept)[0] == 0
    assert gate(tmp_path, found, rule)[0] == 0, "both rules were accepted"
    record = tmp_path / "gates.accepted.json"
    entries = json.loads(record.read_text(encoding="utf-8"))
    for entry in entries["accepted"]:
        del entry["rule"]
    record.write_text(json.dumps(entries), encoding="utf-8")
    code, told = gate(tmp_path, found, rule)
    assert (code, statuses(told)) == (3, ["fail"])
    assert "does not say of which rule it is" in told["gates"][0]["reason"]


def test_the_rate_of_the_file_is_part_of_a_movement_rule_and_of_no_other() -> None:
    bounds = {"fail": {"more_than_share": 0.1}}
    still = MovementGate.model_validate({"name": "m", "kind": "movement", "figure": "need_cents", **bounds})
    own = still.model_copy(update={"rate": 0.05, "name": "n"})
    assert rule_of(still, 0.01) != rule_of(still, 0.05) == rule_of(own, 0.01)
    value = ValueGate.model_validate({"name": "v", "kind": "value", "figure": "overrun", "fail": {"at_most": 0.1}})
    assert rule_of(value, 0.01) == rule_of(value, 0.05)


def test_french_counts_agree_with_their_number_and_never_say_that_a_skipped_gate_passed() -> None:
    told = [judged("skipped"), judged("skipped"), judged("pass")]
    assert counted(told, "fr") == "0 en échec, 0 en alerte, 0 acceptée, 2 non jugées, 1 tenue"
    assert counted(told, "en") == "0 failed, 0 warned, 0 accepted, 2 not judged, 1 passed"
    assert "– non jugée" in as_summary(told, "x", "fr")
