"""Companies under 50: their share, the support of their pay, their wait."""

from reports.blocks import Block, Bullets, Column, Line, Row, Section, Strong, Table
from reports.catalogue import Language, msg
from reports.columns import numbers_under
from reports.names import kpi_name, size_group_name
from reports.price_sentences import row_asks
from reports.reading import Found
from reports.showing import show_by_unit, show_count, show_share

TOLD = (
    "asked_pathways",
    "pathways_committed",
    "pathways_net",
    "served_share",
    "notified_cents",
    "committed_cents",
    "support_cents",
    "support_coverage",
    "real_pay_coverage",
    "wait_days",
    "companies",
)
OVERALL = ("under50_pathway_share", "under50_euro_share", "support_cents", "support_coverage", "real_pay_coverage")


def small_companies(findings: Found, language: Language) -> Section | None:
    """What companies under 50 get of the pathways, of the euros and of pay."""
    blocks = [*_overall(findings, language), *_floors(findings, language), *_groups(findings, language)]
    if not blocks:
        return None
    return Section("small-companies", language.words(msg("Small companies")), _lead(findings, language), tuple(blocks))


def _lead(findings: Found, language: Language) -> Line:
    pathways = findings.get("simulation.kpis.under50_pathway_share.mean")
    euros = findings.get("simulation.kpis.under50_euro_share.mean")
    if pathways is None or euros is None:
        return ()
    return language.line(
        msg("Companies under 50 employees get {pathways} of the pathways and {euros} of the money."),
        pathways=Strong((show_share(pathways, language),)),
        euros=Strong((show_share(euros, language),)),
    )


def _overall(findings: Found, language: Language) -> list[Block]:
    rows = []
    for name in OVERALL:
        estimate = findings.get(f"simulation.kpis.{name}")
        if estimate is not None:
            unit = estimate.text("unit")
            rows.append(
                Row(
                    (
                        (kpi_name(name, language),),
                        *(
                            (show_by_unit(found, unit, language),) if (found := estimate.get(part)) else ()
                            for part in ("mean", "p10", "p90")
                        ),
                    )
                )
            )
    if not rows:
        return []
    titles = (msg("Quantity"), msg("Mean"), msg("P10"), msg("P90"))
    return [
        Table(
            "under50",
            language.words(msg("Small companies and support of pay, all branches")),
            numbers_under(titles, language),
            tuple(rows),
            language.line(
                msg(
                    "Support of pay: of every company entitled to it, whatever its size. Pay covered: support "
                    "over the pay of the trainees who have a right to it, counted up to the "
                    "ceiling; real pay covered: the same over their whole pay."
                )
            ),
        )
    ]


def _floors(findings: Found, language: Language) -> list[Block]:
    """What the floors of sizes of company cost, in sentences."""
    told = []
    for floor in findings.items("plan.floors"):
        without, kept = floor.get("under50_pathways_without"), floor.get("under50_pathways_with")
        if not floor.text("family").startswith("group_floor") or without is None or kept is None:
            continue
        named = row_asks(floor.text("family"), size_group_name(floor.text("subject"), findings, language), language)
        if floor["pathways_cost"].value < 0.5:
            told.append(
                language.line(msg("In the plan, {floor} costs nothing: requests keep it by themselves."), floor=named)
            )
        else:
            told.append(
                language.line(
                    msg(
                        "In the plan, {floor} costs {cost} pathways in all; without it, companies under 50 would get "
                        "{without} pathways instead of {kept}."
                    ),
                    floor=named,
                    cost=Strong((show_count(floor["pathways_cost"], language),)),
                    without=show_count(without, language),
                    kept=show_count(kept, language),
                )
            )
    return [Bullets(tuple(told))] if told else []


def _groups(findings: Found, language: Language) -> list[Block]:
    groups = list(findings.items("simulation.size_groups"))
    told = [name for name in TOLD if any(group.get(f"kpis.{name}") is not None for group in groups)]
    if not groups or not told:
        return []
    rows = []
    for name in told:
        cells: list[Line] = [(kpi_name(name, language),)]
        for group in groups:
            estimate = group.get(f"kpis.{name}")
            cells.append(() if estimate is None else (show_by_unit(estimate["mean"], estimate.text("unit"), language),))
        rows.append(Row(tuple(cells)))
    names = (size_group_name(group.text("size_group"), findings, language) for group in groups)
    columns = [Column(language.words(msg("Mean over the runs")))]
    columns.extend(Column(name if isinstance(name, str) else name.text, "number") for name in names)
    return [
        Table(
            "size-groups",
            language.words(msg("By size of company")),
            tuple(columns),
            tuple(rows),
            language.line(
                msg("Shares are means of each run’s share, which is not the ratio of the two means in this table.")
            ),
        ),
    ]
