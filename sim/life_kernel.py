"""The life of requests over plain arrays: what `sim.model` tells at leisure, event by event in the same order.

The kernel lives from one dated event to the next; the committee and amendments are decided between two calls, by
the very functions that the judge uses.
"""

from sim.compiling import compiled
from sim.event_heap import pop
from sim.event_key import FAR, key_of, kind_of, place_of
from sim.happenings import NUMBER
from sim.kinds import Kind
from sim.life_state import (
    AFTER,
    AID_CEILING,
    APPROPRIATED,
    AT_COMMITMENT,
    AT_FILING,
    BEFORE,
    BLOCKED_IN,
    COMMITTED,
    COMMITTED_AT,
    COMMITTED_CENTS,
    COMPANY,
    DUE_AT,
    ELIGIBLE,
    EXECUTED,
    FINISHING,
    FIRST,
    FOR_MONEY,
    FOR_QUOTA,
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
    PARKED,
    PASSES,
    PAYMENT_LAG,
    PLANNED,
    PRICE_SHIFT,
    RANK,
    RECOVERED_CENTS,
    REFUSAL,
    RELEASED_CENTS,
    SEGMENT,
    SEGMENT_OF_LEAST,
    SERVED,
    SHORTFALL,
    TO_PAY,
    TRAINEE_CENTS,
    TRAINEES,
    TRAINING,
    WAITS,
    WAITS_SINCE,
    Int,
    LifeState,
)
from sim.money_kernel import find_money, money_for, notify
from sim.payment_kernel import advance_too_large_by, falls_due, promise_advance, take_back
from sim.quota_kernel import count_in_quotas, quota_allows
from sim.refusal import Refusal
from sim.telling_kernel import happens, plan_event, tell

_DAY = 24 * 60
_NOT_ENTITLED = -1
_GONE = -2
"""A request that waited and waits no longer."""
_UNKNOWN = -1

_SERVICE_DONE, _PATIENCE, _DUE = int(Kind.SERVICE_DONE), int(Kind.PATIENCE), int(Kind.DUE)
_ADVANCE = int(Kind.ADVANCE)
_INELIGIBLE, _LATE, _TOO_LATE, _UNENTITLED = (
    int(Refusal.INELIGIBLE),
    int(Refusal.LATE),
    int(Refusal.TOO_LATE_TO_TRAIN),
    int(Refusal.NOT_ENTITLED),
)
_AID, _IMPATIENT, _DEADLINE = int(Refusal.AID_CEILING), int(Refusal.PATIENCE), int(Refusal.DEADLINE)
_PARKED_FOR_QUOTA, _CLOSED = NUMBER["parked for its quota"], int(Refusal.CLOSED)
_NEVER = 2**52
_COMMITTED, _PARKED, _DONE = NUMBER["committed"], NUMBER["parked"], NUMBER["service done"]
_RECOVERED = NUMBER["advance recovered"]


@compiled
def trainee_cents(life: LifeState, place: int, minute: int) -> int:
    """The price of one trainee of a request committed at a minute; -1 where no rate holds."""
    shift = life.requests[place, PRICE_SHIFT]
    day = (shift if life.price_date == AT_FILING else minute + shift) // _DAY
    segment = life.days[min(day, len(life.days) - 1), SEGMENT]
    if segment < 0:
        return _NOT_ENTITLED
    return int(life.prices[segment, place])


@compiled
def _queue_of(life: LifeState, place: int) -> int:
    """The row of a request's queue, that of its first rank."""
    return 0 if life.one_pot else int(life.requests[place, LINE]) * life.ranks


@compiled
def _row_of(life: LifeState, place: int) -> int:
    """The row of a request's own rank in its queue."""
    return _queue_of(life, place) + (int(life.steered[place, RANK]) if life.ranks > 1 else 0)


@compiled
def _aid_allows(life: LifeState, company: int, cents: int, minute: int) -> bool:
    ceiling = life.days[minute // _DAY, AID_CEILING]
    return bool(ceiling < 0 or life.granted[company] + cents <= ceiling)


@compiled
def _commit(life: LifeState, place: int, each: int) -> None:
    request, fate, now = life.requests[place], life.fate[:, place], life.numbers[NOW]
    cents, line = each * request[TRAINEES], request[LINE]
    life.accounts[line, OPEN] -= cents
    life.accounts[line, TO_PAY] += cents
    life.numbers[COMMITTED] += cents
    life.granted[request[COMPANY]] += cents
    count_in_quotas(life, place, cents)
    fate[COMMITTED_AT] = now
    fate[TRAINEE_CENTS] = each
    fate[COMMITTED_CENTS] = cents
    tell(life, _COMMITTED, place, line, cents)
    plan_event(life, now + request[TRAINING], _SERVICE_DONE, place)
    if life.advance_points > 0:
        promise_advance(life, place, cents)


@compiled
def _refuse(life: LifeState, place: int, reason: int) -> None:
    life.fate[REFUSAL, place] = reason
    # A refusal's note has the number of its reason.
    tell(life, reason, place, life.requests[place, LINE], 0)


# A request is decided on


@compiled
def _decide(life: LifeState, place: int) -> None:
    request, now = life.requests[place], life.numbers[NOW]
    if request[ELIGIBLE] != 1:
        _refuse(life, place, _INELIGIBLE if request[ELIGIBLE] == 0 else _CLOSED)
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
    elif not quota_allows(life, place, cents):
        _park(life, place, cents, 1)
    elif (life.head_blocks and life.queues[_queue_of(life, place), FOR_MONEY] > 0) or not find_money(
        life, place, cents
    ):
        _park(life, place, cents, 0)
    else:
        _commit(life, place, each)


# Waiting for money


@compiled
def _park(life: LifeState, place: int, cents: int, for_quota: int) -> None:
    request, fate, now = life.requests[place], life.fate[:, place], life.numbers[NOW]
    queue, row = life.queues[_queue_of(life, place)], life.queues[_row_of(life, place)]
    fate[WAITS] = 1
    fate[BEFORE], fate[AFTER] = row[LAST], -1
    if row[LAST] >= 0:
        life.fate[AFTER, row[LAST]] = place
    else:
        row[FIRST] = place
    row[LAST] = place
    queue[LEAST] = min(queue[LEAST], cents)
    if len(life.quota_waits) > 0:
        life.quota_waits[place, WAITS_SINCE], life.quota_waits[place, FOR_QUOTA] = now, for_quota
    if for_quota:
        tell(life, _PARKED_FOR_QUOTA, place, request[LINE], cents)
    else:
        queue[FOR_MONEY] += 1
        _finds_no_money(life, place, cents)
    numbers = life.numbers
    life.patience_ends[numbers[LAST_PATIENCE]] = key_of(now + life.patience, _PATIENCE, place)
    numbers[LAST_PATIENCE] += 1


@compiled
def _finds_no_money(life: LifeState, place: int, cents: int) -> None:
    if life.fate[PARKED, place] == _NEVER:
        life.fate[PARKED, place] = life.numbers[NOW]
        tell(life, _PARKED, place, life.requests[place, LINE], cents)


@compiled
def _waits_for_quota(life: LifeState, place: int) -> bool:
    return len(life.quota_waits) > 0 and life.quota_waits[place, FOR_QUOTA] == 1


@compiled
def _now_for(life: LifeState, place: int, quota: int) -> None:
    """Who waits, waits from now on for its quota, or for money."""
    if len(life.quota_waits) > 0 and life.quota_waits[place, FOR_QUOTA] != quota:
        life.quota_waits[place, FOR_QUOTA] = quota
        life.queues[_queue_of(life, place), FOR_MONEY] += -1 if quota else 1


@compiled
def _leave(life: LifeState, place: int) -> None:
    fate, row = life.fate[:, place], life.queues[_row_of(life, place)]
    before, after = fate[BEFORE], fate[AFTER]
    if before >= 0:
        life.fate[AFTER, before] = after
    else:
        row[FIRST] = after
    if after >= 0:
        life.fate[BEFORE, after] = before
    else:
        row[LAST] = before
    fate[WAITS] = 0
    if not _waits_for_quota(life, place):
        life.queues[_queue_of(life, place), FOR_MONEY] -= 1


@compiled
def send_everyone_home(life: LifeState) -> None:
    """Nobody waits any longer."""
    for place in range(life.fate.shape[1]):
        if life.fate[WAITS, place]:
            _leave(life, place)
            _refuse(life, place, _DEADLINE)


@compiled
def _refused_while_waiting(life: LifeState, place: int, each: int) -> int:
    """Why a waiting request will not be committed, however much money comes; 0 where it may be."""
    request, now = life.requests[place], life.numbers[NOW]
    if each == _NOT_ENTITLED:
        return _UNENTITLED
    if now + request[TRAINING] > life.execution_end:
        return _TOO_LATE
    if not _aid_allows(life, request[COMPANY], each * request[TRAINEES], now):
        return _AID
    return 0


@compiled
def _try_again(life: LifeState, place: int) -> int:
    """Commit or refuse a waiting request (_GONE), or leave it waiting: what it asks for, cents."""
    request, now = life.requests[place], life.numbers[NOW]
    each = trainee_cents(life, place, now)
    cents = each * request[TRAINEES]
    reason = _refused_while_waiting(life, place, each)
    if reason == 0 and not quota_allows(life, place, cents):
        _now_for(life, place, 1)
        return int(cents)
    if reason == 0 and not find_money(life, place, cents):
        _now_for(life, place, 0)
        _finds_no_money(life, place, cents)
        return int(cents)
    _leave(life, place)
    if reason:
        _refuse(life, place, reason)
    else:
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
def _serves_nobody(life: LifeState, which: int) -> bool:
    """While no price changes, less money than the cheapest who waits asks for serves nobody."""
    queue, segment = life.queues[which], _segment_now(life)
    return bool(
        segment != _UNKNOWN
        and segment == queue[SEGMENT_OF_LEAST]
        and money_for(life, which // life.ranks) < queue[LEAST]
    )


@compiled
def everyone_tries(life: LifeState) -> None:
    """Money that any line may use has come, or prices have changed: all who wait try again, in order."""
    numbers = life.numbers
    if numbers[NOW] >= life.commitment_end:
        return
    numbers[PASSES] += 1
    for rank in range(life.ranks):
        for row in range(numbers[NEXT_PATIENCE], numbers[LAST_PATIENCE]):
            place = place_of(life.patience_ends[row])
            if life.fate[WAITS, place] == 0 or (life.ranks > 1 and life.steered[place, RANK] != rank):
                continue
            queue = _queue_of(life, place)
            if life.head_blocks:
                if life.queues[queue, BLOCKED_IN] == numbers[PASSES]:
                    continue
            elif _serves_nobody(life, queue):
                continue
            if _try_again(life, place) != _GONE and not _waits_for_quota(life, place):
                life.queues[queue, BLOCKED_IN] = numbers[PASSES]


@compiled
def _nobody_waits(life: LifeState, which: int) -> bool:
    waiting = 0
    for row in range(which, which + life.ranks):
        waiting += 1 if life.queues[row, FIRST] >= 0 else 0
    return waiting == 0


@compiled
def money_comes(life: LifeState, which: int) -> None:
    """Try those who wait in a queue again, in order, at the price of the day; a queue goes by its first rank's row."""
    queue = life.queues[which]
    if _nobody_waits(life, which) or life.numbers[NOW] >= life.commitment_end:
        return
    if not life.head_blocks and _serves_nobody(life, which):
        return
    segment = _segment_now(life)
    anybody, least = False, 0
    for row in range(which, which + life.ranks):
        place = life.queues[row, FIRST]
        while place >= 0:
            following = life.fate[AFTER, place]
            asked = _try_again(life, place)
            if asked != _GONE:
                if life.head_blocks and not _waits_for_quota(life, place):
                    return
                least = min(least, asked) if anybody else asked
                anybody = True
            place = following
    if not life.head_blocks:
        queue[SEGMENT_OF_LEAST] = segment if anybody else _UNKNOWN
        queue[LEAST] = least


@compiled
def ask_by_line(life: LifeState, waiting: Int) -> None:
    """Add up, line by line, what those who wait would cost at the prices of the day."""
    for place in range(life.fate.shape[1]):
        if life.fate[WAITS, place]:
            each = trainee_cents(life, place, life.numbers[NOW])
            if not _waits_for_quota(life, place) and _refused_while_waiting(life, place, each) == 0:
                waiting[life.requests[place, LINE]] += each * life.requests[place, TRAINEES]


@compiled
def _patience_ends(life: LifeState, place: int) -> None:
    if life.fate[WAITS, place]:
        _leave(life, place)
        _refuse(life, place, _IMPATIENT)
        money_comes(life, _queue_of(life, place))


# Training, release, payment


@compiled
def _come_back(life: LifeState, line: int, cents: int) -> int:
    """What has left to_pay or paid closes a shortfall, then comes to the line (or the pot), or lapses: what came."""
    numbers = life.numbers
    numbers[COMMITTED] -= cents
    closing = min(numbers[SHORTFALL], cents)
    numbers[SHORTFALL] -= closing
    life.accounts[line, NOTIFIED] -= closing
    back = cents - closing
    if numbers[NOW] >= life.filing_end:
        numbers[LAPSED] += back
        return 0
    life.accounts[line, OPEN] += back
    if life.one_pot:
        notify(life, line, -back)
    return int(back)


@compiled
def _service_done(life: LifeState, place: int) -> None:
    request, fate, numbers = life.requests[place], life.fate[:, place], life.numbers
    now, line = numbers[NOW], request[LINE]
    executed = (fate[TRAINEE_CENTS] * request[FINISHING] * request[EXECUTED] + 5_000) // 10_000
    released = fate[COMMITTED_CENTS] - executed
    fate[SERVED] = now
    fate[RELEASED_CENTS] = released
    fate[DUE_AT] = now + request[PAYMENT_LAG]
    plan_event(life, now + request[PAYMENT_LAG], _DUE, place)
    too_much = advance_too_large_by(life, place, executed) if len(life.advances) > 0 else 0
    recovered = life.advances[place, RECOVERED_CENTS] if too_much > 0 else 0
    life.accounts[line, TO_PAY] -= released - recovered
    back = _come_back(life, line, released - recovered)
    tell(life, _DONE, place, line, released - recovered)
    if recovered > 0:
        life.accounts[line, PAID] -= recovered
        back += _come_back(life, line, recovered)
        tell(life, _RECOVERED, place, line, recovered)
    if too_much > 0:
        take_back(life, recovered)
    count_in_quotas(life, place, -released)
    if not back and not (len(life.quotas) > 0 and released > 0):
        return
    if numbers[APPROPRIATED] >= 0 or life.over_all_lines:
        everyone_tries(life)
    else:
        money_comes(life, _queue_of(life, place))


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
            kind = kind_of(key)
            if kind == _SERVICE_DONE:
                _service_done(life, place)
            else:
                falls_due(life, 2 * place + (1 if kind == _ADVANCE else 0))
