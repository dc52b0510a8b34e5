"""`enveloppe gate`: thresholds on findings, and on their movement against a baseline."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from enveloppe import exit_codes
from enveloppe.console import Console, guarded
from enveloppe.options import everywhere
from enveloppe.usage_errors import misused

if TYPE_CHECKING:
    from enveloppe.gating.judging import Stored
    from enveloppe.gating.reading import ReadGates


@click.command(
    epilog="\b\nExamples:\n  enveloppe gate gates.yaml out/convention-2i\n"
    "  enveloppe gate gates.yaml out/tonight --baseline out/last-night\n"
    '  enveloppe gate gates.yaml out/tonight --baseline out/last-night --accept --author "A. Martin" '
    '--reason "amendment 3 is in force"'
)
@click.argument("gates", metavar="GATES", type=click.Path(path_type=Path))
@click.argument("findings", metavar="FINDINGS", type=click.Path(path_type=Path))
@click.option("--baseline", type=click.Path(path_type=Path), help="Earlier findings (their file or folder).")
@click.option("--first-night", is_flag=True, help="There is no baseline yet, whatever GATES requires.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Folder (default: FINDINGS/gate).")
@click.option("--accept", "accepting", is_flag=True, help="Record that what fails is accepted; needs the next two.")
@click.option("--author", help="Who accepts.")
@click.option("--reason", help="Why.")
@everywhere
def command(
    gates: Path,
    findings: Path,
    baseline: Path | None,
    first_night: bool,
    out: Path | None,
    accepting: bool,
    author: str | None,
    reason: str | None,
    console: Console,
) -> None:
    """Judge FINDINGS (a file or a folder) by the gates of GATES (docs/gates.md). Exit 3 where one fails.

    Writes gate.json, gate-junit.xml and gate-summary.md. On GitHub Actions annotations go to the log, and the summary
    to the job's.
    """
    if accepting and not (author and author.strip() and reason and reason.strip()):
        raise misused("accept_needs")
    if first_night and baseline is not None:
        raise misused("not_together", one="--first-night", other="--baseline")
    accepted_by = (author or "", reason or "") if accepting else None
    raise SystemExit(guarded(console, lambda: _gate(console, gates, findings, baseline, out, accepted_by, first_night)))


def _gate(
    console: Console,
    gates_file: Path,
    findings: Path,
    baseline: Path | None,
    out: Path | None,
    accepted_by: tuple[str, str] | None,
    first_night: bool,
) -> int:
    from enveloppe.folder import FolderRefused
    from enveloppe.gating import forms
    from enveloppe.gating.accepting import accept, acceptances, acceptances_file, with_acceptances
    from enveloppe.gating.judging import judged
    from enveloppe.gating.sentences import said

    gates, stored, earlier = _read(gates_file, findings, baseline)
    console.follow(stored.findings["scenario"].get("language"))
    told = judged(gates, stored, earlier, console.language, first_night=first_night)
    record = acceptances_file(gates_file)
    folder = out or (findings if findings.is_dir() else findings.parent) / "gate"
    try:
        entries = acceptances(record)
        if accepted_by is not None:
            author, reason = accepted_by
            entries = accept(record, told, stored, earlier, author=author, reason=reason, day=_today())
        told = with_acceptances(told, entries, stored, earlier, console.language)
        scenario = stored.findings["scenario"]
        found = forms.as_json(told, scenario["name"], scenario["hash"])
        summary = forms.as_summary(told, scenario["name"], console.language)
        listed = forms.in_repository(told, os.environ.get("GITHUB_WORKSPACE") or os.environ.get("CI_PROJECT_DIR"))
        _write(folder, found, forms.as_junit(listed, scenario["name"]), summary)
    except OSError as error:
        raise FolderRefused(folder, error) from None
    lines = [
        # One line each: on GitHub a line of its own could be taken for a command.
        forms.on_one_line(f"{said(f'status_{one.status}', console.language)}  {one.name}: {one.reason}")
        for one in forms.worst_first(told)
    ]
    console.result(found, "\n".join([*lines, forms.counted(told, console.language)]))
    if os.environ.get("GITHUB_ACTIONS") == "true":
        for line in forms.as_annotations(listed):
            click.echo(line, err=console.as_json)
    console.tell(console.say("written", folder=folder))
    return exit_codes.DONE if found["holds"] else exit_codes.GATE_FAILED


def _today() -> str:
    from datetime import date

    # The day of an act, in the record of that act; no figure depends on it.
    return date.today().isoformat()  # noqa: DTZ011


def _read(gates_file: Path, findings: Path, baseline: Path | None) -> "tuple[ReadGates, Stored, Stored | None]":
    """Gates and findings; what is wrong with any of them is told at once."""
    from enveloppe.gating.judging import read_stored
    from enveloppe.gating.reading import read_gates
    from scenarios.problems import InputRefused, Problem

    problems: list[Problem] = []
    gates: ReadGates | None = None
    sides: list[Stored] = []
    try:
        gates = read_gates(gates_file)
    except InputRefused as refusal:
        problems.extend(refusal.problems)
    for place in (findings, *(() if baseline is None else (baseline,))):
        try:
            sides.append(read_stored(place))
        except InputRefused as refusal:
            problems.extend(refusal.problems)
    if problems or gates is None:
        raise InputRefused(problems)
    return gates, sides[0], sides[1] if len(sides) > 1 else None


def _write(folder: Path, found: dict[str, object], junit: bytes, summary: str) -> None:
    from enveloppe.folder import FolderRefused, json_bytes
    from reports.whole_file import write_whole

    folder.mkdir(parents=True, exist_ok=True)
    for name, content in (
        ("gate.json", json_bytes(found)),
        ("gate-junit.xml", junit),
        ("gate-summary.md", summary.encode("utf-8")),
    ):
        write_whole(folder / name, content)
    job = os.environ.get("GITHUB_STEP_SUMMARY")
    if job:
        try:
            with Path(job).open("a", encoding="utf-8", newline="\n") as stream:
                stream.write(summary)
        except OSError as error:
            raise FolderRefused(Path(job), error) from None
