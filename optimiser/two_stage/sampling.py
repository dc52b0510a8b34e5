"""Distributions that are too large to list: independent blocks, sampled by numbered luck."""

import math
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from optimiser.two_stage.programme import Part, Runs, Varying
from scenarios.luck import raw_draws

Float = NDArray[np.float64]

MOST_LISTED = 100_000
"""More outcomes than this are sampled, not listed."""


class Source(Protocol):
    """Where runs come from."""

    def sample(self, count: int, seed: int, purpose: str, number: int = 0) -> Runs:
        """Runs of equal probability; another purpose or number gives others, a longer call only appends."""


@dataclass(frozen=True)
class Element:
    """One figure of the second stage that varies: a part, and its place in it."""

    part: Part
    place: int


@dataclass(frozen=True, eq=False)
class Block:
    """Figures that vary together.

    Attributes:
        elements: which.
        probability: float64 (outcomes,), adding up to 1.
        values: float64 (outcomes, elements).
    """

    elements: tuple[Element, ...]
    probability: Float
    values: Float

    def __post_init__(self) -> None:
        """Refuse what is no distribution."""
        if self.values.shape != (len(self.probability), len(self.elements)) or not len(self.probability):
            raise ValueError("a block needs a value for each outcome and element")
        if not (self.probability >= 0).all() or abs(float(self.probability.sum()) - 1.0) > 1e-6:
            raise ValueError(f"the probabilities of {self.elements[0]} do not add up to 1")

    def drawn(self, raw: NDArray[np.uint64]) -> Float:
        """The values that raw draws fall on, float64 (draws, elements)."""
        edges = np.cumsum(self.probability / self.probability.sum())[:-1]
        return self.values[np.searchsorted(edges, _unit(raw), side="right")]


@dataclass(frozen=True)
class Between:
    """Figures that move as one, equally likely anywhere between two values.

    Attributes:
        elements: which.
        low, high: the two ends of each.
    """

    elements: tuple[Element, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]

    def drawn(self, raw: NDArray[np.uint64]) -> Float:
        """The values that raw draws fall on, float64 (draws, elements)."""
        low = np.asarray(self.low)
        return np.asarray(low + (np.asarray(self.high) - low) * _unit(raw)[:, None], dtype=np.float64)


@dataclass(frozen=True, eq=False)
class Independent:
    """Blocks that vary apart from each other.

    Attributes:
        blocks: no figure stands in two of them.
    """

    blocks: tuple[Block | Between, ...]

    def __post_init__(self) -> None:
        """Refuse a figure that varies twice."""
        elements = [element for block in self.blocks for element in block.elements]
        if len(set(elements)) != len(elements):
            raise ValueError("a figure stands in two blocks")

    @property
    def outcomes(self) -> int | None:
        """How many there are in all; None where a figure varies without steps."""
        if any(isinstance(block, Between) for block in self.blocks):
            return None
        return math.prod(len(block.probability) for block in self.blocks if isinstance(block, Block))

    def listed(self) -> Runs:
        """Every outcome with its probability.

        Raises:
            ValueError: where there are more than MOST_LISTED.
        """
        count = self.outcomes
        if count is None or count > MOST_LISTED:
            raise ValueError("too many outcomes to list: sample them")
        places = np.indices([len(b.probability) for b in self.blocks if isinstance(b, Block)]).reshape(
            len(self.blocks), count
        )
        probability = np.ones(count)
        drawn = []
        for block, place in zip(self.blocks, places, strict=True):
            if isinstance(block, Block):
                probability = probability * block.probability[place]
                drawn.append(block.values[place])
        return Runs(probability / probability.sum(), self._varying(drawn))

    def sample(self, count: int, seed: int, purpose: str, number: int = 0) -> Runs:
        """Runs of equal probability.

        Args:
            count: how many.
            seed: of the luck.
            purpose: what the runs are for; fresh runs have another purpose than those that were optimised.
            number: of the sample, from 0.

        Returns:
            Runs; a longer sample begins with the shorter one.
        """
        drawn = [
            block.drawn(raw_draws(seed, f"two_stage/{purpose}", number, str(at), count))
            for at, block in enumerate(self.blocks)
        ]
        return Runs(np.full(count, 1.0 / count), self._varying(drawn))

    def _varying(self, drawn: list[Float]) -> tuple[Varying, ...]:
        by_part: dict[Part, tuple[list[int], list[Float]]] = {}
        for block, values in zip(self.blocks, drawn, strict=True):
            for at, element in enumerate(block.elements):
                places, columns = by_part.setdefault(element.part, ([], []))
                places.append(element.place)
                columns.append(values[:, at])
        return tuple(
            Varying(part, np.asarray(places, dtype=np.int64), np.column_stack(columns))
            for part, (places, columns) in by_part.items()
        )


@dataclass(frozen=True, eq=False)
class Listed:
    """A list of runs, to be sampled from with replacement."""

    runs: Runs

    def sample(self, count: int, seed: int, purpose: str, number: int = 0) -> Runs:
        """Runs of equal probability drawn from the list; arguments as `Independent.sample`."""
        edges = np.cumsum(self.runs.probability / self.runs.probability.sum())[:-1]
        place = np.searchsorted(edges, _unit(raw_draws(seed, f"two_stage/{purpose}", number, "", count)), side="right")
        varying = tuple(Varying(one.part, one.places, one.values[place]) for one in self.runs.varying)
        return Runs(np.full(count, 1.0 / count), varying)


def _unit(raw: NDArray[np.uint64]) -> Float:
    return (raw >> np.uint64(11)).astype(np.float64) * 2.0**-53
