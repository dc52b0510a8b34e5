"""Results on stdout, messages on stderr, in the user's language; errors become exit codes here and nowhere else."""

import json
import os
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import click

from enveloppe import exit_codes
from enveloppe.words import say


@dataclass
class Console:
    """How a command speaks.

    Attributes:
        language: "fr" or "en", of what is said next.
        as_json: the result goes to stdout as JSON.
        quiet: no message but errors.
        color: colours are allowed (a terminal, no --no-color, no NO_COLOR).
        asked: the language was asked for, and holds whatever is read.
    """

    language: str
    as_json: bool
    quiet: bool
    color: bool
    asked: bool = False

    def __post_init__(self) -> None:
        self._first = self.language

    def follow(self, language: object) -> str:
        """Speak the language of what was read, from here on, unless another was asked for.

        Args:
            language: "fr" or "en"; anything else goes back to the language spoken first.

        Returns:
            The language spoken now.
        """
        if not self.asked:
            self.language = language if language in ("fr", "en") else self._first
        return self.language

    def tell(self, text: str) -> None:
        """A message for the person, on stderr."""
        if not self.quiet:
            click.echo(text, err=True)

    def complain(self, text: str) -> None:
        """An error for the person, on stderr, even when quiet."""
        click.echo(click.style(text, fg="red") if self.color else text, err=True)

    def result(self, value: Any, text: str) -> None:
        """The result on stdout: as JSON where asked, else as text."""
        click.echo(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) if self.as_json else text)

    def say(self, key: str, **values: object) -> str:
        """A sentence in the console's language."""
        return say(key, self.language, **values)


def guarded(console: Console, work: Callable[[], int]) -> int:
    """Run a command's work; whatever goes wrong becomes a message and an exit code, never a traceback.

    Args:
        console: who speaks.
        work: what the command does; returns its exit code.

    Returns:
        The exit code.
    """
    from enveloppe.folder import FolderInUse, FolderRefused
    from scenarios.problems import InputRefused
    from sim.cluster_refused import ClusterRefused

    try:
        return work()
    except InputRefused as refusal:
        if refusal.language:
            console.follow(refusal.language)
        for problem in refusal.problems:
            console.complain(problem.text(console.language))
        tell_refused(console, len(refusal.problems))
        tell_marked(console, refusal)
        if console.as_json:
            click.echo(json.dumps({"problems": problems_told(refusal, console.language)}, ensure_ascii=False, indent=1))
        return exit_codes.INPUT_REFUSED
    except FolderInUse as busy:
        console.complain(console.say("in_use", folder=busy))
        return exit_codes.FOLDER_IN_USE
    except FolderRefused as refusal:
        console.complain(console.say("cannot_write", folder=refusal.place, reason=refusal.reason))
        return exit_codes.INPUT_REFUSED
    except ClusterRefused as refusal:
        console.complain(console.say(f"cluster_{refusal.code}", address=refusal.address, reason=refusal.reason))
        return exit_codes.INPUT_REFUSED
    except KeyboardInterrupt:
        console.complain(console.say("interrupted"))
        return exit_codes.INTERRUPTED
    except BrokenPipeError:
        # The reader of stdout went away (`| head`): nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exit_codes.DONE
    except click.ClickException:
        raise
    except Exception as error:
        if os.environ.get("ENVELOPPE_DEBUG"):
            traceback.print_exc()
        reason = (str(error).splitlines() or [""])[0]
        console.complain(console.say("internal", kind=type(error).__name__, reason=reason))
        return exit_codes.INTERNAL_ERROR


def tell_refused(console: Console, count: int) -> None:
    """Say how many problems a refusal has."""
    console.complain(console.say("refused_one" if count == 1 else "refused", count=count))


def tell_marked(console: Console, refusal: Any) -> None:
    """Write the marked copies of refused workbooks, and say where they are."""
    if not any(problem.place.sheet for problem in refusal.problems):
        return
    from enveloppe.marking import marked_copies

    for copy in marked_copies(refusal.problems, console.language):
        console.complain(console.say("marked", file=copy))


def problems_told(refusal: Any, language: str) -> list[dict[str, Any]]:
    """The problems of a refusal as plain values: file, line, column (and cell, in a workbook), key, code and text."""
    return [
        {
            "file": problem.place.file,
            "line": problem.place.line,
            "column": problem.place.column,
            **({"cell": problem.place.cell} if problem.place.sheet else {}),
            "key": problem.key,
            "code": problem.code,
            "text": problem.text(language),
        }
        for problem in refusal.problems
    ]
