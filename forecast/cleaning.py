"""From the cells of an export to clean requests: what was read, mended and set aside, and why, row by row.

Set aside is what is no request or cannot be placed: no date or branch, a date nobody can mean, a negative cost, a
duplicate. Mended is what a value was left out of, or put right in: the request still counts.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecast import names
from forecast.amounts import AmountsRead, read_amounts
from forecast.column_map import DATES, MONEY, ColumnMap, map_line, plain_words
from forecast.dates import ABSENT, UNREADABLE, read_dates
from forecast.distinct import Cells
from forecast.history import NOTHING, History
from forecast.names import BLANK, UNKNOWN, Matched
from scenarios.attributes import MOST_TRAINEES
from scenarios.scenario import Scenario
from scenarios.settings import FIRST_DAY, LAST_DAY

Int = NDArray[np.int64]
Bool = NDArray[np.bool_]

MOST_HOURS = 5_000
_NAMING = ("unknown_branch", "likely_branch", "unknown_value", "likely_value")
FAR_DAYS = 400
"""A filing date so many days outside the middle nine tenths of all is a slip of the pen."""
LONGEST_LAG_DAYS = 3_000


@dataclass(frozen=True, eq=False)
class Note:
    """One kind of thing that was found in an export.

    Attributes:
        code: which; a key of `reports.forecast.notes.NOTES`.
        kind: "set_aside", "mended", or "read" (a way of writing that was understood, nothing lost).
        field: which column.
        rows: int64, the rows it happened in; empty for the whole column.
        found: what stood in the first of them.
        used: what it was read as, "" where nothing.
    """

    code: str
    kind: str
    field: str
    rows: Int
    found: str = ""
    used: str = ""

    @property
    def map_line(self) -> str:
        """The line of a column map that says what the text means; "" where nothing likely was found."""
        return map_line(self.field, self.found, self.used) if self.used and self.code in _NAMING else ""


@dataclass(frozen=True, eq=False)
class Reading:
    """An export, read.

    Attributes:
        history: the clean requests.
        notes: what was found on the way.
        rows: how many rows stand below the headings, blank ones left out.
        set_aside, mended: how many rows; a row set aside is not counted as mended, and a near spelling counts once,
            however many rows bear it.
        table: facts of the file: separator, encoding, headings recognised.
        cells: the raw cells, for showing what stood where.
    """

    history: History
    notes: tuple[Note, ...]
    rows: int
    set_aside: int
    mended: int
    cells: Cells


class _Notebook:
    """Collects notes; a row is set aside once, for the first reason."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        self.notes: list[Note] = []
        self.kept = ~cells.blank
        self.touched = np.zeros(len(cells.rows), dtype=bool)

    def set_aside(self, code: str, field: str, where: Bool, used: Callable[[int], str] | str = "") -> None:
        self._note(code, "set_aside", field, where & self.kept, used)
        self.kept &= ~where

    def mended(
        self, code: str, field: str, where: Bool, used: Callable[[int], str] | str = "", *, once: bool = False
    ) -> None:
        where = where & self.kept
        self._note(code, "mended", field, where, used)
        if once:
            # One text that thousands of rows bear is one thing to look at: it counts for the first of them.
            where = np.arange(len(where)) == (np.argmax(where) if where.any() else -1)
        self.touched |= where

    def understood(self, code: str, field: str, where: Bool | None = None, used: str = "") -> None:
        rows = np.zeros(len(self.cells.rows), dtype=bool) if where is None else where & self.kept
        if where is None or rows.any():
            self._add(Note(code, "read", field, self.cells.rows[rows], "", used))

    def _note(self, code: str, kind: str, field: str, where: Bool, used: Callable[[int], str] | str) -> None:
        at = np.flatnonzero(where)
        if len(at):
            first = int(at[0])
            told = used if isinstance(used, str) else used(first)
            found = self.cells.found(field, first)
            self._add(Note(code, kind, field, self.cells.rows[at], "" if found is None else str(found)[:80], told))

    def _add(self, note: Note) -> None:
        self.notes.append(note)


def cleaned(cells: Cells, scenario: Scenario, known: ColumnMap) -> Reading:
    """Clean the rows of an export.

    Args:
        cells: as read.
        scenario: whose branches, bands, situations and types the export speaks of.
        known: the column map.

    Returns:
        Reading; nothing is refused here.
    """
    book = _Notebook(cells)
    book.set_aside("misshapen", "", cells.misshapen)
    days = {name: _days(cells, name, known, book) for name in DATES}
    _filing(days["filed"], book)
    branch = _codes(cells, "branch", lambda texts: names.branches(texts, scenario, known.branches))
    _branches(branch, book)
    amounts = {name: _amounts(cells, name, known, book) for name in ("trainees", "hours", *MONEY)}
    cost = amounts["cost"]
    for name in MONEY:
        book.set_aside("negative", name, amounts[name] < 0)
    # A comparison with a missing amount is false.
    book.mended("paid_beyond", "paid_amount", amounts["paid_amount"] > amounts["committed"])
    trainees = _whole(amounts["trainees"], 1, MOST_TRAINEES, "trainees", book)
    hours = _hours(amounts["hours"], trainees, known, book)
    scheme = scenario.scheme
    band = _known(cells, "size", lambda texts: names.sizes(texts, scenario, known.sizes), book)
    situation = _known(
        cells,
        "situation",
        lambda texts: names.matched(texts, names.labels(scheme.situations), known.situations),
        book,
    )
    pathway = _known(
        cells,
        "pathway",
        lambda texts: names.matched(texts, names.labels(scheme.pathway_types), known.pathways),
        book,
    )
    status = _known(cells, "status", lambda texts: names.statuses(texts, dict(known.statuses)), book)
    _in_order(days, book)
    if known.cost_of == "trainee":
        cost = np.where(trainees > 0, cost * trainees, np.nan)
    history = History(
        branches=tuple(scenario.branches),
        first_day=0,
        last_day=0,
        row=cells.rows,
        filed=days["filed"],
        branch=branch.index,
        band=band,
        situation=situation,
        pathway=pathway,
        company=_company(cells),
        trainees=trainees,
        hours_hundredths=_scaled(hours, 100),
        cost_cents=_scaled(cost, 100),
        committed_cents=_scaled(amounts["committed"], 100),
        paid_cents=_scaled(amounts["paid_amount"], 100),
        status=status,
        **{name: np.where(days[name] > 0, days[name], NOTHING) for name in DATES if name != "filed"},
    )
    _repeated(history, cells, book)
    _format_notes(cells, book)
    outside = np.zeros(len(cells.rows), dtype=bool)
    if known.first_day is not None:
        outside |= history.filed < known.first_day.toordinal()
    if known.last_day is not None:
        outside |= history.filed > known.last_day.toordinal()
    aside = int((~book.kept & ~cells.blank).sum())
    if outside.any():
        book.understood("outside_days", "filed", outside)
        book.kept &= ~outside
    kept = history.chosen(book.kept)
    kept = kept.chosen(np.argsort(kept.filed, kind="stable"))
    first = known.first_day.toordinal() if known.first_day else int(kept.filed[0]) if len(kept) else 0
    last = known.last_day.toordinal() if known.last_day else int(kept.filed[-1]) if len(kept) else 0
    return Reading(
        history=replace(kept, first_day=first, last_day=last),
        notes=tuple(book.notes),
        rows=int((~cells.blank).sum()),
        set_aside=aside,
        mended=int((book.touched & book.kept).sum()),
        cells=cells,
    )


def _days(cells: Cells, name: str, known: ColumnMap, book: _Notebook) -> Int:
    column = cells.columns.get(name)
    if column is None:
        return np.full(len(cells.rows), ABSENT, dtype=np.int64)
    read = read_dates(column.texts, known.time_zone, known.date_order)
    first, last = FIRST_DAY.toordinal(), LAST_DAY.toordinal()
    day = np.where((read.day > 0) & ((read.day < first) | (read.day > last)), UNREADABLE, read.day)
    days = day[column.codes]
    if name != "filed":
        book.mended("bad_date", name, days == UNREADABLE)
    if read.guessed:
        book.understood("date_order_guessed", name)
    elif read.order == "month_first":
        book.understood("month_first", name)
    if read.moved.any():
        book.understood("zone", name, read.moved[column.codes], known.time_zone)
    return np.asarray(days, dtype=np.int64)


def _filing(filed: Int, book: _Notebook) -> None:
    book.set_aside("no_date", "filed", filed == ABSENT)
    book.set_aside("bad_date", "filed", filed == UNREADABLE)
    sound = np.sort(filed[book.kept])
    if len(sound) < 20:
        return
    tail = max(len(sound) // 20, 1)
    low, high = int(sound[tail]), int(sound[-1 - tail])
    book.set_aside("far_date", "filed", (filed < low - FAR_DAYS) | (filed > high + FAR_DAYS))


@dataclass(frozen=True, eq=False)
class _Codes:
    index: Int
    taken: Bool
    likely: dict[int, str]
    codes: Int


def _codes(cells: Cells, name: str, match: Callable[[list[Any]], Matched]) -> _Codes:
    column = cells.columns.get(name)
    if column is None:
        nothing = np.full(len(cells.rows), BLANK, dtype=np.int64)
        return _Codes(nothing, nothing >= 0, {}, nothing)
    found = match(column.texts)
    taken = np.zeros(len(column.texts), dtype=bool)
    taken[[at for at, (_, used) in found.near.items() if used]] = True
    likely = {at: code for at, (code, _) in found.near.items()}
    codes = column.codes.astype(np.int64)
    return _Codes(found.index[codes], taken[codes], likely, codes)


def _branches(branch: _Codes, book: _Notebook) -> None:
    def likely(row: int) -> str:
        return branch.likely.get(int(branch.codes[row]), "")

    book.set_aside("no_branch", "branch", branch.index == BLANK)
    unknown = branch.index == UNKNOWN
    # Each unknown name is told by itself: its likely match is what the planner needs.
    for mine in _each_text(branch.codes, unknown & book.kept):
        book.set_aside("unknown_branch", "branch", mine, likely)
    book.set_aside("unknown_branch", "branch", unknown, likely)
    _taken(branch, "likely_branch", "branch", likely, book)


_TEXTS_TOLD = 50
"""Distinct texts of a column that are told one by one."""


def _each_text(codes: Int, where: Bool) -> list[Bool]:
    """The rows of each distinct text, of the first `_TEXTS_TOLD`."""
    return [where & (codes == code) for code in np.unique(codes[where])[:_TEXTS_TOLD]]


def _taken(found: _Codes, code: str, field: str, likely: Callable[[int], str], book: _Notebook) -> None:
    """Near spellings, one note a text."""
    left = found.taken.copy()
    for mine in _each_text(found.codes, found.taken & book.kept):
        book.mended(code, field, mine, likely, once=True)
        left &= ~mine
    book.mended(code, field, left, likely)


def _known(cells: Cells, name: str, match: Callable[[list[Any]], Matched], book: _Notebook) -> Int:
    """The codes of an attribute; what is not known is left out of the request, which stays."""
    found = _codes(cells, name, match)

    def likely(row: int) -> str:
        return found.likely.get(int(found.codes[row]), "")

    unknown = found.index == UNKNOWN
    suggested = unknown & np.isin(found.codes, list(found.likely))
    for mine in _each_text(found.codes, suggested & book.kept):
        book.mended("unknown_value", name, mine, likely)
        unknown &= ~mine
    book.mended("unknown_value", name, unknown, likely)
    _taken(found, "likely_value", name, likely, book)
    return np.where(found.index >= 0, found.index, NOTHING)


def _amounts(cells: Cells, name: str, known: ColumnMap, book: _Notebook) -> NDArray[np.float64]:
    column = cells.columns.get(name)
    if column is None:
        return np.full(len(cells.rows), np.nan)
    separator = cells.table.separator or ";"
    read: AmountsRead = read_amounts(column.texts, separator, known.decimal)
    if read.decimal == "comma":
        book.understood("decimal_comma", name)
    if read.guessed:
        book.understood("decimal_guessed", name)
    value = read.value[column.codes]
    book.mended("bad_number", name, np.isnan(value) & read.present[column.codes])
    return np.asarray(value, dtype=np.float64)


def _whole(value: NDArray[np.float64], low: int, high: int, name: str, book: _Notebook) -> Int:
    given = ~np.isnan(value)
    whole = np.where(given, np.floor(np.where(given, value, 0) + 0.5), NOTHING)
    wrong = given & ((np.abs(np.where(given, value, 0) - whole) > 1e-9) | (whole < low) | (whole > high))
    book.mended("bad_count", name, wrong)
    return np.where(given & ~wrong, whole, NOTHING).astype(np.int64)


def _hours(value: NDArray[np.float64], trainees: Int, known: ColumnMap, book: _Notebook) -> NDArray[np.float64]:
    each = np.where(trainees > 0, value / np.maximum(trainees, 1), np.nan) if known.hours_of == "request" else value
    wrong = ~np.isnan(each) & ((each <= 0) | (each > MOST_HOURS))
    book.mended("bad_hours", "hours", wrong)
    return np.where(wrong, np.nan, each)


def _scaled(value: NDArray[np.float64], scale: int) -> Int:
    given = ~np.isnan(value)
    return np.where(given, np.floor(np.where(given, value, 0) * scale + 0.5), NOTHING).astype(np.int64)


def _company(cells: Cells) -> Int:
    column = cells.columns.get("company")
    if column is None:
        return np.full(len(cells.rows), NOTHING, dtype=np.int64)
    blank = np.asarray([text is None or not str(text).strip() for text in column.texts], dtype=bool)
    numbers = np.where(blank, NOTHING, np.arange(len(column.texts)))
    return np.asarray(numbers[column.codes], dtype=np.int64)


def _in_order(days: dict[str, Int], book: _Notebook) -> None:
    """A date before the one it follows is left out, and so is one years after the filing.

    All follow the filing; the end of training follows its start, and the payment follows both, each where it is given.
    """
    filed = days["filed"]
    for name in DATES[1:]:
        given = days[name] > 0
        wrong = given & ((days[name] < filed) | (days[name] > filed + LONGEST_LAG_DAYS))
        book.mended("backwards", name, wrong)
        days[name] = np.where(wrong, UNREADABLE, days[name])
    for name, earlier in (("done", ("started",)), ("paid", ("started", "done"))):
        after = [(days[other] > 0) & (days[name] < days[other]) for other in earlier]
        backwards = (days[name] > 0) & np.logical_or.reduce(after)
        book.mended("backwards", name, backwards)
        days[name] = np.where(backwards, UNREADABLE, days[name])


def _repeated(history: History, cells: Cells, book: _Notebook) -> None:
    """Rows that say the same as an earlier one; and of rows that share a number, all but the last."""
    kept = np.flatnonzero(book.kept)
    tables = [
        getattr(history, name)
        for name in (
            "filed", "branch", "company", "band", "situation", "pathway", "trainees", "hours_hundredths", "cost_cents",
            "status", "decided", "started", "done", "paid",
        )
    ]  # fmt: skip
    column = cells.columns.get("identity")
    again = np.zeros(len(cells.rows), dtype=bool)
    if column is not None:
        blank = np.asarray([text is None or not str(text).strip() for text in column.texts], dtype=bool)
        tables.append(column.codes.astype(np.int64))
    elif "company" not in cells.columns or "cost" not in cells.columns:
        return  # without a number, a company and a cost two like rows may well be two requests
    key = _fingerprint([table[kept] for table in tables])
    _, first = np.unique(key, return_index=True)
    again[kept] = True
    again[kept[first]] = False
    book.set_aside("duplicate", "identity" if column is not None else "", again)
    if column is None:
        return
    kept = np.flatnonzero(book.kept & ~blank[column.codes])
    _, last = np.unique(column.codes[kept][::-1], return_index=True)
    earlier = np.zeros(len(cells.rows), dtype=bool)
    earlier[kept] = True
    earlier[kept[::-1][last]] = False
    book.set_aside("superseded", "identity", earlier)


def _fingerprint(tables: list[Int]) -> NDArray[np.uint64]:
    """One 64-bit number a row (the finaliser of splitmix64, chained): equal rows, equal numbers."""
    key = np.zeros(len(tables[0]), dtype=np.uint64)
    with np.errstate(over="ignore"):
        for table in tables:
            key = (key ^ table.astype(np.uint64)) + np.uint64(0x9E3779B97F4A7C15)
            key = (key ^ (key >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            key = (key ^ (key >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            key ^= key >> np.uint64(31)
    return key


def _format_notes(cells: Cells, book: _Notebook) -> None:
    table = cells.table
    first = table.first_row

    def marked(rows: list[int]) -> Bool:
        where = np.zeros(len(cells.rows), dtype=bool)
        at = np.asarray(rows, dtype=np.int64) - first
        where[at[(at >= 0) & (at < len(where))]] = True
        return where

    words = [plain_words(heading) for heading in table.headings]
    for name, place in table.fields.items():
        if words.count(words[place]) > 1:
            book.understood("heading_twice", name, used=table.headings[place])
    if table.recoded and table.encoding == "cp1252":
        book.understood("recoded", "")
    elif table.recoded:
        book.understood("recoded", "", marked(table.recoded))
    if table.broken:
        book.mended("broken_quotes", "", marked(table.broken))
