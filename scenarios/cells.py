"""Cells and lines: the keys of every table that travels between rooms.

A cell is (branch, size band, situation, pathway type); a line is the group of cells at which money is planned,
notified *and* debited (model.md, section 1).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.scenario import Scenario

Int = NDArray[np.int64]

AXES = ("branch", "size_band", "situation", "pathway")


@dataclass(frozen=True)
class Line:
    """One line: its key in files, and the attributes that make it (absent ones are not steered by)."""

    key: str
    branch: str | None = None
    size_group: str | None = None
    size_band: str | None = None
    situation: str | None = None
    pathway: str | None = None


@dataclass(frozen=True, eq=False)
class Cells:
    """The axes of a scenario's cells and the line of each cell.

    Attributes:
        branches, size_bands, situations, pathway_types: codes, in the order of the file.
        size_group_of_band: for each band, the index of its group in `size_groups`.
        lines: the lines, in the order of their attributes' codes.
        line_of_cell: int64 (branch, band, situation, type): the index of the cell's line.
        branch_of_line: int64 (line,): the index of the line's branch, -1 where lines are not by branch.
    """

    branches: tuple[str, ...]
    size_bands: tuple[str, ...]
    situations: tuple[str, ...]
    pathway_types: tuple[str, ...]
    size_groups: tuple[str, ...]
    size_group_of_band: tuple[int, ...]
    lines: tuple[Line, ...]
    line_of_cell: Int
    branch_of_line: Int

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """The number of branches, bands, situations and types."""
        return (len(self.branches), len(self.size_bands), len(self.situations), len(self.pathway_types))


def cells_of(scenario: Scenario) -> Cells:
    """The cells and lines of a scenario.

    Args:
        scenario: a checked scenario.

    Returns:
        Cells; lines are the product of the codes of the attributes in `scenario.lines`, the first varying slowest.
    """
    scheme = scenario.scheme
    branches, bands = tuple(scenario.branches), tuple(scheme.size_bands)
    situations, types = tuple(scheme.situations), tuple(scheme.pathway_types)
    groups = scheme.size_groups
    group_of_band = tuple(groups.index(band.group) for band in scheme.size_bands.values())
    shape = (len(branches), len(bands), len(situations), len(types))
    grid = np.indices(shape)
    codes: dict[str, tuple[tuple[str, ...], Int]] = {
        "branch": (branches, grid[0]),
        "size_group": (groups, np.asarray(group_of_band, dtype=np.int64)[grid[1]]),
        "size_band": (bands, grid[1]),
        "situation": (situations, grid[2]),
        "pathway": (types, grid[3]),
    }
    line_of_cell = np.zeros(shape, dtype=np.int64)
    keys: list[dict[str, str]] = [{}]
    for attribute in dict.fromkeys(scenario.lines):
        names, index = codes[attribute]
        line_of_cell = line_of_cell * len(names) + index
        keys = [{**key, attribute: name} for key in keys for name in names]
    lines = tuple(Line(key="/".join(key.values()), **key) for key in keys)
    place = {code: number for number, code in enumerate(branches)}
    branch_of_line = np.asarray([place.get(line.branch or "", -1) for line in lines], dtype=np.int64)
    return Cells(branches, bands, situations, types, groups, group_of_band, lines, line_of_cell, branch_of_line)
