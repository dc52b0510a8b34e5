"""Findings read back from their file."""

import json
from pathlib import Path
from typing import Any

from enveloppe.findings import SCHEMA
from enveloppe.folder import json_bytes
from enveloppe.manifest import rewritten
from reports.whole_file import write_whole
from scenarios.asked_again import asked_again
from scenarios.loading import Loaded
from scenarios.problems import InputRefused, Place, Problem

LARGEST_FINDINGS = 200_000_000


def stored_findings(file: Path) -> dict[str, Any]:
    """Read a findings file.

    Args:
        file: findings.json.

    Returns:
        The findings.

    Raises:
        InputRefused: where the file is missing, is not JSON, or is not findings of this schema.
    """
    try:
        if file.stat().st_size > LARGEST_FINDINGS:
            raise InputRefused([Problem(Place(str(file)), "too_large", details={"limit": LARGEST_FINDINGS})])
        found = json.loads(file.read_bytes())
    except OSError as error:
        details = {"reason": error.strerror or type(error).__name__}
        raise InputRefused([Problem(Place(str(file)), "unreadable", details=details)]) from None
    except (ValueError, RecursionError):
        raise InputRefused([Problem(Place(str(file)), "not_findings")]) from None
    if isinstance(found, dict) and isinstance(found.get("schema"), int) and found["schema"] != SCHEMA:
        other = {"found": found["schema"], "expected": SCHEMA}
        raise InputRefused([Problem(Place(str(file), 1), "findings_schema", "schema", other)])
    needed = ("scenario", "plan", "simulation", "assumptions")
    if not isinstance(found, dict) or found.get("schema") != SCHEMA or any(key not in found for key in needed):
        raise InputRefused([Problem(Place(str(file)), "not_findings")])
    if not isinstance(found["scenario"], dict) or found["scenario"].get("language") not in ("fr", "en"):
        raise InputRefused([Problem(Place(str(file)), "finding_missing", details={"found": "scenario.language"})])
    return found


def question_of(findings: dict[str, Any], file: str) -> Loaded:
    """The question that findings answer, wherever its file is now.

    Args:
        findings: with a `question`.
        file: its name, for problems.

    Returns:
        The question with the sources that the findings tell.

    Raises:
        InputRefused: where it is no sound question, or not the one that the findings bear the hash of.
    """
    told = findings["scenario"]
    rows = [row for row in findings["assumptions"] if isinstance(row, dict)] if findings["assumptions"] else []
    sources = {str(row.get("key")): str(row["source"]) for row in rows if row.get("source")}
    overrides = {str(key): str(value) for key, value in dict(told.get("overrides") or {}).items()}
    loaded = asked_again(findings["question"], sources, overrides, file)
    if loaded.hash != told.get("hash"):
        raise InputRefused([Problem(Place(file), "not_findings")])
    return loaded


def renew_manifest(folder: Path, hashes: dict[str, str], language: str) -> None:
    """Bring the manifest of a folder up to date after its reports were written again.

    Args:
        folder: where the reports stand; without a manifest nothing is done.
        hashes: sha256 of each file written again.
        language: of the reports.
    """
    file = folder / "manifest.json"
    try:
        manifest = json.loads(file.read_bytes())
        renewed = rewritten(manifest, hashes, language)
    except (OSError, ValueError, KeyError, TypeError):
        return  # no manifest of ours stands here
    write_whole(file, json_bytes(renewed))
