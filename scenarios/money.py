"""Integer cents: rounding in one place, and splitting so that the parts make the whole."""

import numpy as np
from numpy.typing import NDArray

Int = NDArray[np.int64]


def half_up(numerator: Int, denominator: int) -> Int:
    """Non-negative integers divided by a positive one, rounded half up, without floats.

    Args:
        numerator: int64 of any shape, at least 0.
        denominator: at least 1.

    Returns:
        int64 of the same shape.
    """
    return (2 * numerator + denominator) // (2 * denominator)


def split(total: int, weights: list[int] | Int) -> list[int]:
    """A whole split in proportion to weights by largest remainders; the parts sum to the whole.

    Args:
        total: cents (or pathways), at least 0.
        weights: integers at least 0, one a part; all zero means equal weights.

    Returns:
        One integer a part; ties in the remainder go to the earlier part.

    Source: Hamilton's method of apportionment.
    """
    parts = [int(weight) for weight in weights]
    if total < 0 or any(weight < 0 for weight in parts):
        raise ValueError("a split needs a whole and weights that are at least 0")
    if not parts:
        if total:
            raise ValueError("nothing to split the whole over")
        return []
    whole = sum(parts)
    if whole == 0:
        parts, whole = [1] * len(parts), len(parts)
    floors = [total * weight // whole for weight in parts]
    order = sorted(range(len(parts)), key=lambda index: (-(total * parts[index] % whole), index))
    for index in order[: total - sum(floors)]:
        floors[index] += 1
    return floors
