"""The plan of made-up findings: lines, prices, the curve of the envelope, intervals, floors."""

from typing import Any


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


def plan_lines(code: str, part: float) -> list[dict[str, Any]]:
    """A branch's lines of the plan: under 50 employees and not."""
    return [
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
        for group, weight in (("under_50", 0.4), ("over_49", 0.6))
    ]


def plan_section(envelope: int, lines: list[dict[str, Any]]) -> dict[str, Any]:
    """The `plan` section over some lines."""
    return {
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
        "lines": lines,
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
    }
