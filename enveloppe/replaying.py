"""A run lived in part: stopped on a day, its state kept in a file, gone on with from there."""

from datetime import date, timedelta
from pathlib import Path
from typing import Literal

from enveloppe.advisers import adviser_of
from reports.whole_file import write_whole
from scenarios.allocation import Allocation
from scenarios.scenario import Scenario
from sim.engines import EngineName
from sim.pausing import Paused, StateRefused, from_bytes, go_on, pause, to_bytes
from sim.replay import Replay


class StateUnread(Exception):
    """A file of state that cannot be gone on from, or not be written."""

    def __init__(self, file: Path, why: Literal["unread", "damaged", "version", "scenario"], reason: str = "") -> None:
        """Keep the file, and why."""
        super().__init__(f"{file}: {why}")
        self.file, self.why, self.reason = file, why, reason


class NoSuchDay(Exception):
    """A day on which the run cannot be stopped."""

    def __init__(self, first: date, last: date) -> None:
        """Keep the first and the last day on which it can."""
        super().__init__(f"{first} to {last}")
        self.first, self.last = first, last


def lived_in_part(
    scenario: Scenario,
    allocation: Allocation,
    run: int,
    engine: EngineName,
    until: date | None,
    save_state: Path | None,
    from_state: Path | None,
) -> Replay:
    """Live a part of a run under the scenario's policy.

    Args:
        scenario, allocation: what is lived.
        run: the number of the run; a kept state's own where there is one, and its policy too.
        engine: by which it is lived.
        until: the day on which it is stopped, None to live it to its end.
        save_state: where the state is kept.
        from_state: the state it goes on from, None from the opening.

    Returns:
        What was lived, what was told before a kept state included.

    Raises:
        StateUnread: where a state cannot be read, gone on from, or written.
        NoSuchDay: where the run cannot be stopped on that day.
    """
    paused = None if from_state is None else _read(from_state)
    policy = scenario.committee.policy if paused is None else paused.policy
    adviser = adviser_of(scenario, policy)
    try:
        if until is None and paused is not None:
            return go_on(scenario, allocation, paused, engine, adviser)
        last = scenario.windows.last_payment
        stands = scenario.windows.opens + timedelta(days=1)
        if paused is not None:
            stands = scenario.windows.opens + timedelta(minutes=paused.standing.minute)
        if until is None or not stands <= until <= last:
            raise NoSuchDay(stands, last)
        number = run if paused is None else paused.run
        stopped, replay = pause(scenario, allocation, number, policy, until, engine, adviser, paused)
    except StateRefused as refused:
        raise StateUnread(from_state or Path(), refused.why) from None
    if save_state is not None:
        try:
            write_whole(save_state, to_bytes(stopped))
        except OSError as error:
            raise StateUnread(save_state, "unread", error.strerror or "") from None
    return replay


def _read(file: Path) -> Paused:
    try:
        return from_bytes(file.read_bytes())
    except OSError as error:
        raise StateUnread(file, "unread", error.strerror or "") from None
    except StateRefused as refused:
        raise StateUnread(file, refused.why) from None
