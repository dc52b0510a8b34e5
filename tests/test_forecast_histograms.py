"""Bars of an attribute hold what was observed, and beside it the law that the runs draw from."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import ndtr

from forecast.attribute_fit import fit_ends
from forecast.bars import Parameter, histogram
from forecast.calibration import calibrated
from forecast.column_map import ColumnMap
from forecast.findings import histograms_section, rates_section
from forecast.histogram import histograms, spread_of
from forecast.rates import jeffreys, rates
from forecast.reading import read_requests
from reports.catalogue import language_of
from reports.forecast.histograms import histograms as pictures
from reports.reading import Found
from scenarios.loading import load

NONE = (Parameter("mean", 1.0, 1.0, 1.0),)


def ones(values: list[float]) -> Any:
    return np.asarray(values, dtype=np.float64), np.ones(len(values))


def test_whole_numbers_have_a_bar_each_and_the_law_is_rounded_as_they_are() -> None:
    """By hand: 1, 1, 2, 3 trainees are 1/2, 1/4, 1/4; of a uniform law on 0 to 4, 1.5 to 2.5 is a quarter, and what
    lies above 3.5 stands in the last bar, which says so."""
    values, weight = ones([1, 1, 2, 3])
    drawn = histogram("trainees", "", "pathways", values, weight, [lambda at: np.clip(at / 4, 0, 1)], NONE, least=1)
    assert (drawn.first, drawn.step, drawn.below, drawn.above) == (1, 1, False, True)
    assert drawn.observed.tolist() == [0.5, 0.25, 0.25]
    assert drawn.fitted.tolist() == [0.375, 0.25, 0.375]
    held = histogram("trainees", "", "pathways", values, weight, [lambda at: np.clip(at / 3.5, 0, 1)], NONE, least=1)
    assert not held.above


@given(st.lists(st.floats(0, 1e6), min_size=1, max_size=60), st.booleans(), st.integers(0, 3))
@settings(max_examples=200)
def test_bars_hold_all_and_are_few(found: list[float], whole: bool, least: int) -> None:
    """Whatever was observed: shares add up to 1, the fitted lie within their interval, bars are a picture's."""
    values, weight = ones([max(float(round(value)), least) for value in found] if whole else found)
    laws = [lambda at, mean=mean: -np.expm1(-at.clip(0) / mean) for mean in (50.0, 40.0, 60.0)]
    drawn = histogram("hours", "a", "h", values, weight, laws, NONE, least if whole else None)
    assert 1 <= len(drawn.observed) <= 40
    for shares in (drawn.observed, drawn.fitted):
        assert math.isclose(shares.sum(), 1, abs_tol=1e-9)
        assert (shares >= -1e-12).all()
    assert (drawn.low <= drawn.fitted).all()
    assert (drawn.fitted <= drawn.high).all()
    assert drawn.step > 0


def export(file: Path, rows: int = 1_500) -> Path:
    """Hours lognormal with mean 50 and sigma 0.6, 30 EUR an hour, decisions after 5 to 24 days; a tenth dropped."""
    luck = np.random.Generator(np.random.Philox(8))
    lines = ["date;branche;type;stagiaires;heures;cout;statut;date_decision;date_debut;service_fait;date_paiement"]
    for _ in range(rows):
        day = np.datetime64("2019-01-01") + int(luck.integers(730))
        hours, trainees = float(np.exp(luck.normal(math.log(50) - 0.18, 0.6))), int(luck.integers(1, 4))
        steps = day + np.cumsum(luck.integers(5, 25, 4))
        status = "abandonné" if luck.random() < 0.1 else "payé"
        cells = [day, "chimie", "certifying", trainees, f"{hours:.2f}", f"{trainees * hours * 30:.2f}", status, *steps]
        lines.append(";".join(str(cell) for cell in cells))
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The sections of the findings that the pictures are drawn from."""
    scenario = load("convention-2i").scenario
    history = read_requests(export(tmp_path_factory.mktemp("bars") / "e.csv"), scenario, ColumnMap()).history
    done = calibrated(history, scenario, 1)
    return {
        "histograms": histograms_section(histograms(history, scenario, done.fitted, done.written)),
        "rates": rates_section(rates(history, done.fitted)),
    }


def test_each_attribute_that_was_observed_has_its_bars_law_and_intervals(found: dict[str, Any]) -> None:
    """Hours, fee, length, trainees and three lags; the truth of the export lies near each bar."""
    drawn = {row["name"]: row for row in found["histograms"]}
    assert set(drawn) == {"trainees", "hours", "fee", "duration", "decision_lag", "start_lag", "payment_lag"}
    hours = drawn["hours"]
    told = {one["name"]: one for one in hours["parameters"]}
    assert told["mean"]["low"] < 50 < told["mean"]["high"]
    assert told["sigma"]["value"] == pytest.approx(0.6, abs=0.04)
    assert told["sigma"]["low"] <= told["sigma"]["value"] <= told["sigma"]["high"]
    edges = hours["first"] + hours["step"] * np.arange(1, len(hours["fitted"]))
    truth = np.diff([0, *ndtr((np.log(edges) - math.log(50) + 0.18) / 0.6), 1])
    assert np.abs(np.asarray(hours["fitted"]) - truth).max() < 0.02
    assert np.abs(np.asarray(hours["observed"]) - truth).max() < 0.03
    for row in drawn.values():
        assert row["count"] >= 1_300
        assert sum(row["observed"]) == pytest.approx(1, abs=1e-4)


def test_the_interval_of_a_spread_holds_the_truth_nine_times_in_ten() -> None:
    """400 samples of 200 normal logarithms: within three standard errors (1.5 points each) of 90 %."""
    luck = np.random.Generator(np.random.Philox(3))
    held = 0
    for _ in range(400):
        logs = luck.normal(0, 0.7, 200)
        told = spread_of(float(logs.std()), logs)
        held += told.low < 0.7 < told.high
    assert abs(held / 400 - 0.9) < 0.045


def test_drop_out_is_told_half_year_by_half_year(found: dict[str, Any]) -> None:
    """Four half-years that hold every ended request; the interval of 0 of n begins at 0 (Brown et al. 2001)."""
    (rate,) = (row for row in found["rates"] if row["name"] == "drop_out")
    assert [half["starts"] for half in rate["halves"]] == ["2019-01-01", "2019-07-01", "2020-01-01", "2020-07-01"]
    assert sum(half["trials"] for half in rate["halves"]) == 1_500
    assert all(half["low"] < half["share"] < half["high"] for half in rate["halves"])
    assert jeffreys(0, 20)[0] == 0
    # Table 5 of the source: 0 of 20 at 95 % ends at 0.117 by the exact quantile; at 90 % below it.
    assert 0.05 < jeffreys(0, 20)[1] < 0.117
    assert jeffreys(20, 20)[1] == 1


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_pictures_say_their_parameters_with_their_intervals(found: dict[str, Any], language: str) -> None:
    """In the drawing, in its description for who cannot see it, at both widths."""
    chosen = language_of(language)
    (trainees, hours, fee, duration) = pictures("pathways", Found("", found), lambda _, subject: subject, chosen)
    word = {"fr": "moyenne", "en": "mean"}[language]
    assert f"{word} " in hours.description
    for picture in (hours.wide, hours.narrow):
        assert "(" in picture.split(word)[-1]
    assert trainees.wide != trainees.narrow
    assert fee.key == "observed-fee"
    assert duration.note == ()


def test_who_gave_up_waiting_is_no_drop_out(tmp_path: Path) -> None:
    """By hand: of 40 that were decided on, 10 were dropped; 50 more were withdrawn with no decision. 10 in 40, not 60
    in 90; in an export without decisions nothing tells them apart, and all count."""
    decided = [("abandonné", "2021-02-01")] * 10 + [("payé", "2021-02-01")] * 30 + [("abandonné", "")] * 50
    scenario = load("convention-2i").scenario

    def shares(cells: list[tuple[str, str]]) -> tuple[float, int]:
        file = tmp_path / "ends.csv"
        rows = [f"{at};2021-01-{at % 28 + 1:02d};chimie;{status};{day}" for at, (status, day) in enumerate(cells)]
        file.write_text("\n".join(["id;date;branche;statut;date_decision", *rows]), encoding="utf-8")
        history = read_requests(file, scenario, ColumnMap()).history
        told, _ = fit_ends(history, scenario)
        (one,) = (fitted for fitted in told if fitted.name == "drop_out")
        return one.value, one.count

    value, count = shares(decided)
    assert count == 40
    assert value == pytest.approx((10 + 20 * scenario.inflow.drop_out_share) / 60, abs=0.001)
    assert shares([(status, "") for status, _ in decided])[1] == 90
