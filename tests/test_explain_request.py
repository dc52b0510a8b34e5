"""`enveloppe explain --request`: the life of one request, held against the events it was read off."""

import json
from functools import cache

import pytest
from click.testing import CliRunner
from tiny import TINY, by_demand, tiny

from enveloppe.cli import main
from enveloppe.request_life import NoSuchRequestError, request_life
from enveloppe.request_text import CAUSES, SENTENCES, request_text
from sim.happenings import EVENT_NOTES, NOTES
from sim.trace import Row, trace

OF_NO_REQUEST = (
    "notified:",
    "committee sits",
    "envelope change",
    "fee not earned",
    "instalment",
    "refused: none",
    "appropriations open",
)


@cache
def rows(policy: str) -> list[Row]:
    scenario = tiny(f"committee.policy={policy}")
    return trace(scenario, by_demand(scenario), 0)


def row(note: str, number: int, minute: int, amount: int | str = "", opened: int | str = "") -> Row:
    return Row(minute, f"2021-01-{1 + minute // 1440:02d}", "x", "b", number, "b/small", 2, amount, opened, note)


def test_a_life_by_hand() -> None:
    """Two ahead for 30 + 50; the release of a third request at the same minute lets it through."""
    events = [
        row("filed", 9, 0),
        row("parked", 1, 1440, 3_000, 1_000),
        row("parked", 2, 1441, 5_000, 1_000),
        row("parked", 9, 2880, 7_000, 1_000),
        row("refused: patience", 1, 4000, 0, 1_000),
        row("committed", 2, 4320, 5_000, 0),
        row("service done", 7, 5760, 8_000, 8_000),
        row("committed", 9, 5760, 7_000, 1_000),
    ]
    life = request_life(events, "b:9", 0, "fixed", one_pot=False)
    filed, parked, committed = life["steps"]
    assert (filed["day"], parked["day"], committed["day"], life["days"]) == (0, 2, 4, 4)
    assert (parked["ahead"], parked["ahead_cents"], parked["open_cents"]) == (2, 8_000, 1_000)
    assert (committed["because"], committed["because_request"], committed["because_cents"]) == (
        "service done",
        "b:7",
        8_000,
    )
    text = request_text(life, "en")
    assert "no money for it: it asks €70, €10 is open on its line. 2 request(s) are ahead of it, for €80." in text
    assert "(b:7 gave €80 back)" in text


@pytest.mark.parametrize("policy", ["fixed", "first_come", "pro_rata"])
def test_who_is_ahead_is_who_waits(policy: str) -> None:
    """For each request that was parked in a run of the tiny question, counted again from all events before it."""
    events, one_pot = rows(policy), policy == "first_come"
    parked = [at for at, event in enumerate(events) if event.note == "parked"]
    assert len(parked) > 3
    for at in parked:
        event = events[at]
        waiting = set()
        for earlier in events[:at]:
            if one_pot or earlier.line == event.line:
                if earlier.note == "parked":
                    waiting.add((earlier.branch, earlier.number))
                elif earlier.note == "committed" or earlier.note.startswith("refused"):
                    waiting.discard((earlier.branch, earlier.number))
        life = request_life(events, f"{event.branch}:{event.number}", 0, policy, one_pot=one_pot)
        step = next(step for step in life["steps"] if step["what"] == "parked")
        assert step["ahead"] == len(waiting)
        assert step["amount_cents"] == event.amount_cents


def test_every_event_of_a_request_has_a_sentence_in_both_languages() -> None:
    notes = [note for note in NOTES if not note.startswith(OF_NO_REQUEST) and note not in EVENT_NOTES.values()]
    assert [note for note in notes if note not in SENTENCES] == []
    assert all(cause in SENTENCES for cause in CAUSES.values())
    for english, french in SENTENCES.values():
        assert english
        assert french
        assert english != french


def test_the_command_tells_a_life_and_refuses_what_is_not_there() -> None:
    def called(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["explain", str(TINY), *words])
        return done.exit_code, done.stdout + done.stderr

    code, text = called("--request", "metal:parked", "--run", "1", "--json")
    assert code == 0, text
    life = json.loads(text[text.index("{") :])
    assert life["branch"] == "metal"
    assert life["steps"][0]["what"] == "filed"
    code, french = called("--request", f"metal:{life['number']}", "--run", "1", "--lang", "fr")
    assert code == 0
    assert "déposée" in french
    assert called("--request", "metal:999999")[0] == 4
    assert called("--request", "metal:1", "--run", "999999")[0] == 4
    for wrong in ("nobody:parked", "metal", ":", "x:-1"):
        assert called("--request", wrong)[0] == 4, wrong
    with pytest.raises(NoSuchRequestError):
        request_life([], "b:1", 0, "fixed", one_pot=False)


def test_days_are_those_of_the_calendar() -> None:
    """Filed on the 1st in the evening and examined on the 3rd in the morning: two days later, as the dates say."""
    events = [row("filed", 1, 1_200), row("complete", 1, 2 * 1_440 + 480, 10), row("committed", 1, 3 * 1_440, 10)]
    life = request_life(events, "b:1", 0, "fixed", one_pot=False)
    assert [step["day"] for step in life["steps"]] == [0, 2, 3]
    assert life["days"] == 3


def test_a_branch_of_which_nobody_waits_is_told_so() -> None:
    with pytest.raises(NoSuchRequestError) as missing:
        request_life([row("filed", 1, 0), row("committed", 1, 60, 10)], "b:parked", 0, "fixed", one_pot=False)
    assert missing.value.idle_branch == "b"
    with pytest.raises(NoSuchRequestError) as unknown:
        request_life([row("filed", 1, 0)], "c:parked", 0, "fixed", one_pot=False)
    assert unknown.value.idle_branch is None


def test_the_example_of_the_help_is_one_that_waits() -> None:
    from enveloppe.commands.explain import command

    asked = next(line for line in (command.epilog or "").splitlines() if "--request" in line).split()[1:]
    done = CliRunner().invoke(main, asked)
    assert done.exit_code == 0, done.stderr
