"""From the requests of one run to the tables of its outcome."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from scenarios.attributes import SHARE_SCALE
from scenarios.calendar import DAY
from scenarios.money import half_up
from scenarios.relaxation import BOUND_NAMES
from scenarios.staffing import officer_minutes
from sim.closings import closed_requests
from sim.desk import Examined
from sim.exhaustion import envelope_exhausted
from sim.ground import NEVER, Ground
from sim.lived import Lived
from sim.need import Need
from sim.office_hours import OfficeHours
from sim.outcome import CELL_FIELDS, Int, NeedOutcome, PolicyOutcome, Tables
from sim.payment_flows import Movements, PaymentFlows, payment_flows, until
from sim.price_list import PriceList
from sim.refusal import Refusal
from sim.run_requests import RunRequests
from sim.sitting import WEIGHING
from sim.tally import tallied

_LARGEST_TABLE = 2**24
"""Marks, one a byte, that are worth laying out rather than sorting."""


def _sums(index: Int, size: int, values: Int) -> Int:
    """Exact integer sums of values by index: int64 (size,)."""
    out = np.zeros(size, dtype=np.int64)
    np.add.at(out, index, values)
    return out


def _earliest(index: Int, size: int, minutes: Int) -> Int:
    out = np.full(size, NEVER, dtype=np.int64)
    np.minimum.at(out, index, minutes)
    return out


@dataclass(frozen=True, eq=False)
class _Keys:
    """Where each request of a run is counted."""

    line: Int
    pair: Int
    lines: int
    pairs: tuple[int, int]

    def tables(self, places: Int | slice, values: dict[str, Int]) -> tuple[Tables, Tables]:
        """Sums of the values of some requests by line (1, lines) and by pair (1, branches, groups)."""
        columns = list(values.values())
        by_line = tallied(self.line[places], self.lines, columns)
        by_pair = tallied(self.pair[places], self.pairs[0] * self.pairs[1], columns)
        return (
            {name: sums[None] for name, sums in zip(values, by_line, strict=True)},
            {name: sums.reshape(1, *self.pairs) for name, sums in zip(values, by_pair, strict=True)},
        )


@lru_cache(maxsize=1)
def _keys(ground: Ground, requests: RunRequests) -> _Keys:
    groups = np.asarray(ground.cells.size_group_of_band, dtype=np.int64)[requests.all.size_band]
    pairs = (len(ground.cells.branches), len(ground.cells.size_groups))
    return _Keys(requests.line, requests.branch * pairs[1] + groups, len(ground.cells.lines), pairs)


def _distinct(ground: Ground, keys: Int, size: int, companies: Int) -> Int:
    """How many distinct companies appear under each key: int64 (size,)."""
    # A stock may know companies beyond the scenario's pools.
    known = max(ground.companies, int(companies.max(initial=-1)) + 1)
    if size * known <= _LARGEST_TABLE:
        marks = np.zeros((size, known), dtype=bool)
        marks[keys, companies] = True
        return np.asarray(np.count_nonzero(marks, axis=1), dtype=np.int64)
    seen = np.unique(keys * known + companies)
    return np.bincount(seen // known, minlength=size).astype(np.int64)


def _by_month(ground: Ground, minutes: Int, cents: Int) -> Int:
    """Cents up to the end of each month; what happens at or after the horizon is left out."""
    inside = minutes < ground.horizon
    month = ground.calendar.month_of_day[minutes[inside] // DAY]
    return np.cumsum(_sums(month, len(ground.calendar.months), cents[inside]))


def _by_branch_month(ground: Ground, requests: RunRequests, minutes: Int, cents: Int) -> Int:
    """Cents of each branch up to the end of each month: int64 (branches, months)."""
    inside = minutes < ground.horizon
    months = len(ground.calendar.months)
    month = ground.calendar.month_of_day[minutes[inside] // DAY]
    branches = len(ground.cells.branches)
    sums = _sums(requests.branch[inside] * months + month, branches * months, cents[inside])
    return np.cumsum(sums.reshape(branches, months), axis=1)


def _by_year(ground: Ground, minutes: Int, cents: Int) -> Int:
    inside = minutes < ground.horizon
    year = ground.year_of_day[minutes[inside] // DAY] - ground.years[0]
    return _sums(year, len(ground.years), cents[inside])


def need_tables(ground: Ground, requests: RunRequests, examined: Examined, need: Need) -> NeedOutcome:
    """What a run asked for, whatever the policy.

    Args:
        ground: the scenario laid out.
        requests: the run's requests.
        examined: what the desk did with them.
        need: what would be committed with no ceiling.

    Returns:
        NeedOutcome of one run.
    """
    keys, attributes, places = _keys(ground, requests), requests.all, need.places
    pathways = attributes.trainees[places]
    by_line, by_pair = keys.tables(
        places,
        {"asked_requests": np.ones(len(places), dtype=np.int64), "asked_pathways": pathways, "need_cents": need.cents},
    )
    pairs = keys.pairs[0] * keys.pairs[1]
    companies = _distinct(ground, keys.pair[places], pairs, requests.company[places])
    by_pair["asking_companies"] = companies.reshape(1, *keys.pairs)
    bands, types = len(ground.cells.size_bands), len(ground.cells.pathway_types)
    return NeedOutcome(
        by_line=by_line,
        by_pair=by_pair,
        by_band={"asked_pathways": _sums(attributes.size_band[places], bands, pathways)[None]},
        by_type={"asked_pathways": _sums(attributes.pathway[places], types, pathways)[None]},
        by_month={"need_cents": _by_month(ground, need.minute, need.cents)[None]},
        by_year={"due_cents": _flows_by_year(ground, need.payments)},
        totals=_desk_totals(ground, requests, examined),
    )


def _desk_totals(ground: Ground, requests: RunRequests, examined: Examined) -> Tables:
    decided = examined.decision_minute < ground.horizon
    decided &= ~closed_requests(ground, requests)
    waits = np.sort((examined.decision_minute - requests.all.filing_minute)[decided])
    # The load of the desk while requests may be filed; what is left over afterwards does not dilute it.
    window = OfficeHours(ground.calendar).worked(ground.filing_end)
    ends = np.minimum(examined.work_begun + examined.work_minutes, window)
    numbers = {
        "filed_requests": len(requests),
        "decided_requests": int(decided.sum()),
        "decision_minutes_sum": int(waits.sum()),
        "decision_minutes_median": _order_statistic(waits, 50),
        "decision_minutes_p90": _order_statistic(waits, 90),
        "desk_busy_minutes": int(np.maximum(ends - examined.work_begun, 0).sum()),
        "desk_open_minutes": _officer_minutes(ground),
    }
    return {name: np.asarray([number], dtype=np.int64) for name, number in numbers.items()}


def _officer_minutes(ground: Ground) -> int:
    """Office minutes of all officers together while requests may be filed."""
    last = min(ground.filing_end // DAY, ground.calendar.days) - 1
    return int(officer_minutes(ground.officers_of_day, ground.calendar)[last])


def _order_statistic(ascending: Int, percent: int) -> int:
    if not len(ascending):
        return 0
    return int(ascending[max(-(-percent * len(ascending) // 100), 1) - 1])


def policy_tables(ground: Ground, requests: RunRequests, prices: PriceList, need: Need, lived: Lived) -> PolicyOutcome:
    """What a policy did with a run.

    Args:
        ground: the scenario laid out.
        requests: the run's requests.
        prices: what each would cost, by day.
        need: what would be committed with no ceiling.
        lived: what became of the requests.

    Returns:
        PolicyOutcome of one run.
    """
    keys = _keys(ground, requests)
    life = {
        name: np.asarray(getattr(lived, name), dtype=np.int64)
        for name in ("refusal", "parked", "committed", "committed_cents", "served", "released_cents")
    }
    flows = payment_flows(ground, lived)
    values = _cell_values(requests, prices, need, life, flows)
    by_line, by_pair = keys.tables(slice(None), values)
    chosen = np.flatnonzero(life["committed"] < NEVER)
    pairs, lines = keys.pairs[0] * keys.pairs[1], len(ground.cells.lines)
    for name, account in (("notified", "notified"), ("open", "open"), ("to_pay", "to_pay")):
        by_line[f"{name}_cents"] = np.asarray([getattr(lived.ledger, account)], dtype=np.int64)
    by_line["exhausted_minute"] = _earliest(keys.line, lines, life["parked"])[None]
    by_pair["exhausted_minute"] = _earliest(keys.pair, pairs, life["parked"]).reshape(1, *keys.pairs)
    by_line["companies"] = _distinct(ground, keys.line[chosen], lines, requests.company[chosen])[None]
    companies = _distinct(ground, keys.pair[chosen], pairs, requests.company[chosen])
    by_pair["companies"] = companies.reshape(1, *keys.pairs)
    moves = [lived.moves.get(day, [0] * lines) for day in ground.dates]
    committed_by_branch = _by_branch_month(
        ground, requests, life["committed"], life["committed_cents"]
    ) - _by_branch_month(ground, requests, life["served"], life["released_cents"])
    ledger = lived.ledger
    totals = {
        "authorised_cents": ledger.authorised,
        "shortfall_cents": ledger.shortfall,
        "fee_cents": ledger.fee,
        "reserve_cents": ledger.reserve,
        "unnotified_cents": ledger.unnotified,
        "lapsed_cents": ledger.lapsed,
        "exhausted_minute": envelope_exhausted(
            by_line["exhausted_minute"][0], ledger.notified, ground.scenario.exhaustion_share, lived.policy
        ),
    }
    return PolicyOutcome(
        policy=lived.policy,
        by_line=by_line,
        by_pair=by_pair,
        by_month={
            "committed_cents": committed_by_branch.sum(axis=0)[None],
            "paid_cents": _flows_by_month(ground, flows.paid),
            **({"due_cents": _flows_by_month(ground, flows.due)} if ground.scenario.payments.instalments else {}),
        },
        by_branch_month={"committed_cents": committed_by_branch[None]},
        by_year=_year_tables(ground, life, flows),
        refusals=np.bincount(life["refusal"], minlength=len(Refusal)).astype(np.int64)[None],
        moves=np.asarray(moves, dtype=np.int64).reshape(1, len(ground.dates), lines),
        totals={name: np.asarray([number], dtype=np.int64) for name, number in totals.items()},
        weighed=_weighed_tables(ground, lived, lines),
        given_up=_given_up(ground, lived),
    )


def _weighed_tables(ground: Ground, lived: Lived, lines: int) -> Tables:
    """What the committee weighed on each of the ground's dates; zero where it did not sit."""
    if lived.policy not in WEIGHING:
        return {}
    nothing = [0] * lines
    names = [("open_cents", 0), ("waiting_cents", 1)]
    if lived.policy == "reoptimise":
        names.append(("forecast_cents", 2))
    return {
        name: np.asarray(
            [lived.weighed[day][place] if day in lived.weighed else nothing for day in ground.dates], dtype=np.int64
        ).reshape(1, len(ground.dates), lines)
        for name, place in names
    }


def _given_up(ground: Ground, lived: Lived) -> Tables:
    """Which bounds had to give way on each of the ground's dates."""
    if lived.policy != "reoptimise":
        return {}
    none = (0,) * len(BOUND_NAMES)
    rows = [(lived.weighed[day].given_up or none) if day in lived.weighed else none for day in ground.dates]
    return {"bounds": np.asarray(rows, dtype=np.int64).reshape(1, len(rows), len(none))}


def _flows_by_month(ground: Ground, movements: Movements) -> Int:
    """Movements up to the end of each month: int64 (1, months)."""
    by_movement = [_by_month(ground, minutes, cents) for minutes, cents in movements]
    return np.asarray(np.stack(by_movement).sum(axis=0)[None], dtype=np.int64)


def _flows_by_year(ground: Ground, movements: Sequence[tuple[Int, Int]]) -> Int:
    """Movements in each year: int64 (1, years)."""
    by_movement = [_by_year(ground, minutes, cents) for minutes, cents in movements]
    return np.asarray(np.stack(by_movement).sum(axis=0)[None], dtype=np.int64)


def _cell_values(
    requests: RunRequests, prices: PriceList, need: Need, life: dict[str, Int], flows: PaymentFlows
) -> dict[str, Int]:
    """What is summed by line and by pair, request by request; the names are those of `CELL_FIELDS`."""
    attributes, count = requests.all, len(requests)
    committed = life["committed"] < NEVER
    chosen = np.flatnonzero(committed)
    price = prices.prices_at(life["committed"][chosen], chosen)
    trainees = np.where(committed, attributes.trainees, 0)
    finishing = np.where(committed, attributes.trainees - attributes.drop_outs, 0)
    served = life["served"] < NEVER

    def of_chosen(values: Int) -> Int:
        out = np.zeros(count, dtype=np.int64)
        out[chosen] = values
        return out

    support = of_chosen(price.support_cents)
    kept_support = half_up(support * finishing * attributes.executed_basis_points, SHARE_SCALE)
    needed = np.zeros(count, dtype=np.int64)
    needed[need.places] = need.cents
    values = {
        "pathways_committed": trainees,
        "pathways_net": np.where(served, finishing, trainees),
        "pathways_completed": np.where(served & (attributes.executed_basis_points > 0), finishing, 0),
        "commitments": committed.astype(np.int64),
        "gross_committed_cents": life["committed_cents"],
        "committed_cents": life["committed_cents"] - life["released_cents"],
        "released_cents": life["released_cents"],
        "paid_cents": flows.paid_cents,
        "support_cents": np.where(served, kept_support, support * trainees),
        "gross_support_cents": support * trainees,
        "base_pay_cents": of_chosen(price.base_pay_cents) * trainees,
        "real_pay_cents": of_chosen(price.real_pay_cents) * trainees,
        "wait_minutes": np.where(committed, life["committed"] - attributes.filing_minute, 0),
        "parked": (life["parked"] < NEVER).astype(np.int64),
        "refused": (life["refusal"] != Refusal.NONE).astype(np.int64),
        "unmet_need_cents": np.where(committed, 0, needed),
    }
    return {name: values[name] for name in CELL_FIELDS}


def _year_tables(ground: Ground, life: dict[str, Int], flows: PaymentFlows) -> Tables:
    ends = [*(ground.year_start(year) for year in ground.years[1:]), ground.horizon]
    paid = [until(flows.paid, end) for end in ends]
    unpaid = [until(flows.due, end) - so_far for end, so_far in zip(ends, paid, strict=True)]
    still = [
        int(life["committed_cents"][life["committed"] < end].sum())
        - int(life["released_cents"][life["served"] < end].sum())
        - so_far
        for end, so_far in zip(ends, paid, strict=True)
    ]
    return {
        "paid_cents": np.asarray([[now - before for before, now in pairwise([0, *paid])]], dtype=np.int64),
        "due_unpaid_cents": np.asarray([unpaid], dtype=np.int64),
        "reste_a_payer_cents": np.asarray([still], dtype=np.int64),
    }
