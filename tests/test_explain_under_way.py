"""`explain` on the findings of a scheme under way: what stands and what is to come, before the opening's plan."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from test_forecast_standing import findings

from enveloppe.cli import main
from enveloppe.explaining_forecast import explained_standing

WORDS = {
    "en": ("requests come: {requests}", "to come, on the mean of the runs", "of the plan notified at the opening"),
    "fr": ("demandes venues : {requests}", "à venir, en moyenne des tirages", "sur le plan notifié à l'ouverture"),
}


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("explained")
    found = findings(folder)
    file = folder / "findings.json"
    file.write_text(json.dumps(found), encoding="utf-8")
    return file, found


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_line_s_day_and_what_is_to_come_stand_before_the_opening_s_plan(
    stored: tuple[Path, dict[str, Any]], language: str
) -> None:
    """What is told is the line's row of `forecast.lines`, in the language asked for; prices are named the opening's."""
    file, found = stored
    row = max(found["forecast"]["lines"], key=lambda line: line["committed_cents"])
    told = CliRunner().invoke(main, ["explain", str(file), "--line", row["line"], "--lang", language])
    assert told.exit_code == 0, told.output
    text = told.output.replace("\u00a0", " ").replace("\u202f", " ")
    places = [text.index(words.format(requests=row["requests"])) for words in WORDS[language]]
    assert places == sorted(places)
    assert text.index(row["line"], places[-1]) > places[-1], "the plan's own line follows"


def test_a_branch_is_its_lines_and_the_whole_is_all_of_them(stored: tuple[Path, dict[str, Any]]) -> None:
    """To date adds up over lines, and to date + to come is the mean of the runs."""
    _, found = stored
    branches = {line["branch"] for line in found["forecast"]["lines"]}
    whole = explained_standing(found, {})
    parts = [explained_standing(found, {"branch": branch}) for branch in sorted(branches)]
    for key in ("requests", "committed_cents", "paid_cents", "waiting_cents", "opening_cents", "notified_cents"):
        assert sum(part[key] for part in parts) == whole[key]
    for part in (whole, *parts):
        for key, coming in part["to_come"].items():
            assert part[key] + coming == pytest.approx(part["in_all"][key]["mean"], abs=1e-3)
    assert whole["unnotified_cents"] == found["forecast"]["money"]["unnotified_cents"]
    with pytest.raises(KeyError):
        explained_standing(found, {"branch": "nowhere"})


def test_the_life_of_a_request_is_not_told_of_a_run_that_never_was(stored: tuple[Path, dict[str, Any]]) -> None:
    """A run from the opening would have other requests than those that came: it is refused, and why is said."""
    file, _ = stored
    told = CliRunner().invoke(main, ["explain", str(file), "--request", "metal:1", "--lang", "en"])
    assert told.exit_code == 4
    assert "31 May 2021" in told.output.replace("\u00a0", " ").replace("\u202f", " ")


def test_json_holds_the_same(stored: tuple[Path, dict[str, Any]]) -> None:
    file, found = stored
    told = CliRunner().invoke(main, ["explain", str(file), "--branch", "metal", "--json", "--quiet"])
    answer = json.loads(told.stdout)
    assert answer["under_way"] == json.loads(json.dumps(explained_standing(found, {"branch": "metal"})))
    assert answer["opening_plan"] == {"as_of": "2021-05-31"}


def test_more_waiting_than_is_free_is_said() -> None:
    """One cent more than is free, and the planner is told that not all can be committed."""
    from enveloppe.console import Console
    from enveloppe.under_way_text import standing_text

    found = {
        "line": "metal/small", "as_of": "2021-05-31", "requests": 3, "at_desk": 1, "parked": 1,
        "pathways_committed": 1, "committed_cents": 100, "paid_cents": 0, "waiting_cents": 501,
        "notified_cents": 600, "open_cents": 500, "opening_cents": 600,
        "in_all": {"pathways_committed": {"mean": 2}, "committed_cents": {"mean": 200, "p10": 150, "p90": 250},
                   "need_cents": {"mean": 700}, "served_share": {"mean": 0.5}},
        "to_come": {"pathways_committed": 1, "committed_cents": 100},
        "exhaustion_date": {"probability": 0.9, "p50": "2021-06-10"},
    }  # fmt: skip
    console = Console("en", as_json=False, quiet=True, color=False)
    assert "more than what is free" in standing_text(found, console)
    assert "more than what is free" not in standing_text(found | {"waiting_cents": 500}, console)
