"""What each request of a run would cost the envelope, by the day its price is taken from."""

import numpy as np
from numpy.typing import NDArray

from scenarios.calendar import DAY
from scenarios.price import Pathways, Prices, price
from sim.ground import Ground
from sim.run_requests import RunRequests

Int = NDArray[np.int64]

NOT_ENTITLED = -1


class PriceList:
    """Prices of one trainee of each request, looked up by the commitment's minute; one call of the one price
    function for each segment of time in which no rule changes.
    """

    def __init__(self, ground: Ground, requests: RunRequests) -> None:
        self._ground = ground
        self._requests = requests
        self._when = ground.scenario.scheme.price_date
        self._segment_of_day: list[int] = ground.segment_of_day.tolist()
        self._start_lag: list[int] = requests.all.start_minutes.tolist()
        self._filed: list[int] = requests.all.filing_minute.tolist()
        self._by_segment: dict[int, Prices] = {}
        self._cents: dict[int, list[int]] = {}

    def segment(self, place: int, minute: int) -> int:
        """The price segment of a request if it were committed at a minute; -1 before the first rule."""
        return self._segment_of_day[self._price_minute(place, minute) // DAY]

    def trainee_cents(self, place: int, minute: int) -> int:
        """The price of one trainee of a request committed at a minute; NOT_ENTITLED where no rate holds."""
        segment = self.segment(place, minute)
        if segment < 0:
            return NOT_ENTITLED
        cents = self._cents.get(segment)
        if cents is None:
            prices = self.prices(segment)
            cents = np.where(prices.entitled, prices.total_cents, NOT_ENTITLED).tolist()
            self._cents[segment] = cents
        return cents[place]

    def prices(self, segment: int) -> Prices:
        """Prices of all requests in a segment; arrays int64 (requests,)."""
        known = self._by_segment.get(segment)
        if known is None:
            known = self._by_segment[segment] = self._computed(segment)
        return known

    def prices_at(self, minutes: Int, places: Int) -> Prices:
        """Prices of some requests, each committed at a minute of its own.

        Args:
            minutes: int64 (some,), the commitments' minutes, such that the price's day lies in the calendar.
            places: int64 (some,), which requests.

        Returns:
            Prices, arrays of shape (some,); where no rule is in force yet nothing is due.
        """
        match self._when:
            case "filing":
                minutes = self._requests.all.filing_minute[places]
            case "start":
                minutes = minutes + self._requests.all.start_minutes[places]
            case _:
                pass
        return price(
            self._ground.book, self._pathways(minutes // DAY + self._ground.calendar.opens.toordinal(), places)
        )

    def _price_minute(self, place: int, minute: int) -> int:
        if self._when == "commitment":
            return minute
        return self._filed[place] if self._when == "filing" else minute + self._start_lag[place]

    def _computed(self, segment: int) -> Prices:
        places = np.arange(len(self._requests))
        first_day = self._ground.book.segment_starts[segment]
        return price(self._ground.book, self._pathways(np.full(len(places), first_day, dtype=np.int64), places))

    def _pathways(self, ordinal_days: Int, places: Int) -> Pathways:
        requests = self._requests.all
        return Pathways(
            ordinal_day=ordinal_days,
            branch=self._requests.branch[places],
            size_band=requests.size_band[places],
            situation=requests.situation[places],
            pathway=requests.pathway[places],
            hours_hundredths=requests.hours_hundredths[places],
            fee_cents_per_hour=requests.fee_cents_per_hour[places],
            pay_cents_per_hour=requests.pay_cents_per_hour[places],
        )
