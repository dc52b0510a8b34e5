"""One pathway's price rule by rule: the rows in force, each with its date, source and place, and what it gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from scenarios.events import SupportReopened
from scenarios.foresight import as_lived, rate_key
from scenarios.loading import Loaded
from scenarios.price import HOURS_SCALE, Pathways, price
from scenarios.price_book import band_within, price_book
from scenarios.scheme import SizeBand
from scenarios.settings import RuleRow, eur_to_cents


@dataclass(frozen=True)
class OnePathway:
    """A pathway to be priced.

    Attributes:
        employees: of the company.
        branch, situation, pathway: codes of the scenario.
        hours: length of the training.
        fee_eur_per_hour: what the training body asks.
        pay_eur_per_hour: the trainee's gross hourly pay.
        day: whose rules apply.
    """

    employees: int
    branch: str
    situation: str
    pathway: str
    hours: float
    fee_eur_per_hour: float
    pay_eur_per_hour: float
    day: date


@dataclass(frozen=True)
class PriceStep:
    """One rule applied.

    Attributes:
        rule: `regime`, `rate`, `hour_cap`, `unit_cap`, `support_opening`, `support_share` or `support_ceiling`.
        value: what the row lays down (a share, euros, a code), None where no row is in force.
        since: the day since which it holds, as YYYY-MM-DD; "" where no row is in force.
        source: as the scenario gives it.
        place: file and line of the row.
    """

    rule: str
    value: float | str | None
    since: str = ""
    source: str = ""
    place: str = ""


@dataclass(frozen=True)
class ExplainedPrice:
    """A price with its rules.

    Attributes:
        size_band: the band that the company falls in.
        entitled: whether any rate is in force.
        steps: the rules, in the order in which they apply.
        fee_cents, support_cents: what the envelope pays, by the one price function.
    """

    size_band: str
    entitled: bool
    steps: tuple[PriceStep, ...]
    fee_cents: int
    support_cents: int


def explained_price(loaded: Loaded, one: OnePathway) -> ExplainedPrice:
    """Price one pathway and tell the rules that made its price, with all dated events worked in.

    Args:
        loaded: the scenario with its register.
        one: the pathway.

    Returns:
        The price and its rules.

    Raises:
        KeyError: for a branch, situation or pathway type that the scenario does not have, or a size in no band.
    """
    scenario = as_lived(loaded.scenario)
    scheme = scenario.scheme
    band = _band_of(scheme.size_bands, one.employees)
    book = price_book(scenario)
    arrays = (
        one.day.toordinal(),
        list(scenario.branches).index(one.branch) if one.branch in scenario.branches else _unknown(one.branch),
        list(scheme.size_bands).index(band),
        list(scheme.situations).index(one.situation) if one.situation in scheme.situations else _unknown(one.situation),
        list(scheme.pathway_types).index(one.pathway) if one.pathway in scheme.pathway_types else _unknown(one.pathway),
        round(one.hours * HOURS_SCALE),
        eur_to_cents(one.fee_eur_per_hour),
        eur_to_cents(one.pay_eur_per_hour),
    )
    priced = price(book, Pathways(*(np.asarray([value], dtype=np.int64) for value in arrays)))
    regime = book.regimes[int(priced.regime[0])]

    def in_force(rows: Sequence[RuleRow], only: str | None = None) -> int | None:
        return _in_force(rows, one, scheme.size_bands[band], only)

    def told(rule: str, key: str, rows: Sequence[RuleRow], field: str, only: str | None = None) -> PriceStep:
        number = in_force(rows, only)
        if number is None:
            return PriceStep(rule, None)
        place = f"{key}.{number}.{field}"
        if key == "scheme.rates":
            place = rate_key(loaded.scenario, number)
        return _step(loaded, rule, place, getattr(rows[number], field), rows[number].starts)

    support = scheme.pay_support
    steps = [
        _step(loaded, "regime", "scheme.regime_choice", regime, scheme.regimes[regime].starts),
        told("rate", "scheme.rates", scheme.rates, "rate_share", regime),
        told("hour_cap", "scheme.hour_caps", scheme.hour_caps, "cap_eur_per_hour"),
        told("unit_cap", "scheme.unit_caps", scheme.unit_caps, "cap_eur"),
    ]
    opened = next((n for n, window in enumerate(support.opening) if window.in_force(one.day)), None)
    due = opened is not None and bool(priced.base_pay_cents[0] or priced.support_cents[0])
    if due and opened is not None and support.payer == "envelope":
        steps.append(
            _step(
                loaded,
                "support_opening",
                _opening_key(loaded, one.day),
                support.payer,
                support.opening[opened].starts,
            )
        )
        steps.append(told("support_share", "scheme.pay_support.shares", support.shares, "support_share"))
        steps.append(told("support_ceiling", "scheme.pay_support.ceilings", support.ceilings, "ceiling_eur_per_hour"))
    else:
        steps.append(PriceStep("support_opening", None))
    return ExplainedPrice(
        size_band=band,
        entitled=bool(priced.entitled[0]),
        steps=tuple(steps),
        fee_cents=int(priced.fee_cents[0]),
        support_cents=int(priced.support_cents[0]),
    )


def _opening_key(loaded: Loaded, day: date) -> str:
    """Where the window of pay support that holds on a day stands in the file: the scheme's, or an event's."""
    for number, window in enumerate(loaded.scenario.scheme.pay_support.opening):
        if window.in_force(day):
            return f"scheme.pay_support.opening.{number}.from"
    reopened = [
        (event.day, number)
        for number, event in enumerate(loaded.scenario.events)
        if isinstance(event, SupportReopened) and event.day <= day
    ]
    return f"events.{max(reopened)[1]}.date" if reopened else ""


def _in_force(rows: Sequence[RuleRow], one: OnePathway, band: SizeBand, regime: str | None) -> int | None:
    """The row that holds: of those that match, the one in force since the latest date, of equals the later."""
    matching = [
        (row.starts, number)
        for number, row in enumerate(rows)
        if row.in_force(one.day)
        and (regime is None or getattr(row, "regime", None) == regime)
        and band_within(band, row.min_employees, row.max_employees)
        and (row.branches is None or one.branch in row.branches)
        and (row.situations is None or one.situation in row.situations)
        and (row.pathway_types is None or one.pathway in row.pathway_types)
    ]
    return max(matching)[1] if matching else None


def _step(loaded: Loaded, rule: str, key: str, value: float | str, since: date) -> PriceStep:
    entry = next((entry for entry in loaded.register if entry.key == key), None)
    if entry is None:
        return PriceStep(rule, value, since.isoformat())
    return PriceStep(rule, value, since.isoformat(), entry.source, f"{entry.place.file}:{entry.place.line}")


def _band_of(bands: dict[str, SizeBand], employees: int) -> str:
    for code, band in bands.items():
        if band.min_employees <= employees and (band.max_employees is None or employees <= band.max_employees):
            return code
    raise KeyError(str(employees))


def _unknown(code: str) -> int:
    raise KeyError(code)
