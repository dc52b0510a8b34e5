"""The key figures of docs/findings.md, one small function each, listed at the end by hand.

A figure is computed run by run (float64, one entry a run, NaN where it does not apply); what runs say together is
left to `sim.statistics`.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.calendar import DAY
from sim.amendments import usable_cents
from sim.experiment import Experiment
from sim.ground import NEVER
from sim.outcome import PolicyOutcome
from sim.statistics import floats, gini, ratio

Float = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Seen:
    """An experiment seen under one policy."""

    experiment: Experiment
    outcome: PolicyOutcome

    def done(self, name: str) -> Float:
        """A sum over all requests, by run."""
        return floats(self.outcome.by_pair[name].sum(axis=(1, 2)))

    def asked(self, name: str) -> Float:
        """A sum over the need, by run."""
        return floats(self.experiment.need.by_pair[name].sum(axis=(1, 2)))

    def total(self, name: str) -> Float:
        """An account of the envelope at the end, by run."""
        return floats(self.outcome.totals[name])


def pathways_committed(seen: Seen) -> Float:
    """Pathways committed, gross: the State's indicator."""
    return seen.done("pathways_committed")


def pathways_net(seen: Seen) -> Float:
    """Pathways committed, less drop-outs, whose money is released."""
    return seen.done("pathways_net")


def pathways_completed(seen: Seen) -> Float:
    """Pathways followed to their end, of which at least an hour was executed."""
    return seen.done("pathways_completed")


def target_reached(seen: Seen) -> Float | None:
    """1 in a run whose net pathways reach the target."""
    target = seen.experiment.ground.scenario.target_pathways
    return None if target is None else (pathways_net(seen) >= target).astype(np.float64)


def committed_cents(seen: Seen) -> Float:
    """AE consumed, net of releases."""
    return seen.done("committed_cents")


def gross_committed_cents(seen: Seen) -> Float:
    """AE consumed before anything is released."""
    return seen.done("gross_committed_cents")


def repriced_cents(seen: Seen) -> Float:
    """What commitments cost more than their requests counted for in the need (rates and ceilings move with dates)."""
    return gross_committed_cents(seen) - (need_cents(seen) - unmet_need_cents(seen))


def notified_cents(seen: Seen) -> Float:
    """What lines were notified in all, as it stands at the end."""
    return floats(seen.outcome.by_line["notified_cents"].sum(axis=1))


def paid_cents(seen: Seen) -> Float:
    """CP consumed."""
    return seen.done("paid_cents")


def released_cents(seen: Seen) -> Float:
    """Committed and given back, whether it could be used again or lapsed."""
    return seen.done("released_cents")


def lapsed_cents(seen: Seen) -> Float:
    """Given back after filing closed, and fee not earned."""
    return seen.total("lapsed_cents")


def shortfall_cents(seen: Seen) -> Float:
    """What a cut could not take and releases have not closed since."""
    return seen.total("shortfall_cents")


def need_cents(seen: Seen) -> Float:
    """What would be committed with no ceiling of money."""
    return seen.asked("need_cents")


def unmet_need_cents(seen: Seen) -> Float:
    """The need of requests that were never committed."""
    return seen.done("unmet_need_cents")


def overrun(seen: Seen) -> Float:
    """1 in a run whose need exceeds the money authorised by the last day of commitments, net of the management fee."""
    scenario = seen.experiment.ground.scenario
    usable = np.asarray([usable_cents(scenario, run) for run in range(seen.experiment.runs)], dtype=np.float64)
    return (need_cents(seen) > usable).astype(np.float64)


def exhausted(seen: Seen) -> Float:
    """1 in a run whose envelope was exhausted at some time."""
    return (seen.outcome.totals["exhausted_minute"] < NEVER).astype(np.float64)


def under50_pathway_share(seen: Seen) -> Float | None:
    """The share of companies under 50 employees in the pathways committed."""
    return _under50(seen, "pathways_committed")


def under50_euro_share(seen: Seen) -> Float | None:
    """The share of companies under 50 employees in the money committed, net of releases."""
    return _under50(seen, "committed_cents")


def _under50(seen: Seen, name: str) -> Float | None:
    small = list(seen.experiment.ground.scenario.scheme.under50_groups)
    if not small:
        return None
    table = seen.outcome.by_pair[name]
    return ratio(table[:, :, small].sum(axis=(1, 2)), table.sum(axis=(1, 2)))


def support_cents(seen: Seen) -> Float:
    """The part of the money committed, net of releases, that is pay support."""
    return seen.done("support_cents")


def support_coverage(seen: Seen) -> Float:
    """Support / min(pay, ceiling), over committed trainees entitled to support."""
    return ratio(seen.done("gross_support_cents"), seen.done("base_pay_cents"))


def real_pay_coverage(seen: Seen) -> Float:
    """Support / pay, over committed trainees entitled to support."""
    return ratio(seen.done("gross_support_cents"), seen.done("real_pay_cents"))


def mean_cost_cents(seen: Seen) -> Float:
    """What the fund committed, gross, for a gross pathway."""
    return ratio(seen.done("gross_committed_cents"), seen.done("pathways_committed"))


def need_price_cents(seen: Seen) -> Float:
    """What the fund would have committed for a pathway with no ceiling of money."""
    return ratio(need_cents(seen), asked_pathways(seen))


def asked_pathways(seen: Seen) -> Float:
    """Pathways that the fund would take with no ceiling of money: eligible, entitled, in time."""
    return seen.asked("asked_pathways")


def companies(seen: Seen) -> Float:
    """Distinct companies with at least one commitment."""
    return seen.done("companies")


def refused(seen: Seen) -> Float:
    """Requests refused, for whatever reason."""
    return seen.done("refused")


def parked(seen: Seen) -> Float:
    """Requests that waited for money at some time, whatever became of them."""
    return seen.done("parked")


def wait_days(seen: Seen) -> Float:
    """Days from filing to the commitment, a mean over committed requests."""
    return ratio(seen.done("wait_minutes"), seen.done("commitments") * DAY)


def served_share(seen: Seen) -> Float:
    """Committed / asked pathways, all branches together."""
    return ratio(seen.done("pathways_committed"), seen.asked("asked_pathways"))


def branch_served_share(seen: Seen) -> Float:
    """Committed / asked pathways of each branch: float64 (runs, branches)."""
    return ratio(
        seen.outcome.by_pair["pathways_committed"].sum(axis=2),
        seen.experiment.need.by_pair["asked_pathways"].sum(axis=2),
    )


def served_share_min(seen: Seen) -> Float:
    """Committed / asked pathways of the branch where it is least."""
    shares = branch_served_share(seen)
    least = np.where(np.isnan(shares), np.inf, shares).min(axis=1)
    return np.where(np.isinf(least), np.nan, least)


def served_share_gini(seen: Seen) -> Float:
    """How unequally branches are served: Gini of their committed / asked pathways."""
    return gini(branch_served_share(seen))


def due_unpaid_at_year_end_cents(seen: Seen) -> Float:
    """Due and unpaid at the 31 December (or end of the horizon) where it is most."""
    return floats(seen.outcome.by_year["due_unpaid_cents"].max(axis=1))


def reste_a_payer_cents(seen: Seen) -> Float:
    """Committed, neither released nor paid, at the end of the horizon."""
    return floats(seen.outcome.by_line["to_pay_cents"].sum(axis=1))


def management_fee(seen: Seen) -> Float:
    """The fund's running costs, as earned."""
    return seen.total("fee_cents")


def unspent_cents(seen: Seen) -> Float:
    """Never committed, or given back in time and not committed again: open, unnotified and reserve."""
    open_cents = floats(seen.outcome.by_line["open_cents"].sum(axis=1))
    return open_cents + seen.total("unnotified_cents") + seen.total("reserve_cents")


def desk_load(seen: Seen) -> Float:
    """The share of officers' working time spent examining, from the opening to the filing deadline."""
    totals = seen.experiment.need.totals
    return ratio(totals["desk_busy_minutes"], totals["desk_open_minutes"])


def decision_days(seen: Seen) -> Float:
    """Days from first filing to the decision, a mean over requests decided on."""
    totals = seen.experiment.need.totals
    return ratio(totals["decision_minutes_sum"], totals["decided_requests"] * DAY)


@dataclass(frozen=True)
class Kpi:
    """A key figure: its name in findings, its unit, and how it is computed (None: it does not apply)."""

    name: str
    unit: str
    of: Callable[[Seen], Float | None]


KPIS: tuple[Kpi, ...] = (
    Kpi("pathways_committed", "pathways", pathways_committed),
    Kpi("pathways_net", "pathways", pathways_net),
    Kpi("pathways_completed", "pathways", pathways_completed),
    Kpi("target_reached", "probability", target_reached),
    Kpi("committed_cents", "cents", committed_cents),
    Kpi("gross_committed_cents", "cents", gross_committed_cents),
    Kpi("repriced_cents", "cents", repriced_cents),
    Kpi("notified_cents", "cents", notified_cents),
    Kpi("paid_cents", "cents", paid_cents),
    Kpi("released_cents", "cents", released_cents),
    Kpi("lapsed_cents", "cents", lapsed_cents),
    Kpi("shortfall_cents", "cents", shortfall_cents),
    Kpi("need_cents", "cents", need_cents),
    Kpi("unmet_need_cents", "cents", unmet_need_cents),
    Kpi("overrun", "probability", overrun),
    Kpi("exhausted", "probability", exhausted),
    Kpi("under50_pathway_share", "share", under50_pathway_share),
    Kpi("under50_euro_share", "share", under50_euro_share),
    Kpi("support_cents", "cents", support_cents),
    Kpi("support_coverage", "share", support_coverage),
    Kpi("real_pay_coverage", "share", real_pay_coverage),
    Kpi("mean_cost_cents", "cents", mean_cost_cents),
    Kpi("need_price_cents", "cents", need_price_cents),
    Kpi("asked_pathways", "pathways", asked_pathways),
    Kpi("companies", "companies", companies),
    Kpi("refused", "requests", refused),
    Kpi("parked", "requests", parked),
    Kpi("wait_days", "days", wait_days),
    Kpi("served_share", "share", served_share),
    Kpi("served_share_min", "share", served_share_min),
    Kpi("served_share_gini", "share", served_share_gini),
    Kpi("due_unpaid_at_year_end_cents", "cents", due_unpaid_at_year_end_cents),
    Kpi("reste_a_payer_cents", "cents", reste_a_payer_cents),
    Kpi("management_fee_cents", "cents", management_fee),
    Kpi("unspent_cents", "cents", unspent_cents),
    Kpi("desk_load", "share", desk_load),
    Kpi("decision_days", "days", decision_days),
)
"""The table of contents: a new figure is one function above and one row here."""
