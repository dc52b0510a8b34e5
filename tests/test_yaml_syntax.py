"""A file that is no YAML: what is wrong is told where it is to be mended, in either language, by either parser."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from scenarios.messages import MESSAGES
from scenarios.problems import InputRefused, Problem
from scenarios.yaml_reading import read_yaml

SLIPS = {
    "a tab": ("a:\n\tb: 1\n", "yaml_tab", 2, 1),
    "a tab below spaces": ("a:\n  b: 1\n\tc: 2\n", "yaml_tab", 3, 1),
    "a key less indented than its section": ("a:\n  b: 1\n c: 2\n", "yaml_indent", 3, 2),
    "a key more indented than its section": ("a:\n  b: 1\n   c: 2\n", "yaml_indent", 3, 5),
    "an entry beside its list": ("a:\n  - 1\n - 2\n", "yaml_indent", 3, 2),
    "no colon": ("name\nb: 1\n", "yaml_no_colon", 1, 1),
    "no colon in a section": ("a:\n  name x\n  b: 1\n", "yaml_no_colon", 2, 3),
    "no colon on the last line": ("a: 1\nb\n", "yaml_no_colon", 2, 1),
    "no space after the colon": ("a:1\nb: 2\n", "yaml_no_colon", 1, 1),
    "a title with a colon": ("title_fr: Le plan: suite\n", "yaml_second_colon", 1, 18),
    "a quote never closed": ('a: "x\nb: 1\n', "yaml_quote", 1, 4),
    "an apostrophe between apostrophes": ("a: 'l'été'\n", "yaml_after_value", 1, 7),
    "a list never closed": ("a: [1, 2\nb: 3\n", "yaml_bracket", 1, 4),
    "a section never closed": ("a: {b: 1, c: 2\nd: 3\n", "yaml_bracket", 1, 4),
    "a sign that begins no value": ("a: @x\n", "yaml_sign", 1, 4),
    "more than": ("a: > 3\n", "yaml_sign", 1, 4),
    "an asterisk": ("a: * 3\n", "yaml_sign", 1, 4),
    "a comma": ("a: , b\n", "yaml_sign", 1, 4),
    "a control character": ("a: 1\nb: x\x01\n", "yaml_control", 2, 5),
    "a second document": ("a: 1\n...\nb: 2\n", "several_documents", 3, 1),
    "a key twice": ("a: 1\nb: 2\na: 3\n", "duplicate_key", 3, 1),
}


def refused(text: str) -> Problem:
    with pytest.raises(InputRefused) as refusal:
        read_yaml(text, "plan.yaml")
    (problem,) = refusal.value.problems
    return problem


@pytest.mark.parametrize("parser", ["libyaml", "python"])
@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_is_told_at_its_place(slip: str, parser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The two parsers word their findings differently; what a person reads is the same."""
    if parser == "python":
        monkeypatch.setattr(yaml, "CSafeLoader", yaml.SafeLoader, raising=False)
    text, code, line, column = SLIPS[slip]
    problem = refused(text)
    assert (problem.code, problem.place.line, problem.place.column) == (code, line, column)


def test_a_backslash_is_told_and_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = refused('a: "C:\\quand"\n')
    assert problem.code == "yaml_escape"
    assert "écrire \\\\" in problem.text("fr")


def test_no_sentence_of_the_parser_reaches_a_french_reader_of_a_known_slip() -> None:
    """Every slip has a sentence of its own in both languages; the parser's words are kept for what nobody foresaw."""
    for slip, (text, *_) in SLIPS.items():
        problem = refused(text)
        assert problem.code != "yaml", slip
        english, french = MESSAGES[problem.code]
        assert english != french
        assert "reason" not in french


def test_a_text_that_cannot_be_read_may_still_say_its_language() -> None:
    for language in ("fr", "en"):
        with pytest.raises(InputRefused) as refusal:
            read_yaml(f"language: {language}\na:\n\tb: 1\n", "plan.yaml")
        assert refusal.value.language == language
    with pytest.raises(InputRefused) as refusal:
        read_yaml("a:\n\tb: 1\n", "plan.yaml")
    assert refusal.value.language is None


@given(st.text(alphabet="ab:- \n\t'\"[]{}#&*!|>%@`,?\\0.\x07é", max_size=40))
def test_whatever_the_text_it_is_read_or_refused_with_a_place_in_it(text: str) -> None:
    try:
        read_yaml(text, "plan.yaml")
    except InputRefused as refusal:
        lines = text.count("\n") + 1
        for problem in refusal.problems:
            assert 0 <= problem.place.line <= lines + 1
            assert problem.text("fr")
