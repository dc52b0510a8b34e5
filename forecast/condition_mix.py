"""The mixes of a scenario given the requests to date: Dirichlet, the scenario's own mix counting for some requests.

Source: Gelman et al. (2013), "Bayesian Data Analysis", section 3.4.
"""

import numpy as np
from numpy.typing import NDArray

from forecast.attribute_fit import summing_to_one
from forecast.history import History
from scenarios.arrival_rate import dated_share_of_day, size_share_of_day
from scenarios.calendar import Calendar
from scenarios.inflow import DatedShares, SizeShares
from scenarios.scenario import Scenario

Float = NDArray[np.float64]
Int = NDArray[np.int64]

MIX_WEIGHT = 200.0
"""Requests that the scenario's mix counts for beside those that came."""


def mixes_conditioned(
    changed: Scenario, scenario: Scenario, calendar: Calendar, weights: Float, last: int, history: History
) -> Scenario:
    """Move the mixes to come by how the mix to date differs from what the scenario expected by then.

    Args:
        changed: the scenario to be changed.
        scenario: as it was declared: what was expected.
        calendar: of the scenario.
        weights: float64 (days,), the part of a year's requests that each day gets.
        last: number of the last day that is known.
        history: the requests to date.

    Returns:
        The scenario with shares of size bands, situations and pathway types that count for `MIX_WEIGHT` requests of
        the scenario's own beside those that came.
    """
    inflow, scheme = changed.inflow, scenario.scheme
    past = weights[: last + 1]
    if past.sum() <= 0:
        return changed

    def moved(name: str, codes: tuple[str, ...], values: Int) -> dict[str, float]:
        table = (
            size_share_of_day(scenario, calendar)
            if name == "size"
            else dated_share_of_day(scenario, calendar, name, codes)
        )
        usual = past @ table[: last + 1] / past.sum()
        known = values[values >= 0]
        seen = np.bincount(known, minlength=len(codes)) / max(len(known), 1)
        trust = len(known) / (len(known) + MIX_WEIGHT)
        drawn = trust * seen + (1 - trust) * usual
        return {
            # What the scenario expects none of yet (a situation that opens later) says nothing of its later part.
            code: float(drawn[at] / usual[at]) if usual[at] > 0 else 1.0
            for at, code in enumerate(codes)
        }

    def applied(shares: dict[str, float], ratio: dict[str, float]) -> dict[str, float]:
        raw = {code: share * ratio.get(code, 1.0) for code, share in shares.items()}
        return summing_to_one(raw, 6) if sum(raw.values()) > 0 else shares

    sizes = moved("size", tuple(scheme.size_bands), history.band)
    situations = moved("situation", tuple(scheme.situations), history.situation)
    types = moved("pathway", tuple(scheme.pathway_types), history.pathway)

    def rows(dated: tuple[DatedShares, ...], ratio: dict[str, float]) -> tuple[DatedShares, ...]:
        return tuple(DatedShares(starts=row.starts, shares=applied(row.shares, ratio)) for row in dated)

    return changed.model_copy(
        update={
            "inflow": inflow.model_copy(
                update={
                    "size_shares": SizeShares(
                        at_opening=applied(inflow.size_shares.at_opening, sizes),
                        at_deadline=applied(inflow.size_shares.at_deadline, sizes),
                    ),
                    "situation_shares": rows(inflow.situation_shares, situations),
                    "pathway_shares": rows(inflow.pathway_shares, types),
                }
            )
        }
    )
