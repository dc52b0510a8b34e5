"""Checks of what is asked about luck; listed at the end."""

from collections.abc import Callable, Iterator

from scenarios.check_findings import Finding
from scenarios.figure_at import current, may_stand
from scenarios.scenario import Scenario


def _ranges(scenario: Scenario) -> Iterator[Finding]:
    """Every range is of a figure that stands in the scenario, and both its ends may stand there."""
    keys = [one.key for one in scenario.uncertainty.ranges]
    for number, one in enumerate(scenario.uncertainty.ranges):
        steps = ("uncertainty", "ranges", number)
        if keys.count(one.key) > 1:
            yield (*steps, "key"), "repeated", {"found": one.key}
        try:
            current(scenario, one.key)
        except KeyError:
            yield (*steps, "key"), "no_figure", {"found": one.key}
            continue
        if one.high < one.low:
            yield (*steps, "high"), "at_least", {"found": one.high, "limit": one.low}
        for end, value in (("low", one.low), ("high", one.high)):
            if not may_stand(scenario, one.key, value):
                yield (*steps, end), "figure_refused", {"found": value, "key": one.key}


def _points(scenario: Scenario) -> Iterator[Finding]:
    """A Sobol sample is balanced where its base is a power of two."""
    points = scenario.uncertainty.sensitivity_points
    if points & (points - 1):
        yield ("uncertainty", "sensitivity_points"), "power_of_two", {"found": points}


def _excess(scenario: Scenario) -> Iterator[Finding]:
    """An excess over appropriations needs appropriations."""
    if scenario.uncertainty.payments_excess_eur is not None and not scenario.payments.year_ceilings:
        yield ("uncertainty", "payments_excess_eur"), "needs", {"expected": "payments.year_ceilings"}


UNCERTAINTY_CHECKS: tuple[Callable[[Scenario], Iterator[Finding]], ...] = (_ranges, _points, _excess)
