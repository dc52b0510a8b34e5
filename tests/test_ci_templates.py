"""The CI templates of docs/ci: they parse, name what exists, and their commands run as written."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import yaml
from tiny import TINY

from enveloppe.gating.declaration import MovementGate, PrecisionGate
from enveloppe.gating.reading import read_gates

CI = Path(__file__).parent.parent / "docs" / "ci"
pytestmark = pytest.mark.skipif(os.name == "nt", reason="the templates run on Linux machines")


def github() -> tuple[dict[str, str], list[str], dict[str, Any]]:
    """The environment, the commands and the whole of the GitHub template."""
    told = yaml.load((CI / "github-actions.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    (job,) = told["jobs"].values()
    return told["env"], [step["run"] for step in job["steps"] if "run" in step], told


def gitlab() -> tuple[dict[str, str], list[str], dict[str, Any]]:
    """The environment, the commands and the whole of the GitLab template."""
    told = yaml.load((CI / "gitlab-ci.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    job = told["forecast"]
    return told["variables"], [*job["before_script"], *job["script"]], told


def ran(folder: Path, commands: list[str], declared: dict[str, str], **more: str) -> subprocess.CompletedProcess[str]:
    """Run commands as a runner does: one shell a step, the first that fails ends the job. Nothing is installed: the
    engine is there already."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("GITHUB_", "CI_"))}
    path = f"{Path(sys.executable).parent}{os.pathsep}{clean.get('PATH', '')}"
    asked = {"SCENARIO": "scenario.yaml", "GATES": "gates.yaml", "RUNS": "6", "LC_ALL": "C.UTF-8"}
    environment = {**clean, **declared, **asked, "PATH": path, **more}
    done = subprocess.CompletedProcess([], 0, "", "")
    out = []
    for command in commands:
        if command.startswith("python -m pip install"):
            continue
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", command]
        done = subprocess.run(shell, cwd=folder, env=environment, capture_output=True, text=True, check=False)
        out.append(done.stdout + done.stderr)
        if done.returncode:
            break
    return subprocess.CompletedProcess([], done.returncode, "\n".join(out), "")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A planner's repository: a scenario and its gates."""
    shutil.copy(TINY, tmp_path / "scenario.yaml")
    gates = (CI / "gates.yaml").read_text(encoding="utf-8")
    assert "fail: {at_most: 0.05}" in gates
    # Six runs of a tiny scheme are far from enough, and quick.
    (tmp_path / "gates.yaml").write_text(gates.replace("fail: {at_most: 0.05}", "fail: {at_most: 2}"), encoding="utf-8")
    return tmp_path


@pytest.mark.deep
@pytest.mark.parametrize("template", [github, gitlab])
def test_a_night_after_a_night_then_a_night_that_moves(template: Any, project: Path) -> None:
    """The first night has no baseline, and says so; the second gives the same answer; the third needs far more and
    stops, until somebody accepts it: docs/gates.md, from the first night to an accepted movement."""
    declared, commands, _ = template()
    assert any("pip install" in command for command in commands)
    branch = {"CI_COMMIT_BRANCH": "main", "CI_DEFAULT_BRANCH": "main"}
    summary = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(project / "summary.md")}
    more = {**branch, **(summary if template is github else {})}
    declared = {**declared, "FIRST_NIGHT": ""}  # as on a schedule, or in a pull request
    unsaid = ran(project, commands, declared, **more)
    assert (unsaid.returncode, "this file requires one" in unsaid.stdout) == (3, True), unsaid.stdout
    first = ran(project, commands, declared, **{**more, "FIRST_NIGHT": "true"})
    assert first.returncode == 0, first.stdout
    assert "2 not judged" in first.stdout
    assert (project / "out" / "last-night" / "findings.json").is_file()
    second = ran(project, commands, declared, **more)
    assert second.returncode == 0, second.stdout
    assert "the same question, the same answer" in second.stdout
    text = (project / "scenario.yaml").read_text(encoding="utf-8")
    (project / "scenario.yaml").write_text(text.replace("requests_per_year: 90", "requests_per_year: 160"))
    third = ran(project, commands, declared, **more)
    assert third.returncode == 3, third.stdout
    assert "more than chance explains" in third.stdout
    baseline = (project / "out" / "last-night" / "findings.json").read_bytes()
    (project / "before.json").write_bytes(baseline)
    assert baseline != (project / "out" / "tonight" / "findings.json").read_bytes(), "a failed night is no baseline"
    accept = "--baseline out/last-night --accept --author A --reason 'amendment 3'"
    person = f'enveloppe gate "$GATES" out/tonight {accept}'
    assert ran(project, [person], declared, **{**more, "GITHUB_ACTIONS": ""}).returncode == 0
    fourth = ran(project, commands, declared, **more)
    assert (fourth.returncode, "accepted by A: amendment 3" in fourth.stdout) == (0, True), fourth.stdout
    same = (project / "out" / "last-night" / "findings.json").read_bytes()
    assert same == (project / "out" / "tonight" / "findings.json").read_bytes(), "what was accepted is the baseline"
    (project / "gates.accepted.json").unlink()
    shutil.copy(project / "before.json", project / "out" / "last-night" / "findings.json")
    assert ran(project, commands, declared, **more).returncode == 3, "without the record it fails again"
    suite = ElementTree.parse(project / "out" / "tonight" / "gate" / "gate-junit.xml").getroot()[0]
    assert int(suite.get("failures", "0")) >= 1
    shutil.rmtree(project / "out" / "last-night")
    assert ran(project, commands, declared, **more).returncode == 3, "a lost cache is not green"
    if template is github:
        assert "::error file=gates.yaml,line=" in third.stdout
        assert (project / "summary.md").read_text(encoding="utf-8").count("## Gates of tiny") >= 4


def test_the_templates_keep_what_they_say_they_keep() -> None:
    _, _, told = gitlab()
    assert told["forecast"]["artifacts"]["reports"]["junit"] == "out/tonight/gate/gate-junit.xml"
    cache = told["forecast"]["cache"]
    assert (cache["paths"], cache["unprotect"]) == (["out/last-night"], "true"), "or merge requests see no baseline"
    assert told["forecast"]["artifacts"]["paths"] == ["out/tonight", "out/last-night"], "accepting needs both sides"
    assert told["variables"]["CACHE_POLICY"] == "pull", "only the default branch writes the baseline"
    assert [rule.get("variables") for rule in told["forecast"]["rules"]] == [None, {"CACHE_POLICY": "pull-push"}]
    _, _, told = github()
    (job,) = told["jobs"].values()
    uses = [step["uses"].split("@")[0] for step in job["steps"] if "uses" in step]
    assert (
        uses.index("actions/cache/restore") < uses.index("actions/cache/save") < uses.index("actions/upload-artifact")
    )
    (kept,) = [step for step in job["steps"] if step.get("uses", "").startswith("actions/upload-artifact")]
    assert kept["with"]["path"].split() == ["out/tonight", "out/last-night"]
    assert told["env"]["FIRST_NIGHT"] == "${{ inputs.first_night }}"
    assert "first_night" in told["on"]["workflow_dispatch"]["inputs"]
    assert told["permissions"] == {"contents": "read"}
    assert all("@v" in step["uses"] for step in job["steps"] if "uses" in step)


@pytest.mark.parametrize("template", [github, gitlab])
def test_the_templates_install_pinned_versions(template: Any) -> None:
    """On equal inputs any difference fails, so that a library's new release must not come by itself overnight."""
    declared, commands, _ = template()
    (install,) = [command for command in commands if "pip install" in command]
    assert '-c "$CONSTRAINTS"' in install
    assert (CI.parent.parent / declared["CONSTRAINTS"]).is_file()


def test_the_gates_of_the_templates_are_strict_enough_to_mean_something() -> None:
    """500 runs know the need of the shipped schemes within 2 to 3 %: twice that says that something is wrong."""
    gates = read_gates(CI / "gates.yaml").declared
    assert gates.baseline == "required"
    for gate in gates.gates:
        if isinstance(gate, PrecisionGate):
            assert gate.fail is not None
            assert gate.fail.at_most <= 0.05
        if isinstance(gate, MovementGate):
            assert gate.sees_share, gate.name
