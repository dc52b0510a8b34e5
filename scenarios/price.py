"""The one price: what the envelope pays for one pathway, in integer cents (model.md, section 1).

Used by the plan's coefficients and by the simulator's debits alike; nobody else computes a price.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scenarios.money import half_up
from scenarios.price_book import ABSENT, PriceBook

Int = NDArray[np.int64]

HOURS_SCALE = 100
"""Hours are counted in hundredths."""
_UNLIMITED = np.int64(2**62)


@dataclass(frozen=True, eq=False)
class Pathways:
    """Pathways to be priced; every array is int64 and has the same shape.

    Attributes:
        ordinal_day: the day whose rules apply (`date.toordinal`).
        branch, size_band, situation, pathway: indices of the cell.
        hours_hundredths: length of the training in hundredths of an hour.
        fee_cents_per_hour: what the training body asks.
        pay_cents_per_hour: the trainee's gross hourly pay.
    """

    ordinal_day: Int
    branch: Int
    size_band: Int
    situation: Int
    pathway: Int
    hours_hundredths: Int
    fee_cents_per_hour: Int
    pay_cents_per_hour: Int


@dataclass(frozen=True, eq=False)
class Prices:
    """What one trainee costs; arrays have the shape of the pathways.

    Attributes:
        fee_cents: int64, training fee paid by the envelope.
        support_cents: int64, pay support paid by the envelope.
        entitled: bool, False where no rate holds on that day (nothing may be committed).
        regime: int64, index of the regime that gave the fee.
        base_pay_cents: int64, min(pay, ceiling) * hours of trainees entitled to support, else 0: the denominator
            of coverage.
        real_pay_cents: int64, pay * hours of trainees entitled to support, else 0.
    """

    fee_cents: Int
    support_cents: Int
    entitled: NDArray[np.bool_]
    regime: Int
    base_pay_cents: Int
    real_pay_cents: Int

    @property
    def total_cents(self) -> Int:
        """Fee and support together, int64 cents."""
        return self.fee_cents + self.support_cents


def _limit(cap: Int) -> Int:
    return np.where(cap == ABSENT, _UNLIMITED, cap)


def price(book: PriceBook, pathways: Pathways) -> Prices:
    """What the envelope pays for each pathway.

    fee = rate * min(fee per hour, hour cap) * hours, at most the unit cap; support = sigma * min(pay, ceiling) *
    hours. Each is rounded half up once per trainee.

    Args:
        book: the scheme's rules by segment and cell.
        pathways: what is to be priced.

    Returns:
        Prices of the same shape, integer cents.

    Source: model.md section 1; rates and thresholds from the scenario file.
    """
    segment = book.segment_of(pathways.ordinal_day)
    known = segment >= 0
    axes = (np.maximum(segment, 0), pathways.branch, pathways.size_band, pathways.situation, pathways.pathway)
    # One place in all tables: five look-ups along five axes cost as much as everything else here.
    cell = np.ravel_multi_index(axes, book.hour_caps.shape)
    hours = pathways.hours_hundredths
    recognised = np.minimum(pathways.fee_cents_per_hour, _limit(book.hour_caps.ravel()[cell])) * hours
    # Where the scheme names its regime, no other is worked out.
    worked_out = book.rates if book.choice == ABSENT else book.rates[book.choice : book.choice + 1]
    rates = np.stack([table.ravel()[cell] for table in worked_out])
    fees = half_up(np.maximum(rates, 0) * recognised, 10_000 * HOURS_SCALE)
    fees = np.minimum(fees, _limit(book.unit_caps.ravel()[cell]))
    if book.choice == ABSENT:
        regime = np.argmax(np.where(rates == ABSENT, -1, fees), axis=0).astype(np.int64)
        rate, fee = (np.take_along_axis(table, regime[None], axis=0)[0] for table in (rates, fees))
    else:
        regime, rate, fee = np.full(hours.shape, book.choice, dtype=np.int64), rates[0], fees[0]
    entitled = known & (rate != ABSENT)
    base = np.minimum(pathways.pay_cents_per_hour, _limit(book.support_ceilings.ravel()[cell]))
    due = entitled & book.support_entitled.ravel()[cell]
    support = half_up(np.where(due, book.support_shares.ravel()[cell], 0) * base * hours, 10_000 * HOURS_SCALE)
    return Prices(
        fee_cents=np.where(entitled, fee, 0),
        support_cents=support,
        entitled=entitled,
        regime=regime,
        base_pay_cents=np.where(due, half_up(base * hours, HOURS_SCALE), 0),
        real_pay_cents=np.where(due, half_up(pathways.pay_cents_per_hour * hours, HOURS_SCALE), 0),
    )
