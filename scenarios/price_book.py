"""The scheme's dated rows laid out as arrays, so that a price is a look-up.

Time is cut into segments at every date on which a row starts or ends; inside a segment each cell has one rate,
one cap, one support share and one ceiling.
"""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from scenarios.cells import cells_of
from scenarios.scenario import Scenario
from scenarios.scheme import SizeBand
from scenarios.settings import FIRST_DAY, LAST_DAY, RuleRow, eur_to_cents, share_to_basis_points

Int = NDArray[np.int64]

ABSENT = -1
"""No row holds: no entitlement for a rate, no limit for a cap."""


@dataclass(frozen=True, eq=False)
class PriceBook:
    """Rules by segment of time and cell.

    Attributes:
        segment_starts: ordinal days (segments,), the first day of each segment; before the first nothing is paid.
        regimes: the codes of the regimes.
        choice: index in `regimes` of the regime that applies, or ABSENT for the company's best.
        rates: int64 (regime, segment, branch, band, situation, type), basis points or ABSENT.
        hour_caps: int64 (segment, branch, band, situation, type), cents per hour or ABSENT.
        unit_caps: the same shape, cents per pathway or ABSENT.
        support_shares: the same shape, basis points of pay taken over by the envelope; 0 where none.
        support_ceilings: the same shape, cents per hour; ABSENT for no ceiling.
        support_entitled: bool, the same shape: pay support is due, whoever pays for it.
    """

    segment_starts: Int
    regimes: tuple[str, ...]
    choice: int
    rates: Int
    hour_caps: Int
    unit_caps: Int
    support_shares: Int
    support_ceilings: Int
    support_entitled: NDArray[np.bool_]

    def segment_of(self, ordinal_days: Int) -> Int:
        """The segment each day falls in (int64, same shape); -1 before the first."""
        return np.asarray(np.searchsorted(self.segment_starts, ordinal_days, side="right") - 1, dtype=np.int64)


def band_within(band: SizeBand, low: int | None, high: int | None) -> bool:
    """Whether every size of the band lies between two limits (absent: no limit)."""
    if low is not None and band.min_employees < low:
        return False
    return high is None or (band.max_employees is not None and band.max_employees <= high)


def _mask(row: RuleRow, scenario: Scenario) -> NDArray[np.bool_]:
    scheme = scenario.scheme
    axes = (
        [row.branches is None or code in row.branches for code in scenario.branches],
        [band_within(band, row.min_employees, row.max_employees) for band in scheme.size_bands.values()],
        [row.situations is None or code in row.situations for code in scheme.situations],
        [row.pathway_types is None or code in row.pathway_types for code in scheme.pathway_types],
    )
    first, second, third, fourth = (np.asarray(axis, dtype=bool) for axis in axes)
    return np.asarray(
        first[:, None, None, None] & second[None, :, None, None] & third[None, None, :, None] & fourth,
        dtype=bool,
    )


def _lay_out(rows: list[tuple[RuleRow, int]], days: list[date], scenario: Scenario, empty: int) -> Int:
    shape = cells_of(scenario).shape
    table = np.full((len(days), *shape), empty, dtype=np.int64)
    ranked = sorted(enumerate(rows), key=lambda pair: (pair[1][0].starts, pair[0]))
    for _, (row, value) in ranked:
        mask = _mask(row, scenario)
        for index, day in enumerate(days):
            if row.in_force(day):
                table[index][mask] = value
    return table


def price_book(scenario: Scenario) -> PriceBook:
    """Lay out a scenario's rules as arrays.

    Args:
        scenario: a checked scenario.

    Returns:
        The book; every rule row is found in it by segment and cell.
    """
    scheme, support = scenario.scheme, scenario.scheme.pay_support
    rows: list[RuleRow] = [*scheme.rates, *scheme.hour_caps, *scheme.unit_caps, *support.shares, *support.ceilings]
    spans = [(row.starts, row.until) for row in [*rows, *scheme.regimes.values(), *support.opening]]
    cuts = {start for start, _ in spans} | {
        until + timedelta(days=1) for _, until in spans if until and until <= LAST_DAY
    }
    days = sorted(cuts)
    regimes = tuple(scheme.regimes)
    rates = []
    for code, regime in scheme.regimes.items():
        laid = _lay_out(
            [(row, share_to_basis_points(row.rate_share)) for row in scheme.rates if row.regime == code],
            days,
            scenario,
            ABSENT,
        )
        laid[[not regime.in_force(day) for day in days]] = ABSENT
        rates.append(laid)
    entitled = np.zeros((len(days), *cells_of(scenario).shape), dtype=bool)
    open_days = [any(window.in_force(day) for window in support.opening) for day in days]
    eligible = _mask(
        RuleRow.model_validate(
            {
                "from": FIRST_DAY,
                "max_employees": support.max_employees,
                "situations": tuple(s for s in scheme.situations if s not in support.excluded_situations),
            }
        ),
        scenario,
    )
    if support.payer != "none":
        entitled[open_days] = eligible
    shares = _lay_out([(row, share_to_basis_points(row.support_share)) for row in support.shares], days, scenario, 0)
    shares[~entitled] = 0
    if support.payer != "envelope":
        shares[:] = 0
    choice = ABSENT if scheme.regime_choice == "company_best" else regimes.index(scheme.regime_choice)
    return PriceBook(
        segment_starts=np.asarray([day.toordinal() for day in days], dtype=np.int64),
        regimes=regimes,
        choice=choice,
        rates=np.stack(rates),
        hour_caps=_lay_out(
            [(row, eur_to_cents(row.cap_eur_per_hour)) for row in scheme.hour_caps], days, scenario, ABSENT
        ),
        unit_caps=_lay_out([(row, eur_to_cents(row.cap_eur)) for row in scheme.unit_caps], days, scenario, ABSENT),
        support_shares=shares,
        support_ceilings=_lay_out(
            [(row, eur_to_cents(row.ceiling_eur_per_hour)) for row in support.ceilings],
            days,
            scenario,
            ABSENT,
        ),
        support_entitled=entitled,
    )
