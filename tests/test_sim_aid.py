"""The State-aid ceiling of a company: its own requests, what it had before, rows by date; by both engines."""

from typing import Any

import numpy as np
import pytest
from hand_made import decided_at, requests_of
from tiny import by_demand, tiny

from scenarios.calendar import DAY
from scenarios.scenario import Scenario
from sim.engines import NAMES, EngineName, engine_named
from sim.ground import NEVER, ground_of
from sim.inflow import draw_requests
from sim.need import need_of
from sim.price_list import PriceList
from sim.prior_aid import prior_aid
from sim.refusal import Refusal
from sim.run_requests import together

RICH = ("envelope_eur=10_000_000", "events=[]", "committee.dates=[]")
PAIR: list[dict[str, Any]] = [
    {"branch": "metal", "company": 2, "hours_hundredths": 5_000},
    {"branch": "metal", "company": 2, "hours_hundredths": 5_000},
    {"branch": "metal", "company": 3, "hours_hundredths": 5_000},
]
"""Twice 1,000 EUR for one company, 1,000 for another."""


def refusals(scenario: Scenario, days: list[int], engine: EngineName) -> list[Refusal]:
    ground = ground_of(scenario)
    requests = requests_of(ground, PAIR)
    examined, prices = decided_at([day * DAY for day in days]), PriceList(ground, requests)
    lived = engine_named(engine).live(ground, requests, examined, prices, "fixed", by_demand(scenario))
    need = need_of(ground, requests, examined, prices)
    assert need.places.tolist() == [place for place, why in enumerate(lived.refusal) if why == Refusal.NONE]
    return [Refusal(int(why)) for why in lived.refusal]


@pytest.mark.parametrize("engine", NAMES)
@pytest.mark.parametrize(
    ("rows", "prior", "days", "refused"),
    [
        ("[{from: 2021-01-01, ceiling_eur: 2_000}]", "null", [10, 20, 30], []),
        ("[{from: 2021-01-01, ceiling_eur: 1999.99}]", "null", [10, 20, 30], [1]),
        # One cent of earlier aid is one cent less room, for each company.
        ("[{from: 2021-01-01, ceiling_eur: 2_000}]", "{kind: constant, at: 0.01}", [10, 20, 30], [1]),
        ("[{from: 2021-01-01, ceiling_eur: 2_000}]", "{kind: constant, at: 1_500}", [10, 20, 30], [0, 1, 2]),
        # The row of the day of the decision holds; day 59 is 1 March.
        ("[{from: 2021-01-01, ceiling_eur: 1_000}, {from: 2021-03-01, ceiling_eur: 2_000}]", "null", [10, 58, 30], [1]),
        ("[{from: 2021-01-01, ceiling_eur: 1_000}, {from: 2021-03-01, ceiling_eur: 2_000}]", "null", [10, 59, 30], []),
        # Outside its dates a row limits nothing.
        ("[{from: 2021-01-01, until: 2021-02-28, ceiling_eur: 1_000}]", "null", [10, 59, 30], []),
        ("[{from: 2021-02-01, ceiling_eur: 500}]", "null", [10, 20, 30], []),
    ],
)
def test_the_ceiling_in_force_on_the_day_holds_for_all_that_a_company_got_and_had(
    engine: EngineName, rows: str, prior: str, days: list[int], refused: list[int]
) -> None:
    scenario = tiny(*RICH, f"scheme.company_aid_ceilings={rows}", f"inflow.prior_aid_eur={prior}")
    found = refusals(scenario, days, engine)
    assert [place for place, why in enumerate(found) if why == Refusal.AID_CEILING] == refused


def test_more_prior_aid_refuses_more_on_the_same_luck() -> None:
    counts = []
    for mean in (0, 3_000, 9_000):
        scenario = tiny(*RICH, f"inflow.prior_aid_eur={{kind: constant, at: {mean}}}")
        ground = ground_of(scenario)
        requests = together(ground, draw_requests(ground, 0))
        engine = engine_named("compiled")
        examined = engine.examine(ground, requests, None)
        lived = engine.live(ground, requests, examined, PriceList(ground, requests), "fixed", by_demand(scenario))
        counts.append(int((np.asarray(lived.refusal) == Refusal.AID_CEILING).sum()))
        assert (np.asarray(lived.committed) < NEVER).any()
    assert counts[0] < counts[1] < counts[2]


def test_a_companys_prior_aid_is_its_own_whatever_other_branches_there_are() -> None:
    aid = "inflow.prior_aid_eur={kind: uniform, low: 0, high: 1_000}"
    ground = ground_of(tiny(aid))
    drawn = prior_aid(ground, 3)
    assert drawn is not None
    assert len(drawn) == ground.companies
    assert 0 <= drawn.min() <= drawn.max() <= 100_000
    assert len(np.unique(drawn)) > 0.9 * len(drawn)
    other = prior_aid(ground, 4)
    assert other is not None
    assert (drawn != other).any()
    # The pool of metal's small companies is the first; with another seed of demand it is the same.
    more = prior_aid(ground_of(tiny(aid, "inflow.requests_per_year=300")), 3)
    assert more is not None
    assert drawn.tolist() == more.tolist()
    assert prior_aid(ground_of(tiny()), 3) is None


def test_a_company_is_known_by_its_branch_its_size_and_its_number() -> None:
    """The first company of each pool is another one, and two requests of one company are of one."""
    ground = ground_of(tiny())
    pools = [("metal", 0), ("metal", 1), ("metal", 2), ("paper", 0), ("paper", 1), ("metal", 0)]
    requests = requests_of(ground, [{"branch": branch, "size_band": band} for branch, band in pools])
    by_pool = {
        (ground.cells.branches[int(branch)], int(band)): int(company)
        for branch, band, company in zip(requests.branch, requests.all.size_band, requests.company, strict=True)
    }
    assert len(by_pool) == len(set(by_pool.values())) == 5
    assert [int(company) for company in requests.company].count(by_pool["metal", 0]) == 2
    assert 0 <= min(by_pool.values()) <= max(by_pool.values()) < ground.companies
