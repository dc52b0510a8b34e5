"""The fitted volume as values of a scenario, with their intervals."""

import math

import numpy as np
from numpy.typing import NDArray

from forecast.attribute_fit import summing_to_one
from forecast.counts import month_number
from forecast.fitted import Fitted, Written
from forecast.level import cell_edges
from forecast.level_months import gone_on
from forecast.projection import Drawn, drawn_months
from forecast.shares import Shares
from forecast.volume import Volume
from scenarios.arrival_rate import branch_weights
from scenarios.scenario import Scenario

Float = NDArray[np.float64]

_LARGEST_SIGMA = 1.5


def told_volume(
    volume: Volume, scenario: Scenario, seed: int, widened: float = 1.0, draws: int = 2_000
) -> tuple[list[Fitted], list[Written]]:
    """Volume, season, trend, common factor and branches, for the twelve months from the base scenario's opening.

    What the parameters do not know of that year's total is written as `uncertain.volume`, next to the common
    factor and the branches' own years, so that a run of the scenario spreads as wide as the forecast does.

    Args:
        volume: as fitted.
        scenario: the base.
        seed, draws: of the luck that the year is drawn with.
        widened: by how much the back-test asks for wider intervals.

    Returns:
        What was fitted, and what is to be written.
    """
    level, counts = volume.level, volume.counts
    inflow = scenario.inflow
    last = counts.first + counts.months
    opening = month_number(scenario.windows.opens)
    # The calendar year in which most of the twelve months told lie.
    coming = (max(opening, last) if opening + 12 > last else last) + 5
    shares = volume.shares.ahead(coming // 12)
    ahead = max(opening + 12 - last, 12)
    drawn = drawn_months(volume, ahead, draws, seed, "calibrate")
    rates = drawn.rates
    year = rates[:, ahead - 12 :]
    if opening + 12 <= last:
        # The base's year lies in the past: what is forecast is the year after the history, in its own season.
        year = rates[:, :12]
    totals = year.sum(axis=1)
    middle = float(np.median(totals))
    totals = middle * np.round((totals / middle) ** widened, 9)
    yearly = float(totals.mean())
    low, high = (float(value) for value in np.quantile(totals, (0.05, 0.95)))
    requests = int(counts.total.sum())
    told = [
        Fitted(
            "requests",
            "",
            yearly,
            low,
            high,
            "requests",
            requests,
            None,
            inflow.requests_per_year * inflow.volume_factor,
        )
    ]
    sd, stay = level.mean_parameters
    mean_share = shares.mean
    whole = float(np.log(totals).var())
    common = math.log1p(sd**2) * _mean_correlation(stay)
    own = shares.year_dispersion + shares.relative_variance + shares.month_dispersion / 12
    branches = float((mean_share**2) @ own)
    unknown = math.sqrt(max(whole - common - branches, 1e-4))
    # Where branches' years even out in the total, independent ones would make it vary more than it does.
    carried = min(1.0, max(whole - common, 0.0) / branches) if branches > 0 else 1.0
    written = [
        Written(
            ("inflow", "requests_per_year"),
            round(yearly, 1),
            f"{requests} requests of {counts.months} months; 90 % interval {low:,.0f} to {high:,.0f}",
        ),
        Written(("inflow", "volume_factor"), 1.0, "the fitted volume is taken as it is"),
        Written(
            ("inflow", "uncertain", "volume"),
            {"kind": "lognormal", "mean": 1.0, "sigma": round(min(unknown, _LARGEST_SIGMA), 4)},
            "what the history leaves open of the year's total, beyond the common factor and the branches' own years",
        ),
    ]
    season, bounds = _season(drawn)
    months = {str(number + 1): float(season[number]) for number in range(12)}
    for number in range(12):
        low, high = bounds[0, number], bounds[1, number]
        usual = inflow.month_weights[number]
        told.append(Fitted("season", str(number + 1), season[number], low, high, "share", requests, None, usual))
    weights = list(summing_to_one(months, 5).values())
    written.append(
        Written(
            ("inflow", "month_weights"), weights, f"{counts.months} months of the history, drawn to the base's season"
        )
    )
    trend, slowest, fastest = _quantiles(drawn.trend)
    told.append(
        Fitted(
            "trend",
            "",
            math.expm1(trend),
            math.expm1(slowest),
            math.expm1(fastest),
            "share",
            requests,
        )
    )
    stays = _grid_interval(volume, 1)
    # The grid is of the factor's logarithm; what is told is the factor's own standard deviation.
    least, most = (math.sqrt(math.expm1(end**2)) for end in _grid_interval(volume, 0))
    told.append(Fitted("common_sd", "", sd, least, most, "share", counts.months, None, inflow.common_factor.monthly_sd))
    told.append(
        Fitted("common_stay", "", stay, *stays, "index", counts.months, None, inflow.common_factor.autocorrelation)
    )
    written.append(
        Written(
            ("inflow", "common_factor"),
            {"monthly_sd": round(sd, 4), "autocorrelation": round(min(stay, 0.99), 4)},
            f"{counts.months} monthly totals; standard deviation {least:.1%} to {most:.1%} (90 %)",
        )
    )
    told.append(
        Fitted(
            "branch_dispersion",
            "",
            shares.year_dispersion,
            *_dispersion_interval(volume),
            "index",
            requests,
            None,
            inflow.branch_dispersion,
        )
    )
    written.append(
        Written(
            ("inflow", "branch_dispersion"),
            round(shares.year_dispersion, 5),
            f"{len(shares.years)} calendar years of {len(mean_share)} branches",
        )
    )
    written.append(Written(("inflow", "branch_correlation"), 0.0, "what branches share is in the fitted common factor"))
    told.append(
        Fitted(
            "month_dispersion",
            "",
            shares.month_dispersion,
            shares.month_dispersion,
            shares.month_dispersion,
            "index",
            requests,
        )
    )
    told_branches, written_branches = _branches(volume, shares, scenario, own * carried)
    return told + told_branches, written + written_branches + _later_years(scenario, trend, max(opening - last, 0))


def _mean_correlation(stay: float, months: int = 12) -> float:
    """Variance of the mean of so many months of an AR(1), for a variance of 1."""
    lag = np.abs(np.subtract.outer(np.arange(months), np.arange(months)))
    return float((np.power(stay, lag) if stay else lag == 0).mean())


def _season(drawn: Drawn) -> tuple[Float, Float]:
    """Month weights, sum 1, and the ends of their 90 % intervals, float64 (12,) and (2, 12)."""
    weights = np.exp(drawn.season)
    weights /= weights.sum(axis=1, keepdims=True)
    mean = weights.mean(axis=0)
    return mean / mean.sum(), np.quantile(weights, (0.05, 0.95), axis=0)


def _quantiles(values: Float) -> tuple[float, float, float]:
    """Mean and the ends of the 90 % interval."""
    low, high = np.quantile(values, (0.05, 0.95))
    return float(values.mean()), float(low), float(high)


def _grid_interval(volume: Volume, axis: int) -> tuple[float, float]:
    """The 90 % interval of one axis of the level's grid, which is rougher where the level wanders."""
    level = volume.level
    wanders = level.points[:, 2] > 0
    parts = [(level.points[part, axis], level.weights[part]) for part in (wanders, ~wanders) if part.any()]
    return _interval_of(parts, 0.0, 1.0)


def _dispersion_interval(volume: Volume) -> tuple[float, float]:
    low, high = _interval_of([(np.log(volume.shares.draws.dispersion), volume.shares.weight)], -math.inf, math.inf)
    return math.exp(low), math.exp(high)


def _interval_of(parts: list[tuple[Float, Float]], least: float, most: float) -> tuple[float, float]:
    """The 90 % interval of weighted grids together: each point's weight lies evenly over its slice."""
    laws = []
    for values, weights in parts:
        points = np.unique(values)
        mass = np.asarray([weights[values == point].sum() for point in points])
        edges = cell_edges(points, least, most) if len(points) > 1 else np.asarray([points[0] - 1e-9, points[0] + 1e-9])
        laws.append((edges, np.concatenate([[0.0], np.cumsum(mass)])))
    ends = np.unique(np.concatenate([edges for edges, _ in laws]))
    below = sum(np.interp(ends, edges, cumulative) for edges, cumulative in laws)
    low, high = np.interp([0.05, 0.95], below / below[-1], ends)
    return float(low), float(high)


DRIFT_TOLD = 0.5
"""How improbable it must be that no branch drifts, for drifts to be told."""
FEW = 12
"""Requests below which a branch's own history says little, and a warning says so."""


def _branches(
    volume: Volume, shares: Shares, scenario: Scenario, dispersion: Float
) -> tuple[list[Fitted], list[Written]]:
    """Parts in the year to come; where branches drift, also how fast."""
    weights, drift = branch_weights(scenario), shares.drift
    drifts = drift.none < DRIFT_TOLD
    mean = shares.mean
    requests = volume.counts.by_branch.sum(axis=1)
    told, written = [], []
    for place, code in enumerate(scenario.branches):
        low, high = shares.interval(place, 0.05, 0.95)
        own, usual = float(mean[place]), float(shares.prior[place])
        told.append(Fitted("branch_part", code, own, low, high, "share", int(requests[place]), None, usual))
        entry: dict[str, float] = {}
        if weights[place] > 0:
            entry["demand_factor"] = round(min(float(mean[place] / weights[place]), 1000.0), 5)
        entry["volume_dispersion"] = round(min(float(dispersion[place]), 10.0), 5)
        source = f"{requests[place]} requests; part of all {mean[place]:.2%}, 90 % interval {low:.2%} to {high:.2%}"
        if drifts and (rate := drift.rate[:, place]).any():
            growth, least, most = (math.expm1(one) for one in _quantiles(rate))
            told.append(Fitted("branch_drift", code, growth, least, most, "share", int(requests[place])))
            source += f"; {growth:+.1%} a year beside the others ({least:+.1%} to {most:+.1%}), carried on"
        written.append(Written(("branches", code), entry, source))
    return told, written


def _later_years(scenario: Scenario, trend: float, before: int) -> list[Written]:
    """The trend beyond the first twelve months, as economic factors by year of the scheme.

    Args:
        scenario: the base.
        trend: growth of a year, in the logarithm.
        before: months between the last one counted and the first of the year that was forecast: the trend fades.
    """
    opens, closes = scenario.windows.opens, scenario.windows.filing_deadline
    rows = []
    year = 1
    first = gone_on(before + 1 + np.arange(12)).mean()
    while (start := opens.replace(year=opens.year + year, day=min(opens.day, 28))) <= closes:
        until = start.replace(year=start.year + 1)
        grown = trend * float(gone_on(before + 1 + 12 * year + np.arange(12)).mean() - first) / 12
        row: dict[str, object] = {"from": start.isoformat(), "factor": round(math.exp(grown), 4)}
        row["until"] = min(until.fromordinal(until.toordinal() - 1), closes).isoformat()
        rows.append(row)
        year += 1
    if not rows:
        return []
    kept = [
        factor.model_dump(mode="json", by_alias=True, exclude_none=True) for factor in scenario.inflow.economic_factors
    ]
    told = f"what is left of the fitted trend of {math.expm1(trend):+.1%} a year, which fades"
    return [Written(("inflow", "economic_factors"), [*kept, *rows], told)]
