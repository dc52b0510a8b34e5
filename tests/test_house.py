"""The walls: floors between packages, strict types, one style, names that belong to this distribution alone."""

import ast
import importlib.metadata
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("scenarios", "sim", "optimiser", "forecast", "reports", "enveloppe")


def ran(*command: str) -> str:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return "" if done.returncode == 0 else done.stdout + done.stderr


def tool(name: str) -> str:
    return str(Path(sys.executable).parent / name)


def test_each_floor_imports_only_what_stands_below_it() -> None:
    assert ran(tool("lint-imports"), "--no-cache") == ""


def test_types_are_strict() -> None:
    assert ran(sys.executable, "-m", "mypy", "--no-incremental", "--cache-dir", "/dev/null") == ""


def test_style_is_one() -> None:
    assert ran(sys.executable, "-m", "ruff", "check", "--no-cache", ".") == ""
    assert ran(sys.executable, "-m", "ruff", "format", "--no-cache", "--check", ".") == ""


def test_our_package_names_belong_to_this_distribution_alone() -> None:
    owners = importlib.metadata.packages_distributions()
    for package in PACKAGES:
        assert set(owners.get(package, ["enveloppe"])) == {"enveloppe"}


def test_no_test_folder_is_named_like_a_package() -> None:
    assert not [folder for folder in (ROOT / "tests").iterdir() if folder.is_dir() and folder.name in PACKAGES]


def test_there_is_one_pin_a_package_and_no_address_of_an_index() -> None:
    lines = [line for line in (ROOT / "constraints.txt").read_text().splitlines() if not line.startswith("#")]
    names = [line.split("==")[0].lower() for line in lines]
    assert all(line.count("==") == 1 and "/" not in line for line in lines)
    assert len(names) == len(set(names))
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    bare = {"".join(letter for letter in want.split(">")[0] if letter not in "<=,").lower() for want in wanted}
    assert bare <= {name.replace("_", "-") for name in names} | {name.replace("-", "_") for name in names}


@pytest.mark.parametrize("package", [*PACKAGES, "tests", "benchmarks", "docs"])
def test_no_file_has_grown_past_one_idea(package: str) -> None:
    for file in (ROOT / package).rglob("*.py"):
        assert len(file.read_text(encoding="utf-8").splitlines()) <= 500, file


@pytest.mark.parametrize("package", PACKAGES)
def test_nothing_below_the_front_door_prints_or_uses_shared_luck_or_the_clock(package: str) -> None:
    """No print, no global random state, no time of day in any room that computes."""
    for file in (ROOT / package).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func)
            assert called != "print", f"{file}:{node.lineno}"
            assert not called.startswith(("random.", "np.random.seed", "np.random.rand")), f"{file}:{node.lineno}"
            if package != "enveloppe":
                assert called not in ("time.time", "datetime.now", "date.today"), f"{file}:{node.lineno}"
