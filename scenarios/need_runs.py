"""What is asked in many runs, by line and period of the plan: what a plan under uncertainty is made on.

A table of the ground floor: the simulator fills it, the optimiser reads it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float64]

OPTIMISED_RUNS = 2**61
"""The first run that plans under uncertainty are made on; simulated runs number from 0, so that delivery is always
measured on others."""


@dataclass(frozen=True, eq=False)
class NeedRuns:
    """The need of each run: eligible, decided on in time, within company ceilings, with no ceiling of money.

    Attributes:
        pathways: float64 (runs, lines, periods), pathways decided on in the period.
        cents: float64 (runs, lines, periods), their price. Both are whole numbers as they were drawn, and means
            where a source of luck is frozen.
    """

    pathways: Float
    cents: Float

    def __len__(self) -> int:
        """How many runs."""
        return len(self.pathways)
