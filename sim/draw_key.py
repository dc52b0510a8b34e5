"""What the draws of a run depend on: variants that differ elsewhere meet the very same requests."""

import hashlib

from scenarios.loading import canonical_json, resolved
from scenarios.ordered_mappings import with_order
from scenarios.scenario import Scenario

NOT_DRAWN = (
    "name",
    "title_fr",
    "title_en",
    "language",
    "currency",
    "envelope_eur",
    "target_pathways",
    "lines",
    "runs",
    "exhaustion_share",
    "committee",
    "constraints",
    "planning",
    "calibration_targets",
    "sweep",
)
"""Sections that no draw reads; whatever stands not here counts, so that a new section is never forgotten."""


def draw_key(scenario: Scenario) -> str:
    """A sha256 of all that the draws of a scenario's runs depend on."""
    values = {key: with_order(key, value) for key, value in resolved(scenario).items() if key not in NOT_DRAWN}
    return hashlib.sha256(canonical_json(values).encode("utf-8")).hexdigest()
