"""`enveloppe compare`: scenarios or findings side by side."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from enveloppe import exit_codes
from enveloppe.console import Console, guarded
from enveloppe.options import everywhere, workers_of, workers_options
from enveloppe.usage_errors import misused

if TYPE_CHECKING:
    from enveloppe.comparing.side import Side
    from enveloppe.comparing.steps import Way
    from scenarios.loading import Loaded


@click.command(
    epilog="\b\nExamples:\n  enveloppe compare convention-2i convention-2i-observed --runs 50\n"
    "  enveloppe compare out/june out/september       since last time: nothing is run again\n"
    "  enveloppe compare plan.yaml less-money.yaml more-desk.yaml --lang en"
)
@click.argument("questions", metavar="A B [C…]", nargs=-1, required=True)
@click.option("--runs", type=click.IntRange(1, 1_000_000), help="How many runs each (default: as A says).")
@click.option("--seed", type=click.IntRange(0), help="The seed of all (default: as A says).")
@workers_options
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder (default: out/compare-A-B).")
@click.option("--no-steps", is_flag=True, help="Do not work out what each change contributed.")
@everywhere
def command(
    questions: tuple[str, ...],
    runs: int | None,
    seed: int | None,
    jobs: int | None,
    cluster: str | None,
    out: Path | None,
    no_steps: bool,
    console: Console,
) -> None:
    """Lay scenarios (run on common luck) or findings (as they are) side by side, all against the first."""
    if len(questions) < 2:
        raise misused("compare_two")
    workers = workers_of(jobs, cluster)
    raise SystemExit(guarded(console, lambda: _compare(console, questions, runs, seed, workers, out, not no_steps)))


def _compare(
    console: Console,
    questions: tuple[str, ...],
    runs: int | None,
    seed: int | None,
    workers: int | str,
    out: Path | None,
    with_steps: bool,
) -> int:
    from enveloppe.comparing.compared import compared
    from enveloppe.comparing.folder_name import folder_name
    from enveloppe.comparing.lived import lived
    from enveloppe.comparing.steps import steps
    from enveloppe.comparing.stored_side import is_stored, stored_side
    from enveloppe.folder import held, json_bytes, swept
    from enveloppe.no_plan import told
    from enveloppe.pipeline import NoPlan
    from enveloppe.progress import Progress
    from reports.comparison.writing import write_comparison
    from reports.whole_file import write_whole

    sides: list[Side | None] = [stored_side(Path(name)) if is_stored(Path(name)) else None for name in questions]
    loaded = _on_common_luck(questions, sides, runs, seed)
    language = console.follow(_language(sides[0], loaded[0]))
    names = [_name(side, asked) for side, asked in zip(sides, loaded, strict=True)]
    folder = out or Path("out") / folder_name(
        questions, [None if asked is None else asked.scenario.name for asked in loaded]
    )
    with held(folder):
        for number, asked in enumerate(loaded):
            if asked is None:
                continue
            progress = Progress(console, f"{console.say('simulating')} {names[number]}")
            try:
                sides[number] = lived(asked, workers, progress)
            except NoPlan as none:
                return told(console, none)
            finally:
                progress.close()
        known = [side for side in sides if side is not None]
        ways: list[Way | None] = []
        for side, asked in zip(known[1:], loaded[1:], strict=True):
            first = loaded[0]
            if with_steps and asked is not None and first is not None:
                console.tell(console.say("step_by_step", name=asked.scenario.name))
                ways.append(steps(first.scenario, asked.scenario, known[0].kpis, side.kpis, workers))
            else:
                ways.append(None)
        comparison = compared(known, ways)
        swept(folder)
        write_whole(folder / "compare.json", json_bytes(comparison))
        text = write_comparison(comparison, folder, language)
    console.result(comparison, f"{_who(questions, known, language)}\n{text}")
    console.tell(console.say("written", folder=folder))
    return exit_codes.DONE


def _who(questions: tuple[str, ...], sides: list["Side"], language: str) -> str:
    """Which letter stands for what, one a line: the title, and what was asked for."""
    from reports.catalogue import language_of
    from reports.comparison.sides import letter

    spoken = language_of(language)
    titles = [side.scenario.get(f"title_{language}") or side.scenario["name"] for side in sides]
    return "\n".join(
        f"{letter(number)} = {spoken.data(str(title))} ({spoken.data(asked)})"
        for number, (asked, title) in enumerate(zip(questions, titles, strict=True))
    )


def _on_common_luck(
    questions: tuple[str, ...], sides: list["Side | None"], runs: int | None, seed: int | None
) -> list["Loaded | None"]:
    """The scenarios among the questions, all with the runs and the seed of the first question (or those asked for).

    Every problem of every scenario is told at once.
    """
    from scenarios.loading import Loaded, load
    from scenarios.problems import InputRefused, Problem

    luck: dict[str, object] = {"runs": runs, "seed": seed}
    if sides[0] is not None:
        luck = {key: value if value is not None else sides[0].scenario[key] for key, value in luck.items()}
    problems: list[Problem] = []
    loaded: list[Loaded | None] = []
    for question, side in zip(questions, sides, strict=True):
        if side is not None:
            loaded.append(None)
            continue
        given = tuple(f"{key}={value}" for key, value in luck.items() if value is not None)
        try:
            asked = load(question, given)
        except InputRefused as refusal:
            problems.extend(refusal.problems)
            continue
        luck = {"runs": asked.scenario.runs, "seed": asked.scenario.seed}
        loaded.append(asked)
    if problems:
        raise InputRefused(problems)
    return loaded


def _language(side: "Side | None", asked: "Loaded | None") -> object:
    return side.scenario.get("language") if side is not None else asked.scenario.language if asked is not None else None


def _name(side: "Side | None", asked: "Loaded | None") -> str:
    return str(side.scenario["name"]) if side is not None else asked.scenario.name if asked is not None else ""
