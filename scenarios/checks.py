"""What no single value can tell: checks across a scenario, one small function each, listed at the end."""

import itertools
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any, get_args

from scenarios.arrival_rate import branch_volumes
from scenarios.branch import Branch
from scenarios.calendar import holidays_known, subdivisions_of
from scenarios.check_findings import TOLERANCE, Finding, Steps, of, unknown
from scenarios.distributions import Distribution, LognormalQuantiles, Triangular, Uniform
from scenarios.event_checks import EVENT_CHECKS
from scenarios.events import DemandShock, Event, RateChange
from scenarios.planning_checks import PLANNING_CHECKS
from scenarios.price_book import band_within
from scenarios.problems import Problem
from scenarios.refusals import find
from scenarios.scenario import Scenario
from scenarios.scheme import Scheme
from scenarios.settings import RuleRow, Settings
from scenarios.spelling import likely
from scenarios.sweeping.checks import sweep_declared
from scenarios.uncertainty_checks import UNCERTAINTY_CHECKS
from scenarios.variates import integer_table, mean_of
from scenarios.yaml_reading import Node

LONGEST_HORIZON_DAYS = 3_700
WIDEST_P90 = 46.0
"""P90 over median where the logarithm's standard deviation reaches 3, the most that a lognormal may have."""
MOST_LINES = 20_000
MOST_REQUESTS_A_YEAR = 2_000_000


def checks(scenario: Scenario, tree: Node) -> list[Problem]:
    """All that is wrong across the values of a scenario.

    Args:
        scenario: whose values are each of the right form.
        tree: the tree it was read from, for the places.

    Returns:
        The problems, none where the scenario is sound.
    """
    problems = []
    for check in CHECKS:
        for steps, code, details in check(scenario):
            node, taken = find(tree, steps)
            problems.append(Problem(node.key_place or node.place, code, ".".join(taken), details))
    return problems


def _sums(scenario: Scenario) -> Iterator[Finding]:
    inflow = scenario.inflow
    tables: list[tuple[Steps, dict[str, float]]] = [
        (("inflow", "company_size_shares"), inflow.company_size_shares),
        (("inflow", "size_shares", "at_opening"), inflow.size_shares.at_opening),
        (("inflow", "size_shares", "at_deadline"), inflow.size_shares.at_deadline),
    ]
    for name, rows in (("situation_shares", inflow.situation_shares), ("pathway_shares", inflow.pathway_shares)):
        tables.extend((("inflow", name, number, "shares"), row.shares) for number, row in enumerate(rows))
    for steps, shares in tables:
        if abs(sum(shares.values()) - 1) > TOLERANCE:
            yield steps, "sum_to_one", {"found": round(sum(shares.values()), 6)}
    if sum(inflow.month_weights) <= 0:
        yield ("inflow", "month_weights"), "month_weights_zero", {}
    elif abs(sum(inflow.month_weights) - 1) > TOLERANCE:
        yield ("inflow", "month_weights"), "sum_to_one", {"found": round(sum(inflow.month_weights), 6)}


def _rule_rows(scheme: Scheme) -> Iterator[tuple[Steps, RuleRow]]:
    support = scheme.pay_support
    tables: tuple[tuple[Steps, tuple[RuleRow, ...]], ...] = (
        (("scheme", "rates"), scheme.rates),
        (("scheme", "hour_caps"), scheme.hour_caps),
        (("scheme", "unit_caps"), scheme.unit_caps),
        (("scheme", "pay_support", "shares"), support.shares),
        (("scheme", "pay_support", "ceilings"), support.ceilings),
    )
    for steps, rows in tables:
        yield from (((*steps, number), row) for number, row in enumerate(rows))


def _codes(scenario: Scenario) -> Iterator[Finding]:
    scheme, inflow = scenario.scheme, scenario.inflow
    bands, situations, types = scheme.size_bands, scheme.situations, scheme.pathway_types
    for steps, row in _rule_rows(scheme):
        yield from unknown((*steps, "situations"), row.situations, situations, "situations")
        yield from unknown((*steps, "pathway_types"), row.pathway_types, types, "pathway_types")
        yield from unknown((*steps, "branches"), row.branches, scenario.branches, "branches")
    for number, rate in enumerate(scheme.rates):
        yield from unknown(("scheme", "rates", number, "regime"), [rate.regime], scheme.regimes, "regimes")
    for code in scheme.regimes:
        if not any(rate.regime == code for rate in scheme.rates):
            yield ("scheme", "regimes", code), "no_rate", {"found": code}
    yield from unknown(
        ("scheme", "regime_choice"), [scheme.regime_choice], [*scheme.regimes, "company_best"], "regimes"
    )
    excluded = ("scheme", "pay_support", "excluded_situations")
    yield from unknown(excluded, scheme.pay_support.excluded_situations, situations, "situations")
    yield from unknown(("inflow", "company_size_shares"), inflow.company_size_shares, bands, "size_bands")
    for name, shares in (
        ("at_opening", inflow.size_shares.at_opening),
        ("at_deadline", inflow.size_shares.at_deadline),
    ):
        yield from unknown(("inflow", "size_shares", name), shares, bands, "size_bands")
    for number, mix in enumerate(inflow.situation_shares):
        steps = ("inflow", "situation_shares", number, "shares")
        yield from unknown(steps, mix.shares, situations, "situations")
    for number, mix in enumerate(inflow.pathway_shares):
        yield from unknown(("inflow", "pathway_shares", number, "shares"), mix.shares, types, "pathway_types")
    yield from unknown(("inflow", "pathways"), inflow.pathways, types, "pathway_types")
    for code in types:
        if code not in inflow.pathways:
            yield ("inflow", "pathways"), "unknown_code", {"found": code, "what": "inflow.pathways"}
    constraints = scenario.constraints
    for name, bounds in (("branch_caps", constraints.branch_caps), ("branch_floors", constraints.branch_floors)):
        for number, bound in enumerate(bounds):
            yield from unknown(("constraints", name, number), bound.branches, scenario.branches, "branches")
    giving = ("committee", "fungibility", "giving_branches")
    yield from unknown(giving, scenario.committee.fungibility.giving_branches, scenario.branches, "branches")
    for number, floor in enumerate(constraints.group_floors):
        yield from unknown(
            ("constraints", "group_floors", number), [floor.size_group], scheme.size_groups, "size groups"
        )
    for number, share in enumerate(constraints.mix_bounds):
        steps = ("constraints", "mix_bounds", number)
        yield from unknown(steps, share.pathway_types, types, "pathway_types")
        yield from unknown(steps, share.situations, situations, "situations")
    kinds: dict[str, Iterable[str]] = {
        "pathway_type_share": types,
        "size_band_share": bands,
        "group_share": scheme.size_groups,
    }
    for number, target in enumerate(scenario.calibration_targets):
        known = kinds.get(target.quantity)
        if known is not None:
            steps = ("calibration_targets", number, "codes")
            yield from unknown(steps, target.codes or ("?",), known, target.quantity)


@of("scheme", "events")
def _bands(scheme: Scheme, events: tuple[Event, ...]) -> Iterator[Finding]:
    following = 0
    sound = True
    bands = list(scheme.size_bands.values())
    for number, band in enumerate(bands):
        last = number == len(bands) - 1
        sound &= band.min_employees == following and (band.max_employees is None) == last
        if band.max_employees is not None:
            sound &= band.max_employees >= band.min_employees
            following = band.max_employees + 1
    if not sound:
        yield ("scheme", "size_bands"), "bands", {}
        return
    limits: list[tuple[Steps, int | None, int | None]] = [
        (steps, row.min_employees, row.max_employees) for steps, row in _rule_rows(scheme)
    ]
    limits.append((("scheme", "pay_support", "max_employees"), None, scheme.pay_support.max_employees))
    limits += [
        (("events", number), event.min_employees, event.max_employees)
        for number, event in enumerate(events)
        if isinstance(event, RateChange)
    ]
    for steps, low, high in limits:
        for code, band in scheme.size_bands.items():
            over = band.max_employees is None or (high is not None and band.max_employees > high)
            inside = band_within(band, low, high)
            apart = (high is not None and band.min_employees > high) or (
                low is not None and band.max_employees is not None and band.max_employees < low
            )
            if not inside and not apart:
                limit = high if over and high is not None else low
                yield steps, "cuts_band", {"found": code, "limit": limit}


def _dates(scenario: Scenario) -> Iterator[Finding]:
    windows = scenario.windows
    names = ("opens", "filing_deadline", "commitment_deadline", "execution_deadline", "last_payment")
    for earlier, later in itertools.pairwise(names):
        if getattr(windows, later) < getattr(windows, earlier):
            yield ("windows", later), "order", {"later": later, "earlier": earlier}
    if (windows.last_payment - windows.opens).days > LONGEST_HORIZON_DAYS:
        yield ("windows", "last_payment"), "too_far", {"limit": LONGEST_HORIZON_DAYS}
    spans: list[tuple[Steps, date, date | None]] = [
        (steps, row.starts, row.until) for steps, row in _rule_rows(scenario.scheme)
    ]
    scheme = scenario.scheme
    spans += [(("scheme", "regimes", code), row.starts, row.until) for code, row in scheme.regimes.items()]
    spans += [
        (("scheme", "pay_support", "opening", number), row.starts, row.until)
        for number, row in enumerate(scheme.pay_support.opening)
    ]
    spans += [
        (("inflow", "economic_factors", number), row.starts, row.until)
        for number, row in enumerate(scenario.inflow.economic_factors)
    ]
    spans += [
        (("scheme", "company_aid_ceilings", number), row.starts, row.until)
        for number, row in enumerate(scheme.company_aid_ceilings)
    ]
    for steps, starts, until in spans:
        if until is not None and until < starts:
            yield steps, "order", {"later": "until", "earlier": "from"}
    dates = scenario.committee.dates
    if any(later <= earlier for earlier, later in itertools.pairwise(dates)):
        yield ("committee", "dates"), "ascending", {}
    for number, day in enumerate(dates):
        if day < windows.opens:
            yield ("committee", "dates", number), "order", {"later": "date", "earlier": "opens"}
        elif day > windows.last_payment:
            yield ("committee", "dates", number), "no_effect", {"found": day.isoformat(), "limit": "last_payment"}
    if scenario.inflow.office_closes_hour <= scenario.inflow.office_opens_hour:
        yield ("inflow", "office_closes_hour"), "order", {"later": "office_closes_hour", "earlier": "office_opens_hour"}


def _distributions(scenario: Scenario) -> Iterator[Finding]:
    for steps, distribution in _all_distributions(scenario, ()):
        match distribution:
            case Uniform() if distribution.high < distribution.low:
                yield steps, "order", {"later": "high", "earlier": "low"}
            case Triangular() if not distribution.low <= distribution.mode <= distribution.high:
                yield steps, "order", {"later": "high", "earlier": "mode, low"}
            case LognormalQuantiles() if distribution.p90 < distribution.median:
                yield steps, "order", {"later": "p90", "earlier": "median"}
            case LognormalQuantiles() if distribution.p90 > WIDEST_P90 * distribution.median:
                yield (
                    (*steps, "p90"),
                    "at_most",
                    {"found": distribution.p90, "limit": round(WIDEST_P90 * distribution.median, 2)},
                )
            case _:
                pass


def _all_distributions(value: Any, steps: Steps) -> Iterator[tuple[Steps, Distribution]]:
    if isinstance(value, Uniform | Triangular | LognormalQuantiles):
        yield steps, value
    elif isinstance(value, Settings):
        for name, key in _holding(type(value)):
            yield from _all_distributions(getattr(value, name), (*steps, key))
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _all_distributions(inner, (*steps, key))


@cache
def _holding(kind: type[Settings]) -> tuple[tuple[str, str], ...]:
    """The fields of a section that may hold distributions, with their keys: thousands of variants pass here."""
    fields = kind.model_fields.items()
    return tuple((name, info.alias or name) for name, info in fields if _may_hold(info.annotation))


def _may_hold(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, Settings):
        return issubclass(annotation, Uniform | Triangular | LognormalQuantiles) or bool(_holding(annotation))
    return any(_may_hold(part) for part in get_args(annotation))


def _bounds(scenario: Scenario) -> Iterator[Finding]:
    constraints = scenario.constraints
    for name, bounds in (("branch_caps", constraints.branch_caps), ("branch_floors", constraints.branch_floors)):
        for number, bound in enumerate(bounds):
            if sum(value is not None for value in (bound.share, bound.weight_share, bound.eur)) != 1:
                yield ("constraints", name, number), "exactly_one", {"expected": ["share", "weight_share", "eur"]}
    for number, floor in enumerate(constraints.group_floors):
        if floor.pathway_share is None and floor.euro_share is None:
            yield ("constraints", "group_floors", number), "at_least_one", {"expected": ["pathway_share", "euro_share"]}
    for number, mix in enumerate(constraints.mix_bounds):
        steps = ("constraints", "mix_bounds", number)
        if mix.min_share is None and mix.max_share is None:
            yield steps, "at_least_one", {"expected": ["min_share", "max_share"]}
        if mix.pathway_types is None and mix.situations is None:
            yield steps, "at_least_one", {"expected": ["pathway_types", "situations"]}
        if mix.min_share is not None and mix.max_share is not None and mix.min_share > mix.max_share:
            yield steps, "order", {"later": "max_share", "earlier": "min_share"}


def _statuses(scenario: Scenario) -> Iterator[Finding]:
    """No branch is both on course and short of money."""
    bounds = scenario.branch_status
    if bounds.short_served_share > bounds.ok_served_share:
        yield ("branch_status",), "order", {"later": "ok_served_share", "earlier": "short_served_share"}
    if bounds.ok_risk_share > bounds.short_risk_share:
        yield ("branch_status",), "order", {"later": "short_risk_share", "earlier": "ok_risk_share"}


@of("branches", "scheme")
def _names(branches: dict[str, Branch], scheme: Scheme) -> Iterator[Finding]:
    tables: list[tuple[Steps, Iterable[str]]] = [
        (("branches",), branches),
        (("scheme", "size_bands"), scheme.size_bands),
        (("scheme", "situations"), scheme.situations),
        (("scheme", "pathway_types"), scheme.pathway_types),
        (("scheme", "regimes"), scheme.regimes),
    ]
    for steps, codes in tables:
        seen: dict[str, str] = {}
        for code in codes:
            same = unicodedata.normalize("NFKC", code).casefold()
            if same in seen:
                yield (*steps, code), "same_name", {"found": code, "other": seen[same]}
            seen[same] = code
    labels: dict[str, str] = {}
    for code, branch in branches.items():
        for name in {branch.name_fr, branch.name_en} - {None}:
            same = unicodedata.normalize("NFKC", name or "").casefold()
            if labels.get(same, code) != code:
                yield ("branches", code), "same_name", {"found": name, "other": labels[same]}
            labels[same] = code


def _sizes(scenario: Scenario) -> Iterator[Finding]:
    scheme = scenario.scheme
    counts = {
        "branch": len(scenario.branches),
        "size_group": len(scheme.size_groups),
        "size_band": len(scheme.size_bands),
        "situation": len(scheme.situations),
        "pathway": len(scheme.pathway_types),
    }
    for attribute in scenario.lines:
        if scenario.lines.count(attribute) > 1:
            yield ("lines",), "repeated", {"found": attribute}
            return
    lines = 1
    for attribute in scenario.lines:
        lines *= counts[attribute]
    if lines > MOST_LINES:
        yield ("lines",), "too_many_lines", {"found": lines, "limit": MOST_LINES}
    for number, policy in enumerate(scenario.committee.rivals):
        if scenario.committee.rivals.count(policy) > 1:
            yield ("committee", "rivals", number), "repeated", {"found": policy}
    years = [row.year for row in scenario.payments.year_ceilings]
    for number, year in enumerate(years):
        if years.count(year) > 1:
            yield ("payments", "year_ceilings", number), "repeated", {"found": year}
    inflow = scenario.inflow
    factors = [row.factor for row in inflow.economic_factors]
    factors += [event.factor for event in scenario.events if isinstance(event, DemandShock)]
    growth = max([1.0, *factors]) * (1 + inflow.deadline_rush.extra_share) * mean_of(inflow.uncertain.volume)
    expected = float(branch_volumes(scenario).sum()) * growth * max(inflow.size_group_factors.values(), default=1.0)
    if expected > MOST_REQUESTS_A_YEAR:
        yield (
            ("inflow", "volume_factor"),
            "too_many_requests",
            {"found": round(expected), "limit": MOST_REQUESTS_A_YEAR},
        )


def _multipliers(scenario: Scenario) -> Iterator[Finding]:
    """Uncertain multipliers say how well a figure is known, not what it is: their mean is 1."""
    uncertain = scenario.inflow.uncertain
    for name in ("volume", "hours", "fee_per_hour"):
        mean = mean_of(getattr(uncertain, name))
        if abs(mean - 1) > 0.001:
            yield ("inflow", "uncertain", name), "mean_one", {"found": round(mean, 4)}
    if float(integer_table(scenario.inflow.executed_share, 1000)[-1]) > 1000:
        yield ("inflow", "executed_share"), "share_form", {"found": "> 1"}


def _country(scenario: Scenario) -> Iterator[Finding]:
    country, part = scenario.inflow.holidays_country, scenario.inflow.holidays_subdivision
    if not holidays_known(country):
        yield ("inflow", "holidays_country"), "unknown_country", {"found": country}
    elif part is not None and not holidays_known(country, part):
        known = subdivisions_of(country)
        details = {"found": part, "what": known or country, "likely": likely(part, known)}
        yield ("inflow", "holidays_subdivision"), "unknown_code", details


def _targets(scenario: Scenario) -> Iterator[Finding]:
    """A code or a day that a target's quantity does not use would be ignored."""
    shares = ("pathway_type_share", "size_band_share", "group_share")
    for number, target in enumerate(scenario.calibration_targets):
        if target.codes and target.quantity not in shares:
            yield ("calibration_targets", number, "codes"), "unused", {"found": target.quantity}
        if target.day is not None and target.quantity != "exhausted_before_probability":
            yield ("calibration_targets", number, "day"), "unused", {"found": target.quantity}
    if "company_best" in scenario.scheme.regimes:
        yield ("scheme", "regimes", "company_best"), "reserved", {"found": "company_best"}


def _amounts(scenario: Scenario) -> Iterator[Finding]:
    """Hours times money must fit the 64-bit cents that prices are counted in."""
    inflow = scenario.inflow
    longer = _largest(inflow.uncertain.hours, 1) * inflow.hours_factor
    pay = _largest(inflow.pay_eur_per_hour, 100)
    for code, profile in inflow.pathways.items():
        hours = _largest(profile.hours, 100) * longer
        fee = _largest(profile.fee_eur_per_hour, 100) * inflow.fee_factor * _largest(inflow.uncertain.fee_per_hour, 1)
        if 4 * hours * max(fee, pay) * 10_000 > 2**62:
            yield ("inflow", "pathways", code), "too_much_money", {}


def _largest(distribution: Distribution, scale: int) -> float:
    return max(float(integer_table(distribution, scale * 1000)[-1]) / 1000, 0.001)


CHECKS: tuple[Callable[[Scenario], Iterator[Finding]], ...] = (
    _sums,
    _codes,
    _bands,
    _dates,
    *EVENT_CHECKS,
    _distributions,
    _bounds,
    _statuses,
    *PLANNING_CHECKS,
    *UNCERTAINTY_CHECKS,
    _names,
    _sizes,
    _amounts,
    _multipliers,
    _country,
    _targets,
    sweep_declared,
)
