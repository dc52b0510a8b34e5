"""The names of a plan's aims, typed here and nowhere else; light, because the command line asks for them."""

from typing import Literal, get_args

ObjectiveName = Literal[
    "pathways",
    "weighted_pathways",
    "trainee_hours",
    "least_served_branch",
    "small_companies",
    "least_cost",
    "least_change",
]

OBJECTIVE_NAMES: tuple[ObjectiveName, ...] = get_args(ObjectiveName)
