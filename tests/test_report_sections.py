"""What stands behind the first sheet: flow of the money, fairness, heat map, decision log, payment credits."""

import re
from typing import Any

import pytest
from report_findings import estimate, findings, tiny
from report_reading import Page

from reports.charts.heat import CLASSES, shade
from reports.page import page
from reports.palette import BLUE


def by_month() -> dict[str, Any]:
    """Branches that fill at different speeds, the first of them wholly."""
    found = tiny()
    for at, branch in enumerate(found["simulation"]["branches"]):
        notified = branch["kpis"]["notified_cents"]["mean"]
        branch["months"] = [
            {"month": month["month"], "committed_cents": round(notified * min(1.0, number / (12 + 3 * at)))}
            for number, month in enumerate(found["simulation"]["months"])
        ]
    return found


def flowing() -> dict[str, Any]:
    found = tiny()
    kpis = found["simulation"]["kpis"]
    for name, cents in (
        ("management_fee_cents", 700_000_000),
        ("lapsed_cents", 1_100_000_000),
        ("unspent_cents", 900_000_000),
        ("released_cents", 2_400_000_000),
    ):
        kpis[name] = estimate(cents, "cents")
    return found


def section(html: str, key: str) -> str:
    told = re.search(rf'<section id="{key}".*?</section>', html, re.DOTALL)
    return told[0] if told else ""


def test_branches_by_month_are_a_heat_map_where_findings_tell_them() -> None:
    assert section(page(tiny(), "fr"), "heat") == ""
    drawn = section(page(by_month(), "fr"), "heat")
    assert drawn.count("<svg") == 2
    assert BLUE in drawn
    assert "1 sur 3 atteignent le tout" in drawn


def test_shades_darken_as_more_is_committed() -> None:
    shades = [shade(start + 0.01) for start in CLASSES]
    brightness = [sum(int(colour[at : at + 2], 16) for at in (1, 3, 5)) for colour in shades]
    assert brightness == sorted(brightness, reverse=True)
    assert len(set(shades)) == len(CLASSES)
    assert shade(0.0) != shades[0]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_flow_names_every_end_of_the_money(language: str) -> None:
    assert section(page(tiny(), language), "flow") == ""
    told = section(page(flowing(), language), "flow")
    keys = {figure.key for figure in Page(told).figures}
    for name in ("committed_cents", "management_fee_cents", "lapsed_cents", "unspent_cents", "released_cents"):
        assert f"simulation.kpis.{name}.mean" in keys


def test_the_decision_log_holds_the_scenario_s_policy_alone() -> None:
    found = tiny()
    change = estimate(-4_000_000, "cents")
    found["simulation"]["decisions"] = [
        {"date": "2021-03-01", "policy": policy, "line": "metallurgie/under_50", "change_cents": change}
        for policy in ("first_come", "fixed")
    ]
    text = "\n".join(Page(section(page(found, "en"), "decision-log")).lines)
    assert "Metalworking, under 50 employees" in text
    assert text.count("1\u00a0Mar\u00a02021") == 1
    assert "1 of 2 entries" in text


def test_years_over_their_credits_are_marked() -> None:
    drawn = section(page(tiny(), "en"), "years")
    assert drawn.count("<svg") == 2


def test_one_branch_alone_has_nobody_to_be_fair_to() -> None:
    assert section(page(findings([("a", "A", "A", 10)]), "en"), "fairness") == ""
