"""What may be committed, over plain arrays: as `sim.line_money` tells it."""

from sim.compiling import compiled
from sim.happenings import NUMBER
from sim.life_state import (
    APPROPRIATED,
    COMMITTED,
    LAPSED,
    LINE,
    NOTIFIED,
    OPEN,
    RESERVE,
    SHORTFALL,
    UNNOTIFIED,
    LifeState,
)
from sim.telling_kernel import tell

_DRAWN = NUMBER["drawn from the reserve"]


@compiled
def notify(life: LifeState, line: int, cents: int) -> None:
    """Unnotified to open; a negative amount takes money back."""
    life.numbers[UNNOTIFIED] -= cents
    life.accounts[line, OPEN] += cents
    life.accounts[line, NOTIFIED] += cents


@compiled
def _own_money(life: LifeState, line: int) -> int:
    """What is open on the line (or in the pot), and what may be committed beyond it."""
    numbers, account = life.numbers, life.accounts[line]
    own = numbers[UNNOTIFIED] if life.one_pot else account[OPEN]
    if life.over_points > 0 and numbers[SHORTFALL] == 0:
        pot = numbers[UNNOTIFIED] + numbers[COMMITTED] + numbers[LAPSED]
        own += max(pot if life.one_pot else account[NOTIFIED], 0) * life.over_points // 10_000
    return int(own)


@compiled
def money_for(life: LifeState, line: int) -> int:
    """What one more commitment on a line may come to."""
    numbers = life.numbers
    money = _own_money(life, line) + numbers[RESERVE]
    if numbers[APPROPRIATED] >= 0:
        money = min(money, numbers[APPROPRIATED] - numbers[COMMITTED] - numbers[LAPSED])
    return int(money)


@compiled
def find_money(life: LifeState, place: int, cents: int) -> bool:
    """Bring a request's whole money to its line, or leave all as it is."""
    line = life.requests[place, LINE]
    if cents > money_for(life, line):
        return False
    own = _own_money(life, line)
    if life.one_pot:
        notify(life, line, min(cents, own))
    lacking = cents - own
    if lacking > 0:
        life.numbers[RESERVE] -= lacking
        life.accounts[line, OPEN] += lacking
        life.accounts[line, NOTIFIED] += lacking
        tell(life, _DRAWN, place, line, lacking)
    return True
