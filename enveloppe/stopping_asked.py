"""`--until KPI:HALFWIDTH`: how well a figure must be known before the runs stop."""

import math
from typing import TYPE_CHECKING

from enveloppe.usage_errors import misused

if TYPE_CHECKING:
    from sim.stopping import StoppingRule

MOST_RUNS = 10_000
"""Where the runs stop at the latest, unless `--runs` says otherwise."""


def stopping_rule(text: str, most_runs: int | None) -> "StoppingRule":
    """Read what `--until` asks.

    Args:
        text: KPI:HALFWIDTH, the half-width of the 95 % interval in the figure's unit, or as a percentage of its mean
            (`need_cents:1%`).
        most_runs: where to stop at the latest.

    Returns:
        The rule.

    Raises:
        BadParameter: where there is no such figure, or no positive half-width.
    """
    from difflib import get_close_matches

    from sim.kpis import KPIS
    from sim.stopping import StoppingRule

    name, _, width = text.partition(":")
    names = [kpi.name for kpi in KPIS]
    if name not in names:
        near = get_close_matches(name, names, n=1)
        if near:
            raise misused("likely_figure", "--until", found=name[:80], likely=near[0])
        raise misused("no_such_figure", "--until", found=name[:80], names=", ".join(names))
    relative = width.strip().endswith("%")
    try:
        value = float(width.strip().removesuffix("%"))
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value > 0):
        raise misused("no_half_width", "--until", found=width[:80], kpi=name)
    return StoppingRule(name, value / 100 if relative else value, relative, most_runs or MOST_RUNS)
