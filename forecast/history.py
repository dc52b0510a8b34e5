"""Past requests, clean: what calibration, back-test and actuals work on."""

from dataclasses import dataclass, field, fields, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

Int = NDArray[np.int64]

NOTHING = -1
"""What stands for a value that the export does not give."""


@dataclass(frozen=True, eq=False)
class History:
    """Requests in the order of their filing; arrays are int64 (requests,), NOTHING where the export is silent.

    Attributes:
        branches: codes of the branches, in the order of the scenario.
        first_day, last_day: ordinal days that the export covers.
        row: the request's row in the export.
        filed: ordinal day.
        branch, band, situation, pathway: indices into the scenario's tables.
        company: a number of our own.
        trainees: at least 1.
        hours_hundredths: of one trainee.
        cost_cents: of the request.
        committed_cents, paid_cents: where the export gives them.
        status: index into `forecast.names.STATUSES`.
        decided, started, done, paid: ordinal days.
    """

    branches: tuple[str, ...]
    first_day: int
    last_day: int
    row: Int = field(repr=False)
    filed: Int = field(repr=False)
    branch: Int = field(repr=False)
    band: Int = field(repr=False)
    situation: Int = field(repr=False)
    pathway: Int = field(repr=False)
    company: Int = field(repr=False)
    trainees: Int = field(repr=False)
    hours_hundredths: Int = field(repr=False)
    cost_cents: Int = field(repr=False)
    committed_cents: Int = field(repr=False)
    paid_cents: Int = field(repr=False)
    status: Int = field(repr=False)
    decided: Int = field(repr=False)
    started: Int = field(repr=False)
    done: Int = field(repr=False)
    paid: Int = field(repr=False)

    def __len__(self) -> int:
        """How many requests."""
        return len(self.filed)

    def chosen(self, which: NDArray[np.bool_] | Int | slice, **changes: object) -> "History":
        """Some of the requests; the days covered stay as they are unless changed."""
        arrays = {
            one.name: getattr(self, one.name)[which]
            for one in fields(self)
            if isinstance(getattr(self, one.name), np.ndarray)
        }
        # The checker cannot tell by name that each array goes back to the field it was taken from.
        return replace(self, **arrays, **changes)  # type: ignore[arg-type]

    def up_to(self, day: date) -> "History":
        """What was known at the end of a day: requests filed by then, without what was dated later.

        A status says what a request came to: it is known only where no date of the request lies after the day.
        """
        last = day.toordinal()
        part = self.chosen(self.filed <= last, last_day=min(self.last_day, last))
        later = {name: getattr(part, name) > last for name in ("decided", "started", "done", "paid")}
        dates: dict[str, Int] = {name: np.where(hidden, NOTHING, getattr(part, name)) for name, hidden in later.items()}
        unknown = np.logical_or.reduce(list(later.values()))
        return replace(
            part,
            decided=dates["decided"],
            started=dates["started"],
            done=dates["done"],
            paid=dates["paid"],
            status=np.where(unknown, NOTHING, part.status),
            committed_cents=np.where(later["decided"], NOTHING, part.committed_cents),
            paid_cents=np.where(later["paid"], NOTHING, part.paid_cents),
        )
