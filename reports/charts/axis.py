"""Round values for an axis, and which of its labels there is room for."""

import math
from decimal import Decimal
from itertools import pairwise

FINEST = 12
"""Places after which a step counts as told."""
LETTER, BETWEEN = 0.56, 6.0
"""How wide a letter is as a share of its height, and the least room between two labels, in pixels."""


def round_step(span: float, parts: int) -> float:
    """The round step (1, 2, 2.5 or 5 times a power of ten) that cuts a span into at most so many parts.

    Args:
        span: above 0.
        parts: at least 1.
    """
    power = math.floor(math.log10(span / parts)) - 1
    while True:
        for factor in ("1", "2", "2.5", "5"):
            step = float(Decimal(factor).scaleb(power))
            if step * parts >= span * (1 - 1e-9):
                return step
        power += 1


def places_of(step: float) -> int:
    """The fewest decimal places that tell a step, and each of its multiples, exactly."""
    return next((some for some in range(FINEST) if (Decimal(repr(step)) * 10**some) % 1 == 0), FINEST)


def multiples(step: float, first: int, last: int) -> list[float]:
    """The multiples of a step from the first to the last, without the last bits that adding up would leave."""
    return [float(Decimal(repr(step)) * number) for number in range(first, last + 1)]


def levels_up_to(highest: float, parts: int) -> list[float]:
    """Round values from 0 to just above a highest one."""
    step = round_step(highest or 1.0, parts)
    count = 1
    while step * count < highest * 1.02:
        count += 1
    return multiples(step, 0, count)


def levels_between(low: float, high: float, parts: int) -> list[float]:
    """Round values from at or below a lowest one to at or above a highest one, at least two."""
    step = round_step((high - low) or abs(high) or 1.0, parts)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return multiples(step, first, max(last, first + 1))


def labels_that_fit(ticks: tuple[tuple[float, str], ...], room: float, size: float) -> tuple[tuple[float, str], ...]:
    """The same ticks with as many labels as stand beside each other: every one, every second, ... or the last.

    Args:
        ticks: (place, label), ascending, evenly scaled over the room.
        room: from the first to the last, pixels.
        size: of the letters, pixels.
    """
    pixels = room / ((ticks[-1][0] - ticks[0][0]) or 1.0)
    half = [LETTER * size * len(label) / 2 for _, label in ticks]

    def fit(kept: list[int]) -> bool:
        return all(
            (ticks[after][0] - ticks[before][0]) * pixels >= half[before] + half[after] + BETWEEN
            for before, after in pairwise(kept)
        )

    for every in range(1, len(ticks) + 1):
        # Where 0 stands among others it keeps its label.
        zero = next((at for at, (place, _) in enumerate(ticks) if place == 0), 0) % every
        kept = [at for at in range(len(ticks)) if at % every == zero]
        if fit(kept):
            return tuple((place, label if at in kept else "") for at, (place, label) in enumerate(ticks))
    return tuple((place, label if at == len(ticks) - 1 else "") for at, (place, label) in enumerate(ticks))
