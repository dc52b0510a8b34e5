"""The key figures of a part of the scheme: a line, a branch or a size group."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.calendar import DAY
from sim.ground import NEVER, Ground
from sim.kpis import Seen
from sim.outcome import CELL_FIELDS
from sim.statistics import floats, ratio

Float = NDArray[np.float64]
Table = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Part:
    """What happened in one part, run by run.

    Attributes:
        sums: the names of `CELL_FIELDS`, companies, asked_requests, asked_pathways, need_cents, and notified_cents
            where money is notified to the part: int64 (runs,).
        exhausted_minute: int64 (runs,), of the first request parked for money; NEVER where there was none.
    """

    sums: dict[str, Table]
    exhausted_minute: Table


@dataclass(frozen=True)
class PartKpi:
    """A key figure of a part: its name, its unit, and how it is computed (None: it does not apply)."""

    name: str
    unit: str
    of: Callable[[Part], Float | None]


def _sum(name: str) -> Callable[[Part], Float | None]:
    def of(part: Part) -> Float | None:
        values = part.sums.get(name)
        return None if values is None else floats(values)

    return of


def _served_share(part: Part) -> Float:
    """Committed / asked pathways."""
    return ratio(part.sums["pathways_committed"], part.sums["asked_pathways"])


def _support_coverage(part: Part) -> Float:
    """Support / min(pay, ceiling), over committed trainees entitled to support."""
    return ratio(part.sums["gross_support_cents"], part.sums["base_pay_cents"])


def _wait_days(part: Part) -> Float:
    """Days from filing to the commitment, a mean over committed requests."""
    return ratio(part.sums["wait_minutes"], part.sums["commitments"] * DAY)


def _mean_cost(part: Part) -> Float:
    """What the fund committed, gross, for a gross pathway."""
    return ratio(part.sums["gross_committed_cents"], part.sums["pathways_committed"])


PART_KPIS: tuple[PartKpi, ...] = (
    PartKpi("asked_pathways", "pathways", _sum("asked_pathways")),
    PartKpi("pathways_committed", "pathways", _sum("pathways_committed")),
    PartKpi("pathways_net", "pathways", _sum("pathways_net")),
    PartKpi("committed_cents", "cents", _sum("committed_cents")),
    PartKpi("notified_cents", "cents", _sum("notified_cents")),
    PartKpi("need_cents", "cents", _sum("need_cents")),
    PartKpi("paid_cents", "cents", _sum("paid_cents")),
    PartKpi("served_share", "share", _served_share),
    PartKpi("parked", "requests", _sum("parked")),
    PartKpi("refused", "requests", _sum("refused")),
    PartKpi("support_cents", "cents", _sum("support_cents")),
    PartKpi("support_coverage", "share", _support_coverage),
    PartKpi("wait_days", "days", _wait_days),
    PartKpi("companies", "companies", _sum("companies")),
    PartKpi("mean_cost_cents", "cents", _mean_cost),
)
"""The figures of lines, branches and size groups alike."""


def lines_of(seen: Seen) -> list[Part]:
    """Each line, in the order of the cells' lines."""
    need, done = seen.experiment.need.by_line, seen.outcome.by_line
    names = (*CELL_FIELDS, "companies", "notified_cents")
    return [
        Part(
            {**{name: done[name][:, line] for name in names}, **{name: table[:, line] for name, table in need.items()}},
            done["exhausted_minute"][:, line],
        )
        for line in range(len(seen.experiment.ground.cells.lines))
    ]


def branches_of(seen: Seen) -> list[Part]:
    """Each branch, in the order of the file."""
    owner = seen.experiment.ground.cells.branch_of_line
    return [
        _part(seen, (index, slice(None)), np.flatnonzero(owner == index))
        for index in range(len(seen.experiment.ground.cells.branches))
    ]


def size_groups_of(seen: Seen) -> list[Part]:
    """Each size group, in the order of the bands."""
    owner = group_of_line(seen.experiment.ground)
    return [
        _part(seen, (slice(None), index), np.flatnonzero(owner == index))
        for index in range(len(seen.experiment.ground.cells.size_groups))
    ]


def group_of_line(ground: Ground) -> Table:
    """The size group of each line, -1 where lines are not by size: int64 (lines,)."""
    cells, out = ground.cells, []
    for line in cells.lines:
        if line.size_group is not None:
            out.append(cells.size_groups.index(line.size_group))
        elif line.size_band is not None:
            out.append(cells.size_group_of_band[cells.size_bands.index(line.size_band)])
        else:
            out.append(-1)
    return np.asarray(out, dtype=np.int64)


def _part(seen: Seen, where: tuple[int | slice, int | slice], lines: Table) -> Part:
    def cut(table: Table) -> Table:
        chosen = table[:, where[0], where[1]]
        return chosen.reshape(len(chosen), -1)

    need, done = seen.experiment.need.by_pair, seen.outcome.by_pair
    sums = {name: cut(done[name]).sum(axis=1) for name in (*CELL_FIELDS, "companies")}
    sums |= {name: cut(table).sum(axis=1) for name, table in need.items()}
    if len(lines):
        sums["notified_cents"] = seen.outcome.by_line["notified_cents"][:, lines].sum(axis=1)
    return Part(sums, cut(done["exhausted_minute"]).min(axis=1, initial=NEVER))
