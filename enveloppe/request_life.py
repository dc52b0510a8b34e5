"""The life of one request in one run, read off its events: what it met, who was ahead of it, what let it through."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sim.trace import Row

GIVING = (
    "service done",
    "advance recovered",
    "appropriations open",
    "notified: committee",
    "notified: amendment",
    "envelope change",
    "notified: opening",
)
"""Notes of events that put money on a line."""
FIRST_PARKED = "parked"


class NoSuchRequestError(Exception):
    """A run has no such request; what it has instead is told by `known`."""

    def __init__(self, known: str, idle_branch: str | None = None) -> None:
        """Keep what stands in its place, and the branch that has requests of which none waited for money."""
        super().__init__(known)
        self.known = known
        self.idle_branch = idle_branch


@dataclass
class _Queues:
    """Who waits for money on each line (or in the pot), as events pass by."""

    one_pot: bool
    waiting: dict[str, dict[tuple[str, int | str], int]] = field(default_factory=dict)

    def of(self, row: Row) -> dict[tuple[str, int | str], int]:
        return self.waiting.setdefault("" if self.one_pot else row.line, {})

    def passed(self, row: Row) -> None:
        """Keep the queues up to date with an event."""
        key = (row.branch, row.number)
        if row.note.startswith("parked"):
            self.of(row)[key] = int(row.amount_cents or 0)
        elif row.note == "committed" or row.note.startswith("refused"):
            self.of(row).pop(key, None)


def request_life(rows: Sequence[Row], request: str, run: int, policy: str, *, one_pot: bool) -> dict[str, Any]:
    """Tell the life of a request.

    Args:
        rows: every event of the run, in order.
        request: "BRANCH:NUMBER", or "BRANCH:parked" for the first of a branch that found no money.
        run: the number of the run, told again.
        policy: under which it was lived.
        one_pot: all lines draw on one pot.

    Returns:
        {run, policy, branch, number, line, pathways, end, days, steps[{date, day, what, amount_cents?, open_cents?,
        ahead?, ahead_cents?, because?, because_line?}]}; `day` counts days of the calendar from its
        filing, `because` is the event that put money where it waited, `end` the note of its last event.

    Raises:
        NoSuchRequestError: where the run has no such request.
    """
    branch, number = _named(rows, request)
    queues, steps, first, last = _Queues(one_pot), [], None, None
    gift: Row | None = None
    for row in rows:
        if row.note in GIVING and row.amount_cents:
            gift = row
        if (row.branch, row.number) == (branch, number):
            first, last = first or row, row
            steps.append(_step(row, first, queues, gift))
        queues.passed(row)
    if first is None or last is None:
        raise NoSuchRequestError(_numbers(rows, branch))
    return {
        "run": run,
        "policy": policy,
        "branch": branch,
        "number": number,
        "line": first.line,
        "pathways": first.pathways,
        "end": last.note,
        "days": _days_between(first, last),
        "steps": steps,
    }


def _named(rows: Sequence[Row], request: str) -> tuple[str, int]:
    branch, _, number = request.rpartition(":")
    if number == FIRST_PARKED:
        found = next((row for row in rows if row.branch == branch and row.note.startswith("parked")), None)
        if found is None:
            idle = any(row.branch == branch and row.number != "" for row in rows)
            raise NoSuchRequestError(_numbers(rows, branch), branch if idle and branch else None)
        return branch, int(found.number)
    if not branch or not number.isdecimal():
        raise NoSuchRequestError("BRANCH:NUMBER, BRANCH:parked")
    return branch, int(number)


def _numbers(rows: Sequence[Row], branch: str) -> str:
    """What requests a branch has in the run, or which branches there are."""
    numbers = [int(row.number) for row in rows if row.branch == branch]
    if numbers:
        return f"{branch}:{min(numbers)} … {branch}:{max(numbers)}"
    return ", ".join(sorted({row.branch for row in rows if row.branch}))


def _days_between(first: Row, row: Row) -> int:
    """Days of the calendar from one event's date to another's, whatever the hours."""
    return (date.fromisoformat(row.date) - date.fromisoformat(first.date)).days


def _step(row: Row, first: Row, queues: _Queues, gift: Row | None) -> dict[str, Any]:
    step: dict[str, Any] = {"date": row.date, "day": _days_between(first, row), "what": row.note}
    for name, value in (("amount_cents", row.amount_cents), ("open_cents", row.open_cents)):
        if value not in ("", None):
            step[name] = int(value)
    waiting = queues.of(row)
    key = (row.branch, row.number)
    if row.note == FIRST_PARKED:
        step["ahead"], step["ahead_cents"] = len(waiting), sum(waiting.values())
    elif row.note == "committed" and key in waiting:
        step["waited"] = True
        if gift is not None and gift.minute == row.minute:
            step["because"] = gift.note
            if gift.branch and (gift.branch, gift.number) != key:
                step["because_request"] = f"{gift.branch}:{gift.number}"
            step["because_cents"] = int(gift.amount_cents or 0)
    return step
