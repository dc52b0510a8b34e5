"""Made-up figures of findings: an estimate over runs, a paired difference."""

from typing import Any


def estimate(mean: float, unit: str, spread: float = 0.1) -> dict[str, Any]:
    """An estimate around a mean."""
    whole = unit == "cents"

    def value(factor: float) -> float:
        number = mean * factor
        if unit in ("share", "probability"):
            return round(min(1.0, number), 4)
        return round(number) if whole else round(number, 2)

    return {
        "mean": value(1.0),
        "se": value(spread / 10),
        "p5": value(1 - 1.6 * spread),
        "p10": value(1 - 1.3 * spread),
        "p50": value(1 - 0.02 * spread),
        "p90": value(1 + 1.3 * spread),
        "p95": value(1 + 1.6 * spread),
        "unit": unit,
    }


def difference(mean: float, se: float, unit: str) -> dict[str, Any]:
    """A paired difference."""
    return {"mean": mean, "se": se, "unit": unit}
