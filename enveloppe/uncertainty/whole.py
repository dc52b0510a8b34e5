"""All that is asked about luck beyond promise and delivery: `--uncertain`."""

from typing import Any

from enveloppe.uncertainty.policies import policy_table
from enveloppe.uncertainty.programme import Made, Steps, lived, made, programme_findings
from enveloppe.uncertainty.sensitivity import sensitivity
from optimiser.plan import Plan
from optimiser.problem import PlanProblem
from scenarios.scenario import Scenario
from sim.experiment import Experiment
from sim.workers import Workers


def planned_under_uncertainty(
    scenario: Scenario, problem: PlanProblem, plan: Plan, jobs: Workers, steps: Steps
) -> dict[str, Any]:
    """The plan that allows for luck, not lived: `enveloppe plan --uncertain`.

    Args:
        scenario: the question.
        problem, plan: of its mean plan.
        jobs: worker processes.
        steps: progress by step.

    Returns:
        `{tail_level, tail_share, programme}`; where there is no such plan the programme's status says why.

    """
    level = scenario.uncertainty.tail_level
    found = made(scenario, problem, plan.allocation, jobs, steps)
    return {
        "tail_level": level,
        "tail_share": round(1.0 - level, 10),
        "programme": programme_findings(scenario, problem, plan.allocation, found),
    }


def under_uncertainty(
    scenario: Scenario, problem: PlanProblem, plan: Plan, experiment: Experiment, jobs: Workers, steps: Steps
) -> dict[str, Any]:
    """The plan that allows for luck and its delivery, the policy table, and what moves the projection.

    Args:
        scenario: lived.
        problem, plan: of its mean plan.
        experiment: the mean plan, lived.
        jobs: worker processes.
        steps: progress by step.

    Returns:
        `{programme, policies?, sensitivity?}`; where there is no such plan the programme's status says why.
    """
    asked = scenario.uncertainty
    found = made(scenario, problem, plan.allocation, jobs, steps)
    programme = programme_findings(scenario, problem, plan.allocation, found)
    if isinstance(found, Made):
        programme["delivery"] = lived(scenario, found, experiment, jobs, steps("simulating"))
    told: dict[str, Any] = {"programme": programme}
    if asked.policy_runs:
        told["policies"] = policy_table(scenario, problem, plan.allocation, jobs, steps("policies"))
    if asked.ranges:
        told["sensitivity"] = sensitivity(scenario, plan.allocation, jobs, steps("sensitivity"))
    return told
