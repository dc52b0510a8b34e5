"""What counts in the plan exactly on an edge: the last day of a period, the last period of patience, the last cent."""

import numpy as np
import pytest
from plan_problems import problem_of_lines
from tiny import tiny

from optimiser.branch_bounds import branch_limits
from optimiser.money_in_time import money_in_time
from optimiser.problem import plan_problem
from optimiser.served_in_order import served_in_order
from scenarios.constraints import BranchBound


@pytest.mark.parametrize(("patience", "served"), [(0, [2, 0, 0]), (1, [2, 0, 0]), (2, [2, 0, 2])])
def test_who_has_waited_longer_than_patience_is_not_served_in_order(patience: int, served: list[int]) -> None:
    """Four ask at once and money is there for two; it is back two periods later, for who still waits."""
    returned = np.zeros((3, 3))
    returned[0, 2] = 1.0
    problem = problem_of_lines(
        [{"branch": "a", "asked": [4, 0, 0], "price_eur": 100}],
        envelope_eur=200.0,
        patience=patience,
        returned=returned,
    )
    notified = np.asarray([200_00]) / problem.unit_cents
    assert served_in_order(problem, notified)[0] == pytest.approx(served)


def test_a_cap_is_rounded_down_and_a_floor_up_to_the_cent() -> None:
    """0.3333 of 100.01 EUR is 3,333.3333 cents: a whole amount of cents keeps to the share on its own side."""
    problem = problem_of_lines([{"branch": "a", "asked": [1], "price_eur": 100}], envelope_eur=100.01)
    bounds = (BranchBound(share=0.3333),)
    assert [limit.cents for limit in branch_limits(problem, bounds, "down")] == [3_333]
    assert [limit.cents for limit in branch_limits(problem, bounds, "up")] == [3_334]


def test_what_is_dated_on_the_last_day_of_a_period_counts_in_it() -> None:
    """10,000 EUR more on 30 June, and a quarter of the appropriations on 31 March, the rest on 1 April."""
    scenario = tiny(
        "events=[{kind: envelope_change, date: 2021-06-30, amount_eur: 10000, announced: true}]",
        "scheme.management_fee.fee_share=0.0",
        "constraints.commitment_openings=[{date: 2021-03-31, share: 0.25}, {date: 2021-04-01, share: 0.75}]",
    )
    money = money_in_time(scenario, plan_problem(scenario).demand)
    assert money.announced_cents == (*[0] * 5, *[10_000_00] * 7)
    assert money.opened_share is not None
    assert money.opened_share.tolist() == [0, 0, 0.25, *[1.0] * 9]
