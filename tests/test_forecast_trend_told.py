"""How much of the trend in the months is kept: what the fit says, in one sentence of the calibration's page."""

import math
import re
from typing import Any

import numpy as np
import pytest
from synthetic_history import base

from forecast.counts import Counts
from forecast.trend_told import trend_section
from forecast.volume import fit_volume
from forecast.volume_told import told_volume
from reports.catalogue import language_of
from reports.forecast.trend import trend_line
from reports.price_sentences import plain
from reports.reading import whole
from scenarios.arrival_rate import branch_volumes


def growing(growth: float, months: int, yearly: float) -> Counts:
    """A history without luck: the base's season and parts of employees, growing by so much a year."""
    scenario = base()
    volumes = branch_volumes(scenario)
    time = np.arange(months)
    season = np.asarray(scenario.inflow.month_weights)[time % 12]
    rate = yearly * season * (1 + growth) ** (time / 12)
    return Counts(2018 * 12, np.rint(volumes[:, None] / volumes.sum() * rate).astype(np.int64), np.ones(months))


def told(counts: Counts) -> dict[str, Any]:
    volume = fit_volume(counts, base())
    fitted, _ = told_volume(volume, base(), 1)
    return trend_section(volume.level, tuple(fitted), counts.months)


def test_the_months_alone_give_the_trend_and_a_short_history_keeps_less_of_it() -> None:
    """30 % a year in every month: unshrunk it is found, shrunk it is not passed, and three years keep more than one."""
    kept = []
    for months in (14, 36):
        found = told(growing(0.3, months, 20_000))
        alone = found["alone"]
        assert alone["low"] < 0.3 < alone["high"]
        assert alone["value"] == pytest.approx(0.3, abs=0.06)
        assert 0 < found["kept"]["value"] < alone["value"] + 0.01
        kept.append(math.log1p(found["kept"]["value"]) / math.log1p(alone["value"]))
    assert kept[0] < kept[1]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("alone", "kept", "english", "french"),
    [
        (0.11, 0.047, "the fit keeps +4.7%", "le calage en garde +4,7 %"),
        (0.11, 0.108, "keeps nearly all of it (+11%)", "garde presque entière (+11 %)"),
        (0.002, 0.001, "hardly any (+0.2% a year", "presque aucune (+0,2 % par an"),
        (-0.2, -0.05, "would give −20% a year", "donneraient −20 % par an"),
    ],
)
def test_the_sentence_says_what_was_kept(language: str, alone: float, kept: float, english: str, french: str) -> None:
    """By what the fit says: hardly any trend, nearly all of it kept, or a part of it and why."""
    found = {
        "trend": {
            "months": 26,
            "alone": {"value": alone, "low": alone - 0.1, "high": alone + 0.1},
            "kept": {"value": kept, "low": kept - 0.05, "high": kept + 0.05},
        }
    }
    text = re.sub("[\u00a0\u202f]", " ", plain(trend_line(whole(found), language_of(language))))
    assert (french if language == "fr" else english) in text
    assert ("26 m" in text) is (abs(kept / alone) < 0.5 and abs(alone) > 0.01)


def test_a_calibration_without_it_says_nothing() -> None:
    assert trend_line(whole({}), language_of("en")) == ()
