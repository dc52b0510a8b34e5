"""What a committee weighed before it decided: the figures that its reasons are told from."""

from typing import NamedTuple


class Weighed(NamedTuple):
    """What a committee that moves money looked at before it decided, by line, cents.

    Attributes:
        open: what each line could commit.
        waiting: what waited there.
        forecast: what was still expected there; empty under a policy that forecasts nothing.
        given_up: of each of `BOUND_NAMES`, 1 where it had to give way; empty where none had to.
    """

    open: tuple[int, ...]
    waiting: tuple[int, ...]
    forecast: tuple[int, ...]
    given_up: tuple[int, ...] = ()
