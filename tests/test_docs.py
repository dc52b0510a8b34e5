"""README and docs: every page is there and named, and every command line in them is one that the program takes."""

import re
import shlex
from pathlib import Path

import click
import pytest
from docs_scripts import DOCS

from enveloppe.cli import COMMANDS, main

ROOT = DOCS.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted(DOCS.glob("*.md"))]
WRITTEN = {"report.md", "calibration.md", "compare.md", "gate-summary.md", "summary.md"}
"""What the program writes, and no page of docs."""


def blocks(page: Path) -> list[str]:
    """The lines of a page's plain code blocks (those of no language)."""
    found = re.findall(r"^```(\w*)\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [line for language, text in found if not language for line in text.splitlines()]


def inline(page: Path) -> list[str]:
    """Calls with arguments that stand inside sentences."""
    return [
        code.replace("\n", " ")
        for code in re.findall(r"`(enveloppe\s[a-z]+\s[^`]+)`", page.read_text(encoding="utf-8"))
    ]


def command_lines() -> list[str]:
    """Every call of the program in the pages, as it would be typed."""
    lines = {
        re.split(r"\s{2,}|\s#|\s>\s", line.replace("python3 go.py", "enveloppe").strip())[0]
        for page in PAGES
        for line in (*blocks(page), *inline(page))
        if re.match(r"\s*(enveloppe|python3 go\.py) [a-z]", line) and "..." not in line
    }
    return sorted(lines)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_names_only_pages_that_are_there(page: Path) -> None:
    for name in re.findall(r"[\w/-]+\.md", page.read_text(encoding="utf-8")):
        if name not in WRITTEN:
            assert (DOCS / name).is_file() or (ROOT / name).is_file(), name


def test_code_names_only_pages_that_are_there() -> None:
    """A docstring that cites a page nobody can open is no source."""
    cited = 0
    for package in ("scenarios", "sim", "optimiser", "forecast", "reports", "enveloppe", "benchmarks"):
        for file in (ROOT / package).rglob("*.py"):
            for name in re.findall(r"[\w/-]+\.md\b", file.read_text(encoding="utf-8")):
                if Path(name).name not in WRITTEN:
                    assert (DOCS / name).is_file() or (ROOT / name).is_file(), f"{file}: {name}"
                    cited += 1
    assert cited > 30


def test_every_page_is_named_in_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in DOCS.glob("*.md") if f"docs/{page.name}" not in readme] == []


def test_the_pages_show_every_command() -> None:
    assert len(command_lines()) > 30
    shown = {line.split()[1] for line in command_lines()}
    assert shown >= set(COMMANDS)


@pytest.mark.parametrize("line", command_lines())
def test_a_command_line_of_the_pages_is_one_that_the_program_takes(line: str) -> None:
    """The command, its arguments, every option and its value; brackets mark what may be left out."""
    words = shlex.split(re.sub(r"[\[\]]", "", line))[1:]
    if words[0] == "test":  # go.py's own
        return
    assert isinstance(main, click.Group)
    command = main.get_command(click.Context(main), words[0])
    assert command is not None, words[0]
    command.make_context(words[0], words[1:])
