"""Which dated events change a price: after these, requests that wait for money are looked at again."""

import numpy as np

from scenarios.events import RateChange, SupportReopened, SupportSuspended
from scenarios.foresight import as_lived
from scenarios.price_book import PriceBook, price_book
from scenarios.scenario import Scenario


def events_that_reprice(scenario: Scenario, book: PriceBook) -> frozenset[int]:
    """The events without which some price of their day would be another.

    Args:
        scenario: a checked scenario.
        book: its rules as they are lived, all events worked in.

    Returns:
        Numbers of events, in the order of the file. An event that leaves every rule of its day as it was is not among
        them, so that what changes nothing changes nothing.
    """
    found = []
    for number, event in enumerate(scenario.events):
        if isinstance(event, RateChange | SupportSuspended | SupportReopened):
            others = (*scenario.events[:number], *scenario.events[number + 1 :])
            without = price_book(as_lived(scenario.model_copy(update={"events": others})))
            if not _same_rules(book, without, event.day.toordinal()):
                found.append(number)
    return frozenset(found)


def _same_rules(one: PriceBook, other: PriceBook, day: int) -> bool:
    here, there = (int(book.segment_of(np.asarray(day))) for book in (one, other))
    if here < 0 or there < 0:
        return here == there
    return all(
        np.array_equal(getattr(one, name)[..., here, :, :, :, :], getattr(other, name)[..., there, :, :, :, :])
        for name in ("rates", "hour_caps", "unit_caps", "support_shares", "support_ceilings", "support_entitled")
    )
