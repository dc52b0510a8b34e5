"""Branches that grow or shrink beside the others, year after year: each branch's own drift, drawn to none.

The logarithm of a branch's part of a year's requests is a straight line with noise: the luck of counting, and good and
bad years. Slopes are normal around 0 with a spread that all branches tell together; most schemes have none, and that is
what is believed beforehand.

Sources: Gelman et al. (2013), "Bayesian Data Analysis", section 5.4 (normal means of unknown spread, on a grid);
Mitchell and Beauchamp (1988), "Bayesian variable selection in linear regression", JASA 83 (a lump of belief at none).
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Float = NDArray[np.float64]

SPREADS = (0.0, 0.03, 0.06, 0.12, 0.2, 0.35, 0.6)
"""Standard deviations of a year's drift between branches (logarithm) that are averaged over; first none."""
NONE_BEFOREHAND = 0.8
"""How probable it is beforehand that no branch drifts."""
LEAST_YEARS = 3
"""Calendar years from which a drift is told from good and bad years."""
LEAST_REQUESTS = 30
"""Requests from which a branch's own drift is looked for."""
CARRIED_YEARS = 2
"""Years beyond the last one seen that a drift goes on for; then parts stay."""
_NOISES = tuple(float(value) for value in np.geomspace(0.0005, 0.4, 20))
"""Variances of a branch's year beyond counting that are averaged over."""
_NOISE_LOG_SD = 1.2


@dataclass(frozen=True, eq=False)
class Drift:
    """What the years say of the branches' drifts.

    Attributes:
        rate: float64 (draws, branches), growth of a year beside the others, in the logarithm; 0 where none is fitted.
        centre: float64 (branches,), the year (a calendar year's number) at which a branch has its usual part.
        last: the last calendar year seen.
        none: probability that no branch drifts.
    """

    rate: Float
    centre: Float
    last: int
    none: float

    @property
    def mean(self) -> Float:
        """Posterior means, float64 (branches,)."""
        return np.asarray(self.rate.mean(axis=0), dtype=np.float64)

    def times(self, year: int) -> Float:
        """What a branch's usual part is multiplied by in a year, draw by draw: float64 (draws, branches)."""
        return np.asarray(np.exp(self.rate * (min(year, self.last + CARRIED_YEARS) - self.centre)), dtype=np.float64)

    def seen(self, years: tuple[int, ...]) -> Float:
        """The same in years of the history, by the mean drift: float64 (branches, years)."""
        return np.asarray(np.exp(self.mean[:, None] * (np.asarray(years) - self.centre[:, None])), dtype=np.float64)


def fit_drift(
    counted: Float, exposed: Float, years: tuple[int, ...], usual: float, draws: int, generator: Generator
) -> Drift:
    """Draw the branches' drifts.

    Args:
        counted: float64 (branches, years), requests.
        exposed: float64 (branches, years), what each year would have brought of a branch whose part never changed, to a
            factor of the branch and one of the year.
        years: calendar years.
        usual: the base scenario's dispersion of a branch's year, which the noise (lognormal prior) is drawn to.
        draws: how many.
        generator: luck.

    Returns:
        Drift; none where there are fewer than `LEAST_YEARS` years or two branches of `LEAST_REQUESTS` requests.
    """
    branches = len(counted)
    weight = exposed / np.maximum(exposed.sum(axis=1, keepdims=True), 1e-300)
    centre = weight @ np.asarray(years, dtype=np.float64)
    nothing = Drift(np.zeros((draws, branches)), centre, years[-1], 1.0)
    mine = counted.sum(axis=1) >= LEAST_REQUESTS
    told = exposed.sum(axis=0) > 0.15 * exposed.sum(axis=0).max()
    if told.sum() < LEAST_YEARS or mine.sum() < 2:
        return nothing
    seen, base = counted[mine][:, told], exposed[mine][:, told]
    at = np.asarray(years, dtype=np.float64)[told]
    # Parts of a year, against those of a year in which none had drifted.
    logs = np.log((seen + 0.5) / seen.sum(axis=0)) - np.log(base / base.sum(axis=0))
    luck = 1 / (seen + 0.5)
    cells = []
    for noise in _NOISES:
        worth = 1 / (luck + noise)
        whole = worth.sum(axis=1)
        middle = (worth @ at) / whole
        off = at - middle[:, None]
        square = (worth * off**2).sum(axis=1)
        slope = (worth * off * logs).sum(axis=1) / square
        level = (worth * logs).sum(axis=1) / whole
        rest = logs - level[:, None] - slope[:, None] * off
        # What all branches do but a large one is no drift of theirs: slopes are told beside the middle one.
        order = np.argsort(slope, kind="stable")
        heavy = np.cumsum(square[order])
        slope = slope - slope[order][int(np.searchsorted(heavy, heavy[-1] / 2))]
        common = (np.log(worth).sum() - np.log(whole).sum() - np.log(square).sum() - (worth * rest**2).sum()) / 2
        common -= (np.log(noise / max(usual, 1e-4)) / _NOISE_LOG_SD) ** 2 / 2
        for spread in SPREADS:
            variance = 1 / square + spread**2
            log = common - (np.log(variance) + slope**2 / variance).sum() / 2
            before = NONE_BEFOREHAND if spread == 0 else (1 - NONE_BEFOREHAND) / (len(SPREADS) - 1)
            trust = spread**2 / variance
            cells.append((log + np.log(before), trust * slope, np.sqrt(trust / square), spread))
    mass = np.asarray([cell[0] for cell in cells])
    mass = np.exp(mass - mass.max())
    mass /= mass.sum()
    chosen = np.minimum(np.searchsorted(np.cumsum(mass), generator.random(draws)), len(cells) - 1)
    mean, sd = (np.stack([cell[place] for cell in cells]) for place in (1, 2))
    normal = generator.standard_normal((draws, int(mine.sum())))
    rate = nothing.rate.copy()
    rate[:, mine] = np.clip(mean[chosen] + sd[chosen] * normal, -1.5, 1.5)
    none = float(sum(one for one, cell in zip(mass, cells, strict=True) if cell[3] == 0))
    return Drift(rate, centre, years[-1], none)
