"""The envelope as a ceiling over months: its amount at the opening, and how it steps at dated changes."""

from collections.abc import Sequence

from reports import numbers
from reports.catalogue import Language, msg
from reports.charts.trajectory import Ceiling
from reports.envelope_changes import EnvelopeChanged, envelope_changes
from reports.month_axis import place_of
from reports.reading import Found
from reports.showing import MILLION, amount


def ceiling_of(months: Sequence[str], findings: Found, language: Language) -> Ceiling:
    """The ceiling of a chart in millions, on the mean of the runs where a change came in some only.

    Args:
        months: "2021-01", of the chart.
        findings: of a run.
        language: of the labels.
    """
    opened = cents = findings["plan.envelope_cents"].value
    steps, labels = [(0.0, opened / MILLION)], []
    for change in envelope_changes(findings):
        cents += change.mean_cents
        place = min(max(place_of(change.event.text("date"), months[0]), 0.0), float(len(months)))
        steps.append((place, cents / MILLION))
        labels.append((place, _label(change, language)))
    told = amount(opened if len(labels) < 2 else cents, language, exact=True)
    if len(labels) == 1:
        told = f"{told} {labels[0][1]}"
    return Ceiling(language.words(msg("Envelope")), told, tuple(steps), tuple(labels))


def _label(change: EnvelopeChanged, language: Language) -> str:
    cents = change.event["amount_cents"].value
    text = numbers.money(cents, language.code, signed=True, exact=True, sign=language.sign).text
    return text if change.came is None else f"{text} ({numbers.share(change.came.value, language.code).text})"
