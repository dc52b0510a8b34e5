"""A wrong command line is told in the user's language, whatever stands where."""

import inspect
import json
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from enveloppe.cli import COMMANDS, SHIPPED, main
from enveloppe.commands.run import command
from enveloppe.help_french import FRENCH

TINY = str(Path(__file__).parent / "questions" / "tiny.yaml")


def called(*words: str, **environment: str) -> Result:
    return CliRunner(env=environment).invoke(main, list(words))


@pytest.mark.parametrize(
    ("words", "french"),
    [
        ("run", "il manque l'argument 'SCENARIO'"),
        ("run x --runs many", "'many' n'est pas un nombre entier"),
        ("run x --runs 0", "0 n'est pas dans l'intervalle 1<=x<=1000000"),
        ("run a b", "arguments en trop : b"),
        ("run x --rnus 3", "il n'y a pas d'option --rnus ; est-ce --runs ?"),
        ("run x --quiet=1", "l'option --quiet n'attend pas de valeur"),
        ("rnu", "il n'y a pas de commande rnu ; est-ce run ?"),
        ("run x --policy chance", "'chance' n'est pas parmi "),
        ("compare one", "compare attend au moins deux scénarios"),
        ("run x --until overun:1", "est-ce overrun ?"),
        ("plan x --save-lp model.txt", "le modèle s'écrit en .lp ou .mps"),
        ("bench --only speed", "il n'y a pas de speed"),
    ],
)
def test_what_is_wrong_with_a_call_is_said_in_french(words: str, french: str) -> None:
    """By `--lang fr` wherever it stands, and by the environment; never a word of click's own English."""
    for result in (
        called(*words.split(), "--lang=fr"),
        called("--lang", "fr", *words.split()),
        called(*words.split(), LC_ALL="fr_FR.UTF-8"),
    ):
        assert result.exit_code == 2
        assert french in result.stderr
        for english in ("Error", "Invalid", "Missing", "Usage:", "is not", "No such", "Try"):
            assert english not in result.stderr


def test_in_english_click_speaks_for_itself() -> None:
    result = called("run", "x", "--runs", "many", "--lang", "en")
    assert result.exit_code == 2
    assert "Error: Invalid value for '--runs': 'many' is not a valid integer range." in result.stderr
    assert "Try 'enveloppe run --help' for help." in result.stderr or "run --help" in result.stderr


def test_what_every_command_takes_may_stand_before_it() -> None:
    before = called("--json", "--quiet", "--lang", "fr", "check", TINY)
    after = called("check", TINY, "--json", "--quiet", "--lang", "fr")
    assert before.exit_code == after.exit_code == 0
    assert json.loads(before.stdout) == json.loads(after.stdout)


def test_an_early_interruption_is_told_as_every_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before a command guards itself: exit code 130, in words, not click's own."""

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "callback", interrupted)
    result = called("run", TINY, "--lang", "fr")
    assert result.exit_code == 130
    assert "interrompu" in result.stderr
    assert "Aborted" not in result.stderr


def texts_of_help() -> set[str]:
    """Every text of the help in English that has words: of the whole, of each command, of each option."""
    context = click.Context(main)
    found = {main.help, main.epilog, *COMMANDS.values(), *SHIPPED.values()}
    for name in COMMANDS:
        one = main.get_command(context, name)
        found |= {one.help, one.epilog} | {param.help for param in one.params if isinstance(param, click.Option)}
    return {inspect.cleandoc(text) for text in found if text}


def test_all_help_has_its_french_and_no_french_is_left_over() -> None:
    """But for examples without a word of prose, which are the same in both languages."""
    main.language = "en"
    texts = texts_of_help()
    bare = {text for text in texts if re.match(r"\x08\nExamples?:\n", text) and not re.search(r" {3,}\w", text[12:])}
    assert texts - bare <= set(FRENCH), sorted(texts - bare - set(FRENCH))
    assert set(FRENCH) <= texts, sorted(set(FRENCH) - texts)


@pytest.mark.parametrize("words", [[], *([name] for name in COMMANDS)])
def test_help_in_french_holds_no_english_heading(words: list[str]) -> None:
    """And the same call in English afterwards is English again: no command is changed."""
    french = called(*words, "--help", LC_ALL="fr_FR.UTF-8").output
    english = called(*words, "--help", LC_ALL="C").output
    assert "Usage :" in french
    assert "Afficher cette aide et sortir." in french
    for heading in ("Usage:", "Options:", "Commands:", "Shipped scenarios:", "Examples:", "Example:", "Show this"):
        assert heading not in french
    assert "Usage:" in english
    assert "Afficher" not in english


def test_help_is_no_error() -> None:
    assert called("--help").exit_code == 0
    assert called("run", "--help").exit_code == 0
    bare = called(LC_ALL="C")
    assert bare.exit_code == 2
    assert "Commands:" in bare.output
    assert isinstance(main, click.Group)
