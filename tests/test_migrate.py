"""Earlier forms: told by check, brought to the present form with their comments, and kept working for good."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny import TINY

from enveloppe.cli import main
from scenarios.loading import load
from scenarios.migrating.migrate import migrated
from scenarios.problems import InputRefused

FIXTURES = Path(__file__).parent / "fixtures"
V0 = sorted((FIXTURES / "scenarios-v0").glob("*.yaml"))
V1 = sorted(file for file in (FIXTURES / "scenarios-v1").glob("*.yaml") if not file.name.startswith("_"))


def called(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def in_present_form(folder: Path) -> Path:
    """The files of form 0, migrated into a folder of their own."""
    for file in V0:
        (folder / file.name).write_text(migrated(file.read_text(encoding="utf-8"), file.name).text, encoding="utf-8")
    return folder


def test_check_says_of_an_earlier_file_what_to_do() -> None:
    for file in V0:
        result = called("check", str(file), "--lang", "en")
        assert result.exit_code == 4
        assert "`enveloppe migrate" in result.stderr
    told = called("check", str(FIXTURES / "scenarios-v0" / "less-money.yaml"), "--lang", "fr").stderr
    assert "less-money.yaml:8:7: scheme.hour_caps.0.starts: ancien nom de `from`" in told
    assert "scheme.hour_caps.0.from" not in told, "the same mistake is told once"


def test_an_earlier_file_of_every_kind_is_migrated_and_says_the_same(tmp_path: Path) -> None:
    """The tiny question in form 0 is the tiny question; comments and spacing stay."""
    folder = in_present_form(tmp_path)
    assert load(str(folder / "tiny.yaml")).hash == load(str(TINY)).hash
    less = load(str(folder / "less-money.yaml"))
    assert less.scenario.envelope_eur == 90_000
    assert str(less.scenario.payments.instalments[1].day) == "2021-07-01"
    text = (folder / "less-money.yaml").read_text(encoding="utf-8")
    assert "# kept as it is\n\nscheme:" in text
    assert '- "from": 2021-01-01   # a quoted key' in text
    assert load(str(folder / "one-line.yaml")).scenario.runs == 3
    for file in V0:
        again = migrated((folder / file.name).read_text(encoding="utf-8"), file.name)
        assert (again.changes, again.found) == ((), 1), "a second time changes nothing"


@pytest.mark.parametrize("file", V1, ids=lambda file: file.stem)
def test_every_file_that_was_shipped_in_form_1_still_loads(file: Path) -> None:
    """Copies of what was shipped; they are never edited, whatever becomes of the library."""
    assert called("check", str(file)).exit_code == 0
    text = file.read_text(encoding="utf-8")
    assert "schema: 1" in migrated(text, file.name).text


def test_the_command_writes_to_stdout_to_a_new_file_or_in_place(tmp_path: Path) -> None:
    old = FIXTURES / "scenarios-v0" / "tiny.yaml"
    present = migrated(old.read_text(encoding="utf-8"), "tiny.yaml").text
    result = called("migrate", str(old), "--lang", "en")
    assert (result.exit_code, result.stdout) == (0, present)
    assert f"{old}:33:17: starts → from" in result.stderr
    told = json.loads(called("migrate", str(old), "--json").stdout)
    assert (told["from"], told["to"], told["text"]) == (0, 1, present)
    new = tmp_path / "new.yaml"
    assert called("migrate", str(old), "--out", str(new)).exit_code == 0
    assert new.read_text(encoding="utf-8") == present
    refused = called("migrate", str(old), "--out", str(new), "--lang", "en")
    assert (refused.exit_code, "already exists" in refused.stderr) == (4, True)
    mine = tmp_path / "mine.yaml"
    mine.write_bytes(old.read_bytes())
    assert called("migrate", str(mine), "--in-place").exit_code == 0
    assert mine.read_text(encoding="utf-8") == present
    assert (tmp_path / "mine.yaml.schema-0").read_bytes() == old.read_bytes()
    again = called("migrate", str(mine), "--in-place", "--lang", "en")
    assert (again.exit_code, "present form already" in again.stderr) == (0, True)
    mine.write_bytes(old.read_bytes())
    assert called("migrate", str(mine), "--in-place").exit_code == 4, "an earlier copy is never written over"
    assert mine.read_bytes() == old.read_bytes()
    assert called("migrate", str(mine), "--in-place", "--out", "x").exit_code == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("schema: 2\nname: x\n", "schema"),
        ("schema: true\n", "schema"),
        ("a: [1\n", "yaml_bracket"),
        ("- 1\n", "not_a_mapping"),
    ],
)
def test_what_cannot_be_migrated_is_refused(text: str, code: str) -> None:
    with pytest.raises(InputRefused) as refusal:
        migrated(text, "x.yaml")
    assert [problem.code for problem in refusal.value.problems] == [code]


def test_workbooks_missing_files_and_other_bytes_are_refused(tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes(b"name: \xe9\n")
    (tmp_path / "book.xlsx").write_bytes(b"PK")
    for name in ("latin.yaml", "book.xlsx", "nothing.yaml"):
        result = called("migrate", str(tmp_path / name))
        assert result.exit_code == 4
        assert "Traceback" not in result.stderr


@settings(max_examples=60)
@given(
    indent=st.integers(2, 5),
    comment=st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=12),
    names=st.lists(st.sampled_from(["starts", "from"]), min_size=1, max_size=5),
    flow=st.booleans(),
)
def test_only_the_names_change_however_a_file_is_laid_out(
    indent: int, comment: str, names: list[str], flow: bool
) -> None:
    """Rows in block or flow style, any indent, any comment: the text differs in the earlier names and nowhere else."""
    pad = " " * indent
    rows = [
        f"{pad}  - {{{name}: 2021-01-0{day}, cap_eur_per_hour: 30}}  # {comment}"
        if flow
        else f"{pad}  - {name}: 2021-01-0{day}  # {comment}\n{pad}    cap_eur_per_hour: 30"
        for day, name in enumerate(names, start=1)
    ]
    text = f"# {comment}\nschema: 0\nextends: convention-2i\nscheme:\n{pad}hour_caps:\n" + "\n".join(rows) + "\n"
    done = migrated(text, "x.yaml")
    expected = text.replace("schema: 0", "schema: 1").replace("starts: ", "from: ")
    if "starts: " not in comment and "schema: 0" not in comment:
        assert done.text == expected
    assert len(done.changes) == 1 + names.count("starts")


def test_findings_of_another_schema_are_told_so(tmp_path: Path) -> None:
    (tmp_path / "findings.json").write_text('{"schema": 2, "scenario": {}}', encoding="utf-8")
    for command in (("report", str(tmp_path)), ("compare", str(tmp_path), str(tmp_path))):
        result = called(*command, "--lang", "en")
        assert (result.exit_code, "findings of schema 2; this engine reads schema 1" in result.stderr) == (4, True)
