"""Variants: each is what `--set` would have made of the scenario; what is wrong is told at the value that makes it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tiny import TINY, tiny

from scenarios.check_findings import Finding, of
from scenarios.loading import fingerprint, load
from scenarios.problems import InputRefused
from scenarios.sweeping.variants import variants_of
from sim.draw_key import draw_key

SWEPT = """
extends: tiny.yaml
name: swept
sweep:
  method: {method}
  {points}
  over:
{axes}
"""


def swept(folder: Path, axes: str, method: str = "grid", points: str = "rivals: false") -> str:
    (folder / "tiny.yaml").write_text(TINY.read_text(encoding="utf-8"), encoding="utf-8")
    file = folder / "swept.yaml"
    lines = "\n".join(f"    - {{{line.strip()}}}" for line in axes.strip().splitlines())
    file.write_text(SWEPT.format(method=method, points=points, axes=lines), encoding="utf-8")
    return str(file)


EVERYTHING = """
key: envelope_eur, low: 80_000, high: 150_000
key: committee.policy, values: [fixed, pro_rata, first_come]
key: inflow.volume_factor, low: 0.5, high: 2
key: windows.filing_deadline, values: [2021-09-30, 2021-08-31]
key: constraints.branch_caps.0.share, low: 0.4, high: 1
key: inflow.hours_factor, low: 0.5, high: 1.5
key: constraints.service_floor_share, low: 0, high: 0.2
key: desk.officers, low: 1, high: 4, step: 1
key: inflow.trainees.mean, low: 1, high: 3
key: events.0.amount_eur, low: -40_000, high: -1_000
key: seed, low: 1, high: 100, step: 1
"""


def test_each_variant_has_the_hash_that_the_command_line_would_give_it(tmp_path: Path) -> None:
    """The quick way that thousands of variants take against the way of one scenario, over every kind of value."""
    found = variants_of(swept(tmp_path, EVERYTHING, "sobol", "points: 48"), ("runs=5",))
    assert len(found.variants) == 48
    assert len({variant.hash for variant in found.variants}) == 48
    for variant in found.variants:
        alone = load(str(TINY), ("name=swept", *variant.given))
        assert alone.hash == variant.hash
        assert found.loaded(variant).hash == variant.hash
        assert found.loaded(variant).scenario == alone.scenario
        assert not [entry.key for entry in found.loaded(variant).register if entry.key.startswith("sweep")]


def test_declaring_variants_does_not_change_the_question(tmp_path: Path) -> None:
    with_sweep = load(swept(tmp_path, "key: envelope_eur, values: [90_000]"))
    assert with_sweep.hash == load(str(TINY), ("name=swept",)).hash


def refused(question: str) -> list[tuple[str, str, int]]:
    with pytest.raises(InputRefused) as refusal:
        variants_of(question)
    return [(problem.key, problem.code, problem.place.line) for problem in refusal.value.problems]


def test_every_refused_value_is_told_at_once_at_its_own_place(tmp_path: Path) -> None:
    question = swept(
        tmp_path,
        """
        key: envelope_eur, values: [90_000, -1, 95_000, 0.001]
        key: committee.policy, values: [fixed, fixd]
        key: inflow.volum_factor, values: [1.5]
        key: windows.filing_deadline, values: [2021-09-30, 2020-01-01]
        """,
    )
    with pytest.raises(InputRefused) as refusal:
        variants_of(question)
    told = {(problem.key, problem.code, problem.place.line, problem.place.column) for problem in refusal.value.problems}
    assert ("envelope_eur", "at_least", 8, 44) in told
    assert ("envelope_eur", "whole_cents", 8, 56) in told
    assert ("committee.policy", "one_of", 9, 47) in told
    assert ("inflow.volum_factor", "unknown_key", 10, 43) in told
    assert ("windows.filing_deadline", "order", 11, 59) in told
    assert len(told) == 5, told
    assert "did you mean volume_factor" in str(refusal.value)
    assert all(problem.place.file == question for problem in refusal.value.problems)


def test_combinations_that_cannot_hold_together_are_refused(tmp_path: Path) -> None:
    """Each value is sound alone; a filing deadline after the commitment deadline is not."""
    question = swept(
        tmp_path,
        """
        key: windows.filing_deadline, values: [2021-09-30, 2021-11-30]
        key: windows.commitment_deadline, values: [2021-12-31, 2021-10-31]
        """,
    )
    assert refused(question) == [("windows.commitment_deadline", "order", 9)]


@pytest.mark.parametrize(
    ("axes", "method", "points", "code"),
    [
        ("key: envelope_eur", "grid", "", "exactly_one"),
        ("key: envelope_eur, low: 1", "grid", "", "exactly_one"),
        ("key: envelope_eur, low: 1, high: 2", "grid", "", "exactly_one"),
        ("key: envelope_eur, low: 1, high: 2, count: 3, step: 1", "grid", "", "exactly_one"),
        ("key: envelope_eur, low: 2, high: 1, count: 3", "grid", "", "order"),
        ("key: envelope_eur, low: 1, high: 2, count: 3", "list", "", "unused"),
        ("key: envelope_eur, low: 1, high: 2, count: 3", "sobol", "points: 3", "unused"),
        ("key: envelope_eur, values: [1, 2], step: 1", "grid", "", "unused"),
        ("key: envelope_eur, values: [1, 1]", "grid", "", "repeated"),
        ("key: envelope_eur, values: [1, 1.0]", "grid", "", "repeated"),
        ("key: envelope_eur, values: [1]\nkey: envelope_eur, values: [2]", "grid", "", "repeated"),
        (
            "key: constraints.branch_caps.0.share, values: [0.4]\nkey: constraints.branch_caps.00.share, values: [0.5]",
            "grid",
            "",
            "repeated",
        ),
        ("key: desk, values: [1]\nkey: desk.officers, values: [2]", "grid", "", "sweep_overlap"),
        ("key: envelope_eur, values: [1, 2]\nkey: runs, values: [3]", "list", "", "sweep_lengths"),
        ("key: name, values: [a, b]", "grid", "", "sweep_key"),
        ("key: sweep.method, values: [grid]", "grid", "", "sweep_key"),
        ("key: envelope_eur, low: 1, high: 2", "sobol", "", "needs"),
        ("key: envelope_eur, values: [1, 2]", "grid", "points: 3", "unused"),
        ("key: runs, low: 1, high: 1000000, step: 1", "grid", "", "at_most"),
        ("key: runs, low: 1, high: 1000, step: 1\nkey: seed, low: 1, high: 1000, step: 1", "grid", "", "at_most"),
        ("key: envelope_eur, low: .nan, high: 2, count: 2", "grid", "", "number"),
        ("key: envelope_eur, values: []", "grid", "", "too_short"),
        ("key: envelope_eur, values: [null]", "grid", "", "plain_value"),
        ("key: committee.dates, values: [[2021-05-01]]", "grid", "", "plain_value"),
    ],
)
def test_a_declaration_that_makes_no_sense_is_refused(
    axes: str, method: str, points: str, code: str, tmp_path: Path
) -> None:
    told = [told[1] for told in refused(swept(tmp_path, axes, method, points or "rivals: true"))]
    assert code in told
    assert len(told) <= 2, "one mistake is told once"


def test_a_scenario_without_variants_says_how_to_declare_some() -> None:
    with pytest.raises(InputRefused, match=r"sweep: \{method: grid"):
        variants_of(str(TINY))


def test_rivals_are_lived_through_only_where_the_declaration_asks_for_them(tmp_path: Path) -> None:
    axes = "key: envelope_eur, values: [90_000]"
    without = variants_of(swept(tmp_path, axes))
    assert without.loaded(without.variants[0]).scenario.committee.rivals == ()
    asked = variants_of(swept(tmp_path, axes, points="rivals: true"))
    assert asked.loaded(asked.variants[0]).scenario.committee.rivals == ("first_come", "fixed")


def test_sections_that_no_variant_touches_are_checked_once(tmp_path: Path) -> None:
    """Thousands of variants share them; a check of such a section is asked again only where the section is another."""
    asked: list[object] = []

    @of("scheme", "branches")
    def check(scheme: object, branches: object) -> Iterator[Finding]:
        asked.append(branches)
        if not branches:
            yield ("branches",), "empty", {}

    first, second = tiny("envelope_eur=90000"), tiny()
    shared = first.model_copy(update={"envelope_eur": 2.0})
    for scenario, wanted in ((first, 1), (shared, 1), (second, 2), (second, 2), (first, 3)):
        assert not list(check(scenario))
        assert len(asked) == wanted
    unsound = first.model_copy(update={"branches": {}})
    assert len(list(check(unsound))) == len(list(check(unsound))) == 1, "what is wrong is told each time"


def test_the_order_of_types_is_part_of_the_question() -> None:
    """Types are drawn in the order of the file, so that another order meets other requests: another hash and key."""
    base = tiny()
    types = dict(reversed(base.scheme.pathway_types.items()))
    turned = base.model_copy(update={"scheme": base.scheme.model_copy(update={"pathway_types": types})})
    assert turned == base, "as mappings they are equal"
    assert fingerprint(turned) != fingerprint(base)
    assert draw_key(turned) != draw_key(base)
