"""The Python API: docs/notebook.md is executed, results print as HTML that nothing can break out of."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from report_reading import Page
from tiny import TINY

import enveloppe
from enveloppe import Answer, compare, load, run
from enveloppe.cli import main
from enveloppe.pipeline import NoPlan
from scenarios.problems import InputRefused
from sim.cluster_refused import ClusterRefused

DOCS = Path(__file__).parent.parent / "docs"


def cells(file: Path) -> list[str]:
    return re.findall(r"```python\n(.*?)```", file.read_text(encoding="utf-8"), flags=re.DOTALL)


def test_the_documentation_runs_as_it_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    """Each cell in one namespace; a last line that names a value prints it as Jupyter would."""
    space: dict[str, Any] = {}
    shown = []
    for cell in cells(DOCS / "notebook.md"):
        exec(compile(cell, "notebook.md", "exec"), space)
        last = cell.strip().splitlines()[-1]
        if last.isidentifier():
            shown.append(space[last]._repr_html_())
    told = capsys.readouterr().out
    assert re.search(r"\d+ net pathways, give or take \d+", told)
    assert "['findings.json', 'manifest.json']" in told
    assert len(shown) == 3
    assert "<svg" in shown[1]


@pytest.fixture(scope="module")
def answer() -> Answer:
    hostile = {"title_en": "<script>alert(1)</script>", "branches.metal.name_en": "$x<img src=x onerror=y>"}
    return run(load(str(TINY), {"runs": 6, "committee.rivals": [], **hostile}))


def test_results_print_as_tables_and_charts_and_names_stay_names(answer: Answer) -> None:
    shown = [answer._repr_html_(), load(str(TINY), {"title_en": "<script>"})._repr_html_()]
    shown.append(compare(answer, load(str(TINY), {"envelope_eur": 80_000}))._repr_html_())
    for html in shown:
        read = Page(html)
        assert "table" in read.tags
        assert not {"script", "img", "iframe", "link"} & set(read.tags)
        assert not [name for _, name, _ in read.attributes if name.startswith("on")]
    assert "svg" in shown[0]
    assert "&lt;script&gt;" in shown[0]


def test_an_answer_is_that_of_the_command_line(answer: Answer, tmp_path: Path) -> None:
    words = ["run", str(TINY), "--runs", "6", "--jobs", "1", "--quiet", "--out", str(tmp_path / "cli")]
    words += ["--set", "committee.rivals=[]"]
    assert CliRunner().invoke(main, words).exit_code == 0
    mine = run(load(str(TINY), {"committee.rivals": []}), runs=6)
    saved = mine.save(tmp_path / "api")
    told = [json.loads((folder / "findings.json").read_text()) for folder in (tmp_path / "cli", saved)]
    for one in told:
        one["scenario"].pop("overrides")
    assert told[0] == told[1]
    assert (saved / "runs.npz").read_bytes() == (tmp_path / "cli" / "runs.npz").read_bytes()


def test_a_comparison_takes_the_luck_of_its_first_side(answer: Answer) -> None:
    found = compare(answer, str(TINY)).found
    assert [(side["runs"], side["seed"]) for side in found["sides"]] == [(6, 7), (6, 7)]
    rows = compare(load(str(TINY)), load(str(TINY), {"envelope_eur": 80_000}), runs=5, seed=3).table()
    assert {row["side"] for row in rows} == {1}
    assert next(row for row in rows if row["figure"] == "committed_cents")["mean"] < 0
    with pytest.raises(ValueError, match="two sides"):
        compare(answer)


def test_figures_by_run_are_those_behind_the_estimates(answer: Answer) -> None:
    values = answer.by_run("need_cents")
    assert values.shape == (6,)
    assert round(float(np.mean(values))) == answer.kpis["need_cents"]["mean"]
    assert {row["figure"] for row in answer.table()} == set(answer.kpis)
    with pytest.raises(KeyError):
        answer.by_run("nothing")


def test_changes_make_another_question_and_leave_the_first_alone() -> None:
    first = load(str(TINY), {"runs": 3})
    other = first.changed(
        {"committee.dates": ["2021-05-01"], "constraints.service_floor_share": None, "desk.discipline": "small_first"}
    )
    assert (first.scenario.desk.discipline, other.scenario.desk.discipline) == ("fifo", "small_first")
    assert (other.scenario.runs, len(other.scenario.committee.dates)) == (3, 1)
    with pytest.raises(InputRefused, match="did you mean"):
        first.changed({"envelope": 3})


def test_the_front_door_imports_nothing_heavy_until_a_name_is_asked_for() -> None:
    script = (
        "import sys, enveloppe\n"
        "heavy = {'numpy', 'scipy', 'pydantic', 'matplotlib', 'pulp', 'numba', 'joblib'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    with pytest.raises(AttributeError, match="no attribute 'lod'"):
        # A name that is not there is what is asked for; the checker rightly sees that it is not.
        _ = enveloppe.lod  # type: ignore[attr-defined]


def test_in_a_plain_shell_things_print_in_a_few_lines(answer: Answer) -> None:
    """The name, the policy, the runs and the main figures; not a million characters of everything."""
    question = load(str(TINY), {"envelope_eur": 80_000})
    for told in (repr(answer), repr(question), repr(compare(answer, question))):
        assert len(told) < 600
        assert "0x" not in told
    first, *lines = repr(answer).splitlines()
    scenario = answer.loaded.scenario
    assert first == f"Answer({scenario.name!r}, policy={scenario.committee.policy!r}, runs=6)"
    assert [line.split(":")[0].strip() for line in lines] == [
        "pathways_net",
        "need_cents",
        "committed_cents",
        "overrun",
    ]
    assert "changed=envelope_eur" in repr(question)
    assert "envelope_eur=80000" in repr(compare(answer, question)), "a side is told by what was changed of it"


def test_a_figure_that_is_not_there_is_told_with_the_likely_one(answer: Answer) -> None:
    with pytest.raises(KeyError, match=r"no key figure 'overun'; did you mean 'overrun'\? there are: .*need_cents"):
        answer.by_run("overun")
    need = answer.by_run("need_cents")
    assert need.dtype == np.float64
    assert (need == np.round(need)).all(), "whole cents"


TYPED: list[tuple[Any, Any]] = [
    (np.float64(90_000), 90_000),
    (np.int64(90_000), 90_000),
    (Decimal("90000"), 90_000),
    (Decimal("90000.25"), 90_000.25),
    (np.array(90_000), 90_000),
]


@pytest.mark.parametrize(("given", "wanted"), TYPED)
def test_values_of_numpy_and_decimals_are_taken_as_they_are(given: Any, wanted: Any) -> None:
    """What comes out of a data frame goes into a question."""
    assert load(TINY, {"envelope_eur": given}).scenario.envelope_eur == wanted


def test_arrays_days_and_flags_are_taken_as_they_are() -> None:
    weights = np.repeat([0.125, 0.0], [8, 4])
    day = np.datetime64("2021-08-31")
    made = load(
        TINY,
        {
            "inflow.month_weights": weights,
            "windows.filing_deadline": day,
            "constraints.desk_capacity": np.bool_(True),
            "committee.dates": [datetime(2021, 5, 1), date(2021, 6, 1)],  # noqa: DTZ001 a day, as pandas gives it
        },
    ).scenario
    assert made.inflow.month_weights == (0.125,) * 8 + (0.0,) * 4
    assert made.windows.filing_deadline == date(2021, 8, 31)
    assert made.constraints.desk_capacity is True
    assert [each.isoformat() for each in made.committee.dates] == ["2021-05-01", "2021-06-01"]


WRONG: list[tuple[Callable[[], object], type[Exception], str]] = [
    (lambda: load(None), TypeError, "not NoneType"),  # type: ignore[arg-type]
    (lambda: run(3), TypeError, "a question is a shipped name, the path of a file"),  # type: ignore[arg-type]
    (lambda: load(TINY, "a=b"), TypeError, "changes are values by key"),  # type: ignore[arg-type]
    (lambda: load(TINY, {3: 4}), TypeError, "a key of a change is a text"),  # type: ignore[dict-item]
    (lambda: load(TINY, {"committee.rivals": {"fixed"}}), TypeError, "committee.rivals: a value is .* not set"),
    (lambda: load(TINY, {"envelope_eur": object()}), TypeError, "envelope_eur: a value is .* not object"),
    (lambda: load(TINY, {"envelope_eur": Decimal("Infinity")}), InputRefused, "a number was expected"),
    (lambda: run(TINY, jobs=0), ValueError, "jobs is at least 1"),
    (lambda: run(TINY, jobs="2"), TypeError, "jobs is a whole number"),  # type: ignore[arg-type]
    (lambda: run(TINY, runs=2, cluster=""), ClusterRefused, "is no address of a Dask scheduler"),
    (lambda: compare(TINY, None), TypeError, "not NoneType"),  # type: ignore[arg-type]
]


@pytest.mark.parametrize(("call", "error", "told"), WRONG)
def test_what_cannot_be_a_question_is_told_in_a_sentence(
    call: Callable[[], object], error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told):
        call()


def test_paths_are_taken_and_so_are_folders_of_findings(answer: Answer, tmp_path: Path) -> None:
    saved = answer.save(tmp_path / "saved")
    found = compare(saved, str(saved), TINY).found
    assert [side["runs"] for side in found["sides"]] == [6, 6, 6], "the luck is that of the first side"
    assert all(gap["mean"] == 0 for gap in found["comparisons"][0]["kpis"].values())
    assert run(TINY, runs=np.int64(2)).loaded.scenario.runs == 2


def test_sides_of_one_title_are_told_apart_by_what_was_changed(answer: Answer) -> None:
    shown = compare(load(TINY, {"runs": 2}), load(TINY, {"envelope_eur": 80_000}))._repr_html_()
    assert "envelope_eur=80000)" in shown


def test_no_plan_says_which_bounds_contradict_each_other() -> None:
    with pytest.raises(NoPlan, match=r"no plan keeps all of these: .*branch_floor"):
        run(load(TINY, {"constraints.branch_floors": [{"eur": 1e8}], "runs": 2}))
