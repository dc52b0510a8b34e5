"""Quotas over plain arrays: as `sim.quotas` tells them."""

from sim.compiling import compiled
from sim.life_state import COMMITTED, LAPSED, LINE, NAMED, NOTIFIED, UNNOTIFIED, LifeState

_SHARE_POINTS, _MOST_CENTS = 0, 1
_NO_LIMIT = -1


@compiled
def quota_allows(life: LifeState, place: int, cents: int) -> bool:
    """Whether a request may be committed so much more within every quota that names it."""
    for number in range(len(life.quotas)):
        if life.steered[place, NAMED] >> number & 1 == 0:
            continue
        points = life.quotas[number, _SHARE_POINTS]
        if points == _NO_LIMIT:
            if life.quota_used[number, 0] + cents > life.quotas[number, _MOST_CENTS]:
                return False
        elif life.one_pot:
            pot = life.numbers[UNNOTIFIED] + life.numbers[COMMITTED] + life.numbers[LAPSED]
            if 10_000 * (life.quota_used[number, 0] + cents) > points * pot:
                return False
        else:
            line = life.requests[place, LINE]
            if 10_000 * (life.quota_used[number, line] + cents) > points * life.accounts[line, NOTIFIED]:
                return False
    return True


@compiled
def count_in_quotas(life: LifeState, place: int, cents: int) -> None:
    """A commitment, or what is given back (negative)."""
    for number in range(len(life.quotas)):
        if life.steered[place, NAMED] >> number & 1:
            by_line = life.quotas[number, _MOST_CENTS] == _NO_LIMIT and not life.one_pot
            line = life.requests[place, LINE] if by_line else 0
            life.quota_used[number, line] += cents
