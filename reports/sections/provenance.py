"""Where the page comes from: enough to compute it again and to prove it is the same."""

from reports import numbers
from reports.blocks import Block, Bullets, Code, Column, Heading, Line, Name, Row, Section, Shown, Table
from reports.catalogue import Language, msg
from reports.names import policy_name
from reports.reading import Found
from reports.showing import show_count


def provenance(findings: Found, language: Language) -> Section:
    """Scenario, fingerprint, seed, runs, changes made for this run, and the plan's certificate."""
    scenario = findings["scenario"]
    told: list[tuple[str, Line]] = [
        (language.words(msg("Scenario")), (Code(scenario.text("name")),)),
        (language.words(msg("Fingerprint (sha256)")), (Code(scenario.text("hash")),)),
        (language.words(msg("Seed")), (Code(scenario.text("seed")),)),
        (language.words(msg("Runs")), (show_count(scenario["runs"], language),)),
        (language.words(msg("Committee")), (policy_name(scenario.text("policy"), language),)),
    ]
    engine = findings.text("engine.version")
    if engine:
        told.append((language.words(msg("Engine")), (Code(f"enveloppe {engine}"),)))
    blocks: list[Block] = [
        Table(
            "provenance",
            language.words(msg("What to give to compute this page again")),
            (Column(language.words(msg("Item"))), Column(language.words(msg("Value")), wrap=True)),
            tuple(Row(((name,), value)) for name, value in told),
        )
    ]
    overrides = scenario.get("overrides")
    if overrides is not None and overrides.value:
        blocks.append(Heading(language.line(msg("Changed for this run"))))
        blocks.append(
            Bullets(
                tuple((Code(key), " = ", Name(language.data(str(value)))) for key, value in overrides.value.items())
            )
        )
    certificate = findings.get("plan.certificate")
    if certificate is not None:
        blocks.append(_certificate(certificate, language))
    return Section("provenance", language.words(msg("Provenance")), blocks=tuple(blocks))


def _certificate(certificate: Found, language: Language) -> Table:
    rows = []
    for name, path in (
        (msg("Largest breach of a constraint"), "primal"),
        (msg("Largest breach of a price's sign"), "dual"),
        (msg("Relative gap between the plan and its bound"), "gap"),
    ):
        found = certificate.get(path)
        if found is not None:
            shown = Shown(numbers.tiny(found.value, language.code), found.path, found.value)
            rows.append(Row(((language.words(name),), (shown,))))
    return Table(
        "certificate",
        language.words(msg("Certificate: what proves that no plan does better, to be near zero")),
        (Column(language.words(msg("Item"))), Column(language.words(msg("Value")), "number")),
        tuple(rows),
    )
