"""How far a law of the scenario spreads, beside its mean."""

import numpy as np

from scenarios.distributions import Distribution
from scenarios.variates import integer_table


def relative_variance(law: Distribution) -> float:
    """The variance of a law over its squared mean.

    Args:
        law: of a number that is positive on the mean.

    Returns:
        The squared coefficient of variation, of the law's table of equally likely values.
    """
    table = integer_table(law, 10_000).astype(np.float64)
    return float(table.var() / max(table.mean(), 1e-9) ** 2)
