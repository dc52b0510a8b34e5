"""Aid that companies had under the framework before they asked: a declared distribution, drawn company by company."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from scenarios.attributes import company_pools
from scenarios.luck import raw_draws_of_streams
from scenarios.variates import integer_table, pick
from sim.ground import Ground
from sim.run_requests import RunRequests
from sim.standing import Standing, granted

Int = NDArray[np.int64]

PURPOSE = "prior aid"
_CENTS = 100


@lru_cache(maxsize=2)
def prior_aid(ground: Ground, run: int) -> Int | None:
    """What each company of the scenario's pools had before the opening.

    A company's draw is keyed by its branch, its size band and its number, so that it is the same in every scenario and
    under every policy that knows the company.

    Args:
        ground: the scenario laid out.
        run: the number of the run.

    Returns:
        int64 (companies,), cents; None where the scenario declares no prior aid.
    """
    declared = ground.scenario.inflow.prior_aid_eur
    if declared is None:
        return None
    pools = company_pools(ground.scenario)
    streams = [f"{branch}\n{band}" for branch in ground.scenario.branches for band in ground.scenario.scheme.size_bands]
    raw = raw_draws_of_streams(ground.scenario.seed, PURPOSE, run, streams, pools.ravel().tolist())
    return pick(integer_table(declared, _CENTS), raw)


def with_prior_aid(ground: Ground, run: int, granted: Int) -> Int:
    """Aid granted so far, and before.

    Args:
        ground: the scenario laid out.
        run: the number of the run.
        granted: int64 (companies that asked,), cents, by number; those beyond the scenario's pools had none before.

    Returns:
        int64 of the same shape.
    """
    before = prior_aid(ground, run)
    if before is None:
        return granted
    known = min(len(granted), len(before))
    out = granted.copy()
    out[:known] += before[:known]
    return out


def aid_so_far(ground: Ground, standing: Standing, requests: RunRequests) -> Int:
    """What each company was committed so far, and had before: int64 (companies that asked,), cents."""
    return with_prior_aid(ground, requests.run, granted(standing, requests))
