"""What stands behind the first sheet: flow of the money, fairness, heat map, decision log, payment credits."""

import re
from typing import Any

import pytest
from report_findings import estimate, findings, tiny
from report_reading import Page

from reports.catalogue import language_of
from reports.charts.heat import CLASSES, shade
from reports.page import page
from reports.palette import BLUE
from reports.reading import whole
from reports.sections.binding import binding
from reports.sections.decisions import decisions


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


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "the floors of sizes of company (25%)"), ("fr", "les planchers par taille d’entreprise (25")],
)
def test_the_log_tells_which_bounds_of_the_plan_gave_way(language: str, said: str) -> None:
    """Of the scenario's policy alone, with the share of the runs; nothing where none did."""
    found = tiny()
    row = {"date": "2021-03-01", "line": "metallurgie/under_50", "change_cents": estimate(-4_000_000, "cents")}
    found["simulation"]["decisions"] = [{**row, "policy": found["scenario"]["policy"]}]
    usual = section(page(found, language), "decision-log")
    gave = {"date": "2021-07-01", "bound": "group_floor", "share": estimate(0.25, "probability")}
    found["simulation"]["bounds_given_up"] = [{**gave, "policy": policy} for policy in ("first_come", "fixed")]
    text = "\n".join(Page(section(page(found, language), "decision-log")).lines)
    assert text.count(said) == 1, text
    assert said not in usual


def test_years_over_their_credits_are_marked() -> None:
    drawn = section(page(tiny(), "en"), "years")
    assert drawn.count("<svg") == 2


def test_one_branch_alone_has_nobody_to_be_fair_to() -> None:
    assert section(page(findings([("a", "A", "A", 10)]), "en"), "fairness") == ""


@pytest.mark.parametrize("language", ["fr", "en"])
def test_one_line_bridges_the_need_and_the_net_commitments(language: str) -> None:
    """Need - unmet + change of price = gross; gross - released = net: of the figures as they are shown."""
    read = re.search(r'<p class="bridge">.*?</p>', page(tiny(), language), re.DOTALL)
    assert read is not None
    shown = {figure.key.split(".")[2]: figure for figure in Page(read[0]).figures}
    cents = {name: round(float(figure.raw) / 1_000_000) for name, figure in shown.items()}
    gross = cents["need_cents"] - cents["unmet_need_cents"] + cents["repriced_cents"]
    assert gross == cents["gross_committed_cents"]
    assert gross - cents["released_cents"] == cents["committed_cents"]


def test_the_bridge_has_no_pier_in_the_air() -> None:
    found = tiny()
    del found["simulation"]["kpis"]["gross_committed_cents"]
    assert 'class="bridge"' not in page(found, "en")


def test_the_last_row_of_the_branches_is_their_whole() -> None:
    """Its figures are those of the simulation, not sums made by the report."""
    table = section(page(tiny(), "en"), "branches")
    total = re.search(r'<tr class="total">.*?</tr>', table, re.DOTALL)
    assert total is not None
    keys = [figure.key for figure in Page(total[0]).figures]
    assert keys[:2] == ["simulation.kpis.asked_pathways.mean", "simulation.kpis.pathways_committed.mean"]
    assert "simulation.exhaustion_date.p50" in keys
    assert table.count("<tr") == 1 + 3 + 1


def test_the_bounds_of_a_status_are_read_from_the_scenario() -> None:
    """Changed bounds are told; without bounds in (older) findings none are."""
    found = tiny()
    found["scenario"]["branch_status"] |= {"ok_served_share": 0.85, "short_early_days": 45}
    told = "\n".join(Page(section(page(found, "en"), "branches")).lines)
    assert "at least 85% of the pathways asked for are served" in told
    assert "the money gone (median) 45 days or more before requests close" in told
    del found["scenario"]["branch_status"]
    assert "on course: at least" not in "\n".join(Page(section(page(found, "en"), "branches")).lines)


def test_payments_say_where_their_ceilings_come_from_and_why_their_curve_is_flat() -> None:
    found = tiny()
    source = "assumption 2026-11-24: payment appropriations of half the envelope a year; none were published"
    found["assumptions"] += [
        {"key": f"payments.year_ceilings.{at}", "value": "2021", "source": source, "kind": "assumption"}
        for at in range(3)
    ]
    told = "\n".join(Page(section(page(found, "fr"), "years")).lines).replace("\u00a0", " ").replace("\u202f", " ")
    assert told.count("crédits de paiement de la moitié de l’enveloppe par an") == 1
    assert "plate à la fin de 2022 : ses crédits sont épuisés, et ce qui échoit attend 2023" in told
    assert "ne passent pas au suivant" in told
    assert "plate à la fin de 2021" not in told, "nothing is due and unpaid then"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_states_cash_is_a_plain_table_where_there_are_instalments(language: str) -> None:
    """Each month's figures are shown; older commitments have a column where there are any; without instalments none."""

    def shown(found: dict[str, Any]) -> list[str]:
        keys = [figure.key for figure in Page(section(page(found, language), "years")).figures]
        return [key for key in keys if "simulation.cash" in key]

    found = tiny()
    assert not shown(found)
    found["simulation"]["cash"] = [
        {
            "month": month,
            "received_cents": received,
            "paid_cents": estimate(received * 0.9, "cents"),
            "due_unpaid_cents": estimate(50_000_000, "cents"),
            "left_cents": estimate(received * 0.1, "cents"),
        }
        for month, received in (("2021-01", 4_000_000_000), ("2021-02", 4_500_000_000))
    ]
    assert len(shown(found)) == 2 * 4
    for row in found["simulation"]["cash"]:
        row["earlier_cents"] = 100_000_000
    assert len(shown(found)) == 2 * 5


@pytest.mark.parametrize(("language", "words"), [("en", "of the plan at the opening"), ("fr", "le plan à l’ouverture")])
def test_prices_of_a_plan_that_did_not_know_of_a_change_of_the_envelope_are_marked(language: str, words: str) -> None:
    """An amendment that was announced, or none, leaves the plan's prices those of the money there is."""
    found = tiny()

    def marked() -> list[bool]:
        given, chosen = whole(found), language_of(language)
        return [words in str(told(given, chosen)) for told in (decisions, binding)]

    assert marked() == [True, True]
    found["scenario"]["events"][0]["announced"] = True
    assert marked() == [False, False]
    found["scenario"]["events"] = []
    assert marked() == [False, False]


def test_money_that_serves_nobody_is_put_on_the_table_where_need_is_left_unmet() -> None:
    """11 M EUR lapsed and 9 were never committed; where nothing is left unmet, or little lost, nothing is said."""
    found = flowing()
    found["simulation"]["kpis"]["unmet_need_cents"] = estimate(3_000_000_000, "cents")

    def said() -> bool:
        return "Using what serves nobody" in str(decisions(whole(found), language_of("en")))

    assert said()
    found["simulation"]["kpis"]["unmet_need_cents"] = estimate(100_000, "cents")
    assert not said()
    found["simulation"]["kpis"]["unmet_need_cents"] = estimate(3_000_000_000, "cents")
    for name in ("lapsed_cents", "unspent_cents"):
        found["simulation"]["kpis"][name] = estimate(100_000_000, "cents")
    assert not said()
