"""Made-up findings for the tests of reports: small, complete, with names that try to break the page."""

from typing import Any

from report_figures import difference, estimate
from report_luck import uncertainty_section
from report_plan import plan_lines, plan_section
from report_simulation import branch_row, lines_of, simulation_section

HOSTILE = "$x$ <script>alert(1)</script> & « =1+1 » \u202eabc"


def tiny() -> dict[str, Any]:
    """Three branches, one of them hostile; every optional part is there."""
    names = [
        ("metallurgie", "Métallurgie", "Metalworking", 1_500_000),
        ("hostile", HOSTILE, HOSTILE, 200_000),
        ("horlogerie", "Horlogerie; joaillerie", "Watchmaking; jewellery", 20_000),
    ]
    return findings(names)


def gain(index: int, code: str, part: float) -> dict[str, Any]:
    """What a branch gains or loses under another policy."""
    gained = (-260.0 if index % 2 else 310.0) * part * (1 + index % 5)
    return {
        "branch": code,
        "pathways_net": difference(round(gained, 2), round(60 * part + 1, 2), "pathways"),
        "committed_cents": difference(round(gained * 600_000), round(36_000_000 * part), "cents"),
    }


def findings(names: list[tuple[str, str, str, int]]) -> dict[str, Any]:
    """Findings over any branches (code, French name, English name, employees)."""
    envelope, need = 15_000_000_000, 19_510_000_000
    employees = sum(name[3] for name in names)
    parts = {code: staff / employees for code, _, _, staff in names}
    lines = [line for code, part in parts.items() for line in plan_lines(code, part)]
    branches = [branch_row(index, code, part, need) for index, (code, part) in enumerate(parts.items())]
    sim_lines = [line for branch in branches for line in lines_of(branch)]
    gains = [gain(index, code, part) for index, (code, part) in enumerate(parts.items())]
    return {
        "schema": 1,
        "scenario": {
            "name": "tiny",
            "title_fr": "Convention d'essai: trois branches",
            "title_en": "Trial agreement: three branches",
            "language": "fr",
            "currency": "EUR",
            "hash": "3f9a1c" + "0" * 58,
            "seed": 2021,
            "runs": 100,
            "overrides": {"runs": "100"},
            "policy": "fixed",
            "rivals": ["first_come"],
            "line_attributes": ["branch", "size_group"],
            "opens": "2021-01-01",
            "filing_deadline": "2021-12-31",
            "commitment_deadline": "2022-03-31",
            "execution_deadline": "2022-12-31",
            "last_payment": "2023-12-31",
            "target_pathways": 25_000,
            "exhaustion_share": 0.99,
            "branch_status": {
                "ok_served_share": 0.9,
                "ok_risk_share": 0.35,
                "short_served_share": 0.75,
                "short_risk_share": 0.6,
            },
            "branches": [
                {"branch": code, "name_fr": french, "name_en": english, "employees": staff}
                for code, french, english, staff in names
            ],
            "size_groups": [
                {"size_group": "under_50", "bands": ["0-10", "11-49"], "min_employees": 0, "max_employees": 49},
                {"size_group": "over_49", "bands": ["50-249", "250+"], "min_employees": 50},
            ],
            "committee_dates": ["2021-02-01", "2021-03-01"],
            "events": [
                {
                    "date": "2021-10-01",
                    "kind": "envelope_change",
                    "amount_cents": 1_000_000_000,
                    "label": "avenant n° 1",
                }
            ],
            "mean_cost_cap_cents": 600_000,
        },
        "plan": plan_section(envelope, lines),
        "simulation": simulation_section(envelope, need, sim_lines, branches),
        "comparison": [
            {
                "policy": "first_come",
                "against": "fixed",
                "kpis": {
                    "pathways_net": difference(182.4, 40.1, "pathways"),
                    "under50_pathway_share": difference(-0.034, 0.003, "share"),
                    "committed_cents": difference(12_000_000, 9_000_000, "cents"),
                    "served_share_min": difference(-0.11, 0.02, "share"),
                },
                "branches": gains,
                "size_groups": [
                    {
                        "size_group": "under_50",
                        "pathways_net": difference(-640.5, 52.0, "pathways"),
                        "committed_cents": difference(-410_000_000, 31_000_000, "cents"),
                    },
                    {
                        "size_group": "over_49",
                        "pathways_net": difference(822.9, 61.0, "pathways"),
                        "committed_cents": difference(422_000_000, 33_000_000, "cents"),
                    },
                ],
            }
        ],
        "uncertainty": uncertainty_section(need, lines),
        "calibration": [
            {
                "quantity": "mean_price_eur",
                "unit": "EUR",
                "population": "pathways asked for",
                "name_fr": "Prix moyen d'un parcours pour le fonds",
                "name_en": "Mean price of a pathway to the fund",
                "target": 6_000.0,
                "tolerance": 60.0,
                "sense": "near",
                "reached": 6_012.3,
                "se": 8.4,
                "met": True,
                "source": "press release, January 2021: 150 M EUR for 25,000",
            },
            {
                "quantity": "group_share",
                "codes": ["under_50"],
                "unit": "share",
                "population": "pathways asked for",
                "name_fr": "Part des moins de 50 salariés",
                "name_en": "Share of companies under 50",
                "target": 0.38,
                "tolerance": 0.01,
                "sense": "at_least",
                "reached": 0.352,
                "se": 0.002,
                "met": False,
                "source": "senat.fr r23-637",
            },
        ],
        "assumptions": [
            {
                "key": "envelope_eur",
                "value": 150_000_000,
                "unit": "EUR",
                "source": "press release of January 2021",
                "kind": "sourced",
            },
            {
                "key": "inflow.drop_out_share",
                "value": 0.12,
                "unit": "share",
                "source": "assumption 2026-11-24: centre of the usual 5 to 20 % of abandonment",
                "kind": "assumption",
            },
            {"key": "runs", "value": 100, "unit": "", "source": "--set", "kind": "override"},
            {
                "key": "inflow.month_weights",
                "value": [0.06, 0.07, 0.09],
                "unit": "share",
                "source": "",
                "kind": "unsourced",
            },
        ],
        "warnings": [
            {"code": "money_left_unnotified", "details": {"cents": 50_000_000, "rows": ["branch_cap_b1"]}},
            {"code": "not_known_yet", "details": {"target": 25_000}},
        ],
    }


def spare() -> dict[str, Any]:
    """The same with every optional part absent."""
    full = tiny()
    for field in ("target_pathways", "mean_cost_cap_cents"):
        del full["scenario"][field]
    full["scenario"] |= {"overrides": {}, "rivals": [], "events": [], "runs": 1}
    for part in ("comparison", "calibration", "assumptions", "warnings"):
        full[part] = []
    full["plan"] |= {"prices": [], "floors": []}
    del full["plan"]["curve"], full["plan"]["intervals"]
    del full["uncertainty"]
    kpis = full["simulation"]["kpis"]
    for name in ("target_reached", "under50_pathway_share", "under50_euro_share", "support_cents"):
        del kpis[name]
    for name in ("support_coverage", "real_pay_coverage"):
        del kpis[name]
    for row in full["simulation"]["years"]:
        del row["cp_cents"]
        del row["need_overrun"]
    full["simulation"]["exhaustion_date"] = {"probability": 0.0}
    kpis["overrun"] = estimate(0.0, "probability")
    kpis["exhausted"] = estimate(0.0, "probability")
    _drop_errors(full)
    return full


def _drop_errors(value: Any) -> None:
    if isinstance(value, dict):
        if "p50" in value:
            value.pop("se", None)
        for inner in value.values():
            _drop_errors(inner)
    elif isinstance(value, list):
        for inner in value:
            _drop_errors(inner)
