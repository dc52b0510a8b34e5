"""What a row of the plan asks and what its price means, in plain sentences."""

from dataclasses import asdict
from typing import Any

import pytest
from plan_problems import problem_of_lines

from optimiser.constraints import CONSTRAINTS
from optimiser.plan import Plan
from optimiser.prices import TOLD, told_unit
from optimiser.row import Dial
from optimiser.solve import solve
from reports.blocks import Name
from reports.catalogue import language_of
from reports.price_sentences import plain, price_sentence, row_asks


def row(family: str, price: float, unit: str, **more: Any) -> dict[str, Any]:
    return {"row": family, "family": family, "binding": True, "price": price, "unit": unit, **more}


def spoken(given: dict[str, Any], subject: str | None, language: str) -> str:
    return price_sentence(given, subject, language).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("given", "subject", "english", "french"),
    [
        (
            row("envelope", 0.1457, "pathways/kEUR"),
            None,
            "€1M more to distribute would finance 146 more pathways on expected requests.",
            "Avec 1 M€ de plus à distribuer, 146 parcours de plus seraient financés sur les demandes attendues.",
        ),
        (
            row("envelope", 0.1457, "pathways/1000 EUR", low=14_107_500_000.0, high=14_392_500_000.0),
            None,
            "€1M more to distribute would finance 146 more pathways on expected requests. This was tried, and holds, "
            "with the money to distribute from €141.08M to €143.93M.",
            "Avec 1 M€ de plus à distribuer, 146 parcours de plus seraient financés sur les demandes attendues. "
            "Vérifié avec l’argent à distribuer de 141,08 M€ à 143,93 M€.",
        ),
        (
            row("branch_floor", -0.0123, "pathways/kEUR"),
            "Chimie",
            "Raised by €100k, the floor of Chimie would cost 1.2 pathways.",
            "Relever de 100 k€ le plancher de la branche Chimie coûterait 1,2 parcours.",
        ),
        (
            row("branch_cap", 0.5, "pathways/kEUR"),
            "Métallurgie",
            "Raised by €100k, the ceiling of Métallurgie would let 50 more pathways be financed.",
            "Relever de 100 k€ le plafond de la branche Métallurgie permettrait 50 parcours de plus.",
        ),
        (
            row("group_floor_pathways", -106.98, "pathways/point", low=0.3465, high=0.3535),
            "under 50 employees",
            "Raised by one point, the floor of companies under 50 employees would cost 107 pathways. "
            "This was tried, and holds, with the floor of companies under 50 employees from 34.7% to 35.4%.",
            "Relever d’un point le plancher des entreprises de under 50 employees coûterait 107 parcours. "
            "Vérifié avec le plancher des entreprises de under 50 employees de 34,7 % à 35,4 %.",
        ),
        (
            row("mean_cost_cap", 3.2, "pathways/(EUR/pathway)"),
            None,
            "Raised by €1, the ceiling on the mean cost would let 3.2 more pathways be financed.",
            "Relever de 1 € le plafond du coût moyen permettrait 3,2 parcours de plus.",
        ),
        (
            row("something_new", 2.0, "pathways/moon"),
            None,
            "One unit more of something_new changes the plan by +2.0 (pathways/moon).",
            "Une unité de plus pour something_new change le plan de +2,0 (pathways/moon).",
        ),
        (
            row("branch_cap", 0.0, "pathways/kEUR") | {"binding": False},
            "Chimie",
            "Today the ceiling of Chimie holds nothing back.",
            "Contrainte inactive aujourd’hui : le plafond de la branche Chimie.",
        ),
    ],
)
def test_a_price_is_a_sentence(given: dict[str, Any], subject: str | None, english: str, french: str) -> None:
    assert spoken(given, subject, "en") == english
    assert spoken(given, subject, "fr") == french


@pytest.mark.parametrize("constraint", CONSTRAINTS, ids=lambda constraint: constraint.__name__)
def test_every_constraint_of_the_plan_has_its_words(constraint: Any) -> None:
    """A new family of rows is told by its code until it is given words here; this test asks for them."""
    singular = constraint.__name__.removesuffix("s")
    for language in ("fr", "en"):
        assert plain(row_asks(singular, None, language_of(language))) != singular
        assert "{" not in plain(row_asks(singular, Name("x"), language_of(language)))


@pytest.mark.parametrize("unit", TOLD)
def test_every_unit_that_the_plan_tells_prices_in_has_its_sentence(unit: Any) -> None:
    """No reader is shown a unit in code, whatever the figure a row stands for counts in."""
    per = told_unit(Dial(1.0, unit), "EUR")
    assert "(pathways/" not in price_sentence(row("any", 2.0, per), None, "fr")


def test_a_price_says_which_pathways_it_counts() -> None:
    """A plan that counts net pathways prices them net, and one that counts commitments gross."""
    given = row("envelope", 0.1457, "pathways/1000 EUR")
    assert price_sentence(given, None, "en", "net").startswith(
        "€1M more to distribute would finance 146 more pathways (net) on expected requests."
    )
    assert "146 parcours (bruts) de plus" in price_sentence(given, None, "fr", "committed")


def test_on_a_corner_the_sentence_tells_what_was_tried_on_each_side() -> None:
    """By hand: all of a (10 at 1,000 EUR) is paid by 10,000 EUR; more money buys pathways of b at twice the price.

    1 % is 100 EUR: a tenth of a pathway of a less, a twentieth of one of b more.
    """
    lines = [{"branch": code, "asked": [10], "price_eur": price} for code, price in (("a", 1000), ("b", 2000))]
    plan = solve(problem_of_lines(lines, envelope_eur=10_000))
    assert isinstance(plan, Plan)
    envelope = next(price for price in plan.prices if price.family == "envelope")
    assert envelope.figure == 1_000_000
    assert envelope.change_lower == pytest.approx(-0.1)
    assert envelope.change_higher == pytest.approx(0.05)
    told = price_sentence({key: value for key, value in asdict(envelope).items() if value is not None}, None, "en")
    assert "would let 0.050 more pathways be financed" in told.replace(NO_BREAK, " ")
    assert "would cost 0.100 pathways" in told.replace(NO_BREAK, " ")
    assert "Both were tried, on expected requests." in told


NO_BREAK = "\u00a0"


def test_a_row_that_stands_idle_at_its_own_figure_may_still_move_the_plan() -> None:
    """A price of 0 on one side only: raising the floor costs, though leaving it out gives nothing."""
    row = {"row": "r", "family": "branch_floor", "binding": True, "price": 0.0, "unit": "pathways/kEUR"}
    tried = row | {"figure": 1_000_000, "change_lower": 0.0, "change_higher": -3.0}
    told = price_sentence(tried, "Chimie", "en").replace(NO_BREAK, " ")
    assert "Raised to €10.10k, the floor of Chimie would cost 3.0 pathways." in told
    assert "Lowered to €9.90k, the floor of Chimie would change nothing." in told
    no_plan = price_sentence(row | {"figure": 1_000_000, "change_lower": 1.0}, "Chimie", "en")
    assert "would leave no plan" in no_plan
