"""Naive rivals and a well-kept library, forecasting the same months from the same history."""

import warnings
from collections.abc import Callable
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Float = NDArray[np.float64]

Rival = Callable[[Float, int, Float, int, int, Generator], Float]
"""(series (n, months), first month of the year 0-11, season (12,), months ahead, draws, luck) -> (draws, n, ahead)."""


def last_year(series: Float, first: int, season: Float, ahead: int, draws: int, luck: Generator) -> Float:
    """The same month of last year, as wide as years have differed; with less than a year, the last month."""
    months = series.shape[1]
    lag = 12 if months >= 12 else 1
    index = [months - lag + step % lag for step in range(ahead)]
    centre = series[:, index]
    errors = series[:, lag:] - series[:, :-lag]
    return _around(centre, errors, draws, luck)


def moving_average(series: Float, first: int, season: Float, ahead: int, draws: int, luck: Generator) -> Float:
    """The mean of the last twelve months (or of all there are), as wide as it has missed so far."""
    months = series.shape[1]
    width = min(12, months)
    centre = np.repeat(series[:, -width:].mean(axis=1)[:, None], ahead, axis=1)
    sums = np.cumsum(np.pad(series, ((0, 0), (1, 0))), axis=1)
    starts = np.arange(min(3, months - 1), months)
    means = np.stack([(sums[:, at] - sums[:, max(at - 12, 0)]) / min(at, 12) for at in starts], axis=1)
    return _around(centre, series[:, starts] - means, draws, luck)


def plain_poisson(series: Float, first: int, season: Float, ahead: int, draws: int, luck: Generator) -> Float:
    """One rate for all years times the season of the base scenario; nothing but the luck of counting."""
    months = series.shape[1]
    past = season[(first + np.arange(months)) % 12]
    coming = season[(first + months + np.arange(ahead)) % 12]
    rate = series.sum(axis=1) / past.sum()
    mean = np.maximum(rate[:, None] * coming, 1e-9)
    return np.asarray(luck.poisson(mean, (draws, *mean.shape)), dtype=np.float64)


def _around(centre: Float, errors: Float, draws: int, luck: Generator) -> Float:
    spread = np.sqrt((errors**2).mean(axis=1)) if errors.shape[1] else np.zeros(len(centre))
    spread = np.maximum(spread, np.sqrt(np.maximum(centre.mean(axis=1), 0.25)))
    noise = luck.standard_normal((draws, *centre.shape)) * spread[:, None]
    return np.asarray(np.maximum(centre + noise, 0.0), dtype=np.float64)


def library_known() -> bool:
    """Whether the forecasting library is installed (statsmodels; the extra `forecast`)."""
    return find_spec("statsmodels") is not None


_FORMS = tuple(
    (trend, seasonal, base) for base in (True, False) for trend in (None, "add") for seasonal in (None, "add")
)
"""Forms of exponential smoothing that are tried: trend (damped), season of its own, the base scenario's season taken
out first. The least AICc is taken."""


def exponential_smoothing(series: Float, first: int, season: Float, ahead: int, draws: int, luck: Generator) -> Float:
    """statsmodels' exponential smoothing of the logarithm, its form chosen by AICc, its own simulation.

    It may use the base scenario's season, as our own model may; a season of its own is tried from two years on, as the
    library needs them.

    Source: Hyndman, Koehler, Ord and Snyder (2008), "Forecasting with Exponential Smoothing".
    """
    out = np.zeros((draws, len(series), ahead))
    usual = np.maximum(12 * season / max(season.sum(), 1e-9), 1e-3)
    for place, one in enumerate(series):
        months = (first + np.arange(len(one) + ahead)) % 12
        best = None
        for trend, seasonal, base in _FORMS:
            if (seasonal and len(one) < 25) or (seasonal and base):
                continue
            scale = usual[months] if base else np.ones(len(months))
            fit = _smoothed(np.log((one + 0.5) / scale[: len(one)]), trend, seasonal)
            if fit is not None and (best is None or fit.aicc < best[0].aicc):
                best = (fit, scale[len(one) :])
        if best is None:
            out[:, place] = last_year(series[place : place + 1], first, season, ahead, draws, luck)[:, 0]
            continue
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            drawn = best[0].simulate(ahead, anchor="end", repetitions=draws, rng=luck)
        out[:, place] = np.exp(np.clip(np.asarray(drawn).T, -5, 20)) * best[1] - 0.5
    return np.maximum(out, 0.0)


def _smoothed(logs: Float, trend: str | None, seasonal: str | None) -> Any:
    """One form fitted; None where the library finds no fit."""
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel

    periods = 12 if seasonal else None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            model = ETSModel(
                logs, error="add", trend=trend, damped_trend=bool(trend), seasonal=seasonal, seasonal_periods=periods
            )
            fit = model.fit(disp=False, maxiter=200)
        except (ValueError, np.linalg.LinAlgError, FloatingPointError):
            return None
    return fit if np.isfinite(fit.aicc) else None


NAIVE: dict[str, Rival] = {"last_year": last_year, "moving_average": moving_average, "plain_poisson": plain_poisson}
"""The naive rivals, in the order they are told."""
LIBRARY = "exponential_smoothing"
