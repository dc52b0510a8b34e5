"""What each change contributed, on common luck: whatever the order where changes are few, else one after the other."""

import copy
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Literal

from enveloppe.comparing.contributions import closed, contributions, entries_changed, put
from enveloppe.comparing.lived import experienced, kpis_of
from enveloppe.comparing.question import BESIDE, TOLD_ELSEWHERE
from enveloppe.comparing.side import Figures, Measured
from enveloppe.pipeline import NoPlan
from scenarios.loading import resolved
from scenarios.scenario import Scenario
from sim.workers import Workers

TOLD = (
    "pathways_committed",
    "pathways_net",
    "need_cents",
    "committed_cents",
    "unmet_need_cents",
    "under50_pathway_share",
)
"""The figures whose change is attributed."""
MOST_CHANGES = 4
"""Changes that are attributed in every order: 2**4 questions are lived, of which two are known already."""

Path = tuple[str, ...]
Kpis = dict[str, Measured]


@dataclass(frozen=True)
class Way:
    """The way from one question to another.

    Attributes:
        method: "shapley" where every order of the changes was lived, "in_order" where only that of the file was.
        rows: {groups[], kpis{NAME: difference}}; their means add up to the whole difference.
    """

    method: Literal["shapley", "in_order"]
    rows: list[Figures]


def changed_groups(base: Scenario, other: Scenario) -> list[str]:
    """The top-level entries of the scenario that differ, in the order of the file."""
    return list(dict.fromkeys(path[0] for path in changed_values(base, other)))


def changed_values(base: Scenario, other: Scenario) -> list[Path]:
    """The single values that differ (a list is one), in the order of the file."""
    order = [info.alias or name for name, info in Scenario.model_fields.items()]
    found = [
        path
        for path in entries_changed(resolved(base), resolved(other))
        if path[0] not in TOLD_ELSEWHERE and ".".join(path) not in BESIDE and path[0] not in BESIDE
    ]
    return sorted(found, key=lambda path: order.index(path[0]))


def steps(
    base: Scenario,
    other: Scenario,
    first: Kpis,
    last: Kpis,
    jobs: Workers,
    lived: Callable[[], None] = lambda: None,
) -> Way | None:
    """What each change between two questions contributed.

    Up to MOST_CHANGES changed values are attributed one by one; more of them by section of the file, as long as there
    are no more sections than that; beyond, sections are changed one after the other, in the order of the file.

    Args:
        base, other: on the same runs and seed.
        first, last: the figures of both, so that neither is run again.
        jobs: worker processes, or the address of a Dask cluster.
        lived: told each time that a question in between has been lived.

    Returns:
        The way; None where fewer than two changes can be told apart.
    """
    values = changed_values(base, other)
    sections: list[Path] = [(group,) for group in changed_groups(base, other)]
    if len(values) < 2:
        return None
    known: dict[str, Kpis | None] = {}

    def figures(question: dict[str, Any]) -> Kpis | None:
        # In the order of the file, which is part of the question: sizes and types are drawn in it.
        text = json.dumps(question, ensure_ascii=False)
        if text not in known:
            known[text] = _figures(text, jobs)
            lived()
        return known[text]

    for changes in (values, sections):
        if 2 <= len(changes) <= MOST_CHANGES:
            rows = _in_every_order(changes, resolved(base), resolved(other), first, last, figures)
            if rows is not None:
                return Way("shapley", rows)
    rows = _one_after_the_other(sections, resolved(base), resolved(other), first, last, figures)
    return Way("in_order", rows) if rows else None


Living = Callable[[dict[str, Any]], Kpis | None]


def _in_every_order(
    changes: Sequence[Path], before: dict[str, Any], after: dict[str, Any], first: Kpis, last: Kpis, figures: Living
) -> list[Figures] | None:
    def lived(made: frozenset[int]) -> Kpis | None:
        if not made:
            return first
        if len(made) == len(changes):
            return last
        question = copy.deepcopy(before)
        for number in sorted(made):
            put(question, after, changes[number])
        return figures(question)

    found = contributions(len(changes), lived, TOLD)
    if found is None:
        return None
    return [{"groups": [".".join(path)], "kpis": kpis} for path, kpis in zip(changes, found, strict=True)]


def _one_after_the_other(
    changes: Sequence[Path], before: dict[str, Any], after: dict[str, Any], first: Kpis, last: Kpis, figures: Living
) -> list[Figures]:
    """Questions in between that are not sound or have no plan are passed over: their changes are told together."""
    lived: list[tuple[list[Path], Kpis]] = [([], first)]
    question, pending = copy.deepcopy(before), []
    for change in changes[:-1]:
        pending.append(change)
        put(question, after, change)
        found = figures(copy.deepcopy(question))
        if found is not None:
            lived.append((pending, found))
            pending = []
    lived.append(([*pending, changes[-1]], last))
    if len(lived) < 3:
        return []
    rows: list[Figures] = [{"groups": [".".join(path) for path in paths], "kpis": {}} for paths, _ in lived[1:]]
    for name in TOLD:
        runs = [kpis[name].runs for _, kpis in lived if name in kpis]
        known = [values for values in runs if values is not None]
        if len(known) < len(lived):
            continue
        parts = [later - earlier for earlier, later in pairwise(known)]
        told = closed(parts, known[-1] - known[0], str(first[name].estimate["unit"]))
        for row, figure in zip(rows, told, strict=True):
            row["kpis"][name] = figure
    return rows


def _figures(question: str, jobs: Workers) -> Kpis | None:
    try:
        return kpis_of(experienced(Scenario.model_validate_json(question), jobs))
    except (ValueError, LookupError, NoPlan):
        # A question in between may name what only another change brings.
        return None
