"""The need against the plan's expected demand: two pieces of code, one scheme."""

import math

import numpy as np
from tiny import tiny

from scenarios.demand import expected_demand
from scenarios.expected_price import expected_prices
from sim.desk import examine
from sim.ground import ground_of
from sim.inflow import draw_requests
from sim.need import need_of
from sim.price_list import PriceList
from sim.run_requests import together
from sim.tables import need_tables


def test_the_simulated_need_is_the_demand_that_the_plan_expects() -> None:
    """Pathways and euros of each line over many runs, where the desk has no queue and no ceiling of aid binds.

    The plan counts lags in whole days and prices by a sample of its own: 2 % are left to that, on top of the 99.9 %
    interval of the runs.
    """
    scenario = tiny(
        "inflow.requests_per_year=300",
        "desk.officers=100",
        "desk.work_minutes={kind: constant, at: 1}",
        "scheme.company_aid_ceilings=[]",
        "windows.execution_deadline=2022-12-31",
    )
    ground = ground_of(scenario)
    prices = expected_prices(scenario, ground.book)
    demand = expected_demand(scenario, ground.cells, ground.calendar, ground.book, prices)
    pathways, cents = [], []
    for run in range(250):
        requests = together(ground, draw_requests(ground, run))
        examined, list_of_prices = examine(ground, requests), PriceList(ground, requests)
        need = need_of(ground, requests, examined, list_of_prices)
        table = need_tables(ground, requests, examined, need).by_line
        pathways.append(table["asked_pathways"][0])
        cents.append(table["need_cents"][0])
    for found, expected in (
        (np.asarray(pathways, dtype=float), demand.pathways.sum(axis=1)),
        (np.asarray(cents, dtype=float), (demand.pathways * demand.price_cents).sum(axis=1)),
    ):
        error = 3.29 * found.std(axis=0, ddof=1) / math.sqrt(len(found)) + 0.02 * expected
        assert (np.abs(found.mean(axis=0) - expected) <= error + 1e-9).all(), (found.mean(axis=0), expected)
