"""Sobol's sequence, scrambled by keyed luck: whole numbers only, the same on every machine."""

import numpy as np
from numpy.typing import NDArray

from scenarios.luck import raw_draws

BITS = 32

_PRIMITIVE: tuple[tuple[int, tuple[int, ...]], ...] = (
    (3, (1,)),
    (7, (1, 3)),
    (11, (1, 3, 1)),
    (13, (1, 1, 1)),
    (19, (1, 1, 3, 3)),
    (25, (1, 3, 5, 13)),
    (37, (1, 1, 5, 5, 17)),
    (41, (1, 1, 5, 5, 5)),
    (47, (1, 1, 7, 11, 19)),
    (55, (1, 1, 5, 1, 1)),
    (59, (1, 1, 1, 3, 11)),
    (61, (1, 3, 5, 5, 31)),
    (67, (1, 3, 3, 9, 7, 49)),
    (91, (1, 1, 1, 15, 21, 21)),
    (97, (1, 3, 1, 13, 27, 49)),
    (103, (1, 1, 1, 15, 7, 5)),
    (109, (1, 3, 1, 15, 13, 25)),
    (115, (1, 1, 5, 5, 19, 61)),
    (131, (1, 3, 7, 11, 23, 15, 103)),
    (137, (1, 3, 7, 13, 13, 15, 69)),
    (143, (1, 1, 3, 13, 7, 35, 63)),
    (145, (1, 3, 5, 9, 1, 25, 53)),
    (157, (1, 3, 1, 13, 9, 35, 107)),
    (167, (1, 3, 1, 5, 27, 61, 31)),
    (171, (1, 1, 5, 11, 19, 41, 61)),
    (185, (1, 3, 5, 3, 3, 13, 69)),
    (191, (1, 1, 7, 13, 1, 19, 1)),
    (193, (1, 3, 7, 5, 13, 19, 59)),
    (203, (1, 1, 3, 9, 25, 29, 41)),
    (211, (1, 3, 5, 13, 23, 1, 55)),
    (213, (1, 3, 7, 3, 13, 59, 17)),
)
"""The primitive polynomial (its bits, both ends among them) and the first direction numbers of axes 2, 3, ...

Source: Joe and Kuo (2008), "Constructing Sobol sequences with better two-dimensional projections", SIAM J. Sci.
Comput. 30, table new-joe-kuo-6.
"""
MOST_AXES = len(_PRIMITIVE) + 1


def directions(axis: int) -> list[int]:
    """The direction numbers of an axis (from 0): 32 whole numbers of 32 bits.

    Source: Bratley and Fox (1988), "Algorithm 659", for the recurrence.
    """
    if axis == 0:
        return [1 << BITS - 1 - bit for bit in range(BITS)]
    polynomial, first = _PRIMITIVE[axis - 1]
    degree = len(first)
    numbers = list(first)
    for at in range(degree, BITS):
        new = numbers[at - degree] ^ numbers[at - degree] << degree
        for back in range(1, degree):
            if polynomial >> degree - back & 1:
                new ^= numbers[at - back] << back
        numbers.append(new)
    return [number << BITS - 1 - at for at, number in enumerate(numbers)]


def sobol(points: int, columns: list[list[int]]) -> NDArray[np.int64]:
    """The first points of the sequence that some direction numbers make, in Gray-code order.

    Args:
        points: how many.
        columns: 32 direction numbers an axis.

    Returns:
        int64 (points, axes), in 1 / 2**32.

    Source: Antonov and Saleev (1979), for the order.
    """
    out = np.zeros((points, len(columns)), dtype=np.int64)
    steps = [(number & -number).bit_length() - 1 for number in range(1, points)]
    for axis, numbers in enumerate(columns):
        moves = np.asarray([numbers[step] for step in steps], dtype=np.int64)
        out[1:, axis] = np.bitwise_xor.accumulate(moves) if len(moves) else moves
    return out


def scrambled_sobol(points: int, keys: list[str], seed: int) -> NDArray[np.int64]:
    """Sobol's sequence under a random linear scramble and a random digital shift of each axis.

    Args:
        points: how many; a longer sample begins with a shorter one.
        keys: the name of each axis, whose luck it is.
        seed: of the luck.

    Returns:
        int64 (points, axes), in 1 / 2**32.

    Source: Matoušek (1998), "On the L2-discrepancy for anchored boxes"; a scrambled net is a net.
    """
    columns, shifts = [], []
    for axis, key in enumerate(keys):
        luck = [int(raw) >> 32 for raw in raw_draws(seed, "sweep scramble", 0, key, BITS + 1)]
        columns.append([_scrambled(number, luck) for number in directions(axis)])
        shifts.append(luck[BITS])
    return sobol(points, columns) ^ np.asarray(shifts, dtype=np.int64)


def _scrambled(number: int, luck: list[int]) -> int:
    """Each binary digit plus some of those before it: a lower triangular matrix with ones on its diagonal."""
    out = 0
    for digit in range(BITS):
        own = 1 << BITS - 1 - digit
        before = luck[digit] & ~(own | own - 1) & (1 << BITS) - 1
        out |= ((number & (own | before)).bit_count() & 1) * own
    return out
