"""What the kernels share: rows are told, moments happen, events are planned."""

from sim.compiling import compiled
from sim.event_heap import push
from sim.event_key import key_of, kind_of, minute_of, place_of
from sim.life_state import KIND, NOW, PLACE, PLANNED, TOLD, LifeState


@compiled
def tell(life: LifeState, note: int, request: int, line: int, cents: int) -> None:
    """Write a row, with the accounts as they stand, where rows are asked for."""
    if life.tracing == 0:
        return
    numbers = life.numbers
    row = life.rows[numbers[TOLD]]
    numbers[TOLD] += 1
    row[0], row[1], row[2] = numbers[NOW], numbers[KIND], numbers[PLACE]
    row[3], row[4], row[5], row[6] = note, request, line, cents
    for number in range(7):
        row[7 + number] = numbers[number]
    for account in range(4):
        row[14 + account] = life.accounts[line, account] if line >= 0 else 0


@compiled
def happens(life: LifeState, key: int) -> None:
    """The moment that rows are told of from now on."""
    numbers = life.numbers
    numbers[NOW], numbers[KIND], numbers[PLACE] = minute_of(key), kind_of(key), place_of(key)


@compiled
def plan_event(life: LifeState, minute: int, kind: int, place: int) -> None:
    """Put an event into the calendar, unless it lies past the horizon."""
    if minute < life.horizon:
        life.numbers[PLANNED] = push(life.calendar, life.numbers[PLANNED], key_of(minute, kind, place))
