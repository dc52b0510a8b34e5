"""What is said of a long step while it runs."""

import pytest

from enveloppe import progress
from enveloppe.console import Console


def test_what_stands_before_the_first_part_is_no_measure_of_the_rest(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A hundred seconds of planning, then a part every ten: after three of four parts ten seconds are left."""
    clock = iter([0.0, 100.0, 120.0, 140.0])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    step = progress.Progress(Console(language="en", as_json=False, quiet=False, color=False), "living")
    for done in (1, 3, 4):
        step(done, 4)
    told = capsys.readouterr().err.splitlines()
    assert told == ["living: 1/4", "living: 3/4, ~10 s", "living: 4/4, ~0 s"]
