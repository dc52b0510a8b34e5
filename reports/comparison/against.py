"""One side against the first: what changed in the question, what changed in the answer, and who gains."""

import json
from typing import Any

from reports.blocks import Block, Bullets, Code, Column, Folded, Heading, Line, Name, Paragraph, Row, Section, Table
from reports.catalogue import Language, msg
from reports.comparison.sides import letter, side_name
from reports.comparison.way import way
from reports.differences import TOLD, branch_chart, branch_table, reading, same, sentences
from reports.names import KPIS, kpi_name, unit_of
from reports.reading import Found
from reports.setting_names import setting_line, setting_unit, setting_value
from reports.showing import show_by_unit
from reports.typography import WIDE

ALWAYS = ("pathways_net", "need_cents", "committed_cents", "unmet_need_cents")
"""Quantities told even where both sides have the same."""
LONGEST_QUESTION = 14
"""Changed values told at once; further ones are folded away."""


def against(number: int, comparison: Found, language: Language) -> Section:
    """The section of one comparison.

    Args:
        number: of the comparison, from 0.
        comparison: the whole file.
        language: of the reader.
    """
    told = comparison[f"comparisons[{number}]"]
    side = int(told["side"].value)
    base_name = side_name(0, comparison, language)
    name = side_name(side, comparison, language)
    key = f"against-{side}"
    return Section(
        key,
        language.words(msg("{side} against {base}")).format(side=letter(side), base=letter(0)),
        language.line(
            msg("{side}: {name}; {base}: {other}. Differences are {side} less {base}."),
            side=letter(side),
            base=letter(0),
            name=name,
            other=base_name,
        ),
        differences(key, (letter(0), letter(side)), told, comparison, language),
    )


def differences(
    key: str, heads: tuple[str, str], told: Found, comparison: Found, language: Language
) -> tuple[Block, ...]:
    """What changed in the question, what changed in the answer, and who gains.

    Args:
        key: the start of the anchors of tables and charts.
        heads: what the two sides are called over columns.
        told: one comparison.
        comparison: the whole of it.
        language: of the reader.
    """
    side = int(told["side"].value)
    rows = sorted(told.items("branches"), key=lambda row: -(row.number("pathways_net.mean") or 0.0))
    blocks: list[Block] = [
        Heading(language.line(msg("What changed in the question"))),
        *_question(key, heads, told, language),
        Heading(language.line(msg("What changed in the answer"))),
        *_luck(told, language),
        *_answer(key, heads, side, told, comparison, language),
        *way(key, side, told, comparison, language),
    ]
    if rows:
        blocks.append(Heading(language.line(msg("Who gains and who loses"))))
        blocks.append(Bullets(sentences(told, rows, comparison, language)))
        blocks.append(branch_chart(key, rows, comparison, language))
        blocks.append(
            Folded(language.words(msg("The same by branch")), (branch_table(key, rows, comparison, language),))
        )
    return tuple(blocks)


def _luck(told: Found, language: Language) -> list[Block]:
    if not told["common_luck"].value:
        return [
            Paragraph(
                language.line(
                    msg(
                        "Seeds or runs differ: the two sides did not meet the same luck, and errors are those of two "
                        "independent samples."
                    )
                )
            )
        ]
    if any(row.get("independent") is not None for row in (told[f"kpis.{name}"] for name in told["kpis"].value)):
        return [
            Paragraph(
                language.line(
                    msg(
                        "Both sides met the same luck. Figures that are not kept run by run bear the error of two "
                        "independent samples, larger than need be."
                    )
                )
            )
        ]
    return [Paragraph(language.line(msg("Both sides met the same requests and the same luck, run by run.")))]


def _question(key: str, heads: tuple[str, str], told: Found, language: Language) -> list[Block]:
    rows = [_changed(row, language) for row in told.items("question")]
    if not rows:
        return [Paragraph(language.line(msg("Nothing: both sides ask the same question.")))]
    columns = tuple(Column(title, wrap=True) for title in (language.words(msg("Value of the scenario")), *heads))
    caption = language.words(msg("Values that differ, with the place each was written at"))
    shown = Table(f"{key}-question", caption, columns, tuple(rows[:LONGEST_QUESTION]), style="sides")
    if len(rows) <= LONGEST_QUESTION:
        return [shown]
    others = Table(f"{key}-question-others", caption, columns, tuple(rows[LONGEST_QUESTION:]), style="sides")
    return [shown, Folded(language.words(msg("Further values that differ")), (others,), printed=True)]


def _changed(row: Found, language: Language) -> Row:
    cells: list[Line] = [setting_line(row.text("key"), language)]
    for which in ("before", "after"):
        found, place = row.get(which), row.text(f"place_{which}")
        value: Line = ("—",) if found is None else _value(found.value, row.text("key"), language)
        cells.append((*value, " (", Code(place), ")") if place else value)
    return Row(tuple(cells))


def _value(value: Any, key: str, language: Language) -> Line:
    if isinstance(value, list) and all(isinstance(entry, str | int | float) for entry in value):
        return tuple(
            span for at, entry in enumerate(value) for span in ((", ",) if at else ()) + _value(entry, key, language)
        )
    if isinstance(value, str | int | float):
        unit = setting_unit(key, language) if not isinstance(value, str) else ""
        return (Name(setting_value(value, key, language)), *((WIDE, unit) if unit else ()))
    return (Code(language.data(json.dumps(value, ensure_ascii=False))),)


def _answer(
    key: str, heads: tuple[str, str], side: int, told: Found, comparison: Found, language: Language
) -> list[Block]:
    there = [name for name in KPIS if name in told["kpis"].value]
    shown = [name for name in there if name in (*ALWAYS, *TOLD) and (name in ALWAYS or not same(told[f"kpis.{name}"]))]
    others = [name for name in there if name not in shown and not same(told[f"kpis.{name}"])]
    blocks: list[Block] = [_quantities(key, heads, shown, side, told, comparison, language)]
    if others:
        table = _quantities(f"{key}-others", heads, others, side, told, comparison, language)
        blocks.append(Folded(language.words(msg("Other quantities")), (table,), printed=True))
    return blocks


def _quantities(
    key: str, heads: tuple[str, str], names: list[str], side: int, told: Found, comparison: Found, language: Language
) -> Table:
    rows = []
    for name in names:
        gap = told[f"kpis.{name}"]
        unit = unit_of(name, gap)
        error = gap.get("se")
        means = (comparison.get(f"sides[{at}].kpis.{name}.mean") for at in (0, side))
        rows.append(
            Row(
                (
                    (kpi_name(name, language),),
                    *(() if mean is None else (show_by_unit(mean, unit, language),) for mean in means),
                    (show_by_unit(gap["mean"], unit, language, signed=True),),
                    () if error is None else (show_by_unit(error, unit, language, error=True),),
                    (reading(gap, language),),
                )
            )
        )
    return Table(
        f"{key}-answer",
        language.words(msg("Means over the runs, their difference and its standard error")),
        (
            Column(language.words(msg("Quantity"))),
            *(Column(head, "number") for head in heads),
            Column(language.words(msg("Difference")), "number"),
            Column(language.words(msg("Standard error")), "number"),
            Column(language.words(msg("Reading")), "status"),
        ),
        tuple(rows),
        language.line(
            msg(
                "A difference smaller than twice its standard error is not one that this number of runs can show. "
                "Other quantities that are the same in every run are left out."
            )
        ),
    )
