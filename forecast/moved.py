"""What moved the expected need since the last forecast, and why; the causes add up to the cent.

The need expected on a day is what the requests so far ask for, and what those to come will ask for. Between two days
some requests came (more or fewer, dearer or cheaper than expected), some of the older ones were decided on, and the
view of those to come changed: their volume, their mix, their cost, their delays, changed one after the other in this
order.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from forecast.condition import Conditioned, conditioned
from forecast.history import History
from forecast.in_flight import asked_cents
from scenarios.arrival_rate import branch_factors, branch_volumes, day_weights
from scenarios.calendar import calendar_of
from scenarios.cells import cells_of
from scenarios.demand import expected_demand
from scenarios.expected_price import expected_prices
from scenarios.foresight import as_known
from scenarios.inflow import EconomicFactor
from scenarios.price_book import price_book
from scenarios.scenario import Scenario
from scenarios.variates import mean_of

CAUSES = ("volume_came", "cost_came", "decided", "volume", "mix", "cost", "delays")
"""The causes, in the order they are told."""


@dataclass(frozen=True)
class Moved:
    """How the expected need moved between two days.

    Attributes:
        since: the earlier day, whose end was the last forecast's.
        before_cents, after_cents: the need expected then and now.
        causes: cents by cause; they add up to the difference.
    """

    since: date
    before_cents: int
    after_cents: int
    causes: dict[str, int]


def moved(scenario: Scenario, history: History, since: date, now: date, then: Conditioned | None = None) -> Moved:
    """Compare what is expected at the end of two days, each by the events that had happened or were announced by then.

    Args:
        scenario: as declared, before anything came.
        history: every request of the export.
        since, now: the two days.
        then: the scenario conditioned at the end of `now`, where it is known already.

    Returns:
        Moved.
    """
    opens = scenario.windows.opens.toordinal()
    filed = history.chosen(history.filed >= opens)
    old, new = filed.up_to(since), filed.up_to(now)
    before = as_known(conditioned(scenario, old).scenario, since)
    after = as_known((then or conditioned(scenario, new)).scenario, now)
    asked_old, asked_new = asked_cents(old, scenario), asked_cents(new, scenario)
    fresh = new.filed > since.toordinal()
    later = expected_cents(before, now)
    between = expected_cents(before, since) - later
    expected = _expected_requests(before, since, now)
    came = int(fresh.sum())
    each = between / expected if expected > 0 else 0.0
    money = float(asked_new[fresh].sum())
    steps = [before]
    for change in (_volume, _mix, _cost):
        steps.append(change(steps[-1], after))
    steps.append(after)
    values = [later, *(expected_cents(step, now) for step in steps[1:])]
    # What nobody decided on in time was lost to a delay, and to no decision.
    late = float(asked_new[~fresh].sum() - asked_cents(new, scenario, in_time=False)[~fresh].sum())
    late -= float(asked_old.sum() - asked_cents(old, scenario, in_time=False).sum())
    exact = {
        "volume_came": (came - expected) * each if expected > 0 else money,
        "cost_came": money - came * each if expected > 0 else 0.0,
        "decided": float(asked_new[~fresh].sum() - asked_old.sum()) - late,
        **{
            cause: value - earlier
            for cause, value, earlier in zip(("volume", "mix", "cost", "delays"), values[1:], values[:-1], strict=True)
        },
    }
    exact["delays"] += late
    before_cents = round(float(asked_old.sum()) + later + between)
    after_cents = round(float(asked_new.sum()) + values[-1])
    return Moved(since, before_cents, after_cents, _whole(exact, after_cents - before_cents))


def _whole(exact: dict[str, float], total: int) -> dict[str, int]:
    """Causes in whole cents that add up to the total: what rounding leaves goes to the largest."""
    cents = {cause: round(exact[cause]) for cause in CAUSES}
    largest = max(CAUSES, key=lambda cause: abs(cents[cause]))
    cents[largest] += total - sum(cents.values())
    return cents


def expected_cents(scenario: Scenario, after: date) -> float:
    """What requests filed after a day are expected to be committed with no ceiling, cents."""
    if after >= scenario.windows.filing_deadline:
        return 0.0
    silent = EconomicFactor(starts=scenario.windows.opens, until=after, factor=0.0)
    inflow = scenario.inflow.model_copy(update={"economic_factors": (*scenario.inflow.economic_factors, silent)})
    still = scenario.model_copy(update={"inflow": inflow})
    book = price_book(still)
    demand = expected_demand(still, cells_of(still), calendar_of(still), book, expected_prices(still, book))
    return float((demand.pathways * demand.price_cents).sum())


def _expected_requests(scenario: Scenario, since: date, now: date) -> float:
    calendar = calendar_of(scenario)
    weights = day_weights(scenario, calendar)
    first, last = calendar.day(since + timedelta(days=1)), calendar.day(now)
    usual = mean_of(scenario.inflow.uncertain.volume)
    own, yearly = branch_factors(scenario, calendar), branch_volumes(scenario)
    daily = yearly.sum() * weights if own is None else (yearly @ own) * weights
    return float(usual * daily[max(first, 0) : last + 1].sum())


_VOLUME = ("requests_per_year", "volume_factor", "economic_factors", "common_factor", "branch_correlation")
_MIX = ("size_shares", "situation_shares", "pathway_shares")
_COST = ("hours_factor", "fee_factor", "trainees", "uncertain")


def _with(scenario: Scenario, other: Scenario, names: tuple[str, ...]) -> Scenario:
    changes = {name: getattr(other.inflow, name) for name in names}
    return scenario.model_copy(update={"inflow": scenario.inflow.model_copy(update=changes)})


def _volume(scenario: Scenario, other: Scenario) -> Scenario:
    changed = _with(scenario, other, _VOLUME)
    uncertain = changed.inflow.uncertain.model_copy(update={"volume": other.inflow.uncertain.volume})
    inflow = changed.inflow.model_copy(update={"uncertain": uncertain})
    return changed.model_copy(update={"inflow": inflow, "branches": other.branches})


def _mix(scenario: Scenario, other: Scenario) -> Scenario:
    return _with(scenario, other, _MIX)


def _cost(scenario: Scenario, other: Scenario) -> Scenario:
    changed = _with(scenario, other, _COST)
    return changed.model_copy(update={"scheme": other.scheme})  # an event may have changed the rates
