"""Round values for an axis."""


def round_step(span: float, parts: int) -> float:
    """The round step (1, 2, 2.5 or 5 times a power of ten) that cuts a span into at most so many parts.

    Args:
        span: above 0.
        parts: at least 1.
    """
    step = 1e-9
    while True:
        for factor in (1, 2, 2.5, 5):
            if step * factor * parts >= span * (1 - 1e-9):
                return step * factor
        step *= 10


def levels_up_to(highest: float, parts: int) -> list[float]:
    """Round values from 0 to just above a highest one."""
    step = round_step(highest or 1.0, parts)
    count = 1
    while step * count < highest * 1.02:
        count += 1
    return [step * number for number in range(count + 1)]
