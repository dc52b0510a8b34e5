"""After the last day of commitments: who was not decided on in time asks for nothing, and nothing is still to come."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from test_forecast_actuals import question

from enveloppe.actuals import read_actuals, travel_on
from forecast.column_map import ColumnMap
from forecast.in_flight import asked_cents
from forecast.moved import moved
from reports.blocks import Chart, Paragraph, Table
from reports.catalogue import language_of
from reports.document import document_of
from reports.markdown import markdown_of
from reports.price_sentences import plain
from reports.reading import Found
from reports.sections.forecast_moved import moved as moved_told

HEAD = "id,date,branch,size,situation,type,trainees,hours,cost,committed,status,decision\n"
COMMITTED = "1,2021-09-06,metal,10,ap,short,1,10,300,250,committed,2021-09-20\n"
AT_DESK = "2,2021-09-06,metal,10,ap,short,1,10,300,,filed,\n"
REFUSED = "1,2021-09-06,metal,10,ap,short,1,10,300,,refused,2021-09-20\n"


def export(folder: Path, rows: str) -> Path:
    file = folder / "late.csv"
    file.write_text(HEAD + rows, encoding="utf-8")
    return file


def test_a_request_never_decided_on_asks_for_nothing_once_commitments_are_over(tmp_path: Path) -> None:
    """300 EUR lie at the desk: asked for up to the eve of the last day, lost on it; the fall is a delay's."""
    scenario = question().scenario
    last = scenario.windows.commitment_deadline
    eve = last - timedelta(days=1)
    file = export(tmp_path, COMMITTED + AT_DESK)
    history = read_actuals(file, question(), ColumnMap(last_day=last), last).reading.history
    at_desk = 30_000 * 0.7 * (1 - scenario.inflow.ineligible_share)  # the rate of 0.7 holds by then
    for day, asked in ((eve, at_desk), (last, 0.0)):
        assert asked_cents(history.up_to(day), scenario).tolist() == pytest.approx([25_000, asked])
    change = moved(scenario, history, eve, last)
    assert change.causes["delays"] == pytest.approx(-at_desk, abs=1)
    assert change.causes["decided"] == 0
    assert sum(change.causes.values()) == change.after_cents - change.before_cents


@pytest.mark.parametrize(
    ("language", "said", "unsaid"),
    [
        ("en", ("were left when the last day", "has not moved"), ("still free to be", "Requests still to come")),
        ("fr", ("restaient quand le dernier", "n’a pas bougé"), ("peuvent encore être", "Demandes encore à venir")),
    ],
)
def test_nothing_is_said_to_come_when_all_is_over(
    tmp_path: Path, language: str, said: tuple[str, ...], unsaid: tuple[str, ...]
) -> None:
    """On the last day what came is told against what was expected, with no table of what is learnt for later."""
    end = date(2022, 12, 31)
    actuals = read_actuals(export(tmp_path, REFUSED), question(), ColumnMap(last_day=end), end)
    text = markdown_of(document_of(travel_on(question(), actuals).findings, language)).replace("\u00a0", " ")
    for words in said:
        assert words in text
    for words in unsaid:
        assert words not in text


@pytest.mark.parametrize(("cents", "kinds"), [(0, [Paragraph]), (1, [Paragraph, Chart, Table])])
def test_a_need_that_has_not_moved_has_no_picture(cents: int, kinds: list[type]) -> None:
    """All causes nothing: one sentence; one cent of a cause: picture and table."""
    change = {
        "since": "2021-05-31", "before_cents": 10_000_000, "after_cents": 10_000_000 + cents,
        "causes": [{"cause": "volume", "cents": cents}, {"cause": "cost", "cents": 0}],
    }  # fmt: skip
    blocks = moved_told(Found("", change), language_of("en"))
    assert [type(block) for block in blocks] == kinds
    assert isinstance(blocks[0], Paragraph)
    assert ("has not moved" in plain(blocks[0].line)) is (cents == 0)
