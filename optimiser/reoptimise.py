"""The policy `reoptimise`: on each committee date the plan is solved again on what remains.

The forecast is the scenario's calendar times what the requests seen so far say of each branch
(`scenarios.inflow_seen`). The programme is built once, patched for each date and run, and restarted from one basis, so
that an advice depends on nothing but the view.
"""

import numpy as np
from numpy.typing import NDArray

from optimiser.bridge import Answer, Arrays, LiveModel
from optimiser.certificate import proven
from optimiser.problem import plan_problem
from optimiser.program import build
from optimiser.remaining import Remaining, RemainingRows
from scenarios.calendar import calendar_of
from scenarios.committee_view import Advice, CommitteeView
from scenarios.events import EnvelopeChange
from scenarios.foresight import as_known
from scenarios.fungibility import movable_cents
from scenarios.inflow_seen import inflow_prior, posterior_mean
from scenarios.opening_money import announced_changes
from scenarios.relaxation import BoundName, bounds_of
from scenarios.scenario import Scenario

Float = NDArray[np.float64]

_MOVING = 1e-5
"""Pathways lost by moving the price of one: money moves only where it serves more, and ties leave it where it is."""


def reoptimiser(scenario: Scenario) -> "Reoptimiser":
    """Make the adviser of a scenario; a worker process makes its own.

    Args:
        scenario: a checked scenario; on a date it looks only at events that are announced or have happened.

    Returns:
        The adviser.
    """
    return Reoptimiser(scenario)


class Reoptimiser:
    """An adviser that keeps plans alive and patches them: one for each state of what is known of the rules."""

    def __init__(self, scenario: Scenario) -> None:
        """Take a scenario; programmes are built when they are first needed."""
        self._scenario = scenario
        self._rules = [event for event in scenario.events if not isinstance(event, EnvelopeChange)]
        self._plans: dict[tuple[bool, ...], _Known] = {}

    def __call__(self, view: CommitteeView) -> Advice:
        """Solve again on what is known, and say what moves."""
        happened = tuple(event.announced or event.day <= view.day for event in self._rules)
        if happened not in self._plans:
            known = as_known(self._scenario, view.day)
            # What an amendment has brought or taken stands in the accounts; of one to come only the announced is known.
            announced = tuple(event for event in known.events if event.announced)
            self._plans[happened] = _Known(known.model_copy(update={"events": announced}))
        return self._plans[happened].advice(view)


class _Known:
    """A scenario as far as it is known: its programme, built and solved once, alive."""

    def __init__(self, known: Scenario) -> None:
        self._problem = plan_problem(known)
        self._calendar = calendar_of(known)
        self._prior = inflow_prior(known, self._calendar)
        self._announced = announced_changes(known)
        self._fungibility = known.committee.fungibility
        self._order = sorted(range(self._problem.lines), key=lambda line: self._problem.cells.lines[line].key)
        prices = self._problem.price[self._problem.price > 0]
        price = float(np.median(prices)) if len(prices) else 1.0
        self._rows = RemainingRows(build(self._problem), _MOVING * self._problem.value / price)
        self._live = LiveModel(self._rows.arrays)
        self._live.run("first")
        self._basis = self._live.basis()

    def advice(self, view: CommitteeView) -> Advice:
        problem = self._problem
        period = int(np.searchsorted(problem.demand.period_ends, view.day.toordinal()))
        if period >= problem.periods:
            return Advice((0,) * problem.lines, (0,) * problem.lines)
        expected = self._expected(view, period)
        forecast = np.rint((expected * problem.demand.price_cents).sum(axis=1)).astype(np.int64)
        told = tuple(int(cents) for cents in forecast)
        gifts = movable_cents(self._fungibility, problem.cells, view.open_cents, view.notified_cents)
        keeps = [held - gift for held, gift in zip(view.notified_cents, gifts, strict=True)]
        remaining = self._remaining(view, period, expected, keeps)
        answer, given_up = self._solved(remaining)
        if answer is None:
            return Advice((0,) * problem.lines, told, given_up)
        wanted = self._rows.money_of(answer.columns, remaining) * problem.unit_cents
        return Advice(self._whole(view, wanted, keeps), told, given_up)

    def _expected(self, view: CommitteeView, period: int) -> Float:
        """Pathways still to be decided on, float64 (lines, periods): the forecast of the date."""
        problem, day = self._problem, self._calendar.day(view.day)
        by_branch, common = posterior_mean(self._prior, view.requests_seen, day, self._calendar.day(view.seen_from))
        branch = problem.cells.branch_of_line
        factor = np.where(branch >= 0, by_branch[np.maximum(branch, 0)], common)
        ends = problem.demand.period_ends
        start = int(ends[period - 1]) + 1 if period else self._calendar.opens.toordinal()
        left = np.zeros(problem.periods)
        left[period:] = 1.0
        left[period] = (int(ends[period]) + 1 - view.day.toordinal()) / (int(ends[period]) + 1 - start)
        return np.asarray(factor[:, None] * problem.demand.pathways * left, dtype=np.float64)

    def _remaining(self, view: CommitteeView, period: int, expected: Float, keeps: list[int]) -> Remaining:
        problem, unit = self._problem, self._problem.unit_cents
        price = problem.demand.price_cents[:, period]
        waiting = np.asarray(view.waiting_cents, dtype=np.float64)
        asked = expected.copy()
        # Who waits counts by the money that is asked, so that what is moved to them is what they cost.
        asked[:, period] += np.divide(waiting, price, out=np.zeros_like(waiting), where=price > 0)
        committed = np.zeros((problem.lines, problem.periods))
        seen = view.committed_pathways[:, : problem.periods]
        committed[:, : seen.shape[1]] = seen
        notified = np.asarray(view.notified_cents, dtype=np.float64)
        return Remaining(
            period=period,
            committed=committed,
            asked=asked,
            used=(notified - np.asarray(view.open_cents)) / unit,
            notified=notified / unit,
            kept=np.asarray(keeps, dtype=np.float64) / unit,
            available=max(float(notified.sum()) + view.unnotified_cents - self._to_be_cut(view), float(sum(keeps)))
            / unit,
            grown=self._grown(view, period),
        )

    def _to_be_cut(self, view: CommitteeView) -> int:
        """What announced amendments still to come will take at most, cents: it is not handed out before."""
        level, least = 0, 0
        for day, cents in self._announced:
            if day > view.day.toordinal():
                level += cents
                least = min(least, level)
        return -least

    def _grown(self, view: CommitteeView, period: int) -> float:
        """What one euro notified at the opening has become by announced amendments."""
        growth = self._problem.line_growth
        start = int(self._problem.demand.period_ends[period - 1]) if period else 0
        today = view.day.toordinal()
        ahead = any(start < day <= int(self._problem.demand.period_ends[period]) for day, _ in self._announced)
        if ahead and not any(start < day <= today for day, _ in self._announced):
            return float(growth[period - 1]) if period else 1.0
        return max(float(growth[period]), 1e-9)

    def _solved(self, remaining: Remaining) -> tuple[Answer | None, tuple[BoundName, ...]]:
        """The proven answer, and the bounds that had to give way for it.

        Where the past leaves no plan, bounds give way at the least weighted change that leaves one; where that does not
        help either, none of the bounds that the past may have broken is kept.
        """
        whole = self._rows.patched(remaining)
        answer = self._proven(whole)
        if answer is not None:
            return answer, ()
        wider = self._rows.given_way(whole)
        if wider is not None:
            answer = self._proven(wider[0])
            if answer is not None:
                return answer, bounds_of(wider[1])
        answer = self._proven(self._rows.patched(remaining, with_optional=False))
        return answer, () if answer is None else bounds_of(self._rows.optional_families)

    def _proven(self, arrays: Arrays) -> Answer | None:
        self._live.patch(arrays)
        self._live.restart_from(self._basis)
        answer, _ = proven(self._live)
        return answer if answer.status == "optimal" else None

    def _whole(self, view: CommitteeView, wanted: Float, keeps: list[int]) -> tuple[int, ...]:
        """Whole cents that keep what lines must keep and spend no more than there is."""
        held = [max(int(cents), kept) for cents, kept in zip(np.floor(wanted + 1e-3), keeps, strict=True)]
        changes = [new - old for new, old in zip(held, view.notified_cents, strict=True)]
        # A cent of the solver's tolerance is no decision.
        smallest = self._problem.unit_cents * 1e-6 + 1
        changes = [0 if abs(change) <= smallest else change for change in changes]
        over = sum(changes) - view.unnotified_cents
        for line in sorted(self._order, key=lambda line: -changes[line]):
            if over <= 0:
                break
            taken = min(over, max(changes[line], 0))
            changes[line] -= taken
            over -= taken
        return tuple(changes)
