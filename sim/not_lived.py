"""What a plan settles before anything is simulated: refused where it is still open, never ignored."""

from scenarios.problems import InputRefused, Place, Problem
from scenarios.scenario import Scenario


def refuse_what_is_not_lived(scenario: Scenario) -> None:
    """Raise InputRefused where a scenario still leaves the share of pay to a plan: a run lives one share.

    Args:
        scenario: a checked scenario; the plan of one that declares tiers comes with a scenario that has chosen.
    """
    if scenario.scheme.pay_support_tiers:
        raise InputRefused([Problem(Place(scenario.name), "not_lived", "scheme.pay_support_tiers")])
