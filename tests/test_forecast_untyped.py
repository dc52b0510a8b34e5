"""An export that names no type of pathway: its hours and costs count all the same."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
import yaml
from click.testing import CliRunner

from enveloppe.cli import main
from forecast.condition import conditioned
from forecast.history import NOTHING, History
from forecast.names import BLANK
from scenarios.loading import load
from scenarios.scenario import Scenario
from scenarios.variates import mean_of


def mix_hours(scenario: Scenario) -> float:
    """Mean hours of a pathway over the scenario's mix of types."""
    inflow = scenario.inflow
    shares = inflow.pathway_shares[-1].shares
    return sum(part * mean_of(inflow.pathways[code].hours) for code, part in shares.items()) * inflow.hours_factor


def written(path: Path, hours: float, fee: float) -> Path:
    """Requests of one trainee, their hours 10 % above or below a mean, with no column of types."""
    lines = ["Date;Branche;Heures;Coût"]
    for month in range(1, 8):
        for day in range(1, 29):
            each = hours * (1.1 if day % 2 else 0.9)
            lines.append(f"{day:02d}/{month:02d}/2020;chimie;{each:.2f};{each * fee:.2f}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("base", ["convention-2i", "convention-2i-observed"])
def test_hours_and_costs_without_a_type_are_fitted_over_the_mix(tmp_path: Path, base: str) -> None:
    """196 requests of 50 h at 20 EUR: the mix's mean comes within the base's 20 requests' pull of it, and says so."""
    file = written(tmp_path / "requests.csv", 50, 20)
    out = tmp_path / "out"
    done = CliRunner().invoke(main, ["calibrate", str(file), "--scenario", base, "--out", str(out), "--lang", "en"])
    assert done.exit_code == 0, done.stderr
    fitted, before = load(str(out / "scenario.yaml")).scenario, load(base).scenario
    trust = 196 / 216
    assert mix_hours(fitted) == pytest.approx(50**trust * mix_hours(before) ** (1 - trust), rel=1e-3)
    findings = json.loads((out / "calibration.json").read_text(encoding="utf-8"))
    hours = [row for row in findings["fits"] if row["name"] == "hours"]
    assert {row["count"] for row in hours} == {196}
    assert not any(row.get("kept") for row in findings["fits"] if row["name"] in ("hours", "fee"))
    assert "name no type of pathway" in (out / "calibration.md").read_text(encoding="utf-8")
    assert "name no type of pathway" in done.stderr


def lengths_written(path: Path, days: int, count: int) -> Path:
    """Requests whose training lasts so many days, with no column of types."""
    lines = ["Date;Branche;Date de décision;Date de début;Date de service fait"]
    for at in range(count):
        filed = date(2020, 1, 2) + timedelta(at)
        begun = filed + timedelta(40)
        told = (filed, filed + timedelta(20), begun, begun + timedelta(days))
        lines.append(";".join([f"{told[0]:%d/%m/%Y}", "chimie", *(f"{day:%d/%m/%Y}" for day in told[1:])]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def mix_days(scenario: Scenario) -> float:
    inflow = scenario.inflow
    shares = inflow.pathway_shares[-1].shares
    return sum(part * mean_of(inflow.pathways[code].duration_days) for code, part in shares.items())


def test_lengths_without_a_type_are_fitted_over_the_mix(tmp_path: Path) -> None:
    """180 trainings of 90 days: the mix's mean length comes within the base's 20 requests' pull of it."""
    file, out = lengths_written(tmp_path / "requests.csv", 90, 180), tmp_path / "out"
    asked = ["calibrate", str(file), "--scenario", "convention-2i-observed", "--out", str(out), "--lang", "en"]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0, done.stderr
    fitted, before = load(str(out / "scenario.yaml")).scenario, load("convention-2i-observed").scenario
    trust = 180 / 200
    assert mix_days(fitted) == pytest.approx(90**trust * mix_days(before) ** (1 - trust), rel=2e-3)
    rows = [
        row for row in json.loads((out / "calibration.json").read_text("utf-8"))["fits"] if row["name"] == "duration"
    ]
    assert {row["count"] for row in rows} == {180}
    assert not any(row.get("kept") for row in rows)


def test_too_few_lengths_leave_the_base_s_and_the_page_says_so(tmp_path: Path) -> None:
    """Twelve trainings: each type's length is the base's, told as kept on the page and on the console."""
    file, out = lengths_written(tmp_path / "requests.csv", 90, 40), tmp_path / "out"
    text = file.read_text("utf-8").splitlines()
    cut = [line if at <= 12 else ";".join([*line.split(";")[:3], "", ""]) for at, line in enumerate(text)]
    file.write_text("\n".join(cut) + "\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["calibrate", str(file), "--out", str(out), "--lang", "en"])
    assert done.exit_code == 0, done.stderr
    fitted, before = load(str(out / "scenario.yaml")).scenario, load("convention-2i").scenario
    assert mix_days(fitted) == mix_days(before)
    rows = [
        row for row in json.loads((out / "calibration.json").read_text("utf-8"))["fits"] if row["name"] == "duration"
    ]
    assert len(rows) == len(before.scheme.pathway_types)
    assert all(row["kept"] and row["low"] == row["high"] for row in rows)
    page = (out / "calibration.md").read_text("utf-8")
    assert "length of the training" in page.lower()
    assert "taken from the base scenario" in done.stderr
    assert "length of the training" in done.stderr.lower()


def test_too_few_hours_leave_the_base_and_its_source_says_so(tmp_path: Path) -> None:
    """An export without hours claims no knowledge of their mean."""
    file = tmp_path / "requests.csv"
    file.write_text(
        "Date;Branche\n" + "".join(f"{d:02d}/0{m}/2020;chimie\n" for m in range(1, 8) for d in range(1, 29))
    )
    done = CliRunner().invoke(main, ["calibrate", str(file), "--out", str(tmp_path / "out"), "--quiet"])
    assert done.exit_code == 0, done.stderr
    tree = yaml.safe_load((tmp_path / "out" / "scenario.yaml").read_text(encoding="utf-8"))
    source = tree["inflow"]["uncertain"]["hours"]["source"]
    assert source.endswith("as in the base: 0 requests tell too little")


def test_actuals_without_a_type_move_the_hours_to_come() -> None:
    """Half the hours that the mix has, 400 times: the factor of hours is all but one half; it was left at 1."""
    scenario = load("convention-2i-observed").scenario
    count = 400
    nothing = np.full(count, NOTHING, dtype=np.int64)
    opened = scenario.windows.opens.toordinal()
    names = ("company", "committed_cents", "paid_cents", "status", "decided", "started", "done", "paid")
    history = History(
        branches=tuple(scenario.branches),
        first_day=opened,
        last_day=opened + 99,
        row=np.arange(count),
        filed=opened + np.arange(count) // 4,
        branch=np.zeros(count, dtype=np.int64),
        band=np.full(count, BLANK),
        situation=np.full(count, BLANK),
        pathway=np.full(count, BLANK),
        trainees=np.ones(count, dtype=np.int64),
        hours_hundredths=np.full(count, round(mix_hours(scenario) * 50)),
        cost_cents=nothing,
        **dict.fromkeys(names, nothing),
    )
    value, low, high = conditioned(scenario, history).seen.hours
    assert low <= value <= high
    assert value == pytest.approx(0.5, abs=0.03)
    known = replace(history, hours_hundredths=nothing)
    assert conditioned(scenario, known).seen.hours[0] == 1.0
