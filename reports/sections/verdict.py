"""The verdict: one sentence at the top of the page."""

from reports.blocks import Section
from reports.catalogue import Language, msg
from reports.reading import Found
from reports.verdict import verdict as sentence


def verdict(findings: Found, language: Language) -> Section:
    """One sentence that the rest of the page proves."""
    return Section("verdict", language.words(msg("The answer in one sentence")), sentence(findings, language))
