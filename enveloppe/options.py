"""Options that every command has, and how they make a console."""

import os
import sys
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

import click

from enveloppe.console import Console


def everywhere(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--json`, `--quiet`, `--lang` and `--no-color`, and the console that they ask for."""

    @wraps(command)
    def at_console(*, as_json: bool, quiet: bool, lang: str | None, no_color: bool, **given: Any) -> Any:
        return command(console=_console(as_json, quiet, lang, no_color), **given)

    for option in (
        click.option("--no-color", is_flag=True, help="No colours (also: NO_COLOR in the environment)."),
        click.option("--lang", type=click.Choice(["fr", "en"]), help="Language of messages and reports."),
        click.option("--quiet", is_flag=True, help="No message on stderr but errors."),
        click.option("--json", "as_json", is_flag=True, help="The result as JSON on stdout."),
    ):
        at_console = option(at_console)
    return at_console


def scenario_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command its SCENARIO and `--set`."""
    command = click.option(
        "--set", "overrides", multiple=True, metavar="KEY=VALUE", help="Override one value (repeatable, dotted)."
    )(command)
    return click.argument("question", metavar="SCENARIO")(command)


def workers_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command `--jobs` and `--cluster`."""
    for option in (
        click.option("--cluster", metavar="ADDRESS", help="A Dask scheduler (tcp://host:port) in place of --jobs."),
        click.option("--jobs", type=click.IntRange(1, 1024), help="Worker processes (default: one a core)."),
    ):
        command = option(command)
    return command


def workers_of(jobs: int | None, cluster: str | None) -> int | str:
    """How work is spread: the address of a cluster, or a number of processes.

    Raises:
        UsageError: for both, or for an address that is empty.
    """
    from enveloppe.usage_errors import misused  # which speaks by this module

    if jobs is not None and cluster is not None:
        raise misused("not_together", one="--jobs", other="--cluster")
    if cluster is not None and not cluster.strip():
        # An unset variable of a script: to work here instead would go unnoticed.
        raise misused("cluster_needs")
    return cluster or jobs or os.cpu_count() or 1


def _console(as_json: bool, quiet: bool, lang: str | None, no_color: bool) -> Console:
    """A console that speaks the language asked for; else the environment's, until it knows that of the question."""
    color = not no_color and not os.environ.get("NO_COLOR") and sys.stderr.isatty()
    return Console(lang or ambient_language(), as_json, quiet, color, asked=lang is not None)


def ambient_language() -> str:
    """The language of the environment: "fr" where LC_ALL, LC_MESSAGES or LANG says so, else "en"."""
    ambient = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "fr" if ambient.lower().startswith("fr") else "en"


def language_of_call(words: Sequence[str]) -> str:
    """The language that the words of a call ask for, read before they are understood; else the environment's."""
    for at, word in enumerate(words):
        asked = word.removeprefix("--lang=") if word.startswith("--lang=") else None
        if word == "--lang" and at + 1 < len(words):
            asked = words[at + 1]
        if asked in ("fr", "en"):
            return asked
    return ambient_language()
