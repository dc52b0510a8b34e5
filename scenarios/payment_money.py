"""What payments are made from: the State's cash by date and appropriations (CP) by year; older commitments go first."""

from collections.abc import Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from scenarios.scenario import Scenario
from scenarios.settings import eur_to_cents


def cash_coming(scenario: Scenario, distributable_cents: int) -> list[tuple[date, int]]:
    """The State's instalments.

    Args:
        scenario: a checked scenario.
        distributable_cents: what instalments by share are a share of.

    Returns:
        (day, cents), one for each row of the file, in the order of the days. Shares are rounded half up as they add up,
        so that shares of the whole give the whole to the cent.
    """
    coming = []
    share, so_far = Decimal(0), 0
    for row in sorted(scenario.payments.instalments, key=lambda row: row.day):
        if row.eur is not None:
            coming.append((row.day, eur_to_cents(row.eur)))
            continue
        share += Decimal(str(row.share or 0.0))
        by_now = int((share * distributable_cents).quantize(Decimal(1), rounding=ROUND_HALF_UP))
        coming.append((row.day, by_now - so_far))
        so_far = by_now
    return coming


def earlier_due_by(scenario: Scenario, day: date) -> int:
    """What earlier commitments have taken by the end of a day, cents: even over the days of each year, rounded down."""
    total = 0
    for row in scenario.payments.earlier_commitments:
        first, last = date(row.year, 1, 1), date(row.year, 12, 31)
        passed = min(max((day - first).days + 1, 0), (last - first).days + 1)
        total += eur_to_cents(row.due_eur) * passed // ((last - first).days + 1)
    return total


def payable_in(scenario: Scenario, years: Sequence[int]) -> list[int | None]:
    """What each year's ceiling leaves to the scheme once earlier commitments are paid, cents; None without a ceiling.

    What a year's ceiling cannot pay of earlier commitments is paid first of all in the next year.

    Args:
        scenario: a checked scenario.
        years: ascending without gap.

    Returns:
        One entry a year.
    """
    ceilings = {row.year: eur_to_cents(row.ceiling_eur) for row in scenario.payments.year_ceilings}
    earlier = {row.year: eur_to_cents(row.due_eur) for row in scenario.payments.earlier_commitments}
    left: list[int | None] = []
    owed = 0
    for year in years:
        owed += earlier.get(year, 0)
        ceiling = ceilings.get(year)
        left.append(None if ceiling is None else max(ceiling - owed, 0))
        owed = 0 if ceiling is None else max(owed - ceiling, 0)
    return left
