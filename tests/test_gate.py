"""Gates: each kind passing, warning and failing; every form that scripts read; refusals with their place."""

import copy
import json
import shutil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner, Result
from tiny import TINY

from enveloppe.cli import main
from enveloppe.gating.forms import MOST_ANNOTATIONS, as_annotations, as_junit, as_summary
from enveloppe.gating.judging import Judged
from enveloppe.gating.reading import read_gates
from enveloppe.gating.sentences import WORDS
from scenarios.problems import InputRefused, Place


def called(*words: str, **environment: str) -> Result:
    clean = {"GITHUB_ACTIONS": "", "GITHUB_STEP_SUMMARY": "", "GITHUB_WORKSPACE": "", "CI_PROJECT_DIR": ""}
    return CliRunner().invoke(main, list(words), env={**clean, **environment})


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Findings of the tiny question, and beside them those of a little more demand, and of another seed."""
    folder = tmp_path_factory.mktemp("found")
    for name, change in (("base", "runs=30"), ("more", "inflow.volume_factor=1.3"), ("seed", "seed=99")):
        words = [
            "run",
            str(TINY),
            "--runs",
            "30",
            "--set",
            change,
            "--jobs",
            "1",
            "--out",
            str(folder / name),
            "--quiet",
        ]
        assert called(*words, "--set", "committee.rivals=[]").exit_code == 0
    return folder


def gate(folder: Path, found: Path, gates: str, *words: str, **environment: str) -> tuple[int, dict[str, Any]]:
    file = folder / "gates.yaml"
    lines = "\n".join(f"  - {{{line.strip()}}}" for line in gates.strip().splitlines())
    file.write_text(f"schema: 1\ngates:\n{lines}\n", encoding="utf-8")
    result = called("gate", str(file), str(found), "--out", str(folder / "told"), "--lang", "en", *words, **environment)
    assert result.exit_code in (0, 3), result.stderr
    return result.exit_code, json.loads((folder / "told" / "gate.json").read_text(encoding="utf-8"))


def statuses(told: dict[str, Any]) -> list[str]:
    return [one["status"] for one in told["gates"]]


def test_value_gates_pass_warn_and_fail(found: Path, tmp_path: Path) -> None:
    """The tiny question needs more than its money in most runs; its P10 of net pathways is known from the file."""
    kpis = json.loads((found / "base" / "findings.json").read_text(encoding="utf-8"))["simulation"]["kpis"]
    p10, need = kpis["pathways_net"]["p10"], kpis["need_cents"]["mean"] / 100
    code, told = gate(
        tmp_path,
        found / "base",
        f"""
        name: a, kind: value, figure: pathways_net, statistic: p10, fail: {{at_least: {p10}}}
        name: b, kind: value, figure: pathways_net, statistic: p10, warn: {{at_least: {p10 + 1}}}, fail: {{at_least: 1}}
        name: c, kind: value, figure: pathways_net, statistic: p10, fail: {{at_least: {p10 + 1}}}
        name: d, kind: value, figure: overrun, warn: {{at_most: 0.02}}, fail: {{at_most: 0.05}}
        name: e, kind: value, figure: need_cents, fail: {{at_most_eur: {need + 1:.2f}, at_least_eur: {need - 1:.2f}}}
        name: f, kind: value, figure: plan.certificate.gap, fail: {{at_most: 0.000001}}
        name: g, kind: value, figure: plan.pathways, fail: {{at_most: 1}}
        name: h, kind: value, year: 2021, figure: need_overrun, fail: {{at_most: 0}}
        name: i, kind: value, branch: metal, figure: pathways_net, fail: {{at_least: 1}}
        name: j, kind: value, line: metal/under_50, figure: committed_cents, statistic: p90, fail: {{at_least_eur: 1}}
        name: k, kind: value, size_group: under_50, figure: pathways_net, fail: {{at_least: 1}}
        """,
    )
    assert code == 3
    assert dict(zip("abcdefghijk", statuses(told), strict=True)) == {
        **dict.fromkeys("abcdefghijk", "pass"),
        **dict.fromkeys("cdgh", "fail"),
        "b": "warn",
    }
    assert told["counts"] == {"fail": 4, "warn": 1, "accepted": 0, "skipped": 0, "pass": 6}
    assert [one["line"] for one in told["gates"]] == list(range(3, 14))


def test_warnings_alone_do_not_fail(found: Path, tmp_path: Path) -> None:
    gates = "name: b, kind: value, figure: overrun, warn: {at_most: 0}"
    assert gate(tmp_path, found / "base", gates)[0] == 0


def test_precision_gates_hold_the_monte_carlo_error(found: Path, tmp_path: Path) -> None:
    """Half of the 95 % interval: of 30 runs 2.045 standard errors over the mean (Student's table, 29 degrees of
    freedom; the normal law's 1.96 would be 4 % too narrow); of a probability, half of Wilson's interval."""
    kpis = json.loads((found / "base" / "findings.json").read_text(encoding="utf-8"))["simulation"]["kpis"]
    half = 2.04523 * kpis["need_cents"]["se"] / kpis["need_cents"]["mean"]
    code, told = gate(
        tmp_path,
        found / "base",
        f"""
        name: a, kind: precision, figure: need_cents, fail: {{at_most: {half * 1.01:.6f}}}
        name: b, kind: precision, figure: need_cents, warn: {{at_most: {half * 0.99:.6f}}}
        name: c, kind: precision, figure: need_cents, fail: {{at_most: {half * 0.99:.6f}}}
        name: d, kind: precision, figure: overrun, fail: {{at_most: 0.5}}
        """,
    )
    assert (code, statuses(told)) == (3, ["pass", "warn", "fail", "pass"])
    low, high = kpis["overrun"]["low"], kpis["overrun"]["high"]
    assert told["gates"][3]["half_width"] == pytest.approx((high - low) / 2)


MOVEMENT = "name: m, kind: movement, figure: need_cents, warn: {more_than_share: 0.01}, fail: {more_than_share: 0.1}"


def test_a_movement_fails_only_beyond_chance_and_beyond_its_bound(found: Path, tmp_path: Path) -> None:
    """30 % more demand is seen on common luck; another seed is not a movement; small bounds warn, wide ones pass."""
    code, told = gate(tmp_path, found / "more", MOVEMENT, "--baseline", str(found / "base"))
    assert (code, statuses(told), told["gates"][0]["paired"]) == (3, ["fail"], True)
    wide = MOVEMENT.replace("0.1}", "10}")
    assert statuses(gate(tmp_path, found / "more", wide, "--baseline", str(found / "base"))[1]) == ["warn"]
    wider = wide.replace("0.01}", "9}")
    assert statuses(gate(tmp_path, found / "more", wider, "--baseline", str(found / "base"))[1]) == ["pass"]
    code, told = gate(tmp_path, found / "seed", MOVEMENT, "--baseline", str(found / "base"))
    assert (code, statuses(told), told["gates"][0]["paired"]) == (0, ["pass"], False)
    assert statuses(gate(tmp_path, found / "more", MOVEMENT)[1]) == ["skipped"]


def test_runs_of_other_findings_are_not_taken_for_those_of_the_baseline(found: Path, tmp_path: Path) -> None:
    """Only findings.json of the baseline was put back: its runs.npz is tonight's, and would show no movement at all."""
    shutil.copytree(found / "more", tmp_path / "mixed")
    shutil.copy(found / "base" / "findings.json", tmp_path / "mixed" / "findings.json")
    code, told = gate(tmp_path, found / "more", MOVEMENT, "--baseline", str(tmp_path / "mixed"))
    assert (code, statuses(told), told["gates"][0]["paired"]) == (3, ["fail"], False)


def test_on_equal_inputs_any_movement_fails(found: Path, tmp_path: Path) -> None:
    """One cent is enough, and a percentile too; whatever the bounds say."""
    wide = MOVEMENT.replace("0.1}", "10}").replace("0.01}", "9}")
    assert statuses(gate(tmp_path, found / "base", wide, "--baseline", str(found / "base"))[1]) == ["pass"]
    whole = json.loads((found / "base" / "findings.json").read_text(encoding="utf-8"))
    for statistic in ("mean", "p90"):
        other = copy.deepcopy(whole)
        other["simulation"]["kpis"]["need_cents"][statistic] += 1
        (tmp_path / "findings.json").write_text(json.dumps(other), encoding="utf-8")
        code, told = gate(tmp_path, tmp_path, wide, "--baseline", str(found / "base"))
        assert (code, statuses(told)) == (3, ["fail"])
        assert "the inputs are the same" in told["gates"][0]["reason"]


@pytest.mark.parametrize(
    "tonight", [{"as_of": "2021-07-01"}, {"sha256": "b"}, {"heading": "depot"}, {"read_by": "m"}, None]
)
def test_another_export_or_another_day_is_another_question(
    tonight: dict[str, str] | None, found: Path, tmp_path: Path
) -> None:
    """The scenario's hash holds no requests to date: a movement from one night's export to the next is no error."""

    def under_way(
        as_of: str = "2021-06-30", sha256: str = "a", heading: str = "date", read_by: str = ""
    ) -> dict[str, Any]:
        columns = [{"field": "filed", "heading": heading}]
        given = {"file": "requests.csv", "sha256": sha256, "columns": columns}
        return {"as_of": as_of, "export": given | ({"map_sha256": read_by} if read_by else {})}

    whole = json.loads((found / "base" / "findings.json").read_text(encoding="utf-8"))
    (tmp_path / "before").mkdir()
    for place, moved, forecast in (
        (tmp_path / "before", 0, under_way()),
        (tmp_path, 1, None if tonight is None else under_way(**tonight)),
    ):
        told = copy.deepcopy(whole) | ({} if forecast is None else {"forecast": forecast})
        told["simulation"]["kpis"]["need_cents"]["mean"] += moved
        (place / "findings.json").write_text(json.dumps(told), encoding="utf-8")
    base = ("--baseline", str(tmp_path / "before"))
    assert statuses(gate(tmp_path, tmp_path, MOVEMENT, *base)[1]) == ["pass"]
    same = json.loads((tmp_path / "findings.json").read_text(encoding="utf-8")) | {"forecast": under_way()}
    (tmp_path / "findings.json").write_text(json.dumps(same), encoding="utf-8")
    assert statuses(gate(tmp_path, tmp_path, MOVEMENT, *base)[1]) == ["fail"]


def test_a_gate_that_cannot_see_what_it_must_warns_and_says_how_many_runs_would(found: Path, tmp_path: Path) -> None:
    gates = "name: m, kind: movement, figure: need_cents, sees_share: 0.001, fail: {more_than_share: 0}"
    code, told = gate(tmp_path, found / "seed", gates, "--baseline", str(found / "base"))
    assert (code, statuses(told)) == (0, ["warn"])
    assert told["gates"][0]["runs_needed"] > 30
    large = gates.replace("0.001", "5")
    assert statuses(gate(tmp_path, found / "seed", large, "--baseline", str(found / "base"))[1]) == ["pass"]


def test_an_accepted_failure_is_recorded_and_holds_for_these_findings_only(found: Path, tmp_path: Path) -> None:
    base = ("--baseline", str(found / "base"))
    accept = ("--accept", "--author", "A. Martin", "--reason", "amendment 3: <b>more</b>")
    assert gate(tmp_path, found / "more", MOVEMENT, *base)[0] == 3
    code, told = gate(tmp_path, found / "more", MOVEMENT, *base, *accept)
    assert (code, statuses(told)) == (0, ["accepted"])
    record = json.loads((tmp_path / "gates.accepted.json").read_text(encoding="utf-8"))
    ((entry),) = record["accepted"]
    assert (entry["gate"], entry["author"], entry["reason"]) == ("m", "A. Martin", "amendment 3: <b>more</b>")
    assert gate(tmp_path, found / "more", MOVEMENT, *base)[0] == 0
    assert "<b>" not in (tmp_path / "told" / "gate-summary.md").read_text(encoding="utf-8").replace("\\<b\\>", "")
    assert gate(tmp_path, found / "more", MOVEMENT, "--baseline", str(found / "seed"))[0] == 3, "another baseline"
    moved = json.loads((found / "more" / "findings.json").read_text(encoding="utf-8"))
    moved["simulation"]["kpis"]["need_cents"]["mean"] += 1
    (tmp_path / "findings.json").write_text(json.dumps(moved), encoding="utf-8")
    assert gate(tmp_path, tmp_path, MOVEMENT, *base)[0] == 3, "other findings"
    assert called("gate", "g", "f", "--accept", "--author", "A").exit_code == 2
    (tmp_path / "gates.accepted.json").write_text("[]", encoding="utf-8")
    refused = called("gate", str(tmp_path / "gates.yaml"), str(found / "more"), "--lang", "en")
    assert (refused.exit_code, "not a record of acceptances" in refused.stderr) == (4, True)


WRONG = """schema: 1
rates: 0.01
gates:
  - {name: a, kind: value, figure: overrun, warn: {at_most: 0.2}, fail: {at_most: 0.1}}
  - {name: a, kind: valeu, figure: overrun, fail: {at_most: 0.1}}
  - {name: b, kind: movement, figure: overrun, rate: 0, fail: {more_than: .nan}}
  - {name: c, kind: precision, figure: overrun, fail: {at_least: 1}}
  - {name: a, kind: value, figure: overrun, fail: {at_most: 0.1}}
"""


def test_a_refused_gates_file_tells_every_problem_with_its_place(found: Path, tmp_path: Path) -> None:
    file = tmp_path / "gates.yaml"
    file.write_text(WRONG, encoding="utf-8")
    result = called("gate", str(file), str(found / "base"), "--lang", "en")
    assert result.exit_code == 4
    for told in (
        "4:61: gates.0.warn.at_most: a warning comes before a failure: 0.2 would come after 0.1",
        "8:12: gates.4.name: a gate of this name already stands at line 4",
        "2:1: rates: unknown key; did you mean rate?",
        "5:21: gates.1.kind: must be one of value, precision, movement, found valeu; did you mean value?",
        "6:54: gates.2.rate: must be above 0",
        "6:75: gates.2.fail.more_than: a number was expected",
        "7:56: gates.3.fail.at_least: unknown key",
        "7:55: gates.3.fail.at_most: this value is missing",
    ):
        assert f"{file}:{told}" in result.stderr, (told, result.stderr)
    assert not (found / "base" / "gate").exists()


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("name: a, kind: value, figure: overrun", "give at least one of warn, fail"),
        ("name: a, kind: value, figure: overrun, fail: {}", "give at least one of at_least, at_most"),
        ("name: a, kind: value, figure: overrun, warn: {at_most: 0.2}, fail: {at_most: 0.1}", "would come after"),
        ("name: a, kind: value, figure: overrun, fail: {at_most: 0.1, at_least: 0.2}", "at_most must not come before"),
        ("name: a, kind: movement, figure: overrun, fail: {more_than: 1, more_than_share: 1}", "exactly one of"),
        (
            "name: a, kind: value, figure: overrun, line: x, branch: y, fail: {at_most: 1}",
            "exactly one of branch, line",
        ),
        ("name: a, kind: precision, figure: plan.pathways, fail: {at_most: 1}", "figures of the plan"),
        ("name: a, kind: value, figure: overun, fail: {at_most: 1}", "no overun; did you mean overrun?"),
        ("name: a, kind: value, figure: plan.pathway, fail: {at_most: 1}", "did you mean pathways?"),
        ("name: a, kind: value, branch: meta, figure: need_cents, fail: {at_most_eur: 1}", "did you mean metal?"),
        ("name: a, kind: value, year: 1999, figure: need_overrun, fail: {at_most: 1}", "no year 1999"),
        ("name: a, kind: value, figure: need_cents, fail: {at_most: 1}", "is money: write at_most_eur"),
        ("name: a, kind: value, figure: overrun, fail: {at_most_eur: 1}", "is no money: write at_most"),
        ("name: a, kind: movement, figure: need_cents, fail: {more_than: 1}", "is money: write more_than_eur"),
        ("name: a, kind: value, figure: need_cents, statistic: low, fail: {at_most_eur: 1}", "has no low"),
        ("name: a, kind: value, figure: plan.lines, fail: {at_most: 1}", "no plan.lines"),
        ("name: a, kind: movement, year: 2021, figure: cp_cents, fail: {more_than_eur: 0}", "has no se; it has mean"),
        (f"name: {'a' * 10_000}, kind: value, figure: overrun, fail: {{at_most: 1}}", "at most 200 characters"),
    ],
)
def test_a_gate_that_makes_no_sense_is_refused(line: str, code: str, found: Path, tmp_path: Path) -> None:
    file = tmp_path / "gates.yaml"
    file.write_text(f"schema: 1\ngates:\n  - {{{line}}}\n", encoding="utf-8")
    result = called("gate", str(file), str(found / "base"), "--baseline", str(found / "more"), "--lang", "en")
    assert (result.exit_code, code in result.stderr) == (4, True), result.stderr
    assert f"{file}:3:" in result.stderr


def test_what_cannot_be_read_is_told_all_at_once(found: Path, tmp_path: Path) -> None:
    file = tmp_path / "gates.yaml"
    file.write_text("", encoding="utf-8")
    words = ("gate", str(file), str(tmp_path / "nothing"), "--baseline", str(tmp_path / "none.json"), "--lang", "en")
    result = called(*words)
    assert result.exit_code == 4
    assert "the gates file is empty" in result.stderr
    assert result.stderr.count("No such file") == 2


def test_a_movement_of_a_single_run_is_told_to_be_of_unknown_error(found: Path, tmp_path: Path) -> None:
    """One run has no spread: that it moved by chance must not be claimed, nor that it did not."""
    words = ["run", str(TINY), "--runs", "1", "--jobs", "1", "--out", str(tmp_path / "one"), "--quiet"]
    assert called(*words, "--set", "committee.rivals=[]").exit_code == 0
    code, told = gate(tmp_path, tmp_path / "one", MOVEMENT, "--baseline", str(found / "base"))
    assert (code, statuses(told)) == (0, ["warn"])
    assert "of a single run no error is known" in told["gates"][0]["reason"]


def test_the_risk_of_a_year_is_a_probability_and_moves_as_one(found: Path, tmp_path: Path) -> None:
    """Of 30 runs all exceeded the year's money (the interval of Wilson: 88.6 % to 100 %); had 10 of 30 done so before,
    the pooled z is 5.48: a movement."""
    whole = json.loads((found / "base" / "findings.json").read_text(encoding="utf-8"))
    for name, change in (("now", {}), ("before", {"need_overrun": 1 / 3})):
        told = copy.deepcopy(whole)
        told["simulation"]["years"][0] |= change
        told["scenario"]["hash"] = name
        (tmp_path / name).mkdir()
        (tmp_path / name / "findings.json").write_text(json.dumps(told), encoding="utf-8")
    gates = """
        name: a, kind: movement, year: 2021, figure: need_overrun, fail: {more_than: 0.1}
        name: b, kind: precision, year: 2021, figure: need_overrun, fail: {at_most: 0.06}
        name: c, kind: value, year: 2021, figure: need_overrun, statistic: low, fail: {at_least: 0.9}
        """
    code, told = gate(tmp_path, tmp_path / "now", gates, "--baseline", str(tmp_path / "before"))
    assert (code, statuses(told)) == (3, ["fail", "pass", "fail"])
    assert told["gates"][0]["unit"] == "probability"
    assert told["gates"][2]["value"] == pytest.approx(30 / (30 + 1.96**2), abs=1e-4)


@pytest.mark.parametrize("value", ["a text", None, True, [1], 10**400])
def test_findings_whose_figure_is_no_number_are_refused(value: Any, found: Path, tmp_path: Path) -> None:
    whole = json.loads((found / "base" / "findings.json").read_text(encoding="utf-8"))
    whole["simulation"]["kpis"]["need_cents"]["mean"] = value
    (tmp_path / "findings.json").write_text(json.dumps(whole), encoding="utf-8")
    file = tmp_path / "gates.yaml"
    file.write_text("schema: 1\ngates:\n  - {" + MOVEMENT + "}\n", encoding="utf-8")
    result = called("gate", str(file), str(tmp_path), "--baseline", str(found / "more"), "--lang", "en")
    assert (result.exit_code, "the findings have no need_cents" in result.stderr) == (4, True), result.stderr


def test_a_name_with_line_ends_speaks_no_command_to_the_runner(found: Path, tmp_path: Path) -> None:
    gates = 'name: "a\\n::stop-commands::x", kind: value, figure: overrun, fail: {at_most: 0}'
    (tmp_path / "gates.yaml").write_text("schema: 1\ngates:\n  - {" + gates + "}\n", encoding="utf-8")
    words = ("gate", str(tmp_path / "gates.yaml"), str(found / "base"), "--out", str(tmp_path / "told"))
    result = called(*words, GITHUB_ACTIONS="true")
    assert result.exit_code == 3
    assert [line.split()[0] for line in result.stdout.splitlines() if line.startswith("::")] == ["::error"]
    lost = called(*words, "--lang", "en", GITHUB_STEP_SUMMARY=str(tmp_path / "no" / "summary.md"))
    assert (lost.exit_code, "summary.md cannot be written to" in lost.stderr) == (4, True)


HOSTILE = "::error::x\n%0A | <script>alert(1)</script> $x\x00\x1b"


def judged(name: str, status: Any = "fail", reason: str = "is 1, above 0") -> Judged:
    return Judged(name, "value", "overrun", Place("gates.yaml", 3, 5), status, reason, {})


def test_annotations_point_at_the_gate_and_cannot_be_broken_out_of() -> None:
    (line,) = as_annotations([judged(HOSTILE, reason=HOSTILE)])
    assert line.startswith("::error file=gates.yaml,line=3,col=5,title=%3A%3Aerror%3A%3Ax%0A%250A | ")
    assert "\n" not in line
    many = [judged(f"g{number}", status) for number in range(30) for status in ("warn", "pass", "fail")]
    lines = as_annotations(many)
    assert [line.split()[0] for line in lines] == ["::error"] * MOST_ANNOTATIONS + ["::warning"] * MOST_ANNOTATIONS


def test_junit_is_xml_whatever_a_gate_is_called() -> None:
    told = [judged(HOSTILE, reason=HOSTILE), judged("w", "warn"), judged("s", "skipped"), judged("p", "pass")]
    suite = ElementTree.fromstring(as_junit(told, HOSTILE)).find("testsuite")
    assert suite is not None
    assert {key: suite.get(key) for key in ("tests", "failures", "skipped")} == {
        "tests": "4",
        "failures": "1",
        "skipped": "1",
    }
    assert [[inner.tag for inner in case] for case in suite] == [
        ["failure"],
        ["system-out"],
        ["skipped"],
        ["system-out"],
    ]
    assert suite[0].get("line") == "3"


JUNIT = {
    "testsuites": (set(), {"name", "time", "tests", "failures", "disabled", "errors"}, ["testsuite"]),
    "testsuite": (
        {"name"},
        {
            "name",
            "tests",
            "failures",
            "errors",
            "time",
            "disabled",
            "skipped",
            "timestamp",
            "hostname",
            "id",
            "package",
        },
        ["properties", "testcase", "system-out", "system-err"],
    ),
    "testcase": (
        {"name"},
        {"name", "assertions", "time", "classname", "status", "class", "file", "line"},
        ["skipped", "error", "failure", "system-out", "system-err"],
    ),
    "failure": (set(), {"type", "message"}, []),
    "skipped": (set(), {"type", "message"}, []),
    "system-out": (set(), set(), []),
}
"""Each element's attributes that must and may stand, and the elements in it. SOURCE: Jenkins' xUnit schema,
junit-10.xsd."""


def test_junit_keeps_to_the_schema_that_jenkins_reads(found: Path, tmp_path: Path) -> None:
    told = [judged(HOSTILE, status, HOSTILE) for status in ("fail", "warn", "accepted", "skipped", "pass")]
    for element in ElementTree.fromstring(as_junit(told, HOSTILE)).iter():
        must, may, inside = JUNIT[element.tag]
        assert must <= set(element.attrib) <= may, element.tag
        assert {inner.tag for inner in element} <= set(inside), element.tag
        for name in ("tests", "failures", "errors", "skipped", "line"):
            assert element.get(name, "0").isdigit()
        assert float(element.get("time", "0")) >= 0


def test_a_summary_keeps_under_its_cap_and_shows_the_worst_first() -> None:
    told = [judged(f"gate {number} {HOSTILE}", "fail" if number % 2 else "pass") for number in range(20_000)]
    text = as_summary(told, HOSTILE, "en")
    assert len(text.encode()) < 1_048_576
    assert "further gates are left out" in text
    assert "● holds" not in text, "what holds comes after all that fails"
    assert "<script>" not in text.replace("\\<script\\>", "")
    whole = as_summary(told[:10], "x", "fr")
    assert whole.count("▲ échec") == 5
    assert whole.index("▲ échec") < whole.index("● tenue")


def test_on_github_the_log_has_annotations_and_the_job_its_summary(found: Path, tmp_path: Path) -> None:
    (tmp_path / "gates.yaml").write_text("schema: 1\ngates:\n  - " + "{" + MOVEMENT + "}\n", encoding="utf-8")
    summary = tmp_path / "summary.md"
    summary.write_text("# before\n", encoding="utf-8")
    words = ["gate", str(tmp_path / "gates.yaml"), str(found / "more"), "--baseline", str(found / "base")]
    words += ["--out", str(tmp_path / "told")]
    result = called(*words, GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(summary))
    assert result.exit_code == 3
    assert f"::error file={tmp_path / 'gates.yaml'},line=3,col=5,title=m::" in result.stdout
    assert summary.read_text(encoding="utf-8").startswith("# before\n## ")
    result = called(*words, "--json", GITHUB_ACTIONS="true", GITHUB_STEP_SUMMARY=str(summary))
    assert json.loads(result.stdout)["holds"] is False
    assert "::error" in result.stderr
    assert sorted(file.name for file in (tmp_path / "told").iterdir()) == [
        "gate-junit.xml",
        "gate-summary.md",
        "gate.json",
    ]


def test_every_sentence_is_there_in_both_languages() -> None:
    for key, (english, french) in WORDS.items():
        assert english, key
        assert french, key
        assert {part.split("}")[0] for part in english.split("{")[1:]} == {
            part.split("}")[0] for part in french.split("{")[1:]
        }, key


def test_a_name_given_twice_is_told_whatever_else_is_wrong(tmp_path: Path) -> None:
    """A wrong kind in one gate and a wrong key in the other hide neither the name nor each other."""
    file = tmp_path / "gates.yaml"
    file.write_text(
        "schema: 1\ngates:\n  - {name: a, kind: valeu, figure: overrun, fail: {at_most: 3}}\n"
        "  - {name: a, kind: value, figure: overrun, fail: {at_leats: 3}}\n"
    )
    with pytest.raises(InputRefused) as refused:
        read_gates(file)
    told = {problem.key for problem in refused.value.problems}
    assert told == {"gates.0.kind", "gates.1.fail.at_leats", "gates.1.name"}


@pytest.mark.parametrize("variable", ["GITHUB_WORKSPACE", "CI_PROJECT_DIR"])
def test_a_gate_is_placed_from_the_root_of_the_repository_wherever_the_command_is_called(
    variable: str, found: Path, tmp_path: Path
) -> None:
    """A page of GitHub or GitLab knows files by their way from the root; an absolute one it cannot show."""
    (tmp_path / "plans").mkdir()
    file = tmp_path / "plans" / "gates.yaml"
    file.write_text(
        "schema: 1\ngates:\n  - {name: g, kind: value, figure: overrun, fail: {at_least: 0.999999}}\n", encoding="utf-8"
    )
    words = ("gate", str(file), str(found / "base"), "--out", str(tmp_path / "told"))
    result = called(*words, GITHUB_ACTIONS="true", **{variable: str(tmp_path)})
    assert result.exit_code == 3
    assert "::error file=plans/gates.yaml,line=3,col=5," in result.stdout
    suite = ElementTree.parse(tmp_path / "told" / "gate-junit.xml").getroot()[0]
    assert suite[0].attrib["file"] == "plans/gates.yaml"
    result = called(*words, GITHUB_ACTIONS="true", **{variable: str(tmp_path / "elsewhere")})
    assert f"::error file={str(file).replace(':', '%3A')}," in result.stdout, "a file outside keeps its name"
