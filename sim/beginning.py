"""Where a run begins: with the opening, or with a stock of requests in flight."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from scenarios.allocation import Allocation
from scenarios.calendar import DAY
from scenarios.events import EnvelopeChange
from scenarios.money import split
from scenarios.opening_money import management_fee_cents, opening_money
from scenarios.payment_money import cash_coming, payable_in
from scenarios.scenario import Scenario
from scenarios.settings import eur_to_cents
from scenarios.stock import UNKNOWN, Stock
from sim.ground import Ground
from sim.ledger import Ledger
from sim.opening_ledger import opening_ledger
from sim.run_requests import RunRequests
from sim.standing import Standing, advances_at, no_quota_waits, nothing_yet
from sim.steering import steering_of

Int = NDArray[np.int64]


def beginning(
    ground: Ground, requests: RunRequests, allocation: Allocation, one_pot: bool, stock: Stock | None = None
) -> Standing:
    """Where a run begins.

    Args:
        ground: the scenario laid out.
        requests: the run's requests, those of the stock included.
        allocation: what each line holds by the notifications in force (under one pot: not used).
        one_pot: whether all lines draw on one pot.
        stock: what is in flight, None at the opening.

    Returns:
        Standing.

    Raises:
        ValueError: when more is notified than may be distributed, less than is used, or not to each line.
    """
    if stock is None or requests.in_flight is None:
        ledger, minute, fate = opening_ledger(ground, allocation, one_pot), 0, _untouched(len(requests))
    else:
        ledger = stock_ledger(ground, stock, allocation, one_pot)
        minute, fate = requests.in_flight.minute, requests.in_flight.fate
    least = np.zeros((1 if one_pot else len(ledger.open), 2), dtype=np.int64)
    least[:, 0] = -1
    return Standing(
        minute=minute,
        fate=fate,
        numbers=np.asarray(ledger.numbers(), dtype=np.int64),
        accounts=np.asarray(ledger.by_line(), dtype=np.int64).T.copy(),
        least=least,
        year_left=_year_left(ground, stock),
        cash=_cash(ground, minute, sum(ledger.paid)),
        advances=advances_at(ground, requests, minute, fate),
        quota_waits=no_quota_waits(steering_of(ground, requests), fate),
        moves={},
    )


@lru_cache(maxsize=1)
def _untouched(count: int) -> Int:
    """The fate of requests to which nothing has happened, the same for all policies of a run; read-only."""
    fate = nothing_yet(count)
    fate.setflags(write=False)
    return fate


def lines_of_stock(ground: Ground, stock: Stock) -> Int:
    """The line of each request of a stock: int64 (requests,)."""
    return ground.cells.line_of_cell[stock.branch, stock.size_band, stock.situation, stock.pathway]


def in_force(ground: Ground, stock: Stock, allocation: Allocation) -> Allocation:
    """An allocation brought to what a stock has used: no line holds less, and all together no more than there is.

    Args:
        ground: the scenario laid out.
        stock: what is in flight.
        allocation: what was meant for each line, money already used included.

    Returns:
        Each line's used money, and what is left of the envelope in proportion to what was meant beyond it.
    """
    used = stock.used_cents(lines_of_stock(ground, stock), len(ground.cells.lines)).tolist()
    authorised, fee, reserve = _set_aside(ground.scenario, stock, sum(used))
    left = max(authorised - fee - reserve - sum(used), 0)
    beyond = [max(meant - spent, 0) for meant, spent in zip(allocation.notified_cents, used, strict=True)]
    parts = split(min(left, sum(beyond)), beyond) if any(beyond) else [0] * len(used)
    return Allocation(tuple(spent + part for spent, part in zip(used, parts, strict=True)))


def stock_ledger(ground: Ground, stock: Stock, allocation: Allocation, one_pot: bool) -> Ledger:
    """The accounts at the beginning of a stock's first day.

    Raises:
        ValueError: when more is notified than there is, less than is used, or not to each line.
    """
    lines = len(ground.cells.lines)
    if len(allocation.notified_cents) != lines:
        raise ValueError("an allocation tells the money of each line")
    line = lines_of_stock(ground, stock)
    used = stock.used_cents(line, lines).tolist()
    notified = used if one_pot else list(allocation.notified_cents)
    if any(held < spent for held, spent in zip(notified, used, strict=True)):
        raise ValueError("a line is notified less than it has used")
    paid = np.zeros(lines, dtype=np.int64)
    np.add.at(paid, line, stock.paid_cents)
    authorised, fee, reserve = _set_aside(ground.scenario, stock, sum(notified))
    left = authorised - fee - reserve - sum(notified)
    if left < 0 and (sum(notified) > sum(used) or reserve):
        raise ValueError("more is notified than may be distributed")
    ledger = Ledger(authorised, fee, reserve, max(left, 0), lines)
    ledger.shortfall = max(-left, 0)
    ledger.notified = notified
    ledger.open = [held - spent for held, spent in zip(notified, used, strict=True)]
    ledger.paid = paid.tolist()
    ledger.lapsed = int(stock.lapsed_cents.sum())
    ledger.committed = sum(used) - ledger.lapsed
    lapsed: list[int] = stock.lapsed_cents.tolist()
    ledger.to_pay = [spent - over - done for spent, over, done in zip(used, lapsed, ledger.paid, strict=True)]
    return ledger


def _set_aside(scenario: Scenario, stock: Stock, notified: int) -> tuple[int, int, int]:
    """The envelope in force, the fee and the reserve, cents; an untold reserve is what a cut would have left."""
    authorised = eur_to_cents(scenario.envelope_eur)
    authorised += sum(
        eur_to_cents(event.amount_eur) * round(event.probability)
        for event in scenario.events
        if isinstance(event, EnvelopeChange) and event.day < stock.from_day
    )
    fee, reserve = management_fee_cents(scenario, authorised), stock.reserve_cents
    if reserve == UNKNOWN:
        reserve = min(opening_money(scenario).reserve_cents, max(authorised - fee - notified, 0))
    return authorised, fee, reserve


def _cash(ground: Ground, minute: int, paid_cents: int) -> int:
    """What the State has sent before a minute, less what was paid; nothing before the opening."""
    coming = cash_coming(ground.lived, opening_money(ground.scenario).distributable_cents)
    first = minute // DAY
    return sum(cents for day, cents in coming if max(ground.calendar.day(day), 0) < first) - paid_cents


def _year_left(ground: Ground, stock: Stock | None) -> Int:
    payable = payable_in(ground.scenario, ground.years)
    left = np.asarray([-1 if cents is None else cents for cents in payable], dtype=np.int64)
    if stock is None:
        return left
    paid = stock.paid_cents > 0
    days = np.where(stock.paid_day[paid] == UNKNOWN, stock.from_day.toordinal() - 1, stock.paid_day[paid])
    places = np.clip(days - ground.calendar.opens.toordinal(), 0, len(ground.year_of_day) - 1)
    spent = np.zeros(len(left), dtype=np.int64)
    np.add.at(spent, ground.year_of_day[places] - ground.years[0], stock.paid_cents[paid])
    return np.where(left < 0, left, np.maximum(left - spent, 0))
