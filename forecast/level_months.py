"""Months of a history under known spreads: everything is jointly normal, in closed form.

The log rate of a month = level + trend * time + season + its year + common factor. The first four are linear in few
coefficients with normal priors; the factor is an AR(1); what counting adds is normal noise of known variance.

Source: Rasmussen and Williams (2006), "Gaussian Processes for Machine Learning", section 2.7, equations 2.41 to 2.43.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float64]
Int = NDArray[np.int64]

LEVEL_SD = 3.0
"""Standard deviation of the level's prior (log)."""
TREND_AT = 1
SEASON_AT = slice(2, 13)
"""Coefficients: the level, the trend of a year, eleven contrasts of the season, then one a year."""
_BEFORE_YEARS = 13
FADING = 0.8
"""What is left of the trend from month to month after the last one counted: a straight line goes on for too long.

Source: Gardner and McKenzie (1985), "Forecasting trends in time series", Management Science 31 (damped trend)."""


def gone_on(beyond: Int) -> Float:
    """How many months of trend are lived through so many months (from 0 on) after the last one counted."""
    steps = np.cumsum(np.cumprod(np.full(int(beyond.max(initial=0)), FADING)))
    return np.concatenate([[0.0], steps])[beyond]


def _contrasts() -> Float:
    """Eleven orthonormal contrasts of twelve months, float64 (12, 11) (Helmert's)."""
    out = np.zeros((12, 11))
    for column in range(11):
        out[: column + 1, column] = 1.0
        out[column + 1, column] = -(column + 1.0)
        out[:, column] /= np.sqrt((column + 1.0) * (column + 2.0))
    return out


CONTRASTS = _contrasts()


@dataclass(frozen=True, eq=False)
class Months:
    """The months counted on.

    Attributes:
        first: number of the first month of the history.
        years: the calendar years of the history.
        used: int64 (used,), places of the months counted on.
        response, noise: float64 (used,), the log rate of each and its variance beyond the common factor.
        base_season: float64 (12,), the log season of the base scenario, mean 0.
        centre: what the prior of the level is centred on.
    """

    first: int
    years: tuple[int, ...]
    used: Int
    response: Float
    noise: Float
    base_season: Float
    centre: float

    def design(self, places: Int) -> Float:
        """How months depend on the coefficients: float64 (places, coefficients); a year not seen has no part, and the
        trend fades after the last month."""
        number = self.first + places
        middle, last = (self.used.mean(), self.used[-1]) if len(self.used) else (0.0, 0)
        time = np.minimum(places, last) + gone_on(np.maximum(places - last, 0))
        of_year = (number // 12)[:, None] == np.asarray(self.years, dtype=np.int64)[None, :]
        return np.column_stack([np.ones(len(places)), (time - middle) / 12, CONTRASTS[number % 12], of_year])

    def season(self, places: Int) -> Float:
        """The base scenario's log season of months."""
        return self.base_season[(self.first + places) % 12]


@dataclass(frozen=True, eq=False)
class Factor:
    """The months under one spread and stickiness of the common factor.

    Attributes:
        months: the months.
        spread, stay: of the factor (log).
        wander: standard deviation of the level's own step from month to month (log), which does not come back.
        inverse: float64 (used, used), of factor and noise together.
        log_root: half of the logarithm of their determinant.
        design, weighed: float64 (used, coefficients), the design, and the inverse times it.
    """

    months: Months
    spread: float
    stay: float
    wander: float
    inverse: Float
    log_root: float
    design: Float
    weighed: Float

    def together(self, rows: Int, columns: Int) -> Float:
        """Covariance of factor and wandering level between months."""
        return _together(self.spread, self.stay, self.wander, rows, columns)

    def left(self, drawn_to: float) -> Float:
        """What level, trend, season and years are to explain, float64 (used,)."""
        months = self.months
        return months.response - months.centre - drawn_to * months.season(months.used)


def _together(spread: float, stay: float, wander: float, rows: Int, columns: Int) -> Float:
    lag = np.abs(rows[:, None] - columns[None, :])
    powers = np.where(lag == 0, 1.0, np.round(stay ** np.maximum(lag, 1), 12))
    steps = np.minimum(rows[:, None], columns[None, :])
    return np.asarray(spread**2 * powers + wander**2 * steps, dtype=np.float64)


def factor_of(months: Months, spread: float, stay: float, wander: float) -> Factor:
    """The months under one spread and stickiness of the factor, and one wandering of the level."""
    cov = _together(spread, stay, wander, months.used, months.used) + np.diag(months.noise)
    inverse = np.linalg.inv(cov)
    inverse = (inverse + inverse.T) / 2
    log_root = float(np.linalg.slogdet(cov)[1]) / 2
    design = months.design(months.used)
    return Factor(months, spread, stay, wander, inverse, log_root, design, inverse @ design)


def precision(freedom: float, trend: float, year_cov: Float) -> tuple[Float, float]:
    """The prior's precision of the coefficients, and half of the logarithm of its determinant."""
    size = _BEFORE_YEARS + len(year_cov)
    out = np.zeros((size, size))
    variances = np.concatenate([[LEVEL_SD**2, trend**2], np.full(11, freedom**2)])
    out[range(_BEFORE_YEARS), range(_BEFORE_YEARS)] = 1 / variances
    out[_BEFORE_YEARS:, _BEFORE_YEARS:] = np.linalg.inv(year_cov)
    return out, -float(np.log(variances).sum() + np.linalg.slogdet(year_cov)[1]) / 2


@dataclass(frozen=True, eq=False)
class Given:
    """The normal law of everything, given spreads and freedoms.

    Attributes:
        factor: the months.
        drawn_to: part of the base's season.
        mean, root: float64 (coefficients,) and (coefficients, coefficients): posterior mean of the coefficients, and a
            root of their covariance.
    """

    factor: Factor
    drawn_to: float
    mean: Float
    root: Float

    @cached_property
    def _left(self) -> Float:
        return self.factor.left(self.drawn_to)

    def _ahead(self, places: Int) -> tuple[Float, Float, Float]:
        """Design, what each month counted on weighs in the factor, and what of the factor stays open."""
        factor = self.factor
        across = factor.together(places, factor.months.used)
        gain = across @ factor.inverse
        return factor.months.design(places), gain, factor.together(places, places) - gain @ across.T

    def _base(self, places: Int) -> Float:
        months = self.factor.months
        return months.centre + self.drawn_to * months.season(places)

    def about(self, places: Int) -> tuple[Float, Float]:
        """Mean and covariance of the log rate of months, counted from the first; a year not seen counts as usual."""
        design, gain, open_factor = self._ahead(places)
        mean = self._base(places) + design @ self.mean + gain @ (self._left - self.factor.design @ self.mean)
        moved = (design - gain @ self.factor.design) @ self.root
        return mean, open_factor + moved @ moved.T

    def coefficients(self, normal: Float) -> Float:
        """Draws of the coefficients from standard normals, both float64 (draws, coefficients)."""
        return self.mean + normal @ self.root.T

    def rates(self, places: Int, coefficients: Float, normal: Float) -> Float:
        """Draws of the log rate of months: float64 (draws, places), given coefficients and standard normals."""
        design, gain, open_factor = self._ahead(places)
        root = np.linalg.cholesky(open_factor + 1e-10 * np.eye(len(places)))
        mean = coefficients @ design.T + (self._left - coefficients @ self.factor.design.T) @ gain.T
        return self._base(places) + mean + normal @ root.T


def given(factor: Factor, freedom: float, drawn_to: float, trend: float, year_mean: Float, year_cov: Float) -> Given:
    """Condition the coefficients on the months.

    Args:
        factor: the months under one spread and stickiness.
        freedom, drawn_to, trend: of the season and the trend.
        year_mean, year_cov: prior of the years.

    Returns:
        Given.
    """
    before, _ = precision(freedom, trend, year_cov)
    usual = np.concatenate([np.zeros(_BEFORE_YEARS), year_mean])
    cov = np.linalg.inv(before + factor.design.T @ factor.weighed)
    cov = (cov + cov.T) / 2
    mean = usual + cov @ (factor.weighed.T @ (factor.left(drawn_to) - factor.design @ usual))
    return Given(factor, drawn_to, mean, np.asarray(np.linalg.cholesky(cov), dtype=np.float64))


@dataclass(frozen=True, eq=False)
class Priors:
    """Every setting and prior of years that is weighed.

    Attributes:
        precision: float64 (settings, ranges, coefficients, coefficients).
        log_root: float64 (settings, ranges), half of the logarithm of its determinant.
        left: float64 (settings, ranges, used), what is to be explained beyond the priors' means.
    """

    precision: Float
    log_root: Float
    left: Float


def priors_of(
    months: Months, settings: tuple[tuple[float, float, float], ...], years: tuple[tuple[Float, Float], ...]
) -> Priors:
    """Lay out the priors.

    Args:
        months: the months.
        settings: (freedom of the season, part of the base's, freedom of the trend).
        years: mean and covariance of the years, by range of the branches' dispersion.

    Returns:
        Priors.
    """
    found = [[precision(freedom, trend, cov) for _, cov in years] for freedom, _, trend in settings]
    of_years = months.design(months.used)[:, _BEFORE_YEARS:]
    means = np.stack([of_years @ mean for mean, _ in years])
    season = months.season(months.used)
    left = months.response - months.centre - np.asarray([one[1] for one in settings])[:, None] * season
    return Priors(
        np.asarray([[one for one, _ in row] for row in found]),
        np.asarray([[root for _, root in row] for row in found]),
        left[:, None, :] - means,
    )


def log_likelihoods(factor: Factor, priors: Priors, shock_sd: float, shock_chance: float) -> Float:
    """Log marginal likelihood of every setting and prior of years, without a shock and with one in each month.

    A month's own variance added to a covariance changes the likelihood by what the others say of it (equations 5.10 to
    5.12 of the source), so that each month's shock costs a few operations.

    Args:
        factor: the months under one spread and stickiness.
        priors: settings and years.
        shock_sd, shock_chance: how far a shock lies off (log), and how probable it is in any month.

    Returns:
        float64 (settings, ranges, 1 + used).
    """
    left = priors.left
    out = np.zeros((*left.shape[:2], 1 + left.shape[2]))
    inside = priors.precision + factor.design.T @ factor.weighed
    cov = np.linalg.inv(inside)
    straight, sums = left @ factor.inverse, left @ factor.weighed
    after = (cov @ sums[..., None])[..., 0]
    out[..., 0] = (
        -0.5 * ((straight * left).sum(axis=-1) - (sums * after).sum(axis=-1))
        - factor.log_root
        + priors.log_root
        - 0.5 * np.linalg.slogdet(inside)[1]
    )
    alone = np.diag(factor.inverse) - ((factor.weighed @ cov) * factor.weighed).sum(axis=-1)
    off = straight - after @ factor.weighed.T
    wider = 1 + shock_sd**2 * np.maximum(alone, 0)
    change = -0.5 * np.log(wider) + 0.5 * shock_sd**2 * off**2 / wider
    out[..., 1:] = out[..., :1] + change + np.log(shock_chance / (1 - shock_chance))
    return out
