"""The two engines of the simulator: the compiled kernel, which works by default, and the SimPy model, which judges."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol, get_args

from scenarios.allocation import Allocation
from scenarios.committee import Policy
from scenarios.committee_view import Adviser
from sim.desk import DeskWatch, Examined
from sim.ground import Ground
from sim.lived import Lived, Watch
from sim.price_list import PriceList
from sim.run_requests import RunRequests
from sim.standing import Standing

EngineName = Literal["compiled", "simpy"]

NAMES: tuple[EngineName, ...] = get_args(EngineName)

Examine = Callable[[Ground, RunRequests, DeskWatch | None], Examined]


class Live(Protocol):
    """A run lived through under a policy, see `sim.model.live`."""

    def __call__(
        self,
        ground: Ground,
        requests: RunRequests,
        examined: Examined,
        prices: PriceList,
        policy: Policy,
        allocation: Allocation,
        watch: Watch | None = None,
        begins: Standing | None = None,
        adviser: Adviser | None = None,
        until: int | None = None,
    ) -> Lived:
        """What became of the run's requests."""


@dataclass(frozen=True)
class Engine:
    """How a run is lived; both engines leave the same events and the same tables.

    Attributes:
        name: of the engine.
        examine: the desk's part, see `sim.desk.examine`.
        live: the life afterwards, see `sim.model.live`.
    """

    name: EngineName
    examine: Examine
    live: Live


def engine_named(name: EngineName) -> Engine:
    """An engine; its modules are loaded here and not before, because each brings a library with it."""
    if name == "simpy":
        from sim.desk import examine as examine_by_processes
        from sim.model import live as live_by_processes

        return Engine(name, examine_by_processes, live_by_processes)
    from sim.compiled_desk import examine as examine_by_kernel
    from sim.compiled_life import live as live_by_kernel

    return Engine(name, examine_by_kernel, live_by_kernel)
