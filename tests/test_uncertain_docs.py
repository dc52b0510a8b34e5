"""What the page on uncertainty shows is what happens."""

import re
from pathlib import Path

import pytest
import yaml
from docs_scripts import examples_run
from tiny import TINY

from scenarios.loading import load
from scenarios.uncertainty import Uncertainty

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "uncertainty.md").read_text(encoding="utf-8")


def test_the_examples_run_as_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every block of Python, one after the other, with the assertions it makes."""
    monkeypatch.chdir(ROOT)
    assert examples_run("uncertainty.md") == 4


def test_the_section_of_a_scenario_is_whole_and_valid(tmp_path: Path) -> None:
    """The page names every key, and what it writes can be read."""
    text = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[0]
    assert set(yaml.safe_load(text)["uncertainty"]) == set(Uncertainty.model_fields)
    (tmp_path / "tiny.yaml").write_text(TINY.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "asked.yaml").write_text(f"extends: tiny.yaml\nname: asked\n{text}", encoding="utf-8")
    assert load(str(tmp_path / "asked.yaml")).scenario.uncertainty.planned_runs == 100
