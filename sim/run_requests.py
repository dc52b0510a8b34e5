"""All requests of one run in one table, in the order that breaks ties: branch code, then number."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from scenarios.attributes import Requests
from sim.ground import Ground

Int = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class InFlight:
    """What is known of a run's requests before its first day, where it starts from a stock.

    Attributes:
        minute: the first minute that is lived.
        arrives: int64 (requests,), when each reaches the desk; NEVER where it has been decided on already.
        decided: int64 (requests,), when each was decided on; NEVER where it is not.
        fate: int64 (requests, FATES), see `sim.standing`.
        advances: int64 (requests, ADVANCES), those that were paid, columns as in `sim.life_state`.
    """

    minute: int
    arrives: Int
    decided: Int
    fate: Int
    advances: Int


@dataclass(frozen=True, eq=False)
class RunRequests:
    """Requests of all branches; a request's *place* is its row here. Arrays are int64 (requests,).

    Attributes:
        all: the attributes (see `scenarios.attributes.Requests`), rows in the order of places.
        branch: index of the branch in the file.
        line: index of the line.
        company: number of the company, over all branches and bands.
        run: the number of the run that they are filed in.
        in_flight: what is known of them before the first day; None where the run starts with the opening.
    """

    all: Requests
    branch: Int
    line: Int
    company: Int
    run: int = 0
    in_flight: InFlight | None = None

    def __len__(self) -> int:
        """How many requests are filed in the run."""
        return len(self.branch)

    @property
    def arrives(self) -> Int:
        """When each request reaches the desk, int64 (requests,); NEVER where it has been decided on already."""
        return self.all.filing_minute if self.in_flight is None else self.in_flight.arrives


def together(ground: Ground, by_branch: tuple[Requests, ...], run: int = 0) -> RunRequests:
    """Put the branches' requests into one table.

    Args:
        ground: the scenario laid out.
        by_branch: requests by branch, in the order of the file.
        run: the number of their run.

    Returns:
        RunRequests.
    """
    order = ground.branches_by_code
    merged = Requests(
        **{
            field.name: np.concatenate([getattr(by_branch[branch], field.name) for branch in order])
            for field in fields(Requests)
        }
    )
    counts = [len(by_branch[branch].number) for branch in order]
    branch = np.repeat(np.asarray(order, dtype=np.int64), counts)
    cell = (branch, merged.size_band, merged.situation, merged.pathway)
    return RunRequests(
        all=merged,
        branch=branch,
        line=ground.cells.line_of_cell[cell],
        company=ground.company_offsets[branch, merged.size_band] + merged.company,
        run=run,
    )
