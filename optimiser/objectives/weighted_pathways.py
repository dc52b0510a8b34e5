"""max sum of v * g[l] * x[l,t]: pathways that count by type, size group and branch."""

import numpy as np
from numpy.typing import NDArray

from optimiser.objectives.aim import Aim
from optimiser.problem import PlanProblem
from optimiser.variables import Variables


def weighted_pathways(problem: PlanProblem, variables: Variables) -> Aim:
    """max sum of v * g[l] * x[l,t]; g is the product of the line's mean weights by type, size group and branch."""
    weight = problem.value * line_weights(problem)
    terms = [(variable, float(weight[line])) for line, row in enumerate(variables.commit) for variable in row]
    return Aim(terms, "weighted_pathways")


def line_weights(problem: PlanProblem) -> NDArray[np.float64]:
    """The expected weight of a pathway of each line, float64 (lines,); types and sizes are drawn independently."""
    weights, cells, demand = problem.weights, problem.cells, problem.demand
    types = np.asarray([weights.pathway_types.get(code, 1.0) for code in cells.pathway_types])
    groups = np.asarray([weights.size_groups.get(code, 1.0) for code in cells.size_groups])
    branches = np.asarray([weights.branches.get(code, 1.0) for code in cells.branches])
    # Where lines are not by branch their requests come from all branches, by employees.
    mean = float(problem.branch_shares @ branches)
    by_branch = np.where(cells.branch_of_line < 0, mean, branches[np.maximum(cells.branch_of_line, 0)])
    return np.asarray((demand.pathway_share @ types) * (demand.size_group_share @ groups) * by_branch)
