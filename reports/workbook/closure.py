"""The sheet of checks: formulas that prove that the sheets close, each with its cached truth."""

import math
from collections.abc import Callable

from reports.catalogue import Language, msg
from reports.envelope_changes import envelope_changes
from reports.names import KPIS, kpi_name
from reports.reading import Found
from reports.workbook.paper import TOP, Paper
from reports.workbook.proofs import Proof, Side, write_proofs
from reports.workbook.result_sheets import ADDITIVE, BY_BRANCH, BY_SIZE

DIGITS = 10
"""Significant digits of a count in findings."""
LINES_BEFORE = 7
"""Columns of the sheet of lines before the simulated quantities."""


def closure(paper: Paper, papers: dict[str, Paper], findings: Found, language: Language) -> tuple[str, bool]:
    """Write the checks of a scenario's results.

    Args:
        paper: the sheet of checks.
        papers: the other sheets by their names.
        findings: all that was found out.
        language: of the reader.

    Returns:
        The cell that says whether all of them hold, and what it says.
    """
    return write_proofs(paper, [proof for prove in PROOFS for proof in prove(papers, findings, language)], language)


Proving = Callable[[dict[str, Paper], Found, Language], list[Proof]]


def _euros(found: Found | None) -> float:
    return float(found.value) / 100 if found is not None else 0.0


def _number(cents: int) -> str:
    return repr(cents / 100)


def _plan(papers: dict[str, Paper], findings: Found, language: Language) -> list[Proof]:
    """The plan gives out the envelope to the cent, and its lines are its total."""
    lines = papers.get("Lines")
    if lines is None or not lines.totals:
        return []
    plan = findings["plan"]
    notified = sum(int(line["notified_cents"].value) for line in findings.items("plan.lines"))
    rest = sum(int(plan.number(key) or 0) for key in ("management_fee_cents", "reserve_cents", "unnotified_cents"))
    whole = sum(int(line["pathways_whole"].value) for line in findings.items("plan.lines"))
    column, pathways = f"SUM({lines.span(3)})", f"SUM({lines.span(4)})"
    return [
        Proof(
            language.words(msg("Plan: lines, fee, reserve and what is not notified make the envelope")),
            Side(f"{column}+{_number(rest)}", (notified + rest) / 100),
            Side("", _euros(plan["envelope_cents"])),
            "money",
            0.0,
        ),
        Proof(
            language.words(msg("Plan: the pathways of the lines make its total")),
            Side(pathways, whole),
            Side("", float(plan["pathways_whole"].value)),
            "count",
            0.0,
        ),
        Proof(
            language.words(msg("Plan: fees and support of pay make its cost")),
            Side(
                f"{_number(plan['fee_cents'].value)}+{_number(plan['support_cents'].value)}",
                (plan["fee_cents"].value + plan["support_cents"].value) / 100,
            ),
            Side("", _euros(plan["cost_cents"])),
            "money",
            0.0,
        ),
    ]


def _ledger(papers: dict[str, Paper], findings: Found, language: Language) -> list[Proof]:
    """Money is neither made nor lost: what was opened is fee, commitments, lapsed money and what is left."""
    row = _rows_of(findings)
    names = ("management_fee_cents", "committed_cents", "lapsed_cents", "unspent_cents")
    paper = papers.get("Quantities")
    if paper is None or any(name not in row for name in (*names, "shortfall_cents")):
        return []
    opened = int(findings["plan.envelope_cents"].value) + sum(
        round(change.mean_cents) for change in envelope_changes(findings)
    )
    terms = [paper.cell(row[name], 2) for name in names]
    value = sum(_mean(findings, name) for name in names)
    short = _mean(findings, "shortfall_cents")
    return [
        Proof(
            language.words(msg("Ledger, mean: fee, commitments, lapsed and never committed make the money opened")),
            Side("+".join(terms), value / 100),
            Side(f"{_number(opened)}+{paper.cell(row['shortfall_cents'], 2)}", (opened + short) / 100),
            "money",
            0.03,
        ),
        Proof(
            language.words(msg("Ledger, mean: paid and reste à payer make the commitments")),
            Side(
                f"{paper.cell(row['paid_cents'], 2)}+{paper.cell(row['reste_a_payer_cents'], 2)}",
                (_mean(findings, "paid_cents") + _mean(findings, "reste_a_payer_cents")) / 100,
            ),
            Side(paper.cell(row["committed_cents"], 2), _mean(findings, "committed_cents") / 100),
            "money",
            0.02,
        ),
    ]


def _bridge(papers: dict[str, Paper], findings: Found, language: Language) -> list[Proof]:
    """From the need to net commitments, as the page tells it in one line."""
    row, paper = _rows_of(findings), papers.get("Quantities")
    names = ("need_cents", "unmet_need_cents", "repriced_cents", "gross_committed_cents", "released_cents")
    if paper is None or any(name not in row for name in (*names, "committed_cents")):
        return []
    need, unmet, priced, gross, released, net = (paper.cell(row[name], 2) for name in (*names, "committed_cents"))
    mean = {name: _mean(findings, name) for name in (*names, "committed_cents")}
    return [
        Proof(
            language.words(msg("Bridge, mean: need, less what is unmet, with changed prices, is committed gross")),
            Side(
                f"{need}-{unmet}+{priced}",
                (mean["need_cents"] - mean["unmet_need_cents"] + mean["repriced_cents"]) / 100,
            ),
            Side(gross, mean["gross_committed_cents"] / 100),
            "money",
            0.02,
        ),
        Proof(
            language.words(msg("Bridge, mean: committed gross, less what is released, is committed net")),
            Side(f"{gross}-{released}", (mean["gross_committed_cents"] - mean["released_cents"]) / 100),
            Side(net, mean["committed_cents"] / 100),
            "money",
            0.02,
        ),
    ]


def _rows_of(findings: Found) -> dict[str, int]:
    """The row, from 1, of each quantity on its sheet."""
    kpis = findings["simulation.kpis"].value
    order = (*(name for name in KPIS if name in kpis), *(name for name in kpis if name not in KPIS))
    return {name: TOP + 2 + at for at, name in enumerate(order)}


def _mean(findings: Found, name: str) -> float:
    return float(findings.number(f"simulation.kpis.{name}.mean") or 0)


def _parts(papers: dict[str, Paper], findings: Found, language: Language) -> list[Proof]:
    """Lines, branches and sizes each add up to the whole."""
    proofs = []
    rows = _rows_of(findings)
    for sheet, path, names, before in (
        ("Branches", "simulation.branches", BY_BRANCH, 1),
        ("Lines", "simulation.lines", BY_BRANCH, LINES_BEFORE),
        ("Sizes", "simulation.size_groups", BY_SIZE, 1),
    ):
        paper, parts = papers.get(sheet), list(findings.items(path))
        kept = [name for name in names if any(part.get(f"kpis.{name}") is not None for part in parts)]
        for name in ADDITIVE:
            if paper is None or name not in kept or name not in rows:
                continue
            money = name.endswith("_cents")
            scale = 100 if money else 1
            terms = [part.number(f"kpis.{name}.mean") or 0.0 for part in parts]
            total, whole = sum(terms), _mean(findings, name)
            told = language.words(msg("{sheet}: the sum of “{quantity}” is the whole")).format(
                sheet=paper.name, quantity=kpi_name(name, language)
            )
            proofs.append(
                Proof(
                    told,
                    Side(f"SUM({paper.span(before + kept.index(name))})", total / scale),
                    Side(papers["Quantities"].cell(rows[name], 2), whole / scale),
                    "money" if money else "price",
                    (len(parts) + 1) * 0.005 if money else sum(_rounding(term) for term in (*terms, whole)),
                )
            )
    return proofs


def _rounding(value: float) -> float:
    """What a mean of counts may have lost: findings keep ten significant digits of it."""
    return 0.5 * 10.0 ** (math.ceil(math.log10(abs(value))) - DIGITS) if value else 0.0


def _time(papers: dict[str, Paper], findings: Found, language: Language) -> list[Proof]:
    """The last month and the sum of the years are the whole."""
    proofs = []
    rows = _rows_of(findings)
    months, years = papers.get("Months"), papers.get("Years")
    if months is not None:
        for at, name in enumerate(("need_cents", "committed_cents", "paid_cents")):
            last = findings[f"simulation.months[{months.last - months.first}].{name}.mean"]
            told = language.words(msg("{sheet}: the last “{quantity}” is the whole")).format(
                sheet=months.name, quantity=kpi_name(name, language)
            )
            left = Side(months.cell(months.last, 1 + 6 * at), _euros(last))
            right = Side(papers["Quantities"].cell(rows[name], 2), _mean(findings, name) / 100)
            proofs.append(Proof(told, left, right, "money", 0.01))
    if years is not None:
        paid = sum(year.number("paid_cents.mean") or 0 for year in findings.items("simulation.years"))
        told = language.words(msg("{sheet}: the sum of “{quantity}” is the whole")).format(
            sheet=years.name, quantity=kpi_name("paid_cents", language)
        )
        right = Side(papers["Quantities"].cell(rows["paid_cents"], 2), _mean(findings, "paid_cents") / 100)
        slack = 0.005 * (years.last - years.first + 2)
        proofs.append(Proof(told, Side(f"SUM({years.span(4)})", paid / 100), right, "money", slack))
    return proofs


PROOFS: tuple[Proving, ...] = (_plan, _ledger, _bridge, _parts, _time)
"""In the order of the sheet."""
