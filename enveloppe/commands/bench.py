"""`enveloppe bench`: the benchmarks, as ratios measured side by side in one call."""

from typing import Any

import click

from enveloppe import exit_codes
from enveloppe.console import Console, guarded
from enveloppe.options import everywhere
from enveloppe.usage_errors import misused


@click.command(
    epilog="\b\nExamples:\n  enveloppe bench --list\n  enveloppe bench --only plan_overhead --only value_curve --json"
)
@click.option("--only", multiple=True, metavar="NAME", help="Only this benchmark (repeatable).")
@click.option("--list", "only_list", is_flag=True, help="List the benchmarks and their bars without measuring.")
@everywhere
def command(only: tuple[str, ...], only_list: bool, console: Console) -> None:
    """Measure the project against its own bars; the long ones only when named."""
    raise SystemExit(guarded(console, lambda: _bench(console, only, only_list)))


def _bench(console: Console, only: tuple[str, ...], only_list: bool) -> int:
    from enveloppe.benchmark import benchmarks

    try:
        known = benchmarks()
    except FileNotFoundError as missing:
        console.complain(console.say("no_benchmarks", folder=missing))
        return exit_codes.INPUT_REFUSED
    names = [benchmark.name for benchmark in known]
    strange = [name for name in only if name not in names]
    if strange:
        raise misused("no_such_benchmark", "--only", found=", ".join(strange), names=", ".join(names))
    chosen = [one for one in known if (one.name in only if only else only_list or not one.large)]
    told: list[dict[str, Any]] = []
    lines = []
    for one in chosen:
        entry: dict[str, Any] = {"name": one.name, "unit": one.unit, "bar": one.bar, "sense": one.holds}
        sign = "<=" if one.holds == "at_most" else ">="
        if only_list:
            lines.append(f"{one.name:<28} {sign} {one.bar:g} {one.unit}{'  (large)' if one.large else ''}")
        else:
            measured = one.measure()
            holds = one.held(measured.value)
            entry |= {"value": measured.value, "holds": holds, "note": measured.note}
            verdict = console.say("bar_holds" if holds else "bar_missed")
            shown = f"{one.name:<28} {measured.value:8.2f} {one.unit}  ({sign} {one.bar:g}: {verdict})  {measured.note}"
            console.tell(shown) if console.as_json else lines.append(shown)
        told.append(entry)
    console.result({"benchmarks": told}, "\n".join(lines))
    return exit_codes.DONE
