"""One objective of the programme, as an objective module yields it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from optimiser.problem import PlanProblem
from optimiser.variables import Variables

AimUnit = Literal["pathways", "weighted_pathways", "hours", "share", "cents"]


@dataclass(frozen=True, eq=False)
class Aim:
    """What is maximised.

    Attributes:
        terms: (variable, coefficient) pairs.
        unit: what people read it in.
        told_factor: what one unit of the maximised sum is in that unit; negative where people read a cost.
    """

    terms: list[tuple[Any, float]]
    unit: AimUnit
    told_factor: float = 1.0


ObjectiveFunction = Callable[[PlanProblem, Variables], Aim]
"""One objective of the plan: never touches a solver."""
