"""What a worker has installed is told by its sources and libraries: another byte anywhere is another version."""

from pathlib import Path

import pytest

from sim import installed


def test_another_source_anywhere_in_the_house_is_another_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "a_house_of_its_own"
    (package / "room").mkdir(parents=True)
    (package / "__init__.py").write_text("", encoding="utf-8")
    source = package / "room" / "one.py"
    source.write_text("A = 1\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(installed, "PACKAGES", (package.name, "not_there_at_all"))
    version = installed.installed_version.__wrapped__
    before = version()
    assert version() == before
    source.write_text("A = 2\n", encoding="utf-8")
    assert version() != before
    source.write_text("A = 1\n", encoding="utf-8")
    assert version() == before
    monkeypatch.setattr(installed, "LIBRARIES", ("a-library-that-nobody-has",))
    assert version() != before, "a library that a worker lacks is told too"
