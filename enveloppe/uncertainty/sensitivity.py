"""What moves the projection: one figure at a time (tornado), and all together (Sobol indices with intervals)."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from enveloppe.advisers import ADVISERS
from scenarios.allocation import Allocation
from scenarios.figure_at import current, with_figure
from scenarios.scenario import Scenario
from scenarios.uncertainty import Range
from sim.experiment import simulate
from sim.kpis import Seen, exhausted, need_cents, overrun, pathways_net
from sim.statistics import figure
from sim.workers import Workers, over_workers

Float = NDArray[np.float64]
Progress = Callable[[int, int], None]

OUTCOMES: tuple[tuple[str, str], ...] = (
    ("pathways_net", "pathways"),
    ("exhausted", "probability"),
    ("overrun", "probability"),
    ("need_cents", "cents"),
)
"""What is watched, and its unit: net pathways, whether the money runs out, whether need exceeds it, and the need."""
RESAMPLES = 200
"""Bootstrap resamples of the intervals."""


def sensitivity(scenario: Scenario, allocation: Allocation, jobs: Workers, progress: Progress) -> dict[str, Any]:
    """The sensitivity of the projection to the declared ranges.

    Args:
        scenario: lived, with `uncertainty.ranges`.
        allocation: what the plan notifies, the same at every point.
        jobs: worker processes.
        progress: told how many points are lived through.

    Returns:
        The section `uncertainty.sensitivity` of docs/findings.md, what moves net pathways most first.

    Source: Saltelli et al. 2010 for the estimators, as in `scipy.stats.sobol_indices`; every point meets the same luck.
    """
    asked = scenario.uncertainty
    ranges, count = asked.ranges, asked.sensitivity_points
    low, high = (np.asarray([getattr(one, end) for one in ranges], dtype=np.float64) for end in ("low", "high"))
    sample = _points(len(ranges), count, scenario.seed)
    first, second = low + sample[0] * (high - low), low + sample[1] * (high - low)
    mixed = [np.where(np.arange(len(ranges)) == at, second, first) for at in range(len(ranges))]
    base = np.asarray([current(scenario, one.key) for one in ranges])
    ends = [np.where(np.arange(len(ranges)) == at, end, base) for at in range(len(ranges)) for end in (low, high)]
    points = np.concatenate([base[None], np.asarray(ends), first, second, *mixed])
    values = _lived(scenario, allocation, ranges, points, jobs, progress)
    middle, tornado = values[0], values[1 : 1 + 2 * len(ranges)].reshape(len(ranges), 2, -1)
    rest = values[1 + 2 * len(ranges) :].reshape(2 + len(ranges), count, -1)
    indices = _sobol(rest, scenario.seed)
    rows = []
    for at, one in enumerate(ranges):
        outcomes = {}
        for number, (name, unit) in enumerate(OUTCOMES):
            told: dict[str, Any] = {
                "low": figure(tornado[at, 0, number]),
                "high": figure(tornado[at, 1, number]),
                "unit": unit,
            }
            outcomes[name] = told | indices.get((number, at), {})
        rows.append({"key": one.key, "low": one.low, "high": one.high, "base": figure(base[at]), "outcomes": outcomes})
    rows.sort(key=lambda row: -_swing(row))
    return {
        "runs": asked.sensitivity_runs,
        "points": count,
        "base": {name: figure(middle[number]) for number, (name, _) in enumerate(OUTCOMES)},
        "rows": rows,
    }


def _swing(row: dict[str, Any]) -> float:
    told = row["outcomes"]["pathways_net"]
    return abs(float(told["high"]) - float(told["low"]))


def _points(dimensions: int, count: int, seed: int) -> Float:
    """Two samples of the unit cube, float64 (2, count, dimensions): halves of one scrambled Sobol sequence."""
    from scipy.stats import qmc

    sequence = qmc.Sobol(2 * dimensions, scramble=True, rng=np.random.Generator(np.random.Philox(seed)))
    whole = sequence.random(count)
    return np.stack([whole[:, :dimensions], whole[:, dimensions:]])


def _sobol(values: Float, seed: int) -> dict[tuple[int, int], dict[str, Any]]:
    """First and total indices with their intervals by (outcome, range); none where an outcome never moves.

    Intervals are percentiles of a bootstrap over the points, with luck of its own: SciPy's takes the global one.
    """
    told: dict[tuple[int, int], dict[str, Any]] = {}
    count = values.shape[1]
    generator = np.random.Generator(np.random.Philox(seed))
    draws = generator.integers(0, count, (RESAMPLES, count))
    for number in range(values.shape[2]):
        outcome = values[:, :, number]
        if np.ptp(outcome[:2]) == 0:
            continue
        found = _indices(outcome)
        again = np.asarray([_indices(outcome[:, draw]) for draw in draws if np.ptp(outcome[:2, draw]) > 0])
        for at in range(len(values) - 2):
            told[number, at] = {
                name: _index(found[which, at], again[:, which, at]) for which, name in enumerate(("first", "total"))
            }
    return told


def _indices(outcome: Float) -> Float:
    """First and total indices, float64 (2, ranges), of values at A, at B and at each mixture (2 + ranges, points)."""
    from scipy.stats import sobol_indices

    parts: Any = {"f_A": outcome[0][None], "f_B": outcome[1][None], "f_AB": outcome[2:, None, :]}
    found = sobol_indices(func=parts, n=outcome.shape[1])
    return np.stack([np.reshape(found.first_order, -1), np.reshape(found.total_order, -1)])


def _index(value: float, again: Float) -> dict[str, float]:
    low, high = np.quantile(again, [0.025, 0.975], method="inverted_cdf")
    return {"value": figure(float(value)), "ci_low": figure(float(low)), "ci_high": figure(float(high))}


def _lived(
    scenario: Scenario,
    allocation: Allocation,
    ranges: tuple[Range, ...],
    points: Float,
    jobs: Workers,
    progress: Progress,
) -> Float:
    """Outcomes at every point, float64 (points, outcomes)."""
    task = _Task(scenario.model_dump_json(by_alias=True), allocation, tuple(one.key for one in ranges))
    pieces = [tuple(point.tolist()) for point in points]
    numbered = list(enumerate(pieces))
    out = np.zeros((len(points), len(OUTCOMES)))
    done = 0
    if jobs != 1:
        with closing(over_workers(task, numbered, jobs)) as answers:
            for (number, _), found in answers:
                out[number] = found
                done += 1
                progress(done, len(points))
    else:
        for number, piece in numbered:
            out[number] = task((number, piece))
            progress(number + 1, len(points))
    return out


@dataclass(frozen=True)
class _Task:
    """One point lived through, here or in a worker."""

    question: str
    allocation: Allocation
    keys: tuple[str, ...]

    def __call__(self, point: tuple[int, tuple[float, ...]]) -> tuple[float, ...]:
        scenario = Scenario.model_validate_json(self.question)
        for key, value in zip(self.keys, point[1], strict=True):
            scenario = with_figure(scenario, key, value)
        runs, policy = scenario.uncertainty.sensitivity_runs, scenario.committee.policy
        lived = simulate(scenario, self.allocation, policies=(policy,), runs=runs, advisers=ADVISERS)
        seen = Seen(lived, lived.policies[0])
        return tuple(float(of(seen).mean()) for of in (pathways_net, exhausted, overrun, need_cents))
