"""What a person at the command line is told: in one language, once, and before anything is replaced."""

import errno
import os
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tiny import TINY

from enveloppe.cli import main
from scenarios.extending import merged, name_after
from scenarios.loading import load
from scenarios.system_reasons import FRENCH, system_reason
from scenarios.yaml_reading import plain, read_yaml


def called(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


@pytest.mark.parametrize(
    ("words", "french"),
    [
        ("run x --as-of 30/06/2021", "un jour s'écrit comme 2021-06-30, trouvé '30/06/2021'"),
        ("run x --as-of 2021-06-30", "disent comment lire --actuals : le donner aussi"),
        ("run x --actuals a.csv --uncertain", "--uncertain n'est pas possible avec --actuals"),
        ("run x --actuals a.csv --until overrun:1%", "--until n'est pas possible avec --actuals ; donner --runs"),
        ("gate a b --accept", "--accept demande --author et --reason"),
        ("run x --jobs 2 --cluster tcp://a:1", "--jobs et --cluster ne vont pas ensemble"),
        ("migrate a --out b --in-place", "--out et --in-place ne vont pas ensemble"),
    ],
)
def test_options_that_do_not_go_together_are_told_in_french(words: str, french: str) -> None:
    result = called(*words.split(), "--lang", "fr")
    assert (result.exit_code, french in result.stderr) == (2, True), result.stderr


def test_the_reasons_of_the_system_have_their_french() -> None:
    """The words of the C library for what befalls files; a reason nobody knows stays as it is."""
    for number in (errno.ENOENT, errno.EACCES, errno.EISDIR, errno.ENOSPC, errno.EROFS, errno.ENAMETOOLONG):
        if os.name == "posix":
            assert system_reason(os.strerror(number), "fr") != os.strerror(number)
        assert system_reason(os.strerror(number), "en") == os.strerror(number)
    assert system_reason("Nobody knows", "fr") == "Nobody knows"
    assert all(FRENCH.values())
    result = called("gate", "nothing.yaml", "nothing", "--lang", "fr")
    assert result.stderr.count("fichier ou dossier introuvable") == 2
    assert "No such" not in result.stderr


def test_a_key_of_the_command_line_is_told_once_and_a_whole_limit_without_decimals() -> None:
    """The place is the key itself; a key below the one given is still named."""
    assert called("check", str(TINY), "--set", "x=1", "--lang", "en").stderr.startswith("--set x: unknown key")
    low = called("check", str(TINY), "--set", "inflow.volume_factor=-1", "--lang", "en").stderr
    assert low.startswith("--set inflow.volume_factor: must be at least 0, found -1\n")
    below = called("check", str(TINY), "--set", "inflow={volume_factor: -1}", "--lang", "en").stderr
    assert "--set inflow: inflow.volume_factor: must be at least 0, found -1\n" in below


@pytest.mark.parametrize(("text", "value"), [("9_000_000.50", 9_000_000.5), ("-1_000.25", -1000.25), ("0.5", 0.5)])
def test_thousands_may_be_parted_before_decimals_too(text: str, value: float) -> None:
    assert read_yaml(f"a: {text}", "x").value["a"].value == value
    assert read_yaml(f"a: '{text}'", "x").value["a"].value == text
    assert read_yaml("a: 9_00.50", "x").value["a"].value == "9_00.50"


def test_a_section_of_another_kind_replaces_the_one_below(tmp_path: Path) -> None:
    """Of a lognormal nothing is left in a constant; of the same kind, what is not said stays."""
    for text, told in (
        ("{kind: constant, at: 1}", {"kind": "constant", "at": 1}),
        ("{kind: lognormal, sigma: 0.5}", {"kind": "lognormal", "mean": 1.96, "sigma": 0.5}),
        ("{sigma: 0.5}", {"kind": "lognormal", "mean": 1.96, "sigma": 0.5}),
    ):
        file = tmp_path / "scenario.yaml"
        file.write_text(f"extends: convention-2i\nname: other\ninflow: {{trainees: {text}}}\n", encoding="utf-8")
        assert load(str(file)).scenario.inflow.trainees.model_dump(mode="json", by_alias=True) == told
    whole = load("convention-2i", ("inflow.trainees={kind: constant, at: 1}",)).scenario.inflow.trainees
    assert whole.kind == "constant"


def test_an_entry_that_is_named_kind_is_no_kind() -> None:
    """A table may have a branch of that code: the other entries below it stay."""
    below, above = (read_yaml(text, "a.yaml") for text in ("kind: {v: 1}\nother: {v: 2}\n", "kind: {v: 3}\n"))
    assert plain(merged(below, above)) == {"kind": {"v": 3}, "other": {"v": 2}}


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("my-plan", "my-plan"),
        ("Comité d'été 2021", "comite-d-ete-2021"),
        ("2021", "plan-2021"),
        (str(date(2021, 6, 30)), "plan-2021-06-30"),
        ("...", ""),
        ("true", ""),
        ("convention-2i", ""),
        ("a" * 200, "a" * 64),
    ],
)
def test_a_scenario_is_named_after_its_folder(folder: str, name: str) -> None:
    assert name_after(folder) == name


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_new_scenario_bears_the_name_of_its_folder_in_either_form(language: str, tmp_path: Path) -> None:
    """So results go to out/my-plan, as the README says; a folder without a name of its own gives the general one."""
    for words in ([], ["--workbook"]):
        folder = tmp_path / "my-plan"
        assert called("new", str(folder), "--lang", language, *words).exit_code == 0
        file = folder / ("plan.xlsx" if words else "scenario.yaml")
        assert load(str(file)).scenario.name == "my-plan"
    assert "out/my-plan/" in (tmp_path / "my-plan" / "scenario.yaml").read_text(encoding="utf-8")
    assert called("new", str(tmp_path / "true"), "--lang", language).exit_code == 0
    general = "mon-scenario" if language == "fr" else "my-scenario"
    assert load(str(tmp_path / "true" / "scenario.yaml")).scenario.name == general
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    assert "enveloppe new my-plan " in readme
    assert "# results in out/my-plan/" in readme


def test_results_of_another_question_are_told_of_before_they_are_replaced(tmp_path: Path) -> None:
    """Another seed is another question; the same one, or a folder without results, is no news; nothing is refused."""
    words = ("run", str(TINY), "--runs", "3", "--jobs", "1", "--out", str(tmp_path / "out"), "--lang")
    alone = ("--set", "committee.rivals=[]")
    assert "replaced" not in called(*words, "en", *alone).stderr
    assert "replaced" not in called(*words, "en", *alone).stderr
    (tmp_path / "out" / "runs.npz").unlink()
    assert "replaced" not in called(*words, "en", *alone).stderr, "the same question, run again"
    before = load(str(TINY), ("runs=3", "committee.rivals=[]"))
    other = called(*words, "en", *alone, "--seed", "99")
    assert other.exit_code == 0
    told = f"{tmp_path / 'out'} holds results of {before.scenario.name} ({before.hash[:12]}, 3 runs): they are replaced"
    assert other.stderr.startswith(told), other.stderr
    assert "3 tirages) : ils sont remplacés" in called(*words, "fr", *alone, "--seed", "98").stderr
    assert called(*words, "fr", *alone, "--seed", "97", "--quiet").stderr == ""
    (tmp_path / "out" / "findings.json").write_text("[]", encoding="utf-8")
    assert "replaced" not in called(*words, "en", *alone).stderr
