"""A Dask cluster of separate processes: the bytes of one machine, whatever happens to a worker."""

import gc
import importlib.util
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from test_sweep import files_of
from test_sweep_variants import swept
from tiny import TINY
from waiting import SLOW_SECONDS, happened

from enveloppe.cli import main
from reports.whole_file import write_whole
from sim.cluster import PieceLost, over_cluster

pytestmark = [
    pytest.mark.skipif(
        importlib.util.find_spec("distributed") is None, reason="distributed (the extra `cluster`) is not installed"
    ),
    # The client's own loop and sockets end a moment after it was closed.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),
]


def called(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


class Cluster:
    """A scheduler and two workers, each a process of its own on the loopback; they end with the test."""

    def __init__(self, folder: Path) -> None:
        self.processes: list[subprocess.Popen[bytes]] = []
        file = folder / "scheduler.json"
        common = ("--scheduler-file", str(file))
        self._start(
            "distributed.cli.dask_scheduler", *common, "--host", "127.0.0.1", "--port", "0", "--no-dashboard",
            "--idle-timeout", f"{2 * SLOW_SECONDS}s",
        )  # fmt: skip
        for _ in range(2):
            self._start(
                "distributed.cli.dask_worker", *common, "--nthreads", "1", "--no-nanny", "--no-dashboard",
                "--death-timeout", str(SLOW_SECONDS), "--local-directory", str(folder),
            )  # fmt: skip
        self.workers = self.processes[1:]
        self.address = self._address(file)

    def _start(self, module: str, *words: str) -> None:
        command = [sys.executable, "-m", module, *words]
        quiet = subprocess.DEVNULL
        self.processes.append(subprocess.Popen(command, stdout=quiet, stderr=quiet))

    def _address(self, file: Path) -> str:
        from distributed import Client

        assert happened(lambda: file.exists() and file.stat().st_size, self.processes[0])
        with Client(scheduler_file=str(file), set_as_default=False, timeout=SLOW_SECONDS) as client:
            client.wait_for_workers(2, timeout=SLOW_SECONDS)
            return str(client.scheduler.address)

    def end(self) -> None:
        for process in reversed(self.processes):
            process.kill()
            process.wait()


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A scheduler on a busy machine may take long to answer; and what the client leaves behind ends with its test."""
    monkeypatch.setattr("sim.cluster.PATIENCE_SECONDS", SLOW_SECONDS)
    yield
    gc.collect()


def after_the_first_block(monkeypatch: pytest.MonkeyPatch, kill: Callable[[], object]) -> list[Path]:
    """Do something as soon as the first finished block of runs stands on disk; gives the blocks that were stored."""
    stored: list[Path] = []

    def whole(file: Path, content: bytes) -> str:
        told = write_whole(file, content)
        if not stored:
            kill()
        stored.append(file)
        return told

    monkeypatch.setattr("enveloppe.block_folder.write_whole", whole)
    return stored


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    found = Cluster(tmp_path_factory.mktemp("cluster"))
    yield found
    found.end()


def test_a_run_over_a_cluster_is_the_run_of_one_machine_byte_for_byte(cluster: Cluster, tmp_path: Path) -> None:
    common = ("run", str(TINY), "--runs", "14", "--quiet")
    assert called(*common, "--jobs", "1", "--out", str(tmp_path / "here")).exit_code == 0
    result = called(*common, "--cluster", cluster.address, "--out", str(tmp_path / "there"))
    assert result.exit_code == 0, result.stderr
    assert files_of(tmp_path / "here") == files_of(tmp_path / "there")


def test_a_comparison_over_a_cluster_is_that_of_one_machine(cluster: Cluster, tmp_path: Path) -> None:
    less = tmp_path / "less.yaml"
    less.write_text(TINY.read_text(encoding="utf-8").replace("115_000", "90_000"), encoding="utf-8")
    common = ("compare", str(TINY), str(less), "--runs", "9", "--quiet")
    assert called(*common, "--jobs", "1", "--out", str(tmp_path / "here")).exit_code == 0
    result = called(*common, "--cluster", cluster.address, "--out", str(tmp_path / "there"))
    assert result.exit_code == 0, result.stderr
    assert files_of(tmp_path / "here") == files_of(tmp_path / "there")
    assert called(*common, "--cluster", cluster.address, "--jobs", "2").exit_code == 2


def test_a_sweep_over_a_cluster_is_that_of_one_machine(cluster: Cluster, tmp_path: Path) -> None:
    """Plans, runs and answers are made by workers, of which none needs the disk of the caller."""
    question = swept(tmp_path, "key: envelope_eur, values: [60_000, 90_000]")
    common = ("sweep", question, "--runs", "9", "--quiet")
    assert called(*common, "--jobs", "1", "--out", str(tmp_path / "here")).exit_code == 0
    result = called(*common, "--cluster", cluster.address, "--out", str(tmp_path / "there"))
    assert result.exit_code == 0, result.stderr
    assert files_of(tmp_path / "here") == files_of(tmp_path / "there")


@pytest.mark.deep
def test_a_worker_killed_in_the_middle_of_a_sweep_costs_its_pieces_only(
    cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of two workers is killed as soon as the first of 200 finished blocks stands on disk."""
    question = swept(tmp_path, "key: envelope_eur, values: [60_000, 80_000, 100_000, 120_000]")
    common = ("sweep", question, "--runs", "200", "--quiet")
    stored = after_the_first_block(monkeypatch, cluster.workers[0].kill)
    result = called(*common, "--cluster", cluster.address, "--out", str(tmp_path / "there"))
    assert result.exit_code == 0, result.stderr
    assert len(stored) == 200
    assert cluster.workers[0].wait() == -signal.SIGKILL
    assert called(*common, "--jobs", "1", "--out", str(tmp_path / "here")).exit_code == 0
    assert files_of(tmp_path / "here") == files_of(tmp_path / "there")


def ending(pieces: list[int], address: str) -> list[int]:
    """Pieces over a cluster, where the fourth ends whatever worker takes it."""

    def task(piece: int) -> int:
        if piece == 3:
            os._exit(1)
        return os.getpid()

    return [answer for _, answer in over_cluster(task, pieces, address)]


@pytest.mark.deep
def test_a_piece_that_ends_every_worker_is_told_and_a_single_worker_does_the_work_itself() -> None:
    """joblib alone would wait for such a piece for ever, and would do the work of a single worker here."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=1, threads_per_worker=1, processes=True, dashboard_address=":0") as one:
        done = ending([0, 1, 2], one.scheduler_address)
        assert len(set(done)) == 1
        assert os.getpid() not in done
        with pytest.raises(PieceLost, match="3"):
            ending([0, 1, 2, 3, 4, 5], one.scheduler_address)


@pytest.mark.deep
def test_a_scheduler_lost_on_the_way_is_told_and_the_same_call_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The scheduler is killed when the first finished block stands on disk; what is left is lived here."""
    (tmp_path / "cluster").mkdir()
    mine = Cluster(tmp_path / "cluster")
    try:
        question = swept(tmp_path, "key: envelope_eur, values: [60_000, 80_000, 100_000, 120_000]")
        common = ("sweep", question, "--runs", "200", "--quiet", "--lang", "en", "--out", str(tmp_path / "there"))
        stored = after_the_first_block(monkeypatch, mine.processes[0].kill)
        result = called(*common, "--cluster", mine.address)
        assert (result.exit_code, "was lost on the way" in result.stderr) == (4, True), result.stderr
    finally:
        mine.end()
    assert 0 < len(list((tmp_path / "there").rglob(".blocks-*/*"))) == len(stored) < 200
    assert called(*common, "--jobs", "1").exit_code == 0
    assert called(*common[:-1], str(tmp_path / "here"), "--jobs", "1").exit_code == 0
    assert files_of(tmp_path / "here") == files_of(tmp_path / "there")


def refused(address: str, tmp_path: Path) -> str:
    """What is said of an address where there is no cluster; soon, by the same code as any refused input."""
    words = ("run", str(TINY), "--cluster", address, "--out", str(tmp_path / "o"), "--lang", "en")
    result = called(*words)
    assert result.exit_code == 4, result.stderr
    assert not (tmp_path / "o" / "findings.json").exists()
    return result.stderr


def test_an_address_where_nobody_answers_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sim.cluster_asked.REFUSED_SECONDS", 0)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{closed.getsockname()[1]}"
        assert f"the cluster {address} does not answer" in refused(address, tmp_path)


@pytest.mark.parametrize("address", ["nonsense", "http://x:1", "tcp://host", "tcp://host:99999", "tcp://a b:1"])
def test_what_is_no_address_is_told(address: str, tmp_path: Path) -> None:
    assert f"{address} is no address of a Dask scheduler: tcp://host:port" in refused(address, tmp_path)


def test_no_address_at_all_is_a_usage_error() -> None:
    """An empty variable of a script must not mean that all is run here, unnoticed."""
    assert called("run", str(TINY), "--cluster", "").exit_code == 2
    assert called("run", str(TINY), "--cluster", "tcp://127.0.0.1:9", "--jobs", "2").exit_code == 2


def test_something_else_that_answers_is_told(tmp_path: Path) -> None:
    """A web server, say: what it sends is taken for lengths of messages, of exabytes."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    taken, _ = server.accept()
                    taken.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n" * 4)
                    taken.close()
                except OSError:
                    return

        threading.Thread(target=serve, daemon=True).start()
        told = refused(f"tcp://127.0.0.1:{server.getsockname()[1]}", tmp_path)
    assert "is no Dask scheduler" in told
    assert "Traceback" not in told


def test_a_worker_is_no_scheduler(cluster: Cluster, tmp_path: Path) -> None:
    from distributed import Client

    with Client(cluster.address, set_as_default=False) as client:
        worker = next(iter(client.scheduler_info()["workers"]))
    assert f"what answers at {worker} is no Dask scheduler (Worker)" in refused(worker, tmp_path)
