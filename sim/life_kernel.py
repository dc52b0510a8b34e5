"""The life of requests over plain arrays: what `sim.model` tells at leisure, event by event in the same order.

The kernel lives from one dated event to the next; the committee and amendments are decided between two calls, by
the very functions that the judge uses.
"""

from sim.compiling import compiled
from sim.event_heap import pop, push
from sim.event_key import FAR, key_of, kind_of, minute_of, place_of
from sim.happenings import NUMBER
from sim.kinds import Kind
from sim.life_state import (
    AFTER,
    AID_CEILING,
    AT_COMMITMENT,
    AT_FILING,
    BEFORE,
    COMMITTED,
    COMMITTED_AT,
    COMMITTED_CENTS,
    COMPANY,
    DUE_AT,
    ELIGIBLE,
    EXECUTED,
    FINISHING,
    FIRST,
    KIND,
    LAPSED,
    LAST,
    LAST_PATIENCE,
    LEAST,
    LINE,
    NEXT_DECISION,
    NEXT_PATIENCE,
    NOTIFIED,
    NOW,
    OPEN,
    PAID,
    PAID_AT,
    PARKED,
    PAYMENT_LAG,
    PLACE,
    PLANNED,
    PRICE_SHIFT,
    REFUSAL,
    RELEASED_CENTS,
    RESERVE,
    SEGMENT,
    SEGMENT_OF_LEAST,
    SERVED,
    SHORTFALL,
    TO_PAY,
    TOLD,
    TRAINEE_CENTS,
    TRAINEES,
    TRAINING,
    UNNOTIFIED,
    UNPAID_FIRST,
    UNPAID_LAST,
    WAITS,
    YEAR,
    Int,
    LifeState,
)
from sim.refusal import Refusal

_DAY = 24 * 60
_NOT_ENTITLED = -1
_GONE = -2
"""A request that waited and waits no longer."""
_UNKNOWN = -1

_SERVICE_DONE, _PATIENCE, _DUE = int(Kind.SERVICE_DONE), int(Kind.PATIENCE), int(Kind.DUE)
_INELIGIBLE, _LATE, _TOO_LATE, _UNENTITLED = (
    int(Refusal.INELIGIBLE),
    int(Refusal.LATE),
    int(Refusal.TOO_LATE_TO_TRAIN),
    int(Refusal.NOT_ENTITLED),
)
_AID, _IMPATIENT, _DEADLINE = int(Refusal.AID_CEILING), int(Refusal.PATIENCE), int(Refusal.DEADLINE)
_COMMITTED, _PARKED, _DONE = NUMBER["committed"], NUMBER["parked"], NUMBER["service done"]
_UNPAID, _PAID = NUMBER["due, waits for next year"], NUMBER["paid"]


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
def _plan(life: LifeState, minute: int, kind: int, place: int) -> None:
    if minute < life.horizon:
        life.numbers[PLANNED] = push(life.calendar, life.numbers[PLANNED], key_of(minute, kind, place))


@compiled
def trainee_cents(life: LifeState, place: int, minute: int) -> int:
    """The price of one trainee of a request committed at a minute; -1 where no rate holds."""
    shift = life.requests[place, PRICE_SHIFT]
    day = (shift if life.price_date == AT_FILING else minute + shift) // _DAY
    segment = life.days[min(day, len(life.days) - 1), SEGMENT]
    if segment < 0:
        return _NOT_ENTITLED
    return int(life.prices[segment, place])


# Money: the line's (or the pot's), then the reserve


@compiled
def _notify(life: LifeState, line: int, cents: int) -> None:
    life.numbers[UNNOTIFIED] -= cents
    life.accounts[line, OPEN] += cents
    life.accounts[line, NOTIFIED] += cents


@compiled
def _money_for(life: LifeState, line: int) -> int:
    own = life.numbers[UNNOTIFIED] if life.one_pot else life.accounts[line, OPEN]
    return int(own + life.numbers[RESERVE])


@compiled
def _find_money(life: LifeState, line: int, cents: int) -> bool:
    if cents > _money_for(life, line):
        return False
    if life.one_pot:
        _notify(life, line, min(cents, life.numbers[UNNOTIFIED]))
    lacking = cents - life.accounts[line, OPEN]
    if lacking > 0:
        life.numbers[RESERVE] -= lacking
        life.accounts[line, OPEN] += lacking
        life.accounts[line, NOTIFIED] += lacking
    return True


@compiled
def _queue_of(life: LifeState, place: int) -> int:
    return 0 if life.one_pot else int(life.requests[place, LINE])


@compiled
def _aid_allows(life: LifeState, company: int, cents: int, minute: int) -> bool:
    ceiling = life.days[minute // _DAY, AID_CEILING]
    return bool(ceiling < 0 or life.granted[company] + cents <= ceiling)


@compiled
def _commit(life: LifeState, place: int, each: int) -> None:
    request, fate, now = life.requests[place], life.fate[place], life.numbers[NOW]
    cents, line = each * request[TRAINEES], request[LINE]
    life.accounts[line, OPEN] -= cents
    life.accounts[line, TO_PAY] += cents
    life.numbers[COMMITTED] += cents
    life.granted[request[COMPANY]] += cents
    fate[COMMITTED_AT] = now
    fate[TRAINEE_CENTS] = each
    fate[COMMITTED_CENTS] = cents
    tell(life, _COMMITTED, place, line, cents)
    _plan(life, now + request[TRAINING], _SERVICE_DONE, place)


@compiled
def _refuse(life: LifeState, place: int, reason: int) -> None:
    life.fate[place, REFUSAL] = reason
    # A refusal's note has the number of its reason.
    tell(life, reason, place, life.requests[place, LINE], 0)


# A request is decided on


@compiled
def _decide(life: LifeState, place: int) -> None:
    request, now = life.requests[place], life.numbers[NOW]
    if request[ELIGIBLE] == 0:
        _refuse(life, place, _INELIGIBLE)
        return
    if now >= life.commitment_end:
        _refuse(life, place, _LATE)
        return
    if now + request[TRAINING] > life.execution_end:
        _refuse(life, place, _TOO_LATE)
        return
    each = trainee_cents(life, place, now)
    cents = each * request[TRAINEES]
    if each == _NOT_ENTITLED:
        _refuse(life, place, _UNENTITLED)
    elif not _aid_allows(life, request[COMPANY], cents, now):
        _refuse(life, place, _AID)
    elif (life.head_blocks and life.queues[_queue_of(life, place), FIRST] >= 0) or not _find_money(
        life, request[LINE], cents
    ):
        _park(life, place, cents)
    else:
        _commit(life, place, each)


# Waiting for money


@compiled
def _park(life: LifeState, place: int, cents: int) -> None:
    request, fate, now = life.requests[place], life.fate[place], life.numbers[NOW]
    queue = life.queues[_queue_of(life, place)]
    fate[PARKED] = now
    fate[WAITS] = 1
    fate[BEFORE], fate[AFTER] = queue[LAST], -1
    if queue[LAST] >= 0:
        life.fate[queue[LAST], AFTER] = place
    else:
        queue[FIRST] = place
    queue[LAST] = place
    queue[LEAST] = min(queue[LEAST], cents)
    tell(life, _PARKED, place, request[LINE], cents)
    numbers = life.numbers
    life.patience_ends[numbers[LAST_PATIENCE]] = key_of(now + life.patience, _PATIENCE, place)
    numbers[LAST_PATIENCE] += 1


@compiled
def _leave(life: LifeState, place: int) -> None:
    fate, queue = life.fate[place], life.queues[_queue_of(life, place)]
    before, after = fate[BEFORE], fate[AFTER]
    if before >= 0:
        life.fate[before, AFTER] = after
    else:
        queue[FIRST] = after
    if after >= 0:
        life.fate[after, BEFORE] = before
    else:
        queue[LAST] = before
    fate[WAITS] = 0


@compiled
def send_everyone_home(life: LifeState) -> None:
    """Nobody waits any longer."""
    for place in range(len(life.fate)):
        if life.fate[place, WAITS]:
            _leave(life, place)
            _refuse(life, place, _DEADLINE)


@compiled
def _try_again(life: LifeState, place: int) -> int:
    """Commit or refuse a waiting request (_GONE), or leave it waiting: what it asks for, cents."""
    request, now = life.requests[place], life.numbers[NOW]
    each = trainee_cents(life, place, now)
    cents = each * request[TRAINEES]
    if each != _NOT_ENTITLED and cents > _money_for(life, request[LINE]):
        return int(cents)
    _leave(life, place)
    if each == _NOT_ENTITLED:
        _refuse(life, place, _UNENTITLED)
    elif now + request[TRAINING] > life.execution_end:
        _refuse(life, place, _TOO_LATE)
    elif not _aid_allows(life, request[COMPANY], cents, now):
        _refuse(life, place, _AID)
    else:
        _find_money(life, request[LINE], cents)
        _commit(life, place, each)
    return _GONE


@compiled
def _segment_now(life: LifeState) -> int:
    """The segment of time in which no waiting request's price changes; -1 where each has its own."""
    if life.price_date == AT_FILING:
        return 0
    if life.price_date == AT_COMMITMENT:
        return int(life.days[life.numbers[NOW] // _DAY, SEGMENT] + 1)
    return _UNKNOWN


@compiled
def money_comes(life: LifeState, which: int) -> None:
    """Try those who wait in a queue again, in order, at the price of the day."""
    queue = life.queues[which]
    if queue[FIRST] < 0 or life.numbers[NOW] >= life.commitment_end:
        return
    if life.head_blocks:
        while queue[FIRST] >= 0 and _try_again(life, queue[FIRST]) == _GONE:
            pass
        return
    # While no price changes, less money than the cheapest who waits asks for serves nobody.
    segment = _segment_now(life)
    if segment != _UNKNOWN and segment == queue[SEGMENT_OF_LEAST] and _money_for(life, which) < queue[LEAST]:
        return
    anybody, least = False, 0
    place = queue[FIRST]
    while place >= 0:
        following = life.fate[place, AFTER]
        asked = _try_again(life, place)
        if asked != _GONE:
            least = min(least, asked) if anybody else asked
            anybody = True
        place = following
    queue[SEGMENT_OF_LEAST] = segment if anybody else _UNKNOWN
    queue[LEAST] = least


@compiled
def ask_by_line(life: LifeState, waiting: Int) -> None:
    """Add up, line by line, what those who wait would cost at the prices of the day."""
    for place in range(len(life.fate)):
        if life.fate[place, WAITS]:
            each = trainee_cents(life, place, life.numbers[NOW])
            if each != _NOT_ENTITLED:
                waiting[life.requests[place, LINE]] += each * life.requests[place, TRAINEES]


@compiled
def _patience_ends(life: LifeState, place: int) -> None:
    if life.fate[place, WAITS]:
        _leave(life, place)
        _refuse(life, place, _IMPATIENT)
        money_comes(life, _queue_of(life, place))


# Training, release, payment


@compiled
def _service_done(life: LifeState, place: int) -> None:
    request, fate, numbers = life.requests[place], life.fate[place], life.numbers
    now, line = numbers[NOW], request[LINE]
    executed = (fate[TRAINEE_CENTS] * request[FINISHING] * request[EXECUTED] + 5_000) // 10_000
    released = fate[COMMITTED_CENTS] - executed
    fate[SERVED] = now
    fate[RELEASED_CENTS] = released
    fate[DUE_AT] = now + request[PAYMENT_LAG]
    _plan(life, now + request[PAYMENT_LAG], _DUE, place)
    life.accounts[line, TO_PAY] -= released
    numbers[COMMITTED] -= released
    closing = min(numbers[SHORTFALL], released)
    numbers[SHORTFALL] -= closing
    life.accounts[line, NOTIFIED] -= closing
    back = released - closing
    if now < life.filing_end:
        life.accounts[line, OPEN] += back
    else:
        numbers[LAPSED] += back
        back = 0
    if back and life.one_pot:
        _notify(life, line, -back)
    tell(life, _DONE, place, line, released)
    if back:
        money_comes(life, _queue_of(life, place))


@compiled
def _within_year(life: LifeState, cents: int, year: int) -> bool:
    left = life.year_left[year]
    if left < 0:
        return True
    if cents > left:
        return False
    life.year_left[year] = left - cents
    return True


@compiled
def _pay(life: LifeState, place: int, cents: int) -> None:
    line = life.requests[place, LINE]
    life.accounts[line, TO_PAY] -= cents
    life.accounts[line, PAID] += cents
    life.fate[place, PAID_AT] = life.numbers[NOW]
    tell(life, _PAID, place, line, cents)


@compiled
def _falls_due(life: LifeState, place: int) -> None:
    numbers = life.numbers
    cents = life.fate[place, COMMITTED_CENTS] - life.fate[place, RELEASED_CENTS]
    year = life.days[numbers[NOW] // _DAY, YEAR]
    if numbers[UNPAID_FIRST] == numbers[UNPAID_LAST] and _within_year(life, cents, year):
        _pay(life, place, cents)
    else:
        life.unpaid[numbers[UNPAID_LAST]] = place
        numbers[UNPAID_LAST] += 1
        tell(life, _UNPAID, place, life.requests[place, LINE], cents)


@compiled
def turn_of_year(life: LifeState, year: int) -> None:
    """Pay what waited, in the order of falling due, as far as the new year's money goes."""
    numbers = life.numbers
    end = numbers[UNPAID_LAST]
    first = numbers[UNPAID_FIRST]
    while first < end:
        place = life.unpaid[first]
        cents = life.fate[place, COMMITTED_CENTS] - life.fate[place, RELEASED_CENTS]
        if not _within_year(life, cents, year):
            break
        first += 1
        _pay(life, place, cents)
    numbers[UNPAID_FIRST] = first


@compiled
def advance(life: LifeState, until: int) -> None:
    """Live all events of requests whose key comes before another."""
    numbers = life.numbers
    while True:
        following = numbers[NEXT_DECISION]
        decision = life.decisions[following] if following < len(life.decisions) else FAR
        patience = FAR
        if numbers[NEXT_PATIENCE] < numbers[LAST_PATIENCE]:
            patience = life.patience_ends[numbers[NEXT_PATIENCE]]
        planned = life.calendar[0] if numbers[PLANNED] > 0 else FAR
        key = min(decision, patience, planned)
        if key >= until:
            return
        place = place_of(key)
        happens(life, key)
        if key == decision:
            numbers[NEXT_DECISION] += 1
            _decide(life, place)
        elif key == patience:
            numbers[NEXT_PATIENCE] += 1
            _patience_ends(life, place)
        else:
            pop(life.calendar, numbers[PLANNED])
            numbers[PLANNED] -= 1
            if kind_of(key) == _SERVICE_DONE:
                _service_done(life, place)
            else:
                _falls_due(life, place)
