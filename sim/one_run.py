"""One run: its luck, the desk, the need, and its life under each policy."""

from collections.abc import Mapping, Sequence

from scenarios.allocation import Allocation
from scenarios.attributes import Requests
from scenarios.committee import Policy
from scenarios.committee_view import Adviser
from scenarios.stock import Stock
from sim.beginning import beginning
from sim.committee import rule_of
from sim.engines import Engine
from sim.ground import Ground
from sim.need import need_of
from sim.outcome import Outcome
from sim.price_list import PriceList
from sim.stock_requests import requests_of
from sim.tables import need_tables, policy_tables


def run_once(
    ground: Ground,
    allocation: Allocation,
    policies: Sequence[Policy],
    run: int,
    engine: Engine,
    stock: Stock | None = None,
    drawn: tuple[Requests, ...] | None = None,
    advisers: Mapping[Policy, Adviser] | None = None,
) -> Outcome:
    """Live through one run under several policies on the same luck.

    Args:
        ground: the scenario laid out.
        allocation: the money notified to each line at the opening, or in force where it starts from a stock.
        policies: which policies, in order.
        run: the number of the run, from 0.
        engine: by which it is lived.
        stock: what it starts from, in place of the opening.
        advisers: what policies decide by that are handed to the simulator.
        drawn: the run's requests where they are known already (`sim.draw_key`); else they are drawn.

    Returns:
        Outcome of one run.

    Raises:
        ValueError: where the stock does not belong to the scenario, or the allocation not to the money there is.
    """
    requests = requests_of(ground, run, stock, drawn)
    examined = engine.examine(ground, requests, None)
    prices = PriceList(ground, requests)
    prices.foresee(examined.decision_minute)
    need = need_of(ground, requests, examined, prices)
    return Outcome(
        need=need_tables(ground, requests, examined, need),
        policies=tuple(
            policy_tables(
                ground,
                requests,
                prices,
                need,
                engine.live(
                    ground,
                    requests,
                    examined,
                    prices,
                    policy,
                    allocation,
                    None,
                    beginning(ground, requests, allocation, rule_of(policy).one_pot, stock),
                    (advisers or {}).get(policy),
                ),
            )
            for policy in policies
        ),
    )
