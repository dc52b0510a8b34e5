"""The policies that are handed to the simulator: the front door alone knows both the simulator and the optimiser."""

from optimiser.reoptimise import reoptimiser
from scenarios.committee_view import Adviser, AdviserMaker
from scenarios.policies import Policy
from scenarios.scenario import Scenario

ADVISERS: dict[Policy, AdviserMaker] = {"reoptimise": reoptimiser}


def adviser_of(scenario: Scenario, policy: Policy) -> Adviser | None:
    """What a policy decides by in a scenario; None for a policy that the simulator knows by itself."""
    return ADVISERS[policy](scenario) if policy in ADVISERS else None
