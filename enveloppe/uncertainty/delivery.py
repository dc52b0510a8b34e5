"""Promise against delivery: what a plan counts on, and what comes of it in runs that it was not made on."""

from typing import Any

from enveloppe.uncertainty.bad_years import bad_years
from optimiser.plan import Plan
from scenarios.scenario import Scenario
from sim.experiment import Experiment
from sim.kpis import Seen, pathways_committed, pathways_net
from sim.statistics import estimate, figure


def delivery(scenario: Scenario, plan: Plan, experiment: Experiment) -> list[dict[str, Any]]:
    """What each policy delivers of what the plan promises, the scenario's own policy first.

    Args:
        scenario: lived.
        plan: made on mean demand, so that every run is fresh to it.
        experiment: its runs.

    Returns:
        For each policy `{policy, counts, promised, delivered, bad_years, over_promised_share?}`: pathways as the plan
        counts them (net of drop-outs, or committed); the last is how far the promise lies above the delivery, as a
        share of the delivery, absent where nothing is delivered.
    """
    return [delivered(scenario, plan.objective, experiment, number) for number in range(len(experiment.policies))]


def delivered(scenario: Scenario, promised: float, experiment: Experiment, number: int) -> dict[str, Any]:
    """What one policy of an experiment delivers of a promise; see `delivery`."""
    outcome, counts = experiment.policies[number], scenario.planning.counts
    seen = Seen(experiment, outcome)
    pathways = pathways_net(seen) if counts == "net" else pathways_committed(seen)
    told: dict[str, Any] = {
        "policy": outcome.policy,
        "counts": counts,
        "promised": figure(promised),
        "delivered": estimate(pathways, "pathways"),
        "bad_years": bad_years(pathways, scenario.uncertainty.tail_level, "pathways"),
    }
    mean = float(pathways.mean())
    if mean > 0:
        told["over_promised_share"] = figure(promised / mean - 1.0)
    return told


def uncertainty_findings(scenario: Scenario, plan: Plan, experiment: Experiment) -> dict[str, Any]:
    """The part of the `uncertainty` section that every simulated plan has.

    Args:
        scenario: lived.
        plan: the plan.
        experiment: its runs.

    Returns:
        `{tail_level, tail_share, delivery}`.
    """
    level = scenario.uncertainty.tail_level
    return {
        "tail_level": level,
        "tail_share": figure(1.0 - level),
        "delivery": delivery(scenario, plan, experiment),
    }
