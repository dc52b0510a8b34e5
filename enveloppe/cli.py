"""The command line: one line a command; each command's own module is imported only when it is called."""

import importlib
import sys
from collections.abc import Sequence
from typing import Any

import click

from enveloppe.exit_codes import INTERRUPTED

COMMANDS = {
    "new": "Write a scenario file to start from.",
    "check": "Check scenario files: all problems at once, each with its place.",
    "migrate": "Bring a scenario file of an earlier form to the present one.",
    "show": "Print the resolved scenario, each value with its place and source.",
    "plan": "Allocate the envelope (the optimiser alone).",
    "run": "The whole trip: inflow, plan, simulation, report.",
    "trace": "Print every event of one run as CSV.",
    "compare": "Lay scenarios or findings side by side: what changed in the question and in the answer.",
    "sweep": "Run the variants that a scenario declares; what is known already is not run again.",
    "draws": "Tell where the draws of runs are kept, and be rid of them.",
    "gate": "Hold findings against thresholds, and against a baseline.",
    "explain": "Why a line got what it got, what a figure is worth, what one pathway costs.",
    "calibrate": "Fit the inflow to past requests, and say how good the fit has been.",
    "bench": "Measure the project against its own bars.",
    "report": "Write the report again from stored findings.",
}

SHIPPED = {
    "convention-2i": "the agreement as planned",
    "convention-2i-cut": "three quarters of the money taken back in mid-year",
    "convention-2i-metal-doubles": "metal asks for twice as much",
    "convention-2i-observed": "as it went, on the 150 M EUR first signed",
    "convention-2i-observed-207": "as it went, raised to 207 M EUR",
    "convention-2i-observed-planned-money": "demand as it went, notified as planned",
    "convention-2i-support-suspended": "pay support suspended first",
    "germany-sgb3-82": "another country's scheme",
}
"""The scenarios that come with the engine; a test holds the list against the library."""

EXAMPLES = """\b
Examples:
  enveloppe run convention-2i                    the agreement as planned, to out/convention-2i/
  enveloppe run convention-2i --runs 50 --set envelope_eur=120000000
  enveloppe new my-scenario                      a file to start from
  enveloppe check my-scenario/scenario.yaml
  enveloppe report out/convention-2i --lang en   the same report in English

Exit codes: 0 done, 1 internal error, 2 usage, 3 gate failed, 4 input refused, 5 no feasible plan,
6 solver limit reached, 7 output folder in use, 130 interrupted."""


class _Lazy(click.Group):
    """A group that knows its commands by name and imports one when it is called."""

    language = "en"
    """Of this call: read off its words before they are understood."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order of a user's day."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"enveloppe.commands.{cmd_name}").command
        if self.language == "fr":
            from enveloppe.help_language import french_command

            return french_command(command)
        return command

    def get_help(self, ctx: click.Context) -> str:
        """The help of the whole, in the language of the call."""
        if self.language != "fr":
            return super().get_help(ctx)
        from enveloppe.help_language import in_french, with_french_headings

        kept = self.help, self.epilog
        self.help, self.epilog = (in_french(text) for text in kept)
        try:
            return with_french_headings(super().get_help(ctx))
        finally:
            self.help, self.epilog = kept

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing any."""
        for heading, rows in (("Commands", COMMANDS), ("Shipped scenarios", SHIPPED)):
            with formatter.section(heading):
                formatter.write_dl([(name, self.told(text)) for name, text in rows.items()])

    def told(self, text: str) -> str:
        """A text of the help in the language of the call."""
        if self.language != "fr":
            return text
        from enveloppe.help_language import in_french

        return in_french(text) or ""

    def main(self, args: Sequence[str] | None = None, *rest: Any, **more: Any) -> Any:
        """Run, with errors of usage and interruptions told in the user's language."""
        from enveloppe.options import language_of_call

        words = list(sys.argv[1:] if args is None else args)
        self.language = language_of_call(words)
        try:
            code = super().main(words, *rest, **{**more, "standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as bare:
            bare.show()
            sys.exit(bare.exit_code)
        except click.ClickException as error:
            from enveloppe.usage_errors import shown

            click.echo(shown(error, self.language), err=True)
            sys.exit(error.exit_code)
        except click.Abort:
            from enveloppe.words import say

            click.echo(say("interrupted", self.language), err=True)
            sys.exit(INTERRUPTED)
        sys.exit(code if isinstance(code, int) else 0)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest the likely command for a misspelt one."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], list(COMMANDS), n=1)
            ctx.fail(f"No such command {args[0]!r}." + (f" Did you mean {near[0]!r}?" if near else ""))
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Lazy, epilog=EXAMPLES, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110}
)
@click.version_option(package_name="enveloppe")
@click.option("--no-color", is_flag=True, hidden=True)
@click.option("--lang", type=click.Choice(["fr", "en"]), hidden=True)
@click.option("--quiet", is_flag=True, hidden=True)
@click.option("--json", "as_json", is_flag=True, hidden=True)
@click.pass_context
def main(context: click.Context, /, **given: Any) -> None:
    """Project training requests, allocate a public envelope, and tell what will come of it."""
    # What every command takes may stand before the command as well.
    stated = {name: value for name, value in given.items() if value}
    context.default_map = dict.fromkeys(COMMANDS, stated)
