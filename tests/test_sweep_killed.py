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


def answers_in(out: Path) -> int:
    """How many variants of a sweep's folder are whole."""
    return len(list(out.glob("variants/*/manifest.json")))


@pytest.mark.deep
def test_64_variants_killed_five_times_at_random_end_in_the_same_bytes(tmp_path: Path) -> None:
    """100 runs each; the whole group of processes is killed with SIGKILL at random; a last call is all cached.

    The moments are counted in answers, not in seconds: a slow machine is killed at the same stages as a fast one.
    """
    question, whole, killed = swept(tmp_path, AXES), tmp_path / "whole", tmp_path / "killed"
    asked = ("--runs", "100", "--jobs", "2")
    subprocess.run(command(question, whole, *asked), check=True, capture_output=True)
    luck, stages = random.Random(64), []
    for least in (0, *sorted(luck.sample(range(1, 50), 4))):
        running = subprocess.Popen(command(question, killed, *asked), stderr=subprocess.DEVNULL, start_new_session=True)
        while running.poll() is None and not (killed.exists() and answers_in(killed) >= least):
            time.sleep(0.01)
        time.sleep(luck.uniform(0, 0.5))
        assert running.poll() is None, stages
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        stages.append(answers_in(killed))
        assert least <= stages[-1] < 64, stages
    assert stages == sorted(stages)
    subprocess.run(command(question, killed, *asked), check=True, capture_output=True)
    assert files_of(killed) == files_of(whole)
    again = called("sweep", question, "--out", str(killed), *asked, "--lang", "en")
    assert "64 variants: 0 run, 64 taken from the cache" in again.stdout
    assert files_of(killed) == files_of(whole)


SMALL = "key: envelope_eur, values: [60_000, 80_000]"


def test_blocks_that_a_kill_after_a_variants_last_file_left_behind_are_cleared_away(tmp_path: Path) -> None:
    """Between writing its proof and clearing its blocks away a sweep may be killed; the next call does what is left."""
    words = ("sweep", swept(tmp_path, SMALL), "--out", str(tmp_path / "out"), "--runs", "3", "--jobs", "1")
    assert called(*words).exit_code == 0
    before = files_of(tmp_path / "out")
    left = next((tmp_path / "out" / "variants").iterdir()) / ".blocks-0123456789ab"
    left.mkdir()
    (left / "left").write_bytes(b"a block")
    assert called(*words).exit_code == 0
    assert files_of(tmp_path / "out") == before


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
