"""What was observed of a request's attributes, in bars, with the law that was fitted to it and how sure that law is."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter
from scipy.special import ndtr, ndtri

from forecast.attribute_fit import ENOUGH
from forecast.bars import Cumulative, Histogram, Parameter, histogram
from forecast.fitted import Fitted, Written
from forecast.history import History
from forecast.lags import Lag, decision_lag, duration, payment_lag, start_lag
from forecast.survival import weighted_quantiles
from scenarios.distributions import Distribution
from scenarios.scenario import Scenario
from scenarios.variates import integer_table

Float = NDArray[np.float64]
_Z = float(ndtri(0.95))
_LAW: TypeAdapter[Distribution] = TypeAdapter(Distribution)


def histograms(
    history: History, scenario: Scenario, fitted: Sequence[Fitted], written: Sequence[Written]
) -> list[Histogram]:
    """Every attribute of which enough was observed.

    Hours are counted by trainee and fees by hour, as their means are: the bars are shares of what is paid for.

    Args:
        history: clean requests.
        scenario: the base.
        fitted: what the calibration found, for the intervals of means and medians.
        written: the laws that it declares; what is drawn over the bars is what the runs draw from.

    Returns:
        Histograms, in the order of the report.
    """
    laws = {one.key: one.value for one in written}
    known = {(one.name, one.subject): one for one in fitted if not one.kept}
    drawn = [_trainees(history, laws, known)]
    for name in ("hours", "fee", "duration"):
        drawn += [
            _of_type(name, place, code, history, laws, known)
            for place, code in enumerate(scenario.scheme.pathway_types)
        ]
        if name != "duration":
            drawn.append(_of_no_type(name, history, scenario, laws))
    for name, lags, key in (
        ("decision_lag", decision_lag(history), ("desk", "decision_lag_days")),
        ("start_lag", start_lag(history), ("inflow", "start_lag_days")),
    ):
        drawn.append(_days(name, "", lags, laws.get(key), known))
    drawn.append(_payment(payment_lag(history), laws))
    return [one for one in drawn if one is not None]


Known = Mapping[tuple[str, str], Fitted]
Laws = Mapping[tuple[str, ...], Any]


def _trainees(history: History, laws: Laws, known: Known) -> Histogram | None:
    values = history.trainees[history.trainees > 0].astype(np.float64)
    law = laws.get(("inflow", "trainees"))
    found = known.get(("trainees", ""))
    if len(values) < ENOUGH or law is None or found is None:
        return None
    mean, sigma = float(law["mean"]), float(law["sigma"])
    # The mean told is that of whole trainees, at least one; the law's own moves in proportion to it.
    ends = (mean * found.low / found.value, mean * found.high / found.value)
    weight = np.ones(len(values))
    spread = spread_of(sigma, np.log(values), rounded=True)
    corners = [_lognormal(centre, wide) for centre in ends for wide in (spread.low, spread.high)]
    told = (Parameter("mean", found.value, found.low, found.high), spread)
    return histogram("trainees", "", "pathways", values, weight, [_lognormal(mean, sigma), *corners], told, least=1)


def _of_type(name: str, place: int, code: str, history: History, laws: Laws, known: Known) -> Histogram | None:
    law = laws.get(("inflow", "pathways", code), {})
    mine = history.pathway == place
    if name == "duration":
        return _days(name, code, duration(history, place), law.get("duration_days"), known)
    values, weight = _values(name, mine, history)
    found = known.get((name, code))
    if len(values) < ENOUGH or found is None:
        return None
    declared = law["hours" if name == "hours" else "fee_eur_per_hour"]
    mean, sigma = float(declared["mean"]), float(declared["sigma"])
    spread = spread_of(sigma, np.log(np.maximum(values, 1e-6)))
    corners = [_lognormal(centre, wide) for centre in (found.low, found.high) for wide in (spread.low, spread.high)]
    told = (Parameter("mean", found.value, found.low, found.high), spread)
    return histogram(name, code, found.unit, values, weight, [_lognormal(mean, sigma), *corners], told)


def _of_no_type(name: str, history: History, scenario: Scenario, laws: Laws) -> Histogram | None:
    """Requests that name no type, against the fitted laws of all types in the fitted mix."""
    values, weight = _values(name, history.pathway < 0, history)
    if len(values) < ENOUGH or 2 * len(values) < int((history.hours_hundredths > 0).sum()):
        return None
    mix = laws.get(("inflow", "pathway_shares"))
    shares = mix[-1]["shares"] if mix else scenario.inflow.pathway_shares[-1].shares
    key, unit = ("hours", "h") if name == "hours" else ("fee_eur_per_hour", "EUR/h")
    tables = [
        (float(shares.get(code, 0.0)), _table(laws[("inflow", "pathways", code)][key], 100))
        for code in scenario.scheme.pathway_types
    ]
    mean = float((values * weight).sum() / weight.sum())
    error = float(np.sqrt((weight**2 * (values - mean) ** 2).sum()) / weight.sum()) / max(mean, 1e-9)
    ends = (math.exp(-_Z * error), math.exp(_Z * error))
    corners = [_mixed(tables, times) for times in ends]
    told = (Parameter("mean", mean, mean * ends[0], mean * ends[1]),)
    return histogram(name, "", unit, values, weight, [_mixed(tables, 1.0), *corners], told)


def _values(name: str, mine: NDArray[np.bool_], history: History) -> tuple[Float, Float]:
    """Hours by trainee, or fees by hour, with what each counts for."""
    trainees = np.maximum(history.trainees, 1).astype(np.float64)
    hours = history.hours_hundredths / 100
    if name == "hours":
        chosen = mine & (history.hours_hundredths > 0)
        return hours[chosen], trainees[chosen]
    chosen = mine & (history.hours_hundredths > 0) & (history.cost_cents > 0)
    whole = (trainees * hours)[chosen]
    return history.cost_cents[chosen] / 100 / whole, whole


def _days(name: str, subject: str, lags: Lag, law: Any, known: Known) -> Histogram | None:
    """Lags in days; each that is over counts for those like it that still run."""
    found, days, weight = known.get((name, subject)), lags.days, lags.weight
    if len(days) < ENOUGH or law is None or found is None:
        return None
    median, ninth = float(law["median"]), float(law["p90"])
    # A quantile's interval by order statistics (David and Nagaraja 2003, section 7.1), in equal weights (Kish 1965).
    half = _Z * 0.3 * math.sqrt(float((weight**2).sum()))
    low, high = weighted_quantiles(days, weight, max(0.9 - half, 0.0), min(0.9 + half, 1.0))
    ends = Parameter("p90", ninth, min(low, ninth), max(high, ninth))
    middle = Parameter("median", median, min(found.low, median), max(found.high, median))
    corners = [
        _by_quantiles(max(centre, 0.25), max(far, centre * 1.01, 0.26))
        for centre in (middle.low, middle.high)
        for far in (ends.low, ends.high)
    ]
    laws = [_by_quantiles(median, ninth), *corners]
    return histogram(name, subject, "days", days.astype(np.float64), weight, laws, (middle, ends), least=0)


def _payment(lags: Lag, laws: Laws) -> Histogram | None:
    """From service done to payment: the lags of invoice and of payment, one after the other."""
    keys = (("inflow", "invoice_lag_days"), ("payments", "payment_lag_days"))
    days, weight = lags.days.astype(np.float64), lags.weight
    if len(days) < ENOUGH or any(key not in laws for key in keys):
        return None
    # 256 equal slices of each lag: every pair of them is as likely as any other.
    first, second = (_table(laws[key], 1000).reshape(256, -1).mean(axis=1) for key in keys)
    table = np.sort((first[:, None] + second[None, :]).ravel())
    mean = float(weight @ days)
    error = math.sqrt(float((weight**2 * (days - mean) ** 2).sum())) / max(mean, 1e-9)
    ends = (math.exp(-_Z * error), math.exp(_Z * error))
    told = (Parameter("mean", mean, mean * ends[0], mean * ends[1]),)
    drawn = [_mixed([(1.0, table)], times) for times in (1.0, *ends)]
    return histogram("payment_lag", "", "days", days, weight, drawn, told, least=0)


def _table(law: Any, scale: int) -> Float:
    return integer_table(_LAW.validate_python(law), scale) / scale


def spread_of(sigma: float, logs: Float, *, rounded: bool = False) -> Parameter:
    """A standard deviation with its interval from the fourth moment (Cramer 1946, section 28.1): no form is assumed.

    The interval is that of what was observed, reaching to the law where that was drawn to the base; of a law that is
    rounded to whole numbers it lies around the law's own.
    """
    centred = logs - logs.mean()
    second, fourth = float((centred**2).mean()), float((centred**4).mean())
    relative = math.sqrt(max(fourth / second**2 - 1, 0.0) / (4 * len(logs))) if second > 0 else 0.0
    middle = sigma if rounded else math.sqrt(second)
    ends = (middle * math.exp(-_Z * relative), middle * math.exp(_Z * relative))
    return Parameter("sigma", sigma, min(sigma, ends[0]), max(sigma, ends[1]))


def _lognormal(mean: float, sigma: float) -> Cumulative:
    return _log_law(math.log(max(mean, 1e-6)) - sigma**2 / 2, sigma)


def _by_quantiles(median: float, ninth: float) -> Cumulative:
    return _log_law(math.log(median), math.log(ninth / median) / float(ndtri(0.9)))


def _log_law(centre: float, sigma: float) -> Cumulative:
    def cumulative(at: Float) -> Float:
        logs = np.log(np.maximum(at, 1e-12))
        below = np.where(logs >= centre, 1.0, 0.0) if sigma < 1e-9 else ndtr((logs - centre) / max(sigma, 1e-9))
        return np.where(at > 0, below, 0.0)

    return cumulative


def _mixed(tables: Sequence[tuple[float, Float]], times: float) -> Cumulative:
    whole = sum(share for share, _ in tables)

    def cumulative(at: Float) -> Float:
        below = np.zeros(len(at))
        for share, table in tables:
            below += share / whole * np.searchsorted(table, at / times, side="left") / len(table)
        return below

    return cumulative
