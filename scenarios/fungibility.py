"""What each line may give on a committee date: which lines, how much of what they have free, and what they keep."""

from collections.abc import Sequence

from scenarios.cells import Cells
from scenarios.committee import Fungibility
from scenarios.settings import share_to_basis_points


def movable_cents(
    fungibility: Fungibility, cells: Cells, open_cents: Sequence[int], notified_cents: Sequence[int]
) -> list[int]:
    """The most that each line may give on one date, whole cents.

    Args:
        fungibility: the scenario's rule.
        cells: its lines.
        open_cents: by line, what may be committed.
        notified_cents: by line, what has been notified so far.

    Returns:
        By line: the movable share of its open money, rounded down, as far as it leaves the line the floor share of what
        it was notified, rounded up; nothing from a branch that may not give. A line of no one branch may always give.
    """
    points = share_to_basis_points(fungibility.movable_share)
    floor = share_to_basis_points(fungibility.floor_share)
    giving = fungibility.giving_branches
    gifts = []
    for line, held, notified in zip(cells.lines, open_cents, notified_cents, strict=True):
        may = giving is None or line.branch is None or line.branch in giving
        spare = notified + (-notified * floor // 10_000)
        gifts.append(max(min(max(held, 0) * points // 10_000, spare), 0) if may else 0)
    return gifts
