"""The shapes of the tables of the planner's workbook: what a sheet is made of."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["number", "text", "flag", "date", "iso", "texts", "dates", "numbers", "plains"]
"""How a cell is read: `flag` is true or false; `iso` is a date that the scenario keeps as text; `texts` is several
codes in one cell, `plains` several values of any kind, each as a scenario file has it, `dates` and `numbers` are lists
of one value a row."""


@dataclass(frozen=True)
class Setting:
    """One value of a scenario; its row bears its dotted key."""

    key: str
    kind: Kind


@dataclass(frozen=True)
class Variant:
    """What one kind of row means.

    Attributes:
        path: the list or the coded section that the rows fill.
        coded: whether entries are told by a code (else they are a list, in the order of the rows).
        fields: the entry's key behind each column.
        chosen: an entry's key that the row's kind itself fills, with the value it has; it tells apart the variants
            that fill one list, whose entries keep the order of the rows.
    """

    path: tuple[str, ...]
    coded: bool
    fields: dict[str, str]
    chosen: tuple[str, str] | None = None


@dataclass(frozen=True)
class Settings:
    """A sheet of settings."""

    sheet: tuple[str, str]
    settings: tuple[Setting, ...]


@dataclass(frozen=True)
class Records:
    """A sheet of records.

    Attributes:
        sheet: its name in English and in French.
        columns: the kind of each column, in order; the first one says what the row is where there are variants.
        variants: by the word in the first column, or by "" for a sheet of one variant.
    """

    sheet: tuple[str, str]
    columns: dict[str, Kind]
    variants: dict[str, Variant]


@dataclass(frozen=True)
class Distributions:
    """A sheet of random quantities, each by its dotted key."""

    sheet: tuple[str, str]
    keys: tuple[str, ...]
    by_type: tuple[str, ...]
    """What each pathway type has: `inflow.pathways.<type>.<this>`."""


@dataclass(frozen=True)
class Shares:
    """A sheet of sets of numbers, one number a code.

    Attributes:
        sheet: its name in English and in French.
        naming: the first column, which says what table the row belongs to (its dotted key).
        value: the column of the numbers.
        sums: whether each set adds up to 1.
        plain: tables of one set.
        dated: lists of dated sets, told by a number.
        coded: a set in each entry of a coded section, told by the entry's code: `branches.region_shares` are the
            `region_shares` of each of `branches`.
        numbered: a set in each entry of a list that another sheet holds, told by the entry's number from 1.
    """

    sheet: tuple[str, str]
    naming: str
    value: str
    sums: bool
    plain: tuple[str, ...]
    dated: tuple[str, ...] = ()
    coded: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ()

    @property
    def tables(self) -> tuple[str, ...]:
        """Every table of the sheet."""
        return (*self.plain, *self.dated, *self.coded, *self.numbered)


Sheet = Settings | Records | Distributions | Shares


def settings_of(text: str) -> tuple[Setting, ...]:
    """Settings from lines of `key kind`."""
    pairs = (line.split() for line in text.strip().splitlines())
    # Kinds are written in the layout by hand; a test reads and writes every one of them.
    return tuple(Setting(key, kind) for key, kind in pairs)  # type: ignore[arg-type]


def same(*columns: str) -> dict[str, str]:
    """Columns that bear the names of the entry's keys."""
    return {column: column for column in columns}


SOURCE = "source"
LAW_FIELDS = ("at", "low", "mode", "high", "mean", "sigma", "median", "p90")
NOTHING = "(none)"
"""In a cell: no value, or an empty list, where the extended scenario has one; in a source: none."""
