"""The planner's workbook: which sheet holds which values of a scenario.

Four shapes of table (`workbook_shapes`): settings (one value a row), records (one row an entry of a list or of a coded
section), distributions (one row a random quantity) and shares (one row a code of a set, which mostly adds up to 1).
Machine keys stand in one row of each sheet; what people read (titles, labels, units) is no business of this file.
"""

from scenarios.workbook_shapes import (
    Distributions,
    Records,
    Settings,
    Shares,
    Sheet,
    Variant,
    same,
    settings_of,
)

_SCOPE = ("from", "until", "min_employees", "max_employees", "situations", "pathway_types", "branches")
"""The filters of a dated rule."""

ENVELOPE = Settings(
    ("Envelope", "Enveloppe"),
    settings_of(
        """
        schema number
        extends text
        name text
        title_fr text
        title_en text
        language text
        currency text
        envelope_eur number
        target_pathways number
        lines texts
        runs number
        seed number
        exhaustion_share number
        branch_status.ok_served_share number
        branch_status.ok_risk_share number
        branch_status.short_served_share number
        branch_status.short_risk_share number
        branch_status.short_early_days number
        windows.opens date
        windows.filing_deadline date
        windows.commitment_deadline date
        windows.execution_deadline date
        windows.last_payment date
        planning.period text
        planning.patience_periods number
        planning.counts text
        """
    ),
)
BRANCHES = Records(
    ("Branches", "Branches"),
    {
        "code": "text",
        "name_fr": "text",
        "name_en": "text",
        "idcc": "text",
        "employees": "number",
        "companies": "number",
        "demand_factor": "number",
        "volume_dispersion": "number",
    },
    {
        "": Variant(
            ("branches",),
            True,
            same("name_fr", "name_en", "idcc", "employees", "companies", "demand_factor", "volume_dispersion"),
        )
    },
)
CATEGORIES = Records(
    ("Categories", "Catégories"),
    {
        "list": "text",
        "code": "text",
        "name_fr": "text",
        "name_en": "text",
        "min_employees": "number",
        "max_employees": "number",
        "group": "text",
        "from": "date",
        "until": "date",
    },
    {
        "size_bands": Variant(
            ("scheme", "size_bands"), True, same("name_fr", "name_en", "min_employees", "max_employees", "group")
        ),
        "situations": Variant(("scheme", "situations"), True, same("name_fr", "name_en")),
        "pathway_types": Variant(("scheme", "pathway_types"), True, same("name_fr", "name_en")),
        "regimes": Variant(("scheme", "regimes"), True, same("from", "until")),
    },
)
SCHEME = Settings(
    ("Scheme", "Dispositif"),
    settings_of(
        """
        scheme.regime_choice text
        scheme.price_date text
        scheme.mean_cost_cap_eur number
        scheme.pay_support.payer text
        scheme.pay_support.max_employees number
        scheme.pay_support.excluded_situations texts
        scheme.management_fee.fee_share number
        scheme.management_fee.base text
        """
    ),
)
RULES = Records(
    ("Rules", "Règles"),
    {
        "rule": "text",
        "regime": "text",
        "from": "date",
        "until": "date",
        "min_employees": "number",
        "max_employees": "number",
        "situations": "texts",
        "pathway_types": "texts",
        "branches": "texts",
        "amount": "number",
    },
    {
        "rate": Variant(("scheme", "rates"), False, same("regime", *_SCOPE) | {"amount": "rate_share"}),
        "hour_cap": Variant(("scheme", "hour_caps"), False, same(*_SCOPE) | {"amount": "cap_eur_per_hour"}),
        "unit_cap": Variant(("scheme", "unit_caps"), False, same(*_SCOPE) | {"amount": "cap_eur"}),
        "support_opening": Variant(("scheme", "pay_support", "opening"), False, same("from", "until")),
        "support_share": Variant(
            ("scheme", "pay_support", "shares"), False, same(*_SCOPE) | {"amount": "support_share"}
        ),
        "support_ceiling": Variant(
            ("scheme", "pay_support", "ceilings"), False, same(*_SCOPE) | {"amount": "ceiling_eur_per_hour"}
        ),
        "support_tier": Variant(("scheme", "pay_support_tiers"), False, {"amount": "support_share"}),
        "company_aid_ceiling": Variant(
            ("scheme", "company_aid_ceilings"), False, same("from", "until") | {"amount": "ceiling_eur"}
        ),
    },
)
DEMAND = Settings(
    ("Demand", "Demande"),
    settings_of(
        """
        inflow.requests_per_year number
        inflow.volume_factor number
        inflow.hours_factor number
        inflow.fee_factor number
        inflow.month_weights numbers
        inflow.holidays_country text
        inflow.holidays_subdivision text
        inflow.office_opens_hour number
        inflow.office_closes_hour number
        inflow.ramp_up.days number
        inflow.ramp_up.initial_share number
        inflow.deadline_rush.days number
        inflow.deadline_rush.extra_share number
        inflow.branch_dispersion number
        inflow.branch_correlation number
        inflow.common_factor.monthly_sd number
        inflow.common_factor.autocorrelation number
        inflow.companies_in_reach number
        inflow.ineligible_share number
        inflow.drop_out_share number
        """
    ),
)
MIX = Shares(
    ("Mix", "Répartitions"),
    naming="table",
    value="share",
    sums=True,
    plain=("inflow.company_size_shares", "inflow.size_shares.at_opening", "inflow.size_shares.at_deadline"),
    dated=("inflow.situation_shares", "inflow.pathway_shares"),
    coded=("branches.region_shares",),
)
FACTORS = Shares(
    ("Factors", "Coefficients"),
    naming="factors",
    value="factor",
    sums=False,
    plain=(
        "inflow.size_group_factors",
        "planning.weights.pathway_types",
        "planning.weights.size_groups",
        "planning.weights.branches",
    ),
    numbered=("scheme.pay_support_tiers.demand_factors",),
)
LAWS = Distributions(
    ("Distributions", "Lois"),
    (
        "inflow.trainees",
        "inflow.pay_eur_per_hour",
        "inflow.start_lag_days",
        "inflow.executed_share",
        "inflow.invoice_lag_days",
        "inflow.prior_aid_eur",
        "inflow.uncertain.volume",
        "inflow.uncertain.hours",
        "inflow.uncertain.fee_per_hour",
        "desk.work_minutes",
        "desk.decision_lag_days",
        "desk.resubmission_lag_days",
        "payments.payment_lag_days",
    ),
    ("hours", "fee_eur_per_hour", "duration_days"),
)
DESK = Settings(
    ("Desk", "Guichet"),
    settings_of(
        """
        desk.officers number
        desk.incomplete_share number
        desk.discipline text
        parking.patience_days number
        parking.blocking text
        payments.advance_share number
        """
    ),
)
STAFF = Records(
    ("Staff", "Effectif"),
    {"staff": "text", "from": "date", "until": "date", "officers": "number"},
    {
        "officer_change": Variant(("desk", "officer_changes"), False, same("from", "officers")),
        "absence": Variant(("desk", "absences"), False, same("from", "until", "officers")),
    },
)
PAYMENTS = Records(
    ("Payments", "Paiements"),
    {"year": "number", "ceiling_eur": "number", "carry_over_max_eur": "number"},
    {"": Variant(("payments", "year_ceilings"), False, same("year", "ceiling_eur", "carry_over_max_eur"))},
)
CASH = Records(
    ("Cash", "Trésorerie"),
    {"cash": "text", "year": "number", "due_eur": "number", "date": "date", "share": "number", "eur": "number"},
    {
        "earlier_commitment": Variant(("payments", "earlier_commitments"), False, same("year", "due_eur")),
        "instalment": Variant(("payments", "instalments"), False, same("date", "share", "eur")),
    },
)
COMMITTEE = Settings(
    ("Committee", "Comité"),
    settings_of(
        """
        committee.policy text
        committee.rivals texts
        committee.dates dates
        committee.reserve_share number
        committee.over_programming_share number
        committee.fungibility.movable_share number
        committee.fungibility.giving_branches texts
        committee.fungibility.floor_share number
        """
    ),
)
CONSTRAINTS = Records(
    ("Constraints", "Contraintes"),
    {
        "constraint": "text",
        "branches": "texts",
        "size_group": "text",
        "pathway_types": "texts",
        "situations": "texts",
        "share": "number",
        "weight_share": "number",
        "eur": "number",
        "pathway_share": "number",
        "euro_share": "number",
        "min_share": "number",
        "max_share": "number",
        "region": "text",
        "date": "date",
    },
    {
        "branch_cap": Variant(("constraints", "branch_caps"), False, same("branches", "share", "weight_share", "eur")),
        "branch_floor": Variant(
            ("constraints", "branch_floors"), False, same("branches", "share", "weight_share", "eur")
        ),
        "group_floor": Variant(
            ("constraints", "group_floors"), False, same("size_group", "pathway_share", "euro_share")
        ),
        "mix_bound": Variant(
            ("constraints", "mix_bounds"), False, same("pathway_types", "situations", "min_share", "max_share")
        ),
        "region_floor": Variant(("constraints", "region_floors"), False, same("region", "pathway_share")),
        "region_cap": Variant(("constraints", "region_caps"), False, same("region", "pathway_share")),
        "commitment_opening": Variant(("constraints", "commitment_openings"), False, same("date", "share", "eur")),
    },
)
PLANNING = Settings(
    ("Planning", "Planification"),
    settings_of(
        """
        constraints.service_floor_share number
        constraints.desk_capacity flag
        constraints.notification_step_share number
        planning.returns_serve_waiting flag
        """
    ),
)
OBJECTIVES = Records(
    ("Objectives", "Objectifs"),
    {"objective": "text", "tolerance_share": "number"},
    {"": Variant(("planning", "objectives"), False, {"objective": "name", "tolerance_share": "tolerance_share"})},
)
NOTIFICATIONS = Records(
    ("Notifications", "Notifications"),
    {"line": "text", "notified_eur": "number"},
    {"": Variant(("planning", "notifications_in_force"), False, same("line", "notified_eur"))},
)
RELAXATION = Records(
    ("Relaxation", "Assouplissement"),
    {"bound": "text", "standing": "text", "weight": "number"},
    {"": Variant(("planning", "relaxation"), False, same("bound", "standing", "weight"))},
)
_NAMED = ("pathway_types", "situations", "size_groups")
"""What a steering rule names requests by."""

STEERING = Records(
    ("Steering", "Pilotage"),
    {
        "steering": "text",
        "last_day": "date",
        "branches": "texts",
        "pathway_types": "texts",
        "situations": "texts",
        "size_groups": "texts",
        "max_share": "number",
        "max_eur": "number",
        "by": "text",
        "first": "texts",
    },
    {
        "quota": Variant(("steering",), False, same(*_NAMED, "max_share", "max_eur"), chosen=("kind", "quota")),
        "priority": Variant(("steering",), False, same("by", "first"), chosen=("kind", "priority")),
        "closing": Variant(("steering",), False, same("last_day", "branches", *_NAMED), chosen=("kind", "closing")),
    },
)
UNCERTAINTY = Settings(
    ("Uncertainty", "Incertitude"),
    settings_of(
        """
        uncertainty.tail_level number
        uncertainty.tail_weight number
        uncertainty.planned_runs number
        uncertainty.replications number
        uncertainty.wanted_gap_share number
        uncertainty.payments_excess_eur number
        uncertainty.policies texts
        uncertainty.calendars texts
        uncertainty.policy_runs number
        uncertainty.sensitivity_runs number
        uncertainty.sensitivity_points number
        """
    ),
)
RANGES = Records(
    ("Ranges", "Fourchettes"),
    {"figure": "text", "low": "number", "high": "number"},
    {"": Variant(("uncertainty", "ranges"), False, {"figure": "key", "low": "low", "high": "high"})},
)


def _event(kind: str, *fields: str) -> Variant:
    """A dated event: its own fields, and what all events say."""
    return Variant(("events",), False, same(*fields, "label", "announced") | {"from": "date"}, chosen=("kind", kind))


EVENTS = Records(
    ("Events", "Événements"),
    {
        "event": "text",
        "from": "date",
        "until": "date",
        "amount_eur": "number",
        "factor": "number",
        "label": "text",
        "announced": "flag",
        "probability": "number",
        "branches": "texts",
        "officers": "number",
        "late_days": "number",
        "rate_share": "number",
        "regime": "text",
        "min_employees": "number",
        "max_employees": "number",
        "situations": "texts",
        "pathway_types": "texts",
    },
    {
        "envelope_change": _event("envelope_change", "amount_eur", "probability"),
        "rate_change": _event("rate_change", "regime", *_SCOPE[1:], "rate_share"),
        "support_suspended": _event("support_suspended", "until"),
        "support_reopened": _event("support_reopened", "until"),
        "demand_shock": _event("demand_shock", "until", "factor", "branches"),
        "officers_change": _event("officers_change", "officers"),
        "instalment_late": _event("instalment_late", "late_days"),
        "economic_factor": Variant(("inflow", "economic_factors"), False, same("from", "until", "factor", "branches")),
    },
)
TARGETS = Records(
    ("Targets", "Cibles"),
    {
        "quantity": "text",
        "unit": "text",
        "population": "text",
        "codes": "texts",
        "day": "iso",
        "target": "number",
        "tolerance": "number",
        "sense": "text",
        "name_fr": "text",
        "name_en": "text",
    },
    {
        "": Variant(
            ("calibration_targets",),
            False,
            same(
                "quantity",
                "unit",
                "population",
                "codes",
                "day",
                "target",
                "tolerance",
                "sense",
                "name_fr",
                "name_en",
            ),
        )
    },
)

SWEEP = Settings(
    ("Sweep", "Variantes"),
    settings_of(
        """
        sweep.method text
        sweep.points number
        sweep.rivals flag
        """
    ),
)
AXES = Records(
    ("Axes", "Axes"),
    {"varied": "text", "values": "plains", "low": "number", "high": "number", "count": "number", "step": "number"},
    {"": Variant(("sweep", "over"), False, same("values", "low", "high", "count", "step") | {"varied": "key"})},
)

SHEETS: tuple[Sheet, ...] = (
    ENVELOPE,
    BRANCHES,
    CATEGORIES,
    SCHEME,
    RULES,
    DEMAND,
    MIX,
    FACTORS,
    LAWS,
    DESK,
    STAFF,
    PAYMENTS,
    CASH,
    COMMITTEE,
    CONSTRAINTS,
    PLANNING,
    OBJECTIVES,
    NOTIFICATIONS,
    RELAXATION,
    STEERING,
    UNCERTAINTY,
    RANGES,
    EVENTS,
    TARGETS,
    SWEEP,
    AXES,
)
"""Every sheet, in the order of the workbook; it is also the order of reading: a list stands before what numbers it."""

GUIDE = ("Guide", "Mode d'emploi")
"""The sheet that explains the others and gathers the checks; not read."""
