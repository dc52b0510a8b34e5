"""What changed since the last committee, where this run was given its findings."""

from reports.blocks import Line, Section, Strong
from reports.catalogue import Language, msg
from reports.comparison.against import differences
from reports.noise import beyond_noise
from reports.reading import Found
from reports.showing import show_by_unit

TOLD = (
    ("pathways_committed", msg("{amount} pathways committed (gross)")),
    ("pathways_net", msg("{amount} net pathways")),
    ("committed_cents", msg("{amount} committed net")),
    ("need_cents", msg("{amount} of need")),
)
"""The differences told in the first sentence, where these runs can show them."""


def since(findings: Found, language: Language) -> Section | None:
    """Last time beside this time; nothing where no last time was given."""
    comparison = findings.get("since")
    if comparison is None:
        return None
    told = comparison["comparisons[0]"]
    heads = (language.words(msg("Last time")), language.words(msg("This time")))
    return Section(
        "since",
        language.words(msg("Since last time")),
        _lead(told, language),
        differences("since", heads, told, comparison, language),
    )


def _lead(told: Found, language: Language) -> Line:
    spans: Line = ()
    for name, text in TOLD:
        gap = told.get(f"kpis.{name}")
        if gap is None or not beyond_noise(gap):
            continue
        amount = Strong((show_by_unit(gap["mean"], gap.text("unit"), language, signed=True),))
        spans += (*((", ",) if spans else ()), *language.line(text, amount=amount))
    if not spans:
        return language.line(msg("Nothing that these runs can tell apart from last time."))
    return language.line(msg("Against last time: {told}."), told=spans)
