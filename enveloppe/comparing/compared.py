"""A comparison as plain values: what docs/comparison.md lays down and reports read."""

from collections.abc import Sequence
from typing import Any

from enveloppe.comparing.question import question_changes
from enveloppe.comparing.side import Figures, Measured, Side, gap, same_luck
from enveloppe.comparing.steps import Way

SCHEMA = 1


def compared(sides: Sequence[Side], ways: Sequence[Way | None]) -> Figures:
    """Every side against the first.

    Args:
        sides: at least two.
        ways: for each side but the first, what each change contributed; None where that is not known.

    Returns:
        The comparison; no clock, path of this machine or number of workers.
    """
    base = sides[0]
    return {
        "schema": SCHEMA,
        "scenario": {
            **base.scenario,
            "branches": _united("branch", "branches", sides),
            "size_groups": _united("size_group", "size_groups", sides),
        },
        "sides": [
            {
                **{
                    key: side.scenario[key]
                    for key in ("name", "title_fr", "title_en", "hash", "seed", "runs", "policy", "overrides")
                    if key in side.scenario
                },
                "kpis": {name: told.estimate for name, told in side.kpis.items()},
            }
            for side in sides
        ],
        "comparisons": [
            _against(number, base, side, way) for number, (side, way) in enumerate(zip(sides[1:], ways, strict=True), 1)
        ],
    }


def _united(one: str, many: str, sides: Sequence[Side]) -> list[Any]:
    """What any side has of a list, the first side's first."""
    entries: dict[str, Any] = {}
    for side in sides:
        for entry in side.scenario[many]:
            entries.setdefault(entry[one], entry)
    return list(entries.values())


def _against(number: int, base: Side, side: Side, way: Way | None) -> Figures:
    paired = same_luck(base, side)
    out: Figures = {
        "side": number,
        "common_luck": paired,
        "question": question_changes(base.question, side.question),
        "kpis": _gaps(base.kpis, side.kpis, paired=paired),
        "branches": _part_gaps("branch", base.branches, side.branches, paired=paired),
        "size_groups": _part_gaps("size_group", base.size_groups, side.size_groups, paired=paired),
    }
    return out if way is None else {**out, "way": way.method, "steps": way.rows}


def _gaps(base: dict[str, Measured], other: dict[str, Measured], *, paired: bool) -> Figures:
    told = {name: gap(base[name], other[name], paired=paired) for name in base if name in other}
    return {name: value for name, value in told.items() if value is not None}


def _part_gaps(
    kind: str, base: dict[str, dict[str, Measured]], other: dict[str, dict[str, Measured]], *, paired: bool
) -> list[Figures]:
    return [
        {kind: code, **gaps}
        for code in base
        if code in other and "pathways_net" in (gaps := _gaps(base[code], other[code], paired=paired))
    ]
