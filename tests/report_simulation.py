"""The simulation of made-up findings: quantities, months, years, lines, branches and sizes."""

from typing import Any

from report_figures import estimate

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


STATUSES = (("ok", 0.97, 0.05), ("watch", 0.82, 0.45), ("short", 0.62, 0.98))
"""By turns: the status of a branch, its share served and its risk of running out."""


def branch_row(index: int, code: str, part: float, need: int) -> dict[str, Any]:
    """What became of a branch, whose status follows from its place."""
    status, served, chance = STATUSES[index % 3]
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
    return {"branch": code, "kpis": kpis, "exhaustion_date": exhaustion, "status": status}


def lines_of(branch: dict[str, Any]) -> list[dict[str, Any]]:
    """What became of a branch's two lines."""
    return [
        {
            "line": f"{branch['branch']}/{group}",
            "branch": branch["branch"],
            "size_group": group,
            "kpis": {name: estimate(value["mean"] * weight, value["unit"]) for name, value in branch["kpis"].items()},
            "exhaustion_date": branch["exhaustion_date"],
        }
        for group, weight in (("under_50", 0.4), ("over_49", 0.6))
    ]


def simulation_section(
    envelope: int, need: int, lines: list[dict[str, Any]], branches: list[dict[str, Any]]
) -> dict[str, Any]:
    """The `simulation` section over some lines and branches."""
    return {
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
        "lines": lines,
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
            for group, part in (("under_50", 0.381), ("over_49", 0.619))
        ],
        "exhaustion_date": {"p10": "2021-10-14", "p50": "2021-11-12", "p90": "2021-12-28", "probability": 0.94},
        "decisions": [],
    }
