"""Results of another question that stand in an output folder are told of before they are replaced."""

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enveloppe.console import Console
from forecast.findings import map_sha256
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
        scenario, forecast = stored["scenario"], stored.get("forecast") or {}
        before = (scenario["hash"], *_known(forecast))
        told = {"name": scenario["name"], "hash": str(scenario["hash"])[:12], "runs": scenario["runs"]}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return
    after: tuple[str | None, ...] = (loaded.hash, None, None, None)
    if actuals is not None:
        read = hashlib.sha256(actuals.file.read_bytes()).hexdigest()
        after = (loaded.hash, actuals.as_of.isoformat(), read, map_sha256(actuals.known))
    if before == after:
        return
    day = before[1]
    known = "" if day is None else console.say("replaces_known", day=day)
    console.tell(console.say("replaces", folder=folder, known=known, **told))


def _known(forecast: dict[str, Any]) -> tuple[Any, Any, Any]:
    export = forecast.get("export") or {}
    return forecast.get("as_of"), export.get("sha256"), export.get("map_sha256")
