"""Each constraint alone, as the text that a solver reads: what a reader checks by eye, and nothing moves unseen.

To write the texts anew after a wanted change: REGENERATE=1 pytest tests/test_plan_golden.py, then read the difference.
"""

import os
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from plan_problems import problem_of_lines

from optimiser.constraints import CONSTRAINTS
from optimiser.objectives import OBJECTIVES
from optimiser.problem import PlanProblem
from optimiser.program import build
from optimiser.row import Constraint
from scenarios.constraints import BranchBound, Constraints, GroupFloor, MixBound, RegionCap, RegionFloor
from scenarios.objective_names import ObjectiveName

GOLDEN = Path(__file__).parent / "golden" / "plan"


def tiny_problem() -> PlanProblem:
    """Two branches, one with a hostile code, three lines, two periods; every kind of bound is declared."""
    return problem_of_lines(
        [
            {
                "branch": "Été & Cie",
                "group": "under_50",
                "asked": [3, 4],
                "price_eur": [7000, 7500],
                "types": [0.2, 0.8],
            },
            {"branch": "Été & Cie", "group": "over_49", "asked": [5, 6], "price_eur": 5000, "types": [0.6, 0.4]},
            {
                "branch": "b",
                "group": "over_49",
                "asked": [1, 2],
                "price_eur": 4000,
                "types": [0.5, 0.5],
                "in_force_eur": 10_000,
            },
        ],
        envelope_eur=100_000,
        announced_eur=[0, 20_000],
        opened_eur=[50_000, 100_000],
        over_programming=0.1,
        years={
            2021: {"due": [0.5, 0.25], "ceiling_eur": 40_000, "earlier_eur": 5_000, "carry_over_eur": 10_000},
            2022: {"due": [0.3, 0.5], "ceiling_eur": 50_000, "carry_over_eur": 0},
        },
        cash={"2021-06-30": {"due": [0.4, 0.1], "received_eur": 30_000, "earlier_eur": 2_000}},
        desk={"officers": 2, "minutes": [9_000, 18_000], "per_pathway": 60.0},
        objectives=[{"name": "pathways"}, {"name": "least_served_branch"}, {"name": "least_change"}],
        regions={"Île": [0.25, 0.75]},
        patience=1,
        returns_serve_waiting=True,
        returned=np.array([[0.0, 0.1], [0.0, 0.0]]),
        drop_out=0.12,
        mean_cost_cap_eur=6000,
        branch_shares=[0.75, 0.25],
        constraints=Constraints(
            branch_caps=(BranchBound(share=0.6), BranchBound(branches=("b",), eur=30_000.0)),
            branch_floors=(BranchBound(weight_share=0.5),),
            group_floors=(GroupFloor(size_group="under_50", pathway_share=0.38, euro_share=0.4),),
            region_caps=(RegionCap(region="Île", pathway_share=0.7),),
            region_floors=(RegionFloor(region="Île", pathway_share=0.4),),
            service_floor_share=0.2,
            notification_step_share=0.25,
            mix_bounds=(
                MixBound(pathway_types=("long",), min_share=0.3, max_share=0.7),
                MixBound(pathway_types=("short",), situations=("ap",), max_share=0.5),
            ),
        ),
    )


def lp_text(constraints: list[Constraint], folder: Path) -> str:
    target = folder / "plan.lp"
    build(tiny_problem(), constraints).model.writeLP(str(target))
    return target.read_text(encoding="utf-8")


@pytest.mark.parametrize("constraint", CONSTRAINTS, ids=lambda constraint: constraint.__name__)
def test_a_constraint_alone_reads_as_its_golden_text(constraint: Constraint, tmp_path: Path) -> None:
    golden = GOLDEN / f"{constraint.__name__}.lp"
    text = lp_text([constraint], tmp_path)
    if os.environ.get("REGENERATE"):
        golden.write_text(text, encoding="utf-8")
    assert golden.is_file(), f"{constraint.__name__} has no golden text"
    assert text == golden.read_text(encoding="utf-8")


def test_there_is_no_golden_text_without_its_constraint() -> None:
    assert {file.stem for file in GOLDEN.glob("*.lp")} == {constraint.__name__ for constraint in CONSTRAINTS}


@pytest.mark.parametrize("constraint", CONSTRAINTS, ids=lambda constraint: constraint.__name__)
def test_each_constraint_yields_rows_and_says_its_formula_first(constraint: Constraint) -> None:
    """On a problem that declares everything, none is silent; its docstring opens with the comparison it makes."""
    assert len(build(tiny_problem(), [constraint]).rows) > 0
    first = (constraint.__doc__ or "").splitlines()[0]
    assert "=" in first


def test_the_list_holds_every_constraint_of_the_folder() -> None:
    folder = Path(build.__code__.co_filename).parent / "constraints"
    assert {file.stem for file in folder.glob("*.py")} - {"__init__"} == {one.__name__ for one in CONSTRAINTS}


def test_the_list_holds_every_objective_of_the_folder_and_each_says_its_formula_first() -> None:
    folder = Path(build.__code__.co_filename).parent / "objectives"
    assert {file.stem for file in folder.glob("*.py")} - {"__init__", "aim"} == set(OBJECTIVES)
    assert set(OBJECTIVES) == set(get_args(ObjectiveName))
    for name, objective in OBJECTIVES.items():
        assert objective.__name__ == name
        assert (objective.__doc__ or "").split()[0] in ("max", "min")
        problem = tiny_problem()
        assert objective(problem, build(problem).variables).terms, name


def test_row_and_variable_names_are_unique_and_safe_whatever_the_codes_hold() -> None:
    """Letters, digits and underscores; never a digit or an exponent first; two codes that look alike stay apart."""
    lines = [
        {"branch": code, "asked": [1], "price_eur": 1000} for code in ("é", "e", "a b", "a_b", "a+b", "漢字", "9e5")
    ]
    program = build(problem_of_lines(lines, envelope_eur=1000))
    names = [row.name for row in program.rows] + [variable.name for variable in program.variables.columns]
    assert len(set(names)) == len(names)
    assert all(name.isascii() and name.replace("_", "a").isalnum() and name[0].isalpha() for name in names)
    assert all(len(name) <= 255 for name in names)
