"""Another processor, the same cents: results do not hang on the vector instructions of the machine."""

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

WIDE = [name for name in __cpu_dispatch__ if __cpu_features__.get(name) and ("AVX512" in name or name == "X86_V4")]
"""What NumPy would use here and would not find on an older processor."""


@pytest.mark.deep
@pytest.mark.parametrize("scenario", ["convention-2i", "convention-2i-observed", "germany-sgb3-82"])
def test_without_wide_vectors_the_same_cents(scenario: str, tmp_path: Path) -> None:
    """Four runs of a shipped scenario: every table of every run, and every figure told of them."""
    if not WIDE:
        pytest.skip("this processor has no AVX-512 to be switched off")
    bare = {**os.environ, "NPY_DISABLE_CPU_FEATURES": " ".join(WIDE)}
    for name, environment in (("wide", dict(os.environ)), ("bare", bare)):
        call = [sys.executable, "-m", "enveloppe", "run", scenario, "--runs", "4", "--jobs", "1", "--quiet"]
        subprocess.run([*call, "--out", str(tmp_path / name)], env=environment, check=True, capture_output=True)
    wide, narrow = (np.load(tmp_path / name / "runs.npz") for name in ("wide", "bare"))
    assert wide.files == narrow.files
    for table in wide.files:
        assert np.array_equal(wide[table], narrow[table]), table
    assert (tmp_path / "wide" / "findings.json").read_bytes() == (tmp_path / "bare" / "findings.json").read_bytes()
