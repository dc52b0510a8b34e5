"""One side of a comparison: what was asked, and every figure of the answer, run by run where that is known."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.statistics import difference, estimate, figure

Float = NDArray[np.float64]
Figures = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Measured:
    """A figure of one side.

    Attributes:
        estimate: `{mean, se?, p5, ..., unit}` as in findings.
        runs: float64 (runs,), NaN where the figure does not apply; None where only the estimate is known.
    """

    estimate: Figures
    runs: Float | None = None


@dataclass(frozen=True)
class Given:
    """A value of the question: as written, and where (empty where findings do not say)."""

    value: Any
    unit: str = ""
    place: str = ""


@dataclass(frozen=True, eq=False)
class Side:
    """One side.

    Attributes:
        scenario: the `scenario` section of its findings.
        kpis: by name. branches, size_groups: by code, then by name.
        question: every value of the scenario, by key.
    """

    scenario: Figures
    kpis: dict[str, Measured]
    branches: dict[str, dict[str, Measured]]
    size_groups: dict[str, dict[str, Measured]]
    question: dict[str, Given]


def measured(values: Float, unit: str) -> Measured | None:
    """A figure known run by run; None where no run has a value."""
    told = estimate(values, unit)
    return None if told is None else Measured(told, values)


def same_luck(one: Side, other: Side) -> bool:
    """Whether run k of one side met the luck of run k of the other."""
    return all(one.scenario[key] == other.scenario[key] for key in ("seed", "runs"))


def gap(base: Measured, other: Measured, *, paired: bool) -> Figures | None:
    """The other side less the base.

    Args:
        base, other: the same figure of both sides.
        paired: the sides met the same luck.

    Returns:
        `{mean, se?, unit}`; where runs cannot be paired, with `independent: true` and the error of two independent
        means.

    Source: the variance of a difference of independent means is the sum of theirs.
    """
    if paired and base.runs is not None and other.runs is not None:
        return difference(other.runs, base.runs, str(base.estimate["unit"]))
    unit = base.estimate["unit"]
    whole = unit == "cents"
    mean = other.estimate["mean"] - base.estimate["mean"]
    out: Figures = {"mean": round(mean) if whole else figure(mean)}
    if "se" in base.estimate and "se" in other.estimate:
        error = math.hypot(base.estimate["se"], other.estimate["se"])
        out["se"] = round(error) if whole else figure(error)
    return {**out, "unit": unit, "independent": True}
