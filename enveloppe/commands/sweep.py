"""`enveloppe sweep`: the variants that a scenario declares."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from enveloppe import exit_codes
from enveloppe.console import Console, guarded
from enveloppe.options import everywhere, scenario_options, workers_of, workers_options

if TYPE_CHECKING:
    from scenarios.sweeping.variants import Variants


@click.command(
    epilog="\b\nExamples:\n  enveloppe sweep plan.yaml --dry-run        what would run, what is cached, how long\n"
    "  enveloppe sweep plan.yaml --runs 100 --jobs 8\n"
    "  enveloppe sweep plan.yaml --set envelope_eur=120000000 --out out/less-money"
)
@scenario_options
@click.option("--dry-run", is_flag=True, help="Tell what would run and what is cached, and how long it will take.")
@click.option("--runs", type=click.IntRange(1, 1_000_000), help="How many runs a variant (default: as it says).")
@click.option("--seed", type=click.IntRange(0), help="The seed of all (default: as the scenario says).")
@workers_options
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder (default: out/<scenario>-sweep).")
@click.option("--parquet", is_flag=True, help="Write sweep.parquet too (needs the extra `parquet`).")
@everywhere
def command(
    question: str,
    overrides: tuple[str, ...],
    dry_run: bool,
    runs: int | None,
    seed: int | None,
    jobs: int | None,
    cluster: str | None,
    out: Path | None,
    parquet: bool,
    console: Console,
) -> None:
    """Run every variant that SCENARIO declares under `sweep:`, except those whose answer stands already."""
    workers = workers_of(jobs, cluster)
    given = [*overrides]
    for key, value in (("runs", runs), ("seed", seed)):
        if value is not None:
            given.append(f"{key}={value}")

    def work() -> int:
        from scenarios.sweeping.variants import variants_of

        variants = variants_of(question, tuple(given))
        console.follow(variants.base.scenario.language)
        folder = out or Path("out") / f"{variants.base.scenario.name}-sweep"
        if dry_run:
            return _told(console, variants, folder, workers)
        return _sweep(console, variants, folder, workers, parquet=parquet)

    raise SystemExit(guarded(console, work))


def _told(console: Console, variants: "Variants", folder: Path, workers: int | str) -> int:
    """What would be done; nothing is written."""
    from enveloppe.sweeping.cache import folders_of
    from enveloppe.sweeping.estimate import estimate, others_in
    from scenarios.sweeping.points import given_text

    folders = folders_of(variants, folder)
    there = {place.key: place.claimed() for place in folders}
    to_run = list(dict.fromkeys(place.key for place in folders if not there[place.key]))
    runs = _runs_of(variants)
    first = {place.key: number for number, place in reversed(list(enumerate(folders)))}
    threads = _threads(workers)
    cached = (place for place in folders if there[place.key])
    guess = estimate(cached, others_in(folder, folders), [runs[first[key]] for key in to_run], threads)
    told: dict[str, Any] = {
        "folder": str(folder),
        "variants": [
            {
                "variant": variant.number,
                "hash": variant.hash,
                "folder": place.path.name,
                "cached": there[place.key],
                "values": dict(zip(variants.keys, map(given_text, variant.values), strict=True)),
            }
            for variant, place in zip(variants.variants, folders, strict=True)
        ],
        "to_run": len(to_run),
        "cached": len(there) - len(to_run),
        "workers": threads,
    }
    if guess is not None:
        told["estimate"] = vars(guess)
    lines = []
    for entry in told["variants"]:
        state = console.say("sweep_cached" if entry["cached"] else "sweep_to_run")
        values = ", ".join(f"{key}={value}" for key, value in entry["values"].items())
        lines.append(f"{entry['variant']:>6}  {state:<8} {entry['folder']}  {values}")
    lines.append(console.say("sweep_counts", variants=len(variants.variants), run=len(to_run), cached=told["cached"]))
    if not to_run:
        pass
    elif guess is None:
        lines.append(console.say("sweep_unknown"))
    else:
        rests = console.say(f"sweep_rests_on_{guess.basis}", n=guess.measured, runs=guess.measured_runs)
        took = {
            "plan": f"{guess.plan_seconds:.2f}",
            "run": f"{1000 * guess.run_seconds:.0f}",
            "answer": f"{guess.answer_seconds:.2f}",
        }
        lines.append(
            console.say("sweep_estimate", seconds=_duration(guess.seconds), workers=threads, rests=rests, **took)
        )
    console.result(told, "\n".join(lines))
    return exit_codes.DONE


def _threads(workers: int | str) -> int:
    """How many pieces are worked on at once."""
    from sim.cluster import threads_of

    return workers if isinstance(workers, int) else threads_of(workers)


def _runs_of(variants: "Variants") -> list[int]:
    """How many runs each variant has."""
    where = variants.keys.index("runs") if "runs" in variants.keys else None
    base = variants.base.scenario.runs
    # A variant's values have any type; its runs were checked to be a whole number.
    return [base if where is None else int(variant.values[where]) for variant in variants.variants]  # type: ignore[arg-type]


def _duration(seconds: float) -> str:
    whole = round(seconds)
    if whole < 60:
        return f"{seconds:.1f} s"
    hours, rest = divmod(whole, 3600)
    return f"{hours} h {rest // 60:02d} min" if hours else f"{rest // 60} min {rest % 60:02d} s"


def _sweep(console: Console, variants: "Variants", folder: Path, workers: int | str, *, parquet: bool) -> int:
    from enveloppe.folder import FolderRefused, held
    from enveloppe.progress import Progress
    from enveloppe.sweeping.living import over_jobs
    from enveloppe.sweeping.sweeping import statuses, sweep, write_sweep
    from enveloppe.sweeping.table import sweep_parquet
    from reports.sweep.writing import sweep_forms

    with held(folder):
        progress = Progress(console, console.say("sweeping"))
        try:
            afar = isinstance(workers, str)
            done = sweep(variants, folder, over_jobs(workers), progress, _threads(workers), afar=afar)
            forms, verdict = sweep_forms(done.told, console.language)
            if parquet:
                forms["sweep.parquet"] = sweep_parquet(done.told)
            write_sweep(done, folder, forms)
        except OSError as error:
            raise FolderRefused(folder, error) from None
        finally:
            progress.close()
    without = sum(status != "done" for status in statuses(done))
    text = verdict + "\n" + console.say("sweep_done", variants=len(variants.variants), run=done.run, cached=done.cached)
    if without:
        text += "\n" + console.say("sweep_without", without=without)
    console.result(done.told, text)
    console.tell(console.say("written", folder=folder))
    return exit_codes.DONE
