"""Splitting money over lines, so that the cents that do not divide do not depend on the order of the file."""

from collections.abc import Sequence

from scenarios.money import split
from sim.ground import Ground


def split_over_lines(ground: Ground, total: int, weights: Sequence[int]) -> list[int]:
    """A whole split over lines by largest remainders; ties go to the line whose key comes first.

    Args:
        ground: the scenario laid out.
        total: cents, at least 0.
        weights: one a line, at least 0; all zero means equal weights.

    Returns:
        Cents by line.
    """
    parts = [0] * len(weights)
    order = ground.lines_by_key
    for line, part in zip(order, split(total, [weights[line] for line in order]), strict=True):
        parts[line] = part
    return parts


def split_over_givers(ground: Ground, total: int, gifts: Sequence[int], last: int) -> list[int]:
    """A whole handed back in proportion to what was given, by lines and by one more giver.

    Args:
        ground: the scenario laid out.
        total: cents, at most the sum of the gifts.
        gifts: what each line gave.
        last: what the other giver gave.

    Returns:
        Cents by line; the other giver has the rest.
    """
    order = ground.lines_by_key
    parts = split(total, [*(gifts[line] for line in order), last])
    by_line = [0] * len(gifts)
    for line, part in zip(order, parts[:-1], strict=True):
        by_line[line] = part
    return by_line
