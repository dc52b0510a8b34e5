"""The need of a run that starts from a stock holds whatever is committed already."""

from dataclasses import replace

import numpy as np
from test_sim_stock import lived_until
from tiny import tiny

from scenarios.stock import RequestState
from sim.engines import engine_named
from sim.ground import NEVER
from sim.life_state import COMMITTED_AT
from sim.need import need_of
from sim.price_list import PriceList
from sim.stock_requests import requests_of


def test_what_is_committed_was_asked_for_although_it_ends_too_late() -> None:
    """Trainings in flight start 2,000 days on, after the last day of training: committed, they still count as asked."""
    ground, stock, _ = lived_until(tiny(), 150)
    flying = stock.state == RequestState.COMMITTED
    assert flying.any()
    late = replace(
        stock,
        start_day=np.where(flying, stock.committed_day + 2_000, stock.start_day),
        end_day=np.where(flying, -1, stock.end_day),
    )
    requests = requests_of(ground, 0, late)
    examined = engine_named("compiled").examine(ground, requests, None)
    need = need_of(ground, requests, examined, PriceList(ground, requests))
    assert requests.in_flight is not None
    committed = np.flatnonzero(requests.in_flight.fate[:, COMMITTED_AT] < NEVER)
    assert len(committed) >= int(flying.sum())
    assert set(committed.tolist()) <= set(need.places.tolist())
    assert (need.cents > 0).all()
