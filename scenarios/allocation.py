"""The allocation that crosses from the plan to the simulation: euros by line, in whole cents."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Allocation:
    """Money notified to each line.

    Attributes:
        notified_cents: one whole number of cents a line, in the order of `cells.lines`, at least 0.
    """

    notified_cents: tuple[int, ...]

    def __post_init__(self) -> None:
        """Refuse negative money."""
        if any(cents < 0 for cents in self.notified_cents):
            raise ValueError("a line cannot be notified less than nothing")

    @property
    def total_cents(self) -> int:
        """What is notified in all."""
        return sum(self.notified_cents)
