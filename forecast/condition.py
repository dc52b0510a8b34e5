"""A scenario given what has come: the inflow's own prior, conditioned on the requests to date.

Level and common factor: the year's uncertain volume and the AR(1) of the months are jointly normal in the logarithm;
the months seen condition both (Gaussian-process regression, as in `forecast.level`). Branches: a branch's year is a
gamma of mean 1, its requests are Poisson given it, so that it stays a gamma: shape 1/k + requests, rate 1/k + requests
expected. Means of hours and fee: normal in the logarithm. Mixes: Dirichlet. What is known goes into the scenario's
factors; what is still open, into its uncertain parameters.

Sources: Rasmussen and Williams (2006), section 2.2; Gelman et al. (2013), "Bayesian Data Analysis", sections 2.6
(gamma-Poisson), 2.5 (normal) and 3.4 (Dirichlet).
"""

import math
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from forecast.attribute_fit import PRIOR_REQUESTS, summing_to_one
from forecast.history import History
from forecast.untyped import expected_of_mix
from scenarios.arrival_rate import branch_factors, branch_volumes, dated_share_of_day, day_weights, size_share_of_day
from scenarios.calendar import Calendar, calendar_of
from scenarios.distributions import Distribution, LognormalMean
from scenarios.foresight import as_known
from scenarios.inflow import CommonFactor, DatedShares, EconomicFactor, Inflow, SizeShares, UncertainParameters
from scenarios.scenario import Scenario
from scenarios.variates import integer_table, mean_of

Float = NDArray[np.float64]
Int = NDArray[np.int64]

MIX_WEIGHT = 200.0
"""Requests that the scenario's mix counts for beside those that came."""
_LEAST_VARIANCE = 1e-6
_STEPS = 12


@dataclass(frozen=True, eq=False)
class Seen:
    """What the requests to date say, beside what the scenario expected by then.

    Attributes:
        requests, expected: requests filed, and expected by the scenario, up to the day.
        volume, volume_low, volume_high: factor by which the months to come differ from the scenario's expectation, on
            the mean, and its 90 % interval.
        hours, hours_low, hours_high: the same of the mean hours of a pathway; likewise fee and trainees.
        branches: by code, (requests, expected, factor).
    """

    requests: int
    expected: float
    volume: tuple[float, float, float]
    hours: tuple[float, float, float]
    fee: tuple[float, float, float]
    trainees: tuple[float, float, float]
    branches: dict[str, tuple[int, float, float]]


@dataclass(frozen=True, eq=False)
class Conditioned:
    """A scenario given what has come.

    Attributes:
        volume: the scenario with its volume conditioned; mix: also its mixes; cost: also hours, fee and trainees;
            scenario: also its delays: all that is known.
        seen: what was learnt.
    """

    volume: Scenario
    mix: Scenario
    cost: Scenario
    scenario: Scenario
    seen: Seen


def conditioned(scenario: Scenario, history: History) -> Conditioned:
    """Condition a scenario on the requests that came.

    Args:
        scenario: a checked scenario.
        history: the requests known at the end of its last day, filed since the opening.

    Returns:
        Conditioned; without a day past the opening the scenario itself. Its events stay in it, for the runs to live.
    """
    calendar = calendar_of(scenario)
    # What has happened was expected when it is compared with what came: the runs live it a first time already.
    known = as_known(scenario, date.fromordinal(history.last_day))
    weights, own = day_weights(known, calendar), branch_factors(known, calendar)
    last = min(calendar.day(date.fromordinal(history.last_day)), calendar.days - 1)
    inflow, volume, branches = _volume(scenario, calendar, weights, own, last, history)
    with_volume = scenario.model_copy(
        update={
            "inflow": inflow,
            "branches": {
                code: branch.model_copy(
                    update={
                        "demand_factor": branch.demand_factor * branches[code][2],
                        "volume_dispersion": branches[code][3],
                    }
                )
                for code, branch in scenario.branches.items()
            },
        }
    )
    with_mix = _mixes(with_volume, scenario, calendar, weights, last, history)
    with_cost, hours, fee, trainees = _costs(with_mix, history)
    told = {code: (requests, expected, factor) for code, (requests, expected, factor, _) in branches.items()}
    expected = float(sum(row[1] for row in told.values()))
    seen = Seen(len(history), expected, volume, hours, fee, trainees, told)
    return Conditioned(with_volume, with_mix, with_cost, _delays(with_cost, history), seen)


_Branches = dict[str, tuple[int, float, float, float]]


def _volume(
    scenario: Scenario, calendar: Calendar, weights: Float, own: Float | None, last: int, history: History
) -> tuple[Inflow, tuple[float, float, float], _Branches]:
    inflow = scenario.inflow
    yearly = branch_volumes(scenario)
    month = calendar.month_of_day
    past = np.arange(calendar.days) <= last
    part = yearly / max(yearly.sum(), 1e-9)
    by_branch: Float | None = None
    part_ahead = part
    if own is not None:  # factors of some branches alone: each branch has weights, months and a part to come of its own
        each = yearly[:, None] * weights * own
        usual = mean_of(inflow.uncertain.volume)
        seen = [np.bincount(month, np.where(past, row, 0.0), len(calendar.months)) for row in each]
        by_branch = np.asarray(usual * np.stack(seen), dtype=np.float64)
        to_come = each[:, ~past].sum(axis=1)
        part_ahead = to_come / to_come.sum() if to_come.sum() > 0 else part
        weights = weights * (part @ own)
    seen_weight = np.bincount(month, np.where(past, weights, 0.0), len(calendar.months))
    coming_weight = np.bincount(month, np.where(past, 0.0, weights), len(calendar.months))
    expected = yearly.sum() * seen_weight * mean_of(inflow.uncertain.volume)
    counts = np.zeros((len(yearly), len(calendar.months)))
    day = np.clip(history.filed - calendar.opens.toordinal(), 0, calendar.days - 1)
    np.add.at(counts, (history.branch, month[day]), 1)
    used = np.flatnonzero(expected > 0.5)
    ahead = np.flatnonzero(coming_weight > 0)
    dispersion = np.asarray(
        [
            inflow.branch_dispersion if b.volume_dispersion is None else b.volume_dispersion
            for b in scenario.branches.values()
        ]
    )
    rho = inflow.branch_correlation
    shared = float((part @ np.sqrt(dispersion)) ** 2 * rho + (part**2 @ dispersion) * (1 - rho))
    known_to = math.log1p(_relative_variance(inflow.uncertain.volume))
    spread = math.log1p(inflow.common_factor.monthly_sd**2)
    stay = inflow.common_factor.autocorrelation

    def months_apart(rows: Int, columns: Int) -> Float:
        lag = np.abs(rows[:, None] - columns[None, :])
        return np.asarray(spread * np.where(lag == 0, 1.0, np.round(stay ** np.maximum(lag, 1), 12)))

    level = known_to + shared
    total = counts.sum(axis=0)[used]
    noise = 1 / np.maximum(expected[used], 0.5)
    prior = level + months_apart(used, used)
    before = -(level + spread) / 2  # each multiplier has a mean of 1
    middle = np.full(len(used), before)
    # Newton's steps from the plain ratio: from the prior's mean they would overshoot where far more came.
    state = np.log((total + 0.5) / np.maximum(expected[used], 0.5))
    for _ in range(_STEPS):
        # Working response of the Poisson around the last guess.
        rate = expected[used] * np.exp(np.clip(state, -5, 5))
        response = state + (total - rate) / np.maximum(rate, 0.5)
        noise = 1 / np.maximum(rate, 0.5)
        gain = np.linalg.solve(prior + np.diag(noise), response - middle) if len(used) else np.zeros(0)
        state = middle + prior @ gain if len(used) else state
    whole = np.linalg.inv(prior + np.diag(noise)) if len(used) else np.zeros((0, 0))
    across = level + months_apart(used, ahead)
    mean = before + (across.T @ gain if len(used) else np.zeros(len(ahead)))
    cov = level + months_apart(ahead, ahead) - across.T @ whole @ across
    factors_only = months_apart(used, ahead)
    of_factors = months_apart(ahead, ahead) - factors_only.T @ whole @ factors_only
    heavy = coming_weight[ahead] / max(coming_weight[ahead].sum(), 1e-12)
    rates = np.exp(mean + np.diag(cov) / 2)
    overall = float(heavy @ rates) if len(ahead) else 1.0
    variance = max(float(heavy @ cov @ heavy), _LEAST_VARIANCE)
    factor_variance = max(float(heavy @ of_factors @ heavy), 0.0)
    free_variance = max(float(heavy @ months_apart(ahead, ahead) @ heavy), 1e-12)
    branches = _branch_years(
        scenario,
        dispersion,
        counts,
        np.asarray(part[:, None] * expected if by_branch is None else by_branch, dtype=np.float64),
        state,
        used,
    )
    kept = np.asarray([row[3] for row in branches.values()])
    factors = np.asarray([row[2] for row in branches.values()])
    reweighed = float(part_ahead @ factors)
    inside = float(((part_ahead * factors / max(reweighed, 1e-9)) ** 2) @ kept)
    sd = inflow.common_factor.monthly_sd * math.sqrt(min(factor_variance / free_variance, 1.0))
    left = math.sqrt(max(variance - factor_variance - inside, _LEAST_VARIANCE))
    usual = mean_of(inflow.uncertain.volume)
    economic = [
        EconomicFactor(
            starts=max(_month_start(calendar, int(number)), calendar.opens + timedelta(days=last + 1)),
            until=_month_start(calendar, int(number) + 1) - timedelta(days=1),
            factor=min(float(rate) / max(overall, 1e-9), 100.0),
        )
        for number, rate in zip(ahead, rates, strict=True)
    ]
    updated = inflow.model_copy(
        update={
            "volume_factor": min(inflow.volume_factor * overall * usual / max(reweighed, 1e-9), 1000.0),
            "economic_factors": (*inflow.economic_factors, *economic),
            "branch_correlation": 0.0,
            "common_factor": CommonFactor(monthly_sd=sd, autocorrelation=stay),
            "uncertain": _uncertain(inflow, volume=LognormalMean(kind="lognormal", mean=1.0, sigma=min(left, 3.0))),
        }
    )
    half = 1.645 * math.sqrt(variance)
    centre = math.log(max(overall, 1e-9)) - variance / 2
    return updated, (overall, math.exp(centre - half), math.exp(centre + half)), branches


def _uncertain(inflow: Inflow, **changes: Distribution) -> UncertainParameters:
    return inflow.uncertain.model_copy(update=changes)


def _month_start(calendar: Calendar, number: int) -> date:
    whole = calendar.opens.year * 12 + calendar.opens.month - 1 + number
    return date(whole // 12, whole % 12 + 1, 1)


def _branch_years(
    scenario: Scenario, dispersion: Float, counts: Float, expected: Float, state: Float, used: Int
) -> _Branches:
    """Each branch's year given its requests: (requests, expected by the scenario, factor, variance left)."""
    lived = (expected[:, used] * np.exp(state)).sum(axis=1)
    out: _Branches = {}
    for place, code in enumerate(scenario.branches):
        requests = float(counts[place, used].sum())
        variance = float(dispersion[place])
        if variance > 0:
            shape = 1 / variance + requests
            factor, left = shape / (1 / variance + float(lived[place])), 1 / shape
        else:
            factor, left = 1.0, 0.0
        out[code] = (int(counts[place].sum()), float(expected[place].sum()), factor, left)
    return out


def _relative_variance(law: Distribution) -> float:
    table = integer_table(law, 10_000).astype(np.float64)
    return float(table.var() / max(table.mean(), 1e-9) ** 2)


def _mixes(
    changed: Scenario, scenario: Scenario, calendar: Calendar, weights: Float, last: int, history: History
) -> Scenario:
    """Mixes to come, moved by how the mix to date differs from what the scenario expected by then."""
    inflow, scheme = changed.inflow, scenario.scheme
    past = weights[: last + 1]
    if past.sum() <= 0:
        return changed

    def moved(name: str, codes: tuple[str, ...], values: Int) -> dict[str, float]:
        table = (
            size_share_of_day(scenario, calendar)
            if name == "size"
            else dated_share_of_day(scenario, calendar, name, codes)
        )
        usual = past @ table[: last + 1] / past.sum()
        known = values[values >= 0]
        seen = np.bincount(known, minlength=len(codes)) / max(len(known), 1)
        trust = len(known) / (len(known) + MIX_WEIGHT)
        drawn = trust * seen + (1 - trust) * usual
        return {
            # What the scenario expects none of yet (a situation that opens later) says nothing of its later part.
            code: float(drawn[at] / usual[at]) if usual[at] > 0 else 1.0
            for at, code in enumerate(codes)
        }

    def applied(shares: dict[str, float], ratio: dict[str, float]) -> dict[str, float]:
        raw = {code: share * ratio.get(code, 1.0) for code, share in shares.items()}
        return summing_to_one(raw, 6) if sum(raw.values()) > 0 else shares

    sizes = moved("size", tuple(scheme.size_bands), history.band)
    situations = moved("situation", tuple(scheme.situations), history.situation)
    types = moved("pathway", tuple(scheme.pathway_types), history.pathway)

    def rows(dated: tuple[DatedShares, ...], ratio: dict[str, float]) -> tuple[DatedShares, ...]:
        return tuple(DatedShares(starts=row.starts, shares=applied(row.shares, ratio)) for row in dated)

    return changed.model_copy(
        update={
            "inflow": inflow.model_copy(
                update={
                    "size_shares": SizeShares(
                        at_opening=applied(inflow.size_shares.at_opening, sizes),
                        at_deadline=applied(inflow.size_shares.at_deadline, sizes),
                    ),
                    "situation_shares": rows(inflow.situation_shares, situations),
                    "pathway_shares": rows(inflow.pathway_shares, types),
                }
            )
        }
    )


_Told = tuple[float, float, float]


def _costs(changed: Scenario, history: History) -> tuple[Scenario, _Told, _Told, _Told]:
    """Mean hours, fee and trainees, moved by what came, and known better."""
    inflow, scheme = changed.inflow, changed.scheme
    # Where the type is not known, the usual value is that of the scenario's mix: the last place.
    usual, usual_fee = expected_of_mix(inflow, tuple(scheme.pathway_types))
    kind = np.where(history.pathway >= 0, history.pathway, len(scheme.pathway_types))
    weight = np.maximum(history.trainees, 1).astype(np.float64)
    hours = history.hours_hundredths / 100
    of_hours = history.hours_hundredths > 0
    told_hours, sd_hours = _moved(hours[of_hours], usual[kind[of_hours]], weight[of_hours], inflow.uncertain.hours)
    of_fee = of_hours & (history.cost_cents > 0)
    whole = (weight * hours)[of_fee]
    fee = history.cost_cents[of_fee] / 100 / np.maximum(whole, 1e-9)
    told_fee, sd_fee = _moved(fee, usual_fee[kind[of_fee]], whole, inflow.uncertain.fee_per_hour)
    seen = history.trainees[history.trainees > 0].astype(np.float64)
    base = float(np.clip(integer_table(inflow.trainees, 1), 1, None).mean())
    trust = len(seen) / (len(seen) + PRIOR_REQUESTS)
    error = float(seen.std()) / base / math.sqrt(len(seen)) if len(seen) else 0.0
    ratio = math.exp(trust * math.log(float(seen.mean()) / base)) if len(seen) else 1.0
    told_trainees = (ratio, ratio * math.exp(-1.645 * error), ratio * math.exp(1.645 * error))
    updated = inflow.model_copy(
        update={
            "hours_factor": min(inflow.hours_factor * told_hours[0] * mean_of(inflow.uncertain.hours), 100.0),
            "fee_factor": min(inflow.fee_factor * told_fee[0] * mean_of(inflow.uncertain.fee_per_hour), 100.0),
            "trainees": _trainees(inflow.trainees, base * ratio) if len(seen) else inflow.trainees,
            "uncertain": _uncertain(
                inflow,
                hours=LognormalMean(kind="lognormal", mean=1.0, sigma=min(sd_hours, 3.0)),
                fee_per_hour=LognormalMean(kind="lognormal", mean=1.0, sigma=min(sd_fee, 3.0)),
            ),
        }
    )
    return changed.model_copy(update={"inflow": updated}), told_hours, told_fee, told_trainees


def _moved(values: Float, usual: Float, weight: Float, law: Distribution) -> tuple[_Told, float]:
    """The factor of a mean given what came: (factor, low, high) and the standard deviation left of its logarithm."""
    prior = math.log1p(_relative_variance(law))
    if len(values) < 2 or prior <= 0:
        half = 1.645 * math.sqrt(prior)
        return (1.0, math.exp(-half), math.exp(half)), math.sqrt(prior)
    expected = float((usual * weight).sum())
    ratio = float((values * weight).sum()) / expected
    error = float(np.sqrt((weight**2 * (values - ratio * usual) ** 2).sum())) / expected / max(ratio, 1e-6)
    trust = prior / (prior + error**2)
    mean, left = trust * (math.log(max(ratio, 1e-6)) + prior / 2) - prior / 2, prior * (1 - trust)
    half = 1.645 * math.sqrt(left)
    return (math.exp(mean + left / 2), math.exp(mean - half), math.exp(mean + half)), math.sqrt(left)


def _trainees(law: Distribution, mean: float) -> Distribution:
    """The law of trainees with another mean (rounded, at least 1): a lognormal of the same spread."""
    from forecast.attribute_fit import _lognormal_centre

    table = np.maximum(integer_table(law, 1000).astype(np.float64), 1.0)
    sigma = max(float(np.log(table).std()), 0.05)
    centre = _lognormal_centre(max(mean, 1.0005), sigma)
    return LognormalMean(kind="lognormal", mean=math.exp(centre + sigma**2 / 2), sigma=sigma)


def _delays(changed: Scenario, history: History) -> Scenario:
    """The desk's lag, stretched by how the decisions so far compare with what the scenario declares.

    Requests still waiting count for as long as they have waited (Kaplan and Meier, 1958).
    """
    from forecast.survival import median_of_censored

    desk = changed.desk
    known = history.decided > 0
    waited = np.where(known, history.decided, history.last_day) - history.filed
    if known.sum() < 30:
        return changed
    middle = median_of_censored(np.maximum(waited, 0), known)
    usual = float(np.median(integer_table(desk.decision_lag_days, 1000))) / 1000
    again = desk.incomplete_share * mean_of(desk.resubmission_lag_days)
    if middle is None or usual <= 0:
        return changed
    ratio = min(max(middle / (usual + again), 0.2), 5.0)
    law = desk.decision_lag_days
    stretched = law.model_copy(
        update={
            name: value * ratio
            for name, value in law.model_dump().items()
            if isinstance(value, int | float) and name != "sigma"
        }
    )
    return changed.model_copy(update={"desk": desk.model_copy(update={"decision_lag_days": stretched})})
