"""Why the committee moved a line's money, in words."""

from collections.abc import Mapping
from typing import Any

from reports.blocks import Line, Span
from reports.catalogue import Language, language_of, msg
from reports.price_sentences import plain
from reports.reading import Found, whole
from reports.showing import show_money

BECAUSE = {
    "receives_queue": msg("more waits there than is free"),
    "receives_forecast": msg("more is expected there than is free"),
    "gives_spare": msg("what it keeps covers who waits and who is expected"),
    "gives_dearer": msg("elsewhere the same money serves more pathways"),
    "gives_share": msg("there is not enough for all who wait, and money follows the queues"),
    "amendment": msg("an amendment of the envelope, no decision of the committee"),
}


def why_line(row: Found, language: Language) -> Line:
    """The reason of an entry of the committee's log, with the figures that it was taken from.

    Args:
        row: an entry of `simulation.decisions` with its `reason`.
        language: of the report.

    Returns:
        A sentence; nothing where the entry tells no reason.
    """
    reason = row.get("reason")
    if reason is None or str(reason.value) not in BECAUSE:
        return ()
    because = language.words(BECAUSE[str(reason.value)])
    if row.get("open_cents") is None:
        return (because,)
    parts: dict[str, Span | Line] = {
        "waiting": show_money(row["waiting_cents.mean"], language),
        "free": show_money(row["open_cents.mean"], language),
        "because": because,
    }
    if row.get("forecast_cents") is not None:
        parts["forecast"] = show_money(row["forecast_cents.mean"], language)
        return language.line(
            msg("waiting {waiting}, still expected {forecast}, free before {free}: {because}"), **parts
        )
    return language.line(msg("waiting {waiting}, free before {free}: {because}"), **parts)


def why_texts(findings: Mapping[str, Any], language: str) -> list[str]:
    """The reason of each entry of the committee's log, a plain text each; empty where it tells none.

    Args:
        findings: as docs/findings.md lays down.
        language: "fr" or "en".
    """
    if "decisions" not in findings.get("simulation", {}):
        return []
    return [why_text(row, language_of(language)) for row in whole(findings).items("simulation.decisions")]


def why_text(row: Found, language: Language) -> str:
    """The same as one plain text; empty where the entry tells no reason."""
    return plain(why_line(row, language)).strip()
