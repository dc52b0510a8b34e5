"""Published problems read from their three files (SMPS), and their known optima."""

from pathlib import Path

import pytest

from optimiser.two_stage.answers import Solved
from optimiser.two_stage.core_file import SmpsRefused
from optimiser.two_stage.gap import SampledAnswer, sampled_answer
from optimiser.two_stage.knowing import value_of_knowing
from optimiser.two_stage.sampling import Independent
from optimiser.two_stage.smps import SmpsProblem, read_smps, read_smps_named
from optimiser.two_stage.standing import solve

FILES = Path(__file__).parent / "smps"


def read(core: str, stoch: str) -> SmpsProblem:
    return read_smps(FILES / f"{core}.cor", FILES / f"{core}.tim", FILES / f"{stoch}.sto")


def test_lands_with_three_runs() -> None:
    """Louveaux and Smeers 1988 as distributed: 381.8533 with demands 3, 5, 7 at 0.3, 0.4, 0.3."""
    problem = read_smps_named(FILES / "lands")
    assert (problem.outcomes, problem.first_names, problem.second_rows[0]) == (3, ("X1", "X2", "X3", "X4"), "S2C1")
    best = solve(problem.programme, problem.runs())
    assert isinstance(best, Solved) and best.objective == pytest.approx(381.85333, abs=1e-4)


def test_lands_with_a_million_runs_lies_inside_its_sampling_bounds() -> None:
    """Linderoth, Shapiro and Wright 2006: 225.62 with 100 equally likely values of each of three demands."""
    problem = read("lands", "lands_million")
    assert problem.outcomes == 1_000_000 and not problem.can_be_listed
    assert isinstance(problem.luck, Independent)
    found = sampled_answer(problem.programme, problem.luck, 300, seed=1, replications=8, fresh=1500)
    assert isinstance(found, SampledAnswer)
    low, high = found.optimum
    assert low <= 225.62 <= high and high - low < 12.0
    with pytest.raises(ValueError, match="sample them"):
        problem.runs()


@pytest.mark.parametrize("stoch", ["farmer", "farmer_blocks", "farmer_multiplied"])
def test_the_farmer_told_by_scenarios_by_a_block_and_by_factors(stoch: str) -> None:
    """One problem in three forms: a scenario that inherits, a block, and yields as multiples of the core's."""
    problem = read("farmer", stoch)
    known = value_of_knowing(problem.programme, problem.runs())
    assert isinstance(known.recourse, Solved)
    assert known.recourse.objective == pytest.approx(-108390, abs=0.1)
    assert known.vss == pytest.approx(1150, abs=0.1)


def written(folder: Path, core: str, stoch: str, time: str | None = None) -> SmpsProblem:
    texts = {"p.cor": core, "p.sto": stoch, "p.tim": time or "TIME p\nPERIODS\n X R1 T1\n Y R2 T2\nENDATA\n"}
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return read_smps_named(folder / "p")


CORE = """NAME p
ROWS
 N OBJ
 L R1
 G R2
 E R3
COLUMNS
 X OBJ 1 R1 1
 X R2 1
 Y OBJ 2 R2 1
 Z OBJ 3 R3 1
RHS
 RHS OBJ -10 R1 4
 RHS R2 5 R3 2
RANGES
 RNG R2 6
BOUNDS
 UP BND Y 9
ENDATA
"""


def test_ranges_bounds_constants_and_places_that_only_luck_fills(tmp_path: Path) -> None:
    """Worked by hand: min 10 + x + E[2y + 3z], x <= 4, 5 <= x + y (+ tx) <= 11, z = 2 or 4; a range moves as one."""
    stoch = (
        "STOCH p\nINDEP DISCRETE\n RHS R2 5 T2 0.5\n RHS R2 7 T2 0.5\n RHS R3 2 0.5\n RHS R3 4 0.5\n"
        " UP BND Y 9 T2 0.5\n UP BND Y 8 T2 0.5\n X R3 0 0.25\n X R3 0 0.75\nENDATA\n"
    )
    problem = written(tmp_path, CORE, stoch)
    runs = problem.runs()
    assert len(runs) == 16 and problem.second_rows == ("R2", "R3")
    lower, upper = runs.of("row_lower"), runs.of("row_upper")
    assert lower is not None and upper is not None
    assert {(a, b) for a, b in zip(lower.values[:, 0], upper.values[:, 0], strict=True)} == {(5.0, 11.0), (7.0, 13.0)}
    best = solve(problem.programme, runs)
    # x = 4 saves 2 a unit of y; y = 1 or 3, z = 3 on average.
    assert isinstance(best, Solved) and best.objective == pytest.approx(10 + 4 + 2 * 2 + 3 * 3, abs=1e-6)


def test_a_uniform_figure_is_sampled(tmp_path: Path) -> None:
    """A demand between 5 and 7 without steps: no listing; both sides of its ranged row move as one."""
    problem = written(tmp_path, CORE, "STOCH p\nINDEP UNIFORM\n RHS R2 5 T2 7\nENDATA\n")
    assert problem.outcomes is None and isinstance(problem.luck, Independent)
    sample = problem.luck.sample(200, 1, "law")
    lower, upper = sample.of("row_lower"), sample.of("row_upper")
    assert lower is not None and upper is not None
    assert 5 <= lower.values.min() < 5.1 and 6.9 < lower.values.max() <= 7
    assert upper.values == pytest.approx(lower.values + 6)


@pytest.mark.parametrize(
    ("core", "stoch", "why"),
    [
        (CORE, "STOCH p\nINDEP NORMAL\n RHS R2 5 T2 1\nENDATA\n", "p.sto:2: NORMAL is not read"),
        (CORE, "STOCH p\nINDEP DISCRETE\n RHS R2 5 T2 0.4\nENDATA\n", "add up to 0.4"),
        (CORE, "STOCH p\nINDEP DISCRETE\n RHS R1 5 T2 1\nENDATA\n", "p.sto:3: a figure of the first period"),
        (CORE, "STOCH p\nSCENARIOS\n SC A B 1.0 T2\nENDATA\n", "p.sto:3: scenario A follows B"),
        (CORE, "STOCH p\nINDEP DISCRETE\n RHS R2 x T2 1\nENDATA\n", "p.sto:3: x is no number"),
        (CORE, "STOCH p\nENDATA\n", "nothing varies"),
        (CORE.replace(" Y OBJ 2 R2 1", " Y OBJ 2 R9 1"), "", "p.cor:10: unknown row R9"),
        (CORE.replace(" L R1", " L R1\n L R1"), "", "p.cor:5: row R1 stands twice"),
        (CORE.replace("COLUMNS", "COLUMNS\n M 'MARKER' 'INTORG'"), "", "integer columns"),
        (CORE.replace(" X R2 1", " X R2 1\n Z R1 1"), "", "is not told in one piece"),
    ],
)
def test_what_is_not_understood_is_refused_with_its_line(tmp_path: Path, core: str, stoch: str, why: str) -> None:
    """No file is half read: the message names the file, the line and the reason."""
    with pytest.raises(SmpsRefused) as refused:
        written(tmp_path, core, stoch)
    assert why in str(refused.value)


def test_three_periods_are_refused(tmp_path: Path) -> None:
    """This solver has two stages, and says so."""
    time = "TIME p\nPERIODS\n X R1 T1\n Y R2 T2\n Z R3 T3\nENDATA\n"
    with pytest.raises(SmpsRefused, match="3 periods"):
        written(tmp_path, CORE, "STOCH p\n", time)
