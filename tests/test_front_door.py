"""The front door: commands, exit codes, results on stdout and messages on stderr, in the user's language."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from enveloppe.cli import COMMANDS, SHIPPED, main
from enveloppe.words import WORDS
from scenarios.extending import shipped_names


def called(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def test_help_lists_every_command_with_examples_and_imports_nothing_heavy() -> None:
    """`--help` must answer at once: no numerical, plotting or validating library is imported for it."""
    script = (
        "import sys\nfrom click.testing import CliRunner\nfrom enveloppe.cli import main\n"
        "out = CliRunner().invoke(main, ['--help']).output\n"
        "assert 'Examples' in out and 'Exit codes' in out\n"
        "heavy = {'numpy', 'scipy', 'pydantic', 'matplotlib', 'pulp', 'simpy', 'babel', 'jinja2', 'yaml', 'joblib'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_with_an_example_and_the_common_options(command: str) -> None:
    result = called(command, "--help")
    assert result.exit_code == 0
    assert "Example" in result.output
    for option in ("--json", "--quiet", "--lang", "--no-color"):
        assert option in result.output


def test_a_misspelt_command_or_option_is_a_usage_error_with_the_likely_word() -> None:
    result = called("chek", "convention-2i")
    assert result.exit_code == 2
    assert "Did you mean 'check'?" in result.stderr
    assert called("check", "convention-2i", "--qiet").exit_code == 2
    assert called("check").exit_code == 2


def test_check_says_sound_on_stdout_and_problems_on_stderr_with_exit_4(tmp_path: Path) -> None:
    result = called("check", "convention-2i", "--lang", "fr")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "convention-2i : valide (32 branches, 64 lignes)" in result.stdout
    file = tmp_path / "wrong.yaml"
    file.write_text("extends: convention-2i\nrunz: 3\nseed: -1\n")
    result = called("check", str(file), "convention-2i", "--lang", "en")
    assert result.exit_code == 4
    assert "convention-2i: sound" in result.stdout
    assert f"{file}:2:1: runz: unknown key; did you mean runs?" in result.stderr
    assert f"{file}:3:7: seed: must be at least 0, found -1" in result.stderr
    assert list(tmp_path.iterdir()) == [file]


def test_check_as_json_is_json_whatever_the_answer(tmp_path: Path) -> None:
    good = json.loads(called("check", "convention-2i", "--json").stdout)
    assert good[0]["problems"] == []
    assert len(good[0]["hash"]) == 64
    bad = json.loads(called("check", "nowhere.yaml", "--json").stdout)
    assert bad[0]["problems"][0]["code"] == "not_found"


def test_show_prints_each_value_with_its_place_and_source() -> None:
    text = called("show", "convention-2i-observed", "--set", "runs=7").stdout
    assert "envelope_eur" in text.split("\n", 6)[5] or "envelope_eur" in text
    line = next(row for row in text.splitlines() if row.startswith("envelope_eur"))
    assert "= 150000000  # convention-2i.yaml:" in line
    assert "press release" in line
    assert next(row for row in text.splitlines() if row.startswith("runs")).endswith("[override: --set]")
    schema = json.loads(called("show", "convention-2i", "--schema").stdout)
    assert "envelope_eur" in schema["properties"]


def test_new_writes_a_sound_scenario_in_each_language_and_never_over_a_file(tmp_path: Path) -> None:
    for language in ("fr", "en"):
        folder = tmp_path / language
        assert called("new", str(folder), "--lang", language).exit_code == 0
        file = folder / "scenario.yaml"
        assert called("check", str(file)).exit_code == 0
        before = file.read_bytes()
        assert called("new", str(folder)).exit_code == 4
        assert file.read_bytes() == before


def test_the_examples_of_a_new_scenario_are_sound_once_switched_on(tmp_path: Path) -> None:
    """Taking the hash away from every example gives a sound scenario."""
    called("new", str(tmp_path), "--lang", "en")
    file = tmp_path / "scenario.yaml"
    head, _, examples = file.read_text().partition("hash away:\n")
    switched = "\n".join(line.removeprefix("#").removeprefix(" ") for line in examples.splitlines())
    file.write_text(head + "\n" + switched + "\n")
    result = called("show", str(file))
    assert result.exit_code == 0, result.stderr
    for key in ("volume_factor", "branches.metallurgie.demand_factor", "events.0.amount_eur", "committee.policy"):
        assert any(key in row and str(file) in row for row in result.stdout.splitlines()), key


def test_every_word_of_the_front_door_exists_in_both_languages_with_the_same_placeholders() -> None:
    import re

    for key, (english, french) in WORDS.items():
        assert sorted(re.findall(r"{(\w+)}", english)) == sorted(re.findall(r"{(\w+)}", french)), key


TINY = str(Path(__file__).parent / "questions" / "tiny.yaml")


def test_plan_tells_the_bound_and_the_trade_off_where_asked() -> None:
    result = called("plan", TINY, "--upper-bound", "--front", "pathways", "least_cost", "--json", "--quiet")
    told = json.loads(result.stdout)
    assert result.exit_code == 0
    assert told["plan"]["upper_bound"]["bound"] is True
    assert "upper_bound_only" in [warning["code"] for warning in told["warnings"]]
    front = told["plan"]["front"]
    assert (front["first_unit"], front["second_unit"]) == ("pathways", "cents")
    assert front["points"][-1]["first_value"] >= front["points"][0]["first_value"]
    text = called("plan", TINY, "--upper-bound", "--front", "least_served_branch", "least_cost", "--lang", "fr")
    assert "personne ne peut tenir" in text.stdout
    assert "least_served_branch" in text.stdout


def test_run_lives_the_chosen_tier_and_the_steering_rules(tmp_path: Path) -> None:
    common = ("--runs", "2", "--jobs", "1", "--quiet", "--out", str(tmp_path / "out"))
    tiers = "scheme.pay_support_tiers=[{support_share: 0.2}, {support_share: 0.4}]"
    assert called("run", TINY, "--set", tiers, *common).exit_code == 0
    plan = json.loads((tmp_path / "out" / "findings.json").read_text())["plan"]
    assert [tier["chosen"] for tier in plan["support_tiers"]].count(True) == 1
    before = json.loads((tmp_path / "out" / "findings.json").read_text())["simulation"]["kpis"]
    closing = "steering=[{kind: closing, last_day: 2021-03-31}]"
    assert called("run", TINY, "--set", closing, *common).exit_code == 0
    after = json.loads((tmp_path / "out" / "findings.json").read_text())["simulation"]["kpis"]
    assert after["pathways_committed"]["mean"] < before["pathways_committed"]["mean"]


def test_help_and_readme_list_every_shipped_scenario() -> None:
    readme = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    assert sorted(SHIPPED) == list(shipped_names())
    assert all(f"| `{name}` |" in readme for name in SHIPPED)
    assert all(name in called("--help").output for name in SHIPPED)
