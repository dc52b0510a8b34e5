"""The quantities that findings tell of a simulation."""

TOLD = [
    "pathways_committed",
    "pathways_net",
    "pathways_completed",
    "target_reached",
    "committed_cents",
    "gross_committed_cents",
    "repriced_cents",
    "notified_cents",
    "paid_cents",
    "released_cents",
    "lapsed_cents",
    "shortfall_cents",
    "need_cents",
    "unmet_need_cents",
    "overrun",
    "exhausted",
    "under50_pathway_share",
    "under50_euro_share",
    "support_cents",
    "support_coverage",
    "real_pay_coverage",
    "mean_cost_cents",
    "need_price_cents",
    "asked_pathways",
    "companies",
    "refused",
    "parked",
    "wait_days",
    "served_share",
    "served_share_min",
    "served_share_gini",
    "due_unpaid_at_year_end_cents",
    "reste_a_payer_cents",
    "management_fee_cents",
    "unspent_cents",
    "desk_load",
    "decision_days",
]
"""All of them, in the order in which they stand."""

BEYOND_THE_PROMISE = {
    "need_price_cents",
    "repriced_cents",
    "notified_cents",
    "real_pay_coverage",
    "gross_committed_cents",
    "unspent_cents",
    "asked_pathways",
    "served_share",
    "management_fee_cents",
    "decision_days",
    "desk_load",
}
"""Those that scripts may not rely on."""

PROMISED = [name for name in TOLD if name not in BEYOND_THE_PROMISE]
"""Those that scripts may rely on, wherever they apply."""
