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
    shutil.copy(CI / "gates.yaml", tmp_path / "gates.yaml")
    return tmp_path


@pytest.mark.deep
@pytest.mark.parametrize("template", [github, gitlab])
def test_a_night_after_a_night_then_a_night_that_moves(template: Any, project: Path) -> None:
    """The first night has no baseline; the second gives the same answer; the third needs far more and stops, until
    somebody accepts it: docs/gates.md, from the first night to an accepted movement."""
    declared, commands, _ = template()
    assert any("pip install" in command for command in commands)
    branch = {"CI_COMMIT_BRANCH": "main", "CI_DEFAULT_BRANCH": "main"}
    summary = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(project / "summary.md")}
    more = {**branch, **(summary if template is github else {})}
    first = ran(project, commands, declared, **more)
    assert first.returncode == 0, first.stdout
    assert "skipped" in first.stdout
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
    if template is github:
        assert "::error file=gates.yaml,line=" in third.stdout
        assert (project / "summary.md").read_text(encoding="utf-8").count("## Gates of tiny") >= 4


def test_the_templates_keep_what_they_say_they_keep() -> None:
    _, _, told = gitlab()
    assert told["forecast"]["artifacts"]["reports"]["junit"] == "out/tonight/gate/gate-junit.xml"
    assert told["forecast"]["cache"]["paths"] == ["out/last-night"]
    _, _, told = github()
    (job,) = told["jobs"].values()
    uses = [step["uses"].split("@")[0] for step in job["steps"] if "uses" in step]
    assert (
        uses.index("actions/cache/restore") < uses.index("actions/cache/save") < uses.index("actions/upload-artifact")
    )
    assert told["permissions"] == {"contents": "read"}
    assert all("@v" in step["uses"] for step in job["steps"] if "uses" in step)
