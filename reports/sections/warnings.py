"""What the reader should know before trusting a figure."""

from reports.blocks import Bullets, Code, Line, Name, Section, Span
from reports.catalogue import Language, msg
from reports.doubts import DOUBTS
from reports.names import kpi_name
from reports.price_sentences import row_asks
from reports.reading import Found
from reports.sections.binding import subject_name
from reports.showing import show_count, show_day, show_money, show_share

SENTENCES = {
    **DOUBTS,
    "undated_assumptions": msg("Some assumptions bear no date or reason: {keys}."),
    "branch_bounds_not_expressible": msg(
        "Floors and ceilings of branches are left out of the plan, because no line belongs to one branch."
    ),
    "share_out_of_reach": msg(
        "A share asked by the scenario ({row}: {asked}) cannot be met by any line (best: {best}); "
        "nothing can be served."
    ),
    "badly_ranged": msg("The figures of the plan lie so far apart that the solver may lose precision."),
    "money_left_unnotified": msg(
        "{cents} stay unnotified although requests go unserved; what holds them back: {rows}."
    ),
    "never_notified": msg(
        "{cents} were never notified, although requests were left unserved: the money that runs out is only what "
        "was notified."
    ),
    "filed_before_opening": msg("{requests} requests of the export were filed before the opening and are left out."),
    "committed_without_rate": msg(
        "{requests} committed requests bear no amount and no rate of the scheme applies to them: they hold no money."
    ),
    "export_ends_early": msg(
        "The last request of the export is of {day}: {days} worked days up to {as_of} are read as days on which "
        "nothing came. If the export ends earlier, give its last day with --as-of; if nothing came, say so with "
        "last_day in the column map."
    ),
    "nothing_filed": msg(
        "No request of the export was filed between the opening and {as_of}: {days} worked days are read as days on "
        "which nothing came."
    ),
    "hours_contradicted": msg(
        "Mean hours of the {requests} requests to date are {seen_share} of what the scenario expects, far beyond what "
        "it calls uncertain: what is to come follows the requests. Check whose hours the export tells (hours_of in the "
        "column map) and the scenario’s own."
    ),
    "fee_contradicted": msg(
        "The mean fee an hour of the {requests} requests to date is {seen_share} of what the scenario expects, far "
        "beyond what it calls uncertain: what is to come follows the requests. Check the export’s costs (their unit, "
        "cost_of in the column map) and the scenario’s own."
    ),
    "few_runs": msg(
        "With {runs} runs, read P5 to P95 and probabilities as orders of magnitude; 100 are a fair number."
    ),
    "not_known_as_asked": msg("After {runs} runs {kpi} is not known as well as was asked."),
    "plan_serves_nothing": msg(
        "No plan serves a single pathway within the scenario's money and bounds, although requests come: there is "
        "no money, or no line meets all bounds together."
    ),
    "mean_cost_cap_shuts_out": msg(
        "No plan serves a single pathway: on the cheapest line one costs {cheapest_cents} on average, and the ceiling "
        "on the mean cost is {cents} (scheme.mean_cost_cap_eur)."
    ),
    "euro_floor_by_pathway_mix": msg(
        "A floor in euros bears on lines that mix sizes of company ({size_groups}): their euros "
        "are taken as split like their pathways."
    ),
    "waits_for_lower_prices": msg("The plan counts {promised} pathways; served as they come, {in_order}."),
    "limits_passed_in_order": msg("Served as they come, requests would pass: {rows}; pace the notifications."),
    "told_of_first_objective": msg("Prices and floors are told of the first objective ({objective})."),
    "priority_inside_lines": msg("The priority by {by} reorders who waits inside {lines} lines; totals ignore it."),
    "quota_thins_demand": msg("Quotas and closings keep {pathways} pathways out of the demand planned for."),
    "rounding_missed_rows": msg("In whole pathways these floors are not reached: {rows}."),
    "upper_bound_only": msg("Choosing among {cells} cells is a bound that nobody can deliver."),
    "upper_bound_unknown": msg("No bound could be proven."),
    "pathways_lost_to_rounding": msg("{pathways} whole pathways are lost to rounding: they would break a rule."),
}
"""What each code of the findings says; a code that stands not here is told with its details as they are."""


def warnings(findings: Found, language: Language) -> Section | None:
    """Each warning of the findings in a sentence; nothing where there is none."""
    lines = tuple(warning_line(warning, language, findings) for warning in findings.items("warnings"))
    if not lines:
        return None
    return Section("warnings", language.words(msg("Warnings")), blocks=(Bullets(lines),))


def warning_line(warning: Found, language: Language, findings: Found) -> Line:
    """What one warning says, in a sentence where one is known, else by its code and details."""
    details = warning.get("details")
    keys = list(details.value) if details is not None else []
    parts = {key: _part(key, warning[f"details.{key}"], language) for key in keys}
    if "rows" in parts:
        parts["rows"] = _rows(warning["details.rows"].value, findings, language)
    sentence = SENTENCES.get(warning.text("code"))
    if sentence is not None and all(f"{{{key}}}" not in sentence or key in parts for key in PLACES):
        return language.line(sentence, **parts)
    told: list[Span] = [Code(warning.text("code"))]
    for key, part in parts.items():
        told.extend((", ", f"{key} = ", *part))
    return tuple(told)


def _rows(names: list[str], findings: Found, language: Language) -> Line:
    """Rows of the plan by what they ask; one that nothing is known of by its name."""
    priced = {row.text("row"): row for row in findings.items("plan.prices")}
    spans: list[Span] = []
    for name in names:
        row = priced.get(name)
        family = name if row is None else row.text("family")
        asks = row_asks(family, None if row is None else subject_name(row, findings, language), language)
        spans.extend((", ",) if spans else ())
        spans.extend((Code(name),) if asks == (Name(name),) else asks)
    return tuple(spans)


PLACES = (
    "keys",
    "runs",
    "size_groups",
    "promised",
    "in_order",
    "objective",
    "by",
    "lines",
    "cells",
    "row",
    "asked",
    "best",
    "cents",
    "cheapest_cents",
    "rows",
    "pathways",
    "kpi",
)
"""The details that sentences speak of."""


def _part(key: str, found: Found, language: Language) -> Line:
    value = found.value
    if key == "kpi":
        return (Name(kpi_name(str(value), language)),)
    if key in ("day", "as_of") and isinstance(value, str):
        return (show_day(found, language, short=False),)
    if isinstance(value, list):
        return tuple(span for at, entry in enumerate(value) for span in ((", ",) if at else ()) + (Code(str(entry)),))
    if isinstance(value, int | float) and not isinstance(value, bool):
        if key.endswith("cents"):
            return (show_money(found, language),)
        if key in ("asked", "best", "seen_share"):
            return (show_share(found, language, decimals=1),)
        return (show_count(found, language, decimals=0 if value % 1 == 0 else 1),)
    return (Code(str(value)) if key == "row" else Name(language.data(str(value))),)
