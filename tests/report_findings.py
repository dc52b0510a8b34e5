"""Made-up findings for the tests of reports: small, complete, with names that try to break the page."""

from typing import Any

HOSTILE = "$x$ <script>alert(1)</script> & « =1+1 » \u202eabc"


def estimate(mean: float, unit: str, spread: float = 0.1) -> dict[str, Any]:
    """An estimate around a mean."""
    whole = unit == "cents"

    def value(factor: float) -> float:
        number = mean * factor
        if unit in ("share", "probability"):
            return round(min(1.0, number), 4)
        return round(number) if whole else round(number, 2)

    return {
        "mean": value(1.0),
        "se": value(spread / 10),
        "p5": value(1 - 1.6 * spread),
        "p10": value(1 - 1.3 * spread),
        "p50": value(1 - 0.02 * spread),
        "p90": value(1 + 1.3 * spread),
        "p95": value(1 + 1.6 * spread),
        "unit": unit,
    }


def difference(mean: float, se: float, unit: str) -> dict[str, Any]:
    """A paired difference."""
    return {"mean": mean, "se": se, "unit": unit}


def curve(envelope: int, now: float) -> list[dict[str, Any]]:
    """What envelopes from 60 to 120 % are worth: no plan below 65 %, nothing gained above 110 %."""
    told: list[dict[str, Any]] = []
    for number in range(25):
        share = round(0.6 + 0.025 * number, 3)
        here: dict[str, Any] = {"share": share, "envelope_cents": round(share * envelope)}
        if share >= 0.65:
            here["pathways"] = now * (1 + 0.9 * (min(share, 1.1) - 1))
            here["gained_pathways"] = here["pathways"] - now
            if share >= 0.675:
                step = (here["envelope_cents"] - told[-1]["envelope_cents"]) / 100_000_000
                here["pathways_per_million"] = (here["pathways"] - told[-1]["pathways"]) / step
        told.append(here)
    return told


def interval(branch: str, low: int, notified: int, high: int) -> dict[str, Any]:
    """The money that a branch could get in plans as good."""
    cents = {"low_cents": low, "notified_cents": notified, "high_cents": high, "range_cents": high - low}
    return {"branch": branch, **cents}


MONTHS = [f"{year}-{month:02d}" for year in (2021, 2022, 2023) for month in range(1, 13)]


def months(envelope: int, need: int) -> list[dict[str, Any]]:
    """Cumulative curves that look like an agreement."""
    rows = []
    for index, month in enumerate(MONTHS):
        asked = need * min(1.0, ((index + 1) / 13.5) ** 1.3)
        committed = min(asked * 0.96, envelope * 0.938)
        paid = envelope * 0.82 * min(1.0, max(0.0, (index - 3) / 22) ** 1.2)
        rows.append(
            {
                "month": month,
                "need_cents": estimate(asked, "cents", 0.14),
                "committed_cents": estimate(committed, "cents", 0.03),
                "paid_cents": estimate(paid, "cents", 0.05),
            }
        )
    return rows


def tiny() -> dict[str, Any]:
    """Three branches, one of them hostile; every optional part is there."""
    names = [
        ("metallurgie", "Métallurgie", "Metalworking", 1_500_000),
        ("hostile", HOSTILE, HOSTILE, 200_000),
        ("horlogerie", "Horlogerie; joaillerie", "Watchmaking; jewellery", 20_000),
    ]
    return findings(names)


def findings(names: list[tuple[str, str, str, int]]) -> dict[str, Any]:
    """Findings over any branches (code, French name, English name, employees)."""
    envelope, need = 15_000_000_000, 19_510_000_000
    employees = sum(name[3] for name in names)
    statuses = ("ok", "watch", "short")
    branches, plan_lines, sim_lines, gains = [], [], [], []
    for index, (code, _, _, staff) in enumerate(names):
        part = staff / employees
        status = statuses[index % 3]
        served = {"ok": 0.97, "watch": 0.82, "short": 0.62}[status]
        chance = {"ok": 0.05, "watch": 0.45, "short": 0.98}[status]
        exhaustion: dict[str, Any] = {"probability": chance}
        if chance >= 0.1:
            exhaustion |= {"p10": "2021-10-04", "p50": "2021-11-12", "p90": "2021-12-20"}
        kpis = {
            "asked_pathways": estimate(32_500 * part, "pathways"),
            "pathways_committed": estimate(25_000 * part, "pathways", 0.06),
            "pathways_net": estimate(22_135 * part, "pathways", 0.06),
            "committed_cents": estimate(14_060_000_000 * part, "cents", 0.05),
            "notified_cents": estimate(14_250_000_000 * part, "cents", 0),
            "need_cents": estimate(need * part, "cents", 0.15),
            "paid_cents": estimate(12_300_000_000 * part, "cents"),
            "served_share": estimate(served, "share"),
            "parked": estimate(1_000 * part, "requests"),
            "support_cents": estimate(2_000_000_000 * part, "cents"),
        }
        branches.append({"branch": code, "kpis": kpis, "exhaustion_date": exhaustion, "status": status})
        for group, weight in (("under_50", 0.4), ("over_49", 0.6)):
            plan_lines.append(
                {
                    "line": f"{code}/{group}",
                    "branch": code,
                    "size_group": group,
                    "notified_cents": round(14_250_000_000 * part * weight),
                    "pathways": round(22_400 * part * weight, 3),
                    "pathways_whole": round(22_400 * part * weight),
                    "asked_pathways": round(32_500 * part * weight, 3),
                    "price_cents": 601_234,
                }
            )
            sim_lines.append(
                {
                    "line": f"{code}/{group}",
                    "branch": code,
                    "size_group": group,
                    "kpis": {name: estimate(value["mean"] * weight, value["unit"]) for name, value in kpis.items()},
                    "exhaustion_date": exhaustion,
                }
            )
        gain = (-260.0 if index % 2 else 310.0) * part * (1 + index % 5)
        gains.append(
            {
                "branch": code,
                "pathways_net": difference(round(gain, 2), round(60 * part + 1, 2), "pathways"),
                "committed_cents": difference(round(gain * 600_000), round(36_000_000 * part), "cents"),
            }
        )
    groups = ("under_50", "over_49")
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
        "plan": {
            "status": "optimal",
            "objective": "pathways",
            "counts": "net",
            "pathways": 22_400.25,
            "pathways_whole": 22_400,
            "fee_cents": 12_100_000_000,
            "support_cents": 2_100_000_000,
            "cost_cents": 14_200_000_000,
            "envelope_cents": envelope,
            "management_fee_cents": 750_000_000,
            "reserve_cents": 0,
            "distributable_cents": 14_250_000_000,
            "unnotified_cents": 50_000_000,
            "lines": plan_lines,
            "prices": [
                {
                    "row": "envelope",
                    "family": "envelope",
                    "binding": True,
                    "price": 0.1643,
                    "unit": "pathways/kEUR",
                    "low": 14_107_500_000.0,
                    "high": 14_392_500_000.0,
                    "sentence": "",
                },
                {
                    "row": "group_floor[under_50]",
                    "family": "group_floor_pathways",
                    "subject": "under_50",
                    "binding": True,
                    "price": -0.21,
                    "unit": "pathways/point",
                    "sentence": "",
                },
                {
                    "row": "branch_floor[hostile]",
                    "family": "branch_floor",
                    "subject": "hostile",
                    "binding": True,
                    "price": -0.0123,
                    "unit": "pathways/kEUR",
                    "sentence": "",
                },
                {
                    "row": "branch_cap[metallurgie]",
                    "family": "branch_cap",
                    "subject": "metallurgie",
                    "binding": False,
                    "price": 0.0,
                    "unit": "pathways/kEUR",
                    "sentence": "",
                },
            ],
            "curve": curve(envelope, 22_844.5),
            "intervals": [
                interval("metallurgie", 7_900_000_000, 8_000_000_000, 8_100_000_000),
                interval("hostile", 1_000_000_000, 1_000_000_000, 1_300_000_000),
                interval("chimie", 500_000_000, 500_000_050, 500_000_100),
            ],
            "floors": [
                {
                    "row": "group_floor[under_50]",
                    "family": "group_floor_pathways",
                    "subject": "under_50",
                    "pathways_cost": 312.4,
                    "under50_pathways_without": 5_120.0,
                    "under50_pathways_with": 8_512.0,
                }
            ],
            "certificate": {"primal": 7.3e-12, "dual": 0.0, "gap": 4.5e-12},
        },
        "simulation": {
            "policy": "fixed",
            "kpis": {
                "pathways_committed": estimate(25_140, "pathways", 0.06),
                "pathways_net": estimate(22_135.4, "pathways", 0.06),
                "pathways_completed": estimate(21_060, "pathways", 0.06),
                "target_reached": estimate(0.11, "probability", 0.06),
                "asked_pathways": estimate(32_511, "pathways", 0.14),
                "need_cents": estimate(need, "cents", 0.14),
                "unmet_need_cents": estimate(5_460_000_000, "cents", 0.3),
                "committed_cents": estimate(14_060_000_000, "cents", 0.02),
                "gross_committed_cents": estimate(15_710_000_000, "cents", 0.02),
                "repriced_cents": estimate(1_660_000_000, "cents", 0.02),
                "notified_cents": estimate(14_250_000_000, "cents", 0.0),
                "paid_cents": estimate(12_300_000_000, "cents", 0.03),
                "released_cents": estimate(1_650_000_000, "cents", 0.08),
                "unspent_cents": estimate(190_000_000, "cents", 0.2),
                "lapsed_cents": estimate(190_000_000, "cents", 0.2),
                "overrun": estimate(0.96, "probability", 0.1),
                "exhausted": estimate(0.94, "probability", 0.1),
                "mean_cost_cents": estimate(601_234, "cents", 0.04),
                "under50_pathway_share": estimate(0.381, "share", 0.04),
                "under50_euro_share": estimate(0.402, "share", 0.04),
                "support_cents": estimate(2_050_000_000, "cents", 0.05),
                "support_coverage": estimate(0.99, "share", 0.01),
                "real_pay_coverage": estimate(0.68, "share", 0.02),
                "companies": estimate(5_120, "companies", 0.05),
                "refused": estimate(812, "requests", 0.1),
                "parked": estimate(2_340, "requests", 0.2),
                "wait_days": estimate(24.5, "days", 0.1),
                "served_share": estimate(0.77, "share", 0.1),
                "served_share_min": estimate(0.44, "share", 0.1),
                "served_share_gini": estimate(0.08, "share", 0.1),
                "due_unpaid_at_year_end_cents": estimate(310_000_000, "cents", 0.5),
                "reste_a_payer_cents": estimate(120_000_000, "cents", 0.5),
            },
            "months": months(envelope, need),
            "years": [
                {
                    "year": year,
                    "cp_cents": 7_500_000_000,
                    "need_cents": estimate(amount, "cents", 0.15),
                    "need_overrun": chance,
                    "paid_cents": estimate(min(amount, 7_500_000_000) * 0.97, "cents", 0.04),
                    "due_unpaid_cents": estimate(owed, "cents", 0.4),
                    "reste_a_payer_cents": estimate(rest, "cents", 0.1),
                }
                for year, amount, chance, owed, rest in (
                    (2021, 4_800_000_000, 0.02, 0, 9_100_000_000),
                    (2022, 9_200_000_000, 0.87, 310_000_000, 1_400_000_000),
                    (2023, 1_500_000_000, 0.0, 0, 120_000_000),
                )
            ],
            "lines": sim_lines,
            "branches": branches,
            "size_groups": [
                {
                    "size_group": group,
                    "kpis": {
                        "asked_pathways": estimate(32_500 * part, "pathways"),
                        "pathways_committed": estimate(25_000 * part, "pathways"),
                        "pathways_net": estimate(22_135 * part, "pathways"),
                        "committed_cents": estimate(14_060_000_000 * part, "cents"),
                        "notified_cents": estimate(14_250_000_000 * part, "cents", 0),
                        "served_share": estimate(0.76 + part / 10, "share"),
                        "wait_days": estimate(20 + 10 * part, "days"),
                        "companies": estimate(5_000 * part, "companies"),
                    }
                    | ({"support_coverage": estimate(0.99, "share", 0.01)} if group == "under_50" else {}),
                }
                for group, part in zip(groups, (0.381, 0.619), strict=True)
            ],
            "exhaustion_date": {"p10": "2021-10-14", "p50": "2021-11-12", "p90": "2021-12-28", "probability": 0.94},
            "decisions": [],
        },
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
        "uncertainty": {
            "tail_level": 0.8,
            "tail_share": 0.2,
            "delivery": [
                {
                    "policy": policy,
                    "counts": "net",
                    "promised": 24_900.2,
                    "delivered": estimate(mean, "pathways", 0.06),
                    "bad_years": {"mean": bad, "se": 210.5, "unit": "pathways"},
                    "over_promised_share": round(24_900.2 / mean - 1, 6),
                }
                for policy, mean, bad in (("fixed", 22_300.4, 20_100.0), ("first_come", 22_480.0, 20_400.0))
            ],
            "programme": {
                "status": "optimal",
                "bound": True,
                "runs": 200,
                "tail_weight": 0.5,
                "counts": "net",
                "promised": 22_510.0,
                "bad_years": 20_350.5,
                "moved_cents": 412_000_000,
                "unnotified_cents": 50_000_000,
                "lines": [
                    {"line": line["line"], "notified_cents": cents + 1_000_000, "mean_plan_cents": cents}
                    for line in plan_lines
                    for cents in (line["notified_cents"],)
                ],
                "frontier": [
                    {"tail_weight": step / 10, "mean": 22_530.0 - 3.0 * step**2, "bad_years": 20_300.0 + 9.0 * step}
                    for step in range(11)
                ],
                "knowing": {
                    "recourse": 22_530.0,
                    "waited": 23_010.0,
                    "expected": 22_900.0,
                    "delivered": 22_320.0,
                    "vss": 210.0,
                    "vss_cents": 128_000_000,
                    "evpi": 480.0,
                    "evpi_cents": 292_000_000,
                    "sources": [
                        {"source": "volume", "evpi_less": 60.0, "vss_less": -12.0},
                        {"source": "cost", "evpi_less": 240.0, "vss_less": 35.5},
                        {"source": "mix", "evpi_less": 190.0, "vss_less": 80.0},
                        {"source": "delay", "evpi_less": 2.0, "vss_less": 0.0},
                    ],
                },
                "sampling": {
                    "runs": 200,
                    "bound": {"value": 22_540.0, "low": 22_400.0, "high": 22_680.0},
                    "fresh": {"value": 22_490.0, "low": 22_300.0, "high": 22_680.0},
                    "gap": 31.0,
                    "gap_high": 62.0,
                    "gap_share": 0.00275,
                    "confidence": 0.95,
                },
                "left_out": [],
                "delivery": {
                    "policy": "fixed",
                    "counts": "net",
                    "promised": 22_510.0,
                    "delivered": estimate(22_450.0, "pathways", 0.06),
                    "bad_years": {"mean": 20_310.0, "se": 205.0, "unit": "pathways"},
                    "against_mean_plan": difference(149.6, 31.0, "pathways"),
                },
            },
            "policies": {
                "runs": 50,
                "rows": [
                    {
                        "policy": policy,
                        **({"calendar": calendar} if calendar else {}),
                        "pathways": estimate(mean, "pathways", 0.06),
                        "bad_years": {"mean": mean - 2_200, "se": 240.0, "unit": "pathways"},
                        "moved_cents": estimate(moved, "cents"),
                        "under50_pathway_share": estimate(0.36, "share", 0.03),
                        "behind_first": difference(mean - 22_600.0, 40.0 if mean < 22_600 else 0.0, "pathways"),
                        "tied": mean > 22_550,
                        "hindsight_loss": difference(23_010.0 - mean, 25.0, "pathways"),
                    }
                    for policy, calendar, mean, moved in (
                        ("pro_rata", "month", 22_600.0, 900_000_000),
                        ("pro_rata", "quarter", 22_570.0, 600_000_000),
                        ("fixed", "", 22_300.0, 0),
                    )
                ],
            },
            "sensitivity": {
                "runs": 4,
                "points": 16,
                "base": {"pathways_net": 22_300.0, "exhausted": 0.9, "overrun": 0.95, "need_cents": need},
                "rows": [
                    {
                        "key": key,
                        "low": low,
                        "high": high,
                        "base": 1.0,
                        "outcomes": {
                            name: {
                                "low": base * (1 - swing),
                                "high": base * (1 + swing),
                                "unit": unit,
                                "first": {"value": share, "ci_low": share - 0.1, "ci_high": share + 0.1},
                                "total": {"value": share + 0.02, "ci_low": share - 0.08, "ci_high": share + 0.12},
                            }
                            for name, base, unit in (
                                ("pathways_net", 22_300.0, "pathways"),
                                ("exhausted", 0.9, "probability"),
                                ("overrun", 0.95, "probability"),
                                ("need_cents", float(need), "cents"),
                            )
                        },
                    }
                    for key, low, high, swing, share in (
                        ("inflow.fee_factor", 0.9, 1.1, -0.08, 0.7),
                        ("inflow.volume_factor", 0.8, 1.2, 0.04, 0.25),
                    )
                ],
            },
        },
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
