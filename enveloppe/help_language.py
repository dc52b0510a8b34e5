"""A command's help in the user's language."""

import copy
import inspect

import click

from enveloppe.help_french import FRENCH, HEADINGS


def in_french(text: str | None) -> str | None:
    """A text of a help in French; as it stands where there is nothing to translate, such as bare examples.

    Args:
        text: in English, as the code has it; None where there is none.

    Returns:
        In French, with the heading of its examples.
    """
    if text is None:
        return None
    english = inspect.cleandoc(text)
    return FRENCH.get(english, text.replace("\nExamples:\n", "\nExemples :\n").replace("\nExample:\n", "\nExemple :\n"))


def with_french_headings(text: str) -> str:
    """A formatted help whose headings, which click writes itself, are in French."""
    for english, french in HEADINGS.items():
        text = text.replace(english, french)
    return text


class _French(click.Command):
    """A command that helps in French."""

    def get_help(self, ctx: click.Context) -> str:
        """The whole help."""
        return with_french_headings(super().get_help(ctx))


def french_command(command: click.Command) -> click.Command:
    """A copy of a command that helps in French; the command itself is left as it is.

    Args:
        command: with its help in English.

    Returns:
        Another command that does the same.
    """
    params = [copy.copy(param) for param in command.params]
    for param in params:
        if isinstance(param, click.Option):
            param.help = in_french(param.help)
    return _French(
        command.name,
        context_settings=command.context_settings,
        callback=command.callback,
        params=params,
        help=in_french(command.help),
        epilog=in_french(command.epilog),
    )
