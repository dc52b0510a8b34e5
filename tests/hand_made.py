"""Requests and decisions written by hand, for tests that must know every minute and cent."""

from dataclasses import fields
from datetime import datetime
from typing import Any

import numpy as np

from scenarios.attributes import Requests
from scenarios.calendar import DAY
from sim.desk import Examined
from sim.ground import Ground
from sim.run_requests import RunRequests, together

PLAIN: dict[str, Any] = {
    "filing_minute": 0,
    "size_band": 0,
    "situation": 0,
    "pathway": 0,
    "company": 0,
    "trainees": 1,
    "hours_hundredths": 1_000,
    "fee_cents_per_hour": 2_000,
    "pay_cents_per_hour": 1_500,
    "eligible": True,
    "incomplete_rounds": 0,
    "work_minutes": 1,
    "resubmission_minutes": 0,
    "decision_minutes": 0,
    "start_minutes": 0,
    "duration_minutes": 0,
    "drop_outs": 0,
    "executed_basis_points": 10_000,
    "invoice_minutes": 0,
    "payment_minutes": 0,
}
"""A request of one trainee, 10 hours at 20 EUR, with no delay anywhere."""


def minute_of(ground: Ground, text: str) -> int:
    """The minute of "2021-01-04 09:00"."""
    when = datetime.fromisoformat(text)
    return ground.calendar.day(when.date()) * DAY + when.hour * 60 + when.minute


def requests_of(ground: Ground, rows: list[dict[str, Any]]) -> RunRequests:
    """Requests in the order of their numbers inside each branch.

    Args:
        ground: the scenario laid out.
        rows: fields of `Requests` that differ from `PLAIN`, and the `branch` by its code.

    Returns:
        RunRequests.
    """
    by_branch = []
    for code in ground.cells.branches:
        mine = [{**PLAIN, **row} for row in rows if row["branch"] == code]
        columns = {"number": np.arange(len(mine), dtype=np.int64)}
        for field in fields(Requests):
            if field.name != "number":
                kind = np.bool_ if field.name == "eligible" else np.int64
                columns[field.name] = np.asarray([row[field.name] for row in mine], dtype=kind)
        by_branch.append(Requests(**columns))
    return together(ground, tuple(by_branch))


def decided_at(minutes: list[int]) -> Examined:
    """A desk that decides on each request, in the order of places, at a minute of its own."""
    none = np.zeros(0, dtype=np.int64)
    return Examined(
        decision_minute=np.asarray(minutes, dtype=np.int64),
        first_wait_minutes=np.zeros(len(minutes), dtype=np.int64),
        work_begun=none,
        work_minutes=none,
    )
