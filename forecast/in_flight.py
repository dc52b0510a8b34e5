"""From the requests to date to the stock that a run starts from: where each one stands, and the money it holds.

A request's state is read off its dates as they were known on the day, and off its status where no date contradicts it.
What the export does not tell and the stock needs is put in: a band, a situation or a type is the most usual one of
the branch (or of the scenario), one trainee stands for an unknown number, and money committed is the scenario's own
price where the export gives no amount. How often that happened is told.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from forecast.history import NOTHING, History
from forecast.names import STATUSES
from forecast.row_in_force import rows_in_force
from scenarios.cells import Cells, cells_of
from scenarios.distributions import Distribution
from scenarios.foresight import as_known
from scenarios.inflow import DatedShares
from scenarios.price import Pathways, price
from scenarios.price_book import price_book
from scenarios.scenario import Scenario
from scenarios.stock import UNKNOWN, RequestState, Stock, stock_of
from scenarios.variates import mean_of

Int = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class InFlight:
    """A stock with what had to be put in.

    Attributes:
        stock: what a run starts from.
        filled: how many requests a value was put in for, by field.
        early: requests filed before the opening, left out.
        without_rate: committed requests to which no rate of the scheme applies on their day and whose amount the export
            does not give; they hold no money.
    """

    stock: Stock
    filled: dict[str, int]
    early: int
    without_rate: int


def in_flight(history: History, scenario: Scenario) -> InFlight:
    """Where the requests known at the end of the history's last day stand.

    Args:
        history: as known on that day (`History.up_to`).
        scenario: a checked scenario.

    Returns:
        InFlight, whose stock begins the day after.
    """
    opens = scenario.windows.opens.toordinal()
    early = int((history.filed < opens).sum())
    kept = history.chosen(history.filed >= opens)
    codes, filled, trainees = _put_in(kept, scenario)
    state, decided = _states(kept, scenario)
    committed = (state >= RequestState.COMMITTED) & (state <= RequestState.PAID)
    fee = _fee(kept, trainees)
    own, entitled = own_price(kept, scenario, codes, trainees, fee, decided)
    told = kept.committed_cents >= 0
    filled["committed"] = int((committed & ~told).sum())
    without_rate = int((committed & ~told & ~entitled).sum())
    money = np.where(committed, _held(kept, own), 0)
    over = (state == RequestState.SERVED) | (state == RequestState.PAID)
    dropped = committed & (kept.status == STATUSES.index("dropped"))
    paid_now = np.where(
        state == RequestState.PAID, np.where(kept.paid_cents >= 0, np.minimum(kept.paid_cents, money), money), 0
    )
    ahead = _paid_ahead(kept)
    paid_now = np.where(committed & ahead, kept.paid_cents, np.where(dropped, 0, paid_now))
    released = np.where(state == RequestState.PAID, money - paid_now, 0)
    # Who dropped out was committed until then at least: the last day that the export gives of it.
    begun = np.where(dropped & (kept.started > 0), kept.started, decided)
    ended = np.where(kept.done > 0, kept.done, np.where((kept.paid > 0) & ~ahead, kept.paid, begun))
    end = np.where(over, np.maximum(ended, decided), UNKNOWN)
    columns = {
        "branch": kept.branch,
        "size_band": codes["band"],
        "situation": codes["situation"],
        "pathway": codes["pathway"],
        "company": _companies(kept),
        "state": state,
        "trainees": trainees,
        "hours_hundredths": np.where(kept.hours_hundredths > 0, kept.hours_hundredths, UNKNOWN),
        "fee_cents_per_hour": fee,
        "filed_day": kept.filed,
        "decided_day": np.where(state > RequestState.AT_DESK, decided, UNKNOWN),
        "committed_day": np.where(committed, decided, UNKNOWN),
        "committed_cents": money,
        "start_day": np.where(committed & (kept.started > 0), kept.started, UNKNOWN),
        "end_day": end,
        "finishing": _finishing(scenario, state, dropped, trainees, money, paid_now),
        "released_cents": released,
        "paid_day": np.where(
            (state == RequestState.PAID) | ahead, np.where(kept.paid > 0, kept.paid, kept.last_day), UNKNOWN
        ),
        "paid_cents": paid_now,
    }
    day = date.fromordinal(kept.last_day) + timedelta(days=1)
    cells = cells_of(scenario)
    stock = stock_of(day, len(cells.lines), {name: values.astype(np.int64) for name, values in columns.items()})
    stock = replace(stock, lapsed_cents=_lapsed(stock, cells, scenario))
    return InFlight(stock, {name: count for name, count in filled.items() if count}, early, without_rate)


def _finishing(scenario: Scenario, state: Int, dropped: NDArray[np.bool_], trainees: Int, money: Int, paid: Int) -> Int:
    """How many trainees finished, where training is over: nothing of it is left to chance; int64 (requests,).

    Of what was paid it is as many as explain the amount at the usual executed share, and never fewer than it pays for
    in full; where service is done and nothing paid, all, unless the export says that they dropped out.
    """
    usual = max(mean_of(scenario.inflow.executed_share), 1e-9)
    full = trainees * paid / np.maximum(money, 1)
    explained = np.clip(np.maximum(np.rint(full / usual), np.ceil(full - 1e-9)), 0, trainees).astype(np.int64)
    known = np.where((state == RequestState.PAID) & (money > 0), explained, trainees)
    over = (state == RequestState.SERVED) | (state == RequestState.PAID)
    return np.where(dropped, 0, np.where(over, known, UNKNOWN))


def _lapsed(stock: Stock, cells: Cells, scenario: Scenario) -> Int:
    """Money released once filing had closed, by line, cents: nobody may commit it again (model.md, section 3)."""
    late = stock.end_day > scenario.windows.filing_deadline.toordinal()
    lines = cells.line_of_cell[stock.branch, stock.size_band, stock.situation, stock.pathway]
    lapsed = np.zeros(len(cells.lines), dtype=np.int64)
    np.add.at(lapsed, lines[late], stock.released_cents[late])
    return lapsed


def _put_in(kept: History, scenario: Scenario) -> tuple[dict[str, Int], dict[str, int], Int]:
    """Cells and trainees without gaps, and how many gaps there were by field."""
    filled: dict[str, int] = {}
    scheme, inflow = scenario.scheme, scenario.inflow
    at_opening = DatedShares.model_construct(starts=scenario.windows.opens, shares=inflow.size_shares.at_opening)
    mixes: dict[str, tuple[list[str], tuple[DatedShares, ...]]] = {
        "band": (list(scheme.size_bands), (at_opening,)),
        "situation": (list(scheme.situations), inflow.situation_shares),
        "pathway": (list(scheme.pathway_types), inflow.pathway_shares),
    }
    codes: dict[str, Int] = {}
    for name, (order, rows) in mixes.items():
        usual = _usual_when_filed(kept.filed, order, rows)
        codes[name] = _most_usual(getattr(kept, name), kept.branch, len(order), usual)
        filled[name] = int((getattr(kept, name) < 0).sum())
    filled["trainees"] = int((kept.trainees <= 0).sum())
    trainees = np.where(kept.trainees > 0, kept.trainees, 1)
    return codes, filled, trainees


def _usual_when_filed(filed: Int, order: list[str], rows: tuple[DatedShares, ...]) -> Int:
    """The most usual code by the scenario's row in force on the day of each filing: int64 (requests,)."""
    ascending, held = rows_in_force(filed, rows)
    usual = [int(np.argmax([row.shares.get(code, 0.0) for code in order])) for row in ascending]
    return np.asarray(usual, dtype=np.int64)[held]


def _most_usual(values: Int, branch: Int, size: int, usual: Int) -> Int:
    """Values with the most usual one of their branch put in where they are unknown; the usual one where it has none."""
    known = values >= 0
    if known.all():
        return values
    branches = int(branch.max()) + 1 if len(branch) else 1
    counts = np.zeros((branches, size), dtype=np.int64)
    np.add.at(counts, (branch[known], values[known]), 1)
    best = np.where(counts.sum(axis=1)[branch] > 0, counts.argmax(axis=1)[branch], usual)
    return np.where(known, values, best)


def _paid_ahead(history: History) -> NDArray[np.bool_]:
    """Where money was paid of a request that is not paid out by its status: its advance, bool (requests,)."""
    going_on = [STATUSES.index(name) for name in ("committed", "in_training", "to_pay")]
    return np.isin(history.status, going_on) & (history.paid_cents > 0)


def _states(history: History, scenario: Scenario) -> tuple[Int, Int]:
    """The state of each request and the day it was decided on."""
    at = {name: STATUSES.index(name) for name in STATUSES}
    last = history.last_day
    status = history.status
    decided_known = history.decided > 0
    refused = status == at["refused"]
    dropped = status == at["dropped"]
    waits = status == at["parked"]
    later = (history.started > 0) | (history.done > 0) | (history.paid > 0)
    committed = (
        (decided_known & ~refused & ~waits & (status != at["filed"]))
        | np.isin(status, [at[name] for name in ("committed", "in_training", "to_pay", "paid")])
        | (later & ~refused)
    ) & ~(dropped & ~decided_known)
    paid_out = (history.paid > 0) & ~_paid_ahead(history)
    served = committed & ((history.done > 0) | paid_out | np.isin(status, [at["to_pay"], at["paid"]]))
    paid = committed & (paid_out | (status == at["paid"]) | dropped)
    lag = max(round(_middle(scenario.desk.decision_lag_days)), 0)
    first_known = np.where(history.started > 0, history.started, np.where(history.done > 0, history.done, last))
    first_known = np.where((history.paid > 0) & (history.paid < first_known), history.paid, first_known)
    guess = np.minimum(history.filed + lag, np.minimum(first_known, last))
    decided = np.where(decided_known, history.decided, np.maximum(guess, history.filed))
    state = np.full(len(history), int(RequestState.AT_DESK), dtype=np.int64)
    state[waits] = RequestState.PARKED
    state[dropped & ~committed] = RequestState.GAVE_UP
    state[refused] = RequestState.REFUSED
    state[committed] = RequestState.COMMITTED
    state[served] = RequestState.SERVED
    state[paid] = RequestState.PAID
    return state, decided


def _middle(law: Distribution) -> float:
    return mean_of(law)


def _fee(history: History, trainees: Int) -> Int:
    """Fee an hour, cents: the cost over all hours; UNKNOWN without both."""
    known = (history.cost_cents >= 0) & (history.hours_hundredths > 0)
    hours = np.maximum(trainees * history.hours_hundredths, 1)
    return np.where(known, (history.cost_cents * 100 + hours // 2) // hours, UNKNOWN)


def asked_cents(history: History, scenario: Scenario, in_time: bool = True) -> NDArray[np.float64]:
    """What each request to date asks the fund for, with no ceiling, float64 (requests,), cents.

    Committed money as it is; what is not decided on yet at the scenario's price, times the share of requests that turn
    out eligible; nothing for what was refused or given up.

    Args:
        history: as known on its last day.
        scenario: a checked scenario.
        in_time: what is not decided on when the last day of commitments is over asks for nothing any more.
    """
    codes, _, trainees = _put_in(history, scenario)
    state, decided = _states(history, scenario)
    own, _ = own_price(history, scenario, codes, trainees, _fee(history, trainees), decided)
    open_still = (state == RequestState.AT_DESK) | (state == RequestState.PARKED)
    if in_time and history.last_day >= scenario.windows.commitment_deadline.toordinal():
        open_still = np.zeros_like(open_still)
    eligible = np.where(state == RequestState.AT_DESK, 1 - scenario.inflow.ineligible_share, 1.0)
    committed = (state >= RequestState.COMMITTED) & (state <= RequestState.PAID)
    return np.where(committed, _held(history, own), np.where(open_still, own * eligible, 0.0)).astype(np.float64)


def _held(history: History, own: Int) -> Int:
    """The export's committed amount, else the scenario's price; an amount that was paid was committed."""
    money = np.where(history.committed_cents >= 0, history.committed_cents, own)
    return np.maximum(money, np.where(history.paid_cents >= 0, history.paid_cents, 0)).astype(np.int64)


def own_price(
    history: History, scenario: Scenario, codes: dict[str, Int], trainees: Int, fee: Int, decided: Int
) -> tuple[Int, NDArray[np.bool_]]:
    """What the scheme's rules pay for each request, cents, and whether any rate applies; usual values where unknown.

    The rules are those known on the history's last day: events that have happened or are announced are worked in.
    """
    inflow = scenario.inflow
    profiles = [inflow.pathways[code] for code in scenario.scheme.pathway_types]
    usual_hours = np.asarray([round(mean_of(one.hours) * inflow.hours_factor * 100) for one in profiles])
    usual_fee = np.asarray([round(mean_of(one.fee_eur_per_hour) * inflow.fee_factor * 100) for one in profiles])
    hours = np.where(history.hours_hundredths > 0, history.hours_hundredths, usual_hours[codes["pathway"]])
    started = np.where(history.started > 0, history.started, decided)
    priced_on = {"filing": history.filed, "commitment": decided, "start": started}[scenario.scheme.price_date]
    asked = Pathways(
        ordinal_day=priced_on,
        branch=history.branch,
        size_band=codes["band"],
        situation=codes["situation"],
        pathway=codes["pathway"],
        hours_hundredths=hours.astype(np.int64),
        fee_cents_per_hour=np.where(fee >= 0, fee, usual_fee[codes["pathway"]]).astype(np.int64),
        pay_cents_per_hour=np.full(len(history), round(mean_of(inflow.pay_eur_per_hour) * 100), dtype=np.int64),
    )
    priced = price(price_book(as_known(scenario, date.fromordinal(history.last_day))), asked)
    own = np.where(priced.entitled, priced.total_cents * trainees, 0)
    return own.astype(np.int64), priced.entitled


def _companies(history: History) -> Int:
    """Companies numbered inside their branch and band, beyond the numbers that runs draw from."""
    known = history.company != NOTHING
    numbers = np.full(len(history), UNKNOWN, dtype=np.int64)
    if known.any():
        _, place = np.unique(history.company[known], return_inverse=True)
        numbers[known] = place + _BEYOND
    return numbers


_BEYOND = 1_000_000
"""Companies of the export are other ones than those that runs draw: nobody knows which of them would file again."""
