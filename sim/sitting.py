"""The committee sits: what it is shown, what it weighs and what it decides, the same for both engines."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from scenarios.calendar import DAY
from scenarios.committee import Policy
from scenarios.committee_view import Advice, Adviser, CommitteeView
from scenarios.plan_periods import plan_periods
from scenarios.relaxation import BOUND_NAMES
from sim.committee import RULES, Sight, rule_of
from sim.ground import Ground
from sim.ledger import Ledger
from sim.run_requests import RunRequests
from sim.weighed import Weighed

Int = NDArray[np.int64]


@dataclass(frozen=True)
class Committee:
    """A policy with the adviser it decides by, where it needs one.

    Attributes:
        policy: the policy.
        adviser: of a policy that is handed to the simulator; None for the others.
    """

    policy: Policy
    adviser: Adviser | None = None

    def __post_init__(self) -> None:
        """Refuse a policy that nobody can decide by.

        Raises:
            ValueError: where a policy needs an adviser and none was handed over.
        """
        if self.policy not in RULES and self.adviser is None:
            raise ValueError(f"the policy {self.policy} decides by an adviser, and none was handed over")

    def sits(
        self,
        ground: Ground,
        requests: RunRequests,
        number: int,
        ledger: Ledger,
        waiting: Sequence[int],
        committed: Sequence[int] | Int,
    ) -> tuple[list[int], Weighed | None]:
        """Decide on a date.

        Args:
            ground: the scenario laid out.
            requests: the run's requests; the committee is shown those filed before the date.
            number: of the date.
            ledger: the accounts as they stand.
            waiting: by line, what waits there, cents.
            committed: when each request was committed; NEVER where it is not.

        Returns:
            The change of each line's notified money, and what was weighed; None under a policy that moves nothing.

        Raises:
            ValueError: where an adviser gives away money that is not there.
        """
        if self.policy in RULES:
            rule = rule_of(self.policy)
            changes = rule.decide(Sight(ground, tuple(ledger.open), ledger.unnotified, waiting, tuple(ledger.notified)))
            return changes, Weighed(tuple(ledger.open), tuple(waiting), ()) if self.policy in WEIGHING else None
        if self.adviser is None:
            raise ValueError(f"the policy {self.policy} needs an adviser")
        view = _view(ground, requests, number, ledger, waiting, np.asarray(committed, dtype=np.int64))
        advice = self.adviser(view)
        _refuse_what_is_not_there(ledger, advice)
        given_up = tuple(int(bound in advice.given_up) for bound in BOUND_NAMES) if advice.given_up else ()
        weighed = Weighed(tuple(ledger.open), tuple(waiting), advice.forecast_cents, given_up)
        return list(advice.changes_cents), weighed


WEIGHING: tuple[Policy, ...] = ("pro_rata", "reoptimise")
"""The policies that move money, and whose decisions are logged with their reasons."""


def _refuse_what_is_not_there(ledger: Ledger, advice: Advice) -> None:
    changes = advice.changes_cents
    if len(changes) != len(ledger.open) or sum(changes) > ledger.unnotified:
        raise ValueError("an adviser hands out more than is unnotified")
    if any(change < 0 and held + change < 0 for held, change in zip(ledger.open, changes, strict=True)):
        raise ValueError("an adviser takes more from a line than it has open")


def _view(
    ground: Ground, requests: RunRequests, number: int, ledger: Ledger, waiting: Sequence[int], committed: Int
) -> CommitteeView:
    day = ground.scenario.committee.dates[number]
    minute = ground.calendar.day(day) * DAY
    period_of_day, periods = _periods(ground)
    first = 0 if requests.in_flight is None else requests.in_flight.minute
    filed = requests.all.filing_minute
    seen = requests.branch[(first <= filed) & (filed < minute)]
    chosen = np.flatnonzero(committed < minute)
    lines = len(ledger.open)
    places = requests.line[chosen] * periods + period_of_day[committed[chosen] // DAY]
    pathways = np.bincount(places, weights=requests.all.trainees[chosen], minlength=lines * periods)
    return CommitteeView(
        day=day,
        number=number,
        open_cents=tuple(ledger.open),
        notified_cents=tuple(ledger.notified),
        unnotified_cents=ledger.unnotified,
        waiting_cents=tuple(waiting),
        seen_from=ground.calendar.date_of(first),
        requests_seen=np.bincount(seen, minlength=len(ground.cells.branches)).astype(np.int64),
        committed_pathways=pathways.astype(np.int64).reshape(lines, periods),
    )


@lru_cache(maxsize=1)
def _periods(ground: Ground) -> tuple[Int, int]:
    """The period of the plan that each day falls in, and how many periods there are."""
    labels, ends = plan_periods(ground.scenario)
    days = ground.calendar.opens.toordinal() + np.arange(ground.calendar.days)
    return np.minimum(np.searchsorted(ends, days), len(labels) - 1).astype(np.int64), len(labels)
