"""Dated amendments of the envelope: where a top-up goes, and what a cut takes (model.md, section 3)."""

from scenarios.event_luck import which_happen
from scenarios.events import EnvelopeChange
from scenarios.opening_money import management_fee_cents
from scenarios.scenario import Scenario
from scenarios.settings import eur_to_cents, share_to_basis_points
from sim.ground import Ground
from sim.ledger import Ledger
from sim.line_split import split_over_lines


def amend(ground: Ground, ledger: Ledger, event: EnvelopeChange, one_pot: bool) -> list[int]:
    """Apply an amendment to the ledger.

    A top-up closes a shortfall, sets aside its fee, and is notified at once in proportion to what lines had been
    notified (under one pot it stays in the pot, and where no line was notified anything it stays unnotified: there is
    nothing to go by). A cut takes the fee's own share (where the fee is a share of what is authorised; on the other
    bases what its provision no longer needs), then unnotified money, then the reserve, then open money in proportion
    to open money; the rest is a shortfall, because commitments are never cancelled.

    Args:
        ground: the scenario laid out.
        ledger: changed in place.
        event: the amendment.
        one_pot: whether lines share one pot.

    Returns:
        The change of each line's notified money, cents.
    """
    cents = eur_to_cents(event.amount_eur)
    return _top_up(ground, ledger, cents, one_pot) if cents >= 0 else _cut(ground, ledger, -cents)


def usable_cents(scenario: Scenario, run: int) -> int:
    """What is authorised by the last day of commitments in a run, net of the management fee, cents."""
    authorised = eur_to_cents(scenario.envelope_eur)
    for event, happens in zip(scenario.events, which_happen(scenario, run), strict=True):
        if isinstance(event, EnvelopeChange) and happens and event.day <= scenario.windows.commitment_deadline:
            authorised += eur_to_cents(event.amount_eur)
    return authorised - management_fee_cents(scenario, authorised)


def _top_up(ground: Ground, ledger: Ledger, cents: int, one_pot: bool) -> list[int]:
    scenario, before = ground.scenario, ledger.authorised
    provision = management_fee_cents(scenario, before + cents)
    if scenario.scheme.management_fee.base == "authorised":
        fee = provision - management_fee_cents(scenario, before)
    else:
        # A provision that an earlier cut left too large needs nothing more.
        fee = max(provision - ledger.fee, 0)
    came = ledger.raise_envelope(cents, fee)
    changes = [0] * len(ledger.open)
    # An over-programmed line whose releases were cut may stand below nothing.
    shares = [max(notified, 0) for notified in ledger.notified]
    if one_pot or not came or not any(shares):
        return changes
    changes = split_over_lines(ground, came, shares)
    for line, part in enumerate(changes):
        ledger.notify(line, part)
    return changes


def _cut(ground: Ground, ledger: Ledger, cents: int) -> list[int]:
    scenario = ground.scenario
    fee = 0
    if scenario.scheme.management_fee.base == "authorised":
        smaller = management_fee_cents(scenario, ledger.authorised - cents)
        fee = min(management_fee_cents(scenario, ledger.authorised) - smaller, ledger.fee)
    else:
        fee = min(_provision_too_large(ledger, scenario, ledger.authorised - cents), cents)
    left = cents - fee
    unnotified = max(min(ledger.unnotified, left), 0)
    left -= unnotified
    reserve = min(ledger.reserve, left)
    left -= reserve
    # A line that is over-programmed has nothing to give.
    has = [max(cents, 0) for cents in ledger.open]
    from_open = split_over_lines(ground, min(left, sum(has)), has) if left and any(has) else []
    ledger.cut_envelope(cents, fee, unnotified, reserve, from_open)
    return [-part for part in from_open] or [0] * len(ledger.open)


def _provision_too_large(ledger: Ledger, scenario: Scenario, authorised: int) -> int:
    """What a fee's provision does not need any more, once so much is authorised.

    It keeps the most that the fee can come to, and at least the fee on what is committed: all of that may be paid.
    """
    points = share_to_basis_points(scenario.scheme.management_fee.fee_share)
    earned = (2 * ledger.committed * points + 10_000) // 20_000
    return max(ledger.fee - max(management_fee_cents(scenario, authorised), earned), 0)
