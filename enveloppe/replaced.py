"""Results of another question that stand in an output folder are told of before they are replaced."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from enveloppe.console import Console
from enveloppe.same_question import question_now, same_question, to_date
from scenarios.loading import Loaded

if TYPE_CHECKING:
    from enveloppe.actuals import Actuals


def tell_replaced(console: Console, folder: Path, loaded: Loaded, actuals: "Actuals | None") -> None:
    """Say whose results are replaced, where they are of another scenario or of other requests to date.

    Args:
        console: who speaks, on stderr.
        folder: of the results.
        loaded: the scenario that is about to be run.
        actuals: its requests to date, if any.

    Says nothing where nothing of ours stands there: a folder is never refused for it.
    """
    try:
        stored = json.loads((folder / "findings.json").read_bytes())
        scenario, day = stored["scenario"], to_date(stored).get("as_of")
        told = {"name": scenario["name"], "hash": str(scenario["hash"])[:12], "runs": scenario["runs"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return
    if same_question(stored, question_now(loaded, actuals)):
        return
    known = "" if day is None else console.say("replaces_known", day=day)
    console.tell(console.say("replaces", folder=folder, known=known, **told))
