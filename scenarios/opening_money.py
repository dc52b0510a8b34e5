"""How the envelope is cut on opening day: management fee, reserve, and what the plan may distribute."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from scenarios.events import EnvelopeChange
from scenarios.scenario import Scenario
from scenarios.settings import eur_to_cents, share_to_basis_points


@dataclass(frozen=True)
class OpeningMoney:
    """The envelope on opening day, integer cents; the four parts sum: authorised = fee + reserve + distributable.

    Attributes:
        authorised_cents: the envelope.
        management_fee_cents: set aside for the fund's running costs. On the base `authorised` it is their exact
            amount; on `committed` or `paid` it is the most they can come to.
        reserve_cents: kept back for all lines together.
        distributable_cents: what may be notified to lines.
    """

    authorised_cents: int
    management_fee_cents: int
    reserve_cents: int
    distributable_cents: int


def management_fee_cents(scenario: Scenario, authorised_cents: int) -> int:
    """The management fee set aside for an authorised amount, half up, integer cents.

    On `authorised` it is share * authorised; on `committed` or `paid` the largest f with f = share * (authorised - f).
    """
    fee = scenario.scheme.management_fee
    points = share_to_basis_points(fee.fee_share)
    whole = 10_000 if fee.base == "authorised" else 10_000 + points
    return (2 * authorised_cents * points + whole) // (2 * whole)


def opening_money(scenario: Scenario) -> OpeningMoney:
    """Cut the envelope of a scenario on its opening day.

    Args:
        scenario: a checked scenario.

    Returns:
        The parts in cents.
    """
    authorised = eur_to_cents(scenario.envelope_eur)
    fee = management_fee_cents(scenario, authorised)
    points = share_to_basis_points(scenario.committee.reserve_share)
    reserve = (2 * (authorised - fee) * points + 10_000) // 20_000
    return OpeningMoney(authorised, fee, reserve, authorised - fee - reserve)


def expected_cents(event: EnvelopeChange) -> int:
    """The amount of an amendment times its probability, in whole cents (half away from zero)."""
    cents = eur_to_cents(event.amount_eur)
    if event.probability >= 1:
        return cents
    expected = (abs(Decimal(cents)) * Decimal(str(event.probability))).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return int(expected) if cents >= 0 else -int(expected)


def announced_changes(scenario: Scenario) -> tuple[tuple[int, int], ...]:
    """How announced amendments change what may be distributed; an uncertain one by its expectation.

    Args:
        scenario: a checked scenario.

    Returns:
        (ordinal day, cents) in the order of the days: the amount less its part of the management fee; the reserve of
        the opening stays as it is, as in the simulation.
    """
    changes_of_envelope = (event for event in scenario.events if isinstance(event, EnvelopeChange))
    announced = sorted((event for event in changes_of_envelope if event.announced), key=lambda event: event.day)
    authorised, changes = eur_to_cents(scenario.envelope_eur), []
    for event in announced:
        cents = expected_cents(event)
        fee = management_fee_cents(scenario, authorised + cents) - management_fee_cents(scenario, authorised)
        changes.append((event.day.toordinal(), cents - fee))
        authorised += cents
    return tuple(changes)
