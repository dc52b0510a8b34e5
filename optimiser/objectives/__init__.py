"""The objectives of the plan: the list is the table of contents; the scenario says which, and in what order."""

from optimiser.objectives.aim import ObjectiveFunction
from optimiser.objectives.least_change import least_change
from optimiser.objectives.least_cost import least_cost
from optimiser.objectives.least_served_branch import least_served_branch
from optimiser.objectives.pathways import pathways
from optimiser.objectives.small_companies import small_companies
from optimiser.objectives.trainee_hours import trainee_hours
from optimiser.objectives.weighted_pathways import weighted_pathways
from scenarios.objective_names import ObjectiveName

OBJECTIVES: dict[ObjectiveName, ObjectiveFunction] = {
    "pathways": pathways,
    "weighted_pathways": weighted_pathways,
    "trainee_hours": trainee_hours,
    "least_served_branch": least_served_branch,
    "small_companies": small_companies,
    "least_cost": least_cost,
    "least_change": least_change,
}
