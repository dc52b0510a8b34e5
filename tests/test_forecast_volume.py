"""The volume model: what it must recover, what it must borrow, what it must never do."""

import numpy as np
import pytest
from scipy.stats import beta
from synthetic_history import base, drawn, truth

from forecast.back_test import back_test
from forecast.back_test_told import back_test_section
from forecast.branch_chain import branch_draws
from forecast.counts import Counts
from forecast.level_months import TREND_AT, Months, gone_on
from forecast.projection import drawn_counts
from forecast.shares import month_dispersion
from forecast.volume import fit_volume
from forecast.volume_told import told_volume
from scenarios.arrival_rate import branch_volumes
from scenarios.branch import Branch
from scenarios.scenario import Scenario


def test_a_branch_with_two_requests_is_drawn_to_its_headcount_and_one_with_thousands_is_not() -> None:
    """Gamma-Poisson shrinkage: the tiny branch's part lies between its raw part and its headcount's, the large one's
    stays where it was observed."""
    known = truth(1, 24)
    counts = drawn(known, 24, 1)
    by_branch = counts.by_branch.copy()
    headcount = branch_volumes(base()) / branch_volumes(base()).sum()
    tiny = int(np.argmin(np.abs(headcount * by_branch.sum() - 12)))  # twelve were expected of it
    by_branch[tiny] = 0
    by_branch[tiny, [3, 9]] = 1
    changed = Counts(counts.first, by_branch, counts.shape)
    shares = fit_volume(changed, base()).shares
    raw = by_branch.sum(axis=1) / by_branch.sum()
    low, high = sorted((raw[tiny], shares.prior[tiny]))
    assert low < shares.mean[tiny] < high
    large = int(np.argmax(raw))
    assert shares.mean[large] == pytest.approx(raw[large], rel=0.1)
    assert shares.relative_variance[tiny] > 5 * shares.relative_variance[large]
    ends = shares.interval(tiny, 0.05, 0.95)
    assert 0 < ends[0] < ends[1] < 10 * high


def test_of_two_equal_branches_whose_years_do_not_vary_the_part_is_the_conjugate_beta() -> None:
    """Closed form: gammas of shape 1/s and one scale are a beta once divided by their sum, and counts whose total is
    free are binomial: the part is Beta(1/s + y, 1/s + n - y)."""
    counted = np.asarray([[9.0], [3.0]])
    luck = np.random.Generator(np.random.Philox(3))
    found = branch_draws(
        counted, np.ones((2, 1)), np.full(2, 0.5), 0.02, luck, kept=4_000, dispersions=(1e-6,), strayings=(0.25,)
    )
    exact = beta(4 + 9, 4 + 3)
    for level in (0.05, 0.25, 0.5, 0.75, 0.95):
        assert np.quantile(found.part[:, 0], level) == pytest.approx(exact.ppf(level), abs=0.012)


def test_of_a_single_branch_nothing_is_learnt_but_what_was_known_of_its_years() -> None:
    """Its part is 1, and how its years differ from one another is for the totals to tell: gammas of the dispersion
    asked for, mean 1 and variance 0.05."""
    luck = np.random.Generator(np.random.Philox(4))
    counted = np.asarray([[900.0, 400.0]])
    found = branch_draws(counted, np.ones((1, 2)), np.ones(1), 0.02, luck, kept=4_000, dispersions=(0.05,))
    assert (found.part == 1).all()
    assert found.year.mean(axis=0) == pytest.approx([1, 1], abs=0.02)
    assert found.year.var(axis=0) == pytest.approx([0.05, 0.05], rel=0.15)


def test_branches_add_up_to_the_total_in_every_draw_and_draws_are_the_same_bytes() -> None:
    """Keyed luck: the same fit and seed give the same counts."""
    volume = fit_volume(drawn(truth(2, 18), 18, 2), base())
    one = drawn_counts(volume, np.ones(6), 50, 7, "test")
    assert np.array_equal(one, drawn_counts(volume, np.ones(6), 50, 7, "test"))
    assert not np.array_equal(one, drawn_counts(volume, np.ones(6), 50, 8, "test"))
    assert one.shape == (50, 32, 6)
    assert (one >= 0).all()


def test_a_shock_is_found_and_left_out_of_the_level() -> None:
    """A month at a third of its usual requests, in three calm years: named, and next year is not dragged down."""
    known = truth(4, 36)
    calm = drawn(known, 36, 4)
    by_branch = calm.by_branch.copy()
    by_branch[:, 20] = by_branch[:, 20] // 4
    fitted = fit_volume(Counts(calm.first, by_branch, calm.shape), base())
    assert fitted.level.shocks == (20,)
    before = fit_volume(calm, base()).level.smoothed(36)[-6:].mean()
    assert fitted.level.smoothed(36)[-6:].mean() == pytest.approx(before, rel=0.1)


def test_a_month_that_the_export_covers_in_part_is_counted_for_what_it_is() -> None:
    """Half of the last month's days, half of its requests: the forecast is that of the whole month."""
    known = truth(5, 24)
    whole = drawn(known, 24, 5)
    by_branch = whole.by_branch.copy()
    by_branch[:, -1] = by_branch[:, -1] // 2
    shape = np.ones(24)
    shape[-1] = 0.5
    half = fit_volume(Counts(whole.first, by_branch, shape), base()).level.smoothed(24)[-1]
    assert half == pytest.approx(fit_volume(whole, base()).level.smoothed(24)[-1], rel=0.15)


def test_without_any_request_the_headcounts_part_lies_in_every_branchs_interval() -> None:
    """An empty month of history: nothing breaks, parts add up, and each interval holds the headcount's part. (Means are
    not the headcount's: of widely straying parts that add up to 1, the largest is on the mean smaller.)"""
    shares = fit_volume(Counts(2018 * 12, np.zeros((32, 1), dtype=np.int64), np.ones(1)), base()).shares
    assert shares.mean.sum() == pytest.approx(1)
    for branch, headcount in enumerate(shares.prior):
        low, high = shares.interval(branch, 0.05, 0.95)
        assert low < headcount < high


def test_parameters_are_told_with_intervals_that_hold_what_was_drawn() -> None:
    """Three years of a known truth: next year's requests, the common factor and the season lie in their intervals
    (nine of ten do over many histories: the deep test counts them)."""
    known = truth(7, 36)
    fitted, written = told_volume(fit_volume(drawn(known, 36, 7), base()), base(), 1)
    found = {(one.name, one.subject): one for one in fitted}
    sd = found["common_sd", ""]
    assert sd.low <= known.sd <= sd.high
    inside = sum(
        found["season", str(month + 1)].low <= known.season[month] <= found["season", str(month + 1)].high
        for month in range(12)
    )
    assert inside >= 9
    values = {one.key: one.value for one in written}
    assert sum(values["inflow", "month_weights"]) == pytest.approx(1, abs=1e-9)
    assert values["inflow", "uncertain", "volume"]["mean"] == 1.0


@pytest.mark.parametrize("seed", [7, 19, 23])
def test_what_runs_draw_is_as_wide_as_what_is_stated_of_the_year(seed: int) -> None:
    """The year's total in the written scenario: uncertain volume, the common factor's mean of twelve months (variance
    of the mean of an AR(1), summed by hand) and the branches' years add up to the stated 90 % interval's width."""
    fitted, written = told_volume(fit_volume(drawn(truth(seed, 36), 36, seed), base()), base(), 1)
    values = {one.key: one.value for one in written}
    year = next(one for one in fitted if one.name == "requests")
    stated = np.log(year.high / year.low) / (2 * 1.645)
    factor = values["inflow", "common_factor"]
    lags = np.abs(np.subtract.outer(range(12), range(12)))
    common = np.log1p(factor["monthly_sd"] ** 2) * float((factor["autocorrelation"] ** lags).mean())
    parts = np.asarray([one.value for one in fitted if one.name == "branch_part"])
    spread = np.asarray([values["branches", code]["volume_dispersion"] for code in base().branches])
    carried = np.sqrt(values["inflow", "uncertain", "volume"]["sigma"] ** 2 + common + float(parts**2 @ spread))
    assert carried == pytest.approx(stated, rel=0.12)


def test_what_all_branches_share_is_not_taken_for_their_own_noise() -> None:
    """A month at a third and a common factor of 40 % move every branch alike: branches' months are Poisson, and found
    to be. Gammas of variance 0.2 on each branch's month are found as such (mean of ten histories)."""
    lumpy = []
    for seed in range(10):
        luck = np.random.default_rng(seed)
        rate = 900 * np.exp(0.4 * luck.standard_normal(24))
        rate[7] /= 3
        part = branch_volumes(base()) / branch_volumes(base()).sum()
        mean = part[:, None] * rate
        assert month_dispersion(Counts(24_216, luck.poisson(mean), np.ones(24))) < 0.02
        own = luck.gamma(5, 0.2, mean.shape)
        lumpy.append(month_dispersion(Counts(24_216, luck.poisson(mean * own), np.ones(24))))
    assert np.mean(lumpy) == pytest.approx(0.2, abs=0.05)


def test_the_year_of_a_single_branch_does_not_step() -> None:
    """Three calm years of one series end in December: January is known as well as December, within a third. (A gamma
    of the base's dispersion for the new year, 14 %, would make it several times as wide.)"""
    one = Counts(24_216, np.random.default_rng(1).poisson(9_000, (1, 36)), np.ones(36))
    fitted = fit_volume(one, single())
    draws = drawn_counts(fitted, np.ones(1), 800, 1, "test")[:, 0, 0]
    assert fitted.level.evened(np.arange(len(fitted.level.points))).all()
    assert draws.std() / draws.mean() < 0.05
    assert draws.mean() == pytest.approx(9_000, rel=0.03)


def single() -> Scenario:
    flat = base().inflow.model_copy(update={"month_weights": tuple([1 / 12] * 12)})
    return base().model_copy(update={"branches": {"one": Branch(employees=10)}, "inflow": flat})


def test_the_trend_fades_after_the_last_month() -> None:
    """Closed form: 0.8 + 0.64 + 0.512 months after three, 4 in the end; nothing before."""
    assert gone_on(np.asarray([0, 1, 3, 200])) == pytest.approx([0, 0.8, 1.952, 4])
    nothing = np.zeros(24)
    months = Months(24_216, (2018, 2019), np.arange(24), nothing, nothing + 1, np.zeros(12), 0.0)
    design = months.design(np.asarray([0, 23, 24, 26]))
    assert 12 * np.diff(design[:, TREND_AT]) == pytest.approx([23, 0.8, 1.152])


def test_branches_add_up_to_a_year_that_the_branches_own_would_make_too_wide() -> None:
    """One calm series: its branch's own dispersion is written no larger than the year's total leaves room for."""
    one = Counts(24_216, np.random.default_rng(2).poisson(9_000, (1, 36)), np.ones(36))
    fitted, written = told_volume(fit_volume(one, single()), single(), 1)
    year = next(row for row in fitted if row.name == "requests")
    own = next(row.value for row in written if row.key == ("branches", "one"))["volume_dispersion"]
    assert own <= (np.log(year.high / year.low) / (2 * 1.645)) ** 2 * 1.1


def test_the_back_test_sees_nothing_of_the_months_it_forecasts() -> None:
    """Changing the last month changes no forecast made before it, and the scores of that month alone."""
    counts = drawn(truth(8, 14), 14, 8)
    other = counts.by_branch.copy()
    other[:, -1] *= 3
    one = back_test(counts, base(), 1, draws=60, library=False)
    two = back_test(Counts(counts.first, other, counts.shape), base(), 1, draws=60, library=False)
    assert one is not None
    assert two is not None
    assert np.array_equal(one.error_total[0, :-5], two.error_total[0, :-5], equal_nan=True)
    assert one.error_total[-1, 0] != two.error_total[-1, 0]
    assert (one.error_total[-1, 0] - one.crps_total[-1, 0]) != 0
    # The forecast itself (error + what came) is the same.
    assert one.error_total[-1, 0] + one.seen_total[-1, 0] == pytest.approx(
        two.error_total[-1, 0] + two.seen_total[-1, 0]
    )


def test_a_history_of_half_a_year_is_too_short_to_be_tested_and_says_so() -> None:
    """Six months are what a forecast is made from at least; eight leave two origins."""
    assert back_test(drawn(truth(9, 12), 12, 9).before(6), base(), 1, draws=50, library=False) is None
    short = back_test(drawn(truth(9, 12), 12, 9).before(8), base(), 1, draws=50, library=False)
    assert short is not None
    assert back_test_section(short)["trust"] == "too_short"


def test_a_steady_history_is_trusted_and_beats_its_rivals() -> None:
    """Two years with season and a calm common factor: better than every naive rival, intervals that hold."""
    section = back_test_section(back_test(drawn(truth(10, 26), 26, 10), base(), 1, draws=200, library=False))
    near = section["horizons"][0]
    assert near["total"]["crps"] < min(row["total_crps"] for row in near["rivals"])
    assert section["trust"] in ("good", "fair")
