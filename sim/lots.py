"""A lot: the same few runs of several variants, lived together so that what they share is drawn once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from scenarios.allocation import Allocation
from scenarios.committee import Policy
from scenarios.committee_view import AdviserMaker
from scenarios.scenario import Scenario
from sim.blocks import BLOCK, BlockStore, block_key, to_bytes
from sim.draw_key import draw_key
from sim.drawn import Drawn, draws_of
from sim.engines import engine_named
from sim.experiment import adviser_made
from sim.ground import Ground, ground_of
from sim.one_run import run_once
from sim.outcome import joined

MOST_TOGETHER = 8
"""Variants of a lot: enough for a draw to be paid once, few enough for many workers."""


@dataclass(frozen=True)
class Lived:
    """What a lot needs of one variant: its question, the money of its plan, the policies to live under.

    `made` is what makes the advisers of policies that are handed to the simulator, as in `simulate`.
    """

    question: str
    allocation: Allocation
    policies: tuple[Policy, ...]
    made: tuple[tuple[Policy, AdviserMaker], ...] = ()

    def key(self, block: range) -> str:
        """The name of a stored block, the same as `simulate` gives it."""
        return block_key(self.question, "compiled", self.allocation, self.policies, block, None, self.made)


@dataclass(frozen=True)
class Lot:
    """Some runs of some variants.

    `draws` keeps the requests of runs from one call to another (`sim.drawn`).
    """

    block: range
    variants: tuple[Lived, ...]
    draws: BlockStore | None = None


def blocks_of(runs: int) -> list[range]:
    """The blocks that a number of runs is lived in."""
    return [range(first, min(first + BLOCK, runs)) for first in range(0, runs, BLOCK)]


def live_lot(lot: Lot) -> tuple[bytes, ...]:
    """Live through a lot.

    Args:
        lot: variants may draw alike or not.

    Returns:
        The stored form of each variant's block, in order: the bytes that it has when it is lived alone.
    """
    engine = engine_named("compiled")
    drawn: dict[str, list[Drawn]] = {}
    told = []
    for variant in lot.variants:
        ground, key = _laid_out(variant.question)
        advisers = {policy: adviser_made(variant.question, maker) for policy, maker in variant.made}
        if key not in drawn:
            drawn[key] = list(draws_of(ground, lot.block, lot.draws, key))
        outcomes = [
            run_once(ground, variant.allocation, variant.policies, run, engine, drawn=luck, advisers=advisers)
            for run, luck in zip(lot.block, drawn[key], strict=True)
        ]
        told.append(to_bytes(joined(outcomes)))
    return tuple(told)


@lru_cache(maxsize=2 * MOST_TOGETHER)
def _laid_out(question: str) -> tuple[Ground, str]:
    scenario = Scenario.model_validate_json(question)
    return ground_of(scenario), draw_key(scenario)


def lots_of(wanted: Sequence[tuple[str, Lived, Sequence[range]]], draws: BlockStore | None = None) -> list[Lot]:
    """Blocks of variants put together into lots.

    Args:
        wanted: for each variant what it draws (`draw_key`), what it needs, and the blocks that are not lived yet.
        draws: keeps what is drawn.

    Returns:
        Lots, the runs of the same draws side by side.
    """
    together: dict[tuple[str, range], list[Lived]] = {}
    for key, variant, blocks in wanted:
        for block in blocks:
            together.setdefault((key, block), []).append(variant)
    return [
        Lot(block, tuple(variants[at : at + MOST_TOGETHER]), draws)
        for (_, block), variants in together.items()
        for at in range(0, len(variants), MOST_TOGETHER)
    ]
