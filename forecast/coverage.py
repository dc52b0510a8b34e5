"""Whether an export covers the days up to which it is to be read: a silence of the file is no silence of companies."""

from datetime import date

from forecast.cleaning import Reading
from forecast.column_map import ColumnMap
from scenarios.problems import InputRefused, Place, Problem
from scenarios.scenario import Scenario

MOST_DAYS = 31
"""Days without any date from which the export is refused: a month in which nothing came says it was not extracted."""


def last_day_covered(reading: Reading, known: ColumnMap) -> date:
    """The last day that an export covers.

    Args:
        reading: at least one request.
        known: the column map; its `last_day` stands, whatever dates the export holds.

    Returns:
        The last day of a filing, a decision or a payment. Starts and ends of training do not count: they are often
        written down before they happen.
    """
    if known.last_day is not None:
        return known.last_day
    history = reading.history
    return date.fromordinal(max(int(days.max()) for days in (history.filed, history.decided, history.paid)))


def refuse_uncovered(reading: Reading, known: ColumnMap, scenario: Scenario, last: date) -> None:
    """Refuse to read an export at a day long after it ends.

    After filing closes no request can come: those days need no cover.

    Args:
        reading: at least one request.
        known: the column map.
        scenario: whose filing deadline it is.
        last: the day asked for.

    Raises:
        InputRefused: where more than `MOST_DAYS` on which requests could come are uncovered.
    """
    covered = last_day_covered(reading, known)
    days = (min(last, scenario.windows.filing_deadline) - covered).days
    if days > MOST_DAYS:
        details = {"found": covered, "days": days, "limit": MOST_DAYS, "last": last}
        raise InputRefused([Problem(Place(f"--as-of {last.isoformat()}"), "export_ends_before", details=details)])
