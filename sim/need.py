"""The need (besoin): what would be committed and fall due if no ceiling of money bound, on the same luck.

The same desk, prices, windows and State-aid ceiling hold; each request is committed at its decision.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.money import half_up
from scenarios.settings import share_to_basis_points
from sim.closings import closed_requests
from sim.company_aid import CompanyAid
from sim.desk import Examined
from sim.ground import NEVER, Ground
from sim.life_state import (
    ADVANCE_CENTS,
    ADVANCE_PAID,
    COMMITTED_AT,
    COMMITTED_CENTS,
    DUE_AT,
    RECOVERED_CENTS,
    RELEASED_CENTS,
    SERVED,
    TRAINEE_CENTS,
)
from sim.price_list import PriceList
from sim.prior_aid import with_prior_aid
from sim.run_requests import RunRequests
from sim.standing import no_advances, nothing_yet

Int = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Need:
    """What a run would commit with no ceiling of money; arrays are int64 (asked,), in the order of places.

    Attributes:
        places: which requests: eligible, decided on in time, trainable in time, entitled, within the aid ceiling; and
            whatever a stock holds as committed, which was asked for whatever the rules say of it now.
        minute: of the decision.
        cents: the whole price.
        due: the minute at which the balance falls due.
        due_cents: the executed part, advances and balance together.
        payments: what falls due when, as (minutes, cents): balances, and where the scheme advances, advances.
    """

    places: Int
    minute: Int
    cents: Int
    due: Int
    due_cents: Int
    payments: tuple[tuple[Int, Int], ...]


def need_of(ground: Ground, requests: RunRequests, examined: Examined, prices: PriceList) -> Need:
    """The need of a run.

    Args:
        ground: the scenario laid out.
        requests: the run's requests.
        examined: what the desk did with them.
        prices: what each would cost, by day.

    Returns:
        Need.
    """
    attributes, decided = requests.all, examined.decision_minute
    training = attributes.start_minutes + attributes.duration_minutes
    possible = attributes.eligible & (decided < ground.commitment_end) & (decided + training <= ground.execution_end)
    held, fate = _committed_before(requests)
    places = np.flatnonzero((possible & ~closed_requests(ground, requests)) | held)
    priced = prices.prices_at(decided[places], places)
    # What the stock holds as committed keeps its amount, whatever the rules say of it now.
    trainee_cents = np.where(held[places], fate[places, TRAINEE_CENTS], priced.total_cents)
    kept = priced.entitled | held[places]
    places, trainee_cents = places[kept], trainee_cents[kept]
    cents = np.where(held[places], fate[places, COMMITTED_CENTS], trainee_cents * attributes.trainees[places])
    allowed = _within_aid_ceiling(ground, requests, places, cents, decided[places]) | held[places]
    places, trainee_cents, cents = places[allowed], trainee_cents[allowed], cents[allowed]
    finishing = attributes.trainees[places] - attributes.drop_outs[places]
    executed = half_up(trainee_cents * finishing * attributes.executed_basis_points[places], 10_000)
    # A request of the stock that had waited was committed later than it was decided on.
    begun = np.where(held, fate[:, COMMITTED_AT], decided)
    # What has been served, or fallen due, by the first day of a stock stands as it was; the rest ends from then on.
    first = 0 if requests.in_flight is None else requests.in_flight.minute
    trained = np.where(held, np.maximum(begun + training, first), begun + training)[places]
    served = fate[places, SERVED] < NEVER
    trained = np.where(served, fate[places, SERVED], trained)
    executed = np.where(served, cents - fate[places, RELEASED_CENTS], executed)
    due = trained + (attributes.invoice_minutes + attributes.payment_minutes)[places]
    due = np.where(fate[places, DUE_AT] < NEVER, fate[places, DUE_AT], due)
    return Need(
        places=places,
        minute=decided[places],
        cents=cents,
        due=due,
        due_cents=executed,
        payments=_payments(ground, requests, begun[places], places, cents, executed, trained, due),
    )


def _payments(
    ground: Ground, requests: RunRequests, begun: Int, places: Int, cents: Int, executed: Int, trained: Int, due: Int
) -> tuple[tuple[Int, Int], ...]:
    """What falls due when, all int64 (asked,): as in `sim.payment_flows`, where nothing waits for money."""
    points = share_to_basis_points(ground.scenario.payments.advance_share)
    paid = no_advances(len(requests)) if requests.in_flight is None else requests.in_flight.advances
    already = paid[places, ADVANCE_PAID] < NEVER
    if not points and not already.any():
        return ((due, executed),)
    attributes = requests.all
    # Service that was done before the first day without an advance is paid whole: none is promised any more.
    past = trained < (0 if requests.in_flight is None else requests.in_flight.minute)
    promised = np.where(past, 0, half_up(cents * points, 10_000))
    promised = np.where(already, paid[places, ADVANCE_CENTS] + paid[places, RECOVERED_CENTS], promised)
    lag = (attributes.start_minutes + attributes.payment_minutes)[places]
    advanced = np.where(already, paid[places, ADVANCE_PAID], begun + lag)
    kept = np.minimum(promised, executed)
    # An advance that falls due once service is done is cut to what was executed; one paid before comes back in part.
    claimed = np.where(trained <= advanced, kept, promised)
    return ((advanced, claimed), (trained, kept - claimed), (due, executed - kept))


def _committed_before(requests: RunRequests) -> tuple[NDArray[np.bool_], Int]:
    """Which were committed before the run's first day, and what had become of each: int64 (requests, FATES)."""
    if requests.in_flight is None:
        return np.zeros(len(requests), dtype=bool), nothing_yet(len(requests))
    fate = requests.in_flight.fate
    return fate[:, COMMITTED_AT] < requests.in_flight.minute, fate


def _within_aid_ceiling(
    ground: Ground, requests: RunRequests, places: Int, cents: Int, minute: Int
) -> NDArray[np.bool_]:
    """Which requests their company's ceiling lets pass, asked in the order of their decisions."""
    company = requests.company[places]
    allowed = np.ones(len(company), dtype=bool)
    ceilings = [ceiling for ceiling in ground.aid_ceiling_of_day if ceiling is not None]
    if not ceilings or not len(company):
        return allowed
    before = with_prior_aid(
        ground, requests.run, np.zeros(max(ground.companies, int(company.max()) + 1), dtype=np.int64)
    )
    total = before.copy()
    np.add.at(total, company, cents)
    # Companies that ask for less than the lowest ceiling in all need no look in order.
    doubtful = np.flatnonzero(total[company] > min(ceilings))
    aid = CompanyAid(ground.aid_ceiling_of_day, before.tolist() if before.any() else ())
    for row in doubtful[np.argsort(minute[doubtful], kind="stable")].tolist():
        who, what = int(company[row]), int(cents[row])
        if aid.allows(who, what, int(minute[row])):
            aid.grant(who, what)
        else:
            allowed[row] = False
    return allowed
