"""Thirty histories of known truth (12 to 48 months, trends, shocks, tiny branches): what the fit claims of them."""

from functools import cache

import numpy as np
import pytest
from synthetic_history import base, drawn, truth

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
    assert found is not None
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


@pytest.mark.deep
def test_parameters_lie_in_their_intervals_as_often_as_these_say() -> None:
    """90 % intervals of the season, the branches' parts, the trend and the common factor over thirty histories. Twelve
    months of each season and 32 branches make many cases; the others are thirty each (90 % of 30 misses 6 one time in
    twenty)."""
    hits: dict[str, list[bool]] = {}
    for seed in range(HISTORIES):
        months = MONTHS[seed % len(MONTHS)]
        true = truth(seed, months)
        fitted, _ = told_volume(fit_volume(drawn(true, months, seed), base()), base(), 1)
        values = {
            ("common_sd", ""): true.sd,
            ("common_stay", ""): true.stay,
            ("trend", ""): float(np.expm1(true.trend)),
            ("branch_dispersion", ""): true.dispersion,
            **{("season", str(month + 1)): true.season[month] for month in range(12)},
            **{("branch_part", code): true.part[place] for place, code in enumerate(base().branches)},
        }
        for one in fitted:
            if (one.name, one.subject) in values:
                hits.setdefault(one.name, []).append(one.low <= values[one.name, one.subject] <= one.high)
    rates = {name: float(np.mean(cases)) for name, cases in hits.items()}
    assert 0.8 <= rates["season"] <= 0.98, rates
    assert 0.82 <= rates["branch_part"] <= 0.98, rates
    for name in ("common_sd", "common_stay", "trend", "branch_dispersion"):
        assert rates[name] >= 0.8, rates
