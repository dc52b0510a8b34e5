"""Bounds that no plan can keep together are told by `check`, before a plan is asked for."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tiny import TINY, tiny

from enveloppe.cli import main
from scenarios.bounds_together import Apart, bounds_apart
from scenarios.extending import shipped_names
from scenarios.loading import load
from scenarios.opening_money import opening_money

MONEY = opening_money(tiny()).distributable_cents


def bounded(caps: str = "[]", floors: str = "[]") -> list[Apart]:
    return list(bounds_apart(tiny(f"constraints.branch_caps={caps}", f"constraints.branch_floors={floors}")))


def test_a_cap_under_the_floor_of_its_branch_is_found_whatever_either_is_written_in() -> None:
    """Half of the money as a floor of every branch, a euro as the cap of one; and the other way round in its weight."""
    code, other = list(tiny().branches)[:2]
    (found,) = bounded(f"[{{branches: [{code}], eur: 1}}]", f"[{{branches: [{code}], share: 0.5}}]")
    assert (found.branch, found.cap, found.floor, found.limit_cents) == (code, 0, 0, 100)
    assert abs(found.floor_cents - MONEY / 2) <= 1
    assert bounded(f"[{{branches: [{other}], eur: 1}}]", f"[{{branches: [{code}], share: 0.5}}]") == []
    assert bounded("[{weight_share: 1.0}]", "[{weight_share: 1.0}]") == [], "equal but for a cent of rounding"
    assert len(bounded("[{weight_share: 0.5}]", "[{weight_share: 0.6}]")) == 2, "those with employees"


def test_floors_above_the_money_are_found_and_the_closest_bounds_count() -> None:
    (found,) = bounded(floors="[{weight_share: 1.2}, {weight_share: 0.1}]")
    assert (found.branch, found.limit_cents) == (None, MONEY)
    assert found.floor_cents > MONEY


@pytest.mark.parametrize("name", shipped_names())
def test_no_shipped_scenario_contradicts_itself(name: str) -> None:
    assert list(bounds_apart(load(name).scenario)) == []


def test_check_warns_with_the_place_and_the_plan_agrees(tmp_path: Path) -> None:
    """The file is sound (exit 0), the warning names both places, and the plan finds none (exit 5)."""
    code = next(iter(tiny().branches))
    file = tmp_path / "apart.yaml"
    (tmp_path / "tiny.yaml").write_text(TINY.read_text(encoding="utf-8"), encoding="utf-8")
    file.write_text(
        f"extends: ./tiny.yaml\nname: apart\nconstraints:\n  branch_caps:\n    - {{branches: [{code}], eur: 1}}\n"
        f"  branch_floors:\n    - {{branches: [{code}], share: 0.5}}\n",
        encoding="utf-8",
    )
    done = CliRunner().invoke(main, ["check", str(file), "--lang", "en"])
    assert done.exit_code == 0, done.output
    assert f"{file}:5:" in done.stderr
    assert f"{file}:7:" in done.stderr
    assert "no plan keeps both" in done.stderr
    told = json.loads(CliRunner().invoke(main, ["check", str(file), "--json", "--lang", "fr"]).stdout)
    assert "aucun plan ne tient les deux" in told[0]["warnings"][0]
    assert CliRunner().invoke(main, ["plan", str(file)]).exit_code == 5
