"""Tables by cell, summed to the lines that the plan notifies."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from scenarios.cells import Cells

Float = NDArray[np.float64]


class ByLine(NamedTuple):
    """Pathways by cell, and how tables beside them come to lines.

    Attributes:
        cells: the cells.
        asked: float64 (periods, segments, branches, bands, situations, types), pathways.
    """

    cells: Cells
    asked: Float

    def sums(self, table: Float) -> Float:
        """A table float64 (..., branches, bands, situations, types), summed by line: float64 (lines, ...)."""
        flat = table.reshape(*table.shape[: table.ndim - 4], -1)
        out = np.zeros((len(self.cells.lines), *flat.shape[:-1]))
        np.add.at(out, self.cells.line_of_cell.ravel(), np.moveaxis(flat, -1, 0))
        return out

    def pathways(self) -> Float:
        """Pathways, float64 (lines, periods)."""
        return self.sums(self.asked.sum(axis=1))

    def means_by_period(self, values: Float) -> Float:
        """The mean of a value of one pathway, float64 (lines, periods); where nothing is asked the line's own mean."""
        total, money = self.pathways(), self.sums((self.asked * values).sum(axis=1))
        whole = ratio(money.sum(axis=1), total.sum(axis=1))[:, None]
        return np.where(total > 0, ratio(money, total), whole)

    def means(self, values: Float) -> Float:
        """The mean of a value of one pathway over the year, float64 (lines,)."""
        return ratio(self.sums((self.asked * values).sum(axis=(0, 1))), self.pathways().sum(axis=1))

    def mix(self, axis: int) -> Float:
        """The mix along an axis of the cells, float64 (lines, its length): 1 a row, or 0 where nothing is asked."""
        shape = self.cells.shape
        out = np.zeros((len(self.cells.lines), shape[axis]))
        index = np.indices(shape)[axis].ravel()
        np.add.at(out, (self.cells.line_of_cell.ravel(), index), self.asked.sum(axis=(0, 1)).ravel())
        return ratio(out, out.sum(axis=1, keepdims=True))


def ratio(top: Float, bottom: Float) -> Float:
    """One table over another of a shape that spreads to its own; 0 where there is nothing below."""
    bottom = np.broadcast_to(bottom, top.shape)
    return np.divide(top, bottom, out=np.zeros_like(top), where=bottom > 0)
