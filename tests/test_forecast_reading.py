"""An export is read whatever wrote it, and what is wrong with it is told row by row."""

from datetime import date, datetime
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from forecast.amounts import read_amounts
from forecast.cleaning import Reading
from forecast.column_map import ColumnMap, Limits, fields_of, plain_words, read_column_map
from forecast.dates import ABSENT, UNREADABLE, read_dates
from forecast.findings import map_sha256, rows_csv
from forecast.history import NOTHING
from forecast.reading import read_requests, refuse_beyond
from scenarios.loading import load
from scenarios.problems import InputRefused
from scenarios.scenario import Scenario


@cache
def base() -> Scenario:
    return load("convention-2i").scenario


def read(path: Path, known: ColumnMap | None = None) -> Reading:
    return read_requests(path, base(), known or ColumnMap())


def written(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return path


def notes(reading: Reading) -> dict[str, list[int]]:
    told: dict[str, list[int]] = {}
    for note in reading.notes:
        told.setdefault(f"{note.kind}:{note.code}:{note.field}", []).extend(int(row) for row in note.rows)
    return told


FRENCH = (
    "Demandes FNE\n"
    "N° dossier;Date de dépôt;Branche;Raison sociale;Effectif;Situation;Type de parcours;Nb stagiaires;Heures;"
    "Coût pédagogique;Statut;Date décision;Date début;Date service fait;Date de paiement\n"
    "1;05/03/2021;Métallurgie;Tôlerie Réné;12;activité partielle;certifiant;2;35,5;1 234,56 €;payé;25/03/2021;"
    "10/04/2021;30/06/2021;15/08/2021\n"
    "2;13/03/2021;CHIMIE;Labo;1 200;APLD;reconversion;1;7;12.345,00;engagé;;;;\n"
)


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [("utf-8", b""), ("utf-8", b"\xef\xbb\xbf"), ("cp1252", b""), ("utf-16", b""), ("utf-16-le", b"")],
)
def test_excels_french_dialect_is_read_in_every_encoding_that_windows_writes(
    tmp_path: Path, encoding: str, mark: bytes
) -> None:
    """Semicolons, decimal commas, day first, accents, a title above; by hand: 1 234,56 € is 123456 cents."""
    got = read(written(tmp_path / "demandes.csv", mark + FRENCH.encode(encoding)))
    history = got.history
    assert [history.branches[at] for at in history.branch] == ["metallurgie", "chimie"]
    assert history.cost_cents.tolist() == [123_456, 1_234_500]
    assert history.hours_hundredths.tolist() == [3_550, 700]
    assert history.filed.tolist() == [date(2021, 3, 5).toordinal(), date(2021, 3, 13).toordinal()]
    assert [list(base().scheme.size_bands)[at] for at in history.band] == ["11-49", "1001+"]
    assert [list(base().scheme.pathway_types)[at] for at in history.pathway] == ["certifying", "reconversion"]
    assert got.set_aside == 0
    assert history.row.tolist() == [3, 4]


def test_a_file_that_two_programs_wrote_to_is_read_whole_and_says_which_rows(tmp_path: Path) -> None:
    """One line is UTF-8 and the next Windows-1252: both names are right, and row 3 is told."""
    text = b"date;branche;entreprise\n2021-01-04;chimie;\xc3\xa9t\xc3\xa9\n2021-01-05;chimie;\xe9t\xe9\n"
    got = read(written(tmp_path / "two.csv", text))
    assert len(got.history) == 2
    assert notes(got)["read:recoded:"] == [3]
    assert got.mended == 0, "nothing of it was lost: however many such rows, none counts towards the limit"
    assert len(set(got.history.company.tolist())) == 1


def test_a_workbook_gives_what_the_same_text_gives(tmp_path: Path) -> None:
    """Dates and numbers as Excel keeps them, below an empty row."""
    book = Workbook()
    sheet = book.active
    sheet.append([])
    sheet.append(["Date", "Branche", "Heures", "Coût", "Stagiaires"])
    sheet.append([date(2021, 3, 5), "chimie", 35.5, 1234.56, 2])
    sheet.append(["06/03/2021", "Chimie", "7", "10,5", "1"])
    book.save(tmp_path / "requests.xlsx")
    history = read(tmp_path / "requests.xlsx").history
    assert history.filed.tolist() == [date(2021, 3, 5).toordinal(), date(2021, 3, 6).toordinal()]
    assert history.cost_cents.tolist() == [123_456, 1_050]
    assert history.row.tolist() == [3, 4]


def test_each_fault_is_told_with_its_row_and_nothing_is_swallowed(tmp_path: Path) -> None:
    """Twelve rows, each wrong in one way; what is set aside and what stays is written beside each."""
    rows = (
        "1;2021-01-04;chimie;A;1;10;100;filed;;;;\n"  # 2 sound
        "2;2021-02-30;chimie;A;1;10;100;filed;;;;\n"  # 3 no such day: aside
        "3;;chimie;A;1;10;100;filed;;;;\n"  # 4 no date: aside
        "4;2021-01-04;chemie;A;1;10;100;filed;;;;\n"  # 5 nearly chimie: mended
        "5;2021-01-04;plomberie;A;1;10;100;filed;;;;\n"  # 6 unknown branch: aside
        "6;2021-01-04;chimie;A;1;10;-100;filed;;;;\n"  # 7 a credit: aside
        "7;2021-01-04;chimie;A;1;10;n/a;filed;;;;\n"  # 8 unreadable cost: kept without it
        "8;2021-01-04;chimie;A;1,5;10;100;filed;;;;\n"  # 9 one and a half trainees: kept without
        "9;2021-01-04;chimie;A;1;-3;100;filed;;;;\n"  # 10 negative hours: kept without
        "1;2021-01-04;chimie;A;1;10;100;filed;;;;\n"  # 11 row 2 again: aside
        "12;2021-01-04;chimie;A;1;10;100;filed;2020-12-01;;;\n"  # 12 decided before filed: kept without
        "13;2021-01-04;chimie\n"  # 13 too few cells: aside
        "\n"  # blank: nothing
        "15;2021-01-05;chimie;A;1;10;100;whatever;;;;\n"  # 15 unknown status: kept without
    )
    head = "id;date;branch;company;trainees;hours;cost;status;decision;start;service done;payment\n"
    got = read(written(tmp_path / "dirty.csv", head + rows))
    told = notes(got)
    assert told["set_aside:bad_date:filed"] == [3]
    assert told["set_aside:no_date:filed"] == [4]
    assert told["mended:likely_branch:branch"] == [5]
    assert told["set_aside:unknown_branch:branch"] == [6]
    assert told["set_aside:negative:cost"] == [7]
    assert told["mended:bad_number:cost"] == [8]
    assert told["mended:bad_count:trainees"] == [9]
    assert told["mended:bad_hours:hours"] == [10]
    assert told["set_aside:duplicate:identity"] == [11]
    assert told["mended:backwards:decided"] == [12]
    assert told["set_aside:misshapen:"] == [13]
    assert told["mended:unknown_value:status"] == [15]
    assert got.rows == 13
    assert got.set_aside == 6
    assert got.mended == 6
    assert len(got.history) == 7
    listed = rows_csv(got).splitlines()
    assert listed[0] == "row,done,field,why,found,likely"
    assert "5,mended,branch,likely_branch,chemie,chimie" in listed
    with pytest.raises(InputRefused) as refused:
        refuse_beyond(got, ColumnMap())
    assert {problem.code for problem in refused.value.problems} == {"too_many_set_aside", "too_many_mended"}
    refuse_beyond(got, ColumnMap(limits=Limits(set_aside_share=0.5, mended_share=0.5)))


def test_a_later_state_of_a_request_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    """The same number twice with another status: the last one stands."""
    text = "id,date,branch,status\n7,2021-01-04,chimie,filed\n8,2021-01-05,chimie,filed\n7,2021-01-04,chimie,paid\n"
    got = read(written(tmp_path / "states.csv", text))
    assert notes(got)["set_aside:superseded:identity"] == [2]
    assert sorted(got.history.row.tolist()) == [3, 4]


def test_a_quote_that_never_closes_costs_its_own_row_alone(tmp_path: Path) -> None:
    """Rows 3 to 5 would be one cell; read line by line they are three requests."""
    text = 'date,branch,company\n2021-01-04,chimie,A\n2021-01-05,chimie,"B\n2021-01-06,chimie,C\n2021-01-07,chimie,D\n'
    got = read(written(tmp_path / "quote.csv", text))
    assert len(got.history) == 4
    assert notes(got)["mended:broken_quotes:"] == [3, 4, 5]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021-03-05", date(2021, 3, 5)),
        ("05/03/2021", date(2021, 3, 5)),
        ("5.3.21", date(2021, 3, 5)),
        ("20210305", date(2021, 3, 5)),
        ("5 mars 2021", date(2021, 3, 5)),
        ("1er août 2021", date(2021, 8, 1)),
        ("2021-03-05 23:59", date(2021, 3, 5)),
        ("05/03/2021 à 23h59", date(2021, 3, 5)),
        # 23:30 in London's winter is half past midnight in Paris (UTC+1); in summer 22:30 UTC is (UTC+2).
        ("2021-03-05T23:30:00Z", date(2021, 3, 6)),
        ("2021-07-31T22:30:00+00:00", date(2021, 8, 1)),
        ("2021-03-05T00:30:00+05:00", date(2021, 3, 4)),
        ("44260", date(2021, 3, 5)),
        (44260.0, date(2021, 3, 5)),
        (datetime.fromisoformat("2021-03-05T12:00"), date(2021, 3, 5)),
    ],
)
def test_dates_are_read_as_people_and_programs_write_them(text: object, day: date) -> None:
    """Excel's day 44260 is 5 March 2021; zones follow Paris."""
    assert read_dates([text], "Europe/Paris").day.tolist() == [day.toordinal()]


@pytest.mark.parametrize(
    "text", ["9999-12-31T23:59:59Z", "0001-01-01T00:00:00+02:00", "31/12/9999 24:00 UTC", "0001-01-01 00:00 +14:00"]
)
def test_an_instant_beyond_the_calendar_is_no_date(text: str) -> None:
    """Its day in Paris would lie before the year 1 or after 9999, where there are no dates."""
    assert read_dates([text], "Europe/Paris").day.tolist() == [UNREADABLE]


def test_dates_that_follow_each_other_wrongly_are_left_out(tmp_path: Path) -> None:
    """Training ends no earlier than it starts, and is paid no earlier than either, each where it is given."""
    rows = (
        "1,2021-01-04,chimie,,2021-03-01,2021-02-01,\n"  # 2 over before it starts
        "2,2021-01-04,chimie,,2021-03-01,,2021-02-01\n"  # 3 paid before it starts, no end given
        "3,2021-01-04,chimie,,,2021-03-01,2021-02-01\n"  # 4 paid before it is over, no start given
        "4,2021-01-04,chimie,,2021-01-20,2021-03-01,2021-02-01\n"  # 5 paid between the two
        "5,2021-01-04,chimie,,2021-02-01,2021-02-01,2021-02-01\n"  # 6 all on one day: sound
        "6,2021-01-04,chimie,,2021-03-01,2021-02-01,2021-03-05\n"  # 7 only its end is wrong
    )
    got = read(written(tmp_path / "order.csv", "id,date,branch,decision,start,service done,payment\n" + rows))
    told = notes(got)
    assert told["mended:backwards:done"] == [2, 7]
    assert told["mended:backwards:paid"] == [3, 4, 5]
    assert (got.history.paid > 0).tolist() == [False, False, False, False, True, True]


def test_the_column_decides_whether_the_month_stands_first() -> None:
    """13 as a second number can only be a day; with nothing to decide it is a guess, and says so."""
    american = read_dates(["03/13/2021", "03/05/2021"], "Europe/Paris")
    assert american.day.tolist() == [date(2021, 3, 13).toordinal(), date(2021, 3, 5).toordinal()]
    assert american.order == "month_first"
    open_question = read_dates(["03/05/2021"], "Europe/Paris")
    assert open_question.guessed
    assert open_question.day.tolist() == [date(2021, 5, 3).toordinal()]


@given(st.text(max_size=40))
@settings(max_examples=300)
def test_no_text_breaks_the_readers(text: str) -> None:
    """Any text is a day, absent or unreadable; any text is a number or none, never infinite."""
    day = int(read_dates([text], "Europe/Paris").day[0])
    assert day in (ABSENT, UNREADABLE) or day > 0
    value = read_amounts([text], ";").value[0]
    assert np.isnan(value) or abs(value) <= 1e10


@pytest.mark.parametrize(
    ("texts", "separator", "values"),
    [
        (["1 234,56", "7"], ";", [1234.56, 7]),
        (["1\u202f234,5\u00a0€"], ";", [1234.5]),
        (["1,234.50"], ",", [1234.5]),
        (["1.234,50", "1.234"], ";", [1234.5, 1234]),  # the column writes commas: a point groups
        (["12.5", "1,234"], ",", [12.5, 1234]),  # the column writes points: a comma groups
        (["0.125"], ";", [0.125]),  # no thousands begin with 0
        (["1,234,567"], ",", [1_234_567]),
        (["(100)"], ";", [-100]),
        (["-3,5"], ";", [-3.5]),
    ],
)
def test_numbers_are_read_as_their_column_writes_them(texts: list[str], separator: str, values: list[float]) -> None:
    """Decimal commas and points, thousands by space, point or comma."""
    assert read_amounts(texts, separator).value.tolist() == values


def test_what_is_no_number_is_told_apart_from_what_is_empty() -> None:
    """nan, inf and words are no numbers; blanks are nothing at all."""
    got = read_amounts(["nan", "inf", "1e400", "abc", "", "  "], ";")
    assert np.isnan(got.value).all()
    assert got.present.tolist() == [True, True, True, True, False, False]


def test_instants_in_utc_fall_on_the_day_of_the_fund(tmp_path: Path) -> None:
    """Told as understood, with the zone."""
    got = read(written(tmp_path / "utc.csv", "date,branch\n2021-03-31T22:30:00Z,chimie\n"))
    assert got.history.filed.tolist() == [date(2021, 4, 1).toordinal()]
    assert notes(got)["read:zone:filed"] == [2]


def test_more_paid_than_committed_is_told(tmp_path: Path) -> None:
    """Row 3: 300 paid of 250; an amount that is missing is no contradiction."""
    rows = "1,2021-05-01,chimie,250,200\n2,2021-05-01,chimie,250,300\n3,2021-05-01,chimie,,300\n"
    got = read(written(tmp_path / "paid.csv", "id,date,branch,committed,paid amount\n" + rows))
    assert notes(got) == {"mended:paid_beyond:paid_amount": [3]}
    assert got.history.paid_cents.tolist() == [20_000, 30_000, 30_000]


def test_a_heading_that_stands_twice_is_told(tmp_path: Path) -> None:
    """The first column is read; the second might be the one that is meant."""
    got = read(written(tmp_path / "twice.csv", "date,branch,cost,Date,Cost\n2021-05-01,chimie,10,2020-01-01,99\n"))
    told = notes(got)
    assert "read:heading_twice:filed" in told
    assert "read:heading_twice:cost" in told
    assert "read:heading_twice:branch" not in told
    assert got.history.cost_cents.tolist() == [1_000]


def test_an_empty_cell_of_a_workbook_shows_nothing(tmp_path: Path) -> None:
    """A row without a date: the note and the table of rows do not say None; a 0 stays a 0."""
    book = Workbook()
    book.active.append(["Date", "Branche", "Heures"])
    book.active.append([None, "chimie", 3])
    book.active.append([date(2021, 3, 5), "chimie", 0])
    book.save(tmp_path / "gaps.xlsx")
    got = read(tmp_path / "gaps.xlsx")
    assert [note.found for note in got.notes] == ["", "0"]
    listed = rows_csv(got).splitlines()
    assert listed[1:] == ["2,set_aside,filed,no_date,,", "3,mended,hours,bad_hours,0,"]


@pytest.mark.parametrize("head", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"])
def test_a_workbook_of_old_or_under_another_ending_is_named(tmp_path: Path, head: bytes) -> None:
    """Not "no column is recognised": it is to be saved as .xlsx."""
    with pytest.raises(InputRefused) as refused:
        read(written(tmp_path / "requests.csv", head + bytes(600)))
    assert [problem.code for problem in refused.value.problems] == ["not_workbook"]


def test_a_date_far_from_all_others_is_set_aside(tmp_path: Path) -> None:
    """2121 among 2021 is a slip of the pen; fifty rows make what is usual."""
    text = "date,branch\n" + "2021-01-04,chimie\n" * 50 + "2121-01-04,chimie\n"
    assert notes(read(written(tmp_path / "far.csv", text)))["set_aside:far_date:filed"] == [52]


def test_the_column_map_names_columns_values_and_limits(tmp_path: Path) -> None:
    """What the map names wins over what would be recognised."""
    file = written(
        tmp_path / "map.yaml",
        "columns: {filed: Received, branch: Body, hours: H}\n"
        "branches: {Chem: chimie}\nhours_of: request\nlimits: {set_aside_share: 0.1}\n",
    )
    known = read_column_map(file)
    got = read(
        written(tmp_path / "named.csv", "Received,Body,date,H,trainees\n2021-05-01,Chem,2020-01-01,20,2\n"), known
    )
    assert got.history.filed.tolist() == [date(2021, 5, 1).toordinal()]
    assert got.history.hours_hundredths.tolist() == [1_000]
    assert known.limits.set_aside_share == 0.1


def test_the_digest_of_a_map_is_of_what_it_says(tmp_path: Path) -> None:
    """Order, comments and values that would be taken anyhow change nothing; a value table or a day does."""

    def digest(text: str) -> str | None:
        return map_sha256(read_column_map(written(tmp_path / "map.yaml", text)))

    assert map_sha256(ColumnMap()) is None
    assert digest("cost_of: request\n") is None
    one = digest("branches: {A: chimie, B: textile}\nfirst_day: 2021-01-01\n")
    assert one and len(one) == 64, "a sha256, since the map says something"
    assert digest("first_day: 2021-01-01  # the opening\nbranches: {B: textile, A: chimie}\n") == one
    assert digest("branches: {A: textile, B: textile}\nfirst_day: 2021-01-01\n") != one
    assert digest("branches: {A: chimie, B: textile}\nfirst_day: 2021-01-02\n") != one


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("colums: {}\n", "unknown_key"),
        ("columns: {fild: Date}\n", "unknown_key"),
        ("time_zone: Europe/Pari\n", "unknown_zone"),
        ("limits: {set_aside_share: 5}\n", "share_form"),
    ],
)
def test_a_wrong_column_map_is_refused_with_its_place(tmp_path: Path, text: str, code: str) -> None:
    """A misspelt key, a zone that is none, a share above 1."""
    with pytest.raises(InputRefused) as refused:
        read_column_map(written(tmp_path / "map.yaml", text))
    assert [problem.code for problem in refused.value.problems] == [code]
    assert refused.value.problems[0].place.line == 1


def test_a_column_map_that_names_what_is_not_there_is_refused(tmp_path: Path) -> None:
    """A heading that the export lacks, a branch that the scenario lacks (with the likely one)."""
    file = written(tmp_path / "plain.csv", "date,branch\n2021-05-01,chimie\n")
    with pytest.raises(InputRefused) as refused:
        read(file, ColumnMap(columns={"hours": "Heures totales"}))
    assert [problem.key for problem in refused.value.problems] == ["columns.hours"]
    with pytest.raises(InputRefused) as refused:
        read(file, ColumnMap(branches={"Chem": "chimi"}))
    assert "chimie" in refused.value.problems[0].text("en")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", {"export_empty"}),
        ("a,b\n1,2\n", {"export_column"}),
        ("date,montant\n2021-01-01,2\n", {"export_column"}),
        ("\x00\x00\x00", {"export_column"}),
    ],
)
def test_an_export_without_what_is_needed_is_refused(tmp_path: Path, text: str, codes: set[str]) -> None:
    """Empty, no headings, no branch, no text at all."""
    with pytest.raises(InputRefused) as refused:
        read(written(tmp_path / "bad.csv", text))
    assert {problem.code for problem in refused.value.problems} == codes


@given(st.binary(max_size=400))
@settings(max_examples=150)
def test_no_bytes_break_the_reader(tmp_path_factory: pytest.TempPathFactory, rubbish: bytes) -> None:
    """Whatever stands in the rows: requests, or a refusal; never anything else."""
    file = tmp_path_factory.mktemp("bytes") / "rubbish.csv"
    file.write_bytes(b"date;branche;cout\n2021-01-04;chimie;5\n" + rubbish)
    try:
        got = read(file)
    except InputRefused:
        return
    assert len(got.history) + got.set_aside <= got.rows


def test_headings_are_known_whatever_their_capitals_and_accents() -> None:
    """Both languages; a column is taken once."""
    assert plain_words("  Date_de Dépôt ") == "date de depot"
    found = fields_of(["BRANCHE", "Date de dépôt", "Coût (EUR)", "Date décision"], ColumnMap())
    assert found == {"filed": 1, "branch": 0, "cost": 2, "decided": 3}


def test_what_was_not_known_by_a_day_is_hidden(tmp_path: Path) -> None:
    """At the end of March a payment of April has not happened, and what the request came to is not known."""
    text = (
        "date,branch,status,decision,payment\n2021-01-04,chimie,paid,2021-02-01,2021-04-02\n2021-04-01,chimie,filed,,\n"
    )
    known = read(written(tmp_path / "later.csv", text)).history.up_to(date(2021, 3, 31))
    assert len(known) == 1
    assert known.paid.tolist() == [NOTHING]
    assert known.decided.tolist() == [date(2021, 2, 1).toordinal()]
    assert known.status.tolist() == [NOTHING]
    assert known.last_day == date(2021, 3, 31).toordinal()
