"""What was found in an export, told to the person while a command runs."""

from datetime import date
from typing import Any

from enveloppe.console import Console
from forecast.cleaning import Reading
from forecast.coverage import later_dates

MOST_TOLD = 30


def tell_reading(console: Console, reading: Reading) -> None:
    """Say how many rows were used, and each kind of fault with its first rows."""
    from reports import numbers

    console.tell(
        console.say(
            "export_read",
            **{
                name: numbers.count(count, console.language).text
                for name, count in (
                    ("rows", reading.rows),
                    ("requests", len(reading.history)),
                    ("set_aside", reading.set_aside),
                    ("mended", reading.mended),
                )
            },
        )
    )
    from reports.forecast.notes import note_text

    for note in reading.notes[:MOST_TOLD]:
        rows = [int(row) for row in note.rows[:5]]
        told = note_text(
            note.code,
            note.kind,
            note.field,
            rows,
            len(note.rows),
            note.found,
            note.used,
            console.language,
            note.map_line,
        )
        console.tell(f"  {told}")
    if len(reading.notes) > MOST_TOLD:
        console.tell("  …")


def tell_day(console: Console, reading: Reading, as_of: date, *, asked: bool) -> None:
    """Say up to which day the export is read, and what is dated later and so left out.

    Args:
        console: where it is said.
        reading: the export.
        as_of: the last day known.
        asked: whether the day was asked for; then what lies after it was meant to be left out.
    """
    from reports import numbers

    if asked:
        return
    day = numbers.day(as_of.isoformat(), console.language, short=False)
    later = later_dates(reading, as_of)
    count = numbers.count(later, console.language).text
    console.tell(console.say("as_of_taken_but" if later else "as_of_taken", day=day, count=count))


def tell_calibration(console: Console, findings: dict[str, Any]) -> None:
    """Say what a calibration warns of, and how far its forecast is to be trusted."""
    from reports.forecast.document import told_briefly

    for sentence in told_briefly(findings, console.language):
        console.tell(sentence)
