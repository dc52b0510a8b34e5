"""The committee's policy against its rivals on the same luck: who gains, who loses, by how much."""

from reports.blocks import (
    Block,
    Bullets,
    Folded,
    Heading,
    Section,
)
from reports.catalogue import Language, msg
from reports.differences import TOLD, branch_chart, branch_table, capital, quantities, same, sentences
from reports.names import KPIS, policy_name
from reports.reading import Found


def rivals(findings: Found, language: Language) -> Section | None:
    """Each comparison: quantities, sizes of company, branches; nothing is claimed inside the noise."""
    comparisons = list(findings.items("comparison"))
    if not comparisons:
        return None
    blocks: list[Block] = []
    for number, comparison in enumerate(comparisons):
        blocks.extend(_compared(number, comparison, findings, language))
    return Section(
        "rivals",
        language.words(msg("Who gains and who loses under another policy")),
        language.line(
            msg(
                "Each policy meets the same requests and the same luck, so that differences come from the policy "
                "alone. "
                "A difference smaller than twice its standard error is not one that this number of runs can show."
            )
        ),
        tuple(blocks),
    )


def _compared(number: int, comparison: Found, findings: Found, language: Language) -> list[Block]:
    against = policy_name(comparison.text("against"), language)
    policy = policy_name(comparison.text("policy"), language)
    rows = sorted(comparison.items("branches"), key=lambda row: -(row.number("pathways_net.mean") or 0.0))
    kpis = comparison.get("kpis")
    there = [name for name in KPIS if kpis is not None and name in kpis.value and not same(kpis[name])]
    blocks: list[Block] = [
        Heading(language.line(msg("{policy}, rather than {against}"), policy=capital(policy), against=against)),
        Bullets(sentences(comparison, rows, findings, language)),
        quantities(f"rivals-{number}", [name for name in TOLD if name in there], comparison, findings, language),
    ]
    others = [name for name in there if name not in TOLD]
    if others:
        table = quantities(f"rivals-{number}-others", others, comparison, None, language)
        blocks.append(Folded(language.words(msg("Other quantities")), (table,)))
    if rows:
        blocks.append(branch_chart(f"rivals-{number}", rows, findings, language))
        blocks.append(
            Folded(
                language.words(msg("The same by branch")), (branch_table(f"rivals-{number}", rows, findings, language),)
            )
        )
    return blocks
