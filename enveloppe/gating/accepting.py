"""Who accepted what, and why: a file beside the gates, for people and for the next judgement of the same findings."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from enveloppe.folder import json_bytes
from enveloppe.gating.judging import Judged, Stored
from enveloppe.gating.sentences import said
from reports.whole_file import write_whole
from scenarios.problems import InputRefused, Place, Problem

SCHEMA = 1
LARGEST = 10_000_000


def acceptances_file(gates: Path) -> Path:
    """Where acceptances stand: beside the gates file, under its name."""
    return gates.with_name(f"{gates.stem}.accepted.json")


def acceptances(file: Path) -> list[dict[str, Any]]:
    """What was accepted so far.

    Args:
        file: may be missing.

    Returns:
        Entries {gate, rule?, findings, baseline?, found, author, reason, day}.

    Raises:
        InputRefused: where the file is not what this engine writes.
    """
    if not file.exists():
        return []
    try:
        if file.stat().st_size > LARGEST:
            raise InputRefused([Problem(Place(str(file)), "too_large", details={"limit": LARGEST})])
        found = json.loads(file.read_bytes())
        entries: list[dict[str, Any]] = found["accepted"]
        if found["schema"] != SCHEMA or not all(isinstance(entry["gate"], str) for entry in entries):
            raise InputRefused([Problem(Place(str(file)), "not_acceptances")])
    except OSError as error:
        details = {"reason": error.strerror or type(error).__name__}
        raise InputRefused([Problem(Place(str(file)), "unreadable", details=details)]) from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise InputRefused([Problem(Place(str(file)), "not_acceptances")]) from None
    return entries


def with_acceptances(
    told: list[Judged], entries: list[dict[str, Any]], stored: Stored, baseline: Stored | None, language: str
) -> list[Judged]:
    """Gates that failed on these very findings (and baseline), by the very rule that was accepted, count as accepted.

    Args:
        told: as judged.
        entries: what was accepted; of several for one gate and rule the last counts. One of another rule, or of none
            (older records did not keep it), is told and not applied.
        stored, baseline: what was judged.
        language: of the reasons.
    """
    mine = [entry for entry in entries if _of(entry) == (stored.sha256, _sha(baseline))]
    of_these = {(entry["gate"], entry.get("rule")): entry for entry in mine}
    others = {entry["gate"]: entry for entry in mine}
    out = []
    for one in told:
        entry, other = of_these.get((one.name, one.rule)), others.get(one.name)
        if one.status == "fail" and entry is not None:
            author, why = str(entry.get("author", "")), str(entry.get("reason", ""))
            reason = said("accepted", language, reason=one.reason, author=author, why=why)
            one = replace(one, status="accepted", reason=reason, details={**one.details, "accepted_by": author})
        elif one.status == "fail" and other is not None:
            key = "accepted_other_rule" if other.get("rule") else "accepted_no_rule"
            one = replace(one, reason=said(key, language, reason=one.reason, author=str(other.get("author", ""))))
        out.append(one)
    return out


def accept(
    file: Path, told: list[Judged], stored: Stored, baseline: Stored | None, *, author: str, reason: str, day: str
) -> list[dict[str, Any]]:
    """Record that the failures of these findings are accepted.

    Args:
        file: of acceptances; entries are only ever added.
        told: as judged.
        stored, baseline: what was judged.
        author, reason: who accepts, and why.
        day: when, as YYYY-MM-DD.

    Returns:
        All entries, the new ones last.

    Raises:
        OSError: where the file cannot be written.
    """
    new = [
        {
            "gate": one.name,
            "rule": one.rule,
            "findings": stored.sha256,
            **({} if baseline is None else {"baseline": baseline.sha256}),
            "found": one.reason,
            "author": author,
            "reason": reason,
            "day": day,
        }
        for one in told
        if one.status == "fail"
    ]
    before = acceptances(file)
    # The same call again, after a stop say, records nothing twice.
    new = [entry for entry in new if entry not in before]
    entries = [*before, *new]
    if new:
        write_whole(file, json_bytes({"schema": SCHEMA, "accepted": entries}))
    return entries


def _of(entry: dict[str, Any]) -> tuple[Any, Any]:
    return entry.get("findings"), entry.get("baseline")


def _sha(stored: Stored | None) -> str | None:
    return None if stored is None else stored.sha256
