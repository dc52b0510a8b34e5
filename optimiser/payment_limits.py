"""What may be paid, and when: appropriations (CP) by fiscal year, and the State's instalments."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from optimiser.payment_profile import due_by
from scenarios.demand import Demand
from scenarios.payment_money import cash_coming, earlier_due_by
from scenarios.scenario import Scenario
from scenarios.settings import eur_to_cents

Float = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class YearLimits:
    """Payment appropriations by fiscal year.

    Attributes:
        years: calendar years, ascending without gap.
        due_share: float64 (lines, periods, years), what falls due in each year of one euro committed in each period.
        ceiling_cents: for each year, None where all that falls due is paid.
        earlier_cents: what falls due of earlier commitments.
        carry_over_cents: the most that may be due and unpaid at the end of each year, None for any amount.
    """

    years: tuple[int, ...]
    due_share: Float
    ceiling_cents: tuple[int | None, ...]
    earlier_cents: tuple[int, ...]
    carry_over_cents: tuple[int | None, ...]

    def windows(self) -> Iterator[tuple[int, int, int]]:
        """Runs of years that bound what may fall due in them, as (first, last, cents), indices of `years`.

        Carried over at the end of a year is max(0, carried in + due - ceiling). It stays within its most exactly where,
        for every run of years that ends then, what falls due is at most the ceilings of the run and that most.
        """
        for last, most in enumerate(self.carry_over_cents):
            if most is None:
                continue
            room = most
            for first in range(last, -1, -1):
                ceiling = self.ceiling_cents[first]
                if ceiling is None:
                    break
                room += ceiling - self.earlier_cents[first]
                yield first, last, room


@dataclass(frozen=True, eq=False)
class CashLimits:
    """Cash that has come by the eve of each instalment, and by the last payment day.

    Attributes:
        days: ISO dates.
        due_share: float64 (lines, periods, days), what has fallen due by then of one euro committed in each period.
        received_cents: cash that has come by then.
        earlier_cents: what has fallen due by then of earlier commitments, even over the days of each year.
    """

    days: tuple[str, ...]
    due_share: Float
    received_cents: tuple[int, ...]
    earlier_cents: tuple[int, ...]


def year_limits(scenario: Scenario, demand: Demand) -> YearLimits | None:
    """The appropriations of a scenario; None where no year has a ceiling.

    Args:
        scenario: a checked scenario.
        demand: its periods and mixes.

    Returns:
        The limits, for every year from the opening to the last payment.
    """
    payments, windows = scenario.payments, scenario.windows
    if not payments.year_ceilings:
        return None
    years = tuple(range(windows.opens.year, windows.last_payment.year + 1))
    rows = {row.year: row for row in payments.year_ceilings}
    earlier = {row.year: eur_to_cents(row.due_eur) for row in payments.earlier_commitments}
    ends = due_by(scenario, demand, [date(year, 12, 31).toordinal() for year in years])
    carried: list[int | None] = []
    for year in years:
        most = rows[year].carry_over_max_eur if year in rows else None
        carried.append(eur_to_cents(most) if most is not None else 0 if year == years[-1] else None)
    return YearLimits(
        years=years,
        due_share=np.diff(ends, axis=2, prepend=0.0),
        ceiling_cents=tuple(eur_to_cents(rows[year].ceiling_eur) if year in rows else None for year in years),
        earlier_cents=tuple(earlier.get(year, 0) for year in years),
        carry_over_cents=tuple(carried),
    )


def cash_limits(scenario: Scenario, demand: Demand, distributable_cents: int) -> CashLimits | None:
    """The cash limits of a scenario; None where no instalment is declared.

    What falls due never shrinks and cash comes in steps, so looking on the eve of each step is enough.

    Args:
        scenario: a checked scenario.
        demand: its periods and mixes.
        distributable_cents: what instalments by share are a share of.

    Returns:
        The limits.
    """
    windows = scenario.windows
    if not scenario.payments.instalments:
        return None
    coming = cash_coming(scenario, distributable_cents)
    eves = {day - timedelta(days=1) for day, _ in coming if windows.opens < day <= windows.last_payment}
    days = sorted(eves | {windows.last_payment})
    return CashLimits(
        days=tuple(day.isoformat() for day in days),
        due_share=due_by(scenario, demand, [day.toordinal() for day in days]),
        received_cents=tuple(sum(cents for day, cents in coming if day <= by) for by in days),
        earlier_cents=tuple(earlier_due_by(scenario, by) for by in days),
    )
