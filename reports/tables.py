"""The tables as CSV: for spreadsheets and scripts, the same text on every machine."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import Any, NamedTuple

QUANTILES = ("mean", "p5", "p10", "p50", "p90", "p95")
WEIGHED = ("open", "waiting", "forecast")
"""What the committee weighed, by the names of the findings."""
CURVES = ("need_cents", "committed_cents", "paid_cents")
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""A cell that starts so is a formula to a spreadsheet."""


class AllocationRow(NamedTuple):
    """What the plan commits on one line in one period."""

    line: str
    period: str
    pathways: float
    cents: int


def euros(cents: int) -> str:
    """Integer cents as euros with two decimals and a point: 1234567 is "12345.67"."""
    sign = "-" if cents < 0 else ""
    whole, rest = divmod(abs(cents), 100)
    return f"{sign}{whole}.{rest:02d}"


def inert(text: str) -> str:
    """A text that no spreadsheet takes for a formula: a quote before = + - @ and tabs.

    Source: OWASP, CSV injection.
    """
    return f"'{text}" if text.startswith(DANGEROUS) else text


def notifications_csv(findings: Mapping[str, Any]) -> str:
    """One row a line: what it is notified."""
    lines = findings["plan"]["lines"]
    return _csv(
        ("line", "branch", "size_group", "notified_eur"),
        (
            (
                inert(str(line["line"])),
                inert(str(line.get("branch", ""))),
                inert(str(line.get("size_group", ""))),
                euros(line["notified_cents"]),
            )
            for line in lines
        ),
    )


def projection_csv(findings: Mapping[str, Any]) -> str:
    """One row a month: need, commitments and payments, cumulative, by mean and quantiles."""
    names = tuple(f"{curve.removesuffix('_cents')}_{part}_eur" for curve in CURVES for part in QUANTILES)
    return _csv(
        ("month", *names),
        (
            (
                inert(str(month["month"])),
                *(
                    euros(round(month[curve][part])) if part in month[curve] else ""
                    for curve in CURVES
                    for part in QUANTILES
                ),
            )
            for month in findings["simulation"]["months"]
        ),
    )


def decisions_csv(findings: Mapping[str, Any], whys: Sequence[str]) -> str:
    """The committee's log: a row a date, policy and line, with the change of its notification over the runs and why.

    Args:
        findings: as docs/findings.md lays down.
        whys: the reason of each entry in words.
    """
    return _csv(
        (
            *("date", "policy", "line"),
            *(f"change_{part}_eur" for part in QUANTILES),
            *("reason", *(f"{name}_mean_eur" for name in WEIGHED), "why"),
        ),
        (
            (
                inert(str(decision["date"])),
                inert(str(decision["policy"])),
                inert(str(decision["line"])),
                *(
                    euros(round(decision["change_cents"][part])) if part in decision["change_cents"] else ""
                    for part in QUANTILES
                ),
                inert(str(decision.get("reason", ""))),
                *(
                    euros(round(decision[f"{name}_cents"]["mean"])) if f"{name}_cents" in decision else ""
                    for name in WEIGHED
                ),
                inert(why),
            )
            for decision, why in zip(findings["simulation"].get("decisions", []), whys, strict=True)
        ),
    )


def allocation_csv(rows: Iterable[AllocationRow]) -> str:
    """One row a line and period: pathways (expected, three decimals) and euros."""
    return _csv(
        ("line", "period", "pathways", "committed_eur"),
        ((inert(row.line), inert(row.period), f"{row.pathways:.3f}", euros(row.cents)) for row in rows),
    )


def _csv(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()
