"""A run stopped on a day, its state stored as bytes, loaded and lived on: the same as if it had never been stopped.

State is data: the arrays of where the run stands and of what it has told. The desk is not stored, because it follows
from the run's luck alone.
"""

import hashlib
import json
import zlib
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any, Literal
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from scenarios.allocation import Allocation
from scenarios.calendar import DAY, calendar_of
from scenarios.committee import Policy
from scenarios.committee_view import Adviser
from scenarios.policies import POLICIES
from scenarios.scenario import Scenario
from sim.blocks import engine_version
from sim.engines import EngineName
from sim.replay import TOLD_COLUMNS, Replay, Told, replayed
from sim.standing import Standing
from sim.weighed import Weighed

Int = NDArray[np.int64]

FORMAT = 2
"""Of the bytes; one more whenever what is stored changes."""


class StateRefused(Exception):
    """Bytes that no run can be lived on from.

    Attributes:
        why: `damaged`: no stored state, or not whole; `version`: stored by another version of the program;
            `scenario`: of another scenario, seed or allocation.
    """

    def __init__(self, why: Literal["damaged", "version", "scenario"]) -> None:
        """Keep the reason."""
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, eq=False)
class Paused:
    """A run stopped at the beginning of a day.

    Attributes:
        question: sha256 of the scenario and of the allocation.
        run, policy: which run, under which policy.
        standing: where it stands.
        told: what it has told so far.
    """

    question: str
    run: int
    policy: Policy
    standing: Standing
    told: list[Told]


def question_of(scenario: Scenario, allocation: Allocation) -> str:
    """The sha256 of all that a state depends on besides the run and the policy: 64 hexadecimal digits.

    The committee's policy and its rivals are left out, so that a state can be named by its own.
    """
    committee = scenario.committee.model_copy(update={"policy": "fixed", "rivals": ()})
    asked = scenario.model_copy(update={"committee": committee, "runs": 1}).model_dump_json(by_alias=True)
    return hashlib.sha256(repr((asked, allocation.notified_cents)).encode("utf-8")).hexdigest()


def minute_of_day(scenario: Scenario, day: date) -> int:
    """The first minute of a day.

    Raises:
        ValueError: where it lies outside the horizon, or is the opening day itself.
    """
    number = calendar_of(scenario).day(day)
    if not 0 < number <= (scenario.windows.last_payment - scenario.windows.opens).days:
        raise ValueError("a run can be stopped on a day after the opening, up to the last payment")
    return number * DAY


def pause(
    scenario: Scenario,
    allocation: Allocation,
    run: int,
    policy: Policy,
    day: date,
    engine: EngineName = "compiled",
    adviser: Adviser | None = None,
    paused: Paused | None = None,
) -> tuple[Paused, Replay]:
    """Live a run up to a day, before anything of it happens.

    Args:
        scenario: a checked scenario.
        allocation: the money notified to each line at the opening.
        run: the number of the run, from 0.
        policy: under which it is lived.
        day: on which it is stopped.
        engine: by which it is lived; the other may go on from where it stops.
        adviser: what a policy decides by that is handed to the simulator.
        paused: where it was stopped before, None from the opening.

    Returns:
        The state, and what was lived up to it.

    Raises:
        ValueError: where the day lies outside the horizon, or before where the run stands.
        StateRefused: where the state does not belong to the scenario.
    """
    until = minute_of_day(scenario, day)
    if paused is not None and until < paused.standing.minute:
        raise ValueError("a run cannot be stopped before where it stands")
    replay = _lived(scenario, allocation, run, policy, engine, adviser, paused, until)
    if replay.lived.standing is None:
        raise ValueError("the run is over")
    return Paused(question_of(scenario, allocation), run, policy, replay.lived.standing, replay.told), replay


def go_on(
    scenario: Scenario,
    allocation: Allocation,
    paused: Paused,
    engine: EngineName = "compiled",
    adviser: Adviser | None = None,
) -> Replay:
    """Live a stopped run to its end.

    Args:
        scenario, allocation: as when it was stopped.
        paused: its state.
        engine: by which it goes on.
        adviser: what its policy decides by, where it is handed to the simulator.

    Returns:
        Replay: with all that was told, the same as without a stop.

    Raises:
        StateRefused: where the state does not belong to the scenario.
    """
    return _lived(scenario, allocation, paused.run, paused.policy, engine, adviser, paused, None)


def _lived(
    scenario: Scenario,
    allocation: Allocation,
    run: int,
    policy: Policy,
    engine: EngineName,
    adviser: Adviser | None,
    paused: Paused | None,
    until: int | None,
) -> Replay:
    if paused is None:
        return replayed(scenario, allocation, run, policy, engine, adviser, until=until)
    if paused.question != question_of(scenario, allocation):
        raise StateRefused("scenario")
    return replayed(scenario, allocation, run, policy, engine, adviser, paused.standing, paused.told, until)


_ARRAYS = ("fate", "numbers", "accounts", "least", "year_left", "advances", "quota_waits")
_DATED = Weighed._fields
_EMPTY = -(2**62)
"""No amount of cents: open money may be negative where commitments run ahead of it."""


def to_bytes(paused: Paused) -> bytes:
    """A state as an .npz file; the same bytes for the same state."""
    standing = paused.standing
    told = {
        "format": FORMAT,
        "engine": engine_version(),
        "question": paused.question,
        "run": paused.run,
        "policy": paused.policy,
        "minute": standing.minute,
        "cash": standing.cash,
    }
    arrays: dict[str, NDArray[Any]] = {
        "state": np.frombuffer(json.dumps(told, sort_keys=True).encode("utf-8"), dtype=np.uint8),
        "told": np.asarray(paused.told, dtype=np.int64).reshape(-1, TOLD_COLUMNS),
        **{name: np.ascontiguousarray(getattr(standing, name)) for name in _ARRAYS},
    }
    lines = len(standing.accounts)
    arrays["moved_days"] = _days(standing.moves)
    arrays["moves"] = np.asarray([standing.moves[day] for day in sorted(standing.moves)], dtype=np.int64)
    arrays["moves"] = arrays["moves"].reshape(-1, lines)
    arrays["weighed_days"] = _days(standing.weighed)
    for name in _DATED:
        rows = [getattr(standing.weighed[day], name) for day in sorted(standing.weighed)]
        arrays[name] = _of_one_length(rows)
    stream = BytesIO()
    np.savez_compressed(stream, allow_pickle=False, **arrays)
    return stream.getvalue()


def _of_one_length(rows: list[tuple[int, ...]]) -> Int:
    """Rows as int64 (rows, figures); one that is empty among others holds `_EMPTY` throughout."""
    figures = max(map(len, rows), default=0)
    return np.asarray([row or (_EMPTY,) * figures for row in rows], dtype=np.int64).reshape(len(rows), figures)


def _row(values: Int) -> tuple[int, ...]:
    return tuple(values.tolist()) if not len(values) or values[0] != _EMPTY else ()


def _days(by_day: dict[date, Any]) -> Int:
    return np.asarray([day.toordinal() for day in sorted(by_day)], dtype=np.int64)


def from_bytes(content: bytes) -> Paused:
    """The state that `to_bytes` wrote.

    Raises:
        StateRefused: where the bytes are no whole state of this version of the program.
    """
    try:
        with np.load(BytesIO(content), allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        told = json.loads(arrays["state"].tobytes().decode("utf-8"))
        if told["format"] != FORMAT or told["engine"] != engine_version():
            raise StateRefused("version")
        return _paused(told, arrays)
    except StateRefused:
        raise
    except (BadZipFile, zlib.error, OSError, EOFError, KeyError, ValueError, TypeError, IndexError, AttributeError):
        raise StateRefused("damaged") from None


def _paused(told: dict[str, Any], arrays: dict[str, NDArray[Any]]) -> Paused:
    if told["policy"] not in POLICIES:
        raise StateRefused("damaged")
    standing = Standing(
        minute=int(told["minute"]),
        cash=int(told["cash"]),
        moves={
            date.fromordinal(int(day)): changes.tolist()
            for day, changes in zip(arrays["moved_days"], arrays["moves"], strict=True)
        },
        weighed={
            date.fromordinal(int(day)): Weighed(*(_row(arrays[name][place]) for name in _DATED))
            for place, day in enumerate(arrays["weighed_days"])
        },
        opens=False,
        **{name: np.asarray(arrays[name], dtype=np.int64) for name in _ARRAYS},
    )
    return Paused(
        question=str(told["question"]),
        run=int(told["run"]),
        policy=told["policy"],
        standing=standing,
        told=[Told(*row) for row in arrays["told"].tolist()],
    )
