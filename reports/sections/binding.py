"""What holds the plan back, what one more million buys, what each floor costs."""

from reports.blocks import Block, Bullets, Heading, Line, Paragraph, Row, Section, Span, Strong, Table
from reports.catalogue import Language, msg
from reports.columns import numbers_under
from reports.names import branch_name, mix_name, size_group_name
from reports.opening_plan import of_the_opening
from reports.price_sentences import moves_the_plan, price_line, row_asks
from reports.reading import Found
from reports.showing import show_count, show_money

BOOKKEEPING = ("waiting", "patience", "line_money")
"""Families whose rows keep the books: hundreds of them, with prices that only restate the envelope's."""
SHOWN = 12


def binding(findings: Found, language: Language) -> Section | None:
    """The rows of the plan that hold something back, each told by what it is worth."""
    blocks: list[Block] = []
    told = [row for row in findings.items("plan.prices") if not row.text("family").startswith(BOOKKEEPING)]
    held = [row for row in told if moves_the_plan(row)]
    if held:
        blocks.append(Bullets(tuple(_price(row, findings, language) for row in held[:SHOWN])))
    elif told:
        blocks.append(Paragraph(language.line(msg("None of the plan's rules holds anything back: requests do."))))
    floors = list(findings.items("plan.floors"))
    if floors:
        blocks.append(Heading(language.line(msg("What the floors cost"))))
        blocks.append(_floors(floors, findings, language))
    if not blocks:
        return None
    return Section("binding", language.words(msg("What holds the plan back")), _lead(findings, language), tuple(blocks))


def _lead(findings: Found, language: Language) -> Line:
    lead = language.line(
        msg("On expected requests, the plan commits {pathways} pathways (gross) for {cost} (gross)."),
        pathways=Strong((show_count(findings["plan.pathways_whole"], language),)),
        cost=Strong((show_money(findings["plan.cost_cents"], language),)),
    )
    net = findings.get("plan.objective")
    if findings.text("plan.counts") == "net" and net is not None and isinstance(net.value, int | float):
        lead += language.line(
            msg(" It counts {net} of them, net of the drop-outs it expects; prices below are in net pathways."),
            net=Strong((show_count(net, language),)),
        )
    if findings["plan.cost_cents"].value > findings["plan.distributable_cents"].value:
        lead += language.line(
            msg(" That is more than the {money} to distribute, because money released in time is committed again."),
            money=show_money(findings["plan.distributable_cents"], language, exact=True),
        )
    return lead + of_the_opening(findings, language)


def subject_name(row: Found, findings: Found, language: Language) -> Span | None:
    """What a row is about, in the reader's words; its code where no list of the scenario has it.

    Args:
        row: of `plan.prices` or `plan.floors`.
        findings: all that was found out.
        language: of the reader.
    """
    code = row.text("subject")
    if not code:
        return None
    if any(group.text("size_group") == code for group in findings.items("scenario.size_groups")):
        return size_group_name(code, findings, language)
    if row.text("family").startswith("mix"):
        return mix_name(code, findings, language)
    return branch_name(code, findings, language)


def _price(row: Found, findings: Found, language: Language) -> Line:
    return price_line(row, subject_name(row, findings, language), language, findings.text("plan.counts"))


def _floors(floors: list[Found], findings: Found, language: Language) -> Table:
    small = any(row.get("under50_pathways_without") is not None for row in floors)
    titles = [msg("Floor"), msg("Pathways it costs (as the plan counts)")]
    if small:
        titles.extend((msg("Pathways under 50 without it"), msg("With it")))
    rows = []
    for row in floors:
        cells: list[Line] = [
            row_asks(row.text("family"), subject_name(row, findings, language), language),
            (show_count(row["pathways_cost"], language),),
        ]
        if small:
            for path in ("under50_pathways_without", "under50_pathways_with"):
                found = row.get(path)
                cells.append(() if found is None else (show_count(found, language),))
        rows.append(Row(tuple(cells)))
    return Table(
        "floors",
        language.words(msg("Pathways of the plan given up for each floor")),
        numbers_under(titles, language),
        tuple(rows),
        language.line(msg("Each floor is lifted alone and the plan solved again.")),
    )
