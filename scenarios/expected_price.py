"""The expected price of a pathway by cell, by the one price function on a fixed, published sample.

Caps and dispersion interact: the price at the mean is not the mean price. The sample is the luck of
`PRICE_SAMPLE_RUN`, never simulated, so that plan and simulation share the function and not the draws. It is a Latin
hypercube: each attribute runs through its whole table, in an order of its own, so that each mean is exact and only the
interplay of attributes is sampled.

Source: McKay, Beckman, Conover (1979), "A comparison of three methods for selecting values of input variables".
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.attributes import scaled
from scenarios.cells import cells_of
from scenarios.distributions import Distribution
from scenarios.luck import PRICE_SAMPLE_RUN, raw_draws
from scenarios.price import HOURS_SCALE, Pathways, price
from scenarios.price_book import PriceBook
from scenarios.scenario import Scenario
from scenarios.variates import TABLE_SIZE, integer_table, mean_of

Float = NDArray[np.float64]

SAMPLE_SIZE = TABLE_SIZE
"""Pathways in the published sample of each type: one for each slice of the tables."""


@dataclass(frozen=True, eq=False)
class ExpectedPrices:
    """Means over the sample by (segment, branch, band, situation, type); float64, cents a pathway.

    Attributes:
        fee, support: what the envelope pays.
        base_pay, real_pay: pay that support is measured against (see `price.Prices`).
        entitled: bool, whether any rate holds.
        hours: float64 (type,), mean hours of a pathway.
    """

    fee: Float
    support: Float
    base_pay: Float
    real_pay: Float
    entitled: NDArray[np.bool_]
    hours: Float


def expected_prices(scenario: Scenario, book: PriceBook) -> ExpectedPrices:
    """Expected prices of every cell in every segment of the book.

    Args:
        scenario: a checked scenario.
        book: its rules.

    Returns:
        Means in cents. The run's uncertain multipliers enter by an even sample of their own tables.
    """
    shape = cells_of(scenario).shape
    out = {key: np.zeros((len(book.segment_starts), *shape)) for key in ("fee", "support", "base", "real")}
    entitled = np.zeros((len(book.segment_starts), *shape), dtype=bool)
    inflow = scenario.inflow
    pay = _sample(scenario, "pay per hour", "", inflow.pay_eur_per_hour, 100)
    mean_hours = []
    axes = np.indices(shape[:3]).reshape(3, -1)
    for number, (code, profile) in enumerate((c, inflow.pathways[c]) for c in scenario.scheme.pathway_types):
        hours = scaled(
            _sample(scenario, "hours", code, profile.hours, HOURS_SCALE),
            inflow.hours_factor,
            _sample(scenario, "parameter hours", code, inflow.uncertain.hours, 10_000),
        )
        fee = scaled(
            _sample(scenario, "fee per hour", code, profile.fee_eur_per_hour, 100),
            inflow.fee_factor,
            _sample(scenario, "parameter fee per hour", code, inflow.uncertain.fee_per_hour, 10_000),
        )
        mean_hours.append(mean_of(profile.hours) * inflow.hours_factor * mean_of(inflow.uncertain.hours))
        for segment, start in enumerate(book.segment_starts):
            # Branches that share all their rules share their price: one computation for each distinct column.
            columns, inverse = _distinct_columns(book, segment, number, axes)
            branch, band, situation = (axis[columns] for axis in axes)
            wide = (len(columns), SAMPLE_SIZE)

            def spread(values: NDArray[np.int64], wide: tuple[int, int] = wide) -> NDArray[np.int64]:
                return np.broadcast_to(values, wide)

            prices = price(
                book,
                Pathways(
                    ordinal_day=np.full(wide, start, dtype=np.int64),
                    branch=spread(branch[:, None]),
                    size_band=spread(band[:, None]),
                    situation=spread(situation[:, None]),
                    pathway=np.full(wide, number, dtype=np.int64),
                    hours_hundredths=spread(hours),
                    fee_cents_per_hour=spread(fee),
                    pay_cents_per_hour=spread(pay),
                ),
            )
            for key, values in (
                ("fee", prices.fee_cents),
                ("support", prices.support_cents),
                ("base", prices.base_pay_cents),
                ("real", prices.real_pay_cents),
            ):
                means = values.sum(axis=1) / SAMPLE_SIZE
                out[key][segment, ..., number] = means[inverse].reshape(shape[:3])
            entitled[segment, ..., number] = prices.entitled[:, 0][inverse].reshape(shape[:3])
    return ExpectedPrices(out["fee"], out["support"], out["base"], out["real"], entitled, np.asarray(mean_hours))


def _distinct_columns(
    book: PriceBook, segment: int, pathway: int, axes: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    cell = (segment, *axes, pathway)
    rules = np.stack(
        [
            *(table[cell] for table in book.rates),
            book.hour_caps[cell],
            book.unit_caps[cell],
            book.support_shares[cell],
            book.support_ceilings[cell],
            book.support_entitled[cell].astype(np.int64),
        ]
    )
    _, first, inverse = np.unique(rules, axis=1, return_index=True, return_inverse=True)
    return first, inverse.reshape(-1)


def _sample(scenario: Scenario, purpose: str, stream: str, distribution: Distribution, scale: int) -> NDArray[np.int64]:
    """The whole table of a distribution, in an order of the sample's own luck."""
    raw = raw_draws(scenario.seed, f"price sample {purpose}", PRICE_SAMPLE_RUN, stream, SAMPLE_SIZE)
    return np.asarray(integer_table(distribution, scale)[np.argsort(raw, kind="stable")], dtype=np.int64)
