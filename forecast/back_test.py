"""The back-test: at each month of the past, what would have been forecast with what was known, against what came."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from forecast.counts import Counts
from forecast.keyed import luck
from forecast.projection import drawn_counts
from forecast.rivals import LIBRARY, NAIVE, Rival, exponential_smoothing, library_known
from forecast.scores import crps, pit
from forecast.volume import fit_volume
from scenarios.scenario import Scenario

Float = NDArray[np.float64]

LEAST_MONTHS = 6
"""Months that a forecast is made from at least."""
LONGEST = 12
"""Months ahead."""
MOST_ORIGINS = 24
DRAWS = 400


@dataclass(frozen=True, eq=False)
class Case:
    """What one origin forecast, and what came.

    Attributes:
        origin: months known.
        total: float64 (draws, ahead). branches: float64 (draws, branches, ahead).
        seen: float64 (branches, ahead).
        rivals: by name, (draws, 1 + branches, ahead): the total first; the library tells the total alone.
    """

    origin: int
    total: Float
    branches: Float
    seen: Float
    rivals: dict[str, Float]


@dataclass(frozen=True, eq=False)
class BackTest:
    """Scores by origin and horizon; NaN where the history ends before.

    Attributes:
        origins: int64 (origins,), months known at each.
        crps_total, pit_total, error_total: float64 (origins, horizons).
        crps_branches, pit_branches, error_branches: float64 (origins, branches, horizons).
        rival_total: by rival, float64 (origins, horizons), CRPS. rival_branches: likewise, mean over branches.
        seen_total: float64 (origins, horizons).
        reach: float64 (origins, horizons): how far what came lay from the median, in half-widths of the 90 % interval
            on its side; 1 is its very end.
        sum_pit, sum_reach: float64 (origins,), of the sum over all months ahead that the history still holds.
    """

    origins: NDArray[np.int64]
    crps_total: Float
    pit_total: Float
    error_total: Float
    crps_branches: Float
    pit_branches: Float
    error_branches: Float
    rival_total: dict[str, Float]
    rival_branches: dict[str, Float]
    seen_total: Float
    reach: Float
    sum_pit: Float
    sum_reach: Float


def back_test(
    counts: Counts, scenario: Scenario, seed: int, draws: int = DRAWS, library: bool | None = None
) -> BackTest | None:
    """Forecast each month of the past from what was known before it.

    Args:
        counts: the history.
        scenario: the base.
        seed: of the luck.
        draws: of each forecast.
        library: whether the library forecasts too; by default where it is installed.

    Returns:
        BackTest; None where the history is shorter than what a forecast is made from, and a month.
    """
    shape = counts.shape
    whole = np.flatnonzero(shape > 0.12)
    months = int(whole[-1]) + 1 if len(whole) else 0
    start = max(LEAST_MONTHS, months - MOST_ORIGINS)
    if start >= months:
        return None
    rivals: dict[str, Rival] = dict(NAIVE)
    if library_known() if library is None else library:
        rivals[LIBRARY] = exponential_smoothing
    origins = range(start, months)
    branches = len(counts.by_branch)
    ahead = LONGEST
    single, several = (len(origins), ahead), (len(origins), branches, ahead)
    out = BackTest(
        origins=np.asarray(origins, dtype=np.int64),
        crps_total=np.full(single, np.nan),
        pit_total=np.full(single, np.nan),
        error_total=np.full(single, np.nan),
        crps_branches=np.full(several, np.nan),
        pit_branches=np.full(several, np.nan),
        error_branches=np.full(several, np.nan),
        rival_total={name: np.full(single, np.nan) for name in rivals},
        rival_branches={name: np.full(single, np.nan) for name in rivals if name != LIBRARY},
        seen_total=np.full(single, np.nan),
        reach=np.full(single, np.nan),
        sum_pit=np.full(len(origins), np.nan),
        sum_reach=np.full(len(origins), np.nan),
    )
    for at, origin in enumerate(origins):
        _score(at, _case(counts, scenario, origin, min(ahead, months - origin), seed, draws, rivals), out, seed)
    return out


def _case(
    counts: Counts, scenario: Scenario, origin: int, ahead: int, seed: int, draws: int, rivals: dict[str, Rival]
) -> Case:
    volume = fit_volume(counts.before(origin), scenario)
    then = counts.known_after(origin)
    each = then.each()
    shape = each[..., origin : origin + ahead]
    drawn = drawn_counts(volume, shape, draws, seed, f"back-test {origin}").astype(np.float64)
    seen = counts.by_branch[:, origin : origin + ahead].astype(np.float64)
    # Rivals see months of a usual length, and what they say is brought back to the months as they were.
    parts = counts.by_branch[:, :origin].sum(axis=1) / max(counts.by_branch[:, :origin].sum(), 1)
    usual = np.concatenate([then.usual(parts)[None], np.broadcast_to(each, counts.by_branch.shape)])
    known = np.concatenate([counts.by_branch.sum(axis=0, keepdims=True), counts.by_branch])[:, :origin]
    series = known / np.maximum(usual[:, :origin], 0.12)
    coming = usual[:, origin : origin + ahead]
    season = np.asarray(scenario.inflow.month_weights)
    told = {}
    for name, rival in rivals.items():
        mine = series[:1] if name == LIBRARY else series
        drawn_by = rival(mine, counts.first % 12, season, ahead, draws, luck(seed, f"{name} {origin}"))
        told[name] = drawn_by * coming[: len(mine)]
    return Case(origin, drawn.sum(axis=1), drawn, seen, told)


def _score(at: int, case: Case, out: BackTest, seed: int) -> None:
    ahead = case.seen.shape[1]
    total = case.seen.sum(axis=0)
    unit = luck(seed, f"PIT {case.origin}").random((len(case.seen) + 2, ahead))
    out.crps_total[at, :ahead] = crps(case.total, total)
    out.pit_total[at, :ahead] = pit(case.total, total, unit[0])
    out.error_total[at, :ahead] = case.total.mean(axis=0) - total
    out.crps_branches[at, :, :ahead] = crps(case.branches, case.seen)
    out.pit_branches[at, :, :ahead] = pit(case.branches, case.seen, unit[2:])
    out.error_branches[at, :, :ahead] = case.branches.mean(axis=0) - case.seen
    out.seen_total[at, :ahead] = total
    out.reach[at, :ahead] = reach(case.total, total)
    sums, came = case.total.sum(axis=1), np.asarray(total.sum())
    out.sum_pit[at] = float(pit(sums, came, unit[1, 0]))
    out.sum_reach[at] = float(reach(sums, came))
    for name, drawn in case.rivals.items():
        out.rival_total[name][at, :ahead] = crps(drawn[:, 0], total)
        if name in out.rival_branches:
            out.rival_branches[name][at, :ahead] = crps(drawn[:, 1:], case.seen).mean(axis=0)


def reach(draws: Float, seen: Float) -> Float:
    """How far what came lies from the median, in half-widths of the 90 % interval on its side."""
    low, middle, high = np.quantile(draws, (0.05, 0.5, 0.95), axis=0)
    half = np.where(seen >= middle, high - middle, middle - low)
    return np.asarray(np.abs(seen - middle) / np.maximum(half, 0.5), dtype=np.float64)
