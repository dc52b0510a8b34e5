"""A sweep from its declaration to its table: only what is not cached is run."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from enveloppe.block_folder import discard_blocks
from enveloppe.folder import json_bytes, swept
from enveloppe.manifest import versions
from enveloppe.sweeping.answering import figures_told
from enveloppe.sweeping.cache import MANIFEST, AnswerFolder, folders_of
from enveloppe.sweeping.living import Over, Progress, ToLive, live
from enveloppe.sweeping.table import sweep_csv
from reports.whole_file import write_whole
from scenarios.loading import resolved
from scenarios.sweeping.declaration import Plain
from scenarios.sweeping.variants import Variants
from sim.not_lived import refuse_what_is_not_lived

SCHEMA = 1


@dataclass(frozen=True, eq=False)
class Swept:
    """A sweep that is done.

    Attributes:
        told: as docs/sweeps.md lays down (`sweep.json`).
        run, cached: how many variants were run, and how many were not.
    """

    told: dict[str, Any]
    run: int
    cached: int


def sweep(
    variants: Variants,
    folder: Path,
    over: Over,
    progress: Progress | None = None,
    threads: int = 1,
    *,
    afar: bool = False,
) -> Swept:
    """Run what is not cached, and put all answers together.

    Args:
        variants: resolved and sound.
        folder: held by this process.
        over: how work is spread.
        progress: told how many variants are done, and of how many.
        threads: how many pieces are worked on at once.
        afar: whether workers have another disk than this process.

    Raises:
        OSError: where an answer cannot be written.
        WorkerLost: where a piece of work ends its worker again and again.
    """
    refuse_what_is_not_lived(variants.base.scenario)
    folders = folders_of(variants, folder)
    answers: dict[str, dict[str, Any]] = {}
    missing: dict[str, int] = {}
    for number, place in enumerate(folders):
        if place.key in answers or place.key in missing:
            continue
        found = _figures(place)
        if found is None:
            missing[place.key] = number
        else:
            answers[place.key] = found
    known = len(answers)
    wanted = [partial(_to_live, variants, folders, number) for number in missing.values()]
    answers |= live(wanted, over, progress, threads, afar=afar)
    return Swept(sweep_told(variants, folders, answers), len(missing), known)


def _to_live(variants: Variants, folders: list[AnswerFolder], number: int) -> ToLive:
    return ToLive(variants.loaded(variants.variants[number]), folders[number])


def _figures(place: AnswerFolder) -> dict[str, Any] | None:
    """What the table tells of a stored answer that is proven; None where there is none."""
    found = place.answer()
    return None if found is None else figures_told(found)


def sweep_told(variants: Variants, folders: list[AnswerFolder], answers: Mapping[str, Any]) -> dict[str, Any]:
    """The sweep as plain values: no clock, no place, no number of workers.

    Args:
        variants: the sweep.
        folders: of each variant.
        answers: what is told of each, by key.
    """
    base = variants.base
    scenario = base.scenario
    declared = resolved(scenario)["sweep"]
    return {
        "schema": SCHEMA,
        "scenario": {
            "name": scenario.name,
            "title_fr": scenario.title_fr,
            "title_en": scenario.title_en,
            "language": scenario.language,
            "currency": scenario.currency,
            "hash": base.hash,
            "seed": scenario.seed,
            "runs": scenario.runs,
            "policy": scenario.committee.policy,
            "overrides": dict(base.overrides),
        },
        "method": variants.sweep.method,
        "axes": declared["over"],
        "variants": [
            {
                "variant": variant.number,
                "hash": variant.hash,
                "folder": place.path.name,
                "values": dict(zip(variants.keys, map(plain_told, variant.values), strict=True)),
                **answers[place.key],
            }
            for variant, place in zip(variants.variants, folders, strict=True)
        ],
    }


def plain_told(value: Plain) -> Any:
    """A value as JSON holds it."""
    return value if isinstance(value, bool | int | float | str) else value.isoformat()


def write_sweep(done: Swept, folder: Path, forms: Mapping[str, str | bytes]) -> dict[str, str]:
    """Write the table, the figures and the report of a sweep, the manifest last.

    Args:
        done: the sweep.
        folder: held by this process.
        forms: the report in each of its forms, by name.

    Returns:
        The sha256 of each file by its name.
    """
    swept(folder)
    # A variant that was written whole before a kill may have been writing again: nothing half-written stays anywhere;
    # nor do blocks of runs that its killed writer had no time to clear away.
    for answers in (folder / "variants").glob("*/"):
        swept(answers)
        if (answers / MANIFEST).exists():
            discard_blocks(answers)
    files = {"sweep.json": json_bytes(done.told), "sweep.csv": sweep_csv(done.told), **forms}
    hashes = {name: write_whole(folder / name, content) for name, content in files.items()}
    scenario = done.told["scenario"]
    proof = {
        "scenario": scenario["name"],
        "scenario_sha256": scenario["hash"],
        "variants": len(done.told["variants"]),
        "files": {name: hashes[name] for name in sorted(hashes)},
        "versions": versions(),
    }
    write_whole(folder / MANIFEST, json_bytes({"reproducible": proof}))
    return hashes


def statuses(done: Swept) -> Iterator[str]:
    """How each variant ended: done, infeasible or limit."""
    return (variant["status"] for variant in done.told["variants"])
