"""The planner's workbook: YAML and workbook say the same; every mistake has its cell; hostile files are refused."""

import io
import os
import zipfile
from pathlib import Path
from typing import Any, get_args

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from workbook_making import changed, row_of, template, workbook_of

from reports.workbook.plan import plan_workbook
from reports.workbook.plan_choices import FIXED
from scenarios.extending import override, resolve, shipped_names, starting_tree
from scenarios.loading import load
from scenarios.ordering import in_order
from scenarios.problems import InputRefused, Place
from scenarios.scenario import Scenario
from scenarios.workbook_columns import columns_of
from scenarios.workbook_layout import SHEETS
from scenarios.workbook_shapes import Distributions, Records, Settings, Shares
from scenarios.yaml_reading import Node, read_yaml


def told(register: Any) -> list[tuple[Any, ...]]:
    return [(entry.key, entry.value, entry.unit, entry.source, entry.kind) for entry in register]


def refused(question: str) -> set[tuple[str, str]]:
    with pytest.raises(InputRefused) as refusal:
        load(question)
    return {(problem.place.cell, problem.code) for problem in refusal.value.problems}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("name", [*shipped_names(), "tests/questions/tiny.yaml"])
def test_a_scenario_and_its_workbook_say_the_same_values_sources_and_order(
    name: str, language: str, tmp_path: Path
) -> None:
    question = str(Path(__file__).parent.parent / name) if name.endswith(".yaml") else name
    yaml, book = load(question), load(workbook_of(question, tmp_path, language))
    assert book.hash == yaml.hash
    assert told(book.register) == told(yaml.register)


NUMBERS = st.one_of(
    st.integers(0, 10**11).map(lambda cents: cents / 100),
    st.floats(0, 1, allow_nan=False),
    st.sampled_from([0.1 + 0.2, 1 / 3, 1e-17, 0.0]),
)
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\ufeff\ufffe\uffff"), max_size=60
)
WINDOWS = resolve("convention-2i").value["windows"].value
SOURCES = st.one_of(TEXTS, st.sampled_from(["(none)", '""', '"(none)"', "=cmd|' /C calc'!A0", " ", "_x0041_", "'1"]))


@settings(
    max_examples=int(os.environ.get("WORKBOOK_EXAMPLES", "25")),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    share=st.floats(0, 1, allow_nan=False),
    factor=st.floats(0.0001, 100, allow_nan=False),
    seed=st.integers(0, 2**63 - 1),
    source=SOURCES,
    title=TEXTS.filter(bool),
    label=TEXTS,
    target=st.one_of(st.none(), st.integers(0, 10**8)),
    dates=st.lists(st.dates(min_value=WINDOWS["opens"].value, max_value=WINDOWS["last_payment"].value), max_size=5),
    amount=st.integers(-(10**9), 10**12).map(lambda cents: cents / 100),
)
def test_nothing_is_lost_between_yaml_and_workbook(tmp_path: Path, **given_values: Any) -> None:
    """Values and sources that nobody would choose: they come back as they were."""
    tree = resolve("convention-2i")
    leaves: dict[str, Any] = {
        "inflow.drop_out_share": given_values["share"],
        "inflow.hours_factor": given_values["factor"],
        "seed": given_values["seed"],
        "title_fr": given_values["title"],
        "target_pathways": given_values["target"],
        "branches.couture.demand_factor": given_values["factor"],
        "branches.couture.idcc": given_values["label"],
    }
    for key, value in leaves.items():
        node = tree
        *steps, last = key.split(".")
        for step in steps:
            node = node.value[step]
        node.value[last] = _leaf(value, given_values["source"])
    tree.value["committee"].value["dates"] = _list(sorted(set(given_values["dates"])), given_values["source"])
    event = {
        "kind": "envelope_change",
        "date": tree.value["windows"].value["opens"].value,
        "label": given_values["label"],
    }
    tree.value["events"] = _list([], None)
    if given_values["amount"] >= -1e8:
        rows = {
            key: _leaf(value, given_values["source"])
            for key, value in {**event, "amount_eur": given_values["amount"]}.items()
        }
        tree.value["events"].value.append(type(tree)(rows, Place("test")))
    tree = in_order(tree)
    Scenario.model_validate(_plain(tree))
    file = tmp_path / "odd.xlsx"
    file.write_bytes(plan_workbook(tree, "fr"))
    before, after = _register(tree), load(str(file)).register
    assert {entry[0]: entry for entry in told(after)} == {entry[0]: entry for entry in before}
    assert load(str(file)).hash == _hash(tree)


def _leaf(value: Any, source: str | None) -> Any:
    return Node(value, Place("test"), source=source)


def _list(values: list[Any], source: str | None) -> Any:
    return _leaf([_leaf(value, source) for value in values], source)


def _plain(tree: Any) -> Any:
    from scenarios.yaml_reading import plain

    return plain(tree)


def _register(tree: Any) -> list[tuple[Any, ...]]:
    from scenarios.register import register_of

    return told(register_of(tree))


def _hash(tree: Any) -> str:
    from scenarios.loading import fingerprint

    return fingerprint(Scenario.model_validate(_plain(tree)))


def test_overrides_meet_a_workbook_as_they_meet_yaml(tmp_path: Path) -> None:
    book = workbook_of("convention-2i", tmp_path)
    given_overrides = ("envelope_eur=120000000", "committee.policy=pro_rata", "scheme.rates.0.rate_share=0.9")
    assert load(book, given_overrides[:1]).hash == load("convention-2i", given_overrides[:1]).hash
    tree = resolve(book)
    assert override(tree, given_overrides[2]) == ("scheme.rates.0.rate_share", "0.9")


def test_a_workbook_may_say_only_what_differs_and_may_be_extended(tmp_path: Path) -> None:
    file = tmp_path / "less.xlsx"
    with xlsxwriter.Workbook(str(file)) as book:
        sheet = book.add_worksheet("Envelope")
        for row, cells in enumerate(
            [
                ("key", "value", "source"),
                ("Key", "Value", "Source"),
                ("extends", "convention-2i", ""),
                ("name", "less", ""),
                ("envelope_eur", 120_000_000, "derived: less"),
                ("target_pathways", "(none)", ""),
            ]
        ):
            sheet.write_row(row, 0, cells)
        sheet = book.add_worksheet("Constraints")
        sheet.write_row(0, 0, ["constraint", "branches", "source"])
        sheet.write_row(1, 0, ["Constraint", "Branches", "Source"])
        sheet.write_row(2, 0, ["mix_bound", "", "assumption 2026-11-24: none"])
        sheet.write_string(2, 1, "(none)")
    loaded = load(str(file))
    same = load("convention-2i")
    assert loaded.scenario.envelope_eur == 120_000_000
    assert loaded.scenario.target_pathways is None
    assert loaded.scenario.constraints.mix_bounds == ()
    assert loaded.scenario.branches == same.scenario.branches
    upper = tmp_path / "upper.yaml"
    upper.write_text("extends: less.xlsx\nruns: 7\n", encoding="utf-8")
    assert load(str(upper)).scenario.envelope_eur == 120_000_000


def test_every_wrong_cell_is_told_at_once_with_its_sheet_and_cell(tmp_path: Path) -> None:
    file = template(tmp_path, "fr")
    money = row_of(file, "Enveloppe", "envelope_eur")
    volume = row_of(file, "Demande", "inflow.requests_per_year")
    law = row_of(file, "Lois", "inflow.trainees")
    wrong = changed(
        file,
        {
            f"Enveloppe!C{money}": "beaucoup",
            "Branches!E8": "x",
            "Branches!E9": None,
            "Règles!J8": 1.5,
            "Règles!C9": "hier",
            f"Lois!C{law}": "lognorml",
            "Événements!A6": "envelope_changes",
            f"Demande!C{volume}": None,
            "Catégories!B25": "orphan",
        },
    )
    assert refused(wrong) == {
        (f"Enveloppe!C{money}", "number"),
        ("Branches!E8", "whole_number"),
        ("Branches!E9", "missing"),
        ("Règles!J8", "share_form"),
        ("Règles!C9", "date_in_cell"),
        (f"Lois!C{law}", "one_of"),
        ("Événements!A6", "one_of"),
        (f"Demande!C{volume}", "missing"),
        ("Catégories!B25", "row_unnamed"),
    }


def test_values_that_contradict_each_other_are_told_by_their_cells(tmp_path: Path) -> None:
    file = template(tmp_path)
    rows = {key: row_of(file, "Envelope", f"windows.{key}") for key in ("opens", "filing_deadline")}
    wrong = changed(
        file,
        {
            f"Envelope!C{rows['filing_deadline']}": "2020-01-01",
            "Rules!B7": "temporry",
            "Mix!F6": 0.9,
            "Constraints!C8": "under_49",
        },
    )
    found = refused(wrong)
    assert (f"Envelope!A{rows['filing_deadline']}", "order") in found
    assert ("Rules!B7", "unknown_code") in found
    assert {code for _, code in found} >= {"order", "unknown_code", "sum_to_one"}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"Rules!A5": "Rule", "Rules!A4": "ruel"}, ("Rules", "no_header")),
        ({"Rules!J4": "amuont"}, ("Rules!J4", "unknown_column")),
        ({"Rules!J4": "regime"}, ("Rules!J4", "column_twice")),
        ({"Branches!A7": "ameublement"}, ("Branches!A7", "duplicate_key")),
        ({"Rules!H40": "x"}, ("Rules!H40", "row_unnamed")),
        ({"Rules!A40": "support_opening", "Rules!C40": "2021-01-01", "Rules!J40": 3}, ("Rules!J40", "not_of_this_row")),
        ({"Mix!A40": "inflow.size_shares.at_openin"}, ("Mix!A40", "one_of")),
        ({"Committee!A20": "committee.policy", "Committee!C20": "fixed"}, ("Committee!A20", "duplicate_key")),
        ({"Desk!A12": "desk.officers.more", "Desk!C12": 3}, ("Desk!A12", "key_through")),
        ({"Constraints!A12": "branch_cap", "Constraints!B12": "(none)"}, ("Constraints!A12", "none_alone")),
        ({"Demand!A30": "inflow.strange", "Demand!C30": 3}, ("Demand!A30", "unknown_key")),
    ],
)
def test_a_sheet_that_is_not_as_it_should_be_says_where(
    cells: dict[str, Any], expected: tuple[str, str], tmp_path: Path
) -> None:
    assert expected in refused(changed(template(tmp_path), cells))


def test_unknown_and_doubled_sheets_are_refused_and_notes_left_alone(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    file = template(tmp_path)
    book = load_workbook(file)
    book.create_sheet("_mine")["A1"] = "free"
    book.save(tmp_path / "notes.xlsx")
    assert load(str(tmp_path / "notes.xlsx")).scenario.name == "my-scenario"
    book.create_sheet("Brnches")
    book.create_sheet("Règles")
    book.save(tmp_path / "strange.xlsx")
    assert refused(str(tmp_path / "strange.xlsx")) >= {("Règles", "sheet_twice"), ("Brnches", "workbook_sheet")}


def test_errors_and_formulas_never_computed_are_refused_and_computed_ones_are_read(tmp_path: Path) -> None:
    file = template(tmp_path)
    money = row_of(file, "Envelope", "envelope_eur")
    assert (f"Envelope!C{money}", "cell_not_computed") in refused(changed(file, {f"Envelope!C{money}": "=1+1"}))
    assert (f"Envelope!C{money}", "cell_error") in refused(changed(file, {f"Envelope!C{money}": "#REF!"}))


def packed(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def parts_of(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def hostile(file: Path, which: str) -> bytes:
    data, parts = file.read_bytes(), parts_of(file)
    first = "xl/worksheets/sheet2.xml"
    match which:
        case "zip bomb":
            return packed({**parts, "xl/media/zeros.png": bytes(201_000_000)})
        case "far cell":
            row = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
            return packed({**parts, first: parts[first].replace(b"</sheetData>", row)})
        case "entities":
            bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
            return packed({**parts, "xl/sharedStrings.xml": bomb})
        case "entities elsewhere":
            quiet = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
            return packed({**parts, "docProps/app.xml": quiet})
        case "cut":
            return data[: len(data) // 2]
        case "no zip":
            return b"not a workbook"
        case "empty":
            return b""
        case "broken xml":
            return packed({**parts, first: parts[first][: len(parts[first]) // 2]})
        case "not a workbook":
            return packed({"hello.txt": b"hello"})
        case "lying size":
            return data.replace(b"PK\x01\x02", b"PK\x01\x03")
    raise AssertionError(which)


@pytest.mark.parametrize(
    "which",
    [
        "zip bomb",
        "far cell",
        "entities",
        "entities elsewhere",
        "cut",
        "no zip",
        "empty",
        "broken xml",
        "not a workbook",
        "lying size",
    ],
)
def test_hostile_files_are_refused_in_a_sentence(which: str, tmp_path: Path) -> None:
    file = tmp_path / "hostile.xlsx"
    file.write_bytes(hostile(template(tmp_path), which))
    with pytest.raises(InputRefused) as refusal:
        load(str(file))
    assert {problem.code for problem in refusal.value.problems} <= {"not_workbook", "workbook_large", "workbook_wide"}
    for language in ("fr", "en"):
        assert refusal.value.problems[0].text(language).startswith(str(file))


@settings(
    max_examples=int(os.environ.get("WORKBOOK_EXAMPLES", "40")),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.sampled_from(
        ["xl/worksheets/sheet6.xml", "xl/workbook.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"]
    ),
    st.integers(0, 10**9),
    st.one_of(
        st.binary(min_size=1, max_size=4), st.sampled_from([b"9", b"<v>", b'"', b"1e999", b"XFD", b"s", b"&#0;"])
    ),
)
def test_parts_changed_anywhere_never_crash_the_reader(tmp_path: Path, part: str, at: int, change: bytes) -> None:
    """The archive itself stays sound, so that what was changed is really read."""
    file = tmp_path / "plan.xlsx"
    parts = parts_of(file if file.exists() else template(tmp_path))
    at %= len(parts[part])
    other = tmp_path / "changed.xlsx"
    other.write_bytes(packed({**parts, part: parts[part][:at] + change + parts[part][at + len(change) :]}))
    try:
        load(str(other))
    except InputRefused as refusal:
        assert refusal.problems


@settings(
    max_examples=int(os.environ.get("WORKBOOK_EXAMPLES", "40")),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.integers(0, 10**9), st.binary(min_size=1, max_size=4))
def test_bytes_changed_anywhere_never_crash_the_reader(tmp_path: Path, at: int, change: bytes) -> None:
    file = tmp_path / "plan.xlsx"
    if not file.exists():
        template(tmp_path)
    data = file.read_bytes()
    at %= len(data)
    other = tmp_path / "changed.xlsx"
    other.write_bytes(data[:at] + change + data[at + len(change) :])
    try:
        load(str(other))
    except InputRefused as refusal:
        assert refusal.problems


def keys_of(kind: Any, steps: tuple[str, ...] = ()) -> set[str]:
    """The dotted keys of plain sections of the model (not below lists, codes and distributions)."""
    keys: set[str] = set()
    for name, info in kind.model_fields.items():
        parts = [part for part in get_args(info.annotation) if part is not type(None)]
        inner = parts[0] if type(None) in get_args(info.annotation) and len(parts) == 1 else info.annotation
        path = (*steps, info.alias or name)
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            keys |= keys_of(inner, path)
        else:
            keys.add(".".join(path))
    return keys


def test_the_layout_has_a_place_for_every_value_of_a_scenario() -> None:
    placed: set[str] = set()
    inner: set[str] = set()
    for sheet in SHEETS:
        match sheet:
            case Settings():
                placed |= {setting.key for setting in sheet.settings}
            case Records():
                placed |= {".".join(variant.path) for variant in sheet.variants.values()}
            case Distributions():
                placed |= {*sheet.keys, "inflow.pathways"}
            case Shares():
                placed |= {*sheet.plain, *sheet.dated}
                inner |= {*sheet.coded, *sheet.numbered}
    assert placed - {"extends"} == keys_of(Scenario)
    assert inner == {"branches.region_shares", "scheme.pay_support_tiers.demand_factors"}
    for sheet in SHEETS:
        if isinstance(sheet, Records):
            for variant in sheet.variants.values():
                assert set(variant.fields) <= set(columns_of(sheet))


def test_drop_downs_offer_what_the_model_takes() -> None:
    for key, words in FIXED.items():
        if "." not in key and key != "language":
            continue
        for word in words:
            tree = resolve("convention-2i")
            override(tree, "sweep={method: grid, over: [{key: runs, values: [1]}]}")
            override(tree, f"{key}={word}")
            override(tree, "committee.rivals=[]")
            Scenario.model_validate(_plain(tree))


def test_a_place_names_cells_as_spreadsheets_do() -> None:
    assert str(Place("plan.xlsx", 7, 28, "Rules")) == "plan.xlsx:Rules!AB7"
    assert Place("plan.xlsx", 1, 1, "Mode d'emploi").cell == "'Mode d''emploi'!A1"
    assert str(Place("plan.xlsx", sheet="Rules")) == "plan.xlsx:Rules"


def test_the_starting_tree_is_the_agreement_under_a_name_of_its_own() -> None:
    started, shipped = starting_tree("fr"), resolve("convention-2i")
    assert started.value["name"].value == "mon-scenario"
    assert {key for key in shipped.value if started.value[key].value != shipped.value[key].value} <= {
        "name",
        "title_fr",
        "title_en",
    } | {key for key in shipped.value if isinstance(shipped.value[key].value, dict | list)}


def test_a_yaml_file_is_still_read_as_yaml() -> None:
    assert read_yaml("a: 1", "x.yaml").value["a"].value == 1
