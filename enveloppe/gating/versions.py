"""Which versions stand behind findings, and which differ between two: a changed answer has a cause to look at."""

import json
from pathlib import Path

LARGEST = 10_000_000


def versions_behind(file: Path, sha256: str) -> dict[str, str] | None:
    """The versions that the manifest beside findings tells.

    Args:
        file: the findings.
        sha256: of their bytes; a manifest that does not prove them is another's.

    Returns:
        The version of each package by its name; None where no manifest tells them.
    """
    manifest = file.with_name("manifest.json")
    try:
        if manifest.stat().st_size > LARGEST:
            return None
        proof = json.loads(manifest.read_bytes())["reproducible"]
        if proof["files"][file.name] != sha256:
            return None
        return {str(name): str(told)[:100] for name, told in dict(proof["versions"]).items()}
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None


def differing(before: dict[str, str], after: dict[str, str]) -> dict[str, list[str]]:
    """Packages of another version on either side; one that a side does not have is "none" there."""
    names = sorted(before.keys() | after.keys())
    pairs = {name: [before.get(name, "none"), after.get(name, "none")] for name in names}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
