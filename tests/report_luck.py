"""What made-up findings say under luck: delivery, the programme over runs, policies, sensitivity."""

from typing import Any

from report_figures import difference, estimate


def uncertainty_section(need: int, plan_lines: list[dict[str, Any]]) -> dict[str, Any]:
    """The `uncertainty` section."""
    return {
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
    }
