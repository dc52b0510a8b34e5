"""The inflow's moments against their formulas, and the laws of its luck."""

import math
from dataclasses import fields
from datetime import date

import numpy as np
import pytest
from scipy import stats
from tiny import tiny

from scenarios.attributes import CENTRAL, Requests, draw_parameters
from scenarios.calendar import DAY
from scenarios.scenario import Scenario
from scenarios.variates import integer_table
from sim.desk import examine
from sim.ground import ground_of
from sim.inflow import cumulative_rates, draw_requests
from sim.need import need_of
from sim.price_list import PriceList
from sim.run_requests import together
from sim.volume import MILLIONTHS, branch_multipliers, gamma_table, monthly_factor

Z = 3.29
"""99.9 % of a normal law lies within so many standard deviations."""

REGIMES = ("temporary", "gber")

POISSON = (
    "inflow.branch_dispersion=0",
    "inflow.common_factor.monthly_sd=0",
    "inflow.uncertain.volume={kind: constant, at: 1}",
    "inflow.uncertain.hours={kind: constant, at: 1}",
    "inflow.uncertain.fee_per_hour={kind: constant, at: 1}",
)


def counts(scenario: Scenario, runs: int) -> np.ndarray:
    """Requests by run and branch."""
    ground = ground_of(scenario)
    return np.asarray([[len(one.number) for one in draw_requests(ground, run)] for run in range(runs)])


def expected_counts(scenario: Scenario) -> np.ndarray:
    ground = ground_of(scenario)
    return ground.yearly_requests * ground.day_weights.sum()


def near(values: np.ndarray, mean: float, z: float = Z) -> None:
    """The sample's mean lies within its 99.9 % interval of the formula's."""
    assert abs(values.mean() - mean) <= z * values.std(ddof=1) / math.sqrt(len(values)) + 1e-12


def near_variance(values: np.ndarray, variance: float, z: float = Z) -> None:
    """The sample's variance lies within its 99.9 % interval of the formula's (by the fourth moment)."""
    centred = values - values.mean()
    error = math.sqrt(max((centred**4).mean() - centred.var() ** 2, 0) / len(values))
    assert abs(values.var(ddof=1) - variance) <= z * error


def test_without_dispersion_counts_are_poisson() -> None:
    """Mean = variance = volume * weights, and the counts pass a chi-square test against Poisson."""
    scenario = tiny(*POISSON, "inflow.requests_per_year=20")
    found = counts(scenario, 1500)
    for branch, mean in enumerate(expected_counts(scenario)):
        if mean == 0:
            assert not found[:, branch].any()
            continue
        near(found[:, branch], mean)
        near_variance(found[:, branch], mean)
        edges = np.arange(int(mean - 3 * math.sqrt(mean)), int(mean + 3 * math.sqrt(mean)))
        edges = edges[edges >= 0]
        seen = np.histogram(found[:, branch], [-1, *edges + 0.5, 10_000])[0]
        chances = np.diff([0, *stats.poisson.cdf(edges, mean), 1])
        assert stats.chisquare(seen, chances * len(found)).pvalue > 0.001


def test_dispersion_makes_counts_negative_binomial() -> None:
    """var = mean + dispersion * mean²: the declared meaning of branch_dispersion."""
    scenario = tiny(
        *POISSON, "inflow.branch_dispersion=0.2", "inflow.branch_correlation=0", "inflow.requests_per_year=120"
    )
    found = counts(scenario, 1500)
    for branch, mean in enumerate(expected_counts(scenario)):
        if mean:
            near(found[:, branch], mean)
            near_variance(found[:, branch], mean + 0.2 * mean**2)


@pytest.mark.parametrize("variance", [0.01, 0.08, 1.0, 10.0])
def test_the_gamma_table_keeps_the_mean_and_the_variance(variance: float) -> None:
    table = gamma_table(variance) / MILLIONTHS
    assert table.mean() == pytest.approx(1, abs=1e-6)
    # Slice means lose the variance inside slices, nearly all of it in the last one.
    assert table.var() == pytest.approx(variance, rel=0.01)
    assert (np.diff(table) >= 0).all()


def test_branches_share_good_and_bad_years_by_a_gaussian_copula() -> None:
    """Kendall's tau of two branches is (2 / pi) arcsin(rho), whatever their margins."""
    scenario = tiny("inflow.branch_correlation=0.5", "inflow.branch_dispersion=0.3")
    found = np.asarray([branch_multipliers(scenario, run) for run in range(1500)])
    tau = 2 / math.pi * math.asin(0.5)
    # The error of tau is at most sqrt(2 (1 - tau²) / n) (Kendall and Gibbons, 1990).
    assert abs(stats.kendalltau(found[:, 0], found[:, 1]).statistic - tau) < Z * math.sqrt(2 * (1 - tau**2) / 1500)
    near(found[:, 0] / MILLIONTHS, 1)
    near_variance(found[:, 0] / MILLIONTHS, 0.3)


def test_the_monthly_factor_is_a_stationary_ar1_of_mean_one() -> None:
    """Mean 1 and sd monthly_sd in every month; the logarithm's correlation at lag k is autocorrelation^k."""
    scenario = tiny("inflow.common_factor.monthly_sd=0.3", "inflow.common_factor.autocorrelation=0.6")
    paths = np.asarray([monthly_factor(scenario, run, 12) for run in range(3000)])
    for month in (0, 5, 11):
        near(paths[:, month], 1)
        near_variance(paths[:, month], 0.09)
    logs = np.log(paths)
    for lag in (1, 3):
        found = np.corrcoef(logs[:, 2], logs[:, 2 + lag])[0, 1]
        assert abs(math.atanh(found) - math.atanh(0.6**lag)) < Z / math.sqrt(3000 - 3)


def test_a_longer_horizon_appends_months() -> None:
    scenario = tiny()
    assert monthly_factor(scenario, 3, 24)[:12].tolist() == monthly_factor(scenario, 3, 12).tolist()


def test_seasons_days_off_ramp_up_and_rush_are_in_the_filings() -> None:
    """Filings by month follow the day weights (chi-square); none on a day off, out of office, or past the deadline."""
    scenario = tiny(*POISSON, "inflow.requests_per_year=30000")
    ground = ground_of(scenario)
    minutes = np.concatenate([one.filing_minute for one in draw_requests(ground, 0)])
    day = minutes // DAY
    assert ground.calendar.working[day].all()
    assert (minutes % DAY >= ground.calendar.office_opens).all()
    assert (minutes % DAY < ground.calendar.office_closes).all()
    assert minutes.max() < ground.filing_end
    chosen = np.flatnonzero(ground.day_weights)
    seen = np.bincount(day, minlength=ground.calendar.days)[chosen]
    expected = ground.day_weights[chosen] / ground.day_weights.sum() * seen.sum()
    assert stats.chisquare(seen, expected).pvalue > 0.001
    rush = ground.calendar.day(date(2021, 9, 30))
    assert ground.day_weights[rush] > 1.4 * ground.day_weights[ground.calendar.day(date(2021, 9, 1))]
    # Inside the day the minute is uniform over the office hours.
    office = ground.calendar.office_closes - ground.calendar.office_opens
    seen = np.bincount(minutes % DAY - ground.calendar.office_opens, minlength=office)
    assert stats.chisquare(seen).pvalue > 0.001


def test_the_whole_count_adds_up_its_sources_of_variance() -> None:
    """With an uncertain volume V and monthly factors C: var N = mean + mean² (E[(V sum w C)²] - 1)."""
    scenario = tiny(
        *POISSON[:1],
        "inflow.common_factor={monthly_sd: 0.2, autocorrelation: 0.5}",
        "inflow.uncertain.volume={kind: lognormal, mean: 1.0, sigma: 0.2}",
        "inflow.requests_per_year=200",
    )
    ground = ground_of(scenario)
    found = counts(scenario, 1500).sum(axis=1)
    mean = float(expected_counts(scenario).sum())
    months = len(ground.calendar.months)
    weights = np.bincount(ground.calendar.month_of_day, ground.day_weights, minlength=months)
    weights = weights / weights.sum()
    lag = np.abs(np.subtract.outer(np.arange(months), np.arange(months)))
    covariance = np.exp(math.log1p(0.2**2) * 0.5**lag)
    volume = (integer_table(scenario.inflow.uncertain.volume, 10_000) / 10_000) ** 2
    second = float(weights @ covariance @ weights) * volume.mean()
    near(found, mean)
    near_variance(found, mean + mean**2 * (second - 1))


def test_the_need_is_compound_poisson() -> None:
    """E = mu E[X] and var = mu E[X²] for one price law X, independent of the count."""
    scenario = tiny(
        *POISSON,
        "inflow.requests_per_year=50",
        "inflow.ineligible_share=0.2",
        "inflow.pathway_shares=[{from: 2021-01-01, shares: {long: 1.0}}]",
        "inflow.situation_shares=[{from: 2021-01-01, shares: {ap: 1.0}}]",
        "inflow.pathways.long.hours={kind: lognormal, mean: 50, sigma: 0.6}",
        "inflow.pathways.long.fee_eur_per_hour={kind: constant, at: 10}",
        "inflow.pathways.long.duration_days={kind: constant, at: 1}",
        "inflow.start_lag_days={kind: constant, at: 1}",
        f"scheme.rates=[{', '.join(f'{{regime: {one}, from: 2021-01-01, rate_share: 1.0}}' for one in REGIMES)}]",
        "scheme.regimes={temporary: {from: 2021-01-01, until: 2030-01-01}, gber: {from: 2021-05-01}}",
        "scheme.hour_caps=[]",
        "scheme.unit_caps=[]",
        "scheme.company_aid_ceilings=[]",
        "desk.work_minutes={kind: constant, at: 1}",
        "desk.incomplete_share=0",
    )
    ground = ground_of(scenario)
    needs = []
    for run in range(1200):
        requests = together(ground, draw_requests(ground, run))
        needs.append(int(need_of(ground, requests, examine(ground, requests), PriceList(ground, requests)).cents.sum()))
    inflow = scenario.inflow
    mu = float(expected_counts(scenario).sum()) * 0.8
    trainees = np.maximum(integer_table(inflow.trainees, 1), 1).astype(float)
    cents = integer_table(inflow.pathways["long"].hours, 100) * 10.0
    found = np.asarray(needs, dtype=float)
    near(found, mu * trainees.mean() * cents.mean())
    near_variance(found, mu * (trainees**2).mean() * (cents**2).mean())


def the_same(one: Requests, other: Requests, count: int | None = None) -> None:
    for field in fields(Requests):
        assert np.array_equal(getattr(one, field.name)[:count], getattr(other, field.name)[:count]), field.name


def test_changing_one_branch_leaves_the_others_bit_identical() -> None:
    first = draw_requests(ground_of(tiny()), 4)
    second = draw_requests(ground_of(tiny("branches.metal.demand_factor=3")), 4)
    assert len(second[0].number) > len(first[0].number)
    the_same(first[1], second[1])
    the_same(first[2], second[2])


def test_more_demand_only_appends() -> None:
    """The k-th request keeps all its luck; what changes is when it is filed, and the mixes that go by the day."""
    first = draw_requests(ground_of(tiny()), 2)
    second = draw_requests(ground_of(tiny("inflow.volume_factor=2")), 2)
    by_day = {"filing_minute", "size_band", "situation", "pathway", "company", "hours_hundredths"}
    by_day |= {"fee_cents_per_hour", "duration_minutes"}
    for one, other in zip(first, second, strict=True):
        assert len(other.number) >= len(one.number)
        assert (other.filing_minute[: len(one.number)] <= one.filing_minute).all()
        for field in fields(Requests):
            if field.name not in by_day:
                mine, theirs = getattr(one, field.name), getattr(other, field.name)
                assert np.array_equal(mine, theirs[: len(mine)]), field.name


def test_more_demand_appends_identically_where_mixes_do_not_drift() -> None:
    steady = (
        "inflow.size_shares.at_deadline={small: 0.5, medium: 0.3, large: 0.2}",
        "inflow.situation_shares=[{from: 2021-01-01, shares: {ap: 0.7, mutation: 0.3}}]",
    )
    first = draw_requests(ground_of(tiny(*steady)), 2)
    second = draw_requests(ground_of(tiny(*steady, "inflow.volume_factor=2")), 2)
    for one, other in zip(first, second, strict=True):
        for field in fields(Requests):
            if field.name != "filing_minute":
                mine = getattr(one, field.name)
                assert np.array_equal(mine, getattr(other, field.name)[: len(mine)]), field.name


def test_runs_seeds_and_parameters_are_apart() -> None:
    """The same address gives the same luck; another run or seed gives another."""
    ground = ground_of(tiny())
    the_same(draw_requests(ground, 5)[0], draw_requests(ground_of(tiny()), 5)[0])
    other = draw_requests(ground, 6)[0]
    assert other.filing_minute.tolist() != draw_requests(ground, 5)[0].filing_minute.tolist()
    seeded = draw_requests(ground_of(tiny("seed=8")), 5)[0]
    assert seeded.filing_minute.tolist() != draw_requests(ground, 5)[0].filing_minute.tolist()
    assert draw_parameters(tiny(), 5) != draw_parameters(tiny(), 6)


def test_rates_add_up_to_volume_times_season() -> None:
    ground = ground_of(tiny(*POISSON))
    rates = cumulative_rates(ground, 0, CENTRAL)
    assert rates[:, -1] / MILLIONTHS == pytest.approx(expected_counts(tiny(*POISSON)), abs=1e-6)
    assert (np.diff(rates, axis=1) >= 0).all()
