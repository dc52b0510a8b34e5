"""Why a request is refused, in the order of the tables."""

from enum import IntEnum


class Refusal(IntEnum):
    """The reasons; NONE is that of a request that was not refused."""

    NONE = 0
    INELIGIBLE = 1
    LATE = 2
    """Decided on after the commitment deadline, or not at all."""
    TOO_LATE_TO_TRAIN = 3
    NOT_ENTITLED = 4
    AID_CEILING = 5
    PATIENCE = 6
    DEADLINE = 7
    """Still waiting for money at the commitment deadline."""
    CLOSED = 8
    """Filed after a closing of the steering rules."""
