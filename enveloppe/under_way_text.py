"""A scheme under way in words: what stands, what is to come, and whose plan the rest is of."""

from typing import Any

from enveloppe.console import Console
from reports import numbers

LEAST_TOLD = 0.005
"""A risk below this is not worth a word."""


def standing_text(found: dict[str, Any], console: Console) -> str:
    """What stands on the day and what is to come, a line an idea.

    Args:
        found: of `explaining_forecast.explained_standing`.
        console: for its language.
    """
    what = found.get("line") or found.get("branch") or console.say("whole_scheme")
    lines = [
        console.say(
            "standing",
            what=what,
            day=_day(found["as_of"], console),
            requests=_count(found["requests"], console),
            pathways=_count(found["pathways_committed"], console),
            committed=_money(found["committed_cents"], console),
            paid=_money(found["paid_cents"], console),
        )
    ]
    for key, told in (
        ("standing_waiting", bool(found["at_desk"] or found["parked"])),
        ("standing_held", "notified_cents" in found),
        ("standing_pot", "notified_cents" not in found and "open_cents" in found),
        ("standing_short", found["waiting_cents"] > found.get("open_cents", found["waiting_cents"])),
        ("standing_unnotified", bool(found.get("unnotified_cents"))),
        ("standing_to_come", True),
        ("standing_need", "served_share" in found["in_all"]),
    ):
        if told:
            lines.append(f"  - {console.say(key, **_values(found, console))}")
    lines.append(f"  - {_running_out(found, console)}")
    return "\n".join(lines)


def opening_text(found: dict[str, Any], console: Console) -> str:
    """That what follows is of the plan notified at the opening."""
    return console.say("standing_opening", day=_day(found["as_of"], console))


def _values(found: dict[str, Any], console: Console) -> dict[str, str]:
    whole, coming = found["in_all"], found["to_come"]
    held = {
        key: _money(found[f"{key}_cents"], console)
        for key in ("waiting", "notified", "open", "unnotified", "opening")
        if f"{key}_cents" in found
    }
    committed, need = whole["committed_cents"], whole["need_cents"]
    share = whole.get("served_share")
    return {
        **held,
        "at_desk": _count(found["at_desk"], console),
        "parked": _count(found["parked"], console),
        "pathways": _count(coming["pathways_committed"], console, signed=True),
        "committed": _money(coming["committed_cents"], console, signed=True),
        "total": _money(committed["mean"], console),
        "low": _money(committed["p10"], console),
        "high": _money(committed["p90"], console),
        "need": _money(need["mean"], console),
        **({} if share is None else {"share": numbers.share(share["mean"], console.language).text}),
    }


def _running_out(found: dict[str, Any], console: Console) -> str:
    end = found["exhaustion_date"]
    chance = numbers.share(end["probability"], console.language).text
    if end["probability"] < LEAST_TOLD:
        return console.say("standing_lasts")
    if "p50" not in end:
        return console.say("standing_risk", chance=chance)
    return console.say("standing_runs_out", chance=chance, day=_day(end["p50"], console))


def _day(iso: str, console: Console) -> str:
    return numbers.day(iso, console.language, short=False)


def _count(value: float, console: Console, *, signed: bool = False) -> str:
    return numbers.count(value, console.language, signed=signed).text


def _money(cents: float, console: Console, *, signed: bool = False) -> str:
    return numbers.money(round(cents), console.language, signed=signed).text
