"""What each change contributed to the answer, whatever the order of the changes: Shapley values on common luck."""

from collections.abc import Callable, Mapping, Sequence
from math import factorial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enveloppe.comparing.side import Figures, Measured
from scenarios.ordered_mappings import ORDERED
from sim.statistics import difference

Float = NDArray[np.float64]
Lived = Mapping[str, Measured]


def contributions(
    count: int, lived: Callable[[frozenset[int]], Lived | None], names: Sequence[str]
) -> list[dict[str, Figures]] | None:
    """The Shapley value of each of some changes, run by run.

    Args:
        count: how many changes; 2**count mixtures are lived.
        lived: the figures of the question in which some of the changes are made; None where it has no answer.
        names: of the figures to attribute; one that is not known run by run in every mixture is left out.

    Returns:
        For each change, by figure, {mean, se?, unit}; the means add up to the whole difference, to the cent. None
        where some mixture has no answer.

    Source: Shapley, A value for n-person games, 1953: the mean effect of a change over all orders of the changes.
    """
    mixtures: dict[frozenset[int], Lived] = {}
    for bits in range(2**count):
        mixture = frozenset(change for change in range(count) if bits >> change & 1)
        found = lived(mixture)
        if found is None:
            return None
        mixtures[mixture] = found
    told: list[dict[str, Figures]] = [{} for _ in range(count)]
    for name in names:
        runs = {mixture: figures[name].runs for mixture, figures in mixtures.items() if name in figures}
        known = {mixture: values for mixture, values in runs.items() if values is not None}
        if len(known) < len(mixtures):
            continue
        unit = str(mixtures[frozenset()][name].estimate["unit"])
        parts = [_shapley(change, count, known) for change in range(count)]
        whole = known[frozenset(range(count))] - known[frozenset()]
        for change, figure in enumerate(closed(parts, whole, unit)):
            told[change][name] = figure
    return told


def _shapley(change: int, count: int, values: Mapping[frozenset[int], Float]) -> Float:
    total = np.zeros_like(values[frozenset()])
    for mixture, without in values.items():
        if change in mixture:
            continue
        weight = factorial(len(mixture)) * factorial(count - len(mixture) - 1) / factorial(count)
        total += weight * (values[mixture | {change}] - without)
    return total


def closed(parts: Sequence[Float], whole: Float, unit: str) -> list[Figures]:
    """The mean of each part with its error; of "cents", whole ones that add up to the whole difference.

    Args:
        parts: float64 (runs,) each; NaN in a run where the figure does not apply.
        whole: float64 (runs,), the sum of the parts in each run.
        unit: of the values.
    """
    nothing = np.zeros_like(whole)
    told: list[Figures] = [difference(part, nothing, unit) or {"mean": 0, "unit": unit} for part in parts]
    total = difference(whole, nothing, unit)
    if unit != "cents" or total is None:
        return told
    # Rounding each part may leave a few cents over: they go to the parts that rounding moved most the other way.
    left = int(total["mean"]) - sum(int(figure["mean"]) for figure in told)
    step = 1 if left > 0 else -1
    exact = [float(np.nanmean(part)) for part in parts]
    order = sorted(range(len(told)), key=lambda at: (-step * (exact[at] - told[at]["mean"]), at))
    for at in range(abs(left)):
        told[order[at % len(order)]]["mean"] += step
    return told


def entries_changed(before: Any, after: Any, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    """The values that differ between two trees of plain values, each by the keys that lead to it.

    Args:
        before, after: as `scenarios.loading.resolved` gives them; a list is one value.
        path: the keys that lead to both.
    """
    if isinstance(before, dict) and isinstance(after, dict) and not _reordered(before, after, path):
        keys = [*before, *(key for key in after if key not in before)]
        return [
            found
            for key in keys
            for found in entries_changed(before.get(key, _ABSENT), after.get(key, _ABSENT), (*path, key))
        ]
    return [] if before == after else [path]


def _reordered(before: dict[str, Any], after: dict[str, Any], path: tuple[str, ...]) -> bool:
    """Whether what both have stands in another order, where order is part of the question."""
    return path in ORDERED and [key for key in before if key in after] != [key for key in after if key in before]


_ABSENT = object()


def put(values: dict[str, Any], target: Mapping[str, Any], path: tuple[str, ...]) -> None:
    """Set one value of a tree to what another tree has there, or take it away where the other has none."""
    *steps, last = path
    for key in steps:
        values, target = values.setdefault(key, {}), target.get(key, {})
    if last in target:
        values[last] = target[last]
    else:
        values.pop(last, None)
