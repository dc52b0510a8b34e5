"""One run of a scenario written as an export of requests: synthetic actuals of a known truth, to try and test with."""

import csv
from datetime import timedelta
from io import StringIO

import numpy as np

from enveloppe.advisers import adviser_of
from scenarios.allocation import Allocation
from scenarios.calendar import DAY
from scenarios.scenario import Scenario
from sim.beginning import beginning
from sim.committee import rule_of
from sim.engines import engine_named
from sim.ground import NEVER, ground_of
from sim.price_list import PriceList
from sim.refusal import Refusal
from sim.stock_requests import requests_of

HEADINGS = (
    "id", "date", "branch", "company", "size", "situation", "type", "trainees", "hours", "cost", "committed",
    "paid amount", "status", "decision", "start", "service done", "payment", "synthetic",
)  # fmt: skip


def run_as_actuals(scenario: Scenario, allocation: Allocation, run: int) -> str:
    """The requests of one run, as an export of the whole scheme would hold them when it is over.

    Args:
        scenario: a checked scenario; its policy is lived.
        allocation: the money notified at the opening.
        run: which run.

    Returns:
        CSV with decimal points and ISO dates. Synthetic: no request of it was ever filed, and each row says so, so that
        every report made from it does (`forecast.findings.SYNTHETIC`).
    """
    ground = ground_of(scenario)
    requests = requests_of(ground, run)
    engine = engine_named("compiled")
    examined = engine.examine(ground, requests, None)
    prices = PriceList(ground, requests)
    prices.foresee(examined.decision_minute)
    policy = scenario.committee.policy
    begins = beginning(ground, requests, allocation, rule_of(policy).one_pot)
    lived = engine.live(
        ground, requests, examined, prices, policy, allocation, None, begins, adviser_of(scenario, policy)
    )
    of = requests.all
    opens = scenario.windows.opens
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADINGS)

    def day(minute: int) -> str:
        return "" if minute < 0 or minute >= NEVER else (opens + timedelta(days=minute // DAY)).isoformat()

    refusal, committed_at, parked_at = (np.asarray(one) for one in (lived.refusal, lived.committed, lived.parked))
    cents, served, released = (np.asarray(one) for one in (lived.committed_cents, lived.served, lived.released_cents))
    paid_at = np.asarray(lived.paid)
    cells = ground.cells
    sizes = list(scenario.scheme.size_bands.values())
    for place in np.argsort(of.filing_minute, kind="stable"):
        at = int(place)
        committed = 0 <= committed_at[at] < NEVER
        over = 0 <= served[at] < NEVER
        paid = 0 <= paid_at[at] < NEVER
        kept = int(cents[at] - released[at])
        if committed:
            status = "paid" if paid else "to pay" if over else "committed"
        else:
            status = _status(int(refusal[at]), waits=bool(0 <= parked_at[at] < NEVER))
        decided = int(examined.decision_minute[at]) if int(refusal[at]) else NEVER
        started = int(committed_at[at]) + int(of.start_minutes[at]) if committed else -1
        hours = int(of.hours_hundredths[at])
        cost = round(int(of.trainees[at]) * hours * int(of.fee_cents_per_hour[at]) / 100)
        writer.writerow(
            (
                at + 1,
                day(int(of.filing_minute[at])),
                cells.branches[int(requests.branch[at])],
                f"C{int(requests.company[at])}",
                sizes[int(of.size_band[at])].min_employees + 1,
                cells.situations[int(of.situation[at])],
                cells.pathway_types[int(of.pathway[at])],
                int(of.trainees[at]),
                f"{hours / 100:.2f}",
                _euros(cost),
                _euros(int(cents[at])) if committed else "",
                _euros(kept) if paid else "",
                status,
                day(int(committed_at[at]) if committed else decided),
                day(started),
                day(int(served[at])) if over else "",
                day(int(paid_at[at])) if paid else "",
                "yes",
            )
        )
    return text.getvalue()


def _status(refusal: int, *, waits: bool) -> str:
    if refusal == int(Refusal.NONE):
        return "parked" if waits else "filed"
    return "dropped" if refusal == int(Refusal.PATIENCE) or waits else "refused"


def _euros(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"
