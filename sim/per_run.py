"""The figures of findings run by run, so that two experiments on the same luck can be compared run by run."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from sim.experiment import Experiment
from sim.kpis import KPIS, Seen
from sim.part_kpis import Part, branches_of, size_groups_of
from sim.statistics import floats

Float = NDArray[np.float64]

PART_FIELDS = {"pathways_net": "pathways", "committed_cents": "cents"}
"""What branches and sizes of company are compared by, and its unit."""


def kpis_by_run(experiment: Experiment) -> dict[str, tuple[str, Float]]:
    """The unit and the values of each key figure under the headline policy.

    Args:
        experiment: its first policy is the headline.

    Returns:
        By name: the unit, and float64 (runs,) with NaN where the figure does not apply.
    """
    seen = Seen(experiment, experiment.policies[0])
    told = ((kpi, kpi.of(seen)) for kpi in KPIS)
    return {kpi.name: (kpi.unit, values) for kpi, values in told if values is not None}


def branches_by_run(experiment: Experiment) -> dict[str, dict[str, Float]]:
    """`PART_FIELDS` of each branch: float64 (runs,)."""
    seen = Seen(experiment, experiment.policies[0])
    return _by_code(experiment.ground.cells.branches, branches_of(seen))


def size_groups_by_run(experiment: Experiment) -> dict[str, dict[str, Float]]:
    """`PART_FIELDS` of each size group: float64 (runs,)."""
    seen = Seen(experiment, experiment.policies[0])
    return _by_code(experiment.ground.cells.size_groups, size_groups_of(seen))


def _by_code(codes: Sequence[str], parts: list[Part]) -> dict[str, dict[str, Float]]:
    return {
        code: {name: floats(part.sums[name]) for name in PART_FIELDS} for code, part in zip(codes, parts, strict=True)
    }
