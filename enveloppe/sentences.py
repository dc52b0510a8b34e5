"""Sentences of the report that the front door says too: the verdict, and what each priced row means."""

from typing import Any

from reports.blocks import Name
from reports.catalogue import language_of
from reports.decision_reasons import why_texts
from reports.price_sentences import plain, price_line, row_asks
from reports.reading import whole
from reports.sections.binding import subject_name
from reports.sections.warnings import warning_line
from reports.verdict import verdict


def with_sentences(findings: dict[str, Any], language: str) -> dict[str, Any]:
    """Findings whose priced rows say in a sentence what their price means, and whose decisions say why.

    Args:
        findings: with their `scenario` and `plan`.
        language: "fr" or "en".

    Returns:
        New findings; those given are left as they are.
    """
    found, chosen = whole(findings), language_of(language)
    counts = found.text("plan.counts")
    prices = [
        {**price, "sentence": plain(price_line(row, subject_name(row, found, chosen), chosen, counts)).strip()}
        for price, row in zip(findings["plan"]["prices"], found.items("plan.prices"), strict=True)
    ]
    told = {**findings, "plan": {**findings["plan"], "prices": prices}}
    if "decisions" in findings.get("simulation", {}):
        log = [
            {**decision, "sentence": sentence} if sentence else decision
            for decision, sentence in zip(
                findings["simulation"]["decisions"], why_texts(findings, language), strict=True
            )
        ]
        told["simulation"] = {**findings["simulation"], "decisions": log}
    return told


def verdict_text(findings: dict[str, Any], language: str) -> str:
    """The verdict of a scenario as one plain sentence."""
    return plain(verdict(whole(findings), language_of(language)))


def asked_by_row(family: str, subject: str | None, language: str) -> str:
    """What a row of the plan asks, as a noun phrase; the subject is told by its code."""
    chosen = language_of(language)
    return plain(row_asks(family, None if subject is None else Name(chosen.data(subject)), chosen))


def warning_texts(findings: dict[str, Any], language: str) -> list[str]:
    """The warnings of the findings, a plain sentence each; their codes and details where no sentence is known."""
    chosen = language_of(language)
    found = whole(findings)
    return [plain(warning_line(warning, chosen, found)) for warning in found.items("warnings")]
