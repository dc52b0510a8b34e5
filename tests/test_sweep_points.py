"""The points of a sweep: grids, lists, Latin hypercubes and Sobol's sequence, whole numbers all the way."""

import numpy as np
import pytest
from scipy.stats import qmc

from scenarios.sweeping.declaration import Axis, Sweep
from scenarios.sweeping.points import count_of, given_text, latin_hypercube, points_of
from scenarios.sweeping.sobol import MOST_AXES, directions, scrambled_sobol, sobol
from scenarios.yaml_reading import read_yaml


def axis(key: str, **told: object) -> Axis:
    return Axis.model_validate({"key": key, **told})


def test_the_unscrambled_sequence_is_that_of_scipy() -> None:
    """An independent reading of Joe and Kuo's table."""
    ours = sobol(512, [directions(number) for number in range(MOST_AXES)])
    theirs = qmc.Sobol(MOST_AXES, scramble=False).random(512)
    assert np.array_equal(ours / 2**32, theirs)


@pytest.mark.parametrize("seed", [0, 7, 2**63 - 1])
def test_a_scrambled_net_is_a_net(seed: int) -> None:
    """Of 64 points each interval of 1/64 holds one on every axis, and so does each box of 1/8 x 1/8 on the first two
    axes (a (0, 6, 2)-net in base 2)."""
    points = scrambled_sobol(64, ["a", "b", "c", "d"], seed)
    for column in points.T:
        assert sorted(column >> 26) == list(range(64))
    boxes = (points[:, 0] >> 29) * 8 + (points[:, 1] >> 29)
    assert sorted(boxes) == list(range(64))


def test_a_longer_sobol_sample_begins_with_the_shorter_one_and_another_seed_is_another_sample() -> None:
    keys = ["a", "b"]
    assert np.array_equal(scrambled_sobol(100, keys, 1)[:60], scrambled_sobol(60, keys, 1))
    assert not np.array_equal(scrambled_sobol(60, keys, 1), scrambled_sobol(60, keys, 2))


def test_scrambled_sobol_beats_plain_luck_on_a_smooth_integral() -> None:
    """The mean of x1 x2 x3 over the cube is 1/8; 256 points come within 0.002 under each of 20 scrambles, where
    independent points have a standard error of 0.011 (variance 1/27 - 1/64)."""
    for seed in range(20):
        units = (scrambled_sobol(256, ["a", "b", "c"], seed) + 0.5) / 2**32
        assert abs(units.prod(axis=1).mean() - 1 / 8) < 0.002


def test_a_latin_hypercube_meets_each_interval_of_each_axis_once() -> None:
    for points in (1, 7, 64):
        cube = latin_hypercube(points, ["a", "b", "c"], 5)
        for column in cube.T:
            assert sorted((column * points) >> 32) == list(range(points))
    assert np.array_equal(latin_hypercube(9, ["a", "b"], 3)[:, 1], latin_hypercube(9, ["c", "b"], 3)[:, 1])


def test_a_grid_is_every_combination_the_last_axis_fastest() -> None:
    sweep = Sweep(method="grid", over=(axis("a", values=(1, 2)), axis("b", low=0.8, high=1.2, count=3)))
    assert list(points_of(sweep, 0)) == [(1, 0.8), (1, 1.0), (1, 1.2), (2, 0.8), (2, 1.0), (2, 1.2)]
    assert count_of(sweep) == 6
    steps = Sweep(method="grid", over=(axis("a", low=1.0, high=2.0, step=0.3), axis("b", low=0.0, high=10.0, step=5.0)))
    assert [row[0] for row in points_of(steps, 0)][::3] == [1.0, 1.3, 1.6, 1.9]
    assert [row[1] for row in points_of(steps, 0)][:3] == [0, 5, 10]
    assert all(isinstance(row[1], int) for row in points_of(steps, 0))
    assert count_of(steps) == 12


def test_a_list_takes_its_values_side_by_side() -> None:
    sweep = Sweep(method="list", over=(axis("a", values=(1, 2)), axis("b", values=("x", "y"))))
    assert list(points_of(sweep, 0)) == [(1, "x"), (2, "y")]


def test_samples_stay_inside_their_range_and_take_each_value_equally_often() -> None:
    over = (
        axis("x_eur", low=100.0, high=200.0),
        axis("y", values=("p", "q", "r", "s")),
        axis("z", low=10.0, high=13.0, step=1.0),
    )
    for method in ("sobol", "latin_hypercube"):
        rows = list(points_of(Sweep.model_validate({"method": method, "points": 64, "over": over}), 11))
        assert all(100 < row[0] < 200 and round(row[0], 2) == row[0] for row in rows)
        assert {value: [row[1] for row in rows].count(value) for value in "pqrs"} == dict.fromkeys("pqrs", 16)
        assert {value: [row[2] for row in rows].count(value) for value in range(10, 14)} == dict.fromkeys(
            range(10, 14), 16
        )


@pytest.mark.parametrize(
    "value", [1, -3, 0.1, 1e-7, 1e12, True, False, "fixed", "pro_rata", "true", "12", "null", "a: b", '"', "é, [x]", ""]
)
def test_a_value_written_as_set_takes_it_reads_back_as_it_was(value: object) -> None:
    back = read_yaml(f"value: {given_text(value)}", "x").value["value"].value
    assert back == value
    assert type(back) is type(value)
