"""What a scenario may ask of a plan and the simulator does not apply yet: refused, never ignored."""

from scenarios.problems import InputRefused, Place, Problem
from scenarios.scenario import Scenario


def refuse_what_is_not_lived(scenario: Scenario) -> None:
    """Raise InputRefused, naming each key, where a scenario declares what only the plan applies.

    Args:
        scenario: a checked scenario.
    """
    asked = {
        "steering": bool(scenario.steering),
        "scheme.pay_support_tiers": bool(scenario.scheme.pay_support_tiers),
    }
    found = [Problem(Place(scenario.name), "not_lived", key) for key, declared in asked.items() if declared]
    if found:
        raise InputRefused(found)
