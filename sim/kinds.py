"""Kinds of events, in the order in which they happen inside a minute."""

from enum import IntEnum


class Kind(IntEnum):
    """What happens; the total order of events is (minute, kind, place)."""

    OPENING = 0
    DEADLINE = 1
    ENVELOPE_CHANGE = 2
    EVENT = 3
    APPROPRIATIONS = 4
    COMMITTEE = 5
    NEW_YEAR = 6
    INSTALMENT = 7
    SERVICE_DONE = 8
    FILING = 9
    EXAMINED = 10
    RETURNED = 11
    DECISION = 12
    PATIENCE = 13
    ADVANCE = 14
    DUE = 15
    CLOSE = 16
