"""All that was found out about one scenario, as docs/findings.md lays it down."""

from typing import Any

from enveloppe.never_notified import never_notified_cents
from enveloppe.uncertainty.register_order import by_what_moves
from scenarios.asked_again import question_told
from scenarios.assumptions import assumptions_of
from scenarios.events import EnvelopeChange, Event
from scenarios.loading import Loaded
from scenarios.register import DATED_ASSUMPTION
from scenarios.scenario import Scenario
from scenarios.scheme import SizeBand
from scenarios.settings import eur_to_cents, label

SCHEMA = 1


def findings_of(
    loaded: Loaded, plan: dict[str, Any], simulated: dict[str, Any], warnings: list[dict[str, Any]]
) -> dict[str, Any]:
    """Assemble the findings from what each room found out.

    Args:
        loaded: the scenario with its register.
        plan: the `plan` section.
        simulated: the `simulation`, `comparison`, `calibration` and `uncertainty` sections, where they apply.
        warnings: what a reader should know before trusting a figure.

    Returns:
        The findings; no clock, path or number of workers.
    """
    found: dict[str, Any] = {"schema": SCHEMA, "scenario": scenario_section(loaded), "plan": plan}
    for key in ("forecast", "simulation", "comparison", "calibration", "uncertainty"):
        if simulated.get(key):
            found[key] = simulated[key]
    found["assumptions"] = by_what_moves(assumptions_of(loaded.register), found.get("uncertainty"))
    found["warnings"] = [*_undated(loaded), *_few_runs(loaded), *warnings]
    left = never_notified_cents(found)
    if left is not None:
        found["warnings"].append({"code": "never_notified", "details": {"cents": left}})
    found["question"] = question_told(loaded.scenario)
    return found


def scenario_section(loaded: Loaded) -> dict[str, Any]:
    """Who asks what: the part of the scenario that readers of findings need."""
    scenario = loaded.scenario
    windows, committee, scheme = scenario.windows, scenario.committee, scenario.scheme
    section: dict[str, Any] = {
        "name": scenario.name,
        "title_fr": scenario.title_fr,
        "title_en": scenario.title_en,
        "language": scenario.language,
        "currency": scenario.currency,
        "hash": loaded.hash,
        "seed": scenario.seed,
        "runs": scenario.runs,
        "overrides": dict(loaded.overrides),
        "policy": committee.policy,
        "rivals": list(committee.policies[1:]),
        "line_attributes": list(scenario.lines),
        "opens": windows.opens.isoformat(),
        "filing_deadline": windows.filing_deadline.isoformat(),
        "commitment_deadline": windows.commitment_deadline.isoformat(),
        "execution_deadline": windows.execution_deadline.isoformat(),
        "last_payment": windows.last_payment.isoformat(),
    }
    if scenario.target_pathways is not None:
        section["target_pathways"] = scenario.target_pathways
    section["exhaustion_share"] = scenario.exhaustion_share
    section["branch_status"] = scenario.branch_status.model_dump(exclude_none=True)
    section["branches"] = [
        {
            "branch": code,
            "name_fr": branch.name_fr or code,
            "name_en": branch.name_en or code,
            "employees": branch.employees,
        }
        for code, branch in scenario.branches.items()
    ]
    for key, one, table in (
        ("pathway_types", "pathway_type", scheme.pathway_types),
        ("situations", "situation", scheme.situations),
    ):
        section[key] = [
            {one: code, "name_fr": label(code, entry, "fr"), "name_en": label(code, entry, "en")}
            for code, entry in table.items()
        ]
    section["size_groups"] = [_size_group(scenario, group) for group in scheme.size_groups]
    section["committee_dates"] = [day.isoformat() for day in committee.dates]
    section["events"] = [_event(event) for event in sorted(scenario.events, key=lambda event: event.day)]
    if scheme.mean_cost_cap_eur is not None:
        section["mean_cost_cap_cents"] = eur_to_cents(scheme.mean_cost_cap_eur)
    return section


def _event(event: Event) -> dict[str, Any]:
    """A dated event as the scenario declares it; what it does not say is absent."""
    told: dict[str, Any] = {"date": event.day.isoformat(), "kind": event.kind}
    if isinstance(event, EnvelopeChange):
        told["amount_cents"] = eur_to_cents(event.amount_eur)
        if event.probability < 1:
            told["probability"] = event.probability
    else:
        said = event.model_dump(mode="json", by_alias=True, exclude_none=True)
        told |= {key: value for key, value in said.items() if key not in ("date", "kind", "label", "announced")}
    if event.label:
        told["label"] = event.label
    if event.announced:
        told["announced"] = True
    return told


def target_sources(loaded: Loaded) -> list[str]:
    """Where each calibration target comes from, in the order of the scenario's targets; "" where it does not say."""
    sources = {entry.key: entry.source for entry in loaded.register}
    return [
        sources.get(f"calibration_targets.{number}.target", "")
        for number in range(len(loaded.scenario.calibration_targets))
    ]


def _size_group(scenario: Scenario, group: str) -> dict[str, Any]:
    bands: dict[str, SizeBand] = {
        code: band for code, band in scenario.scheme.size_bands.items() if band.group == group
    }
    largest = [band.max_employees for band in bands.values()]
    told: dict[str, Any] = {
        "size_group": group,
        "bands": list(bands),
        "min_employees": min(band.min_employees for band in bands.values()),
    }
    known = [size for size in largest if size is not None]
    if len(known) == len(largest):
        told["max_employees"] = max(known)
    return told


FAIR_RUNS = 100
"""Below this many runs percentiles near the ends and probabilities are rough: at 100 the standard error of a
probability is at most 5 points."""


def _few_runs(loaded: Loaded) -> list[dict[str, Any]]:
    runs = loaded.scenario.runs
    return [{"code": "few_runs", "details": {"runs": runs}}] if runs < FAIR_RUNS else []


def _undated(loaded: Loaded) -> list[dict[str, Any]]:
    keys = [
        entry.key
        for entry in loaded.register
        if entry.kind == "assumption" and not DATED_ASSUMPTION.match(entry.source)
    ]
    return [{"code": "undated_assumptions", "details": {"keys": keys}}] if keys else []
