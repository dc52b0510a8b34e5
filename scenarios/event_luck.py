"""Which events happen in a run: the certain ones always, the others by a luck of their own."""

from functools import lru_cache

from scenarios.events import EnvelopeChange
from scenarios.luck import raw_draws
from scenarios.scenario import Scenario

PURPOSE = "event"


def which_happen(scenario: Scenario, run: int) -> tuple[bool, ...]:
    """Whether each event of a scenario happens in a run.

    The luck of an uncertain event is named by its day (and by its number among the uncertain ones of that day), so that
    scenarios that differ in the amount or in the probability share it: what happens at a probability happens at every
    higher one. It is apart from the luck of requests.

    Args:
        scenario: a checked scenario.
        run: the number of the run.

    Returns:
        One entry an event, in the order of the file.
    """
    if all(_certain(event) for event in scenario.events):
        return (True,) * len(scenario.events)
    return _drawn(scenario.events, scenario.seed, run)


def _certain(event: object) -> bool:
    return not isinstance(event, EnvelopeChange) or event.probability >= 1


@lru_cache(maxsize=4096)
def _drawn(events: tuple[object, ...], seed: int, run: int) -> tuple[bool, ...]:
    seen: dict[str, int] = {}
    happen = []
    for event in events:
        if not isinstance(event, EnvelopeChange) or event.probability >= 1:
            happen.append(True)
            continue
        day = event.day.isoformat()
        number = seen.get(day, 0)
        seen[day] = number + 1
        raw = int(raw_draws(seed, PURPOSE, run, f"{day} {number}", 1)[0])
        happen.append((raw >> 11) * 2.0**-53 < event.probability)
    return tuple(happen)
