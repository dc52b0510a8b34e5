"""The sheets behind the committee's page: where the money goes, fairness, waiting, cash, decisions, calibration."""

from collections.abc import Sequence
from typing import Any

from reports.catalogue import Language, msg
from reports.names import UNITS, branch_name, kpi_name, policy_name, unit_of
from reports.price_sentences import plain
from reports.reading import Found
from reports.sections.decision_log import line_name
from reports.sections.flow import BANDS, BESIDE
from reports.sections.waiting import TOLD as WAITED
from reports.source_words import source_words
from reports.status import met_sign
from reports.workbook.paper import FORM_OF_UNIT, Column, Form
from reports.workbook.told import Told, column_of

SPREAD = ("mean", "se", "p10", "p50", "p90")


def _spread(language: Language, form: Form = "price") -> tuple[Column, ...]:
    titles = (msg("Mean"), msg("Standard error"), msg("P10"), msg("Median"), msg("P90"))
    return tuple(column_of(title, form, language) for title in titles)


def _estimates(names: Sequence[str], findings: Found, language: Language) -> list[Sequence[Any]]:
    rows: list[Sequence[Any]] = []
    for name in names:
        estimate = findings.get(f"simulation.kpis.{name}")
        if estimate is None:
            continue
        form = FORM_OF_UNIT.get(unit_of(name, estimate), "price")
        rows.append((kpi_name(name, language), *((estimate.get(part), form) for part in SPREAD)))
    return rows


def flow(findings: Found, language: Language) -> Told | None:
    """From the need to net commitments, and the ends of the envelope."""
    bridge = ("need_cents", "unmet_need_cents", "repriced_cents", "gross_committed_cents", "released_cents")
    ends = tuple(name for name, _ in BANDS)
    rows = _estimates((*bridge, *ends, *(name for name in BESIDE if name not in bridge)), findings, language)
    return Told((column_of(msg("Quantity"), "text", language), *_spread(language)), rows) if rows else None


def waiting(findings: Found, language: Language) -> Told | None:
    """The desk and the waiting room."""
    rows = _estimates(WAITED, findings, language)
    return Told((column_of(msg("Quantity"), "text", language), *_spread(language)), rows) if rows else None


def fairness(findings: Found, language: Language) -> Told | None:
    """Which share of what it asks each branch gets, the least served first."""
    rows = [row for row in findings.items("simulation.branches") if row.get("kpis.served_share.mean") is not None]
    if len(rows) < 2:
        return None
    rows.sort(key=lambda row: row["kpis.served_share.mean"].value)
    columns = (
        column_of(msg("Branch"), "text", language),
        *_spread(language, "share"),
        column_of(msg("Pathways asked for"), "count", language, total=True),
        column_of(msg("Pathways committed"), "count", language, total=True),
    )
    return Told(
        columns,
        [
            (
                branch_name(row.text("branch"), findings, language).text,
                *(row.get(f"kpis.served_share.{part}") for part in SPREAD),
                row.get("kpis.asked_pathways.mean"),
                row.get("kpis.pathways_committed.mean"),
            )
            for row in rows
        ],
        total=language.words(msg("Total")),
    )


def cash(findings: Found, language: Language) -> Told | None:
    """What the State has sent, what was paid, and what was due and waited; nothing without instalments."""
    rows = list(findings.items("simulation.cash"))
    if not rows:
        return None
    titles = [(msg("Received from the State"), "received_cents"), (msg("Earlier commitments"), "earlier_cents")]
    estimates = [
        (msg("Paid"), "paid_cents"),
        (msg("Due, waiting to be paid"), "due_unpaid_cents"),
        (msg("Left of the cash"), "left_cents"),
    ]
    kept = [(title, name) for title, name in titles if any(row.get(name) is not None for row in rows)]
    known = [(title, name) for title, name in estimates if any(row.get(f"{name}.mean") is not None for row in rows)]
    columns = [column_of(msg("End of month"), "text", language)]
    columns.extend(column_of(title, "money", language) for title, _ in kept)
    for title, _ in known:
        columns.extend(
            Column(f"{language.words(title)} – {language.words(part)}", "money")
            for part in (msg("Mean"), msg("P10"), msg("P90"))
        )
    return Told(
        tuple(columns),
        [
            (
                row.text("month"),
                *(row.get(name) for _, name in kept),
                *(row.get(f"{name}.{part}") for _, name in known for part in ("mean", "p10", "p90")),
            )
            for row in rows
        ],
    )


def decisions(findings: Found, language: Language) -> Told | None:
    """Every decision of the simulated committee, under each policy."""
    rows = list(findings.items("simulation.decisions"))
    if not rows:
        return None
    return Told(
        (
            column_of(msg("Date"), "date", language),
            column_of(msg("Committee"), "text", language),
            column_of(msg("Line"), "text", language),
            *(
                column_of(title, "money", language)
                for title in (msg("Change of the notification"), msg("Standard error"), msg("P10"), msg("P90"))
            ),
        ),
        [
            (
                row["date"],
                plain((policy_name(row.text("policy"), language),)),
                plain(line_name(row.text("line"), findings, language)),
                *(row.get(f"change_cents.{part}") for part in ("mean", "se", "p10", "p90")),
            )
            for row in rows
        ],
    )


def calibration(findings: Found, language: Language) -> Told | None:
    """Published figures against what the scenario's demand reaches."""
    rows = list(findings.items("calibration"))
    if not rows:
        return None
    titles = (msg("Target"), msg("Tolerance"), msg("Reached"), msg("Standard error"))
    return Told(
        (
            column_of(msg("Published figure"), "wrapped", language),
            *(column_of(title, "price", language) for title in titles),
            column_of(msg("Result"), "mark", language),
            column_of(msg("Unit"), "mark", language),
            column_of(msg("Source"), "wrapped", language),
        ),
        [
            (
                language.data(row.text(f"name_{language.code}") or row.text("quantity")),
                *(_figure(row, part) for part in ("target", "tolerance", "reached", "se")),
                met_sign(bool(row["met"].value), language).word,
                language.words(UNITS[row.text("unit")]) if row.text("unit") in UNITS else row.text("unit"),
                source_words(row.text("source"), language),
            )
            for row in rows
        ],
    )


def _figure(row: Found, part: str) -> tuple[Found | None, Any]:
    form = FORM_OF_UNIT.get(row.text("unit"), "price")
    return row.get(part), form if form in ("share", "count") else "price"
