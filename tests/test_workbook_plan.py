"""The planner's template through the front door: written, changed, checked, run, marked; never touched."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from workbook_making import changed, recalculated, row_of, same_value, template, workbook_of

from enveloppe.cli import main
from reports.workbook.marked import marked_copy
from reports.workbook.plan import INPUT, plan_workbook
from reports.workbook.plan_checks import CHECKS
from reports.workbook.plan_labels import COLUMNS, LAWS, SETTINGS
from reports.workbook.plan_words import CHECKS as CHECK_WORDS
from reports.workbook.plan_words import COMMENTS, HELPS, SENTENCES
from scenarios.extending import resolve, shipped_names
from scenarios.loading import load
from scenarios.ordering import in_order
from scenarios.policies import POLICIES
from scenarios.workbook_layout import GUIDE, SHEETS
from scenarios.workbook_shapes import Settings

TINY = str(Path(__file__).parent / "questions" / "tiny.yaml")


def ran(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, words)
    return done.exit_code, done.stdout, done.stderr


def sha(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_template_is_written_once_and_is_sound(language: str, tmp_path: Path) -> None:
    code, out, _ = ran("new", str(tmp_path), "--workbook", "--lang", language)
    file = tmp_path / "plan.xlsx"
    assert (code, file.is_file()) == (0, True)
    assert str(file) in out
    before = sha(file)
    assert ran("new", str(tmp_path), "--workbook", "--lang", language)[0] == 4
    assert ran("check", str(file))[0] == 0
    code, out, _ = ran("show", str(file), "--json")
    places = {entry["key"]: entry["file"] for entry in json.loads(out)["register"]}
    assert code == 0
    assert set(places.values()) == {str(file)}
    assert sha(file) == before


def test_a_workbook_gives_the_findings_of_its_yaml(tmp_path: Path) -> None:
    book = Path(workbook_of(TINY, tmp_path))
    before = sha(book)
    for question, out in ((TINY, "yaml"), (str(book), "book")):
        code, _, err = ran("run", question, "--runs", "4", "--jobs", "1", "--out", str(tmp_path / out), "--quiet")
        assert code == 0, err
    assert (tmp_path / "yaml" / "findings.json").read_bytes() == (tmp_path / "book" / "findings.json").read_bytes()
    assert (tmp_path / "yaml" / "report.xlsx").read_bytes() == (tmp_path / "book" / "report.xlsx").read_bytes()
    assert sha(book) == before


def test_a_refused_workbook_gets_a_marked_copy_and_stays_as_it_is(tmp_path: Path) -> None:
    file = template(tmp_path, "fr")
    wrong = Path(changed(file, {"Règles!J8": 1.5, "Branches!E9": None, "Branches!C8": "=1+1 <script>"}))
    book = load_workbook(wrong)
    book["Branches"]["C8"].data_type = "s"
    book.save(wrong)
    before = sha(wrong)
    code, _, err = ran("check", str(wrong), "--lang", "fr")
    copy = tmp_path / "mine-problems.xlsx"
    assert code == 4
    assert f"{wrong}:Règles!J8: scheme.rates.2.rate_share" in err
    assert str(copy) in err
    assert sha(wrong) == before
    marked = load_workbook(copy)
    for sheet, cell in (("Règles", "J8"), ("Branches", "E9")):
        assert marked[sheet][cell].fill.start_color.rgb == "FFFBD9D3"
        assert marked[sheet][cell].comment is not None
    assert marked["Règles"]["J8"].value == 1.5
    assert marked["Branches"]["C8"].value == "=1+1 <script>"
    assert marked["Branches"]["C8"].data_type == "s"
    assert [row[0].value for row in marked["_Problèmes"].iter_rows(min_row=5, max_col=1)] == [
        "Branches!E9",
        "Règles!J8",
    ]
    assert ran("run", str(wrong), "--lang", "fr", "--out", str(tmp_path / "out"))[0] == 4
    assert sorted(found.name for found in tmp_path.glob("mine-problems*")) == ["mine-problems.xlsx"]


def test_a_marked_copy_never_takes_the_place_of_another_file(tmp_path: Path) -> None:
    wrong = changed(template(tmp_path), {"Rules!J8": 1.5})
    (tmp_path / "mine-problems.xlsx").write_bytes(b"the planner's own")
    ran("check", wrong)
    assert (tmp_path / "mine-problems.xlsx").read_bytes() == b"the planner's own"
    assert (tmp_path / "mine-problems-2.xlsx").is_file()


def test_inputs_are_unlocked_and_coloured_and_all_else_is_locked_without_a_password(tmp_path: Path) -> None:
    book = load_workbook(template(tmp_path))
    for sheet in book:
        assert sheet.protection.sheet, sheet.title
        assert not sheet.protection.password
        if sheet.title == "Guide":
            continue
        assert sheet.freeze_panes, sheet.title
        for row in sheet.iter_rows(min_row=6):
            for cell in row:
                coloured = cell.fill.start_color.rgb == f"FF{INPUT[1:].upper()}"
                assert coloured != cell.protection.locked, cell
        assert sheet["A4"].protection.locked


def test_drop_downs_and_comments_are_there(tmp_path: Path) -> None:
    book = load_workbook(template(tmp_path))
    offered = {
        (sheet.title, str(rule.sqref)): rule.formula1
        for sheet in book
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    }
    policy = row_of(tmp_path / "plan.xlsx", "Committee", "committee.policy")
    assert offered["Committee", f"C{policy}"] == f'"{",".join(POLICIES)}"'
    assert any(sheet == "Rules" and "company_aid_ceiling" in text for (sheet, _), text in offered.items())
    assert any(sheet == "Rules" and text == '"temporary,gber"' for (sheet, _), text in offered.items())
    assert book["Branches"]["G5"].comment is not None
    assert "24 €" not in str(book["Rules"]["J5"].comment.text)


def test_every_label_help_and_check_is_told_in_both_languages() -> None:
    for words in (HELPS, SETTINGS, LAWS, COLUMNS, COMMENTS, CHECK_WORDS, SENTENCES):
        for key, (english, french) in words.items():
            assert bool(english) == bool(french), key
    assert set(HELPS) == {sheet.sheet[0] for sheet in SHEETS}
    assert {check.key for check in CHECKS} == set(CHECK_WORDS)
    keys = {setting.key for sheet in SHEETS if isinstance(sheet, Settings) for setting in sheet.settings}
    assert keys == set(SETTINGS)
    assert len({name for sheet in SHEETS for name in set(sheet.sheet)}) == sum(len(set(s.sheet)) for s in SHEETS)
    assert not set(GUIDE) & {name for sheet in SHEETS for name in sheet.sheet}


@pytest.mark.parametrize("name", shipped_names())
def test_the_same_scenario_gives_the_same_bytes(name: str) -> None:
    tree = in_order(resolve(name))
    assert plan_workbook(tree, "fr") == plan_workbook(tree, "fr")
    assert plan_workbook(tree, "fr") != plan_workbook(tree, "en")
    assert marked_copy("x", [], [], "fr") == marked_copy("x", [], [], "fr")


@pytest.mark.deep
@pytest.mark.parametrize("name", shipped_names())
def test_libreoffice_finds_the_checks_of_the_template_true(name: str, tmp_path: Path) -> None:
    book = Path(workbook_of(name, tmp_path, "fr"))
    formulas = recalculated(book, tmp_path)
    assert len(formulas) > 20
    assert [(place, cached, again) for place, cached, again in formulas if not same_value(cached, again)] == []
    assert all(again for place, _, again in formulas if place.startswith("Mode d'emploi!"))
    saved, yaml = load(str(tmp_path / "recalculated" / book.name)), load(name)
    assert saved.hash == yaml.hash  # what another program saves is still the same question
    assert [(one.key, one.source) for one in saved.register] == [(one.key, one.source) for one in yaml.register]


@pytest.mark.deep
@pytest.mark.parametrize(
    ("cells", "key"),
    [
        ({"Mix!F6": 0.9}, "shares"),
        ({"Rules!J6": 1.2}, "rates"),
        ({"Rules!D6": "2020-01-01"}, "periods"),
        ({"Branches!A7": "ameublement"}, "codes"),
        ({"Categories!E7": 12}, "bands"),
        ({"Constraints!F6": 0.6, "Constraints!F7": 0.7}, "floors"),
        ({"Demand!C10": 0.5}, "months"),
        ({"Constraints!A10": "branch_cap", "Constraints!B10": "chimie", "Constraints!H10": 1000}, "caps"),
        ({"Constraints!K9": 0.9, "Constraints!L9": 0.2}, "bounds"),
        ({"Events!A6": "envelope_change", "Events!D6": -200_000_000}, "envelope"),
        ({"Payments!A7": 2021}, "years"),
    ],
)
def test_a_contradiction_turns_its_live_check_false(cells: dict[str, object], key: str, tmp_path: Path) -> None:
    from datetime import date

    file = template(tmp_path)
    dated = {
        place: date.fromisoformat(str(value)) if "-01-01" in str(value) else value for place, value in cells.items()
    }
    wrong = Path(changed(file, dated))
    row = next(cell.row for (cell,) in load_workbook(wrong)["Guide"]["A1:A60"] if cell.value == CHECK_WORDS[key][0])
    results = {place: again for place, _, again in recalculated(wrong, tmp_path)}
    assert results[f"Guide!B{row}"] is False
    assert results[f"Guide!B{14 + len(CHECKS) + 1}"] is False


def test_the_guide_to_scenario_files_names_every_sheet_in_both_languages() -> None:
    """A planner who meets a tab can look it up in docs/scenario-file.md, "As a workbook"."""
    text = (Path(__file__).parent.parent / "docs" / "scenario-file.md").read_text(encoding="utf-8")
    told = text[text.index("## As a workbook") :]
    names = {name for sheet in SHEETS for name in sheet.sheet}
    assert sorted(name for name in names if not re.search(rf"\b{re.escape(name)}\b", told)) == []
