"""Kinds of events, in the order in which they happen inside a minute."""

from enum import IntEnum


class Kind(IntEnum):
    """What happens; the total order of events is (minute, kind, place)."""

    OPENING = 0
    DEADLINE = 1
    ENVELOPE_CHANGE = 2
    COMMITTEE = 3
    NEW_YEAR = 4
    SERVICE_DONE = 5
    FILING = 6
    EXAMINED = 7
    RETURNED = 8
    DECISION = 9
    PATIENCE = 10
    DUE = 11
    CLOSE = 12
