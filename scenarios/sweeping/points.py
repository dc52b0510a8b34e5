"""The rows of values of a sweep: every combination of a grid, the rows of a list, the points of a sample."""

import itertools
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.luck import raw_draws
from scenarios.sweeping.declaration import Axis, Plain, Sweep
from scenarios.sweeping.sobol import scrambled_sobol

UNIT_BITS = 32
"""Points of a sample are whole numbers of 1 / 2**32."""

Int = NDArray[np.int64]


def points_of(sweep: Sweep, seed: int) -> Iterator[tuple[Plain, ...]]:
    """The values of each variant, in order.

    Args:
        sweep: a checked declaration.
        seed: of the sample's luck.

    Yields:
        One value an axis, in the order of the axes.
    """
    if sweep.method == "grid":
        yield from itertools.product(*(grid_values(axis) for axis in sweep.over))
    elif sweep.method == "list":
        yield from zip(*(axis.values or () for axis in sweep.over), strict=True)
    else:
        sampled = latin_hypercube if sweep.method == "latin_hypercube" else scrambled_sobol
        units = sampled(sweep.points or 1, [axis.key for axis in sweep.over], seed)
        for row in units.tolist():
            yield tuple(_at(axis, unit) for axis, unit in zip(sweep.over, row, strict=True))


def count_of(sweep: Sweep) -> int:
    """How many variants there are, without making them."""
    if sweep.method == "grid":
        total = 1
        for axis in sweep.over:
            total *= len(axis.values) if axis.values is not None else _grid_count(axis)
        return total
    if sweep.method == "list":
        return min(len(axis.values or ()) for axis in sweep.over)
    return sweep.points or 0


def grid_values(axis: Axis) -> tuple[Plain, ...]:
    """The values of an axis of a grid."""
    if axis.values is not None:
        return axis.values
    low, high = Decimal(str(axis.low)), Decimal(str(axis.high))
    count = _grid_count(axis)
    step = Decimal(str(axis.step)) if axis.step is not None else (high - low) / (count - 1)
    return tuple(_told(axis, low + step * number) for number in range(count))


def _grid_count(axis: Axis) -> int:
    if axis.count is not None:
        return axis.count
    if axis.low is None or axis.high is None or axis.step is None:
        return 0
    return int((Decimal(str(axis.high)) - Decimal(str(axis.low))) / Decimal(str(axis.step))) + 1


def _at(axis: Axis, unit: int) -> Plain:
    """The value of an axis at a point of the unit interval, given in 1 / 2**32."""
    if axis.values is not None:
        return axis.values[unit * len(axis.values) >> UNIT_BITS]
    low, high = Decimal(str(axis.low)), Decimal(str(axis.high))
    if axis.step is not None:
        return _told(axis, low + Decimal(str(axis.step)) * (unit * _grid_count(axis) >> UNIT_BITS))
    # The middle of the point's cell: the ends themselves are never met.
    return _told(axis, low + (high - low) * (2 * unit + 1) / (1 << UNIT_BITS + 1))


def _told(axis: Axis, value: Decimal) -> float | int:
    """A value with the digits that a person would write: cents for euros, else nine; whole steps stay whole."""
    step = axis.step
    if step is not None and step == int(step) and value == int(value):
        return int(value)
    return float(f"{value:.2f}") if axis.key.endswith("_eur") else float(f"{value:.9g}")


def latin_hypercube(points: int, keys: list[str], seed: int) -> NDArray[np.int64]:
    """A Latin hypercube: on each axis exactly one point in each of `points` equal intervals.

    Args:
        points: how many.
        keys: the name of each axis; adding an axis leaves the others as they are.
        seed: of the luck.

    Returns:
        int64 (points, axes), in 1 / 2**32.

    Source: McKay, Beckman, Conover (1979), "A comparison of three methods for selecting values of input variables".
    """
    columns = []
    for key in keys:
        raw = raw_draws(seed, "sweep", 0, key, 2 * points)
        interval = np.argsort(raw[:points], kind="stable").astype(object)
        inside = (raw[points:] >> np.uint64(32)).astype(object)
        columns.append(
            [int(((at << UNIT_BITS) + within) // points) for at, within in zip(interval, inside, strict=True)]
        )
    return np.asarray(columns, dtype=np.int64).T.reshape(points, len(keys))


def given_text(value: Any) -> str:
    """A plain value as `--set` takes it and a file may hold it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{Decimal(repr(value)):f}"
    return str(value) if isinstance(value, int) else value.isoformat() if not isinstance(value, str) else _quoted(value)


def _quoted(text: str) -> str:
    import json

    bare = text.replace("_", "").replace("-", "").isalnum() and text[:1].isalpha() and text not in _WORDS
    return text if bare else json.dumps(text, ensure_ascii=False)


_WORDS = ("true", "false", "null")
