"""The sheets of results, one table each; this list is the order of their tabs."""

from collections.abc import Iterable, Sequence
from typing import Any

from reports.catalogue import Language, msg
from reports.envelope_changes import envelope_changes
from reports.names import KINDS, KPIS, UNITS, branch_name, kpi_name, policy_name, size_group_name, unit_of
from reports.opening_plan import of_the_opening
from reports.price_sentences import plain, price_line, row_asks
from reports.reading import Found
from reports.sections.binding import BOOKKEEPING, subject_name
from reports.source_words import source_words
from reports.status import status_sign
from reports.workbook.committee_sheets import calibration, cash, decisions, fairness, flow, waiting
from reports.workbook.paper import FORM_OF_UNIT, Column
from reports.workbook.told import Sheet, Told, column_of

PARTS = (("mean", msg("Mean")), ("p5", "P5"), ("p10", msg("P10")), ("p50", "P50"), ("p90", msg("P90")), ("p95", "P95"))


def _means(rows: Iterable[Found], names: Iterable[str]) -> list[str]:
    """The quantities that at least one row has."""
    rows = list(rows)
    return [name for name in names if any(row.get(f"kpis.{name}") is not None for row in rows)]


ADDITIVE = (
    "asked_pathways",
    "pathways_committed",
    "pathways_net",
    "notified_cents",
    "need_cents",
    "committed_cents",
    "paid_cents",
    "support_cents",
    "parked",
)
BY_BRANCH = (*ADDITIVE[:3], "served_share", *ADDITIVE[3:])
BY_SIZE = (*BY_BRANCH, "support_coverage", "real_pay_coverage", "wait_days", "companies")


def _parts(rows: list[Found], names: Iterable[str], language: Language) -> tuple[list[Column], list[str]]:
    kept = _means(rows, names)
    columns = []
    for name in kept:
        unit = next(row.text(f"kpis.{name}.unit") for row in rows if row.get(f"kpis.{name}") is not None)
        form = FORM_OF_UNIT.get(unit, "price")
        columns.append(Column(kpi_name(name, language), form, name in ADDITIVE))
    return columns, kept


def _quantities(findings: Found, language: Language) -> Told | None:
    kpis = findings.get("simulation.kpis")
    if kpis is None:
        return None
    rows: list[Sequence[Any]] = []
    for name in (*(name for name in KPIS if name in kpis.value), *(name for name in kpis.value if name not in KPIS)):
        estimate = kpis[name]
        unit = unit_of(name, estimate)
        told = FORM_OF_UNIT.get(unit, "price")
        rows.append(
            (
                kpi_name(name, language),
                language.words(UNITS[unit]) if unit in UNITS else language.sign if unit == "cents" else "",
                *((estimate.get(part), told) for part, _ in PARTS),
                (estimate.get("se"), told),
            )
        )
    columns = (
        column_of(msg("Quantity"), "text", language),
        column_of(msg("Unit"), "text", language),
        *(Column(title if part in ("p5", "p50", "p95") else language.words(title), "price") for part, title in PARTS),
        column_of(msg("Standard error"), "price", language),
    )
    return Told(columns, rows, (language.words(msg("Over the runs of the simulation")),))


def _branches(findings: Found, language: Language) -> Told | None:
    rows = sorted(findings.items("simulation.branches"), key=lambda row: -(row.number("kpis.notified_cents.mean") or 0))
    if not rows:
        return None
    numbers, names = _parts(rows, BY_BRANCH, language)
    return Told(
        (
            column_of(msg("Branch"), "text", language),
            *numbers,
            column_of(msg("Risk"), "share", language),
            column_of(msg("Exhausted (median)"), "date", language),
            column_of(msg("Status"), "text", language),
        ),
        [
            (
                branch_name(row.text("branch"), findings, language).text,
                *(row.get(f"kpis.{name}.mean") for name in names),
                row.get("exhaustion_date.probability"),
                row.get("exhaustion_date.p50"),
                _status(row, language),
            )
            for row in rows
        ],
        total=language.words(msg("Total")),
    )


def _status(row: Found, language: Language) -> str:
    if not row.text("status"):
        return ""
    sign = status_sign(row.text("status"), language)
    return f"{sign.sign} {sign.word}"


def _lines(findings: Found, language: Language) -> Told | None:
    planned = list(findings.items("plan.lines"))
    if not planned:
        return None
    lived = {row.text("line"): row for row in findings.items("simulation.lines")}
    numbers, names = _parts(list(lived.values()), BY_BRANCH, language)
    rows: list[Sequence[Any]] = []
    for line in planned:
        row = lived.get(line.text("line"), Found("", {}))
        rows.append(
            (
                language.data(line.text("line")),
                branch_name(line.text("branch"), findings, language).text if line.text("branch") else "",
                _size(line, findings, language),
                line.get("notified_cents"),
                line.get("pathways_whole"),
                line.get("asked_pathways"),
                line.get("price_cents"),
                *(row.get(f"kpis.{name}.mean") for name in names),
                row.get("exhaustion_date.probability"),
                row.get("exhaustion_date.p50"),
            )
        )
    return Told(
        (
            column_of(msg("Line"), "text", language),
            column_of(msg("Branch"), "text", language),
            column_of(msg("Size of company"), "text", language),
            column_of(msg("Notified by the plan"), "money", language, total=True),
            column_of(msg("Pathways of the plan"), "count", language, total=True),
            column_of(msg("Pathways expected"), "decimal", language, total=True),
            column_of(msg("Expected price"), "money", language),
            *numbers,
            column_of(msg("Risk"), "share", language),
            column_of(msg("Exhausted (median)"), "date", language),
        ),
        rows,
        (
            language.words(msg("The plan, then what the simulation makes of it: means over the runs")),
            *((".", *opening) if (opening := of_the_opening(findings, language)) else ()),
        ),
        language.words(msg("Total")),
    )


def _size(row: Found, findings: Found, language: Language) -> str:
    code = row.text("size_group")
    if not code:
        return ""
    name = size_group_name(code, findings, language)
    return name if isinstance(name, str) else name.text


CURVES = (
    ("need_cents", msg("Need")),
    ("committed_cents", msg("Committed (AE)")),
    ("paid_cents", msg("Paid (CP)")),
)


def _months(findings: Found, language: Language) -> Told | None:
    months = list(findings.items("simulation.months"))
    if not months:
        return None
    columns = [column_of(msg("End of month"), "text", language)]
    for _, title in CURVES:
        columns.extend(
            Column(f"{language.words(title)} – {language.words(part) if part[:1] != 'P' else part}", "money")
            for _, part in PARTS
        )
    columns.append(column_of(msg("Envelope"), "money", language))
    rows: list[Sequence[Any]] = [
        (
            month.text("month"),
            *(month.get(f"{curve}.{part}") for curve, _ in CURVES for part, _ in PARTS),
            _opened(month.text("month"), findings),
        )
        for month in months
    ]
    return Told(tuple(columns), rows)


def _opened(month: str, findings: Found) -> int:
    """The envelope in cents at the end of a month, amendments until then included (on the mean of the runs)."""
    changes = (change for change in envelope_changes(findings) if change.event.text("date")[:7] <= month)
    return int(findings["plan.envelope_cents"].value) + sum(round(change.mean_cents) for change in changes)


def _years(findings: Found, language: Language) -> Told | None:
    years = list(findings.items("simulation.years"))
    if not years:
        return None
    return Told(
        (
            column_of(msg("Year"), "text", language),
            column_of(msg("Payment credits (CP)"), "money", language, total=True),
            column_of(msg("Payments needed"), "money", language, total=True),
            column_of(msg("Risk that they exceed the CP"), "share", language),
            column_of(msg("Paid"), "money", language, total=True),
            column_of(msg("Due and unpaid on 31 December"), "money", language),
            column_of(msg("Reste à payer"), "money", language),
        ),
        [
            (
                str(year["year"].value),
                year.get("cp_cents"),
                year.get("need_cents.mean"),
                year.get("need_overrun"),
                year.get("paid_cents.mean"),
                year.get("due_unpaid_cents.mean"),
                year.get("reste_a_payer_cents.mean"),
            )
            for year in years
        ],
        total=language.words(msg("Total")),
    )


def _sizes(findings: Found, language: Language) -> Told | None:
    groups = list(findings.items("simulation.size_groups"))
    if not groups:
        return None
    numbers, names = _parts(groups, BY_SIZE, language)
    return Told(
        (column_of(msg("Size of company"), "text", language), *numbers),
        [(_size(group, findings, language), *(group.get(f"kpis.{name}.mean") for name in names)) for group in groups],
        total=language.words(msg("Total")),
    )


def _rivals(findings: Found, language: Language) -> Told | None:
    rows: list[Sequence[Any]] = []
    for comparison in findings.items("comparison"):
        policy, against = (plain((policy_name(comparison.text(key), language),)) for key in ("policy", "against"))
        kpis = comparison.get("kpis")
        for name in kpis.value if kpis is not None else {}:
            difference = comparison[f"kpis.{name}"]
            rows.append((policy, against, "", kpi_name(name, language), *_difference(name, difference)))
        for part in comparison.items("branches"):
            branch = branch_name(part.text("branch"), findings, language).text
            for name in ("pathways_net", "committed_cents"):
                if part.get(name) is not None:
                    rows.append((policy, against, branch, kpi_name(name, language), *_difference(name, part[name])))
        for part in comparison.items("size_groups"):
            size = _size(part, findings, language)
            for name in ("pathways_net", "committed_cents"):
                if part.get(name) is not None:
                    rows.append((policy, against, size, kpi_name(name, language), *_difference(name, part[name])))
    if not rows:
        return None
    return Told(
        (
            column_of(msg("Policy"), "text", language),
            column_of(msg("Rather than"), "text", language),
            column_of(msg("Branch or size"), "text", language),
            column_of(msg("Quantity"), "text", language),
            column_of(msg("Difference"), "price", language),
            column_of(msg("Standard error"), "price", language),
        ),
        rows,
    )


def _difference(name: str, difference: Found) -> tuple[Any, Any]:
    form = FORM_OF_UNIT.get(unit_of(name, difference), "price")
    form = "decimal" if form == "count" else form
    return (difference.get("mean"), form), (difference.get("se"), form)


def _since(findings: Found, language: Language) -> Told | None:
    """Last time beside this time, quantity by quantity."""
    comparison = findings.get("since")
    if comparison is None:
        return None
    rows: list[Sequence[Any]] = []
    for name in (name for name in KPIS if comparison.get(f"comparisons[0].kpis.{name}") is not None):
        gap = comparison[f"comparisons[0].kpis.{name}"]
        form = FORM_OF_UNIT.get(unit_of(name, gap), "price")
        means = ((comparison.get(f"sides[{at}].kpis.{name}.mean"), form) for at in (0, 1))
        rows.append((kpi_name(name, language), *means, *_difference(name, gap)))
    return Told(
        (
            column_of(msg("Quantity"), "text", language),
            column_of(msg("Last time"), "price", language),
            column_of(msg("This time"), "price", language),
            column_of(msg("Difference"), "price", language),
            column_of(msg("Standard error"), "price", language),
        ),
        rows,
    )


def _prices(findings: Found, language: Language) -> Told | None:
    told = [row for row in findings.items("plan.prices") if not row.text("family").startswith(BOOKKEEPING)]
    if not told:
        return None
    return Told(
        (
            column_of(msg("Rule of the plan"), "text", language),
            column_of(msg("Binding"), "text", language),
            column_of(msg("Price"), "price", language),
            column_of(msg("Unit"), "text", language),
            column_of(msg("In words"), "wrapped", language),
        ),
        [
            (
                plain(row_asks(row.text("family"), subject_name(row, findings, language), language)),
                language.words(msg("yes")) if row["binding"].value else language.words(msg("no")),
                (row.get("price"), "index"),
                row.text("unit"),
                _in_words(row, findings, language),
            )
            for row in told
        ],
    )


def _in_words(row: Found, findings: Found, language: Language) -> str:
    """The sentence of a price: as it stands in the findings, or said anew for a reader of the other language."""
    if findings.text("scenario.language") == language.code and row.text("sentence"):
        return language.data(row.text("sentence"))
    subject = subject_name(row, findings, language)
    return plain(price_line(row, subject, language, findings.text("plan.counts"))).strip()


def _assumptions(findings: Found, language: Language) -> Told | None:
    entries = list(findings.items("assumptions"))
    if not entries:
        return None
    return Told(
        (
            column_of(msg("Value of the scenario"), "text", language),
            column_of(msg("Value"), "wrapped", language),
            column_of(msg("Unit"), "text", language),
            column_of(msg("Kind"), "text", language),
            column_of(msg("Source"), "wrapped", language),
        ),
        [
            (
                language.data(entry.text("key")),
                (entry["value"], "bare") if entry.get("value") is not None else None,
                language.words(UNITS[entry.text("unit")]) if entry.text("unit") in UNITS else entry.text("unit"),
                language.words(KINDS[entry.text("kind")]) if entry.text("kind") in KINDS else entry.text("kind"),
                source_words(entry.text("source"), language),
            )
            for entry in entries
        ],
    )


def _provenance(findings: Found, language: Language) -> Told:
    scenario = findings["scenario"]
    policy = plain((policy_name(scenario.text("policy"), language),))
    told: list[Sequence[Any]] = [
        (language.words(msg("Scenario")), language.data(scenario.text("name"))),
        (language.words(msg("Fingerprint (sha256)")), scenario.text("hash")),
        (language.words(msg("Seed")), scenario.text("seed")),
        (language.words(msg("Runs")), (scenario["runs"], "count")),
        (language.words(msg("Committee")), policy),
    ]
    if findings.text("engine.version"):
        told.append((language.words(msg("Engine")), f"enveloppe {findings.text('engine.version')}"))
    for key, value in (scenario.value.get("overrides") or {}).items():
        told.append((language.words(msg("Changed for this run")), language.data(f"{key} = {value}")))
    for name, path in (
        (msg("Largest breach of a constraint"), "primal"),
        (msg("Largest breach of a price's sign"), "dual"),
        (msg("Relative gap between the plan and its bound"), "gap"),
    ):
        found = findings.get(f"plan.certificate.{path}")
        if found is not None:
            told.append((language.words(name), (found, "tiny")))
    return Told((column_of(msg("Item"), "wrapped", language), column_of(msg("Value"), "wrapped", language)), told)


SHEETS: tuple[Sheet, ...] = (
    Sheet(msg("Quantities"), msg("Every quantity with its interval"), "", _quantities),
    Sheet(msg("Branches"), msg("Branch by branch"), "branches", _branches),
    Sheet(msg("Lines"), msg("Line by line"), "", _lines),
    Sheet(msg("Months"), msg("Need, commitments and payments over time"), "trajectory", _months),
    Sheet(msg("Years"), msg("Payments and fiscal years"), "years", _years),
    Sheet(msg("Cash"), msg("Cash and instalments, month by month"), "", cash),
    Sheet(msg("Flow"), msg("Where the money goes"), "flow", flow),
    Sheet(msg("Sizes"), msg("Small companies"), "small-companies", _sizes),
    Sheet(msg("Fairness"), msg("Fairness between branches"), "fairness", fairness),
    Sheet(msg("Waiting"), msg("Waiting and the desk"), "waiting", waiting),
    Sheet(msg("Rivals"), msg("Who gains and who loses under another policy"), "rivals", _rivals),
    Sheet(msg("Decisions"), msg("The committee's decisions, date by date"), "decision-log", decisions),
    Sheet(msg("Since"), msg("Since last time"), "since", _since),
    Sheet(msg("Prices"), msg("What holds the plan back"), "binding", _prices),
    Sheet(msg("Calibration"), msg("Held against published facts"), "calibration", calibration),
    Sheet(msg("Assumptions"), msg("Assumptions and sources"), "assumptions", _assumptions),
    Sheet(msg("Provenance"), msg("Provenance"), "", _provenance),
)
