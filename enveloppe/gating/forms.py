"""The judgement in the forms that scripts read: JSON, JUnit XML, a Markdown summary, annotations."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from enveloppe.gating.judging import ORDER, Judged, Status
from enveloppe.gating.sentences import said
from reports.markdown import escaped

SCHEMA = 1
SUMMARY_CAP = 1_000_000
"""Bytes of a summary. SOURCE: GitHub takes at most 1 MiB a step (docs.github.com, "Workflow commands", job summaries);
what else the step writes needs some room too."""
MOST_ANNOTATIONS = 10
"""Of each level that GitHub shows of a step. SOURCE: docs.github.com, "Workflow commands", limits of annotations."""
LONGEST = 300
"""Letters of a reason or a name in a summary or an annotation."""

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def worst_first(told: Sequence[Judged]) -> list[Judged]:
    """The gates, what needs somebody first; inside a status in the order of the file."""
    return sorted(told, key=lambda one: ORDER.index(one.status))


def counts(told: Sequence[Judged]) -> dict[Status, int]:
    """How many gates ended how."""
    found = Counter(one.status for one in told)
    return {status: found[status] for status in ORDER}


def in_repository(told: Sequence[Judged], root: str | None) -> list[Judged]:
    """The gates with their file named from the root of the repository, as pages of a pipeline look for it.

    Args:
        told: as judged; their file is named from wherever the command was called.
        root: of the repository, None where nobody says; a file outside of it keeps its name.
    """
    return [replace(one, place=replace(one.place, file=_from_root(one.place.file, root))) for one in told]


def _from_root(file: str, root: str | None) -> str:
    if not root:
        return file
    try:
        return Path(file).resolve().relative_to(Path(root).resolve()).as_posix()
    except (ValueError, OSError):
        return file


def as_json(told: Sequence[Judged], name: str, scenario_hash: str) -> dict[str, Any]:
    """The judgement as plain values.

    Args:
        told: as judged.
        name: of the scenario.
        scenario_hash: of the scenario.
    """
    return {
        "schema": SCHEMA,
        "scenario": {"name": name, "hash": scenario_hash},
        "holds": not any(one.status == "fail" for one in told),
        "counts": counts(told),
        "gates": [
            {
                "name": one.name,
                "kind": one.kind,
                "figure": one.figure,
                "file": one.place.file,
                "line": one.place.line,
                "status": one.status,
                "reason": one.reason,
                **one.details,
            }
            for one in told
        ],
    }


def as_junit(told: Sequence[Judged], name: str) -> bytes:
    """JUnit XML: a gate is a test case; a warning passes and says so on its output."""
    found = counts(told)
    suite = ElementTree.Element(
        "testsuite",
        name=_xml(f"enveloppe gate {name}"),
        tests=str(len(told)),
        failures=str(found["fail"]),
        errors="0",
        skipped=str(found["skipped"]),
        time="0",
    )
    for one in told:
        case = ElementTree.SubElement(
            suite,
            "testcase",
            name=_xml(one.name),
            classname=_xml(f"gate.{one.kind}.{one.figure}"),
            file=_xml(one.place.file),
            line=str(one.place.line),
            time="0",
        )
        if one.status == "fail":
            inner = ElementTree.SubElement(case, "failure", message=_xml(one.reason), type="gate")
            inner.text = _xml(f"{one.place}: {one.reason}")
        elif one.status == "skipped":
            ElementTree.SubElement(case, "skipped", message=_xml(one.reason))
        else:
            ElementTree.SubElement(case, "system-out").text = _xml(f"{one.status}: {one.reason}")
    whole = ElementTree.Element("testsuites")
    whole.append(suite)
    ElementTree.indent(whole)
    told_bytes: bytes = ElementTree.tostring(whole, encoding="utf-8", xml_declaration=True)
    return told_bytes + b"\n"


def _xml(text: str) -> str:
    return _NOT_XML.sub("?", text)


def as_summary(told: Sequence[Judged], name: str, language: str, cap: int = SUMMARY_CAP) -> str:
    """A Markdown summary, the worst first, never longer than its cap.

    Args:
        told: as judged.
        name: of the scenario.
        language: "fr" or "en".
        cap: bytes of UTF-8.
    """
    titles = [said(f"column_{column}", language) for column in ("gate", "figure", "status", "reason")]
    head = f"## {escaped(_short(said('title', language, name=name)))}\n\n{_counted(told, language)}\n\n"
    head += f"| {' | '.join(titles)} |\n|---|---|---|---|\n"
    rows: list[str] = []
    room = cap - len(head.encode()) - 200
    ordered = worst_first(told)
    for number, one in enumerate(ordered):
        status = said(f"status_{one.status}", language)
        cells = [escaped(_short(one.name)), escaped(_short(one.figure)), status, escaped(_short(one.reason))]
        row = f"| {' | '.join(cells)} |\n"
        room -= len(row.encode())
        if room < 0:
            return head + "".join(rows) + "\n" + said("more", language, more=len(ordered) - number) + "\n"
        rows.append(row)
    return head + "".join(rows)


def _counted(told: Sequence[Judged], language: str) -> str:
    # In French none is singular, as one is.
    parts = ((f"count_{one}" if number > 1 else f"count_{one}_one", number) for one, number in counts(told).items())
    return ", ".join(said(key, language, count=number) for key, number in parts)


def counted(told: Sequence[Judged], language: str) -> str:
    """How many gates ended how, in words."""
    return _counted(told, language)


def as_annotations(told: Sequence[Judged]) -> list[str]:
    """GitHub workflow commands: an error or a warning at the line of each gate that needs somebody, or was not judged.

    Source: docs.github.com, "Workflow commands for GitHub Actions", setting an error message.
    """
    lines = []
    for statuses, level in ((("fail",), "error"), (("warn", "skipped"), "warning")):
        mine = [one for one in worst_first(told) if one.status in statuses]
        for one in mine[:MOST_ANNOTATIONS]:
            where = f"file={_property(one.place.file)},line={one.place.line},col={one.place.column}"
            lines.append(f"::{level} {where},title={_property(_short(one.name))}::{_data(_short(one.reason))}")
    return lines


def on_one_line(text: str) -> str:
    """A text without line ends and other controls, which a terminal or a log might take for more than text."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
