"""What a notebook may give as a question, as values and as workers; what it may not is told in one sentence."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from os import PathLike, fspath
from typing import Any

from scenarios.sweeping.points import given_text

Source = str | PathLike[str]
"""A shipped name, or the path of a file."""


def source_text(source: object) -> str:
    """A shipped name or a path as text; raises TypeError for anything else."""
    if isinstance(source, str):
        return source
    if isinstance(source, PathLike):
        path = fspath(source)
        if isinstance(path, str):
            return path
    raise TypeError(
        f"a question is a shipped name, the path of a file, or what `load` gives; not {type(source).__name__}"
    )


def workers_given(jobs: object, cluster: object) -> int | str:
    """How work is spread: the address of a cluster where one is given, else a number of processes.

    Raises:
        ValueError, TypeError: where it is neither.
    """
    if cluster is not None:
        if not isinstance(cluster, str):
            raise TypeError(f"cluster is the address of a scheduler, tcp://host:port; not {type(cluster).__name__}")
        return cluster
    count = _plain(jobs)
    if isinstance(count, bool) or not isinstance(count, int):
        raise TypeError(f"jobs is a whole number of processes; not {type(jobs).__name__}")
    if count < 1 and count != -1:
        raise ValueError(f"jobs is at least 1 (1 stays in this process), or -1 for all processors; not {count}")
    return count


def change_texts(changes: object) -> tuple[str, ...]:
    """Changes as `--set` takes them.

    Args:
        changes: values by dotted key.

    Raises:
        TypeError: where a key is no text, or a value is none that a scenario can hold.
    """
    if not isinstance(changes, Mapping):
        raise TypeError(f"changes are values by key, {{'envelope_eur': 120_000_000}}; not {type(changes).__name__}")
    texts = []
    for key, value in changes.items():
        if not isinstance(key, str):
            raise TypeError(f"a key of a change is a text as `--set` takes it; not {key!r}")
        texts.append(f"{key}={_text(value, key)}")
    return tuple(texts)


def _text(value: Any, key: str) -> str:
    value = _plain(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{given_text(str(name))}: {_text(inner, key)}" for name, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_text(inner, key) for inner in value) + "]"
    if value is None:
        return "null"
    if isinstance(value, bool | int | float | str) or hasattr(value, "isoformat"):
        return given_text(value)
    raise TypeError(f"{key}: a value is a number, a text, a date, a list or a mapping; not {type(value).__name__}")


def _plain(value: Any) -> Any:
    """NumPy's and pandas' numbers and arrays, and decimals, as Python's own; what has no order stays what it is."""
    if isinstance(value, Decimal):
        return int(value) if value.is_finite() and value == value.to_integral_value() else float(value)
    if isinstance(value, bool | int | str | list | tuple | Mapping) or type(value) is float or value is None:
        return value
    if hasattr(value, "tolist"):
        return _plain(value.tolist())
    if isinstance(value, datetime) and value == datetime(value.year, value.month, value.day, tzinfo=value.tzinfo):
        return value.date()
    if isinstance(value, float):
        return float(value)
    return list(value) if isinstance(value, range) else value
