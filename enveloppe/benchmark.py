"""A benchmark: two ways to the same result measured side by side in one call, told as a ratio."""

import importlib.util
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

FOLDER = Path(__file__).parent.parent / "benchmarks"
"""Beside the packages in a checkout. Benchmarks measure the project and are no part of what is installed; they are read
from there by path, so that no top-level name `benchmarks` is claimed on a user's machine."""
_PACKAGE = "enveloppe_benchmarks"


@dataclass(frozen=True)
class Measured:
    """What a benchmark found: its value, and what was measured in words."""

    value: float
    note: str


@dataclass(frozen=True)
class Benchmark:
    """One benchmark.

    Attributes:
        name: what `--only` takes.
        unit: of the value: "x" for a ratio, "s" for seconds.
        bar: what the value is held against.
        holds: whether the value must be `at_most` or `at_least` the bar.
        measure: measures, in one call.
        large: takes minutes; run only when named.
    """

    name: str
    unit: str
    bar: float
    holds: Literal["at_most", "at_least"]
    measure: Callable[[], Measured]
    large: bool = False

    def held(self, value: float) -> bool:
        """Whether a value keeps to the bar."""
        return value <= self.bar if self.holds == "at_most" else value >= self.bar


def benchmarks(folder: Path = FOLDER) -> tuple[Benchmark, ...]:
    """The benchmarks of a checkout, in the order of their list.

    Args:
        folder: where their list (`__init__.py`) stands.

    Raises:
        FileNotFoundError: where this is an installed copy without its checkout.
    """
    start = folder / "__init__.py"
    if not start.is_file():
        raise FileNotFoundError(str(folder))
    spec = importlib.util.spec_from_file_location(_PACKAGE, start, submodule_search_locations=[str(folder)])
    if spec is None or spec.loader is None:
        raise FileNotFoundError(str(folder))
    package = importlib.util.module_from_spec(spec)
    sys.modules[_PACKAGE] = package
    spec.loader.exec_module(package)
    found: tuple[Benchmark, ...] = package.BENCHMARKS
    return found
