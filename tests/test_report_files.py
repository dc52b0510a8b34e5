"""The files: whole or not at all, the same text on every machine, inert in a spreadsheet."""

import csv
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_findings import tiny

from reports import whole_file
from reports.tables import AllocationRow, allocation_csv, decisions_csv, euros, inert, notifications_csv, projection_csv
from reports.whole_file import write_whole
from reports.writing import write_report


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


def test_a_report_is_its_files_and_their_fingerprints(tmp_path: Path) -> None:
    written = write_report(tiny(), tmp_path / "out", "en", allocation=[AllocationRow("a", "2021-01", 1.5, 100)])
    assert sorted(written) == [
        "allocation.csv",
        "decisions.csv",
        "notifications.csv",
        "projection.csv",
        "report.html",
        "report.md",
        "report.pdf",
        "report.xlsx",
    ]
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == sorted(written)
    for name, fingerprint in written.items():
        assert hashlib.sha256((tmp_path / "out" / name).read_bytes()).hexdigest() == fingerprint


def test_the_language_of_the_scenario_is_the_default(tmp_path: Path) -> None:
    write_report(tiny(), tmp_path)
    assert '<html lang="fr">' in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_the_engine_is_told_where_it_is_given(tmp_path: Path) -> None:
    write_report(tiny(), tmp_path, "en", engine_version="9.9.9")
    assert "enveloppe 9.9.9" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_a_writing_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "report.html"
    write_whole(file, b"old")

    def full(_: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(whole_file.os, "fsync", full)
    with pytest.raises(OSError, match="no space"):
        write_whole(file, b"new")
    assert file.read_text(encoding="utf-8") == "old"
    assert [other.name for other in tmp_path.iterdir()] == ["report.html"]


def test_notifications_are_the_plan_s_to_the_cent() -> None:
    found = tiny()
    told = rows(notifications_csv(found))
    assert [round(float(row["notified_eur"]) * 100) for row in told] == [
        line["notified_cents"] for line in found["plan"]["lines"]
    ]


def test_projections_are_the_findings_month_by_month() -> None:
    found = tiny()
    told = rows(projection_csv(found))
    assert [row["month"] for row in told] == [month["month"] for month in found["simulation"]["months"]]
    month = found["simulation"]["months"][7]
    assert told[7]["need_p90_eur"] == euros(month["need_cents"]["p90"])
    assert told[7]["paid_mean_eur"] == euros(month["paid_cents"]["mean"])


def test_the_allocation_keeps_its_lines_and_periods() -> None:
    text = allocation_csv([AllocationRow("chimie/under_50", "2021-01", 12.3456, 7_654_321)])
    assert text == "line,period,pathways,committed_eur\nchimie/under_50,2021-01,12.346,76543.21\n"


def test_the_committee_s_log_is_the_findings_decision_by_decision() -> None:
    found = tiny()
    change = {"mean": -4305, "se": 3028, "p10": -9000, "p50": 0, "p90": 0, "unit": "cents"}
    found["simulation"]["decisions"] = [
        {"date": "2021-02-01", "policy": "pro_rata", "line": "=x/over_49", "change_cents": change}
        | {"open_cents": {"mean": 100_000}, "waiting_cents": {"mean": 200}}
        | {"reason": "gives_spare"}
    ]
    assert decisions_csv(found, ["=because"]).splitlines() == [
        "date,policy,line,change_mean_eur,change_p5_eur,change_p10_eur,change_p50_eur,change_p90_eur,change_p95_eur,"
        "reason,open_mean_eur,waiting_mean_eur,forecast_mean_eur,why",
        "2021-02-01,pro_rata,'=x/over_49,-43.05,,-90.00,0.00,0.00,,gives_spare,1000.00,2.00,,'=because",
    ]


@given(st.integers(-(10**15), 10**15))
def test_euros_are_exact(cents: int) -> None:
    whole, _, rest = euros(cents).partition(".")
    assert len(rest) == 2
    assert int(f"{whole}{rest}") == cents or (whole == "-0" and -int(rest) == cents)


@given(st.text(max_size=20))
def test_no_cell_starts_as_a_formula(text: str) -> None:
    assert not inert(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert inert(text).removeprefix("'") == text.removeprefix("'")
