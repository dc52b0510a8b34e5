"""Quotas and the priority of a scenario, laid out request by request; closings are in `sim.closings`."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from scenarios.settings import eur_to_cents, share_to_basis_points
from scenarios.steered_demand import named_cells
from scenarios.steering import Priority, Quota
from sim.ground import Ground
from sim.run_requests import RunRequests

Int = NDArray[np.int64]

NO_LIMIT = -1
SHARE_POINTS, MOST_CENTS = range(2)
"""Columns of `Steering.quotas`."""


@dataclass(frozen=True, eq=False)
class Steering:
    """What steers the requests of a run; all int64.

    Attributes:
        ranks: how many ranks there are; 1 without a priority.
        rank: (requests,), each request's rank, the lowest tried first.
        named: (requests,), the quotas that name a request: bit n stands for quota n.
        quotas: (quotas, 2): basis points of the line's money, or cents over all lines; NO_LIMIT for the other one.
    """

    ranks: int
    rank: Int
    named: Int
    quotas: Int

    @property
    def over_all_lines(self) -> bool:
        """Whether some quota lets one line's requests take what another line's give back."""
        return bool((self.quotas[:, MOST_CENTS] != NO_LIMIT).any())

    def used(self, cents: Int, line: Int, lines: int) -> Int:
        """What named requests hold: int64 (quotas, lines); over all lines in the first column.

        Args:
            cents: (requests,), committed and not given back.
            line: (requests,), the line of each, 0 where all draw on one pot.
            lines: how many lines.
        """
        out = np.zeros((len(self.quotas), lines), dtype=np.int64)
        for number, row in enumerate(self.quotas):
            mine = (self.named >> number) & 1 == 1
            where = line[mine] if row[MOST_CENTS] == NO_LIMIT else np.zeros(int(mine.sum()), dtype=np.int64)
            np.add.at(out[number], where, cents[mine])
        return out


@lru_cache(maxsize=1)
def steering_of(ground: Ground, requests: RunRequests) -> Steering:
    """The steering rules of a scenario, request by request.

    Args:
        ground: the scenario laid out.
        requests: the run's requests.

    Returns:
        Steering.
    """
    attributes, cells = requests.all, ground.cells
    cell = (requests.branch, attributes.size_band, attributes.situation, attributes.pathway)
    rules = ground.scenario.steering
    named = np.zeros(len(requests), dtype=np.int64)
    quotas: list[tuple[int, int]] = []
    for rule in rules:
        if isinstance(rule, Quota):
            named |= named_cells(cells, rule)[cell].astype(np.int64) << len(quotas)
            points = NO_LIMIT if rule.max_share is None else share_to_basis_points(rule.max_share)
            quotas.append((points, NO_LIMIT if rule.max_eur is None else eur_to_cents(rule.max_eur)))
    ranks, rank = 1, np.zeros(len(requests), dtype=np.int64)
    for rule in rules:
        if isinstance(rule, Priority):
            ranks, rank = len(rule.first) + 1, _ranks(ground, requests, rule)
    return Steering(ranks, rank, named, np.asarray(quotas, dtype=np.int64).reshape(-1, 2))


def _ranks(ground: Ground, requests: RunRequests, rule: Priority) -> Int:
    cells, attributes = ground.cells, requests.all
    codes: list[str]
    if rule.by == "size_group":
        codes = [cells.size_groups[group] for group in cells.size_group_of_band]
        index = attributes.size_band
    elif rule.by == "situation":
        codes, index = list(cells.situations), attributes.situation
    else:
        codes, index = list(cells.pathway_types), attributes.pathway
    last = len(rule.first)
    by_code = [rule.first.index(code) if code in rule.first else last for code in codes]
    return np.asarray(by_code, dtype=np.int64)[index]
