"""Promise against delivery: beside every plan, by simulation, in both languages."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_findings import tiny as told_findings
from report_reading import Page
from tiny import TINY

from enveloppe.pipeline import travel
from enveloppe.uncertainty.bad_years import bad_years, tail_parts
from optimiser.two_stage.risk import tail_mean
from reports.page import page
from scenarios.loading import Loaded, load
from sim.kpis import Seen, pathways_net


def loaded(*overrides: str) -> Loaded:
    return load(str(TINY), overrides)


def test_every_simulated_plan_stands_beside_what_it_delivers() -> None:
    """The figures are those of the experiment: its mean, its error, the mean of its worst fifth of runs."""
    trip = travel(loaded("runs=15", "committee.policy=fixed", "committee.rivals=[first_come]"))
    told = trip.findings["uncertainty"]
    assert told["tail_share"] == pytest.approx(0.2)
    assert [row["policy"] for row in told["delivery"]] == ["fixed", "first_come"]
    for row, outcome in zip(told["delivery"], trip.experiment.policies, strict=True):
        net = np.sort(pathways_net(Seen(trip.experiment, outcome)))
        assert row["promised"] == pytest.approx(trip.findings["plan"]["objective"])
        assert row["delivered"]["mean"] == pytest.approx(net.mean())
        assert row["bad_years"]["mean"] == pytest.approx(net[:3].mean())
        assert row["over_promised_share"] == pytest.approx(row["promised"] / net.mean() - 1)


def test_bad_years_are_those_that_the_scenario_says() -> None:
    """A tail level of 0 makes every year a bad one; a higher level never makes bad years better."""
    means = [
        travel(loaded("runs=12", f"uncertainty.tail_level={level}")).findings["uncertainty"]["delivery"][0]
        for level in ("0", "0.5", "0.9")
    ]
    assert means[0]["bad_years"]["mean"] == pytest.approx(means[0]["delivered"]["mean"])
    assert means[2]["bad_years"]["mean"] <= means[1]["bad_years"]["mean"] <= means[0]["bad_years"]["mean"]


@given(st.lists(st.floats(0, 1e5), min_size=2, max_size=40), st.sampled_from([0.0, 0.5, 0.8, 0.95]))
def test_the_parts_of_the_tail_add_up_to_it(values: list[float], level: float) -> None:
    """The mean of eta - (eta - value)+ / (1 - level) at the quantile is the mean of the tail, edge included."""
    array = np.asarray(values)
    assert tail_parts(array, level).mean() == pytest.approx(tail_mean(array, level, "lower"), rel=1e-9, abs=1e-6)


def test_the_error_of_bad_years_is_the_spread_of_their_estimates() -> None:
    """1,000 samples of 200 normals: the estimated standard error is that of the estimates within a tenth."""
    luck = np.random.Generator(np.random.Philox(7))
    samples = luck.normal(1000.0, 100.0, (1000, 200))
    told = [bad_years(sample, 0.8, "pathways") for sample in samples]
    spread = np.std([one["mean"] for one in told])
    assert np.mean([one["se"] for one in told]) == pytest.approx(spread, rel=0.1)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "fr",
            "Notifié une fois, à l’ouverture : promet 24 900 parcours, en tient 22 300 en moyenne, 20 100 dans les "
            "pires 20 % des tirages : 11,7 % de plus promis que tenus.",
        ),
        (
            "en",
            "Notified once at the opening: promises 24,900 pathways, delivers 22,300 on average, 20,100 in the worst "
            "20% of runs: 11.7% more promised than delivered.",
        ),
    ],
)
def test_the_report_says_it_in_a_sentence_and_draws_it(language: str, sentence: str) -> None:
    """Golden words; every figure of the section can be traced to the findings."""
    html = page(told_findings(), language)
    told = re.search(r'<section id="promise".*?</section>', html, re.DOTALL)
    assert told is not None
    text = re.sub(r"[\u00a0\u202f\u2060]", " ", " ".join(Page(told[0]).lines)).replace("  ", " ")
    assert sentence in text
    assert told[0].count("<svg") == 2
    assert {figure.key for figure in Page(told[0]).figures} >= {
        "uncertainty.delivery[0].promised",
        "uncertainty.delivery[0].bad_years.mean",
    }
