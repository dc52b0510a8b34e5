"""Cases as data files that planners can read; a case without the source of its expected number is refused."""

from pathlib import Path
from typing import Any

import yaml

CASES = Path(__file__).parent / "cases"


class CaseWithoutSourceError(Exception):
    """A case does not say where its expected number comes from."""


def read_case(path: Path) -> dict[str, Any]:
    """One case file; raises CaseWithoutSourceError where `source` is missing or empty."""
    case: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not str(case.get("source") or "").strip():
        raise CaseWithoutSourceError(f"{path.name}: every case names the source of its expected number")
    return {**case, "file": path.name}


def cases_in(folder: str) -> list[dict[str, Any]]:
    """All cases of a folder below tests/cases, by file name."""
    return [read_case(path) for path in sorted((CASES / folder).glob("*.yaml"))]
