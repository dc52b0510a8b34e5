"""The suites draw the same examples at each call, whatever ran before them; exploring draws fresh ones."""

import ast
import os
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).parent
SHARED = ("random.u", "random.r", "random.c", "np.random.rand", "np.random.seed")
"""How calls begin that draw from luck which other tests share and nobody has seeded."""
PROGRAM = """
import sys
import conftest
from hypothesis import given, settings, strategies as st
{loaded}
drawn = []

@settings(max_examples=200)
@given(number=st.integers(0, 10**12), text=st.text(max_size=20))
def test(number, text):
    drawn.append((number, text))

test()
print(ascii(drawn))
"""


def drawn(folder: Path, name: str, loaded: str = "", explore: str = "") -> str:
    """The examples of a process of its own that has loaded some modules before."""
    file = folder / f"{name}.py"
    file.write_text(PROGRAM.format(loaded=loaded), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(TESTS), "ENVELOPPE_EXPLORE": explore}
    done = subprocess.run(
        [sys.executable, str(file)], cwd=folder, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_the_same_examples_whatever_was_loaded_before_and_fresh_ones_where_asked(tmp_path: Path) -> None:
    """The numbers of 2,000 lines of the simulator would else be tried, or not, as other tests had loaded them."""
    alone = drawn(tmp_path, "alone")
    assert alone.count("(") >= 200
    assert drawn(tmp_path, "after", "import sim.life_kernel, scenarios.loading, scenarios.luck") == alone
    assert drawn(tmp_path, "fresh", explore="1") != alone


def test_no_test_draws_in_a_way_of_its_own() -> None:
    """What one test sets for itself, exploring would not reach, or a busy machine would break."""
    for file in TESTS.glob("*.py"):
        if file.name in ("examples_drawn.py", Path(__file__).name):
            continue
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call):
                continue
            place, called = f"{file.name}:{call.lineno}", ast.unparse(call.func)
            assert not called.startswith(SHARED), place
            assert called not in ("np.random.default_rng", "random.Random") or call.args, place
            if called != "settings":
                continue
            told = {word.arg: ast.unparse(word.value) for word in call.keywords}
            assert not {"derandomize", "deadline", "database"} & set(told), place
            assert "too_slow" in told.get("suppress_health_check", "too_slow"), place
