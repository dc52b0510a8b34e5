"""The language of messages: that asked for; else that of the question once it is read; until then the environment's."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from tiny import TINY

from enveloppe.cli import main
from enveloppe.console import Console


def told(*words: str, ambient: str = "C") -> str:
    """What a call says on stderr, in an environment of a language."""
    return CliRunner(env={"LC_ALL": ambient}).invoke(main, list(words)).stderr


@pytest.mark.parametrize(
    ("written", "ambient", "asked", "spoken"),
    [
        ("fr", "C", (), "n'existe pas"),
        ("fr", "en_GB.UTF-8", (), "n'existe pas"),
        ("en", "fr_FR.UTF-8", (), "does not exist"),
        ("fr", "fr_FR.UTF-8", ("--lang", "en"), "does not exist"),
        ("en", "C", ("--lang", "fr"), "n'existe pas"),
    ],
)
def test_once_a_scenario_is_read_messages_are_in_its_language_unless_another_is_asked_for(
    written: str, ambient: str, asked: tuple[str, ...], spoken: str
) -> None:
    """The verdict, the report and what is said beside them: one language."""
    words = ("trace", str(TINY), "--run", "9999", "--set", f"language={written}", *asked)
    assert spoken in told(*words, ambient=ambient)


@pytest.mark.parametrize(
    ("stated", "ambient", "spoken"),
    [
        ("language: fr", "C", "entrée refusée"),
        ("language: en", "fr_FR.UTF-8", "input refused"),
        ("", "C", "input refused"),
        ("", "fr_FR.UTF-8", "entrée refusée"),
    ],
)
def test_a_refused_file_is_told_in_the_language_that_it_states_else_in_the_environment_s(
    stated: str, ambient: str, spoken: str, tmp_path: Path
) -> None:
    """What it inherits says nothing of who wrote it: convention-2i is in French, a file that extends it may not be."""
    file = tmp_path / "mine.yaml"
    file.write_text(f"extends: convention-2i\nname: mine\nenvelope_eur: -1\n{stated}\n", encoding="utf-8")
    assert spoken in told("show", str(file), ambient=ambient)
    assert spoken in told("check", str(file), ambient=ambient)


def test_each_of_several_files_is_told_in_its_own_language(tmp_path: Path) -> None:
    for language in ("fr", "en"):
        text = f"extends: convention-2i\nname: {language}\nlanguage: {language}\nenvelope_eur: -1\n"
        (tmp_path / f"{language}.yaml").write_text(text, encoding="utf-8")
    lines = told("check", str(tmp_path / "fr.yaml"), str(tmp_path / "en.yaml")).splitlines()
    assert "doit valoir au moins" in lines[0]
    assert "must be at least" in lines[1]


def test_a_text_that_names_no_language_we_speak_changes_nothing() -> None:
    """Findings are somebody's file: their language may be anything."""
    console = Console("fr", as_json=False, quiet=False, color=False)
    assert console.follow("de") == "fr"
    assert console.follow(["en"]) == "fr"
    assert console.follow("en") == "en"
    assert console.follow(None) == "fr"
    assert Console("fr", as_json=False, quiet=False, color=False, asked=True).follow("en") == "fr"
