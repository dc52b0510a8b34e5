"""Scenarios and findings side by side: pairing, errors, the way from one question to another, and the forms."""

import json
import math
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from report_paper import joined, unescaped
from report_reading import Page
from test_report_page import written_as_found
from tiny import TINY
from workbook_making import recalculated, same_value

from enveloppe.cli import main
from enveloppe.comparing.contributions import closed, contributions, entries_changed, put
from enveloppe.comparing.question import question_changes
from enveloppe.comparing.side import Given, Measured, gap, measured
from reports.comparison.document import comparison_document
from reports.markdown import markdown_of
from reports.page import page_of
from reports.pdf import pdf_of
from reports.reading import whole
from reports.workbook.comparison import comparison_book, comparison_with_places
from sim.statistics import difference

FILES = {"compare.html", "compare.json", "compare.md", "compare.pdf", "compare.xlsx"}


def called(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Less money and more officers."""
    file = tmp_path_factory.mktemp("other") / "other.yaml"
    text = TINY.read_text(encoding="utf-8")
    (file.parent / "tiny.yaml").write_text(text, encoding="utf-8")
    file.write_text(
        "extends: ./tiny.yaml\nname: other\nenvelope_eur: 100_000\ndesk:\n  officers: 9\n", encoding="utf-8"
    )
    return file


@pytest.fixture(scope="module")
def folder(other: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("compared") / "out"
    result = called("compare", str(TINY), str(other), "--runs", "6", "--jobs", "1", "--out", str(out), "--quiet")
    assert result.exit_code == 0, result.output
    first, second, verdict = result.stdout.splitlines()
    assert first.startswith("A = ") and first.endswith(f"({TINY})"), "the console says which letter is which"
    assert second.startswith("B = ") and second.endswith(f"({other})")
    assert "A" in verdict
    return out


@pytest.fixture(scope="module")
def comparison(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "compare.json").read_text(encoding="utf-8"))
    return found


def test_paired_runs_have_the_error_of_their_differences() -> None:
    luck = np.array([10.0, 20.0, 30.0, 40.0])
    one, two = measured(luck, "pathways"), measured(luck + np.array([1.0, 2.0, 1.0, 2.0]), "pathways")
    assert one and two, "four runs that all know the figure"
    told = gap(one, two, paired=True)
    assert told == {"mean": 1.5, "se": pytest.approx(math.sqrt(1 / 3) / 2), "unit": "pathways"}


def test_runs_on_other_luck_have_the_error_of_independent_means() -> None:
    one = Measured({"mean": 100, "se": 3, "unit": "cents"})
    two = Measured({"mean": 150, "se": 4, "unit": "cents"})
    assert gap(one, two, paired=True) == {"mean": 50, "se": 5, "unit": "cents", "independent": True}
    assert gap(one, Measured({"mean": 7, "unit": "cents"}), paired=False) == {
        "mean": -93,
        "unit": "cents",
        "independent": True,
    }


def test_the_question_s_changes_are_told_with_their_places() -> None:
    base = {"name": Given("a"), "x": Given(1, "h", "a.yaml:3"), "same": Given(2), "gone": Given(3)}
    other = {"name": Given("b"), "x": Given(2, "h", "b.yaml:1"), "same": Given(2), "new": Given(4), "seed": Given(1)}
    assert question_changes(base, other) == [
        {"key": "x", "unit": "h", "before": 1, "place_before": "a.yaml:3", "after": 2, "place_after": "b.yaml:1"},
        {"key": "gone", "before": 3},
        {"key": "new", "after": 4},
    ]


def test_a_comparison_says_what_changed_where(comparison: dict[str, Any]) -> None:
    told = comparison["comparisons"][0]
    assert told["common_luck"] is True
    assert {row["key"] for row in told["question"]} == {"envelope_eur", "desk.officers"}
    assert all(row["place_after"].startswith("other.yaml:") for row in told["question"])
    assert "independent" not in json.dumps(told)


def test_differences_are_those_of_the_means(comparison: dict[str, Any]) -> None:
    one, two = comparison["sides"]
    differences = comparison["comparisons"][0]["kpis"]
    assert len(differences) > 20
    for name, told in differences.items():
        if not {"wait_days", "mean_cost_cents", "need_price_cents"} & {name}:
            expected = two["kpis"][name]["mean"] - one["kpis"][name]["mean"]
            assert told["mean"] == pytest.approx(expected, abs=1.01 if told["unit"] == "cents" else 1e-6), name


def test_what_the_money_does_not_touch_does_not_move(comparison: dict[str, Any]) -> None:
    """Mixtures of the changes are lived on the same requests: less money alone moves the need in no run."""
    told = comparison["comparisons"][0]
    assert told["kpis"]["committed_cents"]["mean"] < 0
    money = told["steps"][0]
    assert money["groups"] == ["envelope_eur"]
    assert (money["kpis"]["need_cents"]["mean"], money["kpis"]["need_cents"]["se"]) == (0, 0)
    assert money["kpis"]["committed_cents"]["mean"] < 0


def test_the_steps_add_up_to_the_whole_way(comparison: dict[str, Any]) -> None:
    """Money to the cent, pathways to the digits that findings keep."""
    told = comparison["comparisons"][0]
    assert told["way"] == "shapley"
    assert [step["groups"] for step in told["steps"]] == [["envelope_eur"], ["desk.officers"]]
    for name in ("need_cents", "committed_cents", "unmet_need_cents"):
        assert sum(step["kpis"][name]["mean"] for step in told["steps"]) == told["kpis"][name]["mean"], name
    total = sum(step["kpis"]["pathways_net"]["mean"] for step in told["steps"])
    assert total == pytest.approx(told["kpis"]["pathways_net"]["mean"], rel=1e-8)


def mixed(values: dict[frozenset[int], list[float]], unit: str = "pathways") -> Any:
    """Figures of mixtures of changes, run by run."""

    def lived(made: frozenset[int]) -> dict[str, Measured] | None:
        found = measured(np.array(values[made]), unit) if made in values else None
        return None if found is None else {"x": found}

    return lived


def test_a_change_s_contribution_is_its_mean_over_all_orders() -> None:
    """Two changes worth 10 and 20 alone, 60 together: 10 + 30 / 2 = 25 and 20 + 30 / 2 = 35 (Shapley 1953)."""
    values = {frozenset[int](): [0.0], frozenset({0}): [10.0], frozenset({1}): [20.0], frozenset({0, 1}): [60.0]}
    told = contributions(2, mixed(values), ["x"])
    assert told == [{"x": {"mean": 25, "unit": "pathways"}}, {"x": {"mean": 35, "unit": "pathways"}}]


def test_a_change_that_does_nothing_contributes_nothing_in_any_run() -> None:
    values = {frozenset(made): [sum(made), 2.0 * sum(made)] for made in ((), (1,), (2,), (1, 2))}
    values |= {made | {0}: list(runs) for made, runs in values.items()}
    told = contributions(3, mixed(values), ["x"])
    assert told is not None
    assert [figure["x"]["mean"] for figure in told] == [0, 1.5, 3]
    assert told[0]["x"]["se"] == 0


def test_contributions_need_every_mixture() -> None:
    values = {frozenset[int](): [0.0], frozenset({0}): [10.0], frozenset({0, 1}): [60.0]}
    assert contributions(2, mixed(values), ["x"]) is None


@given(st.lists(st.lists(st.integers(-10_000, 10_000), min_size=3, max_size=3), min_size=1, max_size=6))
def test_contributions_in_cents_close_to_the_cent(runs: list[list[int]]) -> None:
    """Whatever the parts of each run, rounded means add up to the rounded mean of the whole."""
    parts = [np.array([row[at] / 3 for row in runs]) for at in range(3)]
    whole = np.asarray(sum(parts))
    told = closed(parts, whole, "cents")
    total = difference(whole, np.zeros_like(whole), "cents")
    assert total is not None
    assert sum(figure["mean"] for figure in told) == total["mean"]
    assert all(abs(figure["mean"] - float(part.mean())) <= 1.5 for figure, part in zip(told, parts, strict=True))


def test_changes_are_found_where_they_stand() -> None:
    before = {"a": {"b": 1, "c": [1, 2]}, "gone": 1, "same": {"x": 0}}
    after = {"a": {"b": 2, "c": [1, 3]}, "same": {"x": 0}, "new": {"y": 1}}
    assert entries_changed(before, after) == [("a", "b"), ("a", "c"), ("gone",), ("new",)]
    for path in entries_changed(before, after):
        put(before, after, path)
    assert before == after


@pytest.mark.parametrize(
    ("changes", "way", "groups"),
    [
        (
            "desk: {officers: 9, incomplete_share: 0.3, discipline: small_first}\n"
            "parking: {patience_days: 3, blocking: skip}\n",
            "shapley",
            [["desk"], ["parking"]],
        ),
        (
            "envelope_eur: 100_000\ndesk: {officers: 9}\nparking: {patience_days: 3}\n"
            "payments: {year_ceilings: []}\ncommittee: {reserve_share: 0.1}\n",
            "in_order",
            [["envelope_eur"], ["desk"], ["parking"], ["payments"], ["committee"]],
        ),
    ],
)
def test_many_changes_are_told_by_section(changes: str, way: str, groups: list[list[str]], tmp_path: Path) -> None:
    """Five values in two sections: the sections in every order; in five sections: one after the other."""
    (tmp_path / "tiny.yaml").write_text(TINY.read_text(encoding="utf-8"), encoding="utf-8")
    file = tmp_path / "five.yaml"
    file.write_text(f"extends: ./tiny.yaml\nname: five\n{changes}", encoding="utf-8")
    done = called(
        "compare", str(TINY), str(file), "--runs", "2", "--jobs", "1", "--json", "--out", str(tmp_path / "out")
    )
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)["comparisons"][0]
    assert told["way"] == way
    assert [step["groups"] for step in told["steps"]] == groups
    total = sum(step["kpis"]["committed_cents"]["mean"] for step in told["steps"])
    assert total == told["kpis"]["committed_cents"]["mean"]


def test_the_same_comparison_gives_the_same_bytes(other: Path, folder: Path, tmp_path: Path) -> None:
    assert {file.name for file in folder.iterdir()} - {".lock"} == FILES
    called("compare", str(TINY), str(other), "--runs", "6", "--jobs", "2", "--out", str(tmp_path), "--quiet")
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes(), name


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_workbook_holds_the_comparison_and_its_checks_hold(
    comparison: dict[str, Any], language: str, tmp_path: Path
) -> None:
    """Each number is the one at its place; all checks are true; a wrong figure turns them false."""
    document = comparison_document(comparison, language)
    data, placed = comparison_with_places(comparison, document)
    assert data == comparison_book(comparison, document)
    file = tmp_path / "compare.xlsx"
    file.write_bytes(data)
    values, formulas = load_workbook(file, data_only=True), load_workbook(file)
    assert len(placed) > 150
    for place in placed:
        cell = values[place.sheet].cell(place.row + 1, place.column + 1).value
        raw = whole(comparison)[place.path].value
        if isinstance(raw, int | float) and not isinstance(raw, bool):
            assert cell * place.scale == pytest.approx(raw, rel=1e-12), place
    checks = values["Contrôles" if language == "fr" else "Checks"]
    truths = [row[0].value for row in checks.iter_rows(min_row=6, min_col=5, max_col=5) if row[0].value is not None]
    assert len(truths) > 8
    assert all(truths)
    front = "Synthèse" if language == "fr" else "Summary"
    changes = "Changements B" if language == "fr" else "Changes B"
    assert [len(formulas[name]._charts) for name in (front, changes)] == [2, 1]
    wrong = json.loads(json.dumps(comparison))
    wrong["comparisons"][0]["steps"][0]["kpis"]["committed_cents"]["mean"] += 1
    file.write_bytes(comparison_book(wrong, document))
    checks = load_workbook(file, data_only=True)[checks.title]
    assert False in [row[0].value for row in checks.iter_rows(min_row=6, min_col=5, max_col=5)]


def test_libreoffice_agrees_with_the_comparison_s_formulas(comparison: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "compare.xlsx"
    file.write_bytes(comparison_book(comparison, comparison_document(comparison, "fr")))
    formulas = recalculated(file, tmp_path)
    assert len(formulas) > 60
    assert not [place for place, cached, again in formulas if not same_value(cached, again)]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_figure_shown_stands_in_the_comparison(comparison: dict[str, Any], language: str) -> None:
    document = comparison_document(comparison, language)
    read = Page(page_of(document))
    assert len(read.figures) > 60
    for figure in read.figures:
        if not figure.key.endswith("#"):
            raw = whole(comparison)[figure.key].value
            assert figure.raw == (raw if isinstance(raw, str) else json.dumps(raw)), figure
            assert written_as_found(figure, raw, language), figure
    verdict = next(line for line in read.lines if line.startswith(("Face à A", "Against A")))
    assert joined(verdict) in joined(unescaped(markdown_of(document))).replace("**", "")


def test_no_difference_is_claimed_inside_the_noise(comparison: dict[str, Any]) -> None:
    found = json.loads(json.dumps(comparison))
    for told in (found["comparisons"][0], *found["comparisons"][0]["steps"]):
        for estimate in told["kpis"].values():
            estimate["mean"], estimate["se"] = 1.9, 1.0
    text = "\n".join(Page(page_of(comparison_document(found, "en"))).lines)
    assert "finances no number of net pathways that these runs can tell apart" in text
    answer = text[text.index("What changed in the answer") : text.index("Who gains")]
    assert "more" not in answer.replace("otherwise", "")
    assert "▲" not in answer


def test_findings_are_compared_as_they_are(other: Path, tmp_path: Path) -> None:
    for file, name, seed in ((TINY, "one", "7"), (other, "two", "7"), (TINY, "three", "8")):
        done = called("run", str(file), "--runs", "5", "--seed", seed, "--jobs", "1", "--out", str(tmp_path / name))
        assert done.exit_code == 0, done.output
    done = called(
        "compare", *(str(tmp_path / name) for name in ("one", "two", "three")), "--json", "--out", str(tmp_path / "out")
    )
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    same, unlike = found["comparisons"]
    assert same["common_luck"]
    assert not unlike["common_luck"]
    assert "steps" not in same
    assert "independent" not in same["kpis"]["pathways_net"]
    assert same["kpis"]["wait_days"]["independent"]
    assert unlike["kpis"]["pathways_net"]["independent"]
    lived = called(
        "compare",
        str(TINY),
        str(other),
        "--runs",
        "5",
        "--seed",
        "7",
        "--jobs",
        "1",
        "--no-steps",
        "--json",
        "--out",
        str(tmp_path / "again"),
    )
    again = json.loads(lived.stdout)["comparisons"][0]
    assert again["kpis"]["pathways_net"] == same["kpis"]["pathways_net"]
    assert again["branches"] == same["branches"]
    page = "\n".join(Page((tmp_path / "out" / "compare.html").read_text(encoding="utf-8")).lines)
    assert "two independent samples" in page


def test_a_name_read_back_leads_nowhere(other: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = called("run", str(TINY), "--runs", "2", "--jobs", "1", "--out", "one")
    assert done.exit_code == 0, done.output
    found = json.loads(Path("one/findings.json").read_text(encoding="utf-8"))
    found["scenario"]["name"] = "../../<script>"
    found["scenario"]["title_en"] = "<script>alert(1)</script> $x"
    Path("two").mkdir()
    Path("two/findings.json").write_text(json.dumps(found), encoding="utf-8")
    done = called("compare", "one", "two")
    assert done.exit_code == 0, done.output
    folders = [file.name for file in Path("out").iterdir()]
    assert folders == ["compare-one-two"]
    html = Path("out", folders[0], "compare.html").read_text(encoding="utf-8")
    assert "<script" not in html
    assert "alert(1)" in html


def test_findings_cut_short_are_refused(tmp_path: Path) -> None:
    cut = {"schema": 1, "scenario": {"runs": 3}, "plan": {}, "simulation": {}, "assumptions": []}
    (tmp_path / "findings.json").write_text(json.dumps(cut), encoding="utf-8")
    assert called("compare", str(tmp_path), str(tmp_path), "--out", str(tmp_path / "out")).exit_code == 4


def test_refusals_bear_their_exit_codes(tmp_path: Path) -> None:
    assert called("compare", str(TINY)).exit_code == 2
    assert called("compare", str(TINY), str(tmp_path / "none.yaml"), "--out", str(tmp_path)).exit_code == 4
    (tmp_path / "findings.json").write_text("{}")
    assert called("compare", str(tmp_path), str(TINY), "--out", str(tmp_path / "out")).exit_code == 4


def test_a_run_says_what_changed_since_last_time(other: Path, tmp_path: Path) -> None:
    """Nothing is run again; without --since the findings are the same but for that part; last time may stand there."""
    base = ("--runs", "4", "--jobs", "1", "--quiet")
    alone, beside = tmp_path / "alone", tmp_path / "beside"
    assert called("run", str(TINY), *base, "--out", str(beside)).exit_code == 0
    assert called("run", str(other), *base, "--out", str(alone)).exit_code == 0
    done = called("run", str(other), *base, "--out", str(beside), "--since", str(beside))
    assert done.exit_code == 0, done.output
    found = json.loads((beside / "findings.json").read_text(encoding="utf-8"))
    since = found.pop("since")
    assert found == json.loads((alone / "findings.json").read_text(encoding="utf-8"))
    assert [side["name"] for side in since["sides"]] == ["tiny", "other"]
    told = since["comparisons"][0]
    assert told["kpis"]["committed_cents"]["mean"] < 0
    assert "independent" not in told["kpis"]["gross_committed_cents"]
    assert {row["key"] for row in told["question"]} == {"envelope_eur", "desk.officers"}
    read = Page((beside / "report.html").read_text(encoding="utf-8"))
    assert "Since last time" in read.lines
    for figure in read.figures:
        if figure.key.startswith("since."):
            assert figure.raw == json.dumps(whole({"since": since})[figure.key].value), figure
    assert "Since" in load_workbook(beside / "report.xlsx").sheetnames
    assert called("run", str(other), *base, "--out", str(alone), "--since", str(tmp_path / "none")).exit_code == 4


HOSTILE = "$x$ <script>alert(1)</script> & « =1+1 » \u202eabc"


@pytest.fixture(scope="module")
def hostile(comparison: dict[str, Any]) -> dict[str, Any]:
    """The comparison with every name and place that somebody else writes made hostile."""
    found: dict[str, Any] = json.loads(json.dumps(comparison))
    for at, side in enumerate(found["sides"]):
        side |= {"title_fr": HOSTILE, "title_en": f"=cmd|'/c calc'!A{at}", "name": f"@SUM({at})"}
    for branch in found["scenario"]["branches"]:
        branch |= {"name_fr": f"{branch['branch']} {HOSTILE}", "name_en": "A" * 10_000}
    told = found["comparisons"][0]
    told["question"].append(
        {"key": HOSTILE, "before": '=HYPERLINK("http://x")', "after": HOSTILE, "place_after": "<img src=x>:1"}
    )
    told["steps"][0]["groups"] = [HOSTILE]
    return found


@pytest.mark.parametrize("language", ["fr", "en"])
def test_hostile_names_do_nothing_in_any_form_of_a_comparison(
    hostile: dict[str, Any], language: str, tmp_path: Path
) -> None:
    """Text on the page, on paper, in Markdown and in cells: no element, no formula, no link."""
    document = comparison_document(hostile, language)
    html = page_of(document)
    assert "<script" not in html
    assert "<img" not in html
    assert pdf_of(document).startswith(b"%PDF-")
    summary = markdown_of(document)
    assert not re.search(r"(?<!\\)<[a-z]", summary)
    file = tmp_path / "compare.xlsx"
    file.write_bytes(comparison_book(hostile, document))
    for sheet in load_workbook(file):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.hyperlink is None
                if cell.data_type == "f":
                    assert re.fullmatch(r"=[A-Z$0-9!:()'<>=*+,.\"\w \-]*", cell.value), cell.value
                    assert "cmd" not in cell.value
                    assert "alert" not in cell.value
    assert comparison_book(hostile, document) == file.read_bytes()


@pytest.mark.parametrize("module", ["reports.comparison.document", "reports.sections", "reports.workbook.comparison"])
def test_rooms_of_the_reports_can_be_entered_by_any_door(module: str) -> None:
    """Sections use comparisons and comparisons use sections' words: neither may need the other to be loaded first."""
    done = subprocess.run([sys.executable, "-c", f"import {module}"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
