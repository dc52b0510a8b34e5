"""What a request carries, fitted: trainees, hours, fee, lags, drop-out, mixes, companies.

Means keep the money: hours are averaged over trainees and fees over hours, so that trainees x hours x fee of the
fitted scenario is what the export's requests asked for. Types with few requests are drawn to the base scenario.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri
from scipy.stats import beta

from forecast.fitted import Fitted, Written
from forecast.history import NOTHING, History
from forecast.lags import Lag, decision_lag, duration, payment_lag, start_lag
from forecast.settled import Settled, drop_outs, refusals
from forecast.survival import weighted_quantiles
from forecast.untyped import Untyped, untyped_lengths, untyped_means
from scenarios.attributes import MOST_TRAINEES
from scenarios.distributions import Distribution
from scenarios.scenario import Scenario
from scenarios.variates import integer_table, mean_of

Float = NDArray[np.float64]
Int = NDArray[np.int64]

ENOUGH = 30
"""Requests from which a distribution is fitted; below, the base scenario's stands."""
PRIOR_REQUESTS = 20
"""What the base scenario counts for, in requests, where a share or a mean is drawn to it."""
_Z = float(ndtri(0.95))


def quantiles(values: Int, *at: float) -> list[float]:
    """Order-statistic quantiles of whole numbers."""
    return [float(value) for value in np.quantile(values, at)]


def _about_mean(value: float, relative: float) -> tuple[float, float]:
    return value * math.exp(-_Z * relative), value * math.exp(_Z * relative)


def fit_trainees(history: History, scenario: Scenario) -> tuple[list[Fitted], list[Written]]:
    """Trainees of a request: a lognormal rounded to whole numbers and at least 1, by its mean and its share of ones."""
    seen = history.trainees[history.trainees > 0]
    base = float(np.clip(integer_table(scenario.inflow.trainees, 1), 1, MOST_TRAINEES).mean())
    if len(seen) < ENOUGH:
        return [Fitted("trainees", "", base, base, base, "pathways", len(seen), None, base, kept=True)], []
    mean = float(seen.mean())
    relative = float(seen.std(ddof=1)) / mean / math.sqrt(len(seen))
    counts = np.bincount(np.minimum(seen, 40), minlength=41)[1:] / len(seen)
    observed = np.cumsum(counts)
    best = (math.inf, 1.0, mean)
    for sigma in np.linspace(0.05, 2.5, 50):
        centre = lognormal_centre(mean, float(sigma))
        edges = (np.log(np.arange(1, 41) + 0.5) - centre) / sigma
        far = float(np.abs(ndtr(edges)[:39] - observed[:39]).max())
        if far < best[0]:
            best = (far, float(sigma), math.exp(centre + float(sigma) ** 2 / 2))
    far, sigma, declared = best
    low, high = _about_mean(mean, relative)
    law = {"kind": "lognormal", "mean": round(max(declared, 1e-3), 4), "sigma": round(sigma, 3)}
    return (
        [Fitted("trainees", "", mean, low, high, "pathways", len(seen), far, base)],
        [
            Written(
                ("inflow", "trainees"),
                law,
                f"mean of {mean:.2f} over {len(seen)} requests, 90 % interval {low:.2f} to {high:.2f}",
            )
        ],
    )


def lognormal_centre(mean: float, sigma: float) -> float:
    """The log median for which a lognormal, rounded and at least 1, has a given mean (by bisection)."""
    steps = np.arange(2, MOST_TRAINEES + 1)
    low, high = -6.0, math.log(MOST_TRAINEES)
    for _ in range(60):
        middle = (low + high) / 2
        got = 1 + float(ndtr(-(np.log(steps - 0.5) - middle) / sigma).sum())
        low, high = (middle, high) if got < mean else (low, middle)
    return (low + high) / 2


def fit_pathways(history: History, scenario: Scenario) -> tuple[list[Fitted], list[Written]]:
    """Hours, fee an hour and length of each type of pathway.

    Where most requests name no type, their means move what every type is drawn to: types keep the base's proportions.
    """
    told: list[Fitted] = []
    written: list[Written] = []
    inflow = scenario.inflow
    weight = np.maximum(history.trainees, 1)
    with_hours = history.hours_hundredths > 0
    with_fee = with_hours & (history.cost_cents > 0)
    of_all, fee_of_all = untyped_means(history, scenario, ENOUGH, PRIOR_REQUESTS)
    length_of_all = untyped_lengths(history, scenario, ENOUGH, PRIOR_REQUESTS)
    for place, code in enumerate(scenario.scheme.pathway_types):
        profile = inflow.pathways[code]
        mine = history.pathway == place
        of_hours = mine & with_hours
        law = _drawn_to(
            history.hours_hundredths[of_hours] / 100, weight[of_hours], profile.hours, inflow.hours_factor, of_all
        )
        told.append(Fitted("hours", code, *law.interval, "h", law.count, law.distance, law.base, kept=law.kept))
        entry: dict[str, object] = {"hours": law.declared}
        of_fee = mine & with_fee
        hours = (weight * history.hours_hundredths / 100)[of_fee]
        fee = history.cost_cents[of_fee] / 100 / np.maximum(hours, 1e-9)
        law = _drawn_to(fee, hours, profile.fee_eur_per_hour, inflow.fee_factor, fee_of_all)
        told.append(Fitted("fee", code, *law.interval, "EUR/h", law.count, law.distance, law.base, kept=law.kept))
        entry["fee_eur_per_hour"] = law.declared
        lengths = duration(history, place)
        if len(lengths.days) >= ENOUGH:
            lag, fitted = _lag("duration", code, lengths, profile.duration_days)
            told.append(fitted)
            entry["duration_days"] = lag
        else:
            told.append(_length_of_all(code, profile.duration_days, len(lengths.days), length_of_all))
            of_base = profile.duration_days
            entry["duration_days"] = (
                _stretched(of_base, length_of_all.factor) if length_of_all.count else _declared(of_base)
            )
        count = int(of_hours.sum())
        source = f"{count} requests with hours, {int(of_fee.sum())} with a fee, {len(lengths.days)} with their length"
        if length_of_all.count and len(lengths.days) < ENOUGH:
            source += (
                f"; the base's length, moved as {length_of_all.count} lengths of requests that name no type differ"
            )
        if of_all.count:
            source += (
                f"; the base's type, moved as the means of {of_all.count} requests with hours and {fee_of_all.count} "
                "with a fee that name no type differ from the base's mix of types"
            )
        written.append(Written(("inflow", "pathways", code), entry, source))
    # The factors of the base are inside the fitted means.
    written.append(Written(("inflow", "hours_factor"), 1.0, "the fitted hours are taken as they are"))
    written.append(Written(("inflow", "fee_factor"), 1.0, "the fitted fees are taken as they are"))
    for name, values, heavy in (
        ("hours", history.hours_hundredths[with_hours] / 100, weight[with_hours]),
        (
            "fee_per_hour",
            history.cost_cents[with_fee] / np.maximum((weight * history.hours_hundredths)[with_fee], 1),
            (weight * history.hours_hundredths)[with_fee],
        ),
    ):
        days_filed = history.filed[with_hours if name == "hours" else with_fee]
        usual = _relative_sd(getattr(inflow.uncertain, name))
        sigma = _mean_known_to(values, heavy, days_filed, usual)
        written.append(
            Written(
                ("inflow", "uncertain", name),
                {"kind": "lognormal", "mean": 1.0, "sigma": round(sigma, 4)},
                f"the mean of {len(values)} requests is known to {sigma:.1%}, half-years and chance together"
                if len(values) >= ENOUGH
                else f"as in the base: {len(values)} requests tell too little",
            )
        )
    return told, written


def _relative_sd(law: Distribution) -> float:
    table = integer_table(law, 10_000).astype(np.float64)
    return float(table.std() / max(table.mean(), 1e-9))


def _mean_known_to(values: Float, weight: NDArray[np.generic], filed: Int, usual: float) -> float:
    """Relative standard deviation of next year's mean: chance, and how half-years differ beyond chance.

    The base's own figure counts as two half-years, so that a short history claims no more than it can show.
    """
    if len(values) < ENOUGH:
        return usual
    heavy = np.asarray(weight, dtype=np.float64)
    half = filed // 183
    means, errors = [], []
    for number in np.unique(half):
        mine = half == number
        if mine.sum() >= 10:
            mean = float((values[mine] * heavy[mine]).sum() / heavy[mine].sum())
            spread = float(np.sqrt((heavy[mine] ** 2 * (values[mine] - mean) ** 2).sum()) / heavy[mine].sum())
            means.append(mean)
            errors.append(spread)
    whole = float((values * heavy).sum() / heavy.sum())
    error = float(np.sqrt((heavy**2 * (values - whole) ** 2).sum()) / heavy.sum()) / whole
    if len(means) < 2:
        return math.hypot(error, usual)
    between = max(float(np.var(means, ddof=1) - np.mean(np.square(errors))), 0.0) / whole**2
    count = len(means)
    return math.hypot(error, math.sqrt((2 * usual**2 + (count - 1) * between) / (count + 1)))


class _Law:
    def __init__(
        self, declared: dict[str, object], interval: tuple[float, float, float], count: int,
        distance: float | None, base: float, kept: bool,
    ) -> None:  # fmt: skip
        self.declared, self.interval, self.count = declared, interval, count
        self.distance, self.base, self.kept = distance, base, kept


def _drawn_to(values: Float, weight: NDArray[np.generic], base: Distribution, factor: float, of_all: Untyped) -> _Law:
    """A lognormal by its weighted mean and the spread of its logarithm, drawn to the base where requests are few."""
    told = mean_of(base) * factor
    usual = told * of_all.factor
    count = len(values)
    if count == 0 and of_all.count:
        ends = _about_mean(usual, of_all.error)
        return _Law(_lognormal(usual, _log_sd(base)), (usual, *ends), of_all.count, None, told, kept=False)
    if count == 0:
        return _Law(_lognormal(usual, _log_sd(base)), (usual, usual, usual), 0, None, usual, kept=True)
    heavy = np.asarray(weight, dtype=np.float64)
    mean = float((values * heavy).sum() / heavy.sum())
    logs = np.log(np.maximum(values, 1e-6))
    sigma = float(logs.std())
    trust = count / (count + PRIOR_REQUESTS)
    drawn = math.exp(trust * math.log(max(mean, 1e-6)) + (1 - trust) * math.log(usual))
    spread = math.sqrt(trust * sigma**2 + (1 - trust) * _log_sd(base) ** 2)
    relative = float(np.sqrt((heavy**2 * (values - mean) ** 2).sum()) / heavy.sum()) / max(mean, 1e-9)
    relative = max(relative * trust, 0.0) + (1 - trust) * _log_sd(base)
    ordered = np.sort(logs)
    fitted = ndtr((ordered - logs.mean()) / max(sigma, 1e-9))
    steps = np.arange(1, count + 1) / count
    distance = float(np.maximum(np.abs(fitted - steps), np.abs(fitted - steps + 1 / count)).max())
    return _Law(_lognormal(drawn, spread), (drawn, *_about_mean(drawn, relative)), count, distance, told, kept=False)


def _lognormal(mean: float, sigma: float) -> dict[str, object]:
    return {"kind": "lognormal", "mean": round(max(mean, 1e-3), 4), "sigma": round(min(sigma, 3.0), 4)}


def _log_sd(law: Distribution) -> float:
    table = np.maximum(integer_table(law, 1000).astype(np.float64), 1.0)
    return float(np.log(table).std())


def _declared(law: Distribution) -> dict[str, object]:
    return dict(law.model_dump(mode="json", by_alias=True))


def _lag(name: str, subject: str, lags: Lag, base: Distribution) -> tuple[dict[str, object], Fitted]:
    """A lag by its median and ninth decile, in days; those that still run are counted for."""
    days, weight = lags.days, lags.weight
    middle, ninth = weighted_quantiles(days, weight, 0.5, 0.9)
    median = max(middle, 0.5)
    p90 = max(ninth, median * 1.01)
    p90 = min(p90, median * 40)
    sigma = math.log(p90 / median) / float(ndtri(0.9))
    order = np.argsort(days, kind="stable")
    ordered, below = days[order], np.cumsum(weight[order])
    fitted = ndtr((np.log(np.maximum(ordered + 0.5, 0.25)) - math.log(median)) / sigma)
    steps = below[np.searchsorted(ordered, ordered, side="right") - 1]
    distance = float(np.abs(fitted - steps).max())
    low, high = _median_interval(days, weight)
    law: dict[str, object] = {"kind": "lognormal_quantiles", "median": round(median, 2), "p90": round(p90, 2)}
    usual = quantiles(integer_table(base, 1000), 0.5)[0] / 1000
    return law, Fitted(name, subject, median, low, high, "days", len(days), distance, usual)


def _length_of_all(code: str, base: Distribution, count: int, of_all: Untyped) -> Fitted:
    """A type's length where too few requests name the type: the base's, moved as those of no known type differ."""
    usual = quantiles(integer_table(base, 1000), 0.5)[0] / 1000
    if not of_all.count:
        return Fitted("duration", code, usual, usual, usual, "days", count, None, usual, kept=True)
    median = usual * of_all.factor
    return Fitted("duration", code, median, *_about_mean(median, of_all.error), "days", of_all.count, None, usual)


def _median_interval(days: Int, weight: Float) -> tuple[float, float]:
    """A 90 % interval of a median by order statistics (David and Nagaraja 2003, section 7.1).

    Values that count unequally are worth as many alike ones as Kish's formula says (1965, "Survey Sampling").
    """
    worth = 1 / float((weight**2).sum())
    half = _Z * 0.5 / math.sqrt(worth)
    low, high = weighted_quantiles(days, weight, max(0.5 - half, 0.0), min(0.5 + half + 1 / worth, 1.0))
    return float(math.floor(low)), float(math.ceil(high))


def fit_lags(history: History, scenario: Scenario) -> tuple[list[Fitted], list[Written]]:
    """From filing to decision, from decision to start, from service done to payment."""
    told: list[Fitted] = []
    written: list[Written] = []
    inflow, desk = scenario.inflow, scenario.desk

    lags = decision_lag(history)
    if len(lags.days) >= ENOUGH:
        law, fitted = _lag("decision_lag", "", lags, desk.decision_lag_days)
        told.append(fitted)
        source = f"{_rests_on(lags, 'decisions')}; waiting at the desk and returned files are inside the measured delay"
        written.append(Written(("desk", "decision_lag_days"), law, source))
        written.append(Written(("desk", "incomplete_share"), 0.0, source))
    lags = start_lag(history)
    if len(lags.days) >= ENOUGH:
        law, fitted = _lag("start_lag", "", lags, inflow.start_lag_days)
        told.append(fitted)
        written.append(Written(("inflow", "start_lag_days"), law, _rests_on(lags, "starts of training")))
    lags = payment_lag(history)
    if (count := len(lags.days)) >= ENOUGH:
        usual = mean_of(inflow.invoice_lag_days) + mean_of(scenario.payments.payment_lag_days)
        law, fitted = _lag("payment_lag", "", lags, inflow.invoice_lag_days)
        mean = float(lags.weight @ lags.days)
        ratio = max(mean, 0.5) / usual
        told.append(Fitted("payment_lag", "", fitted.value, fitted.low, fitted.high, "days", count, None, None))
        source = (
            f"{_rests_on(lags, 'payments')}, {mean:.0f} days after service done on the mean; split between invoice and "
            "payment as in the base scenario"
        )
        for key, lag in (
            (("inflow", "invoice_lag_days"), inflow.invoice_lag_days),
            (("payments", "payment_lag_days"), scenario.payments.payment_lag_days),
        ):
            written.append(Written(key, _stretched(lag, ratio), source))
    return told, written


def _rests_on(lags: Lag, what: str) -> str:
    running = f" ({lags.open} more still to come are counted for)" if lags.open else ""
    return f"{len(lags.days)} {what}{running}"


def _stretched(law: Distribution, ratio: float) -> dict[str, object]:
    """A lag so many times as long, of the same form."""
    scaled: dict[str, object] = {}
    for name, value in _declared(law).items():
        stretched = isinstance(value, int | float) and name != "sigma"
        scaled[name] = max(round(float(str(value)) * ratio, 2), 0.01) if stretched else value
    return scaled


def fit_ends(history: History, scenario: Scenario) -> tuple[list[Fitted], list[Written]]:
    """Shares of requests that are refused and of committed ones that are dropped, both once their end is known."""
    told: list[Fitted] = []
    written: list[Written] = []
    rows: tuple[tuple[str, str, Settled, float], ...] = (
        ("ineligible", "ineligible_share", refusals(history), scenario.inflow.ineligible_share),
        ("drop_out", "drop_out_share", drop_outs(history), scenario.inflow.drop_out_share),
    )
    for name, key, found, usual in rows:
        if found.hits + found.others < ENOUGH:
            told.append(Fitted(name, "", usual, usual, usual, "share", found.trials, None, usual, kept=True))
            continue
        share, _, _ = share_of(found.expected_hits, found.trials, usual)
        _, low, _ = share_of(found.hits, found.trials, usual)
        _, _, high = share_of(found.hits * found.trials / (found.hits + found.others), found.trials, usual)
        told.append(Fitted(name, "", share, low, high, "share", found.trials, None, usual))
        source = f"{found.hits} of {found.trials} of which nearly all have ended ({found.open} not yet), "
        source += f"90 % interval {low:.1%} to {high:.1%}"
        written.append(Written(("inflow", key), round(share, 4), source))
    return told, written


def share_of(hits: float, trials: float, usual: float, weight: float = PRIOR_REQUESTS) -> tuple[float, float, float]:
    """A share with its 90 % interval, drawn to a usual one that counts for so many trials (beta-binomial)."""
    alpha, other = hits + weight * usual + 1e-3, trials - hits + weight * (1 - usual) + 1e-3
    return (
        alpha / (alpha + other),
        float(beta.ppf(0.05, alpha, other)),
        float(beta.ppf(0.95, alpha, other)),
    )


def fit_mixes(history: History, scenario: Scenario) -> tuple[list[Fitted], list[Written]]:
    """Mixes of sizes, situations and types, from the last two years of the history."""
    told: list[Fitted] = []
    written: list[Written] = []
    inflow, scheme = scenario.inflow, scenario.scheme
    recent = history.filed > history.last_day - 730
    opens = scenario.windows.opens.isoformat()
    tables: tuple[tuple[str, Int, Sequence[str], dict[str, float]], ...] = (
        ("size_mix", history.band, tuple(scheme.size_bands), inflow.size_shares.at_opening),
        ("situation_mix", history.situation, tuple(scheme.situations), inflow.situation_shares[-1].shares),
        ("pathway_mix", history.pathway, tuple(scheme.pathway_types), inflow.pathway_shares[-1].shares),
    )
    for name, values, codes, usual in tables:
        seen = values[recent & (values >= 0)]
        if len(seen) < ENOUGH:
            continue
        counts = np.bincount(seen, minlength=len(codes)).astype(np.float64)
        shares = {}
        for place, code in enumerate(codes):
            share, low, high = share_of(counts[place], len(seen), usual.get(code, 0.0))
            shares[code] = share
            told.append(Fitted(name, code, share, low, high, "share", len(seen), None, usual.get(code, 0.0)))
        rounded = summing_to_one(shares)
        source = f"{len(seen)} requests of the last two years of the history"
        if name == "size_mix":
            written.append(Written(("inflow", "size_shares"), {"at_opening": rounded, "at_deadline": rounded}, source))
        else:
            key = "situation_shares" if name == "situation_mix" else "pathway_shares"
            written.append(Written(("inflow", key), [{"from": opens, "shares": rounded}], source))
    return told, written


def summing_to_one(shares: dict[str, float], digits: int = 4) -> dict[str, float]:
    """Shares rounded so that they still add up to 1 (largest remainder)."""
    unit = 10**digits
    whole = sum(shares.values())
    scaled = {code: share / whole * unit for code, share in shares.items()}
    floors = {code: math.floor(value) for code, value in scaled.items()}
    short = unit - sum(floors.values())
    order = sorted(scaled, key=lambda code: (floors[code] - scaled[code], code))
    for code in order[:short]:
        floors[code] += 1
    return {code: floors[code] / unit for code in shares}


def fit_companies(history: History, scenario: Scenario) -> tuple[list[Fitted], list[Written]]:
    """How many companies may file: as many as give the distinct ones of a year among its requests.

    Requests that pick one of M companies at random meet M (1 - (1 - 1/M)^N) of them in N requests.
    """
    recent = (history.filed > history.last_day - 365) & (history.company != NOTHING)
    count = int(recent.sum())
    if count < ENOUGH:
        return [], []
    seen = len(np.unique(history.company[recent]))
    pool = _pool(seen, count)
    spread = 1.6 * math.sqrt(seen)
    low, high = _pool(max(seen - spread, 1), count), _pool(min(seen + spread, count - 0.5), count)
    usual = float(scenario.inflow.companies_in_reach)
    told = [Fitted("companies", "", pool, low, high, "companies", count, None, usual)]
    written = [
        Written(
            ("inflow", "companies_in_reach"),
            max(round(min(pool, 1e7)), 1),
            f"{seen} distinct companies in the last {count} requests of a year",
        )
    ]
    return told, written


def _pool(seen: float, count: int) -> float:
    low, high = float(seen), 1e7
    for _ in range(80):
        middle = math.sqrt(low * high)
        met = middle * -math.expm1(count * math.log1p(-1 / max(middle, 1.0001)))
        low, high = (middle, high) if met < seen else (low, middle)
    return high


FITS = (fit_trainees, fit_pathways, fit_lags, fit_ends, fit_mixes, fit_companies)
"""What is fitted of a request, in the order it is told."""
