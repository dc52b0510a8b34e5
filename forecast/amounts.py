"""Numbers as people write them: decimal commas, thousands, currency signs."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float64]

_SPARE = re.compile(r"[\s'’_ €$£]|eur(os?)?|heures?|hours?|(?<=\d)\s*h$", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)*")
LARGEST = 1e10


@dataclass(frozen=True, eq=False)
class AmountsRead:
    """Distinct cells of a column of numbers, read.

    Attributes:
        value: float64 (texts,), NaN where there is no number.
        present: bool (texts,), something stands there; with NaN, something that is no number.
        decimal: how the column writes decimals; None where nothing tells.
        guessed: whether a number with one mark and three digits behind was read by habit alone.
    """

    value: Float
    present: NDArray[np.bool_]
    decimal: Literal["comma", "point"] | None
    guessed: bool


def read_amounts(texts: Sequence[Any], separator: str, decimal: Literal["comma", "point"] | None = None) -> AmountsRead:
    """Read the distinct cells of a column of numbers.

    A number that bears both marks tells by itself: the last one is the decimal mark. One mark with other than three
    digits behind is a decimal mark. One mark with three digits behind is read as the rest of the column is
    written; where nothing tells, as the separator suggests (with `;` a comma is the decimal mark).

    Args:
        texts: distinct cells: texts, or a workbook's numbers.
        separator: of the export.
        decimal: what the map says; None to find out.

    Returns:
        AmountsRead.
    """
    value = np.full(len(texts), np.nan)
    present = np.ones(len(texts), dtype=bool)
    commas = points = 0
    unclear: list[tuple[int, str]] = []
    for at, text in enumerate(texts):
        if not isinstance(text, str):
            present[at] = text is not None
            if isinstance(text, int | float) and not isinstance(text, bool) and math.isfinite(text):
                value[at] = text
            continue
        whole, point, rest = text.partition(".")
        if (
            whole.isascii()
            and whole.isdigit()
            and (not point or (rest.isascii() and rest.isdigit() and len(rest) != 3))
        ):
            value[at] = float(text) if len(text) < 40 else np.nan
            points += bool(point)
            continue
        bare = _bare(text)
        if not bare:
            present[at] = bool(text.strip())
            continue
        kind = _kind(bare)
        if kind == "unclear":
            unclear.append((at, bare))
            continue
        if kind != "none":
            value[at] = _read(bare, kind)
        commas += kind == "comma"
        points += kind == "point"
    told: Literal["comma", "point"] | None = decimal
    if told is None and commas != points:
        told = "comma" if commas > points else "point"
    habit = told or ("point" if separator == "," else "comma")
    for at, bare in unclear:
        value[at] = _read(bare, habit)
    value[np.abs(value) > LARGEST] = np.nan
    return AmountsRead(value, present, told, bool(unclear) and told is None)


def _bare(text: str) -> str:
    if len(text) > 60:
        return "?"
    clean = _SPARE.sub("", text.replace("\x00", "").replace("−", "-").strip())
    if clean.startswith("(") and clean.endswith(")"):
        clean = "-" + clean[1:-1]
    return clean


def _kind(bare: str) -> str:
    """Which mark a number writes its decimals with: comma, point, whole, unclear; none where it is no number."""
    if not _NUMBER.fullmatch(bare):
        return "none"
    marks = [letter for letter in bare if letter in ".,"]
    if not marks:
        return "whole"
    if len(set(marks)) == 2:
        return "comma" if marks[-1] == "," else "point"
    if len(marks) > 1:
        # 1,234,567: a mark that stands twice groups thousands, whatever the column does.
        return "point" if marks[0] == "," else "comma"
    behind = len(bare) - bare.rindex(marks[0]) - 1
    if behind == 3 and not bare.lstrip("+-").startswith("0"):
        return "unclear"
    return "comma" if marks[0] == "," else "point"


def _read(bare: str, kind: str) -> float:
    bare = bare.replace(".", "").replace(",", ".") if kind == "comma" else bare.replace(",", "")
    try:
        return float(bare)
    except ValueError:
        return math.nan
