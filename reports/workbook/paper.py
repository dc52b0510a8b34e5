"""A sheet of results: a title, a table of numbers that stay numbers, totals as formulas; cells know their findings."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from reports import palette
from reports.catalogue import Language
from reports.reading import Found
from reports.workbook.book import Book, quoted_sheet, short
from scenarios.problems import cell_name

Form = Literal[
    "text",
    "wrapped",
    "mark",
    "money",
    "euros",
    "price",
    "count",
    "decimal",
    "share",
    "index",
    "days",
    "date",
    "tiny",
    "bare",
]
"""How a column reads: `money` is euros of cents (`euros`: shown without them), `price` a number with two decimals,
`bare` a number as it is, `mark` a letter or a word."""

FORMATS: dict[Form, str] = {
    "money": '#,##0.00" {sign}"',
    "euros": '#,##0" {sign}"',
    "price": "#,##0.00",
    "count": "#,##0",
    "decimal": "#,##0.0",
    "share": "0.0%",
    "index": "0.000",
    "days": "0.0",
    "date": "yyyy-mm-dd",
    "tiny": "0.0E+00",
    "bare": "General",
}
WIDTHS: dict[Form, int] = {"mark": 14, "wrapped": 70, "money": 19, "date": 13}
LEAST_TEXT, MOST_TEXT = 14, 56
"""Between how many letters a column of texts is wide: as many as its longest."""
LEAD_WIDTH = 120
"""Letters of a line of the sentence under a title, about what a screen shows."""
PAGE_WIDTH = 210
"""Letters side by side that can still be read on a sheet of A4; a wider table is set on several."""
FORM_OF_UNIT: dict[str, Form] = {
    "cents": "money",
    "share": "share",
    "probability": "share",
    "pathways": "count",
    "companies": "count",
    "requests": "count",
    "days": "days",
    "index": "index",
}
TOP = 4
"""The row of titles of columns, from 0; values stand below it."""
TEXTS = ("text", "wrapped", "mark")
MONEY = ("money", "euros")
LONGEST_TITLE = 250


@dataclass(frozen=True)
class Placed:
    """A finding in a cell: the number there times `scale` is the value at `path`."""

    sheet: str
    row: int
    column: int
    path: str
    scale: int


@dataclass(frozen=True)
class Column:
    """A column of results."""

    title: str
    form: Form
    total: bool = False


@dataclass
class Paper:
    """One sheet being written.

    Attributes:
        book: the workbook.
        name: of the sheet.
        sheet: where it is written to.
        sign: of the currency.
        placed: every finding written, for who checks them.
        first, last: its rows of values, from 1, once the table stands.
        totals: the row of totals, from 1, where there is one.
    """

    book: Book
    name: str
    sheet: Any
    sign: str
    placed: list[Placed] = field(default_factory=list)
    first: int = 0
    last: int = 0
    totals: int = 0
    lead: str = ""

    def cell(self, row: int, column: int) -> str:
        """The name of a cell for formulas; row from 1, column from 0."""
        name = cell_name(row, column + 1)
        letters = name.rstrip("0123456789")
        return f"{quoted_sheet(self.name)}!${letters}${row}"

    def span(self, column: int, down: int = 0, up: int = 0) -> str:
        """The values of a column for formulas, without the first `down` and the last `up`."""
        letters = cell_name(1, column + 1)[:-1]
        return f"{quoted_sheet(self.name)}!${letters}${self.first + down}:${letters}${self.last - up}"

    def heading(self, title: str, lead: str) -> None:
        """The sheet's title and the sentence that says what it shows."""
        self.sheet.write_string(0, 0, title, self.book.style(bold=True, font_size=16, font_color=palette.BLUE))
        self.sheet.set_row(0, 24)
        self.lead = short(lead)

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[Any]], total: str = "") -> None:
        """A table from the row TOP on, with filters, frozen panes and a row of totals where `total` names it.

        Args:
            columns: from left to right.
            rows: Found, text, or None for an empty cell; (Found, form) where a cell reads otherwise than its column.
            total: what the row of totals is called; "" for none.
        """
        self.sheet.set_row(TOP, 32)
        for across, column in enumerate(columns):
            style = self.head(column.form, indent=int(across > 0 and column.form in TEXTS))
            self.sheet.write_string(TOP, across, column.title[:LONGEST_TITLE], style)
        widths = [_width(column, [row[across] for row in rows]) for across, column in enumerate(columns)]
        for across, width in enumerate(widths):
            self.sheet.set_column(across, across, width)
        for down, row in enumerate(rows):
            for across, (column, value) in enumerate(zip(columns, row, strict=True)):
                found, form = value if isinstance(value, tuple) else (value, column.form)
                self.write(TOP + 1 + down, across, found, form)
        self.first, self.last = TOP + 2, TOP + 1 + len(rows)
        if rows:
            self.sheet.autofilter(TOP, 0, self.last - 1, len(columns) - 1)
        if total and rows:
            self._totals(columns, rows, total)
        self.sheet.freeze_panes(TOP + 1, 1)
        self.sheet.repeat_rows(TOP)
        self.sheet.repeat_columns(0)
        self.sheet.fit_to_pages(-(-sum(widths) // PAGE_WIDTH), 0)
        self._lead(widths)

    def _lead(self, widths: Sequence[int]) -> None:
        """The sentence under the title, over as many columns as make a line of it."""
        style = self.book.style(font_color=palette.MUTED, text_wrap=True)
        last = next((at for at in range(len(widths)) if sum(widths[: at + 1]) >= LEAD_WIDTH), len(widths) - 1)
        if last == 0 or not self.lead:
            self.sheet.write_string(1, 0, self.lead, self.book.style(font_color=palette.MUTED))
            return
        self.sheet.merge_range(1, 0, 1, last, self.lead, style)
        self.sheet.set_row(1, 14 * -(-len(self.lead) // sum(widths[: last + 1])))

    def head(self, form: Form, **more: Any) -> Any:
        """How the title of a column looks."""
        side = "left" if form in TEXTS else "right"
        wishes = {"bold": True, "text_wrap": True, "valign": "vcenter", "align": side, **more}
        return self.book.style(bg_color=palette.BLUE, font_color="#ffffff", **wishes)

    def _totals(self, columns: Sequence[Column], rows: Sequence[Sequence[Any]], total: str) -> None:
        self.totals = self.last + 2
        self.sheet.write_string(self.totals - 1, 0, total, self.book.style(bold=True, top=1))
        for across, column in enumerate(columns[1:], start=1):
            style = self.style(column.form, bold=True, top=1)
            if not column.total:
                self.sheet.write_blank(self.totals - 1, across, None, self.book.style(top=1))
                continue
            found = [row[across].value for row in rows if isinstance(row[across], Found)]
            value = sum(found) / (100 if column.form == "money" else 1)
            letters = cell_name(1, across + 1)[:-1]
            formula = f"=SUBTOTAL(109,{letters}{self.first}:{letters}{self.last})"
            self.sheet.write_formula(self.totals - 1, across, formula, style, value)

    def write(self, down: int, across: int, value: Any, form: Form, **wishes: Any) -> None:
        """One cell, from 0: a finding, a text, or nothing."""
        if value is None:
            return
        if across > 0 and form in TEXTS:
            # A text beside a number at its left keeps its distance.
            wishes = {"indent": 1, "align": "left", **wishes}
        style = self.style(form, **wishes)
        raw = value.value if isinstance(value, Found) else value
        if isinstance(raw, str) and form == "date":
            self.sheet.write_datetime(down, across, datetime.fromisoformat(raw), style)
        elif isinstance(raw, str):
            self.sheet.write_string(down, across, short(raw), style)
        elif isinstance(raw, bool):
            self.sheet.write_boolean(down, across, raw, style)
        elif not isinstance(raw, int | float):
            self.sheet.write_string(down, across, short(json.dumps(raw, ensure_ascii=False)), style)
        else:
            self.sheet.write_number(down, across, raw / 100 if form in MONEY else raw, style)
        if isinstance(value, Found):
            self.placed.append(Placed(self.name, down, across, value.path, 100 if form in MONEY else 1))

    def style(self, form: Form, **wishes: Any) -> Any:
        """How a cell of a form looks."""
        wishes = {"bottom": 4, "bottom_color": palette.RULE, **wishes}
        if form in TEXTS:
            return self.book.style(text_wrap=form == "wrapped", **wishes)
        return self.book.style(num_format=FORMATS[form].format(sign=self.sign), align="right", **wishes)


def _width(column: Column, values: Sequence[Any]) -> int:
    """How many letters wide a column is."""
    if column.form != "text":
        return WIDTHS.get(column.form, 15)
    cells = (value[0] if isinstance(value, tuple) else value for value in values)
    texts = [str(cell.value if isinstance(cell, Found) else cell) for cell in cells if cell is not None]
    return min(max((len(text) + 2 for text in [*texts, column.title]), default=LEAST_TEXT), MOST_TEXT)


def sheet_of(opened: Book, name: str, language: Language, which: str = "") -> Paper:
    """A new sheet, set for printing on A4.

    Args:
        opened: the workbook.
        name: of the sheet, in English.
        language: of the reader.
        which: told after the name, where several sheets bear it.
    """
    told = language.words(name) + which
    sheet = opened.file.add_worksheet(told)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&8enveloppe – &A&R&8&P / &N")
    return Paper(opened, told, sheet, language.sign)
