"""How good forecasts were: CRPS, coverage, randomised PIT, bias.

Sources: Gneiting and Raftery (2007), "Strictly proper scoring rules" (CRPS); Zamo and Naveau (2018), "Estimation of the
CRPS with limited information" (its unbiased form by probability-weighted moments); Czado, Gneiting and Held (2009),
"Predictive model assessment for count data" (randomised PIT: counts are lumpy, and naive coverage misleads).
"""

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float64]

LEVELS = (0.5, 0.8, 0.9)


def crps(draws: Float, seen: Float) -> Float:
    """Continuous ranked probability score of ensembles, the unbiased estimate; 0 is best, in units of the quantity.

    Args:
        draws: float64 (draws, ...), at least two draws.
        seen: float64 (...), what came.

    Returns:
        float64 (...).
    """
    count = len(draws)
    ordered = np.sort(draws, axis=0)
    rank = np.arange(1, count + 1, dtype=np.float64).reshape(-1, *[1] * seen.ndim)
    apart = ((2 * rank - count - 1) * ordered).sum(axis=0) / (count * (count - 1))
    return np.asarray(np.abs(draws - seen).mean(axis=0) - apart, dtype=np.float64)


def pit(draws: Float, seen: Float, unit: Float) -> Float:
    """Randomised probability integral transform: uniform where forecasts are what they say.

    Args:
        draws: float64 (draws, ...).
        seen: float64 (...).
        unit: float64 (...), uniform luck of its own, which parts ties.

    Returns:
        float64 (...), between 0 and 1.
    """
    count = len(draws)
    below = (draws < seen).sum(axis=0)
    equal = (draws == seen).sum(axis=0)
    return np.asarray((below + unit * (equal + 1)) / (count + 1), dtype=np.float64)


def covered(transformed: Float, level: float) -> float:
    """Share of cases inside the central interval of a level, by their PIT (so that lumpy counts are no excuse)."""
    if not transformed.size:
        return float("nan")
    return float((np.abs(transformed - 0.5) <= level / 2).mean())


def uniform_p(transformed: Float) -> float:
    """Probability of a PIT at least so far from uniform (Kolmogorov's exact test of independent cases)."""
    from scipy.stats import kstest

    return float(kstest(transformed.ravel(), "uniform").pvalue)
