"""An export is cut in mid-flight: what is slow to be known must not be counted less than what is known at once."""

from datetime import date

import numpy as np
import pytest

from forecast.attribute_fit import fit_ends, fit_lags, fit_pathways
from forecast.fitted import Fitted
from forecast.history import NOTHING, History
from forecast.names import STATUSES
from forecast.rates import rates
from forecast.survival import weighted_quantiles, weights_of_ended
from scenarios.loading import load

BASE = load("convention-2i-observed").scenario
FIRST = date(2019, 1, 1).toordinal()


def cut(seed: int, days: int, requests: int, dropped_at: float = 0.0) -> History:
    """Requests of known truth, seen at the end of the last of so many days.

    7 % are refused, after 14 days at the median (the others are decided on after 28); 12 % of the committed are
    dropped, that part of the training done; starts come 45, ends 150, payments 60 days later at the median.
    """
    luck = np.random.Generator(np.random.Philox(key=[seed, 77]))

    def lag(median: float, ninth: float) -> np.ndarray:
        days_each = median * np.exp(luck.standard_normal(requests) * np.log(ninth / median) / 1.2816)
        return np.round(days_each).astype(np.int64)

    last = FIRST + days - 1
    filed = np.sort(FIRST + luck.integers(0, days, requests))
    refused = luck.random(requests) < 0.07
    quick, usual = lag(14, 25), lag(28, 60)
    decided = filed + np.where(refused, quick, usual)
    dropped = ~refused & (luck.random(requests) < 0.12)
    started = decided + lag(45, 100)
    done = started + lag(150, 300)
    gone = started + np.round(dropped_at * (done - started)).astype(np.int64)
    paid = done + lag(60, 120)
    at = {name: STATUSES.index(name) for name in STATUSES}
    status = np.full(requests, at["filed"])
    for day, name in ((decided, "committed"), (started, "in_training"), (done, "to_pay"), (paid, "paid")):
        status[day <= last] = at[name]
    status[refused & (decided <= last)] = at["refused"]
    status[dropped] = np.minimum(status[dropped], at["in_training"])
    status[dropped & (gone <= last)] = at["dropped"]
    go_on = ~refused & ~dropped
    nothing = np.full(requests, NOTHING, dtype=np.int64)
    known = np.ones(requests, dtype=np.int64)
    return History(
        branches=tuple(BASE.branches),
        first_day=FIRST,
        last_day=last,
        row=np.arange(requests),
        filed=filed,
        branch=known * 0,
        band=known * 0,
        situation=known * 0,
        pathway=known * 0,
        company=nothing,
        trainees=known,
        hours_hundredths=known * 20_000,
        cost_cents=known * 400_000,
        committed_cents=np.where(decided <= last, 400_000, NOTHING),
        paid_cents=nothing,
        status=status,
        decided=np.where(decided <= last, decided, NOTHING),
        started=np.where((~refused) & (started <= last) & ~(dropped & (dropped_at == 0)), started, NOTHING),
        done=np.where(go_on & (done <= last), done, NOTHING),
        paid=np.where(go_on & (paid <= last), paid, NOTHING),
    )


def fitted(history: History) -> dict[str, Fitted]:
    found = [one for fit in (fit_lags, fit_ends, fit_pathways) for one in fit(history, BASE)[0]]
    first = next(iter(BASE.scheme.pathway_types))
    return {one.name: one for one in found if one.subject in ("", first)}


@pytest.mark.parametrize("dropped_at", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("days", [500, 1096])
def test_shares_and_lags_are_not_those_of_the_quick(days: int, dropped_at: float) -> None:
    """Eight exports of 4,000 requests: on the mean, shares within 4 % of the truth and medians within 5 %, whether who
    gives up does so on the first day or the last; drop-out was told a fifth too high where a year and a half is known.
    """
    found = [fitted(cut(seed, days, 4_000, dropped_at)) for seed in range(8)]
    means = {name: np.mean([one[name].value for one in found]) for name in found[0]}
    assert means["drop_out"] == pytest.approx(0.12, rel=0.05 if days > 600 else 0.1)
    assert means["ineligible"] == pytest.approx(0.07, rel=0.04)
    for name, median in (("start_lag", 45), ("duration", 150), ("payment_lag", 60)):
        assert means[name] == pytest.approx(median, rel=0.05), name
    held = sum(one["drop_out"].low <= 0.12 <= one["drop_out"].high for one in found)
    assert held >= 6


def test_half_years_are_those_whose_end_is_known() -> None:
    """The last half-year of an export holds abandonments and hardly any completion: its share would be near 1."""
    history = cut(1, 1096, 4_000)
    (rate,) = [one for one in rates(history, list(fitted(history).values())) if one.fitted.name == "drop_out"]
    assert len(rate.halves) >= 3
    assert all(half.hits / half.trials < 0.17 for half in rate.halves)


def test_waits_that_are_over_count_for_those_that_run() -> None:
    """By hand: 2 ends with four waiting (1/4), 4 runs on; 6 ends with two left (3/4 x 1/2), so does the last."""
    waited, over = np.asarray([2, 4, 6, 9]), np.asarray([True, False, True, True])
    assert weights_of_ended(waited, over) == pytest.approx([0.25, 0.375, 0.375])
    assert len(weights_of_ended(waited, np.zeros(4, dtype=bool))) == 0


def test_quantiles_of_equal_weights_are_numpys() -> None:
    """Where no wait runs on, nothing changes."""
    values = np.asarray([7, 1, 3, 3, 12])
    at = (0.0, 0.1, 0.5, 0.9, 1.0)
    assert weighted_quantiles(values, np.full(5, 0.2), *at) == pytest.approx(list(np.quantile(values, at)))


def test_an_export_too_young_to_tell_leaves_the_base() -> None:
    """Three months in, nobody has finished: that 12 % have been dropped already says nothing of who will be."""
    found = fitted(cut(2, 80, 2_000))
    assert found["drop_out"].kept
    assert found["drop_out"].value == BASE.inflow.drop_out_share
