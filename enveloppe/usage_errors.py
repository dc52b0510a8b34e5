"""What is wrong with a command line, in the user's language."""

import re
from functools import partial

import click

from enveloppe.options import ambient_language
from enveloppe.words import say

FRENCH = (
    (r"Missing argument (?P<name>.+)\.", "il manque l'argument {name}"),
    (r"Missing option (?P<name>.+)\.", "il manque l'option {name}"),
    (r"No such option:? '?(?P<name>[^']+?)'?\.", "il n'y a pas d'option {name}"),
    (r"No such command '(?P<name>[^']*)'\.", "il n'y a pas de commande {name}"),
    (r" ?\(Possible options: (?P<names>[^)]+)\)", " ; peut-être {names}"),
    (r" ?Did you mean one of: (?P<names>[^?]+)\?", " ; peut-être {names} ?"),
    (r" ?Did you mean '?(?P<name>[^'?]+)'?\?", " ; est-ce {name} ?"),
    (r"Option '(?P<name>[^']+)' requires an argument\.", "l'option {name} attend une valeur"),
    (r"Option '(?P<name>[^']+)' requires (?P<count>\d+) arguments\.", "l'option {name} attend {count} valeurs"),
    (r"Option '(?P<name>[^']+)' does not take a value\.", "l'option {name} n'attend pas de valeur"),
    (r"Got unexpected extra arguments? \((?P<names>.+)\)", "arguments en trop : {names}"),
    (r"Invalid value for (?P<name>'[^']+'|\S+): ", "valeur refusée pour {name} : "),
    (r"Invalid value: ", "valeur refusée : "),
    (r"(?P<value>'.*'|\S+) is not one of (?P<values>.+)\.", "{value} n'est pas parmi {values}"),
    (r"(?P<value>'.*'|\S+) is not a valid integer(?: range)?\.", "{value} n'est pas un nombre entier"),
    (r"(?P<value>'.*'|\S+) is not a valid float(?: range)?\.", "{value} n'est pas un nombre"),
    (r"(?P<value>\S+) is not in the range (?P<range>\S+)\.", "{value} n'est pas dans l'intervalle {range}"),
    (
        r"(?P<value>'[^']*') does not match the format '%Y-%m-%d'\.",
        "un jour s'écrit comme 2021-06-30, trouvé {value}",
    ),
    (r"(?:Path|File|Directory) (?P<place>'.*') does not exist\.", "{place} n'existe pas"),
    (r"(?:Path|File|Directory) (?P<place>'.*') is a file\.", "{place} est un fichier et non un dossier"),
    (r"(?:Path|File|Directory) (?P<place>'.*') is a directory\.", "{place} est un dossier et non un fichier"),
    (r"(?:Path|File|Directory) (?P<place>'.*') is not (?P<right>readable|writable)\.", "{place} n'est pas accessible"),
)
"""Patterns of click's own sentences, and what they say in French; a sentence that none matches stays as it is."""


def french(message: str) -> str:
    """One of click's sentences in French.

    Args:
        message: in English, as click formats it; sentences of ours pass through unchanged.

    Returns:
        In French, as far as the pattern is known.
    """
    for pattern, says in FRENCH:
        message = re.sub(pattern, partial(_filled, says), message, flags=re.DOTALL)
    return message


def _filled(text: str, found: re.Match[str]) -> str:
    return text.format(**found.groupdict())


def misused(key: str, option: str | None = None, **values: object) -> click.UsageError:
    """A usage error of ours, in the language of the call.

    Args:
        key: of the sentence in `enveloppe.words`.
        option: which option, where it is one.
        values: what its places hold.

    Returns:
        The error, to be raised (exit code 2).
    """
    context = click.get_current_context()
    message = say(key, context.params.get("lang") or ambient_language(), **values)
    if option is None:
        return click.UsageError(message, context)
    return click.BadParameter(message, context, param_hint=f"'{option}'")


def shown(error: click.ClickException, language: str) -> str:
    """A usage error as it is told: how the command is used, where help is, and what is wrong.

    Args:
        error: as click raised it.
        language: "fr" or "en".

    Returns:
        Text of one or several lines.
    """
    message, context = error.format_message(), getattr(error, "ctx", None)
    fr = language == "fr"
    lines = []
    if context is not None:
        usage = context.get_usage()
        lines.append(usage.replace("Usage:", "Usage :", 1) if fr else usage)
        hint = f"{context.command_path} --help"
        lines.append(f"L'aide : {hint}\n" if fr else f"Try '{hint}' for help.\n")
    lines.append(f"Erreur : {french(message)}" if fr else f"Error: {message}")
    return "\n".join(lines)
