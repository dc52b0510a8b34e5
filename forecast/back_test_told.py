"""The back-test as plain values, with its verdict."""

from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecast.back_test import BackTest
from forecast.rivals import LIBRARY, NAIVE
from forecast.scores import LEVELS, covered, uniform_p
from forecast.widening import widening

Float = NDArray[np.float64]

HORIZONS = (1, 2, 3, 6, 9, 12)
"""Months ahead that are told."""
LEAST_CASES = 6
"""Origins below which a back-test says little."""


UNTESTED: dict[str, Any] = {"origins": 0, "horizons": [], "widened": 1.0, "trust": "too_short", "reasons": []}
"""What is told of a history that is too short to be tested."""


def back_test_section(found: BackTest) -> dict[str, Any]:
    """Scores by horizon, rivals, how much intervals are widened, and whether to trust the forecast.

    Args:
        found: the back-test.
    """
    horizons = [_horizon(found, months) for months in HORIZONS if _cases(found, months)]
    widened = widening(found.reach[:, : max(HORIZONS)].ravel())
    section: dict[str, Any] = {
        "origins": len(found.origins),
        "horizons": horizons,
        "pit_total_p": _p(found.pit_total[:, 0]),
        "pit_branches_p": branches_p(found.pit_branches[:, :, 0]),
        "pit_total": [int(count) for count in np.histogram(_known(found.pit_total[:, 0]), 10, (0, 1))[0]],
        "widened": round(widened, 3),
    }
    section["trust"], section["reasons"] = _trust(section)
    return section


def _known(values: Float) -> Float:
    return np.asarray(values[~np.isnan(values)], dtype=np.float64)


def _cases(found: BackTest, months: int) -> int:
    return int((~np.isnan(found.crps_total[:, months - 1])).sum())


def _p(transformed: Float) -> float:
    return round(uniform_p(_known(transformed)), 4)


def branches_p(transformed: Float) -> float:
    """Probability of the branches' PIT, one month ahead: the least of their own, times their number (Bonferroni).

    Branches share the months' luck, so their PIT cannot be pooled into one test.
    """
    ps = [uniform_p(_known(transformed[:, place])) for place in range(transformed.shape[1])]
    return round(min(1.0, min(ps) * len(ps)), 4) if ps else 1.0


def _horizon(found: BackTest, months: int) -> dict[str, Any]:
    at = months - 1
    total = {
        "crps": _mean(found.crps_total[:, at]),
        "bias": _mean(found.error_total[:, at]),
        "seen": _mean(found.seen_total[:, at]),
        **{f"covered_{level:.0%}".rstrip("%"): _covered(found.pit_total[:, at], level) for level in LEVELS},
    }
    branches = {
        "crps": _mean(found.crps_branches[:, :, at]),
        "bias": _mean(found.error_branches[:, :, at]),
        **{f"covered_{level:.0%}".rstrip("%"): _covered(found.pit_branches[:, :, at], level) for level in LEVELS},
    }
    rivals = []
    for name in (*NAIVE, LIBRARY):
        if name in found.rival_total:
            row: dict[str, Any] = {"rival": name, "total_crps": _mean(found.rival_total[name][:, at])}
            if name in found.rival_branches:
                row["branches_crps"] = _mean(found.rival_branches[name][:, at])
            rivals.append(row)
    return {"months": months, "cases": _cases(found, months), "total": total, "branches": branches, "rivals": rivals}


def _mean(values: Float) -> float:
    return round(float(np.nanmean(values)), 3)


def _covered(transformed: Float, level: float) -> float:
    return round(covered(_known(transformed), level), 4)


LEAST_FOR_GOOD = 12
"""Origins from which a forecast may be said to deserve trust: a year of them has met every season."""


def _trust(section: dict[str, Any]) -> tuple[str, list[str]]:
    """One word for the plain sentence (too_short, weak, fair or good), and what keeps it from the next better one.

    Good: at one and three months the 90 % interval of the total held at least 80 % of the time, the forecast beat every
    naive rival by a tenth, neither PIT is rejected at 1 %, and a year of months was tested. Weak: a naive rival was
    better, or fewer than two thirds of months fell inside. Fair: all between.
    """
    if section["origins"] < LEAST_CASES:
        return "too_short", []
    near = [row for row in section["horizons"] if row["months"] in (1, 3)]
    naive = [min(one["total_crps"] for one in row["rivals"] if one["rival"] in NAIVE) for row in near]
    ratio = sum(row["total"]["crps"] for row in near) / max(sum(naive), 1e-9)
    inside = min(row["total"]["covered_90"] for row in near)
    bad = [code for code, so in (("rival_better", ratio > 1), ("held_seldom", inside < 2 / 3)) if so]
    if bad:
        return "weak", bad
    sound = section["pit_total_p"] >= 0.01 and section["pit_branches_p"] >= 0.01
    short = [
        code
        for code, so in (
            ("small_lead", ratio > 0.9),
            ("narrow", inside < 0.8),
            ("not_uniform", inside >= 0.8 and not sound),
            ("few_origins", section["origins"] < LEAST_FOR_GOOD),
        )
        if so
    ]
    return ("fair", short) if short else ("good", [])


def distrusted(section: dict[str, Any], doubts: Iterable[str]) -> dict[str, Any]:
    """The same back-test where values of the export are doubtful: it tests numbers of requests, not what they cost.

    Args:
        section: as told.
        doubts: codes of `forecast.doubtful`.

    Returns:
        Weak where a unit is doubtful; at best fair where a mean lies far from the base's. As it was without doubts.
    """
    codes = list(doubts)
    if not codes or section["trust"] == "too_short":
        return section
    unit = any(not code.endswith("_far") for code in codes)
    trust = "weak" if unit or section["trust"] == "weak" else "fair"
    return {**section, "trust": trust, "reasons": [*section["reasons"], "doubtful_values"]}
