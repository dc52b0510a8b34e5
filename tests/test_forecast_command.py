"""`enveloppe calibrate`: a file in; a scenario that loads, a report, rows, or a refusal out."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from enveloppe.cli import main
from scenarios.loading import load

CODES = ("metallurgie", "chimie", "plasturgie", "textile")


def export(path: Path, rubbish: float = 0.0, months: int = 14, seed: int = 1) -> Path:
    """A French export of some 100 requests a month; a share of its rows is rubbish."""
    luck = np.random.Generator(np.random.Philox(seed))
    lines = ["Date de dépôt;Branche;Entreprise;Effectif;Situation;Type;Stagiaires;Heures;Coût;Statut"]
    for month in range(months):
        for _ in range(100):
            day = 1 + int(luck.integers(28))
            hours, trainees = float(np.round(np.exp(luck.normal(4, 0.5)), 1)), 1 + int(luck.poisson(1))
            cost = f"{trainees * hours * 30:.2f}".replace(".", ",")
            lines.append(
                f"{day:02d}/{month % 12 + 1:02d}/{2019 + month // 12};{luck.choice(CODES)};C{luck.integers(500)};"
                f"{luck.integers(1, 400)};difficulty;crisis;{trainees};{hours:.1f};{cost};engagé"
            )
    for place in np.flatnonzero(luck.random(len(lines)) < rubbish):
        if place:
            lines[place] = str(
                luck.choice(["31/02/2019;chimie;;;;;;;;", ";;x;;;;;;;", "hello", "01/05/2019;zzz;;;;;;;;"])
            )
    path.write_text("\n".join(lines) + "\n", encoding="cp1252")
    return path


def ran(*words: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(main, ["calibrate", *words])
    return done.exit_code, done.stdout, done.stderr


def test_an_export_becomes_a_scenario_that_loads_with_its_sources_and_a_report(tmp_path: Path) -> None:
    """About 1,200 requests a year were drawn; 2 % of rubbish is told and stops nothing; two calls, the same bytes."""
    file = export(tmp_path / "demandes.csv", rubbish=0.02, months=10)
    out = tmp_path / "out"
    code, _, told = ran(str(file), "--out", str(out), "--lang", "fr")
    assert code == 0, told
    assert "mises de côté" in told
    loaded = load(str(out / "scenario.yaml"))
    assert 900 < loaded.scenario.inflow.requests_per_year < 1_600
    entry = next(entry for entry in loaded.register if entry.key == "inflow.requests_per_year")
    assert entry.source.startswith("derived: demandes.csv, 2019-01-01 to 2019-10-")
    findings = json.loads((out / "calibration.json").read_text(encoding="utf-8"))
    assert findings["export"]["set_aside"] > 8
    assert findings["back_test"]["origins"] == 4
    assert {"opening_kept"} <= {warning["code"] for warning in findings["warnings"]}
    hours = next(row for row in findings["fits"] if row["name"] == "hours" and row["subject"] == "crisis")
    assert hours["low"] < np.exp(4 + 0.125) < hours["high"]
    page = (out / "calibration.html").read_text(encoding="utf-8")
    assert "Ce que cette prévision a valu" in page
    assert page.count("<svg") >= 10
    again = tmp_path / "again"
    assert ran(str(file), "--out", str(again), "--lang", "fr", "--quiet")[0] == 0
    for name in ("scenario.yaml", "calibration.json", "calibration.html", "rows.csv"):
        assert (out / name).read_bytes() == (again / name).read_bytes(), name


def test_the_base_may_be_a_file_anywhere(tmp_path: Path) -> None:
    """The calibrated scenario stands beside a resolved copy of its base and needs nothing else."""
    base = tmp_path / "plans" / "mine.yaml"
    base.parent.mkdir()
    base.write_text("extends: convention-2i\nname: mine\nenvelope_eur: 12_000_000\n", encoding="utf-8")
    file = export(tmp_path / "requests.csv", months=7)
    code, _, told = ran(str(file), "--scenario", str(base), "--out", str(tmp_path / "out"), "--quiet")
    assert code == 0, told
    base.unlink()
    loaded = load(str(tmp_path / "out" / "scenario.yaml"))
    assert loaded.scenario.envelope_eur == 12_000_000
    assert loaded.scenario.name == "mine-calibrated"


def test_an_export_of_which_too_much_is_wrong_is_refused_with_exit_4(tmp_path: Path) -> None:
    """A fifth of the rows is rubbish; 5 % may be. A file that is no export is refused too, without a traceback."""
    code, _, told = ran(
        str(export(tmp_path / "bad.csv", rubbish=0.2, months=7)), "--out", str(tmp_path / "out"), "--lang", "en"
    )
    assert code == 4
    assert "cannot be used; at most 5.0% may" in told
    assert "--columns" in told
    assert "branches: {text: code}" in told
    assert not (tmp_path / "out").exists()
    (tmp_path / "other.csv").write_bytes(bytes(range(256)) * 20)
    assert ran(str(tmp_path / "other.csv"))[0] == 4
    assert ran(str(tmp_path / "missing.csv"))[0] == 4


def dated(path: Path, days: list[str]) -> Path:
    lines = [f"{day};chimie;certifying;1;20,0;600,00;engagé" for day in days]
    path.write_text("date;branche;type;stagiaires;heures;cout;statut\n" + "\n".join(lines), encoding="utf-8")
    return path


@pytest.mark.parametrize(("first", "last"), [("2022-01-03", "2023-12-29"), ("2020-06-01", "2022-11-30")])
def test_requests_filed_after_the_base_s_deadline_are_of_usual_months(tmp_path: Path, first: str, last: str) -> None:
    """Three requests each working day: about 750 a year, though filing closed at the end of 2021 in the base scenario,
    whose rush of December and ramp-up of January change no month outside it; a warning says so."""
    days = np.arange(np.datetime64(first), np.datetime64(last))
    worked = [str(day) for day in days[np.is_busday(days)] for _ in range(3)]
    out = tmp_path / "out"
    code, _, told = ran(str(dated(tmp_path / "late.csv", worked)), "--out", str(out), "--lang", "en")
    assert code == 0, told
    assert "2021, when filing closes in the base scenario" in told
    found = json.loads((out / "calibration.json").read_text(encoding="utf-8"))
    requests = next(row for row in found["fits"] if row["name"] == "requests")
    assert 600 < requests["value"] < 900


def test_an_export_of_one_day_is_refused_with_what_to_do(tmp_path: Path) -> None:
    """One row; or four hundred on one Sunday: most often the day of extraction stands where filing should."""
    for days in (["2019-03-04"], ["2019-03-03"] * 400):
        code, _, told = ran(str(dated(tmp_path / "day.csv", days)), "--out", str(tmp_path / "out"), "--lang", "fr")
        assert code == 4
        assert "first_day" in told
        assert not (tmp_path / "out").exists()
    covered = tmp_path / "map.yaml"
    covered.write_text("first_day: 2019-02-02\nlast_day: 2019-03-03\n", encoding="utf-8")
    file = dated(tmp_path / "day.csv", ["2019-03-03"] * 400)
    assert ran(str(file), "--columns", str(covered), "--out", str(tmp_path / "out"))[0] == 0


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_note_and_warning_has_its_words(language: str) -> None:
    """Each code that cleaning or calibration may give is a sentence in both languages."""
    import re

    from reports.forecast.document import WARNINGS
    from reports.forecast.notes import NOTES, note_text

    source = Path(__file__).parent.parent / "forecast"
    cleaning = (source / "cleaning.py").read_text(encoding="utf-8")
    codes = set(re.findall(r'book\.(?:set_aside|mended|understood)\(\s*"(\w+)"', cleaning))
    codes |= set(re.findall(r'_taken\(\w+, "(\w+)"', cleaning))
    assert codes == set(NOTES)
    calibration = (source / "calibration.py").read_text(encoding="utf-8")
    told = set(re.findall(r'told\.append\(\s*\(\s*"(\w+)"', calibration))
    told |= {f"branches_{way}" for way in re.findall(r'\("(growing|shrinking)", (?:True|False)\)', calibration)}
    doubtful = (source / "doubtful.py").read_text(encoding="utf-8")
    told |= set(re.findall(r'"(\w+_(?:in_cents|of_request|of_trainee|far))"', doubtful))
    assert told == set(WARNINGS)
    for code in codes:
        assert note_text(code, "mended", "cost", [3, 4], 2, "x", "y", language)
