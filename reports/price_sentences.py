"""What a row of the plan asks, and what its price means, in a plain sentence."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from reports import numbers
from reports.blocks import Line, Name, Shown, Sign, Span, Strong
from reports.catalogue import Language, language_of, msg
from reports.reading import Found, whole
from reports.showing import amount as money_text
from reports.showing import show_money, show_share

ASKS = (
    ("envelope", msg("the envelope"), ""),
    ("branch_cap", msg("the ceilings of branches"), msg("the ceiling of {subject}")),
    ("branch_floor", msg("the floors of branches"), msg("the floor of {subject}")),
    (
        "group_floor_euros",
        msg("the floors in euros of sizes of company"),
        msg("the floor in euros of companies {subject}"),
    ),
    ("group_floor", msg("the floors of sizes of company"), msg("the floor of companies {subject}")),
    ("mix_bound_min", msg("the least shares of the mix"), msg("the least share of the mix kept for {subject}")),
    ("mix_bound_max", msg("the greatest shares of the mix"), msg("the greatest share of the mix left to {subject}")),
    ("mix", msg("the bounds on the mix"), msg("the bound on the mix: {subject}")),
    ("mean_cost", msg("the ceiling on the mean cost"), ""),
    ("line_money", msg("the money of lines"), msg("the money of {subject}")),
    (
        "commitments_by_date",
        msg("the appropriations (AE) opened by date"),
        msg("the appropriations (AE) opened by {subject}"),
    ),
    (
        "payments_by_year",
        msg("the payment appropriations (CP) by year"),
        msg("the payment appropriations (CP) of {subject}"),
    ),
    ("instalment", msg("the State's instalments"), msg("the State's cash received by {subject}")),
    ("desk_capacity", msg("the desk's working time"), msg("the desk's working time up to {subject}")),
    ("service_floor", msg("the least share served in each branch"), msg("the least share served in {subject}")),
    ("region_floor", msg("the floors of regions"), msg("the floor of the region {subject}")),
    ("region_cap", msg("the ceilings of regions"), msg("the ceiling of the region {subject}")),
    (
        "notification_step_down",
        msg("the greatest fall of a notification"),
        msg("the greatest fall of the notification of {subject}"),
    ),
    (
        "notification_step",
        msg("the greatest rise of a notification"),
        msg("the greatest rise of the notification of {subject}"),
    ),
    ("returns_serve_waiting", msg("the rule that only money given back serves who waits"), ""),
    ("served_level", msg("the level of service of the least served branch"), ""),
    ("notification_move", msg("the moves of notifications"), ""),
    ("kept_objective", msg("what an earlier objective keeps"), ""),
    ("patience", msg("the patience of companies"), msg("the patience of companies ({subject})")),
    ("waiting", msg("the requests that come"), msg("the requests that come ({subject})")),
)
"""Family (or the start of its name), what its rows ask, the same with a subject; the first that fits is told."""


def row_asks(family: str, subject: Span | None, language: Language) -> Line:
    """What a row asks, as a noun phrase: « le plancher de Métallurgie ».

    Args:
        family: of the row.
        subject: what it is about, already named; None for the whole plan.
        language: of the reader.
    """
    for start, general, particular in ASKS:
        if family.startswith(start):
            if subject is None or not particular:
                return language.line(general)
            return language.line(particular, subject=subject)
    return (Name(family), *((" (", subject, ")") if subject is not None else ()))


def price_line(row: Found, subject: Span | None, language: Language, counts: str = "") -> Line:
    """What one more unit of a row's figure buys or costs.

    Args:
        row: `{row, family, binding, price, unit, low?, high?}` as in findings.
        subject: what the row is about, already named.
        language: of the reader.
        counts: which pathways the plan counts, as in `plan.counts`; "" leaves it untold.

    Returns:
        Whole sentences; a row that does not bind says so.
    """
    family = row.text("family")
    asks = row_asks(family, subject, language)
    price = row.get("price")
    if price is None or not moves_the_plan(row):
        return language.line(msg("Today {asks} holds nothing back."), asks=asks)
    counted = language.line(COUNTED[counts]) if counts in COUNTED else ()
    if not row.text("unit").endswith("officer") and not _holds_on_both_sides(row):
        return _tried(row, asks, counted, language)
    more, less, factor, step = _steps(family, row.text("unit"))
    if not more:
        told = language.line(
            msg("One unit more of {asks} changes the plan by {amount} ({unit})."),
            asks=asks,
            amount=Strong((_scaled(price, 1, language, signed=True),)),
            unit=Name(row.text("unit")),
        )
    else:
        told = language.line(
            more if price.value > 0 else less,
            asks=asks,
            amount=Strong((_scaled(price, factor, language),)),
            step=money_text(step, language, exact=True),
            counted=counted,
        )
    return (*told, *_range(row, asks, language))


def moves_the_plan(row: Found) -> bool:
    """Whether a little more or less of a row's figure would change the plan.

    Args:
        row: as of `price_line`.
    """
    changes = [row.get(name) for name in ("price", "change_lower", "change_higher")]
    return bool(row["binding"].value) and any(found is not None and abs(found.value) > NOTHING for found in changes)


PATHWAYS = "pathways/"
"""How the unit of a price of pathways begins; with another first objective it is of what that one counts."""
POINT_STEP = 0.01
"""How much of a share a sentence speaks of, where it speaks of one."""
NOTHING = 1e-6
"""A change of fewer pathways is what a solver leaves of none."""


def _holds_on_both_sides(row: Found) -> bool:
    """Whether one price says what was found by solving again on both sides, as far as the step its sentence speaks of.

    So too where nothing was tried. A price of hours, of shares, of money says nothing of pathways, which were tried.
    """
    if row.get("figure") is None:
        return True
    if not row.text("unit").startswith(PATHWAYS):
        return False
    low, high = row.get("low"), row.get("high")
    if low is None or high is None or row.get("price_left") is not None or row.get("price_right") is not None:
        return False
    figure, (*_, step) = row.number("figure") or 0.0, _steps(row.text("family"), row.text("unit"))
    reach = min(figure - low.value, high.value - figure)
    return bool(reach > 0 and (step or POINT_STEP) <= reach * (1 + NOTHING))


RAISED = (
    msg("Raised to {figure}, {asks} would let {amount} more pathways{counted} be financed."),
    msg("Raised to {figure}, {asks} would cost {amount} pathways{counted}."),
    msg("Raised to {figure}, {asks} would change nothing."),
    msg("Raised to {figure}, {asks} would leave no plan."),
)
LOWERED = (
    msg("Lowered to {figure}, {asks} would let {amount} more pathways{counted} be financed."),
    msg("Lowered to {figure}, {asks} would cost {amount} pathways{counted}."),
    msg("Lowered to {figure}, {asks} would change nothing."),
    msg("Lowered to {figure}, {asks} would leave no plan."),
)


def _tried(row: Found, asks: Line, counted: Line, language: Language) -> Line:
    """Where no price holds as far as its sentence goes: what solving again with a little more, and less, found."""
    held = language.line(msg("the money to distribute")) if row.text("family") == "envelope" else asks
    told: list[Span] = []
    for texts, name, by in ((RAISED, "change_higher", 1.01), (LOWERED, "change_lower", 0.99)):
        change = row.get(name)
        which = 3 if change is None else 2 if abs(change.value) <= NOTHING else 0 if change.value > 0 else 1
        told.extend(
            language.line(
                texts[which],
                figure=_figure(row, by, language),
                asks=held,
                amount=() if change is None else Strong((_scaled(change, 1.0, language),)),
                counted=counted,
            )
        )
        told.append(" ")
    return (*told, *language.line(msg("Both were tried, on expected requests.")))


def _figure(row: Found, by: float, language: Language) -> Shown:
    """The figure of a row times a factor, to as many places as show the change."""
    figure = row["figure"]
    changed = replace(figure, value=figure.value * by)
    if row.text("unit").endswith(("point", "share")):
        shown = show_share(changed, language, decimals=2)
    else:
        scale = numbers.money_scale(figure.value)
        shown = show_money(changed, language, scale=scale, decimals=2)
    return replace(shown, raw=figure.value, scale=shown.scale / by)


COUNTED = {"net": msg(" (net)"), "committed": msg(" (gross)")}
"""What is said after « pathways » by what the plan counts."""


ENVELOPE = (
    msg("{step} more to distribute would finance {amount} more pathways{counted} on expected requests."),
    msg("{step} more to distribute would cost {amount} pathways{counted} on expected requests."),
)
MONEY = (
    msg("Raised by {step}, {asks} would let {amount} more pathways{counted} be financed."),
    msg("Raised by {step}, {asks} would cost {amount} pathways{counted}."),
)
POINT = (
    msg("Raised by one point, {asks} would let {amount} more pathways{counted} be financed."),
    msg("Raised by one point, {asks} would cost {amount} pathways{counted}."),
)
PATHWAY = (
    msg("One pathway more allowed by {asks} is worth {amount} pathways{counted} in all."),
    msg("One pathway more asked by {asks} costs {amount} pathways{counted} elsewhere."),
)
STEP_CENTS = {"envelope": 100_000_000, "mean_cost_cap": 100}
"""How much more money a sentence speaks of, by family: a million for the envelope, one euro for a mean."""
OTHER_STEP_CENTS = 10_000_000
"""For the floors and ceilings of branches: a hundred thousand."""
OFFICER = (
    msg("One more officer would let {amount} more pathways{counted} be financed."),
    msg("One more officer would cost {amount} pathways{counted}."),
)
_MONEY_UNIT = re.compile(r"(?:(\d+) |(k|M))?[A-Z]{3}|\([A-Z]{3}/pathway\)")


def _steps(family: str, unit: str) -> tuple[str, str, float, int]:
    """The sentences of a gain and of a loss, how many of the price's units make their step, and its cents."""
    if not unit.startswith(PATHWAYS):
        return ("", "", 1.0, 0)
    per = unit.partition("/")[2]
    if per == "point":
        return (*POINT, 1.0, 0)
    if per == "share":
        return (*POINT, 0.01, 0)
    if per == "pathway":
        return (*PATHWAY, 1.0, 0)
    if per == "officer":
        return (*OFFICER, 1.0, 0)
    money = _MONEY_UNIT.fullmatch(per)
    if money is None:
        return ("", "", 1.0, 0)
    worth = float(money[1] or {"k": 1_000, "M": 1_000_000, None: 1}[money[2]])
    step = STEP_CENTS.get(family, OTHER_STEP_CENTS)
    return (*(ENVELOPE if family == "envelope" else MONEY), step / 100 / worth, step)


def _range(row: Found, asks: Line, language: Language) -> Line:
    """What was tried: the plan solved again 1 % to either side, which says nothing of figures further away."""
    low, high = row.get("low"), row.get("high")
    if low is None or high is None or row.text("unit").endswith("officer"):
        return ()
    if row.text("unit").endswith(("point", "share")):
        bounds = (show_share(low, language, decimals=1), show_share(high, language, decimals=1))
    else:
        scale = numbers.money_scale(high.value)
        places = 2 if scale > 100 else 0
        bounds = (
            show_money(low, language, scale=scale, decimals=places),
            show_money(high, language, scale=scale, decimals=places),
        )
    held = language.line(msg("the money to distribute")) if row.text("family") == "envelope" else asks
    return language.line(
        msg(" This was tried, and holds, with {held} from {low} to {high}."), held=held, low=bounds[0], high=bounds[1]
    )


def _scaled(price: Found, factor: float, language: Language, *, signed: bool = False) -> Shown:
    value = price.value * factor if signed else abs(price.value * factor)
    decimals = 0 if abs(value) >= 10 else 1 if abs(value) >= 1 else 3
    text = numbers.digits(value, decimals, language.code, signed=signed)
    return Shown(text, price.path, price.value, 1 / factor if signed or price.value > 0 else -1 / factor)


def price_sentence(row: Mapping[str, Any], subject: str | None, language: str, counts: str = "") -> str:
    """The sentence of one priced row as plain text, for the findings themselves.

    Args:
        row: `{row, family, binding, price, unit}`.
        subject: the name of what it is about; None for the whole plan.
        language: "fr" or "en".
        counts: which pathways the plan counts, "net" or "committed".
    """
    chosen = language_of(language)
    return plain(price_line(whole(row), None if subject is None else Name(chosen.data(subject)), chosen, counts))


def plain(line: Line) -> str:
    """The words of a line, without its marks."""
    return "".join(
        span
        if isinstance(span, str)
        else plain(span.spans)
        if isinstance(span, Strong)
        else f"{span.sign} {span.word}"
        if isinstance(span, Sign)
        else span.text
        for span in line
    )
