"""The front door: the trip from a scenario file to its reports, the command line, and what notebooks import.

`from enveloppe import load, run, compare` is all that a notebook needs (docs/notebook.md). Nothing heavy is imported
before one of these names is asked for.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from enveloppe.notebook.answer import Answer
    from enveloppe.notebook.api import compare, load, run
    from enveloppe.notebook.comparison import Comparison
    from enveloppe.notebook.question import Question

__all__ = ["Answer", "Comparison", "Question", "compare", "load", "run"]

_HOMES = {
    "load": "api",
    "run": "api",
    "compare": "api",
    "Question": "question",
    "Answer": "answer",
    "Comparison": "comparison",
}


def __getattr__(name: str) -> Any:
    """Find a public name in its module, imported only now."""
    if name not in _HOMES:
        raise AttributeError(f"module 'enveloppe' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"enveloppe.notebook.{_HOMES[name]}"), name)
