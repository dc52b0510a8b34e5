"""The planner's workbook: which sheet holds which values of a scenario.

Four shapes of table: settings (one value a row), records (one row an entry of a list or of a coded section),
distributions (one row a random quantity) and shares (one row a code of a set that adds up to 1). Machine keys stand
in one row of each sheet; what people read (titles, labels, units) is no business of this file.
"""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["number", "text", "date", "iso", "texts", "dates", "numbers"]
"""How a cell is read: `iso` is a date that the scenario keeps as text; `texts` is several codes in one cell, `dates`
and `numbers` are lists of one value a row."""


@dataclass(frozen=True)
class Setting:
    """One value of a scenario; its row bears its dotted key."""

    key: str
    kind: Kind


@dataclass(frozen=True)
class Variant:
    """What one kind of row means.

    Attributes:
        path: the list or the coded section that the rows fill.
        coded: whether entries are told by a code (else they are a list, in the order of the rows).
        fields: the entry's key behind each column.
        chosen: an entry's key that the row's kind itself fills, with the value it has.
    """

    path: tuple[str, ...]
    coded: bool
    fields: dict[str, str]
    chosen: tuple[str, str] | None = None


@dataclass(frozen=True)
class Settings:
    """A sheet of settings."""

    sheet: tuple[str, str]
    settings: tuple[Setting, ...]


@dataclass(frozen=True)
class Records:
    """A sheet of records.

    Attributes:
        sheet: its name in English and in French.
        columns: the kind of each column, in order; the first one says what the row is where there are variants.
        variants: by the word in the first column, or by "" for a sheet of one variant.
    """

    sheet: tuple[str, str]
    columns: dict[str, Kind]
    variants: dict[str, Variant]


@dataclass(frozen=True)
class Distributions:
    """A sheet of random quantities, each by its dotted key."""

    sheet: tuple[str, str]
    keys: tuple[str, ...]
    by_type: tuple[str, ...]
    """What each pathway type has: `inflow.pathways.<type>.<this>`."""


@dataclass(frozen=True)
class Shares:
    """A sheet of shares that add up to 1: plain sets, and lists of dated sets."""

    sheet: tuple[str, str]
    plain: tuple[str, ...]
    dated: tuple[str, ...]


Sheet = Settings | Records | Distributions | Shares


def _settings(text: str) -> tuple[Setting, ...]:
    """Settings from lines of `key kind`."""
    pairs = (line.split() for line in text.strip().splitlines())
    return tuple(Setting(key, kind) for key, kind in pairs)  # type: ignore[arg-type]


def _same(*columns: str) -> dict[str, str]:
    return {column: column for column in columns}


_SCOPE = ("from", "until", "min_employees", "max_employees", "situations", "pathway_types", "branches")
"""The filters of a dated rule."""

ENVELOPE = Settings(
    ("Envelope", "Enveloppe"),
    _settings(
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
    },
    {"": Variant(("branches",), True, _same("name_fr", "name_en", "idcc", "employees", "companies", "demand_factor"))},
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
            ("scheme", "size_bands"), True, _same("name_fr", "name_en", "min_employees", "max_employees", "group")
        ),
        "situations": Variant(("scheme", "situations"), True, _same("name_fr", "name_en")),
        "pathway_types": Variant(("scheme", "pathway_types"), True, _same("name_fr", "name_en")),
        "regimes": Variant(("scheme", "regimes"), True, _same("from", "until")),
    },
)
SCHEME = Settings(
    ("Scheme", "Dispositif"),
    _settings(
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
        "rate": Variant(("scheme", "rates"), False, _same("regime", *_SCOPE) | {"amount": "rate_share"}),
        "hour_cap": Variant(("scheme", "hour_caps"), False, _same(*_SCOPE) | {"amount": "cap_eur_per_hour"}),
        "unit_cap": Variant(("scheme", "unit_caps"), False, _same(*_SCOPE) | {"amount": "cap_eur"}),
        "support_opening": Variant(("scheme", "pay_support", "opening"), False, _same("from", "until")),
        "support_share": Variant(
            ("scheme", "pay_support", "shares"), False, _same(*_SCOPE) | {"amount": "support_share"}
        ),
        "support_ceiling": Variant(
            ("scheme", "pay_support", "ceilings"), False, _same(*_SCOPE) | {"amount": "ceiling_eur_per_hour"}
        ),
        "company_aid_ceiling": Variant(
            ("scheme", "company_aid_ceilings"), False, _same("from", "until") | {"amount": "ceiling_eur"}
        ),
    },
)
DEMAND = Settings(
    ("Demand", "Demande"),
    _settings(
        """
        inflow.requests_per_year number
        inflow.volume_factor number
        inflow.hours_factor number
        inflow.fee_factor number
        inflow.month_weights numbers
        inflow.holidays_country text
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
    ("inflow.company_size_shares", "inflow.size_shares.at_opening", "inflow.size_shares.at_deadline"),
    ("inflow.situation_shares", "inflow.pathway_shares"),
)
LAWS = Distributions(
    ("Distributions", "Lois"),
    (
        "inflow.trainees",
        "inflow.pay_eur_per_hour",
        "inflow.start_lag_days",
        "inflow.executed_share",
        "inflow.invoice_lag_days",
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
    _settings(
        """
        desk.officers number
        desk.incomplete_share number
        desk.discipline text
        parking.patience_days number
        parking.blocking text
        """
    ),
)
PAYMENTS = Records(
    ("Payments", "Paiements"),
    {"year": "number", "ceiling_eur": "number"},
    {"": Variant(("payments", "year_ceilings"), False, _same("year", "ceiling_eur"))},
)
COMMITTEE = Settings(
    ("Committee", "Comité"),
    _settings(
        """
        committee.policy text
        committee.rivals texts
        committee.dates dates
        committee.reserve_share number
        committee.fungibility.movable_share number
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
    },
    {
        "branch_cap": Variant(("constraints", "branch_caps"), False, _same("branches", "share", "weight_share", "eur")),
        "branch_floor": Variant(
            ("constraints", "branch_floors"), False, _same("branches", "share", "weight_share", "eur")
        ),
        "group_floor": Variant(
            ("constraints", "group_floors"), False, _same("size_group", "pathway_share", "euro_share")
        ),
        "mix_bound": Variant(
            ("constraints", "mix_bounds"), False, _same("pathway_types", "situations", "min_share", "max_share")
        ),
    },
)
EVENTS = Records(
    ("Events", "Événements"),
    {"event": "text", "from": "date", "until": "date", "amount_eur": "number", "factor": "number", "label": "text"},
    {
        "envelope_change": Variant(
            ("events",),
            False,
            _same("amount_eur", "label") | {"from": "date"},
            chosen=("kind", "envelope_change"),
        ),
        "economic_factor": Variant(("inflow", "economic_factors"), False, _same("from", "until", "factor")),
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
            _same(
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

SHEETS: tuple[Sheet, ...] = (
    ENVELOPE,
    BRANCHES,
    CATEGORIES,
    SCHEME,
    RULES,
    DEMAND,
    MIX,
    LAWS,
    DESK,
    PAYMENTS,
    COMMITTEE,
    CONSTRAINTS,
    EVENTS,
    TARGETS,
)
"""Every sheet, in the order of the workbook."""

GUIDE = ("Guide", "Mode d'emploi")
"""The sheet that explains the others and gathers the checks; not read."""

SOURCE = "source"
LAW_FIELDS = ("at", "low", "mode", "high", "mean", "sigma", "median", "p90")
NOTHING = "(none)"
"""In a cell: no value, or an empty list, where the extended scenario has one; in a source: none."""


def columns_of(sheet: Sheet) -> dict[str, Kind]:
    """The columns of a sheet with their kinds, without the sources."""
    match sheet:
        case Settings():
            return {"key": "text", "value": "text"}
        case Distributions():
            return {"key": "text", "kind": "text", **dict.fromkeys(LAW_FIELDS, "number")}
        case Shares():
            return {
                "table": "text",
                "set": "number",
                "from": "date",
                "until": "date",
                "code": "text",
                "share": "number",
            }
        case Records():
            return sheet.columns
