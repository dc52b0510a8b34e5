"""A comparison as a workbook: the sides, the differences with their error, what each change contributed, checks."""

from collections.abc import Mapping
from typing import Any

from reports import palette
from reports.catalogue import msg
from reports.comparison.sides import letter, side_name
from reports.comparison.way import change_name
from reports.differences import same
from reports.document import Document
from reports.names import KPIS, UNITS, branch_name, kpi_name, policy_name, size_group_name, unit_of
from reports.noise import beyond_noise
from reports.price_sentences import plain
from reports.reading import Found, whole
from reports.workbook.book import Book, bytes_of
from reports.workbook.comparison_charts import branch_charts, sides_chart, waterfall
from reports.workbook.paper import FORM_OF_UNIT, TOP, Column, Form, Paper, Placed, sheet_of
from reports.workbook.proofs import Proof, Side, write_proofs
from scenarios.problems import cell_name

ATTRIBUTED = ("pathways_committed", "pathways_net", "need_cents", "committed_cents", "unmet_need_cents")
PART_FIELDS = ("pathways_net", "committed_cents")
FRONT = (
    "pathways_committed",
    "pathways_net",
    "need_cents",
    "unmet_need_cents",
    "gross_committed_cents",
    "committed_cents",
    "paid_cents",
    "under50_pathway_share",
    "served_share",
)
"""Quantities of the first sheet."""


def comparison_book(comparison: Mapping[str, Any], document: Document) -> bytes:
    """A comparison as an .xlsx.

    Args:
        comparison: as docs/comparison.md lays down.
        document: the same as a report, for its words.

    Returns:
        The bytes, the same for the same comparison.
    """
    return comparison_with_places(comparison, document)[0]


def comparison_with_places(comparison: Mapping[str, Any], document: Document) -> tuple[bytes, list[Placed]]:
    """The workbook, and which value of the comparison stands in which cell."""
    placed: list[Placed] = []

    def write(opened: Book) -> None:
        placed.extend(_Comparison(opened, whole(comparison), document).write())

    return bytes_of(document.title, write), placed


class _Comparison:
    """The sheets of one comparison while they are written."""

    def __init__(self, opened: Book, found: Found, document: Document) -> None:
        self.book, self.found, self.document, self.language = opened, found, document, document.language
        self.papers: list[Paper] = []
        self.proofs: list[Proof] = []

    def write(self) -> list[Placed]:
        front = self._sheet(msg("Summary"))
        self._answer()
        for told in self.found.items("comparisons"):
            self._way(told)
        self._parts(msg("Branches"), "branches", "branch")
        self._parts(msg("Sizes"), "size_groups", "size_group")
        self._question()
        self._provenance()
        checks = self._sheet(msg("Checks"))
        cell, truth = write_proofs(checks, self.proofs, self.language)
        self._front(front, cell, truth)
        front.sheet.activate()
        return [place for paper in self.papers for place in paper.placed]

    def _sheet(self, name: str) -> Paper:
        paper = sheet_of(self.book, name, self.language)
        self.papers.append(paper)
        return paper

    def words(self, text: str) -> str:
        return self.language.words(text)

    def _form(self, name: str, estimate: Found) -> Form:
        return FORM_OF_UNIT.get(unit_of(name, estimate), "price")

    def _front(self, paper: Paper, cell: str, truth: bool) -> None:
        sheet, style, document = paper.sheet, self.book.style, self.document
        sides = list(self.found.items("sides"))
        width = max(4, len(sides) + 1)
        sheet.set_column(0, 0, 46)
        sheet.set_column(1, width, 20)
        sheet.merge_range(0, 0, 0, width, document.title, style(bold=True, font_size=18, font_color=palette.BLUE))
        sheet.set_row(0, 28)
        sheet.merge_range(
            1, 0, 1, width, plain(document.subtitle)[:2000], style(font_color=palette.MUTED, text_wrap=True)
        )
        sheet.set_row(1, 28)
        wishes = {"font_size": 12, "text_wrap": True, "bg_color": palette.PANEL, "valign": "vcenter"}
        verdict = plain(document.verdict)[:5000]
        sheet.merge_range(2, 0, 2, width, verdict, style(**wishes))
        sheet.set_row(2, 16 * (1 + -(-len(verdict) // (46 + 20 * width))))
        sheet.write_string(4, 0, self.words(msg("All checks hold")), style(bold=True))
        sheet.write_formula(4, 1, f"={cell}", paper.style("text", bold=True, align="left"), truth)
        heads = [self.words(msg("Quantity")), *(letter(at) for at in range(len(sides)))]
        for across, title in enumerate(heads):
            sheet.write_string(6, across, title, paper.head("price" if across else "text"))
        at = 7
        rows: dict[str, int] = {}
        for name in FRONT:
            if all(side.get(f"kpis.{name}") is None for side in sides):
                continue
            paper.write(at, 0, kpi_name(name, self.language), "text")
            for across, side in enumerate(sides, start=1):
                told = side.get(f"kpis.{name}")
                if told is not None:
                    form = self._form(name, told)
                    paper.write(at, across, told["mean"], "euros" if form == "money" else form)
            rows[name] = at + 1
            at += 1
        sides_chart(paper, rows, len(sides), at + 1, self.language)

    def _answer(self) -> None:
        paper = self._sheet(msg("Differences"))
        columns = (
            Column(self.words(msg("Side")), "mark"),
            Column(self.words(msg("Quantity")), "text"),
            Column(letter(0), "price"),
            Column(self.words(msg("That side")), "price"),
            Column(self.words(msg("Difference")), "price"),
            Column(self.words(msg("Standard error")), "price"),
            Column(self.words(msg("Reading")), "mark"),
        )
        rows: list[tuple[Any, ...]] = []
        gaps: list[Found] = []
        for told in self.found.items("comparisons"):
            side = int(told["side"].value)
            for name in (name for name in KPIS if name in told["kpis"].value):
                gap = told[f"kpis.{name}"]
                form = self._form(name, gap)
                base, other = (self.found.get(f"sides[{at}].kpis.{name}.mean") for at in (0, side))
                numbers = (base, other, gap["mean"], gap.get("se"))
                shown = tuple((one, "decimal" if form == "count" else form) for one in numbers)
                rows.append((letter(side), kpi_name(name, self.language), *shown, None))
                gaps.append(gap)
                if base is not None and other is not None and form == "money":
                    self._difference_proof(paper, TOP + 1 + len(rows), letter(side), name, base, other, gap)
        paper.heading(
            self.words(msg("What changed in the answer")),
            self.words(
                msg("A difference smaller than twice its standard error is not one that this number of runs can show.")
            ),
        )
        paper.table(columns, rows)
        for down, gap in enumerate(gaps, start=TOP + 1):
            self._reading(paper, down, 6, gap)

    def _difference_proof(
        self, paper: Paper, row: int, side: str, name: str, base: Found, other: Found, gap: Found
    ) -> None:
        """The difference told is that of the two means; each of the three was rounded to the cent."""
        told = self.words(msg("{side}: “{quantity}” less that of {base} is the difference")).format(
            side=side, base=letter(0), quantity=kpi_name(name, self.language)
        )
        independent = gap.get("independent") is not None
        left = Side(f"{paper.cell(row, 3)}-{paper.cell(row, 2)}", (other.value - base.value) / 100)
        right = Side(paper.cell(row, 4), gap["mean"].value / 100)
        # Means over runs in which a figure applies on one side only are no pairs: their difference is not checked.
        paired = name not in ("mean_cost_cents", "need_price_cents")
        if paired or independent:
            self.proofs.append(Proof(told, left, right, "money", 0.02))

    def _reading(self, paper: Paper, down: int, across: int, gap: Found) -> None:
        """More, less, the same or not established: a formula over the difference and its error beside it."""
        words = [self.words(text) for text in (msg("more"), msg("less"), msg("not established"), msg("the same"))]
        mean, error = (cell_name(down + 1, across - back + 1) for back in (2, 1))
        if gap.get("se") is None:
            paper.write(down, across, words[2], "text")
            return
        more, less, unsure, alike = (f'"{word}"' for word in words)
        doubt = f"IF(AND({mean}=0,{error}=0),{alike},{unsure})"
        formula = f"=IF(OR({mean}=0,ABS({mean})<2*{error}),{doubt},IF({mean}>0,{more},{less}))"
        told = [beyond_noise(gap) and gap["mean"].value > 0, beyond_noise(gap), not same(gap), True].index(True)
        shown = words[told]
        colour = (palette.BLUE, palette.CEILING, palette.MUTED, palette.MUTED)[told]
        paper.sheet.write_formula(
            down, across, formula, paper.style("mark", font_color=colour, bold=True, indent=1, align="left"), shown
        )

    def _way(self, told: Found) -> None:
        """What each change contributed, its total as a formula, and the waterfall beside it."""
        steps = list(told.items("steps"))
        if not steps:
            return
        side = int(told["side"].value)
        paper = sheet_of(self.book, msg("Changes"), self.language, f" {letter(side)}")
        self.papers.append(paper)
        names = [name for name in ATTRIBUTED if all(step.get(f"kpis.{name}") is not None for step in steps)]
        columns = [Column(self.words(msg("Change")), "text")]
        rows: list[list[Any]] = [[plain(change_name(step, self.language))] for step in steps]
        for name in names:
            form = self._form(name, steps[0][f"kpis.{name}"])
            form = "decimal" if form == "count" else form
            columns.append(Column(kpi_name(name, self.language), form, total=True))
            columns.append(Column(self.words(msg("Standard error")), form))
            for row, step in zip(rows, steps, strict=True):
                row.extend((step[f"kpis.{name}.mean"], step.get(f"kpis.{name}.se")))
        paper.heading(
            f"{self.words(msg('What each change contributed'))} – {letter(side)}",
            self.words(msg("The changes add up to the whole difference")),
        )
        paper.table(columns, rows, self.words(msg("Total")))
        for at, name in enumerate(names):
            gap = told.get(f"kpis.{name}.mean")
            if gap is None:
                continue
            money = name.endswith("_cents")
            scale = 100 if money else 1
            total = sum(step[f"kpis.{name}.mean"].value for step in steps)
            text = self.words(msg("{side}: what the changes contribute to “{quantity}” is the difference")).format(
                side=letter(side), quantity=kpi_name(name, self.language)
            )
            self.proofs.append(
                Proof(
                    text,
                    Side(f"SUM({paper.span(1 + 2 * at)})", total / scale),
                    Side("", gap.value / scale),
                    "money" if money else "price",
                    0.0 if money else 1e-5 * max(1.0, abs(float(gap.value)) / 1000),
                )
            )
        if "pathways_net" in names:
            ends = (self.found["sides[0].kpis.pathways_net.mean"], self.found[f"sides[{side}].kpis.pathways_net.mean"])
            waterfall(paper, 1 + 2 * names.index("pathways_net"), steps, ends, side, self.language)

    def _parts(self, name: str, path: str, key: str) -> None:
        rows: list[tuple[Any, ...]] = []
        gaps: list[tuple[Found | None, ...]] = []
        for told in self.found.items("comparisons"):
            for part in sorted(told.items(path), key=lambda part: -(part.number("pathways_net.mean") or 0.0)):
                code = part.text(key)
                named = (
                    branch_name(code, self.found, self.language)
                    if key == "branch"
                    else size_group_name(code, self.found, self.language)
                )
                cells: list[Any] = []
                for field in PART_FIELDS:
                    form: Form = "money" if field.endswith("_cents") else "decimal"
                    cells.extend(((part.get(f"{field}.mean"), form), (part.get(f"{field}.se"), form), None))
                rows.append((letter(int(told["side"].value)), named if isinstance(named, str) else named.text, *cells))
                gaps.append(tuple(part.get(field) for field in PART_FIELDS))
        if not rows:
            return
        paper = self._sheet(name)
        columns = [Column(self.words(msg("Side")), "mark"), Column(self.words(msg("Branch or size")), "text")]
        for field in PART_FIELDS:
            columns.append(Column(kpi_name(field, self.language), "price"))
            columns.append(Column(self.words(msg("Standard error")), "price"))
            columns.append(Column(self.words(msg("Reading")), "mark"))
        paper.heading(self.words(msg("Who gains and who loses")), self.words(msg("Differences, side less first side")))
        paper.table(columns, rows)
        for down, (pathways, money) in enumerate(gaps, start=TOP + 1):
            for across, gap in ((4, pathways), (7, money)):
                if gap is not None:
                    self._reading(paper, down, across, gap)
        if key == "branch":
            branch_charts(paper, [str(row[0]) for row in rows], len(columns), self.language)

    def _question(self) -> None:
        rows: list[tuple[Any, ...]] = []
        for told in self.found.items("comparisons"):
            for row in told.items("question"):
                before, after = row.get("before"), row.get("after")
                rows.append(
                    (
                        letter(int(told["side"].value)),
                        self.language.data(row.text("key")),
                        None if before is None else (before, "bare"),
                        None if after is None else (after, "bare"),
                        self.words(UNITS[row.text("unit")]) if row.text("unit") in UNITS else row.text("unit"),
                        row.text("place_before"),
                        row.text("place_after"),
                    )
                )
        if not rows:
            return
        paper = self._sheet(msg("Question"))
        titles: tuple[tuple[str, Form], ...] = (
            (self.words(msg("Side")), "mark"),
            (self.words(msg("Value of the scenario")), "wrapped"),
            (letter(0), "wrapped"),
            (self.words(msg("That side")), "wrapped"),
            (self.words(msg("Unit")), "text"),
            (self.words(msg("Place, {base}")).format(base=letter(0)), "text"),
            (self.words(msg("Place, that side")), "text"),
        )
        paper.heading(self.words(msg("What changed in the question")), "")
        paper.table([Column(title, form) for title, form in titles], rows)

    def _provenance(self) -> None:
        rows = [
            (
                letter(at),
                side_name(at, self.found, self.language).text,
                self.language.data(side.text("name")),
                plain((policy_name(side.text("policy"), self.language),)),
                (side["runs"], "count"),
                side.text("seed"),
                side.text("hash"),
            )
            for at, side in enumerate(self.found.items("sides"))
        ]
        paper = self._sheet(msg("Provenance"))
        titles: tuple[tuple[str, Form], ...] = (
            (msg("Side"), "mark"),
            (msg("Scenario"), "wrapped"),
            (msg("Short name"), "text"),
            (msg("Committee"), "text"),
            (msg("Runs"), "count"),
            (msg("Seed"), "text"),
            (msg("Fingerprint (sha256)"), "wrapped"),
        )
        paper.heading(self.words(msg("Provenance")), self.words(msg("What stands side by side")))
        paper.table([Column(self.words(title), form) for title, form in titles], rows)
