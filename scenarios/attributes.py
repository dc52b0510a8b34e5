"""The attributes of requests: the k-th request of a branch has its own luck, whenever it comes and whatever else comes.

One uniform decides one attribute; each has its own purpose, so that adding an attribute shifts no other.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import comb

import numpy as np
from numpy.typing import NDArray

from scenarios.arrival_rate import branch_weights, dated_share_of_day, size_share_of_day
from scenarios.calendar import DAY, Calendar
from scenarios.distributions import Distribution
from scenarios.luck import raw_draws
from scenarios.price import HOURS_SCALE
from scenarios.scenario import Scenario
from scenarios.variates import TABLE_BITS, choose, integer_table, pick, whole_below

Int = NDArray[np.int64]

SHARE_SCALE = 10_000
_MOST_INCOMPLETE = 3
"""A file is sent back three times at most; then it is examined for good."""
MOST_TRAINEES = 2_000
"""The most trainees that one request may hold."""
_ALL_BITS = 2**64


@dataclass(frozen=True, eq=False)
class Parameters:
    """The uncertain parameters of one run, in basis points of their central value."""

    volume: int
    hours: int
    fee: int


CENTRAL = Parameters(SHARE_SCALE, SHARE_SCALE, SHARE_SCALE)


def draw_parameters(scenario: Scenario, run: int) -> Parameters:
    """The multipliers of a run, drawn once, apart from the luck of requests.

    Args:
        scenario: a checked scenario.
        run: the number of the run.

    Returns:
        Multipliers in basis points.
    """
    uncertain = scenario.inflow.uncertain

    def one(purpose: str, distribution: Distribution) -> int:
        raw = raw_draws(scenario.seed, f"parameter {purpose}", run, "", 1)
        return int(pick(integer_table(distribution, SHARE_SCALE), raw)[0])

    return Parameters(
        volume=one("volume", uncertain.volume),
        hours=one("hours", uncertain.hours),
        fee=one("fee per hour", uncertain.fee_per_hour),
    )


@dataclass(frozen=True, eq=False)
class Requests:
    """Requests of one branch, in the order of their numbers; all arrays are int64 (requests,) unless said.

    Attributes:
        number: the request's number in its branch, from 0.
        filing_minute: when it is filed.
        size_band, situation, pathway: indices of the cell.
        company: the company's number inside (branch, band).
        trainees: pathways asked for, at least 1.
        hours_hundredths, fee_cents_per_hour, pay_cents_per_hour: of each pathway.
        eligible: bool.
        incomplete_rounds: how often examination sends the file back before it is complete.
        work_minutes: officer's work at each examination.
        resubmission_minutes: from being sent back to filing again.
        decision_minutes: from the end of examination to the decision.
        start_minutes: from the commitment to the start of training.
        duration_minutes: length of the training.
        drop_outs: trainees who do not finish.
        executed_basis_points: share of the hours that the others follow.
        invoice_minutes: from service done to the invoice.
        payment_minutes: from the invoice to the day it is due for payment.
    """

    number: Int
    filing_minute: Int
    size_band: Int
    situation: Int
    pathway: Int
    company: Int
    trainees: Int
    hours_hundredths: Int
    fee_cents_per_hour: Int
    pay_cents_per_hour: Int
    eligible: NDArray[np.bool_]
    incomplete_rounds: Int
    work_minutes: Int
    resubmission_minutes: Int
    decision_minutes: Int
    start_minutes: Int
    duration_minutes: Int
    drop_outs: Int
    executed_basis_points: Int
    invoice_minutes: Int
    payment_minutes: Int


@lru_cache(maxsize=4096)
def _binomial_edges(trials: int, share_basis_points: int) -> tuple[int, ...]:
    """Integer edges of the binomial's cumulative probabilities on 64-bit draws (exact arithmetic)."""
    hit, miss = share_basis_points, SHARE_SCALE - share_basis_points
    whole = SHARE_SCALE**trials
    edges, total = [], 0
    for count in range(trials):
        total += comb(trials, count) * hit**count * miss ** (trials - count)
        edges.append(total * _ALL_BITS // whole)
        if edges[-1] >= _ALL_BITS - 1:
            break
    return tuple(edges)


def _binomial(trials: Int, share: float, raw: NDArray[np.uint64]) -> Int:
    basis_points = round(share * SHARE_SCALE)
    counts = np.zeros(len(trials), dtype=np.int64)
    for size in np.unique(trials):
        where = trials == size
        edges = np.asarray(
            [min(edge, _ALL_BITS - 1) for edge in _binomial_edges(int(size), basis_points)], dtype=np.uint64
        )
        counts[where] = np.searchsorted(edges, raw[where], side="right")
    return np.minimum(counts, trials)


def company_pools(scenario: Scenario) -> Int:
    """How many companies may file, by branch and size band: int64 (branches, bands), at least 1 each.

    Fixed by the scenario and not by the volume of requests, so that more demand never renames a company.
    """
    shares = [scenario.inflow.company_size_shares.get(code, 0.0) for code in scenario.scheme.size_bands]
    expected = scenario.inflow.companies_in_reach * np.outer(branch_weights(scenario), shares)
    return np.maximum(np.floor(expected + 0.5).astype(np.int64), 1)


def draw_attributes(
    scenario: Scenario,
    calendar: Calendar,
    branch: int,
    run: int,
    filing_minute: Int,
    parameters: Parameters,
) -> Requests:
    """The first requests of a branch in a run, with their attributes.

    Args:
        scenario: a checked scenario.
        calendar: its calendar.
        branch: the branch's index.
        run: the number of the run.
        filing_minute: int64 (requests,), ascending: when each is filed; the k-th entry is the k-th request.
        parameters: the run's multipliers of hours and fee.

    Returns:
        Requests numbered from 0.
    """
    inflow, scheme = scenario.inflow, scenario.scheme
    stream, count = tuple(scenario.branches)[branch], len(filing_minute)

    def raw(purpose: str) -> NDArray[np.uint64]:
        return raw_draws(scenario.seed, purpose, run, stream, count)

    def table(purpose: str, distribution: Distribution, scale: int) -> Int:
        return pick(integer_table(distribution, scale), raw(purpose))

    def by_type(purpose: str, tables: list[Int]) -> Int:
        place = (raw(purpose) >> np.uint64(64 - TABLE_BITS)).astype(np.int64)
        return np.asarray(np.stack(tables)[pathway, place], dtype=np.int64)

    day = np.minimum(filing_minute // DAY, calendar.days - 1)
    size_band = choose(np.cumsum(size_share_of_day(scenario, calendar), axis=1)[day], raw("size band"))
    situations, types = tuple(scheme.situations), tuple(scheme.pathway_types)
    situation = choose(
        np.cumsum(dated_share_of_day(scenario, calendar, "situation", situations), axis=1)[day],
        raw("situation"),
    )
    pathway = choose(np.cumsum(dated_share_of_day(scenario, calendar, "pathway", types), axis=1)[day], raw("pathway"))
    profiles = [inflow.pathways[code] for code in types]
    hours = by_type("hours", [integer_table(one.hours, HOURS_SCALE) for one in profiles])
    fee = by_type("fee per hour", [integer_table(one.fee_eur_per_hour, 100) for one in profiles])
    trainees = np.clip(table("trainees", inflow.trainees, 1), 1, MOST_TRAINEES)
    incomplete = np.zeros(count, dtype=np.int64)
    for attempt in range(_MOST_INCOMPLETE):
        sent_back = raw(f"incomplete {attempt}") < np.uint64(
            min(int(scenario.desk.incomplete_share * _ALL_BITS), _ALL_BITS - 1)
        )
        incomplete += (incomplete == attempt) & sent_back
    ineligible = raw("eligibility") < np.uint64(min(int(inflow.ineligible_share * _ALL_BITS), _ALL_BITS - 1))
    return Requests(
        number=np.arange(count, dtype=np.int64),
        filing_minute=filing_minute,
        size_band=size_band,
        situation=situation,
        pathway=pathway,
        company=whole_below(raw("company"), company_pools(scenario)[branch][size_band]),
        trainees=trainees,
        hours_hundredths=np.maximum(_scaled(hours, inflow.hours_factor, parameters.hours), 1),
        fee_cents_per_hour=_scaled(fee, inflow.fee_factor, parameters.fee),
        pay_cents_per_hour=table("pay per hour", inflow.pay_eur_per_hour, 100),
        eligible=~ineligible,
        incomplete_rounds=incomplete,
        work_minutes=np.maximum(table("desk work", scenario.desk.work_minutes, 1), 1),
        resubmission_minutes=table("resubmission lag", scenario.desk.resubmission_lag_days, DAY),
        decision_minutes=table("decision lag", scenario.desk.decision_lag_days, DAY),
        start_minutes=table("start lag", inflow.start_lag_days, DAY),
        duration_minutes=by_type("duration", [integer_table(one.duration_days, DAY) for one in profiles]),
        drop_outs=_binomial(trainees, inflow.drop_out_share, raw("drop-out")),
        executed_basis_points=np.clip(table("executed share", inflow.executed_share, SHARE_SCALE), 0, SHARE_SCALE),
        invoice_minutes=table("invoice lag", inflow.invoice_lag_days, DAY),
        payment_minutes=table("payment lag", scenario.payments.payment_lag_days, DAY),
    )


def _scaled(values: Int, factor: float, basis_points: int) -> Int:
    """Values times the scenario's factor (to a millionth) and the run's multiplier, half up, in integers."""
    millionths = round(factor * 1_000_000)
    scaled = (2 * values * millionths + 1_000_000) // 2_000_000
    return (2 * scaled * basis_points + SHARE_SCALE) // (2 * SHARE_SCALE)
