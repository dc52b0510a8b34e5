"""The same question with another envelope: what is a share of it moves with it."""

from dataclasses import replace

from optimiser.problem import PlanProblem
from scenarios.opening_money import OpeningMoney


def with_envelope(problem: PlanProblem, authorised_cents: int) -> PlanProblem:
    """A problem whose envelope is another; fee and reserve keep their shares of it.

    Args:
        problem: the question.
        authorised_cents: the other envelope, at least 0.

    Returns:
        The other question. Caps and floors declared as shares move with the envelope, those in euros stay.
    """
    money = problem.money
    whole = max(money.authorised_cents, 1)
    fee = (2 * money.management_fee_cents * authorised_cents + whole) // (2 * whole)
    reserve = (2 * money.reserve_cents * authorised_cents + whole) // (2 * whole)
    opening = OpeningMoney(authorised_cents, fee, reserve, authorised_cents - fee - reserve)
    return replace(problem, money=opening)
