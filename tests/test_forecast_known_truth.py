"""Thirty histories of known truth (12 to 48 months, trends, shocks, tiny branches): what the fit claims of them."""

from functools import cache
from typing import Literal

import numpy as np
import pytest
from scipy.stats import binomtest, ttest_1samp
from synthetic_history import Truth, base, drawn, truth, truth_of_priors

from forecast.back_test import BackTest, back_test
from forecast.back_test_told import branches_p
from forecast.rivals import LIBRARY, NAIVE
from forecast.scores import uniform_p
from forecast.volume import fit_volume
from forecast.volume_told import told_volume

MONTHS = (12, 15, 18, 21, 24, 27, 30, 33, 36, 39, 42, 48)
HISTORIES = 30
NEAR = slice(0, 6)
"""One to six months ahead."""


@cache
def back_tested(seed: int, library: bool) -> BackTest:
    months = MONTHS[seed % len(MONTHS)]
    found = back_test(drawn(truth(seed, months), months, seed), base(), 1, draws=300, library=library)
    assert found is not None, "a year is enough to be tested"
    return found


def known(values: np.ndarray) -> np.ndarray:
    return values[~np.isnan(values)]


def inside(found: list[BackTest]) -> float:
    """How often the total fell inside its 90 % interval, one to six months ahead, by randomised PIT."""
    cases = np.concatenate([known(one.pit_total[:, NEAR]) for one in found])
    return float((np.abs(cases - 0.5) <= 0.45).mean())


def against(found: list[BackTest], rivals: tuple[str, ...]) -> float:
    """The CRPS of the total over that of each history's best rival, as a geometric mean over the histories."""
    ratios = []
    for one in found:
        best = min(np.nanmean(one.rival_total[name][:, NEAR]) for name in rivals)
        ratios.append(np.nanmean(one.crps_total[:, NEAR]) / best)
    return float(np.exp(np.mean(np.log(ratios))))


def test_six_histories_of_known_truth_are_forecast_better_than_by_any_simple_rule() -> None:
    """A quick part of the thirty: intervals hold roughly, and the CRPS is a tenth below each best naive rival's."""
    found = [back_tested(seed, library=False) for seed in range(4)]
    assert 0.8 <= inside(found) <= 0.99
    assert against(found, tuple(NAIVE)) <= 0.9


@pytest.mark.deep
def test_over_thirty_histories_every_claim_of_the_forecast_holds() -> None:
    """The bars: PIT of total and branches not rejected at 1 % in 27 of 30; 90 % intervals hold 85 to 95 % of the time;
    CRPS a tenth below the best naive rival's and at most 1.05 times the library's."""
    found = [back_tested(seed, library=True) for seed in range(HISTORIES)]
    sound = sum(
        uniform_p(known(one.pit_total[:, 0])) >= 0.01 and branches_p(one.pit_branches[:, :, 0]) >= 0.01 for one in found
    )
    assert sound >= 27
    assert 0.85 <= inside(found) <= 0.95
    assert against(found, tuple(NAIVE)) <= 0.9
    assert against(found, (LIBRARY,)) <= 1.05


KINDS = ("season", "branch_part", "trend", "common_sd", "common_stay", "branch_dispersion")


def shares_held(truths: list[tuple[Truth, int, int]]) -> dict[str, np.ndarray]:
    """By kind of parameter, how many of each history's 90 % intervals hold what was drawn, and of how many."""
    held: dict[str, list[tuple[int, int]]] = {kind: [] for kind in KINDS}
    for true, months, seed in truths:
        fitted, _ = told_volume(fit_volume(drawn(true, months, seed), base()), base(), 1)
        values = {
            ("common_sd", ""): true.sd,
            ("common_stay", ""): true.stay,
            ("trend", ""): float(np.expm1(true.trend)),
            ("branch_dispersion", ""): true.dispersion,
            **{("season", str(month + 1)): true.season[month] for month in range(12)},
            **{("branch_part", code): true.part[place] for place, code in enumerate(base().branches)},
        }
        for kind in KINDS:
            cases = [one.low <= values[one.name, one.subject] <= one.high for one in fitted if one.name == kind]
            held[kind].append((sum(cases), len(cases)))
    return {kind: np.asarray(rows) for kind, rows in held.items()}


def chance(held: np.ndarray, side: Literal["two-sided", "less"] = "two-sided") -> float:
    """How probable so many, or so few, would be if intervals held 90 % of the time: all cases pooled."""
    inside, cases = (int(value) for value in held.sum(axis=0))
    return float(binomtest(inside, cases, 0.9, side).pvalue)


def chance_by_history(held: np.ndarray) -> float:
    """The same where a history has many cases, which go together: its share is one case (Student's t)."""
    return float(ttest_1samp(held[:, 0] / held[:, 1], 0.9).pvalue)


@pytest.mark.deep
def test_parameters_lie_in_their_intervals_as_often_as_these_say() -> None:
    """90 % intervals of every kind of parameter over 120 histories, pooled: 90 % is not rejected at 1 %. Spread and
    stickiness of the common factor are drawn from three middling values, which a short history cannot tell from the
    less usual ones that an interval must also hold: of these two only too few is a fault. (The next test draws truths
    so that both sides count.)"""
    held = shares_held([(truth(seed, MONTHS[seed % 12]), MONTHS[seed % 12], seed) for seed in range(4 * HISTORIES)])
    for kind in ("season", "branch_part", "trend", "branch_dispersion"):
        assert chance(held[kind]) >= 0.01, (kind, held[kind].sum(axis=0))
    for kind in ("common_sd", "common_stay"):
        assert chance(held[kind], "less") >= 0.01, (kind, held[kind].sum(axis=0))


@pytest.mark.deep
def test_of_truths_drawn_from_what_is_believed_beforehand_nine_in_ten_are_held() -> None:
    """Truths as the fit believes in them, over 96 histories: then, and only then, intervals of a sound computation hold
    90 % exactly, neither less nor more. Not rejected at 1 % on either side, for any kind."""
    seeds = range(500, 596)
    held = shares_held([(truth_of_priors(seed, MONTHS[seed % 12]), MONTHS[seed % 12], seed) for seed in seeds])
    for kind in ("trend", "common_sd", "common_stay", "branch_dispersion"):
        assert chance(held[kind]) >= 0.01, (kind, held[kind].sum(axis=0))
    for kind in ("season", "branch_part"):
        assert chance_by_history(held[kind]) >= 0.01, (kind, held[kind].sum(axis=0))
