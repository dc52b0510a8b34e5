"""Scenarios and findings side by side: pairing, errors, the way from one question to another, and the forms."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result
from report_paper import joined, unescaped
from report_reading import Page
from test_report_page import written_as_found
from tiny import TINY

from enveloppe.cli import main
from enveloppe.comparing.question import question_changes
from enveloppe.comparing.side import Given, Measured, gap, measured
from reports.comparison.document import comparison_document
from reports.markdown import markdown_of
from reports.page import page_of
from reports.reading import whole

FILES = {"compare.html", "compare.json", "compare.md", "compare.pdf"}


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
    return out


@pytest.fixture(scope="module")
def comparison(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "compare.json").read_text(encoding="utf-8"))
    return found


def test_paired_runs_have_the_error_of_their_differences() -> None:
    luck = np.array([10.0, 20.0, 30.0, 40.0])
    one, two = measured(luck, "pathways"), measured(luck + np.array([1.0, 2.0, 1.0, 2.0]), "pathways")
    assert one is not None
    assert two is not None
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
    for name, told in comparison["comparisons"][0]["kpis"].items():
        if not {"wait_days", "mean_cost_cents", "need_price_cents"} & {name}:
            expected = two["kpis"][name]["mean"] - one["kpis"][name]["mean"]
            assert told["mean"] == pytest.approx(expected, abs=1.01 if told["unit"] == "cents" else 1e-6), name


def test_what_the_money_does_not_touch_does_not_move(comparison: dict[str, Any]) -> None:
    """The same requests on both sides: the volume asked is the same, run by run."""
    told = comparison["comparisons"][0]["kpis"]
    assert told["committed_cents"]["mean"] < 0


def test_the_steps_add_up_to_the_whole_way(comparison: dict[str, Any]) -> None:
    told = comparison["comparisons"][0]
    assert [step["groups"] for step in told["steps"]] == [["envelope_eur"], ["desk"]]
    for name in ("pathways_net", "committed_cents"):
        total = sum(step["kpis"][name]["mean"] for step in told["steps"])
        assert total == pytest.approx(told["kpis"][name]["mean"], abs=2)


def test_the_same_comparison_gives_the_same_bytes(other: Path, folder: Path, tmp_path: Path) -> None:
    assert {file.name for file in folder.iterdir()} - {".lock"} == FILES
    called("compare", str(TINY), str(other), "--runs", "6", "--jobs", "2", "--out", str(tmp_path), "--quiet")
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes(), name


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
    assert folders == ["compare-tiny--script-"]
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
