"""Hours and costs of an export that can hardly be what their columns say: a wrong unit, or of all instead of one.

Nothing is mended: whoever made the export knows. Until it is settled no forecast from it is called trustworthy.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from forecast.column_map import ColumnMap
from forecast.history import History
from forecast.untyped import expected_of_requests
from scenarios.scenario import Scenario

Float = NDArray[np.float64]
Doubts = list[tuple[str, dict[str, Any]]]

ENOUGH = 100
"""Requests from which values are judged."""
FAR = 5.0
"""A mean so many times as high or as low as the base's is doubted."""
_CENTS = (30.0, 300.0)
"""Times a cost is its commitment where one is in cents and the other in euros: a hundred, and what the fund bears."""
_NEAR_ONE = 0.3
_SURE = 0.1


def doubtful_values(history: History, scenario: Scenario, known: ColumnMap) -> Doubts:
    """What is doubtful about hours and costs.

    Args:
        history: clean requests.
        scenario: the base.
        known: the column map; what it states of `hours_of` and `cost_of` is believed.

    Returns:
        (code, details) of each doubt: `costs_in_cents`, `committed_in_cents`, `hours_of_request`, `hours_of_trainee`,
        `cost_of_trainee`, `hours_far`, `fee_far`.
    """
    told: Doubts = []
    trainees = np.maximum(history.trainees, 1).astype(np.float64)
    hours, cost = history.hours_hundredths / 100, history.cost_cents / 100
    timed, priced = history.hours_hundredths > 0, history.cost_cents > 0
    both = timed & priced
    in_cents = _unit(history)
    told += in_cents
    settled = known.model_fields_set
    of_whom: Doubts = []
    if "hours_of" not in settled and _rises(hours[timed], trainees[timed], 1.0):
        of_whom.append(("hours_of_request", {"requests": int(timed.sum())}))
    elif known.hours_of == "request" and _rises(hours[timed], trainees[timed], -1.0):
        of_whom.append(("hours_of_trainee", {"requests": int(timed.sum())}))
    elif "cost_of" not in settled and _rises(cost[both] / hours[both] / trainees[both], trainees[both], -1.0):
        of_whom.append(("cost_of_trainee", {"requests": int(both.sum())}))
    told += of_whom
    usual, usual_fee = expected_of_requests(history, scenario.inflow, tuple(scenario.scheme.pathway_types))
    whole = hours * trainees
    if not of_whom:
        told += _far("hours_far", hours[timed], usual[timed], trainees[timed])
        if not in_cents:
            told += _far("fee_far", cost[both] / whole[both], usual_fee[both], whole[both])
    return told


def _unit(history: History) -> Doubts:
    """Costs in cents beside commitments in euros, or the other way round."""
    known = (history.cost_cents > 0) & (history.committed_cents > 0)
    if known.sum() < ENOUGH:
        return []
    times = float(np.median(history.cost_cents[known] / history.committed_cents[known]))
    for code, ratio in (("costs_in_cents", times), ("committed_in_cents", 1 / times)):
        if _CENTS[0] <= ratio <= _CENTS[1]:
            return [(code, {"requests": int(known.sum()), "times": round(ratio, 1)})]
    return []


def _rises(values: Float, trainees: Float, power: float) -> bool:
    """Whether values go with a power of the number of trainees: least squares of the logarithms, both sure and near."""
    several = trainees > 1
    if several.sum() < ENOUGH or (~several).sum() < ENOUGH:
        return False
    logs, at = np.log(values), np.log(trainees)
    at = at - at.mean()
    square = float((at**2).sum())
    slope = float((at * logs).sum()) / square
    rest = logs - logs.mean() - slope * at
    error = float(np.sqrt((rest**2).mean() / square))
    return abs(slope - power) <= _NEAR_ONE and error <= _SURE


def _far(code: str, values: Float, usual: Float, weight: Float) -> Doubts:
    """A mean many times as high, or as low, as the base's."""
    if len(values) < ENOUGH or float((usual * weight).sum()) <= 0:
        return []
    whole = float(weight.sum())
    mean, base = float((values * weight).sum()) / whole, float((usual * weight).sum()) / whole
    if 1 / FAR <= mean / base <= FAR:
        return []
    return [(code, {"requests": len(values), "mean": round(mean, 2), "base": round(base, 2)})]
