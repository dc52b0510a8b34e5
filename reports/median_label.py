"""The label of a curve's end, named as the median that it is."""

from reports.catalogue import Language, msg
from reports.price_sentences import plain
from reports.reading import Found
from reports.showing import amount


def median_label(cents: float, findings: Found, language: Language) -> str:
    """An amount that a curve ends in: pages tell means elsewhere, and the two differ; that of one run is its own.

    Args:
        cents: the median.
        findings: of the runs.
        language: of the reader.
    """
    told = amount(cents, language)
    return told if findings["scenario.runs"].value == 1 else plain(language.line(msg("med. {amount}"), amount=told))
