"""What was read of an export, mended and set aside."""

from reports.blocks import Bullets, Code, Heading, Line, Name, Paragraph, Section, Span
from reports.catalogue import Language, msg
from reports.forecast.notes import KINDS, field_name, note_line
from reports.reading import Found
from reports.showing import show_count, show_day, show_share


def export(findings: Found, language: Language) -> Section:
    """Rows read, mended and set aside, each kind of fault with its rows."""
    section = findings["export"]
    lead = language.line(
        msg("{file}: {rows} rows, of which {requests} are used, {mended} after mending; {set_aside} are set aside."),
        file=Name(language.data(section.text("file"))),
        rows=show_count(section["rows"], language),
        requests=show_count(section["requests"], language),
        mended=show_count(section["mended"], language),
        set_aside=show_count(section["set_aside"], language),
    )
    blocks: list[Paragraph | Bullets | Heading] = [
        Paragraph(
            language.line(
                msg(
                    "Requests from {first} to {last}. The calibration refuses to work beyond {aside} of rows set aside "
                    "or {mended} mended."
                ),
                first=show_day(section["first_day"], language),
                last=show_day(section["last_day"], language),
                aside=show_share(section["set_aside_limit"], language),
                mended=show_share(section["mended_limit"], language),
            )
        )
    ]
    columns: list[Span] = []
    for number, column in enumerate(section.items("columns")):
        columns += [
            *([", "] if number else []),
            field_name(column.text("field"), language),
            " = ",
            Name(language.data(column.text("heading"))),
        ]
    blocks.append(Paragraph(language.line(msg("Columns: {columns}."), columns=tuple(columns)), "note"))
    notes = list(section.items("notes"))
    names = _names(findings, language)
    for kind in ("set_aside", "mended", "read"):
        mine = [note for note in notes if note.text("kind") == kind]
        if mine:
            lines: tuple[Line, ...] = tuple(note_line(note, language, names) for note in mine)
            blocks += [Heading((language.words(KINDS[kind]).capitalize(),)), Bullets(lines)]
    if any(note.text("kind") != "read" for note in notes):
        blocks.append(
            Paragraph(language.line(msg("Every row with its reason stands in {file}."), file=Code("rows.csv")), "note")
        )
    return Section("export", language.words(msg("What was read")), lead, tuple(blocks))


def _names(findings: Found, language: Language) -> dict[tuple[str, str], str]:
    """What branches, types, situations and bands are called, by column and code."""
    name = f"name_{language.code}"
    told = {("branch", row.text("branch")): row.text(name) for row in findings.items("branches")}
    return told | {(row.text("of"), row.text("subject")): row.text(name) for row in findings.items("subjects")}
