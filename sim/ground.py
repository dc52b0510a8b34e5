"""What all runs of a scenario share, laid out once in each worker."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from scenarios.arrival_rate import branch_factors, branch_volumes, day_weights
from scenarios.attributes import AttributeTables, attribute_tables, company_pools
from scenarios.calendar import DAY, Calendar, calendar_of
from scenarios.cells import Cells, cells_of
from scenarios.events import EnvelopeChange
from scenarios.foresight import as_lived
from scenarios.payment_money import earlier_due_by
from scenarios.price_book import PriceBook, price_book
from scenarios.scenario import Scenario
from scenarios.settings import eur_to_cents
from scenarios.staffing import officers_of_day
from sim.not_lived import refuse_what_is_not_lived
from sim.repricing import events_that_reprice

Int = NDArray[np.int64]

NEVER = 2**52
"""A minute past every horizon."""


@dataclass(frozen=True, eq=False)
class Ground:
    """A scenario laid out for its runs; minutes count from midnight of the opening day.

    Attributes:
        scenario, cells, calendar, book: the question and its tables.
        branches_by_code: indices of the branches in the order of their codes: the order of ties, so that permuting
            the branches of a file permutes results.
        lines_by_key: indices of the lines in the order of their keys, for the same reason.
        yearly_requests: float64 (branches,), expected requests of a year.
        day_weights: float64 (days,), see `scenarios.arrival_rate`.
        branch_factors: float64 (branches, days), what multiplies them for a branch alone; None where nothing does.
        officers_of_day: int64 (days,), officers who examine.
        lived: the scenario with its dated events worked into its rules.
        amendments: what may become of the envelope in some run, by number of the event.
        repricing: numbers of the events that change a price.
        company_offsets: int64 (branches, bands): number of the first company of each pool.
        companies: how many companies there are in all pools.
        filing_end, commitment_end, execution_end, horizon: the first minutes after the deadlines.
        segment_of_day: the price segment of each day of the calendar; -1 before the first.
        year_of_day: the calendar year of each day, which is the fiscal year.
        years: the calendar years that the horizon touches.
        aid_ceiling_of_day: State-aid ceiling of one company in cents on each day, None where there is none.
        earlier_by_day: cash that commitments made before the opening have taken by the end of each day, cents.
        attribute_tables: what the attributes of requests are looked up in.
        dates: days on which money may be moved (committee and amendments), ascending.
    """

    scenario: Scenario
    cells: Cells
    calendar: Calendar
    book: PriceBook
    branches_by_code: tuple[int, ...]
    lines_by_key: tuple[int, ...]
    yearly_requests: NDArray[np.float64]
    day_weights: NDArray[np.float64]
    branch_factors: NDArray[np.float64] | None
    officers_of_day: Int
    lived: Scenario
    amendments: dict[int, EnvelopeChange]
    repricing: frozenset[int]
    company_offsets: Int
    companies: int
    filing_end: int
    commitment_end: int
    execution_end: int
    horizon: int
    segment_of_day: Int
    year_of_day: Int
    years: tuple[int, ...]
    aid_ceiling_of_day: tuple[int | None, ...]
    earlier_by_day: tuple[int, ...]
    attribute_tables: AttributeTables
    dates: tuple[date, ...]

    def year_start(self, year: int) -> int:
        """The first minute of a calendar year; 0 for the year of the opening."""
        return max(self.calendar.day(date(year, 1, 1)), 0) * DAY


def ground_of(scenario: Scenario, calendar: Calendar | None = None) -> Ground:
    """Lay out a scenario for its runs.

    Args:
        scenario: a checked scenario.
        calendar: a calendar to use in place of the scenario's own (tests of the queue work day and night).

    Returns:
        Ground.

    Raises:
        InputRefused: where the scenario declares what only the plan applies yet.
    """
    refuse_what_is_not_lived(scenario)
    calendar = calendar or calendar_of(scenario)
    lived = as_lived(scenario)
    cells, book = cells_of(scenario), price_book(lived)
    days = [calendar.opens + timedelta(days=number) for number in range(calendar.days)]
    pools = company_pools(scenario)
    windows = scenario.windows
    branches = list(scenario.branches)
    return Ground(
        scenario=scenario,
        cells=cells,
        calendar=calendar,
        book=book,
        branches_by_code=tuple(sorted(range(len(branches)), key=lambda index: branches[index])),
        lines_by_key=tuple(sorted(range(len(cells.lines)), key=lambda index: cells.lines[index].key)),
        yearly_requests=branch_volumes(scenario),
        day_weights=day_weights(lived, calendar),
        branch_factors=branch_factors(lived, calendar),
        officers_of_day=officers_of_day(lived.desk, calendar),
        lived=lived,
        amendments=_amendments(scenario),
        repricing=events_that_reprice(scenario, book),
        company_offsets=(np.cumsum(pools) - pools.ravel()).reshape(pools.shape),
        companies=int(pools.sum()),
        filing_end=calendar.end_of(windows.filing_deadline),
        commitment_end=calendar.end_of(windows.commitment_deadline),
        execution_end=calendar.end_of(windows.execution_deadline),
        horizon=calendar.end_of(windows.last_payment),
        segment_of_day=book.segment_of(np.asarray([day.toordinal() for day in days], dtype=np.int64)),
        year_of_day=np.asarray([day.year for day in days], dtype=np.int64),
        years=tuple(dict.fromkeys(day.year for day in days)),
        aid_ceiling_of_day=tuple(_aid_ceiling(scenario, day) for day in days),
        earlier_by_day=tuple(earlier_due_by(scenario, day) for day in days),
        attribute_tables=attribute_tables(scenario, calendar),
        dates=tuple(
            sorted(
                {day for day in scenario.committee.dates if day <= windows.last_payment}
                | {event.day for event in _amendments(scenario).values() if event.day <= windows.last_payment}
            )
        ),
    )


def _amendments(scenario: Scenario) -> dict[int, EnvelopeChange]:
    return {
        number: event
        for number, event in enumerate(scenario.events)
        if isinstance(event, EnvelopeChange) and event.probability > 0
    }


def _aid_ceiling(scenario: Scenario, day: date) -> int | None:
    """The ceiling in force: of several rows the one since the latest date, and among equals the later in the file."""
    rows = [
        row for row in sorted(scenario.scheme.company_aid_ceilings, key=lambda row: row.starts) if row.in_force(day)
    ]
    return eur_to_cents(rows[-1].ceiling_eur) if rows else None
