"""What runs left behind, as compact tables of whole numbers whose first axis is the run.

A run's own tables have one row; the tables of many runs are those rows in the order of the runs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields

import numpy as np
from numpy.typing import NDArray

from scenarios.committee import Policy

Int = NDArray[np.int64]
Tables = dict[str, Int]


@dataclass(frozen=True, eq=False)
class NeedOutcome:
    """What was asked, whatever the policy; minutes and cents are whole.

    Attributes:
        by_line: int64 (runs, lines): asked_requests, asked_pathways, need_cents.
        by_pair: int64 (runs, branches, size groups): the same, and asking_companies.
        by_band: int64 (runs, bands): asked_pathways. by_type: int64 (runs, types): asked_pathways.
        by_month: int64 (runs, months): need_cents, cumulative.
        by_year: int64 (runs, years): due_cents, what falls due in the year.
        totals: int64 (runs,): filed_requests, decision_minutes_sum, decided_requests, decision_minutes_median,
            decision_minutes_p90, desk_busy_minutes, desk_open_minutes.
    """

    by_line: Tables
    by_pair: Tables
    by_band: Tables
    by_type: Tables
    by_month: Tables
    by_year: Tables
    totals: Tables


@dataclass(frozen=True, eq=False)
class PolicyOutcome:
    """What a policy did with it; minutes and cents are whole, NEVER stands for what did not happen.

    Attributes:
        policy: its name.
        by_line: int64 (runs, lines): the names of `CELL_FIELDS`, and notified_cents, open_cents, to_pay_cents,
            exhausted_minute, companies.
        by_pair: int64 (runs, branches, size groups): the names of `CELL_FIELDS`, exhausted_minute, companies.
        by_month: int64 (runs, months), cumulative: committed_cents (net of releases), paid_cents, and due_cents
            where the State pays by instalments.
        by_branch_month: int64 (runs, branches, months), cumulative: committed_cents (net of releases).
        by_year: int64 (runs, years): paid_cents in the year; due_unpaid_cents, reste_a_payer_cents at its end.
        refusals: int64 (runs, reasons): requests refused, by `Refusal`.
        moves: int64 (runs, dates, lines): change of notified money on each of the ground's dates.
        weighed: int64 (runs, dates, lines), what the committee weighed before it decided: open_cents, waiting_cents
            and, where the policy forecasts, forecast_cents; none under a policy that moves nothing.
        given_up: bounds: int64 (runs, dates, BOUND_NAMES), 1 where one had to give way for a plan; none under a policy
            that makes none.
        totals: int64 (runs,): authorised_cents, shortfall_cents, fee_cents, reserve_cents, unnotified_cents,
            lapsed_cents, exhausted_minute.
    """

    policy: Policy
    by_line: Tables
    by_pair: Tables
    by_month: Tables
    by_branch_month: Tables
    by_year: Tables
    refusals: Int
    moves: Int
    totals: Tables
    weighed: Tables = field(default_factory=dict)
    given_up: Tables = field(default_factory=dict)


CELL_FIELDS = (
    "pathways_committed",
    "pathways_net",
    "pathways_completed",
    "commitments",
    "gross_committed_cents",
    "committed_cents",
    "released_cents",
    "paid_cents",
    "support_cents",
    "gross_support_cents",
    "base_pay_cents",
    "real_pay_cents",
    "wait_minutes",
    "parked",
    "refused",
    "unmet_need_cents",
)
"""Sums over the requests of a line, or of a branch and size group."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """What some runs left behind: the need they share, and one entry for each policy."""

    need: NeedOutcome
    policies: tuple[PolicyOutcome, ...]


def joined(parts: Sequence[Outcome]) -> Outcome:
    """The tables of several blocks of runs, one after the other.

    Args:
        parts: at least one, of the same scenario and policies.

    Returns:
        Outcome with the runs of all parts, in their order.
    """
    first = parts[0]
    return Outcome(
        need=_joined_need([part.need for part in parts]),
        policies=tuple(
            _joined_policy([part.policies[number] for part in parts]) for number in range(len(first.policies))
        ),
    )


def _joined_tables(parts: list[Tables]) -> Tables:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _joined_need(parts: list[NeedOutcome]) -> NeedOutcome:
    return NeedOutcome(
        **{field.name: _joined_tables([getattr(part, field.name) for part in parts]) for field in fields(NeedOutcome)}
    )


def _joined_policy(parts: list[PolicyOutcome]) -> PolicyOutcome:
    def tables(name: str) -> Tables:
        return _joined_tables([getattr(part, name) for part in parts])

    return PolicyOutcome(
        policy=parts[0].policy,
        by_line=tables("by_line"),
        by_pair=tables("by_pair"),
        by_month=tables("by_month"),
        by_branch_month=tables("by_branch_month"),
        by_year=tables("by_year"),
        refusals=np.concatenate([part.refusals for part in parts]),
        moves=np.concatenate([part.moves for part in parts]),
        totals=tables("totals"),
        weighed=tables("weighed"),
        given_up=tables("given_up"),
    )
