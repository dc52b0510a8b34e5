"""A sweep killed at any moment ends in the bytes of an unbroken one; trouble with the disk is told, spoils nothing."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from test_sweep import files_of
from test_sweep_variants import swept

from enveloppe.cli import main

AXES = """
key: envelope_eur, low: 60_000, high: 140_000, count: 4
key: inflow.volume_factor, low: 0.7, high: 1.3, count: 4
key: committee.policy, values: [fixed, pro_rata]
key: committee.reserve_share, values: [0, 0.1]
"""
UNIX = pytest.mark.skipif(os.name == "nt", reason="limits of file size and permissions are set the Unix way")


def called(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def command(question: str, out: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "enveloppe", "sweep", question, "--out", str(out), "--quiet", *words]


@pytest.mark.deep
def test_64_variants_killed_five_times_at_random_end_in_the_same_bytes(tmp_path: Path) -> None:
    """100 runs each; the whole group of processes is killed with SIGKILL at random; a last call is all cached."""
    question = swept(tmp_path, AXES)
    asked = ("--runs", "100", "--jobs", "2")
    started = time.monotonic()
    subprocess.run(command(question, tmp_path / "whole", *asked), check=True, capture_output=True)
    unbroken = time.monotonic() - started
    luck, stages = random.Random(64), []
    for _ in range(5):
        running = subprocess.Popen(
            command(question, tmp_path / "killed", *asked), stderr=subprocess.DEVNULL, start_new_session=True
        )
        try:
            running.wait(timeout=luck.uniform(0.1, 0.3) * unbroken)
        except subprocess.TimeoutExpired:
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        stages.append(len(list((tmp_path / "killed").glob("variants/*/manifest.json"))))
    assert stages[-1] > 0, stages
    assert any(stage < 64 for stage in stages), stages
    subprocess.run(command(question, tmp_path / "killed", *asked), check=True, capture_output=True)
    assert files_of(tmp_path / "killed") == files_of(tmp_path / "whole")
    again = called("sweep", question, "--out", str(tmp_path / "killed"), *asked, "--lang", "en")
    assert "64 variants: 0 run, 64 taken from the cache" in again.stdout
    assert files_of(tmp_path / "killed") == files_of(tmp_path / "whole")


SMALL = "key: envelope_eur, values: [60_000, 80_000]"


@UNIX
def test_a_disk_that_is_full_is_told_and_the_same_call_goes_on_when_there_is_room(tmp_path: Path) -> None:
    """No file may grow past 20 kB, as where no space is left: nothing is half-written or taken for an answer."""
    question = swept(tmp_path, SMALL)
    limited = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "from enveloppe.cli import main\nmain(sys.argv[1:], prog_name='enveloppe')\n"
    )
    words = ["sweep", question, "--out", str(tmp_path / "out"), "--runs", "5", "--jobs", "1", "--lang", "en"]
    done = subprocess.run([sys.executable, "-c", limited, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 4, done.stderr
    assert "cannot be written to (File too large)" in done.stderr
    assert "Traceback" not in done.stderr
    assert not list((tmp_path / "out").rglob(".writing-*"))
    assert not list((tmp_path / "out").rglob("manifest.json"))
    assert called(*words).exit_code == 0
    assert called(*words[:3], str(tmp_path / "whole"), *words[4:]).exit_code == 0
    assert files_of(tmp_path / "out") == files_of(tmp_path / "whole")


@UNIX
def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    question = swept(tmp_path, SMALL)
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    for out in (tmp_path / "file", tmp_path / "file" / "below"):
        result = called("sweep", question, "--out", str(out), "--runs", "2", "--lang", "en")
        assert result.exit_code in (2, 4), result.stderr
        assert "Traceback" not in result.stderr
    if os.geteuid() == 0:
        return  # root writes where nobody else may
    (tmp_path / "closed").mkdir(mode=0o500)
    result = called("sweep", question, "--out", str(tmp_path / "closed" / "out"), "--runs", "2", "--lang", "en")
    assert (result.exit_code, "cannot be written to" in result.stderr) == (4, True)


def test_something_in_the_way_of_one_variant_spoils_no_other(tmp_path: Path) -> None:
    """A file stands where the second variant's folder should: told, and the first one's answer stays."""
    question = swept(tmp_path, SMALL)
    words = ("sweep", question, "--out", str(tmp_path / "out"), "--runs", "3", "--jobs", "1", "--lang", "en")
    assert called(*words).exit_code == 0
    before = files_of(tmp_path / "out")
    folders = sorted((tmp_path / "out" / "variants").iterdir())
    shutil.rmtree(folders[0])
    folders[0].write_text("in the way", encoding="utf-8")
    result = called(*words)
    assert (result.exit_code, "cannot be written to" in result.stderr) == (4, True), result.stderr
    folders[0].unlink()
    assert "1 run, 1 taken" in called(*words).stdout
    assert files_of(tmp_path / "out") == before
