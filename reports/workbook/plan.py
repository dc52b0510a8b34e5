"""The planner's workbook: a scenario to be changed in a spreadsheet."""

import math
from datetime import date, datetime
from typing import Any

from reports import palette
from reports.catalogue import language_of
from reports.names import UNITS
from reports.workbook.book import Book, bytes_of, quoted_sheet, short
from reports.workbook.paper import PAGE_WIDTH
from reports.workbook.plan_checks import CHECKS, Spot, Spots, set_check
from reports.workbook.plan_choices import choices_of
from reports.workbook.plan_labels import COLUMNS, LAWS, SETTINGS
from reports.workbook.plan_words import CHECKS as CHECK_WORDS
from reports.workbook.plan_words import COMMENTS, HELPS, SENTENCES, Pair, said
from scenarios.register import unit_of
from scenarios.workbook_layout import GUIDE
from scenarios.workbook_rows import SheetRows, workbook_rows
from scenarios.workbook_shapes import SOURCE, Distributions, Records, Settings, Shares
from scenarios.yaml_reading import Node

INPUT = "#e8f1fb"
"""The ground of cells to change."""
HEAD = 3
"""The row of machine keys, from 0; titles of columns stand below it, values below them."""
SPARE = {"Branches": 10, "Categories": 10, "Rules": 25, "Mix": 12, "Factors": 12, "Constraints": 12, "Events": 12}
"""Blank rows to fill, 6 where not told."""
LINE = 14
"""Height of a line, in points."""
MEETINGS = 12
"""Rows for dates of the committee."""
WIDTHS = {
    "key": 30,
    "(label)": 38,
    "value": 24,
    "(unit)": 12,
    "(check)": 10,
    SOURCE: 70,
    "code": 22,
    "name_fr": 40,
    "name_en": 40,
    "idcc": 20,
    "table": 32,
    "kind": 20,
    "quantity": 26,
    "population": 40,
    "situations": 20,
    "pathway_types": 22,
    "rule": 20,
    "constraint": 16,
    "event": 18,
    "factors": 42,
    "cash": 20,
    "objective": 22,
    "line": 40,
    "bound": 26,
    "standing": 18,
    "size_groups": 20,
    "first": 30,
    "label": 30,
}
SHARE_COLUMNS = ("share", "weight_share", "pathway_share", "euro_share", "min_share", "max_share", "tolerance_share")
EURO_COLUMNS = ("eur", "amount_eur", "ceiling_eur", "carry_over_max_eur", "due_eur", "notified_eur", "max_eur")
DAY_COLUMNS = ("from", "until", "date", "last_day")
ABOVE_ONE = ("inflow.deadline_rush.extra_share", "constraints.notification_step_share")
"""Shares of something else, which may pass 1."""
RULE_UNITS = {
    "rate": "share",
    "support_share": "share",
    "support_tier": "share",
    "hour_cap": "EUR/h",
    "support_ceiling": "EUR/h",
    "unit_cap": "EUR",
    "company_aid_ceiling": "EUR",
}


def plan_workbook(tree: Node, language: str) -> bytes:
    """A scenario as a workbook to be changed and run.

    Args:
        tree: of a checked scenario.
        language: "fr" or "en", of the sheets; the keys are the same in both.

    Returns:
        The bytes of an .xlsx; reading it gives the same values and sources.
    """
    return bytes_of(said(SENTENCES["title"], language), lambda opened: _Plan(opened, tree, language).write())


class _Plan:
    """The sheets of one workbook while they are written."""

    def __init__(self, opened: Book, tree: Node, language: str) -> None:
        self.book, self.language = opened, language
        self.choices = choices_of(tree)
        self.sheets = [_spaced(rows) for rows in workbook_rows(tree)]
        self.spots: Spots = {rows.sheet.sheet[0]: self._spot(rows) for rows in self.sheets}

    def say(self, pair: Pair) -> str:
        return language_of(self.language).data(said(pair, self.language))

    def write(self) -> None:
        guide = self._add(self.say(GUIDE))
        papers = [(rows, self._add(rows.sheet.sheet[self.language == "fr"])) for rows in self.sheets]
        for rows, paper in papers:
            self._sheet(rows, paper)
        self._guide(guide)

    def _add(self, name: str) -> Any:
        paper = self.book.file.add_worksheet(name)
        paper.hide_gridlines(2)
        paper.set_landscape()
        paper.set_paper(9)
        paper.fit_to_pages(1, 0)
        paper.set_footer(f"&L&8enveloppe – &A&R&8{said(SENTENCES['page'], self.language)}")
        paper.protect("", {"insert_rows": True, "delete_rows": True, "format_columns": True, "format_rows": True})
        return paper

    def _spot(self, rows: SheetRows) -> Spot:
        name = quoted_sheet(rows.sheet.sheet[self.language == "fr"])
        first = HEAD + 3
        keys: dict[str, int] = {}
        if isinstance(rows.sheet, Settings):
            for at, row in enumerate(rows.rows):
                key = row["key"]
                keys[key if key not in keys else f"{key}#{at}"] = first + at
        spare = SPARE.get(rows.sheet.sheet[0], 6) if isinstance(rows.sheet, Records | Shares) else 0
        return Spot(name, _columns(rows), first, first + len(rows.rows) + spare - 1, rows, keys)

    def _sheet(self, rows: SheetRows, paper: Any) -> None:
        spot, style = self.spots[rows.sheet.sheet[0]], self.book.style
        paper.write_string(0, 0, paper.get_name(), style(bold=True, font_size=16, font_color=palette.BLUE))
        paper.set_row(0, 26)
        paper.write_string(1, 0, self.say(HELPS[rows.sheet.sheet[0]]), style(font_color=palette.MUTED))
        self._status(rows.sheet.sheet[0], paper)
        widths = [
            WIDTHS[SOURCE] / 2 if column.startswith(f"{SOURCE}:") else WIDTHS.get(column, 14) for column in spot.columns
        ]
        for at, (column, width) in enumerate(zip(spot.columns, widths, strict=True)):
            paper.set_column(at, at, width, style(locked=True))
            paper.write_string(HEAD, at, column, style(font_size=8, font_color=palette.FAINT, italic=True))
            paper.write_string(HEAD + 1, at, self._title(column), self._header())
            comment = COMMENTS.get(SOURCE if column.startswith(f"{SOURCE}:") else column)
            if comment:
                paper.write_comment(HEAD + 1, at, self.say(comment), {"x_scale": 2.2, "y_scale": 1.2})
        # Titles that break keep both their lines.
        paper.set_row(HEAD + 1, 2 * LINE)
        for number in range(spot.last - spot.first + 1):
            row = rows.rows[number] if number < len(rows.rows) else {}
            paper.set_row(spot.first - 1 + number, LINE * _lines_of(row))
            for at, column in enumerate(spot.columns):
                self._cell(rows, paper, row, spot.first - 1 + number, at, column)
        paper.freeze_panes(HEAD + 2, 2 if isinstance(rows.sheet, Settings | Distributions) else 1)
        paper.repeat_rows(HEAD + 1)
        paper.repeat_columns(0)
        paper.fit_to_pages(math.ceil(sum(widths) / PAGE_WIDTH), 0)
        paper.print_area(0, 0, spot.last - 1, len(spot.columns) - 1)
        self._choices(rows, paper, spot)

    def _header(self) -> Any:
        return self.book.style(bold=True, text_wrap=True, bg_color=palette.BLUE, font_color="#ffffff", valign="vcenter")

    def _title(self, column: str) -> str:
        if column.startswith(f"{SOURCE}:"):
            return self.say(SENTENCES["source_of"]) + self.say(COLUMNS[column.partition(":")[2]])
        return self.say(COLUMNS[column])

    def _cell(self, rows: SheetRows, paper: Any, row: dict[str, Any], at: int, across: int, column: str) -> None:
        style = self.book.style
        if column == "(check)":
            formula = set_check(at + 1, self.spots["Mix"].columns, self.spots["Mix"].first, self.spots["Mix"].last)
            paper.write_formula(
                at, across, f"={formula}", style(font_color=palette.MUTED, align="center"), bool(row) if row else ""
            )
        elif column in ("(label)", "(unit)") or (column == "key" and row):
            told = self._told(row, column)
            grey = palette.INK if column == "(label)" else palette.FAINT if column == "key" else palette.MUTED
            size = 8 if column == "key" else 10
            paper.write_string(
                at, across, told, style(font_color=grey, font_size=size, align="left", indent=int(column == "(unit)"))
            )
        else:
            self._input(rows, paper, row, at, across, column)

    def _input(self, rows: SheetRows, paper: Any, row: dict[str, Any], at: int, across: int, column: str) -> None:
        value = row.get(column)
        source = column.startswith(SOURCE)
        wishes: dict[str, Any] = {
            "locked": False,
            "bg_color": INPUT,
            "border": 1,
            "border_color": palette.RULE,
            "text_wrap": source or column in ("population", "name_fr", "name_en"),
        }
        if source:
            wishes |= {"font_size": 9, "font_color": palette.MUTED}
        if isinstance(value, str):
            wishes |= {"indent": 1, "align": "left"}
        if isinstance(value, date):
            style = self.book.style(**wishes, num_format=self._day(), align="left", indent=1)
            # A spreadsheet's day has no time zone.
            paper.write_datetime(at, across, datetime(value.year, value.month, value.day), style)  # noqa: DTZ001
        elif isinstance(value, str):
            paper.write_string(at, across, short(value), self.book.style(**wishes))
        elif isinstance(value, bool):
            paper.write_boolean(at, across, value, self.book.style(**wishes, align="left", indent=1))
        elif value is None:
            blank = self._day() if column in DAY_COLUMNS else None
            paper.write_blank(at, across, None, self.book.style(**wishes, **({"num_format": blank} if blank else {})))
        else:
            form = _number_format(value, self._unit(rows, row, column))
            paper.write_number(at, across, value, self.book.style(**wishes, num_format=form, align="right"))

    def _day(self) -> str:
        return "dd/mm/yyyy" if self.language == "fr" else "yyyy-mm-dd"

    def _told(self, row: dict[str, Any], column: str) -> str:
        key = row.get("key", "")
        if column == "key":
            return str(key)
        if column == "(unit)":
            unit = unit_of(tuple(key.split(".")))
            return language_of(self.language).words(UNITS[unit]) if unit in UNITS else ""
        if key == "inflow.month_weights" and "(month)" in row:
            return f"{self.say(SETTINGS[key])} {row['(month)']}"
        if key in SETTINGS:
            return self.say(SETTINGS[key])
        head, _, last = key.rpartition(".")
        law = LAWS.get(key) or LAWS.get(last)
        code = "" if key in LAWS else f" – {head.removeprefix('inflow.pathways.')}"
        return (self.say(law) if law else key) + code

    def _unit(self, rows: SheetRows, row: dict[str, Any], column: str) -> str:
        if column in SHARE_COLUMNS:
            return "share"
        if column in EURO_COLUMNS:
            return "EUR"
        if column == "amount":
            return RULE_UNITS.get(str(row.get("rule")), "")
        if column == "value" and isinstance(rows.sheet, Settings):
            unit = unit_of(tuple(row["key"].split(".")))
            return unit if unit != "share" or row["key"] != "inflow.month_weights" else "share"
        return "employees" if column in ("employees", "companies", "min_employees", "max_employees") else ""

    def _choices(self, rows: SheetRows, paper: Any, spot: Spot) -> None:
        for column, words in self.choices.items():
            if column in spot.columns:
                at = spot.columns.index(column)
                paper.data_validation(spot.first - 1, at, spot.last - 1, at, self._list(words))
            elif column in spot.keys and isinstance(rows.sheet, Settings):
                at = spot.columns.index("value")
                paper.data_validation(spot.keys[column] - 1, at, spot.keys[column] - 1, at, self._list(words))
        for column in SHARE_COLUMNS:
            if column in spot.columns and column != "weight_share":
                at = spot.columns.index(column)
                paper.data_validation(spot.first - 1, at, spot.last - 1, at, self._between())
        if isinstance(rows.sheet, Settings):
            for key, row in spot.keys.items():
                if unit_of(tuple(key.split("#")[0].split("."))) == "share" and key not in ABOVE_ONE:
                    at = spot.columns.index("value")
                    paper.data_validation(row - 1, at, row - 1, at, self._between())

    def _list(self, words: tuple[str, ...]) -> dict[str, Any]:
        return {
            "validate": "list",
            "source": list(words),
            "error_title": "enveloppe",
            "error_message": self.say(SENTENCES["wrong_choice"]),
        }

    def _between(self) -> dict[str, Any]:
        return {
            "validate": "decimal",
            "criteria": "between",
            "minimum": 0,
            "maximum": 1,
            "error_title": "enveloppe",
            "error_message": self.say(SENTENCES["wrong_share"]),
        }

    def _status(self, sheet: str, paper: Any) -> None:
        numbers = [number for number, check in enumerate(CHECKS) if check.sheet == sheet]
        if not numbers:
            return
        guide = quoted_sheet(self.say(GUIDE))
        cells = ",".join(f"{guide}!$B${self._check_row(number) + 1}" for number in numbers)
        good, bad = self.say(SENTENCES["good"]), self.say(SENTENCES["bad"])
        holds = all(CHECKS[number].holds(self.spots) for number in numbers)
        formula = f'=IF(AND({cells}),"{good}","{bad}")'
        paper.write_formula(2, 0, formula, self.book.style(bold=True, font_color=palette.OK), good if holds else bad)
        paper.conditional_format(
            2, 0, 2, 0, {"type": "text", "criteria": "begins with", "value": "▲", "format": self._alarm()}
        )

    def _alarm(self) -> Any:
        return self.book.file.add_format({"font_color": palette.SHORT, "bold": True})

    def _check_row(self, number: int) -> int:
        return 14 + number

    def _guide(self, paper: Any) -> None:
        style = self.book.style
        paper.set_column(0, 0, 70)
        paper.set_column(1, 1, 16)
        paper.set_column(2, 2, 24)
        paper.write_string(0, 0, self.say(SENTENCES["title"]), style(bold=True, font_size=18, font_color=palette.BLUE))
        paper.write_string(2, 0, self.say(SENTENCES["how"]), style(bold=True, font_size=12))
        for at, key in enumerate(("fill", "run", "safe", "sources", "none", "notes"), start=3):
            fill = {"bg_color": INPUT, "border": 1, "border_color": palette.RULE} if key == "fill" else {}
            paper.merge_range(at, 0, at, 2, self.say(SENTENCES[key]), style(text_wrap=True, **fill))
            paper.set_row(at, 30)
        top = self._check_row(0) - 2
        paper.write_string(top, 0, self.say(SENTENCES["checks"]), style(bold=True, font_size=12))
        held = [check.holds(self.spots) for check in CHECKS]
        last = self._check_row(len(CHECKS))
        for number, check in enumerate(CHECKS):
            row = self._check_row(number)
            paper.write_string(row, 0, self.say(CHECK_WORDS[check.key]), style())
            paper.write_formula(row, 1, f"={check.formula(self.spots)}", style(align="center"), held[number])
            sheet = next(rows.sheet.sheet for rows in self.sheets if rows.sheet.sheet[0] == check.sheet)
            paper.write_string(row, 2, sheet[self.language == "fr"], style(font_color=palette.MUTED))
        every = f"AND(B{self._check_row(0) + 1}:B{last})"
        paper.write_string(last, 0, self.say(SENTENCES["all_true"]), style(bold=True, top=1))
        paper.write_formula(last, 1, f"={every}", style(bold=True, align="center", top=1), all(held))
        for criterion, colour in (("TRUE", palette.OK), ("FALSE", palette.SHORT)):
            paper.conditional_format(
                self._check_row(0),
                1,
                last,
                1,
                {
                    "type": "cell",
                    "criteria": "==",
                    "value": criterion,
                    "format": self.book.file.add_format({"font_color": colour, "bold": True}),
                },
            )


def _columns(rows: SheetRows) -> tuple[str, ...]:
    """The columns of a sheet as written: those of the layout, and those that only tell."""
    columns = list(rows.columns)
    if isinstance(rows.sheet, Settings):
        columns[1:2] = ["(label)", "value", "(unit)"]
    elif isinstance(rows.sheet, Distributions):
        columns[1:1] = ["(label)"]
        columns.insert(columns.index(SOURCE), "(unit)")
    elif isinstance(rows.sheet, Shares) and rows.sheet.sums:
        columns.insert(columns.index(SOURCE), "(check)")
    return tuple(columns)


def _spaced(rows: SheetRows) -> SheetRows:
    """Room for more dates of the committee; months told by their number."""
    told = rows.rows
    at = [number for number, row in enumerate(told) if row.get("key") == "committee.dates"]
    if at:
        spare = [{"key": "committee.dates"} for _ in range(MEETINGS - len(at))]
        told = [*told[: at[-1] + 1], *spare, *told[at[-1] + 1 :]]
    months = 0
    for row in told:
        if row.get("key") == "inflow.month_weights":
            months += 1
            row["(month)"] = months
    return SheetRows(rows.sheet, rows.columns, told)


def _lines_of(row: dict[str, Any]) -> int:
    """How many lines a row takes, by the texts that wrap."""
    wrapped = {column: WIDTHS[column] * 5 // 4 for column in (SOURCE, "population", "name_fr", "name_en")}
    texts = {column: str(value) for column, value in row.items() if isinstance(value, str)}
    halves = {column: WIDTHS[SOURCE] * 5 // 8 for column in texts if column.startswith(f"{SOURCE}:")}
    return max(
        [1, *(-(-len(texts[column]) // width) for column, width in {**wrapped, **halves}.items() if column in texts)]
    )


def _number_format(value: float, unit: str) -> str:
    if unit == "share":
        return "0.0%" if round(float(value) * 1000, 6).is_integer() else "0.00##%"
    if unit in ("EUR", "employees", "companies", "pathways", "1/year"):
        return "#,##0" if float(value).is_integer() else "#,##0.00"
    return "0.00" if unit == "EUR/h" else "General"
