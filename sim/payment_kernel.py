"""Payments over plain arrays: advances and balances, the year's money, the State's cash, as `sim.paying` tells them.

A claim is twice the request's place, and 1 more for an advance.
"""

from sim.compiling import compiled
from sim.happenings import NUMBER
from sim.kinds import Kind
from sim.life_state import (
    ADVANCE_CENTS,
    ADVANCE_DUE,
    ADVANCE_LAG,
    ADVANCE_PAID,
    CASH,
    COMMITTED_CENTS,
    EARLIER_BY,
    LINE,
    NOW,
    PAID,
    PAID_AT,
    RECOVERED_CENTS,
    RELEASED_CENTS,
    TO_PAY,
    UNPAID_FIRST,
    UNPAID_LAST,
    YEAR,
    LifeState,
)
from sim.telling_kernel import plan_event, tell

_DAY = 24 * 60
_NEVER = 2**52
_ADVANCE = int(Kind.ADVANCE)
_PAID, _ADVANCE_PAID = NUMBER["paid"], NUMBER["advance paid"]
_ADVANCE_UNPAID = NUMBER["advance due, waits to be paid"]


@compiled
def promise_advance(life: LifeState, place: int, cents: int) -> None:
    """The advance of a new commitment, and when it falls due."""
    advance = life.advances[place]
    advance[ADVANCE_CENTS] = (2 * cents * life.advance_points + 10_000) // 20_000
    advance[ADVANCE_DUE] = life.numbers[NOW] + advance[ADVANCE_LAG]
    plan_event(life, advance[ADVANCE_DUE], _ADVANCE, place)


@compiled
def advance_too_large_by(life: LifeState, place: int, executed: int) -> int:
    """What was promised and is not due after all: the advance is cut to what is due, what was paid is to come back."""
    advance = life.advances[place]
    too_much = max(advance[ADVANCE_CENTS] - executed, 0)
    advance[ADVANCE_CENTS] -= too_much
    if advance[ADVANCE_PAID] < _NEVER:
        advance[RECOVERED_CENTS] = too_much
    return int(too_much)


@compiled
def _within(life: LifeState, cents: int) -> bool:
    """Take what is to be paid from the year's money and from the cash, or leave all as it is."""
    if cents == 0:
        return True
    numbers = life.numbers
    day = life.days[numbers[NOW] // _DAY]
    left = life.year_left[day[YEAR]]
    if left >= 0 and cents > left:
        return False
    if life.cash_counts:
        if cents > numbers[CASH] - day[EARLIER_BY]:
            return False
        numbers[CASH] -= cents
    if left >= 0:
        life.year_left[day[YEAR]] = left - cents
    return True


@compiled
def _owed(life: LifeState, claim: int) -> int:
    place = claim // 2
    if claim % 2:
        return int(life.advances[place, ADVANCE_CENTS])
    fate = life.fate[:, place]
    advanced = life.advances[place, ADVANCE_CENTS] if len(life.advances) > 0 else 0
    return int(fate[COMMITTED_CENTS] - fate[RELEASED_CENTS] - advanced)


@compiled
def _pay(life: LifeState, claim: int, cents: int) -> None:
    place = claim // 2
    line = life.requests[place, LINE]
    life.accounts[line, TO_PAY] -= cents
    life.accounts[line, PAID] += cents
    if claim % 2:
        life.advances[place, ADVANCE_PAID] = life.numbers[NOW]
        tell(life, _ADVANCE_PAID, place, line, cents)
    else:
        life.fate[PAID_AT, place] = life.numbers[NOW]
        tell(life, _PAID, place, line, cents)


@compiled
def falls_due(life: LifeState, claim: int) -> None:
    """A claim is paid at once, or waits."""
    numbers = life.numbers
    cents = _owed(life, claim)
    if cents == 0 or (numbers[UNPAID_FIRST] == numbers[UNPAID_LAST] and _within(life, cents)):
        _pay(life, claim, cents)
    else:
        life.unpaid[numbers[UNPAID_LAST]] = claim
        numbers[UNPAID_LAST] += 1
        note = _ADVANCE_UNPAID if claim % 2 else life.unpaid_note
        tell(life, note, claim // 2, life.requests[claim // 2, LINE], cents)


@compiled
def pay_what_waits(life: LifeState) -> None:
    """Pay what is due and waits, in the order of falling due, as far as the money goes."""
    numbers = life.numbers
    while numbers[UNPAID_FIRST] < numbers[UNPAID_LAST]:
        claim = life.unpaid[numbers[UNPAID_FIRST]]
        cents = _owed(life, claim)
        if not _within(life, cents):
            return
        numbers[UNPAID_FIRST] += 1
        _pay(life, claim, cents)


@compiled
def take_back(life: LifeState, cents: int) -> None:
    """A recovered advance can be paid out again; one that waits and was cut asks for less than before."""
    numbers = life.numbers
    numbers[CASH] += cents
    year = life.days[numbers[NOW] // _DAY, YEAR]
    if life.year_left[year] >= 0:
        life.year_left[year] += cents
    pay_what_waits(life)
