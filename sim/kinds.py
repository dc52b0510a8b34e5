"""Kinds of events, in the order in which they happen inside a minute."""

from enum import IntEnum


class Kind(IntEnum):
    """What happens; the total order of events is (minute, kind, place)."""

    OPENING = 0
    DEADLINE = 1
    ENVELOPE_CHANGE = 2
    EVENT = 3
    COMMITTEE = 4
    NEW_YEAR = 5
    SERVICE_DONE = 6
    FILING = 7
    EXAMINED = 8
    RETURNED = 9
    DECISION = 10
    PATIENCE = 11
    DUE = 12
    CLOSE = 13
