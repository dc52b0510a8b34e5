"""Working time: when work begun now will be done, if officers work in office minutes of working days only."""

import numpy as np

from scenarios.calendar import DAY, Calendar
from sim.ground import NEVER


class OfficeHours:
    """The map between minutes and working minutes of a calendar."""

    def __init__(self, calendar: Calendar) -> None:
        self._opens = calendar.office_opens
        self._length = calendar.office_closes - calendar.office_opens
        self._worked_days = np.flatnonzero(calendar.working).tolist()
        worked = np.concatenate([[0], np.cumsum(calendar.working)]) * self._length
        self._before_day: list[int] = worked.tolist()
        self._working: list[bool] = calendar.working.tolist()

    def worked(self, minute: int) -> int:
        """Working minutes from the opening to a minute."""
        day = minute // DAY
        if day >= len(self._working):
            return self._before_day[-1]
        if not self._working[day]:
            return self._before_day[day]
        return self._before_day[day] + min(max(minute % DAY - self._opens, 0), self._length)

    def minute_after(self, worked: int) -> int:
        """The first minute at which so many working minutes (at least 1) have passed; NEVER past the calendar."""
        number, rest = divmod(worked - 1, self._length)
        if number >= len(self._worked_days):
            return NEVER
        return self._worked_days[number] * DAY + self._opens + rest + 1
