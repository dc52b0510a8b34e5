"""Histories of known truth: counts drawn from the engine's own inflow model, with trend, shocks and tiny branches."""

from dataclasses import dataclass

import numpy as np

from forecast.branch_chain import PRIOR_LOG_SD
from forecast.counts import Counts
from forecast.level import SHOCK_CHANCE, SHOCK_SD, TRENDS, WANDERING
from scenarios.arrival_rate import branch_volumes
from scenarios.loading import load
from scenarios.scenario import Scenario


@dataclass(frozen=True)
class Truth:
    """What a history was drawn from."""

    yearly: float
    trend: float
    sd: float
    stay: float
    dispersion: float
    season: np.ndarray
    part: np.ndarray
    shocks: tuple[int, ...] = ()
    shocked_to: float = 0.35
    wander: float = 0.0


def base() -> Scenario:
    return load("convention-2i").scenario


def truth(seed: int, months: int) -> Truth:
    luck = np.random.Generator(np.random.Philox(key=[seed, 1]))
    scenario = base()
    prior = branch_volumes(scenario)
    part = prior / prior.sum() * np.exp(luck.normal(0, 0.5, len(prior)))
    season = np.asarray(scenario.inflow.month_weights) * np.exp(luck.normal(0, 0.15, 12))
    shocks = (int(luck.integers(2, months - 4)),) if seed % 3 == 0 else ()
    return Truth(
        yearly=float(np.exp(luck.uniform(np.log(1_500), np.log(40_000)))),
        trend=float(luck.normal(0, 0.1)),
        sd=float(luck.choice([0.04, 0.08, 0.15])),
        stay=float(luck.choice([0.2, 0.5, 0.8])),
        dispersion=float(luck.choice([0.005, 0.02, 0.06])),
        season=season / season.sum(),
        part=part / part.sum(),
        shocks=shocks,
    )


def truth_of_priors(seed: int, months: int) -> Truth:
    """A truth drawn from what the fit believes beforehand of every parameter, so that no value is at an advantage.

    Source: Cook, Gelman and Rubin (2006), "Validation of software for Bayesian models using posterior quantiles".
    """
    luck = np.random.Generator(np.random.Philox(key=[seed, 3]))
    scenario = base()
    prior = branch_volumes(scenario)
    straying = min((0.7 * abs(luck.standard_cauchy())) ** 2 + 0.01, 40.0)
    part = luck.gamma(1 / straying, straying, len(prior)) * prior + 1e-12
    usual = np.asarray(scenario.inflow.month_weights) if luck.random() < 0.5 else np.full(12, 1 / 12)
    freedom = luck.uniform(0, 0.36)
    season = usual * np.exp(freedom * luck.standard_normal(12))
    spread = next(value for value in np.abs(luck.normal(0, 0.25, 100)) if 0.004 < value < 0.46)
    return Truth(
        yearly=float(np.exp(luck.uniform(np.log(1_500), np.log(40_000)))),
        trend=float(luck.normal(0, luck.choice(TRENDS))),
        sd=float(np.sqrt(np.expm1(spread**2))),
        stay=float(luck.uniform(0, 0.99)),
        dispersion=float(np.clip(0.02 * np.exp(luck.normal(0, PRIOR_LOG_SD)), 0.0002, 0.6)),
        season=season / season.sum(),
        part=part / part.sum(),
        shocks=tuple(int(month) for month in np.flatnonzero(luck.random(months) < SHOCK_CHANCE)),
        shocked_to=float(np.exp(luck.normal(0, SHOCK_SD))),
        wander=float(luck.choice([0.0, 0.0, *WANDERING])),
    )


def drawn(known: Truth, months: int, seed: int, first: int = 2018 * 12) -> Counts:
    """A history of so many months."""
    luck = np.random.Generator(np.random.Philox(key=[seed, 2]))
    state = np.zeros(months)
    sigma = np.sqrt(np.log1p(known.sd**2))
    for month in range(months):
        before = state[month - 1] if month else 0.0
        step = luck.standard_normal()
        state[month] = step if month == 0 else known.stay * before + np.sqrt(1 - known.stay**2) * step
    time = np.arange(months)
    rate = known.yearly * known.season[(first + time) % 12] * np.exp(known.trend * time / 12 + sigma * state)
    if known.wander:
        rate *= np.exp(known.wander * np.cumsum(luck.standard_normal(months)))
    for shock in known.shocks:
        rate[shock] *= known.shocked_to
    years = (first + time) // 12
    good = luck.gamma(1 / known.dispersion, known.dispersion, (len(known.part), years.max() - years.min() + 1))
    mean = known.part[:, None] * good[:, years - years.min()] * rate
    return Counts(first, luck.poisson(mean), np.ones(months))
