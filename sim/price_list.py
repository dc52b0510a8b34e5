"""What each request of a run would cost the envelope, by the day its price is taken from."""

from dataclasses import dataclass, fields
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from scenarios.calendar import DAY
from scenarios.price import Pathways, Prices, price
from sim.ground import Ground
from sim.run_requests import RunRequests

Int = NDArray[np.int64]

NOT_ENTITLED = -1


@dataclass(frozen=True, eq=False)
class _Foreseen:
    """Rows of prices; `row_of`, `table`: int64 (segments, requests), -1 where there is no row or no entitlement."""

    row_of: Int
    priced: Prices
    table: Int


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
        self._cents: dict[int, list[int]] = {}
        self._foreseen: _Foreseen | None = None

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

    def foresee(self, decided: Int) -> Int:
        """Prices of all requests over the time in which each may be committed, by one call of the price function.

        Args:
            decided: int64 (requests,), the minute of each decision; a request may be committed from then on until
                its patience ends or the commitment deadline passes.

        Returns:
            int64 (segments, requests): cents of one trainee; NOT_ENTITLED where no rate holds or none was asked for.
            Once known, prices stand, whatever is decided later.
        """
        if self._foreseen is None:
            ground = self._ground
            first = 0 if self._requests.in_flight is None else self._requests.in_flight.minute
            last = np.maximum(decided + ground.scenario.parking.patience_days * DAY, first)
            last = np.minimum(last, ground.commitment_end - 1)
            asked = np.flatnonzero(decided <= last)
            begin, end = self._segments(decided[asked], asked), self._segments(last[asked], asked)
            inside = [asked[(begin <= at) & (at <= end)] for at in range(len(ground.book.segment_starts))]
            places = np.concatenate(inside)
            segments = np.repeat(np.arange(len(inside)), [len(part) for part in inside])
            priced = self._priced(segments, places)
            row_of = np.full((len(inside), len(self._requests)), -1, dtype=np.int64)
            row_of[segments, places] = np.arange(len(places))
            table = np.full(row_of.shape, NOT_ENTITLED, dtype=np.int64)
            table[segments, places] = np.where(priced.entitled, priced.total_cents, NOT_ENTITLED)
            self._foreseen = _Foreseen(row_of, priced, table)
        return self._foreseen.table

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
            priced, rows = self._foreseen.priced, self._foreseen.row_of[segments, places]
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

    @cached_property
    def _filed(self) -> list[int]:
        filed: list[int] = self._requests.all.filing_minute.tolist()
        return filed

    @cached_property
    def _start_lag(self) -> list[int]:
        lags: list[int] = self._requests.all.start_minutes.tolist()
        return lags

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
