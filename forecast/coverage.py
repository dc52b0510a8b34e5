"""Whether an export covers the days up to which it is to be read: a silence of the file is no silence of companies."""

from datetime import date

import numpy as np

from forecast.cleaning import Reading
from forecast.column_map import ColumnMap
from scenarios.problems import InputRefused, Place, Problem
from scenarios.scenario import Scenario

MOST_DAYS = 31
"""Days without any date from which the export is refused: a month in which nothing came says it was not extracted."""


STRAY_DATES, ONE_IN = 4, 20
"""So many of the last decisions and payments, at most one in twenty, are no sign: one may be a slip, or planned."""


def last_day_covered(reading: Reading, known: ColumnMap, asked: date) -> date:
    """The last day up to which an export shows what happened.

    Args:
        reading: at least one request.
        known: the column map; its `last_day` stands, whatever dates the export holds.
        asked: the day asked for; later dates are no sign of what was known by then.

    Returns:
        The last day of a filing, or of a decision or payment that a few others follow. Starts and ends of training do
        not count: they are often written down before they happen.
    """
    if known.last_day is not None:
        return known.last_day
    history, until = reading.history, asked.toordinal()
    acts = np.sort(np.concatenate((history.decided, history.paid)))
    acts = acts[(acts > 0) & (acts <= until)]
    filed = int(history.filed[history.filed <= until].max(initial=history.first_day))
    stray = min(STRAY_DATES, len(acts) // ONE_IN)
    return date.fromordinal(max(filed, int(acts[-1 - stray])) if len(acts) else filed)


FOLLOWS_DAYS = 7
"""So many days after the last day that is sure, a decision or payment is one of the last few, and no slip."""


def usual_as_of(reading: Reading, known: ColumnMap, scenario: Scenario) -> date:
    """The day up to which an export is read where none is asked for.

    Args:
        reading: at least one request.
        known: the column map; its `last_day` stands.
        scenario: whose filing deadline it is.

    Returns:
        The last day of a filing, decision or payment, but for the few that lie more than a week after all others. The
        last filing where decisions and payments go on for more than `MOST_DAYS` without one, though requests could
        still come: their days may be planned ones.
    """
    sure = last_day_covered(reading, known, date.max)
    if known.last_day is not None:
        return sure
    acts = np.concatenate((reading.history.decided, reading.history.paid))
    near = acts[(acts > sure.toordinal()) & (acts <= sure.toordinal() + FOLLOWS_DAYS)]
    day = date.fromordinal(int(near.max(initial=sure.toordinal())))
    filed = date.fromordinal(int(reading.history.filed.max(initial=reading.history.first_day)))
    silent = (min(day, scenario.windows.filing_deadline) - filed).days
    return filed if silent > MOST_DAYS else day


def later_dates(reading: Reading, last: date) -> int:
    """How many filings, decisions and payments of an export are dated after a day, and so are not known on it.

    Args:
        reading: at least one request.
        last: the last day known.
    """
    history, day = reading.history, last.toordinal()
    return sum(int((days > day).sum()) for days in (history.filed, history.decided, history.paid))


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
    covered = last_day_covered(reading, known, last)
    days = (min(last, scenario.windows.filing_deadline) - covered).days
    if days > MOST_DAYS:
        details = {"found": covered, "days": days, "limit": MOST_DAYS, "last": last}
        raise InputRefused([Problem(Place(f"--as-of {last.isoformat()}"), "export_ends_before", details=details)])
