"""What `enveloppe explain` tells of a scheme under way: what stands on the day, and what is still to come."""

from typing import Any

STANDING = (
    "requests",
    "at_desk",
    "parked",
    "pathways_committed",
    "committed_cents",
    "paid_cents",
    "waiting_cents",
    "notified_cents",
    "open_cents",
)


def explained_standing(findings: dict[str, Any], of: dict[str, str]) -> dict[str, Any]:
    """A line, a branch or the whole scheme: to date, to come on the mean of the runs, and the day its money runs out.

    Args:
        findings: stored ones, with a `forecast`.
        of: {"line": key}, {"branch": code}, or {} for the whole.

    Returns:
        {line|branch?, as_of, requests, at_desk, parked, pathways_committed, committed_cents, paid_cents,
        waiting_cents, notified_cents?, open_cents?, unnotified_cents?, opening_cents, in_all{...}, to_come{...},
        exhaustion_date{...}}.

    Raises:
        KeyError: where the findings have no such line or branch.
    """
    forecast, simulated = findings["forecast"], findings["simulation"]
    lines, lived, planned = forecast["lines"], simulated, findings["plan"]["lines"]
    for what, code in of.items():
        lines = [line for line in lines if line.get(what) == code]
        planned = [line for line in planned if line.get(what) == code]
        rows = simulated["lines" if what == "line" else "branches"]
        lived = next((row for row in rows if row[what] == code), None)
        if not lines or lived is None:
            raise KeyError(code)
    told: dict[str, Any] = {**of, "as_of": forecast["as_of"]}
    told |= {key: sum(line[key] for line in lines) for key in STANDING if all(key in line for line in lines)}
    if not of:
        told["open_cents"] = forecast["money"]["open_cents"]
        told["unnotified_cents"] = forecast["money"]["unnotified_cents"]
    told["opening_cents"] = sum(line["notified_cents"] for line in planned)
    kpis = lived["kpis"]
    told["in_all"] = {
        name: kpis[name]
        for name in ("pathways_committed", "committed_cents", "need_cents", "served_share")
        if name in kpis
    }
    told["to_come"] = {
        name: round(kpis[name]["mean"] - told[name], 6) for name in ("pathways_committed", "committed_cents")
    }
    told["exhaustion_date"] = lived["exhaustion_date"]
    return told
