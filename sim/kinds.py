"""Kinds of events, in the order in which they happen inside a minute."""

from enum import IntEnum


class Kind(IntEnum):
    """What happens; the total order of events is (minute, kind, place)."""

    OPENING = 0
    DEADLINE = 1
    ENVELOPE_CHANGE = 2
    APPROPRIATIONS = 3
    COMMITTEE = 4
    NEW_YEAR = 5
    INSTALMENT = 6
    SERVICE_DONE = 7
    FILING = 8
    EXAMINED = 9
    RETURNED = 10
    DECISION = 11
    PATIENCE = 12
    ADVANCE = 13
    DUE = 14
    CLOSE = 15
