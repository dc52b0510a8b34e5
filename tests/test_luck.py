"""Numbered luck: known answers, independence of addresses, appending; variates by inverse tables."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from scenarios.distributions import Constant, Exponential, LognormalMean, LognormalQuantiles, Triangular, Uniform
from scenarios.luck import raw_draws, stream_number
from scenarios.variates import TABLE_SIZE, choose_on_day, integer_table, mean_of, pick, whole_below


def philox_4x64(counter: tuple[int, ...], key: tuple[int, int]) -> list[int]:
    """Philox4x64-10 written out from the paper, as an independent judge of the addresses."""
    mask, low_multiplier, high_multiplier = 2**64 - 1, 0xD2E7470EE14C6C93, 0xCA5A826395121157
    a, b, c, d = counter
    k0, k1 = key
    for _ in range(10):
        first, second = low_multiplier * a, high_multiplier * c
        a, b, c, d = (second >> 64) ^ b ^ k0, second & mask, (first >> 64) ^ d ^ k1, first & mask
        k0, k1 = (k0 + 0x9E3779B97F4A7C15) & mask, (k1 + 0xBB67AE8584CAA73B) & mask
    return [a, b, c, d]


def test_the_generator_written_out_here_gives_the_published_known_answer() -> None:
    """Source: Random123's known-answer vectors for philox4x64-10, counter and key of zeros."""
    answer = [0x16554D9ECA36314C, 0xDB20FE9D672D0FDC, 0xD7E772CEE186176B, 0x7E68B68AEC7BA23B]
    assert philox_4x64((0, 0, 0, 0), (0, 0)) == answer


def test_a_draw_is_philox_at_its_own_address() -> None:
    """The (i)-th draw of (seed, purpose, run, stream) is word i%4 of counter (i//4 + 1, stream, run, 0)."""
    drawn = raw_draws(2021, "hours", 7, "chimie", 10)
    key = (2021, stream_number("hours"))
    for index in range(10):
        words = philox_4x64((index // 4 + 1, stream_number("chimie"), 7, 0), key)
        assert int(drawn[index]) == words[index % 4]


@settings(max_examples=30)
@given(few=st.integers(0, 50), more=st.integers(0, 50), run=st.integers(0, 10**9))
def test_a_longer_call_only_appends(few: int, more: int, run: int) -> None:
    short = raw_draws(1, "x", run, "b", few)
    assert np.array_equal(short, raw_draws(1, "x", run, "b", few + more)[:few])


def test_every_part_of_an_address_changes_the_draws() -> None:
    base = raw_draws(1, "hours", 0, "a", 4).tolist()
    for other in ((2, "hours", 0, "a"), (1, "fee", 0, "a"), (1, "hours", 1, "a"), (1, "hours", 0, "b")):
        assert raw_draws(*other, 4).tolist() != base


DISTRIBUTIONS = [
    (Constant(kind="constant", value_of=12.5), stats.uniform(12.5 - 1e-12, 2e-12)),
    (Uniform(kind="uniform", low=2, high=10), stats.uniform(2, 8)),
    (Triangular(kind="triangular", low=1, mode=3, high=8), stats.triang(2 / 7, 1, 7)),
    (Exponential(kind="exponential", mean=5), stats.expon(scale=5)),
    (LognormalMean(kind="lognormal", mean=6, sigma=0.9), stats.lognorm(0.9, scale=6 * math.exp(-0.405))),
    (
        LognormalQuantiles(kind="lognormal_quantiles", median=21, p90=60),
        stats.lognorm(math.log(60 / 21) / stats.norm.ppf(0.9), scale=21),
    ),
]


@pytest.mark.parametrize(("declared", "judge"), DISTRIBUTIONS, ids=lambda value: getattr(value, "kind", ""))
def test_a_table_has_the_mean_spread_and_quantiles_of_its_distribution(declared, judge) -> None:
    """Judge: SciPy. The table is of slice means: its mean is exact, its spread a little low in a heavy tail."""
    table = integer_table(declared, 1_000_000) / 1_000_000
    assert np.all(np.diff(table) >= 0)
    assert mean_of(declared) == pytest.approx(judge.mean(), rel=1e-9)
    assert table.mean() == pytest.approx(judge.mean(), rel=2e-6)
    assert table.std() <= judge.std() * (1 + 1e-6)
    assert table.std() == pytest.approx(judge.std(), rel=0.02, abs=1e-9)
    for share in (0.1, 0.5, 0.9, 0.99):
        assert table[int(share * TABLE_SIZE)] == pytest.approx(judge.ppf(share), rel=0.01)


def test_a_table_cannot_be_changed_by_whoever_holds_it() -> None:
    with pytest.raises(ValueError, match="read-only"):
        integer_table(DISTRIBUTIONS[1][0], 100)[0] = 3


def test_picks_are_uniform_over_the_table_and_choices_follow_their_shares() -> None:
    """Chi-squared at 1 in 10,000 on 200,000 draws of a fixed address."""
    raw = raw_draws(5, "test", 0, "", 200_000)
    table = np.arange(TABLE_SIZE, dtype=np.int64)
    counts = np.bincount(pick(table, raw) // 512, minlength=16)
    assert stats.chisquare(counts).pvalue > 1e-4
    shares = np.array([0.5, 0.3, 0.0, 0.2])
    days = np.stack([np.cumsum(shares), np.array([0.0, 0.0, 0.0, 1.0])], axis=1)
    day = np.zeros(len(raw), dtype=np.int64)
    chosen = np.bincount(choose_on_day(days, day, raw), minlength=4)
    assert chosen[2] == 0
    assert stats.chisquare(chosen[[0, 1, 3]], 200_000 * shares[[0, 1, 3]]).pvalue > 1e-4
    assert (choose_on_day(days, day + 1, raw) == 3).all()
    below = whole_below(raw, np.full(len(raw), 7))
    assert below.min() == 0
    assert below.max() == 6
    assert stats.chisquare(np.bincount(below)).pvalue > 1e-4
