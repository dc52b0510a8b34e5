"""The need of a run that starts from a stock holds whatever is committed already."""

from dataclasses import replace

import numpy as np
from test_sim_stock import lived_until
from tiny import tiny

from scenarios.stock import RequestState
from sim.engines import engine_named
from sim.ground import NEVER
from sim.life_state import COMMITTED_AT, COMMITTED_CENTS, DUE_AT, RELEASED_CENTS
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


def test_what_is_committed_or_has_fallen_due_stands_as_the_stock_has_it() -> None:
    """Amounts cut to half by hand stay cut, and a year that is over needs what it needed, in every run."""
    ground, stock, _ = lived_until(tiny("inflow.requests_per_year=400", "desk.officers=4"), 400)
    flying = stock.state == RequestState.COMMITTED
    half = replace(stock, committed_cents=np.where(flying, stock.committed_cents // 2, stock.committed_cents))
    of_2021 = []
    for run in range(3):
        requests = requests_of(ground, run, half)
        examined = engine_named("compiled").examine(ground, requests, None)
        need = need_of(ground, requests, examined, PriceList(ground, requests))
        assert requests.in_flight is not None
        fate = requests.in_flight.fate[need.places]
        held = fate[:, COMMITTED_AT] < NEVER
        assert (need.cents[held] == fate[held, COMMITTED_CENTS]).all()
        due = fate[:, DUE_AT] < NEVER
        assert due.any()
        assert (need.due[due] == fate[due, DUE_AT]).all()
        assert (need.due_cents[due] == (fate[:, COMMITTED_CENTS] - fate[:, RELEASED_CENTS])[due]).all()
        end = ground.year_start(2022)
        so_far = [int(cents[held & (minutes < end)].sum()) for minutes, cents in need.payments]
        over = fate[:, DUE_AT] < end
        assert sum(so_far) == int(need.due_cents[over].sum())
        of_2021.append(sum(so_far))
    assert of_2021[0] > 0
    assert len(set(of_2021)) == 1, "the past is no matter of luck"
