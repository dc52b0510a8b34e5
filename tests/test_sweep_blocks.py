"""Blocks of runs while a sweep is lived: what is lost is told, and only what is lived just now is timed."""

import json
import pickle
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Any

import pytest
from test_sweep import files_of
from test_sweep_variants import swept

from enveloppe.sweeping.answering import Carried, ToAnswer
from enveloppe.sweeping.living import Over, over_jobs
from enveloppe.sweeping.sweeping import sweep
from scenarios.sweeping.variants import variants_of
from sim.lots import Lot

AXES = "key: envelope_eur, values: [60_000]"


def after(lots: int, happens: Callable[[], None]) -> Over:
    """Work done here, one piece after the other; something happens when so many lots have been lived and stored."""
    here = over_jobs(1)

    def over(task: Callable[[Any], Any], pieces: Sequence[Any]) -> Generator[tuple[Any, Any], None, None]:
        count = 0
        for piece, answer in here(task, pieces):
            if isinstance(piece, Lot):
                if count == lots:
                    happens()
                count += 1
            yield piece, answer

    return over


def blocks(folder: Path) -> list[Path]:
    return sorted(folder.rglob(".blocks-*/*"))


@pytest.mark.parametrize("harm", ["removed", "spoilt"])
def test_a_block_that_is_lost_meanwhile_is_told_and_no_answer_is_made_of_the_rest(harm: str, tmp_path: Path) -> None:
    """Of two blocks the first is lost before the second is stored: an answer of half the runs must not stand."""

    def lose() -> None:
        (block,) = blocks(tmp_path)
        if harm == "removed":
            block.unlink()
        else:
            block.write_bytes(block.read_bytes()[:-1])

    question = variants_of(swept(tmp_path, AXES), ("runs=8", "committee.rivals=[]"))
    with pytest.raises(OSError, match="a moment ago"):
        sweep(question, tmp_path / "out", after(1, lose))
    assert not list((tmp_path / "out").rglob("manifest.json"))
    assert sweep(question, tmp_path / "out", over_jobs(1)).run == 1


def test_after_a_stop_the_time_is_that_of_the_runs_lived_since(tmp_path: Path) -> None:
    """Eight runs, stopped after four: the answer says how long the other four took, not that eight took so long."""

    class StopError(Exception):
        pass

    def stop() -> None:
        raise StopError

    question = variants_of(swept(tmp_path, AXES), ("runs=8", "committee.rivals=[]"))
    with pytest.raises(StopError):
        sweep(question, tmp_path / "out", after(1, stop))
    assert len(blocks(tmp_path)) == 1
    sweep(question, tmp_path / "out", over_jobs(1))
    (manifest,) = (tmp_path / "out").rglob("manifest.json")
    assert json.loads(manifest.read_bytes())["timings_seconds"]["runs"] == 4


@pytest.mark.parametrize("afar", [False, True])
def test_workers_put_answers_together_and_take_runs_along_where_they_have_another_disk(
    afar: bool, tmp_path: Path
) -> None:
    """Each piece crosses as a worker of another process gets it; the answer has the bytes of one made here."""
    crossed: list[ToAnswer] = []

    def over(task: Callable[[Any], Any], pieces: Sequence[Any]) -> Generator[tuple[Any, Any], None, None]:
        for piece in pieces:
            if isinstance(piece, ToAnswer):
                crossed.append(piece)
                if afar:
                    for block in blocks(tmp_path / "there"):
                        block.rename(block.with_suffix(".out_of_reach"))
            told = pickle.loads(pickle.dumps((task, piece)))
            answer = pickle.loads(pickle.dumps(told[0](told[1])))
            for block in blocks(tmp_path / "there"):
                block.rename(block.with_suffix(""))
            yield piece, answer

    question = variants_of(
        swept(tmp_path, "key: envelope_eur, values: [60_000, 90_000]"), ("runs=8", "committee.rivals=[]")
    )
    there = sweep(question, tmp_path / "there", over, afar=afar)
    assert [isinstance(piece.blocks, Carried) for piece in crossed] == [afar, afar]
    here = sweep(question, tmp_path / "here", over_jobs(1))
    assert there.told == here.told
    assert files_of(tmp_path / "there") == files_of(tmp_path / "here")
    assert sweep(question, tmp_path / "here", over_jobs(1)).told == here.told, "read back it says the same"


def test_how_long_an_answer_took_to_put_together_is_kept_with_it(tmp_path: Path) -> None:
    sweep(variants_of(swept(tmp_path, AXES), ("runs=4",)), tmp_path / "out", over_jobs(1))
    (manifest,) = (tmp_path / "out").rglob("manifest.json")
    assert set(json.loads(manifest.read_bytes())["timings_seconds"]) == {"plan", "live", "runs", "answer"}
