"""What the YAML parser stumbles over, told as a person would mend it.

The two parsers (libyaml's and the one in Python) word their findings differently, and name the place where they gave
up; what is wrong often stands before it. Each line of the list at the end knows a wording.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import yaml

from scenarios.problems import Place, Problem

_CLOSING = {"[": "]", "{": "}"}


@dataclass(frozen=True)
class _Stumble:
    """Where the parser gave up: its words, its marks and the lines of the file.

    Lines and columns count from 0, as marks do.
    """

    lines: list[str]
    begun: Any
    stopped: Any

    def before(self) -> str:
        """What stands on the line before the place where the parser gave up."""
        return self._line(self.stopped.line)[: self.stopped.column]

    def sign_at(self, mark: Any) -> str:
        """The sign at a mark, "" at the end of a line."""
        return self._line(mark.line)[mark.column : mark.column + 1]

    def line_before(self) -> int | None:
        """The last line before the place that holds more than a comment."""
        numbers = range(min(self.stopped.line, len(self.lines)) - 1, -1, -1)
        return next((at for at in numbers if self.lines[at].partition(" #")[0].strip(" #-")), None)

    def has_key(self, line: int) -> bool:
        """Whether a line holds a key with its colon."""
        text = self.lines[line].partition(" #")[0].rstrip()
        return ": " in text or text.endswith(":")

    def _line(self, number: int) -> str:
        return self.lines[number] if number < len(self.lines) else ""


Told = tuple[str, int, int, dict[str, Any]]
"""A message's code, its line and column from 0, and its details."""


def _at(mark: Any, code: str, **details: Any) -> Told:
    return code, mark.line, mark.column, details


def _sign(stumble: _Stumble) -> Told:
    sign = stumble.sign_at(stumble.stopped)
    return _at(stumble.stopped, "yaml_tab") if sign == "\t" else _at(stumble.stopped, "yaml_sign", found=sign)


def _tab(stumble: _Stumble) -> Told:
    return _at(stumble.stopped, "yaml_tab")


def _colon(stumble: _Stumble) -> Told:
    if ": " in stumble.before():
        return _at(stumble.stopped, "yaml_second_colon")
    above = stumble.line_before()
    if above is not None and not stumble.has_key(above):
        return "yaml_no_colon", above, len(stumble.lines[above]) - len(stumble.lines[above].lstrip()), {}
    return _at(stumble.stopped, "yaml_indent")


def _no_colon(stumble: _Stumble) -> Told:
    return _at(stumble.begun, "yaml_no_colon")


def _block(stumble: _Stumble) -> Told:
    begins_its_line = not stumble.before().strip(" -")
    return _at(stumble.stopped, "yaml_indent" if begins_its_line else "yaml_after_value")


def _end(stumble: _Stumble) -> Told:
    return _at(stumble.begun, "yaml_quote", found=stumble.sign_at(stumble.begun))


def _bracket(stumble: _Stumble) -> Told:
    opened = stumble.sign_at(stumble.begun)
    return _at(stumble.begun, "yaml_bracket", found=opened, closing=_CLOSING.get(opened, "]"))


def _begun(stumble: _Stumble) -> Told:
    return _at(stumble.begun, "yaml_sign", found=stumble.sign_at(stumble.begun))


def _escape(stumble: _Stumble) -> Told:
    return _at(stumble.stopped, "yaml_escape")


def _documents(stumble: _Stumble) -> Told:
    return _at(stumble.stopped, "several_documents")


_KNOWN: tuple[tuple[str, Callable[[_Stumble], Told]], ...] = (
    ("cannot start any token", _sign),
    ("found a tab character", _tab),
    ("mapping values are not allowed", _colon),
    ("could not find expected ':'", _no_colon),
    ("',' or ']'", _bracket),
    ("',' or '}'", _bracket),
    ("did not find expected key", _block),
    ("did not find expected '-' indicator", _block),
    ("expected <block end>", _block),
    ("sequence entries are not allowed", _block),
    ("found unexpected end of stream", _end),
    ("found unexpected document", _end),
    ("unknown escape character", _escape),
    ("hexdecimal", _escape),
    ("<document start>", _documents),
    ("node content", _sign),
    ("alphabetic or numeric character", _begun),
    ("non-alphabetical character", _begun),
    ("unknown directive name", _begun),
    ("comment or line break", _begun),
    ("comment or a line break", _begun),
    ("chomping or indentation indicators", _begun),
)
"""A part of the parser's finding, and what it amounts to."""


def syntax_problem(error: yaml.YAMLError | ValueError, text: str, file: str) -> Problem:
    """Tell what the parser stumbled over.

    Args:
        error: as the parser raised it.
        text: of the file.
        file: its name in problems.

    Returns:
        A problem at the place where it is to be mended, as far as that is known; a finding that no line of the list
        knows is told in the parser's own words (in English).
    """
    if isinstance(error, yaml.reader.ReaderError):
        before = text[: error.position]
        line, column = before.count("\n"), len(before) - (before.rfind("\n") + 1)
        return Problem(Place(file, line + 1, column + 1), "yaml_control", details={"found": int(error.character)})
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return Problem(Place(file), "yaml", details={"reason": (str(error).splitlines() or ["?"])[0]})
    begun = error.context_mark or error.problem_mark
    stumble = _Stumble(text.splitlines(), begun, error.problem_mark)
    finding = error.problem or ""
    tell = next((tell for words, tell in _KNOWN if words in finding), None)
    told = _at(error.problem_mark, "yaml", reason=finding or error.context or "?") if tell is None else tell(stumble)
    code, line, column, details = told
    return Problem(Place(file, line + 1, column + 1), code, details=details)
