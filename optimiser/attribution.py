"""Why two plans differ: their difference attributed to what changed between their questions, to the cent.

Each changed group of inputs gets its Shapley value: its mean effect over every order in which the groups could have
changed. Only so is the sum exact and no group favoured for coming first.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from math import factorial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from optimiser.bridge import Arrays
from optimiser.canonical import canonical_plan
from optimiser.lexicographic import in_order
from optimiser.problem import PlanProblem
from optimiser.program import Program
from optimiser.rounding import round_plan
from optimiser.standing_plan import NoStandingPlan, StandingPlan, standing_plan

Float = NDArray[np.float64]
Int = NDArray[np.int64]

GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("envelope", ("money", "in_time", "over_programming_share")),
    ("volume", ("demand.pathways", "demand.kept_out")),
    ("prices", ("demand.fee_cents", "demand.support_cents", "mean_cost_cap_cents")),
    ("mix", ("demand.size_group_share", "demand.pathway_share", "demand.situation_share", "demand.hours")),
    ("caps", ("constraints.branch_caps",)),
    (
        "floors",
        (
            "constraints.branch_floors",
            "constraints.group_floors",
            "constraints.region_floors",
            "constraints.region_caps",
            "constraints.service_floor_share",
            "region_share",
            "branch_shares",
        ),
    ),
    ("mix_bounds", ("constraints.mix_bounds",)),
    ("drop_out", ("drop_out_share", "returned_share", "returns_serve_waiting")),
    ("payments", ("years", "cash", "constraints.commitment_openings")),
    ("desk", ("desk", "constraints.desk_capacity", "patience_periods")),
    ("last_notification", ("in_force_cents", "constraints.notification_step_share")),
    ("steering", ("steering",)),
    ("aims", ("objectives", "weights", "counts")),
)
"""Inputs that change together, each under the word that people know it by."""

ALIKE = ("cells", "currency", "under50_groups", "unit_cents", "relaxation")
"""What two questions that are compared have in common, or is not asked about."""


@dataclass(frozen=True, eq=False)
class Attribution:
    """The difference of two plans, by changed group of inputs.

    Attributes:
        groups: the names of the groups that changed.
        branches: codes, in the order of the scenario.
        before_cents, after_cents: int64 (branches,), money notified by the two plans.
        cents: int64 (groups, branches), what each group's change did, before rounding to whole pathways.
        rounding_cents: int64 (branches,), what rounding did; with `cents` each branch sums to after - before exactly.
        pathways_before, pathways_after: expected pathways committed by the two plans.
        pathways: float64 (groups,), what each group's change did to them; sums to their difference.
        solves: how many plans were solved.
    """

    groups: tuple[str, ...]
    branches: tuple[str, ...]
    before_cents: Int
    after_cents: Int
    cents: Int
    rounding_cents: Int
    pathways_before: float
    pathways_after: float
    pathways: Float
    solves: int


def changed_groups(before: PlanProblem, after: PlanProblem) -> tuple[str, ...]:
    """The groups of inputs in which two questions differ."""
    return tuple(
        name for name, keys in GROUPS if any(not _same(_value(before, key), _value(after, key)) for key in keys)
    )


def attributed(before: PlanProblem, after: PlanProblem) -> Attribution:
    """Attribute the difference of two plans to what changed.

    Args:
        before, after: two questions over the same lines and periods.

    Returns:
        The attribution, of notified money by branch and of whole pathways.

    Raises:
        ValueError: where lines, periods or the names of the aims differ.
        NoStandingPlan: where any mixture of the two questions has no plan.

    Source: Shapley, A value for n-person games, 1953; the 2^n mixtures are solved in the order of the Gray code, so
    that each differs from the last by one group and starts from its basis.
    """
    if [line.key for line in before.cells.lines] != [line.key for line in after.cells.lines]:
        raise ValueError("the two plans have other lines")
    if [aim.name for aim in before.objectives] != [aim.name for aim in after.objectives]:
        raise ValueError("the two plans have other aims")
    names = changed_groups(before, after)
    standing = standing_plan(before)
    full, count = 2 ** len(names) - 1, len(names)
    money: dict[int, Float] = {}
    pathways: dict[int, float] = {}
    told: dict[int, Int] = {}
    with standing.left_as_found():
        for step in range(2**count):
            subset = step ^ (step >> 1)
            changed = [name for number, name in enumerate(names) if subset >> number & 1]
            program, arrays, columns = _settled(standing, mixture(before, after, changed))
            money[subset], pathways[subset] = _planned(program.problem, columns)
            if subset in (0, full):
                notified = round_plan(program, arrays, columns).notified_cents
                told[subset] = _by_branch(before, np.asarray(notified)).astype(np.int64)
    shares = [_shapley(count, number, money) for number in range(count)]
    cents = np.rint(np.asarray(shares).reshape(count, len(before.cells.branches))).astype(np.int64)
    return Attribution(
        groups=names,
        branches=before.cells.branches,
        before_cents=told[0],
        after_cents=told[full],
        cents=cents,
        rounding_cents=told[full] - told[0] - cents.sum(axis=0),
        pathways_before=pathways[0],
        pathways_after=pathways[full],
        pathways=np.asarray([float(_shapley(count, number, pathways)) for number in range(count)]),
        solves=2**count,
    )


def mixture(before: PlanProblem, after: PlanProblem, changed: Sequence[str]) -> PlanProblem:
    """A question that is the first one but for some groups of inputs, which are the second's."""
    mixed: dict[str, Any] = {}
    inner: dict[str, dict[str, Any]] = {}
    for name, keys in GROUPS:
        if name not in changed:
            continue
        for key in keys:
            outer, _, nested = key.partition(".")
            if nested:
                inner.setdefault(outer, {})[nested] = _value(after, key)
            else:
                mixed[outer] = _value(after, key)
    for outer, values in inner.items():
        held = getattr(before, outer)
        mixed[outer] = held.model_copy(update=values) if hasattr(held, "model_copy") else replace(held, **values)
    return replace(before, **mixed)


def _settled(standing: StandingPlan, problem: PlanProblem) -> tuple[Program, Arrays, Float]:
    """The canonical plan of a mixture: its programme, the same as arrays, and float64 (columns,)."""
    program, arrays, live, answer = standing.varied(problem)
    if answer.status != "optimal":
        raise NoStandingPlan(answer.status)
    beside = live.copy()
    last = in_order(program, beside, answer).answer
    return program, arrays, canonical_plan(program.problem, beside, last, intervals=False).columns


def _planned(problem: PlanProblem, columns: Float) -> tuple[Float, float]:
    """Cents for each branch, float64 (branches,), and committed pathways of a plan before it is rounded."""
    cells = problem.lines * problem.periods
    notified = columns[3 * cells : 3 * cells + problem.lines] * problem.unit_cents
    return _by_branch(problem, notified), float(columns[:cells].sum())


def _by_branch(problem: PlanProblem, cents: NDArray[Any]) -> Float:
    known = problem.cells.branch_of_line >= 0
    branches = problem.cells.branch_of_line[known]
    summed = np.bincount(branches, weights=cents[known], minlength=len(problem.cells.branches))
    return np.asarray(summed, dtype=np.float64)


def _shapley(count: int, number: int, values: dict[int, Any]) -> Any:
    """The mean effect of one member over all orders, weighted exactly."""
    total = 0.0
    for subset in values:
        if subset >> number & 1:
            continue
        size = subset.bit_count()
        weight = factorial(size) * factorial(count - size - 1) / factorial(count)
        total = total + weight * (values[subset | 1 << number] - values[subset])
    return total


def _value(problem: PlanProblem, key: str) -> Any:
    outer, _, nested = key.partition(".")
    value = getattr(problem, outer)
    return getattr(value, nested) if nested else value


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, np.ndarray) or isinstance(other, np.ndarray):
        # Sums in another order differ by their last bits.
        return (
            one is not None
            and other is not None
            and one.shape == other.shape
            and bool(np.allclose(one, other, rtol=1e-12, atol=0))
        )
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if hasattr(one, "__dataclass_fields__") and type(one) is type(other):
        return all(_same(getattr(one, field.name), getattr(other, field.name)) for field in fields(one))
    return bool(one == other)
