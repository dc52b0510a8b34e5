"""What a gate asks, as a digest: an acceptance holds of this rule and of no other."""

import hashlib
import json

from enveloppe.gating.declaration import Gate, MovementGate


def rule_of(gate: Gate, rate: float) -> str:
    """The sha256 of a gate's definition.

    Args:
        gate: as declared; its name, its place and how its numbers are written do not matter.
        rate: of the file; it counts for a movement without a rate of its own.

    Returns:
        In hexadecimal. A key that is left out counts as its default does.
    """
    asked = gate.model_dump(mode="json", exclude={"name"}, exclude_none=True, exclude_defaults=True)
    if isinstance(gate, MovementGate):
        asked["rate"] = gate.rate or rate
    return hashlib.sha256(json.dumps(asked, sort_keys=True, allow_nan=False).encode("utf-8")).hexdigest()
