"""The simulated committee: one small function a policy, listed at the end by hand."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scenarios.committee import Policy
from scenarios.fungibility import movable_cents
from sim.ground import Ground
from sim.line_split import split_over_givers, split_over_lines


@dataclass(frozen=True)
class Sight:
    """What the committee sees on its date.

    Attributes:
        ground: the scenario laid out.
        open: by line, money that may be committed, cents.
        unnotified: money that no line has been given, cents.
        waiting: by line, what the requests parked there would cost at today's prices, cents.
        notified: by line, money notified so far, cents; what is open where it is not told.
    """

    ground: Ground
    open: Sequence[int]
    unnotified: int
    waiting: Sequence[int]
    notified: Sequence[int] = ()


Decision = Callable[[Sight], list[int]]
"""The change of each line's notified money, cents; the sum is taken from what is unnotified."""


@dataclass(frozen=True)
class Rule:
    """How money reaches requests under a policy.

    Attributes:
        one_pot: all lines draw on one pot, and one queue waits for it.
        decide: what the committee does on its dates.
    """

    one_pot: bool
    decide: Decision


def leave(sight: Sight) -> list[int]:
    """Nothing moves."""
    return [0] * len(sight.open)


def follow_the_queue(sight: Sight) -> list[int]:
    """Unspent money follows the queue: lines give what may be moved, and lines where requests wait receive it.

    Each line's movable open money and what is unnotified make a pool. Lines receive in proportion to what waits
    there beyond the money they keep, and never more than that: a line that kept half its money does not get the
    price of its whole queue on top. What is left of the pool goes back to the givers in proportion to what they
    gave. If nothing waits, nothing moves.
    """
    scenario, notified = sight.ground.scenario, sight.notified or sight.open
    gifts = movable_cents(scenario.committee.fungibility, sight.ground.cells, sight.open, notified)
    lacking = [
        max(waits - (held - gift), 0) for waits, held, gift in zip(sight.waiting, sight.open, gifts, strict=True)
    ]
    pool = sum(gifts) + sight.unnotified
    handed = min(pool, sum(lacking))
    if not handed:
        return leave(sight)
    received = split_over_lines(sight.ground, handed, lacking)
    back = split_over_givers(sight.ground, pool - handed, gifts, sight.unnotified)
    return [r + b - g for r, b, g in zip(received, back, gifts, strict=True)]


RULES: dict[Policy, Rule] = {
    "first_come": Rule(one_pot=True, decide=leave),
    "fixed": Rule(one_pot=False, decide=leave),
    "pro_rata": Rule(one_pot=False, decide=follow_the_queue),
}
"""The policies that need nothing but what stands here: a new one is one function above and one row here."""

ADVISED = Rule(one_pot=False, decide=leave)
"""Of the policies that are handed to the simulator: they decide by an adviser (`sim.sitting`)."""


def rule_of(policy: Policy) -> Rule:
    """The rule of a policy, whether it decides here or by an adviser."""
    return RULES.get(policy, ADVISED)
