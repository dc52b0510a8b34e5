"""What became of the envelope: its dated changes, those that came in some runs only among them."""

from dataclasses import dataclass

from reports.reading import Found


@dataclass(frozen=True)
class EnvelopeChanged:
    """A dated change of the envelope.

    Attributes:
        event: as the scenario declares it, with its `date` and `amount_cents`.
        came: the share of the runs in which it came; None where it was certain.
        mean_cents: by how much it changed the envelope on the mean of the runs.
    """

    event: Found
    came: Found | None
    mean_cents: float


def envelope_changes(findings: Found) -> list[EnvelopeChanged]:
    """Every change of the envelope that is not nothing, in the order of the dates."""
    lived = list(findings.items("simulation.events"))
    changes = []
    for number, event in enumerate(findings.items("scenario.events")):
        cents = event.number("amount_cents")
        if not cents:
            continue
        if event.get("probability") is None or number >= len(lived):
            changes.append(EnvelopeChanged(event, None, cents))
            continue
        told = lived[number]
        changes.append(EnvelopeChanged(event, told["happened.mean"], float(told["change_cents.mean"].value)))
    return changes
