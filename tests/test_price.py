"""The one price: hand-worked cases with their sources, both sides of every threshold and date."""

from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from case_files import CaseWithoutSourceError, cases_in, read_case
from hypothesis import given
from hypothesis import strategies as st

from scenarios.cells import cells_of
from scenarios.expected_price import expected_prices
from scenarios.loading import load
from scenarios.price import Pathways, Prices, price
from scenarios.price_book import price_book
from scenarios.scenario import Scenario
from scenarios.settings import eur_to_cents

PRICE_CASES = cases_in("price")


def band_of(scenario: Scenario, employees: int) -> int:
    for index, band in enumerate(scenario.scheme.size_bands.values()):
        if employees >= band.min_employees and (band.max_employees is None or employees <= band.max_employees):
            return index
    raise AssertionError(employees)


def priced(case: dict[str, Any]) -> tuple[Prices, Scenario]:
    scenario = load(case["scenario"], tuple(case.get("overrides", ()))).scenario
    scheme = scenario.scheme
    values = {
        "ordinal_day": case["day"].toordinal(),
        "branch": 0,
        "size_band": band_of(scenario, case["employees"]),
        "situation": tuple(scheme.situations).index(case["situation"]),
        "pathway": tuple(scheme.pathway_types).index(case["pathway"]),
        "hours_hundredths": eur_to_cents(case["hours"]),
        "fee_cents_per_hour": eur_to_cents(case["fee_eur_per_hour"]),
        "pay_cents_per_hour": eur_to_cents(case["pay_eur_per_hour"]),
    }
    one = Pathways(**{key: np.array([value], dtype=np.int64) for key, value in values.items()})
    return price(price_book(scenario), one), scenario


@pytest.mark.parametrize("case", PRICE_CASES, ids=[case["file"] for case in PRICE_CASES])
def test_a_hand_worked_price_is_reproduced_to_the_cent(case: dict[str, Any]) -> None:
    prices, scenario = priced(case)
    expected = case["expected"]
    assert bool(prices.entitled[0]) == expected["entitled"]
    assert int(prices.fee_cents[0]) == eur_to_cents(expected["fee_eur"])
    assert int(prices.support_cents[0]) == eur_to_cents(expected["support_eur"])
    if "regime" in expected:
        assert tuple(scenario.scheme.regimes)[int(prices.regime[0])] == expected["regime"]


def test_every_rate_of_both_regimes_has_a_case() -> None:
    """The cases of the agreement together use each (regime, rate row) of the shipped scheme."""
    scheme = load("convention-2i").scenario.scheme
    covered = set()
    for case in PRICE_CASES:
        if case["scenario"] != "convention-2i" or not case["expected"]["entitled"]:
            continue
        if any("scheme.rates" in text for text in case.get("overrides", ())):
            continue
        prices, scenario = priced(case)
        regime = tuple(scenario.scheme.regimes)[int(prices.regime[0])]
        for number, rate in enumerate(scheme.rates):
            fits = (
                rate.regime == regime
                and rate.in_force(case["day"])
                and (rate.situations is None or case["situation"] in rate.situations)
                and (rate.min_employees or 0) <= case["employees"] <= (rate.max_employees or 10**9)
            )
            if fits:
                covered.add(number)
    assert covered == set(range(len(scheme.rates)))


def test_a_case_without_a_source_is_refused(tmp_path: Path) -> None:
    nameless = tmp_path / "case.yaml"
    nameless.write_text("scenario: convention-2i\nexpected: {fee_eur: 1}\n")
    with pytest.raises(CaseWithoutSourceError):
        read_case(nameless)


def test_many_pathways_at_once_cost_what_each_costs_alone() -> None:
    """Vectorising changes nothing: 500 pathways in one call equal 500 calls."""
    scenario = load("convention-2i").scenario
    book, shape = price_book(scenario), cells_of(scenario).shape
    generator = np.random.default_rng(1)
    count = 500
    fields = {
        "ordinal_day": generator.integers(date(2020, 12, 1).toordinal(), date(2022, 9, 1).toordinal(), count),
        "branch": generator.integers(0, shape[0], count),
        "size_band": generator.integers(0, shape[1], count),
        "situation": generator.integers(0, shape[2], count),
        "pathway": generator.integers(0, shape[3], count),
        "hours_hundredths": generator.integers(1, 100_000, count),
        "fee_cents_per_hour": generator.integers(0, 10_000, count),
        "pay_cents_per_hour": generator.integers(0, 5_000, count),
    }
    together = price(book, Pathways(**fields))
    for index in range(count):
        alone = price(book, Pathways(**{key: values[index : index + 1] for key, values in fields.items()}))
        assert alone.fee_cents[0] == together.fee_cents[index]
        assert alone.support_cents[0] == together.support_cents[index]


@given(
    hours=st.integers(1, 200_000),
    fee=st.integers(0, 20_000),
    pay=st.integers(0, 10_000),
    more=st.integers(0, 5_000),
)
def test_a_price_never_falls_when_hours_fee_or_pay_rise(hours: int, fee: int, pay: int, more: int) -> None:
    scenario = load("convention-2i").scenario
    book = price_book(scenario)

    def one(hours: int, fee: int, pay: int) -> int:
        fields = (date(2021, 3, 1).toordinal(), 0, 0, 2, 0, hours, fee, pay)
        return int(price(book, Pathways(*(np.array([value]) for value in fields))).total_cents[0])

    base = one(hours, fee, pay)
    assert one(hours + more, fee, pay) >= base
    assert one(hours, fee + more, pay) >= base
    assert one(hours, fee, pay + more) >= base


def test_the_expected_price_is_the_mean_of_the_one_price_over_the_published_sample() -> None:
    """A cap at the mean fee makes the expected price lower than the price at the mean."""
    overrides = ("scheme.hour_caps=[{from: 2021-01-01, cap_eur_per_hour: 30}]",)
    scenario = load("convention-2i", overrides).scenario
    book = price_book(scenario)
    expected = expected_prices(scenario, book)
    cell = (int(book.segment_of(np.array([date(2021, 3, 1).toordinal()]))[0]), 0, 2, 0, 1)
    at_the_mean = 200 * scenario.inflow.hours_factor * 30 * 100
    assert expected.entitled[cell]
    assert 0.85 * at_the_mean < expected.fee[cell] < 0.97 * at_the_mean


def test_the_sample_of_expected_prices_is_exact_where_price_is_linear() -> None:
    """Without caps, rates of 100 % and one multiplier the expected fee is mean hours times mean fee, within 1 %."""
    overrides = ("scheme.hour_caps=[]", "inflow.hours_factor=1.0", "inflow.uncertain.hours={kind: constant, at: 1.0}")
    scenario = load("convention-2i", overrides).scenario
    fee = expected_prices(scenario, price_book(scenario)).fee[0, 0, 0, 0, :]
    assert fee == pytest.approx(np.full(4, 200 * 30 * 100), rel=0.01)


def test_a_branch_with_its_own_rule_has_its_own_expected_price_and_the_others_share_theirs() -> None:
    overrides = ("scheme.hour_caps=[{from: 2021-01-01, branches: [chimie], cap_eur_per_hour: 10}]",)
    scenario = load("convention-2i", overrides).scenario
    book = price_book(scenario)
    fee = expected_prices(scenario, book).fee[0, :, 2, 0, 0]
    chemicals = tuple(scenario.branches).index("chimie")
    others = np.delete(fee, chemicals)
    assert np.all(others == others[0])
    assert fee[chemicals] < 0.5 * others[0]
