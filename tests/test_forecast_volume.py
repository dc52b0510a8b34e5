"""The volume model: what it must recover, what it must borrow, what it must never do."""

import numpy as np
import pytest
from synthetic_history import base, drawn, truth

from forecast.back_test import back_test
from forecast.back_test_told import back_test_section
from forecast.counts import Counts
from forecast.projection import drawn_counts
from forecast.shares import fit_shares
from forecast.volume import fit_volume
from forecast.volume_told import told_volume


def test_a_branch_with_two_requests_is_drawn_to_its_headcount_and_one_with_thousands_is_not() -> None:
    """Gamma-Poisson shrinkage: the tiny branch's part lies between its raw part and its headcount's, the large one's
    stays where it was observed."""
    known = truth(1, 24)
    counts = drawn(known, 24, 1)
    by_branch = counts.by_branch.copy()
    tiny = int(np.argmin(by_branch.sum(axis=1)))
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


def test_with_one_branch_year_and_no_straying_the_posterior_is_the_conjugate_gamma() -> None:
    """Closed form: prior gamma of shape 1/s around m, y requests where E are expected: mean (1/s + y) / (1/(s m) + E).

    Year dispersion is nearly none; the fit's own mixture over straying is undone by weighing with its weights.
    """
    counts = Counts(2018 * 12, np.asarray([[10] * 12, [50] * 12]), np.ones(12))
    rate = np.full(12, 60.0)
    shares = fit_shares(counts, rate, np.asarray([0.2, 0.8]), 0.0002)
    expected = 0.0
    weights = shares.setting_weight.copy()
    calm = shares.settings[:, 0] == 0.0002
    weights = np.where(calm, weights, 0) / weights[calm].sum()
    for (_, straying), weight in zip(shares.settings, weights, strict=True):
        expected += weight * (1 / straying + 120) / (1 / (straying * 0.2) + 720)
    mine = np.einsum("s,sp,p->", weights, shares.weight[:, 0], shares.part[0])
    assert mine == pytest.approx(expected, rel=0.01)


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


def test_without_any_request_the_base_scenario_stands() -> None:
    """An empty month of history: parts are those of headcount, and nothing breaks."""
    volume = fit_volume(Counts(2018 * 12, np.zeros((32, 1), dtype=np.int64), np.ones(1)), base())
    assert np.isfinite(volume.shares.mean).all()
    assert volume.shares.mean == pytest.approx(volume.shares.prior, rel=0.2)


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
