"""What `enveloppe explain` found out, in words."""

from collections.abc import Callable
from typing import Any

from enveloppe.console import Console
from enveloppe.under_way_text import opening_text, standing_text
from reports import numbers
from reports.catalogue import language_of
from reports.source_words import source_words

NOTHING = 1e-6
"""A change of pathways below this is the solver's rounding."""


def text_of(found: dict[str, Any], console: Console) -> str:
    """Every section that was asked for, one after the other."""
    return "\n\n".join(SECTIONS[name](found[name], console) for name in SECTIONS if name in found)


def _money(cents: float, console: Console) -> str:
    return numbers.money(round(cents), console.language).text


def _count(value: float, console: Console, *, signed: bool = False) -> str:
    return numbers.count(value, console.language, signed=signed).text


def _signed(cents: float, console: Console) -> str:
    return numbers.money(round(cents), console.language, signed=True).text


def _counted(counts: str, console: Console) -> str:
    """What pathways are: net of expected drop-out, or gross, as they are committed."""
    return console.say("counted_net" if counts == "net" else "counted_gross")


def _asked(cents: int, console: Console) -> str:
    """A figure to be set, with all the digits that it has: in millions, thousands or euros."""
    if cents % 10_000_000 == 0:
        return _money(cents, console)
    if cents % 100_000 == 0:
        scale, decimals = (100_000_000, 3) if cents >= 99_950_000 else (100_000, 0)
        return numbers.money(cents, console.language, scale=scale, decimals=decimals).text
    return numbers.money(cents, console.language, scale=100, decimals=2 if cents % 100 else 0).text


def _part(part: dict[str, Any], console: Console) -> str:
    lines = [
        console.say(
            "got",
            what=part.get("line", part.get("branch")),
            asked=_count(part["asked_pathways"], console),
            pathways=_count(part["pathways"], console),
            counted=_counted("committed", console),
            money=_money(part["notified_cents"], console),
        )
    ]
    interval = part.get("interval")
    if interval is not None:
        low, high = _money(interval["low_cents"], console), _money(interval["high_cents"], console)
        key = "interval_point" if low == high else "interval"
        lines.append(console.say(key, branch=interval["branch"], low=low, high=high))
    return "\n".join([*lines, *_rows(part["rows"], console).splitlines()])


def _rows(rows: list[dict[str, Any]], console: Console) -> str:
    told = [row["sentence"] for row in rows] or [console.say("binds_nothing")]
    return "\n".join([console.say("binding"), *(f"  - {sentence}" for sentence in told)])


def _change(found: dict[str, Any], console: Console) -> str:
    if not found["changes"]:
        return console.say("all_served", branch=found["branch"])
    asked = _count(found["asked_pathways"], console)
    gross = _counted("committed", console)
    lines = [console.say("to_be_served", branch=found["branch"], asked=asked, counted=gross)]
    for change in found["changes"]:
        lever = console.say(f"lever_{change['lever']}")
        present = _money(change["present_cents"], console)
        if "needed_cents" not in change:
            lines.append(f"  - {console.say('no_change', lever=lever, present=present)}")
            continue
        told = console.say(
            "change",
            lever=lever,
            present=present,
            needed=_asked(change["advised_cents"], console),
            worth=_worth(change["pathways_change"], found["counts"], console),
        )
        lines.append(f"  - {told}")
    return "\n".join(lines)


def _worth(change: float, counts: str, console: Console) -> str:
    """What a change does to the whole plan; a part of a pathway is not called none."""
    counted = _counted(counts, console)
    if abs(change) < NOTHING:
        return console.say("worth_nothing", counted=counted)
    if abs(change) < 1:
        return console.say("worth_little_more" if change > 0 else "worth_little_less", counted=counted)
    return console.say("worth", pathways=_count(change, console, signed=True), counted=counted)


def _curve(curve: dict[str, Any], console: Console) -> str:
    heads = (console.say(f"curve_{head}") for head in ("share", "figure", "pathways", "step"))
    share, figure, pathways, step = heads
    counted = _counted(curve["counts"], console)
    lines = [
        console.say("curve_of", figure=_named(curve, console), pathways=pathways, counted=counted),
        f"  {share:>8} {figure:>12} {pathways:>10}  {step}",
    ]
    before: float | None = None
    for point in curve["points"]:
        figure = next(value for key, value in point.items() if key not in ("share", "pathways"))
        shown = _money(figure, console) if curve["unit"].startswith("cents") else f"{figure:.6g}"
        if curve["unit"] == "share":
            shown = numbers.share(figure, console.language, decimals=2).text
        share = numbers.share(point["share"], console.language, decimals=1).text
        pathways = point.get("pathways")
        told = console.say("nothing_left") if pathways is None else _count(pathways, console)
        step = "" if pathways is None or before is None else f"  {_count(pathways - before, console, signed=True)}"
        lines.append(f"  {share:>8} {shown:>12} {told:>10}{step}")
        before = pathways
    return "\n".join(lines)


def _named(curve: dict[str, Any], console: Console) -> str:
    """The figure of a curve as people call it."""
    from enveloppe.sentences import asked_by_row

    if "family" not in curve:
        return console.say("lever_envelope")
    return asked_by_row(curve["family"], curve["subject"] or None, console.language)


def _goal(goal: dict[str, Any], console: Console) -> str:
    counted = _counted(goal["counts"], console)
    wanted = _count(goal["pathways"], console)
    envelope = goal["envelope"]
    if "cents" in envelope:
        lines = [
            console.say("goal_envelope", pathways=wanted, counted=counted, money=_money(envelope["cents"], console))
        ]
    else:
        most = _count(envelope["reached"], console)
        lines = [console.say("no_goal_envelope", pathways=wanted, counted=counted, most=most)]
    support = goal.get("support_share")
    if support is not None:
        if "share" in support:
            share = numbers.share(support["share"], console.language, decimals=1).text
            lines.append(console.say("goal_support", pathways=wanted, counted=counted, share=share))
        else:
            most = _count(support["reached"], console)
            lines.append(console.say("no_goal_support", pathways=wanted, counted=counted, most=most))
    return "\n".join(lines)


def _difference(found: dict[str, Any], console: Console) -> str:
    whole = found["pathways_after"] - found["pathways_before"]
    lines = [
        console.say(
            "difference",
            change=_count(whole, console, signed=True),
            before=_count(found["pathways_before"], console),
            after=_count(found["pathways_after"], console),
            counted=_counted("committed", console),
        )
    ]
    for group, change in found["pathways"].items():
        told = _count(change, console, signed=True)
        lines.append(f"  - {console.say('item', name=console.say(f'group_{group}'), told=told)}")
    for branch in found["branches"][:12]:
        causes = ", ".join(
            f"{console.say(f'group_{group}')} {_signed(cents, console)}"
            for group, cents in sorted(branch["cents"].items(), key=lambda item: -abs(item[1]))
            if cents
        )
        change = _signed(branch["change_cents"], console)
        lines.append(console.say("branch_difference", branch=branch["branch"], change=change, causes=causes or "-"))
    return "\n".join(lines)


def _pathway(found: dict[str, Any], console: Console) -> str:
    lines = [console.say("price_of", band=found["size_band"], price=_exact(found["price_cents"], console))]
    for step in found["steps"]:
        lines.append(f"  - {console.say('item', name=console.say('rule_' + step['rule']), told=_step(step, console))}")
    if "rates" in found:
        return "\n".join([*lines, _no_rate(found, console)])
    fee, support = _exact(found["fee_cents"], console), _exact(found["support_cents"], console)
    lines.append(console.say("fee_and_support", fee=fee, support=support))
    return "\n".join([*lines, *_worked(found, console)])


def _no_rate(found: dict[str, Any], console: Console) -> str:
    """Why the price is nothing: no rate at all holds on the day, or none for such a pathway."""
    rates = found["rates"]
    days = {
        name: numbers.day(day, console.language, short=False)
        for name, day in {"day": found["day"], **rates}.items()
        if name != "in_force"
    }
    if rates["in_force"]:
        return console.say("no_rate_for_it", **days)
    after = "last" in rates and found["day"] > rates["last"]
    return console.say("no_rate_since" if after else "no_rate_that_day", **days)


def _worked(found: dict[str, Any], console: Console) -> list[str]:
    """The two products that make the price, as one would check them by hand."""
    values = {step["rule"]: step.get("value") for step in found["steps"]}
    hours = numbers.count(found["hours"], console.language, decimals=0 if found["hours"] % 1 == 0 else 2).text
    lines = []
    for name, share, asked, cap, cents in (
        ("worked_fee", values.get("rate"), found["fee_eur_per_hour"], values.get("hour_cap"), found["fee_cents"]),
        (
            "worked_support",
            values.get("support_share"),
            found["pay_eur_per_hour"],
            values.get("support_ceiling"),
            found["support_cents"],
        ),
    ):
        if not cents or not isinstance(share, int | float):
            continue
        kept = min(asked, cap) if isinstance(cap, int | float) else asked
        product = round(share * kept * found["hours"] * 100)
        told = console.say(
            name,
            share=numbers.share(share, console.language).text,
            rate=_exact(round(kept * 100), console),
            hours=hours,
            product=_exact(product, console),
        )
        if product > cents + 1:
            told += console.say("worked_cap", kept=_exact(cents, console))
        lines.append(f"  = {told}")
    return lines


def _exact(cents: int, console: Console) -> str:
    return numbers.money(cents, console.language, scale=100, decimals=2).text


def _step(step: dict[str, Any], console: Console) -> str:
    value = step.get("value")
    if value is None:
        return console.say("no_rule")
    if step["rule"] in ("rate", "support_share"):
        shown = numbers.share(value, console.language).text
    elif isinstance(value, str):
        shown = console.say(f"payer_{value}") if step["rule"] == "support_opening" else value
    else:
        shown = _exact(round(value * 100), console)
    since = numbers.day(step["since"], console.language, short=False)
    told = console.say("since", value=shown, day=since)
    source = source_words(step.get("source", ""), language_of(console.language))
    return f"{told} [{source}] ({step['place']})" if source and "place" in step else told


def _intervals(intervals: list[dict[str, Any]], console: Console) -> str:
    lines = [console.say("intervals")]
    width = max((len(one["branch"]) for one in intervals), default=0)
    for one in intervals:
        low, high = _money(one["low_cents"], console), _money(one["high_cents"], console)
        lines.append(f"  {one['branch']:<{width}} {low:>12} {high:>12}")
    return "\n".join(lines)


def _floors(floors: list[dict[str, Any]], console: Console) -> str:
    from enveloppe.sentences import asked_by_row

    lines = [console.say("floors_cost")]
    for floor in floors:
        asks = asked_by_row(floor["family"], floor.get("subject"), console.language)
        counted = _counted(floor["counts"], console)
        cost = numbers.count(floor["pathways_cost"], console.language, decimals=1).text
        lines.append(f"  - {console.say('floor_cost', asks=asks, pathways=cost, counted=counted)}")
    return "\n".join(lines)


SECTIONS: dict[str, Callable[[Any, Console], str]] = {
    "pathway": _pathway,
    "under_way": standing_text,
    "opening_plan": opening_text,
    "line": _part,
    "branch": _part,
    "counterfactual": _change,
    "rows": _rows,
    "floors": _floors,
    "intervals": _intervals,
    "curve": _curve,
    "goal": _goal,
    "difference": _difference,
}
