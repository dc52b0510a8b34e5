"""A stopped experiment goes on where it was, and ends in the same bytes."""

import hashlib
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from test_sim_engines import digest
from tiny import TINY, by_demand, tiny
from waiting import ON_LINUX, happened, killed_at_block

from enveloppe.block_folder import FolderStore, discard_blocks
from enveloppe.folder import FolderRefused
from sim.blocks import BLOCK, from_bytes, to_bytes
from sim.experiment import Experiment, simulate
from sim.outcome import Outcome
from sim.workers import WorkerLost, over_workers

RUNS = 3 * BLOCK + 1


class Kept(dict[str, bytes]):
    """A store in memory that counts what is put."""

    puts = 0

    def put(self, key: str, content: bytes) -> None:
        self.puts += 1
        self[key] = content


def lived(store: Kept | FolderStore | None = None, jobs: int = 1, stop_at: int = RUNS + 1) -> Experiment:
    def progress(done: int, count: int) -> None:
        if done >= stop_at:
            raise KeyboardInterrupt

    scenario = tiny()
    return simulate(scenario, by_demand(scenario), runs=RUNS, jobs=jobs, progress=progress, store=store)


@pytest.fixture(scope="module")
def whole() -> str:
    return digest(lived())


def test_an_interrupted_experiment_goes_on_where_it_was(whole: str) -> None:
    store = Kept()
    with pytest.raises(KeyboardInterrupt):
        lived(store, stop_at=2 * BLOCK)
    assert store.puts == 2
    assert digest(lived(store)) == whole
    assert store.puts == 4, "two blocks were not lived again"
    assert digest(lived(store, jobs=2)) == whole, "blocks serve any number of workers"
    assert store.puts == 4


def test_blocks_of_another_question_are_not_taken() -> None:
    store = Kept()
    lived(store)
    for other in (tiny("seed=8"), tiny("parking.blocking=skip")):
        before = store.puts
        simulate(other, by_demand(other), runs=RUNS, store=store)
        assert store.puts == before + 4
    scenario, before = tiny(), store.puts
    simulate(scenario, by_demand(scenario), ["fixed"], runs=RUNS, store=store)
    assert store.puts == before + 4


def test_a_block_reads_back_as_it_was() -> None:
    one = lived()
    policies = tuple(policy.policy for policy in one.policies)
    content = to_bytes(Outcome(one.need, one.policies))
    back = from_bytes(content, policies)
    assert digest(Experiment(one.ground, RUNS, back.need, back.policies)) == digest(one)
    assert to_bytes(back) == content


def test_a_folder_gives_back_what_was_put_or_nothing(tmp_path: Path, whole: str) -> None:
    store = FolderStore(tmp_path, "0123456789abcdef")
    assert store.get("key") is None
    store.put("key", b"content")
    assert store.get("key") == b"content"
    file = tmp_path / ".blocks-0123456789ab" / "key"
    file.write_bytes(file.read_bytes()[:-1])
    assert store.get("key") is None, "a part is not taken for the whole"
    with pytest.raises(KeyboardInterrupt):
        lived(store, stop_at=BLOCK)
    for block in file.parent.iterdir():
        block.write_bytes(b"x" + block.read_bytes()[1:])
    assert digest(lived(store)) == whole, "what was spoilt is lived again"
    discard_blocks(tmp_path)
    assert not list(tmp_path.iterdir())
    discard_blocks(tmp_path)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / ".blocks-0123456789ab").write_text("in the way")
    with pytest.raises(FolderRefused):
        FolderStore(tmp_path, "0123456789abcdef").put("key", b"content")


def ends_its_worker(block: range) -> int:
    if block.start == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return block.start


@pytest.mark.deep
@pytest.mark.filterwarnings("ignore")
def test_a_block_that_always_ends_its_worker_is_named_and_the_others_are_done() -> None:
    done = []
    with pytest.raises(WorkerLost, match="runs 2 to 2"):
        for block, answer in over_workers(ends_its_worker, [range(at, at + 1) for at in range(4)], 2):
            assert block.start == answer
            done.append(answer)
    assert sorted(done)[:2] == [0, 1]


def workers_of(parent: int) -> list[int]:
    """Processes started by another that run its workers, by the kernel's table."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            owner = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            command = (entry / "cmdline").read_text()
        except OSError:
            continue
        if owner == parent and "popen_loky_posix" in command:
            found.append(int(entry.name))
    return found


RUN = ["run", str(TINY), "--runs", "800", "--jobs", "2", "--quiet", "--out"]
COMMAND = [sys.executable, "-m", "enveloppe", *RUN]


def files_of(folder: Path) -> dict[str, str]:
    """The sha256 of every file but the manifest, whose timings differ."""
    return {
        file.name: hashlib.sha256(file.read_bytes()).hexdigest()
        for file in folder.rglob("*")
        if file.is_file() and file.name not in ("manifest.json", ".lock")
    }


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("undisturbed")
    subprocess.run([*COMMAND, str(folder)], check=True, capture_output=True)
    return files_of(folder)


@pytest.mark.deep
@pytest.mark.skipif(os.name == "nt", reason="a whole group of processes is killed the Unix way")
@pytest.mark.parametrize(("number", "half_written"), [(1, False), (1, True), (60, False), (120, True), (200, False)])
def test_killed_at_any_block_a_second_call_ends_in_the_same_bytes(
    tmp_path: Path, undisturbed: dict[str, str], number: int, half_written: bool
) -> None:
    """Of 200 blocks: at the first, in the midst and at the last, after a block was stored and while one was written."""
    assert killed_at_block(number, half_written, [*RUN, str(tmp_path)]) == -9
    assert len(list(tmp_path.glob(".blocks-*/[0-9a-f]*"))) == number - half_written
    subprocess.run([*COMMAND, str(tmp_path)], check=True, capture_output=True)
    assert files_of(tmp_path) == undisturbed


@pytest.mark.deep
@pytest.mark.skipif(not ON_LINUX, reason="workers are found by the kernel's table of processes")
def test_a_killed_worker_costs_its_block_and_not_the_run(tmp_path: Path, undisturbed: dict[str, str]) -> None:
    """One of two workers, as soon as the first of 200 blocks is stored."""
    child = subprocess.Popen([*COMMAND, str(tmp_path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert happened(lambda: list(tmp_path.glob(".blocks-*/[0-9a-f]*")), child)
    os.kill(workers_of(child.pid)[0], signal.SIGKILL)
    assert child.wait() == 0
    assert files_of(tmp_path) == undisturbed
