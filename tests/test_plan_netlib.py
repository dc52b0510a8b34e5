"""Through the same bridge the published optima of Netlib problems, and their infeasible ones.

The problems are no part of the project: put their MPS files (afiro.mps, adlittle.mps, ...) into a folder and name it in
ENVELOPPE_NETLIB. Source of the optima: the readme of netlib.org/lp/data.
"""

import os
from pathlib import Path

import numpy as np
import pytest

from optimiser.bridge import Arrays, LiveModel, arrays_of_file
from optimiser.certificate import certify

FOLDER = os.environ.get("ENVELOPPE_NETLIB")
OPTIMA = {
    "afiro": -464.7531,
    "adlittle": 225494.9632,
    "25fv47": 5501.8459,
    "israel": -896644.8219,
    "stair": -251.2670,
}
INFEASIBLE = ("klein1", "woodinfe", "galenet")


def problem(name: str) -> Arrays:
    if FOLDER is None:
        pytest.skip("ENVELOPPE_NETLIB names no folder with Netlib's MPS files")
    file = Path(FOLDER) / f"{name}.mps"
    if not file.is_file():
        pytest.skip(f"{file.name} is not in the folder that ENVELOPPE_NETLIB names")
    return arrays_of_file(file)


@pytest.mark.parametrize("method", ["primal", "dual", "ipm"])
@pytest.mark.parametrize("name", OPTIMA)
def test_the_published_optimum_is_found_and_certified(name: str, method: str) -> None:
    arrays = problem(name)
    answer = LiveModel(arrays).run(method)
    assert answer.status == "optimal"
    assert -float(arrays.cost @ answer.columns) == pytest.approx(OPTIMA[name], rel=1e-7, abs=1e-3)
    certificate = certify(arrays, answer.columns, answer.prices)
    assert certificate.primal < 1e-6
    assert certificate.gap < 1e-6


@pytest.mark.parametrize("name", INFEASIBLE)
def test_an_infeasible_problem_has_an_irreducible_set_of_rows(name: str) -> None:
    arrays = problem(name)
    live = LiveModel(arrays)
    assert live.run("first").status == "infeasible"
    rows = live.rows_at_fault()
    assert rows
    alone = LiveModel(arrays)
    for row in set(range(len(arrays.row_lower))) - set(rows):
        alone.set_row(row, -np.inf, np.inf)
    assert alone.run("first").status == "infeasible"


def test_a_file_is_read_into_the_same_arrays_as_any_other_model(tmp_path: Path) -> None:
    """max 3 x + 2 y under x + y <= 4 and x <= 3 is 11, written to minimise."""
    text = """NAME tiny
ROWS
 N cost
 L both
COLUMNS
 x cost -3 both 1
 y cost -2 both 1
RHS
 RHS both 4
BOUNDS
 UP BND x 3
ENDATA
"""
    file = tmp_path / "tiny.mps"
    file.write_text(text)
    arrays = arrays_of_file(file)
    assert arrays.column_names == ("x", "y")
    assert LiveModel(arrays).run().objective == pytest.approx(11)
