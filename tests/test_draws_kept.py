"""Draws kept between calls: what draws alike is not drawn again; the same bytes with and without; never in the way."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result
from test_sweep import files_of
from test_sweep_variants import swept
from tiny import TINY, tiny

from enveloppe.cli import main
from enveloppe.draws_folder import IN_USE_SECONDS, DrawsFolder, draws_place
from scenarios.attributes import Requests
from sim.draw_key import draw_key
from sim.drawn import draws_of
from sim.ground import ground_of
from sim.inflow import draw_requests


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ENVELOPPE_DRAWS", str(tmp_path / "draws"))
    return tmp_path / "draws"


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[int]]:
    """The runs that were drawn, while it lasts."""
    runs: list[int] = []

    def counted(ground: Any, run: int) -> Any:
        runs.append(run)
        return draw_requests(ground, run)

    monkeypatch.setattr("sim.drawn.draw_requests", counted)
    yield runs


def ran(out: Path, *words: str) -> Result:
    common = ["run", str(TINY), "--runs", "6", "--jobs", "1", "--quiet", "--out", str(out)]
    result = CliRunner().invoke(main, [*common, *words])
    assert result.exit_code == 0, result.stderr
    return result


CAP = ("--set", "constraints.branch_caps.0.share=0.45")


def test_changing_one_cap_redraws_nothing_and_changes_no_byte(place: Path, drawn: list[int], tmp_path: Path) -> None:
    """Two runs in two folders, one cap apart; then the second one again without any store."""
    ran(tmp_path / "first")
    assert sorted(drawn) == [0, 1, 2, 3, 4, 5]
    drawn.clear()
    ran(tmp_path / "second", *CAP)
    assert drawn == []
    ran(tmp_path / "more", *CAP, "--runs", "8")
    assert sorted(drawn) == [4, 5, 6, 7], "the first block is known, the second has other runs"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ENVELOPPE_DRAWS", "off")
        ran(tmp_path / "without", *CAP)
    assert files_of(tmp_path / "second") == files_of(tmp_path / "without")


@pytest.mark.parametrize("change", ["seed=8", "inflow.volume_factor=1.1", "events.0.date=2021-06-16"])
def test_what_draws_otherwise_is_drawn(change: str, place: Path, drawn: list[int], tmp_path: Path) -> None:
    ran(tmp_path / "first")
    drawn.clear()
    ran(tmp_path / "second", "--set", change)
    assert sorted(drawn) == [0, 1, 2, 3, 4, 5]


def test_sweeps_comparisons_and_rules_of_stopping_share_the_draws(
    place: Path, drawn: list[int], tmp_path: Path
) -> None:
    ran(tmp_path / "first", "--runs", "8")
    drawn.clear()
    question = swept(tmp_path, "key: envelope_eur, values: [80_000, 100_000]")
    common = ("--runs", "8", "--jobs", "1", "--quiet")
    for words in (
        ("sweep", question, *common, "--out", str(tmp_path / "sweep")),
        ("compare", str(TINY), question, *common, "--out", str(tmp_path / "compare")),
        ("run", str(TINY), *common, "--until", "need_cents:90%", "--out", str(tmp_path / "until")),
    ):
        result = CliRunner().invoke(main, list(words))
        assert result.exit_code == 0, result.stderr
        assert drawn == [], words[0]


def test_draws_read_back_are_those_that_were_drawn(place: Path) -> None:
    """Values, types and order, of every attribute; an empty branch stays empty."""
    scenario = tiny("branches.metal.employees=1")
    ground, key, block = ground_of(scenario), draw_key(scenario), range(2, 5)
    expected = [draw_requests(ground, run) for run in block]
    for _ in range(2):
        found = list(draws_of(ground, block, DrawsFolder(), key))
        assert len(found) == 3
        for mine, its in zip(found, expected, strict=True):
            assert len(mine) == len(its)
            for one, other in zip(mine, its, strict=True):
                for name in Requests.__dataclass_fields__:
                    assert np.array_equal(getattr(one, name), getattr(other, name)), name
                    assert getattr(one, name).dtype == getattr(other, name).dtype, name
    assert len(list(place.iterdir())) == 1


@pytest.mark.parametrize("harm", ["cut", "edited", "empty", "gone", "folder"])
def test_what_is_spoilt_is_drawn_again(harm: str, place: Path, drawn: list[int], tmp_path: Path) -> None:
    ran(tmp_path / "first")
    before = files_of(tmp_path / "first")
    for file in place.iterdir():
        content = file.read_bytes()
        match harm:
            case "cut":
                file.write_bytes(content[:-1])
            case "edited":
                file.write_bytes(content[:500] + bytes([content[500] ^ 1]) + content[501:])
            case "empty":
                file.write_bytes(b"")
            case _:
                file.unlink()
        if harm == "folder":
            file.mkdir()
    drawn.clear()
    ran(tmp_path / "again")
    assert sorted(drawn) == [0, 1, 2, 3, 4, 5]
    assert files_of(tmp_path / "again") == before


def test_a_place_that_cannot_be_used_is_no_obstacle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file stands where the folder should; a home that is not known."""
    ran(tmp_path / "first")
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    for number, asked in enumerate([tmp_path / "file", tmp_path / "file" / "below"]):
        monkeypatch.setenv("ENVELOPPE_DRAWS", str(asked))
        ran(tmp_path / str(number))
        assert files_of(tmp_path / str(number)) == files_of(tmp_path / "first")

    def unknown() -> Path:
        raise RuntimeError("no home")

    monkeypatch.delenv("ENVELOPPE_DRAWS")
    monkeypatch.setattr(Path, "home", unknown)
    assert draws_place() is None


def test_the_folder_stays_below_its_cap_and_old_draws_make_room(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """1 MB: three of 300 kB have room, a fourth has none as long as they are in use, and pushes out the oldest then."""
    monkeypatch.setenv("ENVELOPPE_DRAWS_MB", "1")
    store, names = DrawsFolder(), [digit * 64 for digit in "abcd"]
    for name in names:
        store.put(name, name.encode() * 4_700)
    assert [store.get(name) is not None for name in names] == [True, True, True, False]
    long_ago = time.time() - 2 * IN_USE_SECONDS
    for age, name in enumerate(names[:3]):
        os.utime(place / name, (long_ago + age, long_ago + age))
    assert store.get(names[0]) is not None, "what is read is in use again"
    store.put(names[3], b"x" * 300_000)
    assert [store.get(name) is not None for name in names] == [True, False, True, True]
    (place / ".writing-left").write_bytes(b"half")
    os.utime(place / ".writing-left", (long_ago, long_ago))
    (place / "readme").write_text("somebody's own", encoding="utf-8")
    store.put(names[3], b"x" * 10)
    assert not (place / ".writing-left").exists(), "a part that a kill left"
    result = CliRunner().invoke(main, ["draws", "--empty", "--lang", "en"])
    assert (result.exit_code, "0 MB of draws, of 1 MB at most" in result.stdout) == (0, True)
    assert [file.name for file in place.iterdir()] == ["readme"], "what is not ours stays"


def test_many_at_once_write_and_read_whole_draws(place: Path) -> None:
    """Eight at a time on three keys: whoever reads finds all or nothing."""
    store, names = DrawsFolder(), [digit * 64 for digit in "abc"]

    def work(number: int) -> bool:
        name = names[number % 3]
        store.put(name, name.encode() * 5_000)
        found = store.get(name)
        return found in (None, name.encode() * 5_000)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(200)))
    assert sorted(file.name for file in place.iterdir()) == names


def test_draws_can_be_kept_nowhere(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["draws", "--json"], env={"ENVELOPPE_DRAWS": "off"})
    assert (result.exit_code, '"kept": false' in result.stdout) == (0, True)


@pytest.mark.deep
@pytest.mark.skipif(os.name == "nt", reason="processes are killed the Unix way")
def test_two_processes_at_once_and_kills_at_any_moment_leave_sound_draws(place: Path, tmp_path: Path) -> None:
    """Two runs share the store, each is killed four times in mid-run; a last one reads what stands."""

    def command(out: Path) -> list[str]:
        words = ["run", "convention-2i", "--runs", "40", "--jobs", "2", "--set", "committee.rivals=[]", "--quiet"]
        return [sys.executable, "-m", "enveloppe", *words, "--out", str(out)]

    for kill in range(4):
        both = [
            subprocess.Popen(command(tmp_path / f"{kill}-{which}"), stderr=subprocess.DEVNULL, start_new_session=True)
            for which in "ab"
        ]
        # Killed as soon as another file is there or being written, whichever of them does it.
        while len(list(place.glob("*"))) <= kill and all(one.poll() is None for one in both):
            time.sleep(0.01)
        for one in both:
            if one.poll() is None:
                os.killpg(one.pid, 9)
            one.wait()
    assert list(place.iterdir())
    subprocess.run(command(tmp_path / "last"), check=True, capture_output=True)
    environment = {**os.environ, "ENVELOPPE_DRAWS": "off"}
    subprocess.run(command(tmp_path / "without"), check=True, capture_output=True, env=environment)
    assert files_of(tmp_path / "last") == files_of(tmp_path / "without")
