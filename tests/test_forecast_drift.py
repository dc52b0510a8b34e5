"""Branches that grow or shrink beside the others are seen, drawn to none, and carried on for a while."""

from dataclasses import replace

import numpy as np
import pytest
from synthetic_history import Truth, base, drawn

from forecast.branch_drift import CARRIED_YEARS, Drift, fit_drift
from forecast.volume import fit_volume
from forecast.volume_told import told_volume
from scenarios.arrival_rate import branch_volumes

YEARS = (2018, 2019, 2020)


def luck(number: int) -> np.random.Generator:
    return np.random.Generator(np.random.Philox(key=[number, 11]))


def found(growth: list[float], seed: int, requests: float = 2_000, dispersion: float = 0.005) -> Drift:
    """Twelve branches alike but for their growth, over three years."""
    rates = np.zeros(12)
    rates[: len(growth)] = np.log1p(growth)
    draw = luck(seed)
    mean = requests * np.exp(rates[:, None] * np.arange(3)) * draw.gamma(1 / dispersion, dispersion, (12, 3))
    return fit_drift(draw.poisson(mean).astype(float), np.ones((12, 3)), YEARS, 0.02, 600, draw)


def test_a_branch_that_grows_and_one_that_shrinks_are_seen() -> None:
    """+20, -30, +30 and -20 % a year over three years, eight others that do neither: within 10 points on the mean."""
    means = np.mean([np.expm1(found([0.2, -0.3, 0.3, -0.2], seed).mean) for seed in range(6)], axis=0)
    assert means[0] == pytest.approx(0.2, abs=0.1)
    assert means[1] == pytest.approx(-0.3, abs=0.1)
    assert np.abs(means[4:]).max() < 0.06


def test_good_and_bad_years_are_not_taken_for_drift() -> None:
    """Of forty schemes in which nobody drifts, in few is drift believed, and the drift told of any branch is small."""
    several = [found([], seed, dispersion=0.02) for seed in range(40)]
    assert np.mean([one.none < 0.2 for one in several]) <= 0.1
    assert np.sqrt(np.mean([one.mean**2 for one in several])) < 0.03


def test_tiny_branches_and_short_histories_do_not_drift() -> None:
    """Fewer than 30 requests, or two years, tell no drift: exactly none is drawn."""
    draw = luck(1)
    counted = np.vstack([draw.poisson(900, (5, 3)), [[0, 1, 9]]]).astype(float)
    drift = fit_drift(counted, np.ones((6, 3)), YEARS, 0.02, 300, draw)
    assert (drift.rate[:, 5] == 0).all()
    assert not fit_drift(counted[:, :2], np.ones((6, 2)), YEARS[:2], 0.02, 300, draw).rate.any()


def test_a_drift_is_carried_on_for_two_years_and_no_longer() -> None:
    drift = Drift(np.full((1, 1), 0.1), np.asarray([2019.0]), 2020, 0.0)
    assert drift.times(2021)[0, 0] == pytest.approx(np.exp(0.2))
    assert drift.times(2020 + CARRIED_YEARS) == drift.times(2040)


def test_the_year_to_come_is_told_with_the_drift() -> None:
    """The largest branch shrinks by 30 % a year over three: its part of 2021 is told nearer to it than the mean of
    the three years is; the growth is told beside it."""
    prior = branch_volumes(base())
    part = prior / prior.sum()
    true = Truth(20_000, 0.0, 0.03, 0.2, 0.003, np.asarray(base().inflow.month_weights), part)
    counts = drawn(true, 36, 3)
    large = int(np.argmax(part))
    falling = 0.7 ** ((np.arange(36) - 18) / 12)
    by_branch = counts.by_branch.copy()
    by_branch[large] = luck(3).binomial(by_branch[large], falling / falling[0])
    told, _ = told_volume(fit_volume(replace(counts, by_branch=by_branch), base()), base(), 1)
    code = list(base().branches)[large]
    mine = {one.name: one for one in told if one.subject == code}
    coming = part[large] * 0.7**3
    coming /= 1 - part[large] + coming
    usual = by_branch[large].sum() / by_branch.sum()
    assert abs(mine["branch_part"].value - coming) < 0.6 * abs(usual - coming)
    assert mine["branch_drift"].high <= 0
    assert mine["branch_drift"].value < -0.05
