"""What each change contributed: one group of inputs after the other, in the order of the file, on common luck."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from enveloppe.comparing.lived import experienced, kpis_of
from enveloppe.comparing.question import BESIDE, TOLD_ELSEWHERE
from enveloppe.comparing.side import Figures, Measured, gap
from enveloppe.pipeline import NoPlan
from scenarios.loading import canonical_json, resolved
from scenarios.scenario import Scenario

TOLD = ("pathways_net", "need_cents", "committed_cents", "unmet_need_cents", "under50_pathway_share")
"""The figures whose change is told step by step."""


@dataclass(frozen=True, eq=False)
class _Step:
    groups: tuple[str, ...]
    kpis: dict[str, Measured]


def changed_groups(base: Scenario, other: Scenario) -> list[str]:
    """The top-level entries of the scenario that differ, in the order of the file."""
    before, after = resolved(base), resolved(other)
    order = [info.alias or name for name, info in Scenario.model_fields.items()]
    return [key for key in order if key not in (*TOLD_ELSEWHERE, *BESIDE) and before.get(key) != after.get(key)]


def steps(
    base: Scenario, other: Scenario, first: dict[str, Measured], last: dict[str, Measured], jobs: int
) -> list[Figures]:
    """The way from one question to another.

    Args:
        base, other: on the same runs and seed.
        first, last: the figures of both, so that neither is run again.
        jobs: worker processes.

    Returns:
        Rows {groups[], kpis{NAME: difference}}, each against the step before; their means add up to the whole
        difference. Half-way questions that are not sound or have no plan are passed over: their changes are told
        together. Empty where fewer than two groups changed.
    """
    groups = changed_groups(base, other)
    if len(groups) < 2:
        return []
    lived: list[_Step] = [_Step((), first)]
    values, target = resolved(base), resolved(other)
    pending: list[str] = []
    for group in groups[:-1]:
        pending.append(group)
        _put(values, target, group)
        figures = _figures(values, jobs)
        if figures is not None:
            lived.append(_Step(tuple(pending), figures))
            pending = []
    lived.append(_Step((*pending, groups[-1]), last))
    if len(lived) < 3:
        return []
    return [_row(before, after) for before, after in pairwise(lived)]


def _put(values: dict[str, Any], target: dict[str, Any], group: str) -> None:
    if group in target:
        values[group] = target[group]
    else:
        values.pop(group, None)


def _figures(values: dict[str, Any], jobs: int) -> dict[str, Measured] | None:
    try:
        return kpis_of(experienced(Scenario.model_validate_json(canonical_json(values)), jobs))
    except (ValueError, LookupError, NoPlan):
        # A half-way question may name what only a later change brings.
        return None


def _row(before: _Step, after: _Step) -> Figures:
    gaps = {
        name: gap(before.kpis[name], after.kpis[name], paired=True)
        for name in TOLD
        if name in before.kpis and name in after.kpis
    }
    return {"groups": list(after.groups), "kpis": {name: told for name, told in gaps.items() if told is not None}}
