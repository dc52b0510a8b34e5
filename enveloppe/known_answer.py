"""A run whose answer stands in its folder already, proven by hashes: nothing is simulated, reports are told again."""

import hashlib
import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

from enveloppe.engine_digest import engine_digest
from enveloppe.folder import json_bytes, swept
from enveloppe.sentences import with_sentences
from enveloppe.stored import renew_manifest
from reports.whole_file import write_whole
from reports.writing import write_report
from scenarios.loading import Loaded, canonical_json

PROVEN = ("findings.json", "runs.npz", "allocation.csv")
"""What an answer consists of; the rest of a folder is told from it."""


def answer_key(loaded: Loaded) -> str:
    """A sha256 of all that the answer to a plain run depends on: question, inputs with their sources, engine."""
    inputs = [[entry.key, entry.value, entry.source, entry.kind] for entry in loaded.register]
    parts = [loaded.hash, loaded.overrides, inputs, engine_digest()]
    return hashlib.sha256(canonical_json(parts).encode("utf-8")).hexdigest()


def known_answer(folder: Path, loaded: Loaded) -> dict[str, Any] | None:
    """The findings of a question, where its answer stands in a folder.

    Args:
        folder: of an earlier run, or a new one.
        loaded: the question.

    Returns:
        Its findings; None where the folder holds another answer, or not every file has the hash that its manifest says.
    """
    try:
        proof = json.loads((folder / "manifest.json").read_bytes())["reproducible"]
        if proof.get("answer_key") != answer_key(loaded):
            return None
        contents = {name: (folder / name).read_bytes() for name in PROVEN}
        if any(hashlib.sha256(contents[name]).hexdigest() != proof["files"][name] for name in PROVEN):
            return None
        found: dict[str, Any] = json.loads(contents["findings.json"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return found


def told_again(findings: dict[str, Any], loaded: Loaded, folder: Path, language: str) -> dict[str, Any]:
    """Write the reports of a known answer again, with the words of today.

    Args:
        findings: as they stand.
        loaded: the question.
        folder: held by this process.
        language: of the reports.

    Returns:
        The findings, with the sentences of today.

    Raises:
        OSError: where the folder cannot be written to.
    """
    swept(folder)
    told = with_sentences(findings, loaded.scenario.language)
    hashes = {"findings.json": write_whole(folder / "findings.json", json_bytes(told))}
    hashes |= write_report(told, folder, language, engine_version=version("enveloppe"))
    renew_manifest(folder, hashes, language)
    return told
