"""One fitted quantity: its value, how sure it is, and what it rests on."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, eq=False)
class Fitted:
    """One quantity of the inflow, fitted.

    Attributes:
        name: which; a key of `reports.forecast.fits.NAMES`.
        subject: the branch, type or band it is of, "" where of all.
        value: the central value.
        low, high: ends of its 90 % interval.
        unit: as in docs/findings.md.
        count: requests it rests on.
        distance: how far fitted and observed distributions lie apart (Kolmogorov's greatest distance), or None.
        base: the base scenario's value, or None.
        kept: the base's value stands because the export does not tell.
    """

    name: str
    subject: str
    value: float
    low: float
    high: float
    unit: str
    count: int
    distance: float | None = None
    base: float | None = None
    kept: bool = False


@dataclass(frozen=True, eq=False)
class Written:
    """A value to be written into the scenario.

    Attributes:
        key: steps of the key.
        value: plain.
        source: what it rests on, in words for the scenario's readers.
    """

    key: tuple[str, ...]
    value: Any
    source: str
