"""Where a scheme under way stands: its money, its lines, what is to come, and how a summary tells it."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from report_findings import tiny as told_findings
from test_forecast_actuals import question
from tiny import by_demand, tiny

from enveloppe.actuals import read_actuals, travel_on
from enveloppe.as_actuals import run_as_actuals
from enveloppe.never_notified import never_notified_cents
from forecast.column_map import ColumnMap
from forecast.in_flight import in_flight
from reports.blocks import Folded, Section, Table
from reports.document import document_of
from reports.markdown import markdown_of
from scenarios.allocation import Allocation
from scenarios.stock import RequestState, stock_of
from sim.beginning import in_force
from sim.ground import ground_of
from sim.life_state import DUE_AT, PAID_AT
from sim.stock_requests import requests_of
from sim.summary import branch_status


@cache
def findings(folder: Path) -> dict[str, Any]:
    file = folder / "requests.csv"
    file.write_text(run_as_actuals(question().scenario, by_demand(question().scenario), 77), encoding="utf-8")
    return travel_on(question(), read_actuals(file, question(), ColumnMap(), date(2021, 5, 31))).findings


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("standing")


def test_the_money_of_the_day_adds_up_and_lines_are_its_parts(folder: Path) -> None:
    """Envelope = fee + reserve + used + free + unnotified + lapsed; lines add up to what came, committed and paid."""
    found = findings(folder)["forecast"]
    money, to_date, lines = found["money"], found["to_date"], found["lines"]
    parts = ("management_fee_cents", "reserve_cents", "committed_cents", "lapsed_cents", "open_cents")
    assert money["authorised_cents"] == sum(money[part] for part in parts) + money["unnotified_cents"]
    assert money["committed_cents"] == to_date["committed_cents"] > 0
    for key in ("requests", "at_desk", "parked", "pathways_committed", "committed_cents", "paid_cents"):
        assert sum(line[key] for line in lines) == to_date[key]
    assert sum(line["open_cents"] for line in lines) == money["open_cents"]
    for line in lines:
        assert line["notified_cents"] == line["open_cents"] + line["committed_cents"]
    # What waits is asked for, and so is what was committed, releases included.
    assert to_date["need_cents"] > to_date["committed_cents"] + sum(line["waiting_cents"] for line in lines) - len(
        lines
    )


def test_to_date_and_to_come_are_the_mean_at_the_end(folder: Path) -> None:
    found = findings(folder)
    for key, coming in found["forecast"]["to_come"].items():
        whole = found["simulation"]["kpis"][key]["mean"]
        assert found["forecast"]["to_date"][key] + coming == pytest.approx(whole, abs=1e-3)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            ("## To date and to come", "| Paid (CP) |", "What moved it, cause by cause", "still free"),
        ),
        ("fr", ("## À ce jour et à venir", "| Payé (CP) |", "Ce qui l’a fait bouger, cause par cause", "être engagés")),
    ],
)
def test_the_summary_of_a_run_under_way_tells_to_date_to_come_and_what_moved(
    folder: Path, language: str, said: tuple[str, ...]
) -> None:
    """The same findings without a forecast have none of it; with it, it stands before the decisions."""
    found = findings(folder)
    summary = markdown_of(document_of(found, language))
    for words in said:
        assert words in summary
    assert summary.index(said[0]) < summary.index("## ", summary.index(said[0]) + 5)
    plain = markdown_of(document_of({key: value for key, value in found.items() if key != "forecast"}, language))
    assert said[0] not in plain


def test_a_summary_holds_a_long_table_that_paper_shows() -> None:
    """Folded on the page and printed: it stands in the summary; folded and off paper: it does not."""
    document = document_of(told_findings(), "en")
    table = Table("t", "Parts", (), ())
    for printed in (True, False):
        section = Section("parts", "Parts of branches", blocks=(Folded("The figures", (table,), printed=printed),))
        text = markdown_of(replace(document, sections=(section,), summed_up=("parts",)))
        assert ("**Parts**" in text) is printed


def test_money_never_notified_is_that_of_the_day() -> None:
    """The opening left 161 k€ with nobody; lines that used more than they were given took 130 k€ of it since."""
    found = told_findings()
    found["simulation"]["kpis"]["unspent_cents"]["mean"] = 2_000_000_000
    found["simulation"]["kpis"]["unmet_need_cents"]["mean"] = 5_460_000_000
    found["simulation"]["exhaustion_date"]["probability"] = 0.7
    found["scenario"]["policy"] = "fixed"
    found["plan"]["unnotified_cents"] = 1_610_000_000
    assert never_notified_cents(found) == 1_610_000_000
    under_way = {"as_of": "2021-06-30", "money": {"unnotified_cents": 310_000_000}}
    assert never_notified_cents(found | {"forecast": under_way}) == 310_000_000
    assert never_notified_cents(found | {"forecast": {"money": {"unnotified_cents": 0}}}) is None


@pytest.mark.parametrize(
    ("kpis", "status"),
    [
        ({"asked_pathways": {"mean": 0.0, "p50": 0}}, "unasked"),
        ({"asked_pathways": {"mean": 0.3, "p50": 0}, "served_share": {"mean": 0.0}}, "seldom"),
        ({"asked_pathways": {"mean": 2.0, "p50": 1}, "served_share": {"mean": 0.0}}, "watch"),
    ],
)
def test_a_branch_that_nobody_asks_for_is_not_one_to_watch(kpis: dict[str, dict[str, float]], status: str) -> None:
    """Its risk is that of the pot it draws on: nothing to be watched."""
    assert branch_status(kpis, {"probability": 0.5}, tiny()) == status


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_page_says_that_nobody_asked(language: str) -> None:
    found = told_findings()
    found["simulation"]["branches"][1]["status"] = "unasked"
    found["simulation"]["branches"][2]["status"] = "seldom"
    text = markdown_of(document_of(found, language))
    for words in {"en": ("○ no demand", "○ rarely asked"), "fr": ("○ aucune demande", "○ peu de demandes")}[language]:
        assert words in text.replace("\u00a0", " ")


def test_what_is_paid_fell_due_when_it_was_paid() -> None:
    """No luck decides in which year a payment of the past fell due: paid on 3 March, due on 3 March in every run."""
    scenario = tiny()
    ground = ground_of(scenario)
    day = date(2021, 5, 1)
    paid = date(2021, 3, 3).toordinal()
    row = {
        "branch": 0, "size_band": 0, "situation": 0, "pathway": 0, "state": int(RequestState.PAID), "trainees": 1,
        "filed_day": date(2021, 1, 5).toordinal(), "decided_day": date(2021, 1, 20).toordinal(),
        "committed_day": date(2021, 1, 20).toordinal(), "committed_cents": 10_000, "paid_cents": 10_000,
        "start_day": date(2021, 1, 25).toordinal(), "end_day": date(2021, 1, 30).toordinal(), "paid_day": paid,
    }  # fmt: skip
    columns = {name: np.asarray([value] * 20, dtype=np.int64) for name, value in row.items()}
    requests = requests_of(ground, 0, stock_of(day, len(ground.cells.lines), columns))
    assert requests.in_flight is not None
    fate = requests.in_flight.fate
    held = fate[fate[:, PAID_AT] < requests.in_flight.minute]
    assert len(held) == 20
    assert (held[:, DUE_AT] == held[:, PAID_AT]).all()


def test_a_drop_out_was_committed_until_its_last_day_known(tmp_path: Path) -> None:
    """Committed in January, begun in March, given up: in February it stood among the commitments."""
    text = (
        "id,date,branch,size,situation,type,committed,status,decision,start\n"
        "1,2021-01-05,metal,10,ap,short,250,abandonné,2021-01-20,2021-03-10\n"
        "2,2021-01-05,metal,10,ap,short,250,abandonné,2021-01-20,\n"
    )
    file = tmp_path / "dropped.csv"
    file.write_text(text, encoding="utf-8")
    covered = ColumnMap(last_day=date(2021, 4, 15))
    found = travel_on(question(), read_actuals(file, question(), covered, date(2021, 4, 15))).findings
    assert [row["committed_cents"] for row in found["forecast"]["months"]] == [25_000, 25_000, 0, 0]
    assert [row["committed_cents"]["p95"] for row in found["simulation"]["months"][:3]] == [25_000, 25_000, 0]


def test_lines_hold_what_is_in_force_and_not_what_the_opening_gave(folder: Path) -> None:
    """The plan's money, brought to what was used: what lines hold is `in_force`, line by line."""
    file = folder / "requests.csv"
    findings(folder)
    actuals = read_actuals(file, question(), ColumnMap(), date(2021, 5, 31))
    stock = in_flight(actuals.history, question().scenario).stock
    plan = tuple(line["notified_cents"] for line in findings(folder)["plan"]["lines"])
    held = in_force(ground_of(question().scenario), stock, Allocation(plan)).notified_cents
    assert tuple(line["notified_cents"] for line in findings(folder)["forecast"]["lines"]) == held
