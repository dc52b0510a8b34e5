"""What was found in an export, in words."""

from collections.abc import Mapping

from reports import numbers
from reports.blocks import Code, Line, Name
from reports.catalogue import Language, language_of, msg
from reports.price_sentences import plain
from reports.reading import Found

KINDS = {
    "set_aside": msg("set aside"),
    "mended": msg("mended"),
    "read": msg("understood"),
}
NOTES = {
    "misshapen": msg("too few or too many cells in the row"),
    "no_date": msg("no date of filing"),
    "bad_date": msg("no date that can be read"),
    "far_date": msg("a date of filing far from all others"),
    "no_branch": msg("no branch"),
    "unknown_branch": msg("a branch that the scenario does not know"),
    "likely_branch": msg("a branch taken for the one it is nearly spelt like"),
    "unknown_value": msg("a value that the scenario does not know; the request counts without it"),
    "likely_value": msg("a value taken for the one it is nearly spelt like"),
    "negative": msg("a negative amount: a credit, not a request"),
    "bad_number": msg("no number that can be read; the request counts without it"),
    "bad_count": msg("no whole number of trainees from 1 on; the request counts without it"),
    "bad_hours": msg("hours that nobody trains; the request counts without them"),
    "backwards": msg("a date before the one it follows, or years after it; the request counts without it"),
    "duplicate": msg("the same request a second time"),
    "superseded": msg("an earlier state of a request that stands again further down"),
    "recoded": msg("not UTF-8: read as Windows-1252"),
    "paid_beyond": msg("more was paid than committed: what was paid counts as committed"),
    "heading_twice": msg("several columns bear this heading: the first one is read; another is named in `columns`"),
    "broken_quotes": msg("quotes that do not close: read line by line"),
    "decimal_comma": msg("decimals are written with a comma"),
    "decimal_guessed": msg("whether a mark parts thousands or decimals is a guess; say it with `decimal`"),
    "month_first": msg("dates are written month first"),
    "date_order_guessed": msg("whether the day or the month stands first is a guess; say it with `date_order`"),
    "zone": msg("instants of another time zone, taken to the day they were here"),
    "outside_days": msg("outside the days that the column map names"),
}
FIELDS = {
    "filed": msg("date of filing"),
    "branch": msg("branch"),
    "identity": msg("number of the request"),
    "company": msg("company"),
    "size": msg("size of the company"),
    "situation": msg("situation"),
    "pathway": msg("type of pathway"),
    "trainees": msg("trainees"),
    "hours": msg("hours"),
    "cost": msg("cost"),
    "committed": msg("amount committed"),
    "paid_amount": msg("amount paid"),
    "status": msg("status"),
    "decided": msg("date of decision"),
    "started": msg("start of training"),
    "done": msg("service done"),
    "paid": msg("date of payment"),
}
"""What the columns of an export are called."""
_ROWS_SHOWN = 5


def note_line(note: Found, language: Language, names: Mapping[tuple[str, str], str] | None = None) -> Line:
    """One note: field, what, how often, where, and what stood there.

    Args:
        note: of the findings.
        language: of the reader.
        names: what codes are called, by column and code; a code that is not there stands as it is.
    """
    spans: Line = (language.words(NOTES[note.text("code")]),)
    if found := note.text("found"):
        spans += (" (", Name(language.data(found)))
        used = note.text("used")
        spans += (" → ", Name(language.data((names or {}).get((note.text("field"), used), used)))) if used else ()
        spans += (")",)
    if line := note.text("map_line"):
        spans = language.line(msg("{told}; for the column map: {line}"), told=spans, line=Code(language.data(line)))
    if field := note.text("field"):
        spans = language.line(msg("{field}: {told}"), field=field_name(field, language), told=spans)
    rows = note.get("rows")
    if rows is not None:
        places = rows_line([int(row) for row in rows.value], int(note["count"].value), language)
        spans = language.line(msg("{told}; {rows}"), told=spans, rows=places)
    return spans


def field_name(field: str, language: Language) -> str:
    """What a column of an export is called."""
    return language.words(FIELDS[field]) if field in FIELDS else field


def rows_line(rows: list[int], count: int, language: Language) -> Line:
    """Row numbers, the first few."""
    shown = ", ".join(numbers.count(row, language.code).text for row in rows[:_ROWS_SHOWN])
    more = ", …" if count > len(rows[:_ROWS_SHOWN]) else ""
    if count == 1:
        return language.line(msg("row {rows}"), rows=shown)
    return language.line(msg("{count} rows: {rows}"), count=numbers.count(count, language.code).text, rows=shown + more)


def note_text(
    code: str,
    kind: str,
    field: str,
    rows: list[int],
    count: int,
    found: str,
    used: str,
    language: str,
    map_line: str = "",
) -> str:
    """One note as a plain sentence, for the command line."""
    chosen = language_of(language)
    value = {
        "code": code,
        **({"field": field} if field else {}),
        **({"rows": rows, "count": count} if count else {}),
        **({"found": found} if found else {}),
        **({"used": used} if used else {}),
        **({"map_line": map_line} if map_line else {}),
    }
    return plain(
        chosen.line(msg("{field}: {told}"), field=chosen.words(KINDS[kind]), told=note_line(Found("", value), chosen))
    )
