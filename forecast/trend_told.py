"""The trend that the months alone would give, beside the one that is kept of it."""

import math
from typing import Any

import numpy as np

from forecast.fitted import Fitted
from forecast.level import Level
from forecast.level_months import TREND_AT

_FREE_TREND = 3.0
"""A prior of the trend that draws it nowhere: growth by a factor of e**3 a year lies within one standard deviation."""
_MOST_POINTS = 40
_NORMAL_95 = 1.645


def trend_section(level: Level, fitted: tuple[Fitted, ...], months: int) -> dict[str, Any]:
    """What the months say of a year's growth when nothing is believed of it beforehand, and what the fit keeps.

    The fit draws the trend to none, by a prior whose strength is found from the months too; the more months there are,
    and the less they scatter, the more is kept.

    Args:
        level: as fitted.
        fitted: every quantity that is told, the trend among them.
        months: of the history.

    Returns:
        {months, alone{value, low, high}, kept{value, low, high}}, growth of a year as shares, 90 % intervals; kept is
        the trend as the fit tells it.
    """
    told = next(one for one in fitted if one.name == "trend")
    top = np.argsort(level.weights, kind="stable")[::-1][:_MOST_POINTS]
    weights = level.weights[top] / level.weights[top].sum()
    free = [level.given(int(point), trend=_FREE_TREND) for point in top]
    means = np.asarray([one.mean[TREND_AT] for one in free])
    variances = np.asarray([(one.root[TREND_AT] ** 2).sum() for one in free])
    mean = float(weights @ means)
    spread = math.sqrt(float(weights @ (variances + (means - mean) ** 2)))
    alone = (mean, mean - _NORMAL_95 * spread, mean + _NORMAL_95 * spread)
    names = ("value", "low", "high")
    return {
        "months": months,
        "alone": {name: round(math.expm1(value), 6) for name, value in zip(names, alone, strict=True)},
        "kept": {name: round(float(getattr(told, name)), 6) for name in names},
    }
