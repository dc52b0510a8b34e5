"""The management fee that was earned by the end of a run."""

from scenarios.scenario import Scenario
from scenarios.settings import share_to_basis_points
from sim.ledger import Ledger


def fee_earned_cents(scenario: Scenario, ledger: Ledger) -> int:
    """The fee on what its base came to, half up; all that was set aside where its base is what is authorised."""
    fee = scenario.scheme.management_fee
    if fee.base == "authorised":
        return ledger.fee
    base = ledger.committed if fee.base == "committed" else sum(ledger.paid)
    return (2 * base * share_to_basis_points(fee.fee_share) + 10_000) // 20_000
