"""The attributes of requests: the k-th request of a branch has its own luck, whenever it comes and whatever else comes.

One uniform decides one attribute; each has its own purpose, so that adding an attribute shifts no other.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import comb

import numpy as np
from numpy.typing import NDArray

from scenarios.arrival_rate import branch_weights, dated_share_of_day, size_share_of_day
from scenarios.calendar import DAY, Calendar
from scenarios.distributions import Distribution
from scenarios.luck import raw_draws, raw_draws_of_streams
from scenarios.price import HOURS_SCALE
from scenarios.scenario import Scenario
from scenarios.variates import TABLE_BITS, TABLE_SIZE, choose_on_day, integer_table, pick, whole_below

Int = NDArray[np.int64]

SHARE_SCALE = 10_000
_MOST_INCOMPLETE = 3
"""A file is sent back three times at most; then it is examined for good."""
MOST_TRAINEES = 2_000
"""The most trainees that one request may hold."""
_COMMON_TRAINEES = 32
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


@lru_cache(maxsize=16)
def _drop_out_table(most: int, basis_points: int) -> tuple[NDArray[np.uint64], Int]:
    """The binomials' edges for 0 to `most` trials, (trials, edges), and how many edges each has."""
    rows = [_binomial_edges(trials, basis_points) for trials in range(most + 1)]
    lengths = np.asarray([len(row) for row in rows], dtype=np.int64)
    edges = np.full((most + 1, int(lengths.max(initial=0)) + 1), _ALL_BITS - 1, dtype=np.uint64)
    for trials, row in enumerate(rows):
        edges[trials, : len(row)] = [min(edge, _ALL_BITS - 1) for edge in row]
    return edges, lengths


def _binomial(trials: Int, share: float, raw: NDArray[np.uint64]) -> Int:
    counts = np.zeros(len(trials), dtype=np.int64)
    basis_points = round(share * SHARE_SCALE)
    # Few requests are large, and an edge is looked at only by those whose draw lies above the edge before.
    common = trials <= _COMMON_TRAINEES
    edges, lengths = _drop_out_table(_COMMON_TRAINEES, basis_points)
    above, passed = np.flatnonzero(common), 0
    while len(above):
        size = trials[above]
        above = above[(lengths[size] > passed) & (raw[above] >= edges[size, passed])]
        passed += 1
        counts[above] = passed
    for place in np.flatnonzero(~common):
        row = [min(edge, _ALL_BITS - 1) for edge in _binomial_edges(int(trials[place]), basis_points)]
        counts[place] = bisect_right(row, int(raw[place]))
    return np.minimum(counts, trials)


def company_pools(scenario: Scenario) -> Int:
    """How many companies may file, by branch and size band: int64 (branches, bands), at least 1 each.

    Fixed by the scenario and not by the volume of requests, so that more demand never renames a company.
    """
    shares = [scenario.inflow.company_size_shares.get(code, 0.0) for code in scenario.scheme.size_bands]
    expected = scenario.inflow.companies_in_reach * np.outer(branch_weights(scenario), shares)
    return np.maximum(np.floor(expected + 0.5).astype(np.int64), 1)


@dataclass(frozen=True, eq=False)
class AttributeTables:
    """All that the attributes of a scenario's requests are looked up in, laid out once.

    Attributes:
        seed, streams: of the luck; a stream a branch.
        bands, situations, pathways: float64 (categories, days), cumulative shares on each day.
        by_type: int64 (types, 8192): "hours", "fee per hour", "duration".
        simple: int64 (8192,), by purpose.
        pools: int64 (branches, bands), companies.
        incomplete_below, ineligible_below: raw draws below these are sent back, are not eligible.
        drop_out_share: of trainees.
        hours_factor, fee_factor: the scenario's visible multipliers.
    """

    seed: int
    streams: tuple[str, ...]
    bands: NDArray[np.float64]
    situations: NDArray[np.float64]
    pathways: NDArray[np.float64]
    by_type: dict[str, Int]
    simple: dict[str, Int]
    pools: Int
    incomplete_below: np.uint64
    ineligible_below: np.uint64
    drop_out_share: float
    hours_factor: float
    fee_factor: float


def attribute_tables(scenario: Scenario, calendar: Calendar) -> AttributeTables:
    """Lay out what the attributes of requests are drawn from.

    Args:
        scenario: a checked scenario.
        calendar: its calendar.

    Returns:
        AttributeTables.
    """
    inflow, scheme, desk = scenario.inflow, scenario.scheme, scenario.desk
    profiles = [inflow.pathways[code] for code in scheme.pathway_types]

    def cumulative(shares: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.ascontiguousarray(np.cumsum(shares, axis=1).T)

    return AttributeTables(
        seed=scenario.seed,
        streams=tuple(scenario.branches),
        bands=cumulative(size_share_of_day(scenario, calendar)),
        situations=cumulative(dated_share_of_day(scenario, calendar, "situation", tuple(scheme.situations))),
        pathways=cumulative(dated_share_of_day(scenario, calendar, "pathway", tuple(scheme.pathway_types))),
        by_type={
            "hours": np.stack([integer_table(one.hours, HOURS_SCALE) for one in profiles]),
            "fee per hour": np.stack([integer_table(one.fee_eur_per_hour, 100) for one in profiles]),
            "duration": np.stack([integer_table(one.duration_days, DAY) for one in profiles]),
        },
        simple={
            "trainees": np.clip(integer_table(inflow.trainees, 1), 1, MOST_TRAINEES),
            "pay per hour": integer_table(inflow.pay_eur_per_hour, 100),
            "desk work": np.maximum(integer_table(desk.work_minutes, 1), 1),
            "resubmission lag": integer_table(desk.resubmission_lag_days, DAY),
            "decision lag": integer_table(desk.decision_lag_days, DAY),
            "start lag": integer_table(inflow.start_lag_days, DAY),
            "executed share": np.clip(integer_table(inflow.executed_share, SHARE_SCALE), 0, SHARE_SCALE),
            "invoice lag": integer_table(inflow.invoice_lag_days, DAY),
            "payment lag": integer_table(scenario.payments.payment_lag_days, DAY),
        },
        pools=company_pools(scenario),
        incomplete_below=_below(desk.incomplete_share),
        ineligible_below=_below(inflow.ineligible_share),
        drop_out_share=inflow.drop_out_share,
        hours_factor=inflow.hours_factor,
        fee_factor=inflow.fee_factor,
    )


def _below(share: float) -> np.uint64:
    return np.uint64(min(int(share * _ALL_BITS), _ALL_BITS - 1))


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
    return draw_branches(attribute_tables(scenario, calendar), (branch,), run, (filing_minute,), parameters)


def draw_branches(
    tables: AttributeTables,
    branches: Sequence[int],
    run: int,
    filing: Sequence[Int],
    parameters: Parameters,
    known: Mapping[str, Int] | None = None,
) -> Requests:
    """The first requests of some branches in a run, one branch after the other.

    Args:
        tables: what attributes are looked up in.
        branches: the branches' indices.
        run: the number of the run.
        filing: for each of these branches int64 (requests,), ascending: when each request is filed.
        parameters: the run's multipliers of hours and fee.
        known: int64 (requests of all these branches,), in place of draws: "size_band", "situation", "pathway" and
            "trainees", all four.

    Returns:
        Requests, in each branch numbered from 0; every one the same as if its branch were drawn alone.
    """
    counts = [len(minutes) for minutes in filing]
    streams = [tables.streams[branch] for branch in branches]
    filing_minute = np.concatenate(filing) if filing else np.zeros(0, dtype=np.int64)

    def raw(purpose: str) -> NDArray[np.uint64]:
        return raw_draws_of_streams(tables.seed, purpose, run, streams, counts)

    def simple(purpose: str) -> Int:
        return pick(tables.simple[purpose], raw(purpose))

    def by_type(purpose: str, table: Int) -> Int:
        place = (raw(purpose) >> np.uint64(64 - TABLE_BITS)).astype(np.int64)
        return np.asarray(table.ravel()[pathway * TABLE_SIZE + place], dtype=np.int64)

    day = np.minimum(filing_minute // DAY, tables.bands.shape[1] - 1)
    if known is None:
        known = {
            "size_band": choose_on_day(tables.bands, day, raw("size band")),
            "situation": choose_on_day(tables.situations, day, raw("situation")),
            "pathway": choose_on_day(tables.pathways, day, raw("pathway")),
            "trainees": simple("trainees"),
        }
    size_band, pathway, trainees = known["size_band"], known["pathway"], known["trainees"]
    incomplete = np.zeros(len(day), dtype=np.int64)
    for attempt in range(_MOST_INCOMPLETE):
        sent_back = raw(f"incomplete {attempt}") < tables.incomplete_below
        incomplete += (incomplete == attempt) & sent_back
    hours = np.maximum(scaled(tables.by_type["hours"], tables.hours_factor, parameters.hours), 1)
    fee = scaled(tables.by_type["fee per hour"], tables.fee_factor, parameters.fee)
    pools = tables.pools[np.repeat(np.asarray(branches, dtype=np.int64), counts), size_band]
    return Requests(
        number=np.concatenate([np.arange(count, dtype=np.int64) for count in [0, *counts]]),
        filing_minute=filing_minute,
        size_band=size_band,
        situation=known["situation"],
        pathway=pathway,
        company=whole_below(raw("company"), pools),
        trainees=trainees,
        hours_hundredths=by_type("hours", hours),
        fee_cents_per_hour=by_type("fee per hour", fee),
        pay_cents_per_hour=simple("pay per hour"),
        eligible=raw("eligibility") >= tables.ineligible_below,
        incomplete_rounds=incomplete,
        work_minutes=simple("desk work"),
        resubmission_minutes=simple("resubmission lag"),
        decision_minutes=simple("decision lag"),
        start_minutes=simple("start lag"),
        duration_minutes=by_type("duration", tables.by_type["duration"]),
        drop_outs=_binomial(trainees, tables.drop_out_share, raw("drop-out")),
        executed_basis_points=simple("executed share"),
        invoice_minutes=simple("invoice lag"),
        payment_minutes=simple("payment lag"),
    )


def scaled(values: Int, factor: float, basis_points: int | Int) -> Int:
    """Values times the scenario's factor (to a millionth) and the run's multiplier, half up, in integers."""
    millionths = round(factor * 1_000_000)
    by_factor = (2 * values * millionths + 1_000_000) // 2_000_000
    return (2 * by_factor * basis_points + SHARE_SCALE) // (2 * SHARE_SCALE)
