"""The manifest: what was written, from what, by which versions; timings stand apart from what is hashed."""

import platform
from importlib.metadata import version
from typing import Any

from scenarios.loading import Loaded

_COUNTED = ("enveloppe", "numpy", "scipy", "pulp", "highspy", "simpy", "numba", "matplotlib", "typst", "holidays")
"""The packages whose version may change a figure or a picture."""


def manifest_of(
    loaded: Loaded, hashes: dict[str, str], language: str, seconds: dict[str, float], key: str = ""
) -> dict[str, Any]:
    """The manifest of one output folder.

    Args:
        loaded: the scenario.
        hashes: sha256 of each file by its name.
        language: of the report.
        seconds: how long each step took.
        key: by which the answer is known again, absent where "".

    Returns:
        `reproducible` holds what must be the same on a second run; `timings_seconds` what need not.
    """
    return {
        "reproducible": {
            "scenario": loaded.scenario.name,
            "scenario_sha256": loaded.hash,
            "seed": loaded.scenario.seed,
            "runs": loaded.scenario.runs,
            "overrides": loaded.overrides,
            **({"answer_key": key} if key else {}),
            "report_language": language,
            "files": {name: hashes[name] for name in sorted(hashes)},
            "versions": versions(),
        },
        "timings_seconds": {step: round(taken, 3) for step, taken in seconds.items()},
    }


def versions() -> dict[str, str]:
    """The versions of what may change a figure or a picture."""
    return {"python": platform.python_version(), **{name: version(name) for name in _COUNTED}}


def rewritten(manifest: dict[str, Any], hashes: dict[str, str], language: str) -> dict[str, Any]:
    """The manifest of a folder whose reports were written again.

    Args:
        manifest: as it stood.
        hashes: sha256 of each file written again.
        language: of the reports.

    Returns:
        A new manifest; files that were not written again keep their hash.
    """
    proof = manifest["reproducible"]
    files = {**proof["files"], **hashes}
    kept = {name: files[name] for name in sorted(files)}
    return {**manifest, "reproducible": {**proof, "report_language": language, "files": kept}}
