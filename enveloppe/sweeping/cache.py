"""Answers of variants, found again by their content: the same question, engine and seed are the same folder."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from enveloppe.engine_digest import engine_digest
from enveloppe.folder import json_bytes
from reports.whole_file import write_whole
from scenarios.loading import canonical_json
from scenarios.sweeping.variants import Variant, Variants, alone

FINDINGS, NO_PLAN, MANIFEST = "findings.json", "no_plan.json", "manifest.json"


@dataclass(frozen=True)
class AnswerFolder:
    """Where the answer of one question stands, or will stand.

    Attributes:
        path: named by `key`.
        key: sha256 of all that the answer depends on.
    """

    path: Path
    key: str

    def claimed(self) -> bool:
        """Whether an answer seems to stand here (a manifest is written last); nothing is read."""
        return (self.path / MANIFEST).is_file()

    def answer(self) -> dict[str, Any] | None:
        """The answer, proven by the hash of every file; None where a file is missing, spoilt or of another question."""
        try:
            proof = json.loads((self.path / MANIFEST).read_bytes())["reproducible"]
            if proof["key"] != self.key:
                return None
            contents = {name: (self.path / name).read_bytes() for name in proof["files"]}
            if any(hashlib.sha256(contents[name]).hexdigest() != digest for name, digest in proof["files"].items()):
                return None
            found: dict[str, Any] = json.loads(contents[FINDINGS if FINDINGS in contents else NO_PLAN])
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None
        return found

    def seconds(self) -> dict[str, float]:
        """How long each step of the answer took; nothing where that is not known."""
        try:
            told = json.loads((self.path / MANIFEST).read_bytes())["timings_seconds"]
            return {str(step): float(taken) for step, taken in told.items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}

    def put(self, files: dict[str, bytes], seconds: dict[str, float], proof: dict[str, Any]) -> None:
        """Write an answer, its manifest last.

        Args:
            files: by name.
            seconds: how long each step took, outside what is hashed.
            proof: what the answer is of.

        Raises:
            OSError: where the folder cannot be written to; what stands then has no manifest and is not taken.
        """
        self.path.mkdir(parents=True, exist_ok=True)
        (self.path / MANIFEST).unlink(missing_ok=True)
        hashes = {name: write_whole(self.path / name, content) for name, content in files.items()}
        manifest = {
            "reproducible": {"key": self.key, **proof, "files": {name: hashes[name] for name in sorted(hashes)}},
            "timings_seconds": {step: round(taken, 6) for step, taken in seconds.items()},
        }
        write_whole(self.path / MANIFEST, json_bytes(manifest))


def folders_of(variants: Variants, folder: Path) -> list[AnswerFolder]:
    """Where each variant's answer stands, in their order.

    Args:
        variants: of a sweep.
        folder: of the sweep.
    """
    base = alone(variants.base)
    inputs = [[entry.key, entry.value, entry.source] for entry in base.register]
    shared = hashlib.sha256(canonical_json([inputs, engine_digest()]).encode("utf-8"))
    return [_folder(variant, shared, folder) for variant in variants.variants]


def _folder(variant: Variant, shared: Any, folder: Path) -> AnswerFolder:
    digest = shared.copy()
    digest.update(canonical_json([variant.hash, variant.given]).encode("utf-8"))
    key = digest.hexdigest()
    return AnswerFolder(folder / "variants" / key[:16], key)
