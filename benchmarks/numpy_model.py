"""The same programme as the plan's, built as NumPy arrays and nothing else: what the PuLP way is held against."""

import numpy as np

from optimiser.branch_bounds import branch_limits
from optimiser.bridge import Arrays
from optimiser.problem import PlanProblem


def arrays_by_numpy(problem: PlanProblem) -> Arrays:
    """Waiting, patience, line money, envelope, caps, floors, group floors, mix bounds and mean cost, in that order.

    Args:
        problem: without payments, desk, steps or regions; floors of groups in pathways, mix bounds by type.

    Returns:
        The arrays that `build(problem).arrays` gives.
    """
    lines, periods = problem.lines, problem.periods
    cells = lines * periods
    cell = np.arange(cells)
    asked, price = problem.demand.pathways, problem.price
    sizes, columns, values, lower, upper = [], [], [], [], []

    def add(size: np.ndarray, column: np.ndarray, value: np.ndarray, low: np.ndarray, high: np.ndarray) -> None:
        for kept, new in zip((sizes, columns, values, lower, upper), (size, column, value, low, high), strict=True):
            kept.append(new)

    first = cell % periods == 0
    table = np.stack([cell, cells + cell, 2 * cells + cell, cells + cell - 1], axis=1)
    used = np.ones((cells, 4), dtype=bool)
    used[first, 3] = False
    signs = np.broadcast_to([1.0, 1.0, 1.0, -1.0], (cells, 4))
    add(used.sum(axis=1), table[used], signs[used], asked.ravel(), asked.ravel())

    summed = np.cumsum(asked, axis=1)
    patience = problem.patience_periods
    earlier = np.zeros_like(summed)
    earlier[:, patience:] = summed[:, : periods - patience]
    add(
        np.ones(cells, dtype=int),
        cells + cell,
        np.ones(cells),
        np.full(cells, -np.inf),
        (summed - earlier if patience else np.zeros_like(summed)).ravel(),
    )

    past = np.tril(np.ones((periods, periods), dtype=bool))
    with_notify = np.concatenate([past, np.ones((periods, 1), dtype=bool)], axis=1)
    spent = (price[:, :, None] * (1.0 - problem.returned_share)).transpose(0, 2, 1)
    factor = np.broadcast_to(-problem.commitment_factor[:, None], (lines, periods, 1))
    coefficients = np.concatenate([spent, factor], axis=2)
    at = np.broadcast_to((np.arange(lines) * periods)[:, None, None] + np.arange(periods), (lines, periods, periods))
    notify = np.broadcast_to((3 * cells + np.arange(lines))[:, None, None], (lines, periods, 1))
    mask = np.broadcast_to(with_notify, (lines, periods, periods + 1))
    add(
        np.tile(with_notify.sum(axis=1), lines),
        np.concatenate([at, notify], axis=2)[mask],
        coefficients[mask],
        np.full(cells, -np.inf),
        np.zeros(cells),
    )

    one = np.asarray([-np.inf])
    limit = problem.in_units(problem.notifiable_cents)
    add(np.asarray([lines]), 3 * cells + np.arange(lines), np.ones(lines), one, np.asarray([limit]))
    for bounds, way in ((problem.constraints.branch_caps, "down"), (problem.constraints.branch_floors, "up")):
        for bound in branch_limits(problem, bounds, way):
            money = np.asarray([problem.in_units(bound.cents)])
            ends = (one, money) if way == "down" else (money, -one)
            add(np.asarray([len(bound.lines)]), 3 * cells + np.asarray(bound.lines), np.ones(len(bound.lines)), *ends)
    zero, endless = np.zeros(1), np.asarray([np.inf])
    for floor in problem.constraints.group_floors:
        mix = problem.demand.size_group_share[:, problem.cells.size_groups.index(floor.size_group)]
        add(np.asarray([cells]), cell, np.repeat(mix - floor.pathway_share, periods), zero, endless)
    for bound in problem.constraints.mix_bounds:
        known = [problem.cells.pathway_types.index(code) for code in bound.pathway_types]
        mix = problem.demand.pathway_share[:, known].sum(axis=1)
        for share, ends in ((bound.min_share, (zero, endless)), (bound.max_share, (one, zero))):
            if share is not None:
                add(np.asarray([cells]), cell, np.repeat(mix - share, periods), *ends)
    if problem.mean_cost_cap_cents is not None:
        over = (price - problem.in_units(problem.mean_cost_cap_cents)).ravel()
        add(np.asarray([cells]), cell, over, one, zero)

    total = 3 * cells + lines
    return Arrays(
        cost=np.concatenate([np.full(cells, problem.value), np.zeros(2 * cells + lines)]),
        col_lower=np.zeros(total),
        col_upper=np.full(total, np.inf),
        row_lower=np.concatenate(lower),
        row_upper=np.concatenate(upper),
        starts=np.concatenate([[0], np.cumsum(np.concatenate(sizes))]).astype(np.int32),
        columns=np.concatenate(columns).astype(np.int32),
        values=np.concatenate(values),
        column_names=(),
    )
