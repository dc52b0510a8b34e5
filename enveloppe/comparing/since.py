"""What changed since the last committee: new findings beside stored ones, as a part of the new findings."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enveloppe.comparing.compared import compared
from enveloppe.comparing.side import Side
from enveloppe.comparing.stored_side import side_of


def with_since(findings: dict[str, Any], tables: Mapping[str, NDArray[np.int64]], last: Side | None) -> dict[str, Any]:
    """Findings that say what changed since last time.

    Args:
        findings: of this time.
        tables: its runs, as `runs.npz` holds them.
        last: the side of last time; None leaves the findings as they are.

    Returns:
        New findings with `since`, a comparison whose first side is last time (docs/comparison.md).
    """
    if last is None:
        return findings
    return {**findings, "since": compared([last, side_of(findings, dict(tables))], [None])}
