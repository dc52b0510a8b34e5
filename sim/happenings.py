"""What can happen, in a word or two: the notes of a trace and their numbers."""

from sim.refusal import Refusal


def refused(refusal: Refusal) -> str:
    """The note of a refusal."""
    return f"refused: {refusal.name.lower().replace('_', ' ')}"


EVENT_NOTES = {
    "rate_change": "rates change",
    "support_suspended": "pay support suspended",
    "support_reopened": "pay support reopened",
    "demand_shock": "demand changes",
    "officers_change": "officers change",
    "instalment_late": "instalment late",
}
"""What is told of dated events that are no amendment, by kind."""

NOTES = (
    *(refused(reason) for reason in Refusal),
    "committed",
    "parked",
    "service done",
    "due, waits for next year",
    "paid",
    "notified: opening",
    "notified: committee",
    "notified: amendment",
    "committee sits",
    "committee sits, nothing moves",
    "envelope change",
    "fee not earned lapses",
    "filed",
    "sent back incomplete",
    "filed again",
    "complete",
    "found ineligible",
    "due, waits to be paid",
    "advance paid",
    "advance due, waits to be paid",
    "advance recovered",
    "instalment",
    "appropriations open",
    "parked for its quota",
    *EVENT_NOTES.values(),
    "drawn from the reserve",
)
"""Notes by number; a refusal's number is its reason's."""

NUMBER = {note: number for number, note in enumerate(NOTES)}
"""Numbers by note."""
