"""Checks across what a plan is asked: dated money, regions, aims, steering rules, tiers; listed at the end."""

from collections.abc import Callable, Iterable, Iterator

from scenarios.cells import cells_of
from scenarios.check_findings import TOLERANCE, Finding, Steps, unknown
from scenarios.constraints import CommitmentOpening, RegionCap, RegionFloor
from scenarios.desk import Instalment
from scenarios.scenario import Scenario
from scenarios.steering import Closing, Priority, Quota


def _dated_money(scenario: Scenario) -> Iterator[Finding]:
    """Appropriations that open by date, instalments, earlier commitments."""
    payments = scenario.payments
    tables: tuple[tuple[Steps, tuple[CommitmentOpening | Instalment, ...]], ...] = (
        (("constraints", "commitment_openings"), scenario.constraints.commitment_openings),
        (("payments", "instalments"), payments.instalments),
    )
    for table, rows in tables:
        for number, row in enumerate(rows):
            if (row.share is None) == (row.eur is None):
                yield (*table, number), "exactly_one", {"expected": ["share", "eur"]}
    years = [row.year for row in payments.earlier_commitments]
    horizon = (scenario.windows.opens.year, scenario.windows.last_payment.year)
    for number, year in enumerate(years):
        steps = ("payments", "earlier_commitments", number)
        if years.count(year) > 1:
            yield steps, "repeated", {"found": year}
        if not horizon[0] <= year <= horizon[1]:
            limit = horizon[0] if year < horizon[0] else horizon[1]
            yield steps, "at_least" if year < horizon[0] else "at_most", {"found": year, "limit": limit}
        if not payments.instalments and not any(row.year == year for row in payments.year_ceilings):
            yield steps, "needs", {"expected": ["payments.year_ceilings", "payments.instalments"]}


def _regions(scenario: Scenario) -> Iterator[Finding]:
    regions = {region for branch in scenario.branches.values() for region in branch.region_shares}
    for code, branch in scenario.branches.items():
        total = sum(branch.region_shares.values())
        if branch.region_shares and abs(total - 1) > TOLERANCE:
            yield ("branches", code, "region_shares"), "sum_to_one", {"found": round(total, 6)}
        if regions and not branch.region_shares:
            yield ("branches", code), "missing", {}
    constraints = scenario.constraints
    tables: tuple[tuple[str, tuple[RegionFloor | RegionCap, ...]], ...] = (
        ("region_floors", constraints.region_floors),
        ("region_caps", constraints.region_caps),
    )
    for name, bounds in tables:
        for number, bound in enumerate(bounds):
            steps = ("constraints", name, number, "region")
            yield from unknown(steps, [bound.region], regions, "branches.*.region_shares")


def _aims(scenario: Scenario) -> Iterator[Finding]:
    """Objectives, their weights, and the notifications in force that some of them need."""
    planning, scheme = scenario.planning, scenario.scheme
    names = [objective.name for objective in planning.objectives]
    for number, name in enumerate(names):
        if names.count(name) > 1:
            yield ("planning", "objectives", number), "repeated", {"found": name}
    weights = planning.weights
    tables: tuple[tuple[str, Iterable[str], Iterable[str]], ...] = (
        ("pathway_types", weights.pathway_types, scheme.pathway_types),
        ("size_groups", weights.size_groups, scheme.size_groups),
        ("branches", weights.branches, scenario.branches),
    )
    for part, used, known in tables:
        yield from unknown(("planning", "weights", part), used, known, part)
        if list(used) and "weighted_pathways" not in names:
            yield ("planning", "weights", part), "needs", {"expected": "planning.objectives: weighted_pathways"}
    in_force = [row.line for row in planning.notifications_in_force]
    keys = [line.key for line in cells_of(scenario).lines] if in_force else []
    for number, key in enumerate(in_force):
        steps = ("planning", "notifications_in_force", number)
        yield from unknown((*steps, "line"), [key], keys, "lines")
        if in_force.count(key) > 1:
            yield steps, "repeated", {"found": key}
    step = scenario.constraints.notification_step_share
    wanted = step is not None or "least_change" in names
    if in_force and not wanted:
        expected = ["constraints.notification_step_share", "planning.objectives: least_change"]
        yield ("planning", "notifications_in_force"), "needs", {"expected": expected}
    if wanted and not in_force:
        place = ("constraints", "notification_step_share") if step is not None else ("planning", "objectives")
        yield place, "needs", {"expected": "planning.notifications_in_force"}


def _relaxation(scenario: Scenario) -> Iterator[Finding]:
    """Law has no weight, everything else has one, and each kind of bound stands once."""
    rows = scenario.planning.relaxation
    names = [row.bound for row in rows]
    for number, row in enumerate(rows):
        steps = ("planning", "relaxation", number)
        if names.count(row.bound) > 1:
            yield steps, "repeated", {"found": row.bound}
        if row.standing == "law" and row.weight is not None:
            yield (*steps, "weight"), "needs", {"expected": ["standing: agreement", "standing: target"]}
        if row.standing != "law" and row.weight is None:
            yield (*steps, "weight"), "missing", {}


def _steering(scenario: Scenario) -> Iterator[Finding]:
    scheme = scenario.scheme
    known: dict[str, Iterable[str]] = {
        "branches": scenario.branches,
        "pathway_types": scheme.pathway_types,
        "situations": scheme.situations,
        "size_groups": scheme.size_groups,
    }
    ordered = {"size_group": "size_groups", "situation": "situations", "pathway": "pathway_types"}
    for number, rule in enumerate(scenario.steering):
        steps = ("steering", number)
        if isinstance(rule, Priority):
            yield from unknown((*steps, "first"), rule.first, known[ordered[rule.by]], ordered[rule.by])
            if [other.kind for other in scenario.steering].count("priority") > 1:
                yield steps, "repeated", {"found": "priority"}
            continue
        names = ("pathway_types", "situations", "size_groups", *(("branches",) if isinstance(rule, Closing) else ()))
        for name in names:
            yield from unknown((*steps, name), getattr(rule, name), known[name], name)
        if isinstance(rule, Quota):
            if (rule.max_share is None) == (rule.max_eur is None):
                yield steps, "exactly_one", {"expected": ["max_share", "max_eur"]}
            if all(getattr(rule, name) is None for name in names):
                yield steps, "at_least_one", {"expected": list(names)}


def _group_factors(scenario: Scenario) -> Iterator[Finding]:
    groups = scenario.scheme.size_groups
    yield from unknown(("inflow", "size_group_factors"), scenario.inflow.size_group_factors, groups, "size groups")
    shares = [tier.support_share for tier in scenario.scheme.pay_support_tiers]
    for number, tier in enumerate(scenario.scheme.pay_support_tiers):
        steps = ("scheme", "pay_support_tiers", number)
        yield from unknown((*steps, "demand_factors"), tier.demand_factors, groups, "size groups")
        if shares.count(tier.support_share) > 1:
            yield steps, "repeated", {"found": tier.support_share}
        if scenario.scheme.pay_support.payer != "envelope":
            yield steps, "needs", {"expected": "scheme.pay_support.payer: envelope"}


PLANNING_CHECKS: tuple[Callable[[Scenario], Iterator[Finding]], ...] = (
    _dated_money,
    _regions,
    _aims,
    _relaxation,
    _steering,
    _group_factors,
)
