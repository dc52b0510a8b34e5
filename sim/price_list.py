"""What each request of a run would cost the envelope, by the day its price is taken from."""

from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from scenarios.calendar import DAY
from scenarios.price import Pathways, Prices, price
from sim.ground import Ground
from sim.run_requests import RunRequests

Int = NDArray[np.int64]

NOT_ENTITLED = -1


class PriceList:
    """Prices of one trainee of each request, looked up by the commitment's minute; the one price function is asked
    once for each request and segment of time in which no rule changes.
    """

    def __init__(self, ground: Ground, requests: RunRequests) -> None:
        self._ground = ground
        self._requests = requests
        self._when = ground.scenario.scheme.price_date
        self._segment_of_day: list[int] = ground.segment_of_day.tolist()
        self._last_day = len(self._segment_of_day) - 1
        self._start_lag: list[int] = requests.all.start_minutes.tolist()
        self._filed: list[int] = requests.all.filing_minute.tolist()
        self._cents: dict[int, list[int]] = {}
        self._foreseen: tuple[Int, Prices] | None = None

    def segment(self, place: int, minute: int) -> int:
        """The price segment of a request if it were committed at a minute; -1 before the first rule."""
        return self._segment_of_day[min(self._price_minute(place, minute) // DAY, self._last_day)]

    def trainee_cents(self, place: int, minute: int) -> int:
        """The price of one trainee of a request committed at a minute; NOT_ENTITLED where no rate holds."""
        segment = self.segment(place, minute)
        if segment < 0:
            return NOT_ENTITLED
        cents = self._cents.get(segment)
        if cents is None:
            everyone = np.arange(len(self._requests))
            prices = self._priced(np.full(len(everyone), segment), everyone)
            cents = np.where(prices.entitled, prices.total_cents, NOT_ENTITLED).tolist()
            self._cents[segment] = cents
        return cents[place]

    def foresee(self, first: Int, last: Int) -> Int:
        """Prices of all requests over the time in which each may be committed, by one call of the price function.

        Args:
            first, last: int64 (requests,), the first and the last minute at which each may be committed; a request
                whose last minute comes before its first is never priced.

        Returns:
            int64 (segments, requests): cents of one trainee; NOT_ENTITLED where no rate holds or none was asked for.
        """
        count = len(self._requests)
        everyone = np.arange(count)
        asked = np.flatnonzero(first <= last)
        begin, end = self._segments(first[asked], asked), self._segments(last[asked], asked)
        segments, places = [], []
        for segment in range(len(self._ground.book.segment_starts)):
            inside = asked[(begin <= segment) & (segment <= end)]
            places.append(inside)
            segments.append(np.full(len(inside), segment, dtype=np.int64))
        segment_of_row, place_of_row = np.concatenate(segments), np.concatenate(places)
        priced = self._priced(segment_of_row, place_of_row)
        row_of = np.full((len(segments), len(everyone)), -1, dtype=np.int64)
        row_of[segment_of_row, place_of_row] = np.arange(len(place_of_row))
        self._foreseen = (row_of, priced)
        table = np.full(row_of.shape, NOT_ENTITLED, dtype=np.int64)
        table[segment_of_row, place_of_row] = np.where(priced.entitled, priced.total_cents, NOT_ENTITLED)
        return table

    def prices_at(self, minutes: Int, places: Int) -> Prices:
        """Prices of some requests, each committed at a minute of its own.

        Args:
            minutes: int64 (some,), the commitments' minutes, such that the price's day lies in the calendar.
            places: int64 (some,), which requests.

        Returns:
            Prices, arrays of shape (some,); where no rule is in force yet nothing is due.
        """
        segments = self._segments(minutes, places)
        if self._foreseen is not None and len(places):
            row_of, priced = self._foreseen
            rows = row_of[segments, places]
            if int(segments.min()) >= 0 and int(rows.min()) >= 0:
                return Prices(**{field.name: getattr(priced, field.name)[rows] for field in fields(Prices)})
        return self._priced(segments, places)

    def _segments(self, minutes: Int, places: Int) -> Int:
        match self._when:
            case "filing":
                minutes = self._requests.all.filing_minute[places]
            case "start":
                minutes = minutes + self._requests.all.start_minutes[places]
            case _:
                pass
        return self._ground.segment_of_day[np.minimum(minutes // DAY, self._last_day)]

    def _price_minute(self, place: int, minute: int) -> int:
        if self._when == "commitment":
            return minute
        return self._filed[place] if self._when == "filing" else minute + self._start_lag[place]

    def _priced(self, segments: Int, places: Int) -> Prices:
        starts = self._ground.book.segment_starts
        days = np.where(segments >= 0, starts[np.maximum(segments, 0)], starts[0] - 1) if len(starts) else segments
        requests = self._requests.all
        return price(
            self._ground.book,
            Pathways(
                ordinal_day=days,
                branch=self._requests.branch[places],
                size_band=requests.size_band[places],
                situation=requests.situation[places],
                pathway=requests.pathway[places],
                hours_hundredths=requests.hours_hundredths[places],
                fee_cents_per_hour=requests.fee_cents_per_hour[places],
                pay_cents_per_hour=requests.pay_cents_per_hour[places],
            ),
        )
