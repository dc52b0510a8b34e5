"""The State-aid ceiling: what one company may be committed in all, by the day's rule."""

from collections.abc import Iterable

from scenarios.calendar import DAY


class CompanyAid:
    """Aid committed to each company so far in a run, gross of what is released later: aid granted is aid."""

    def __init__(self, ceiling_of_day: tuple[int | None, ...], granted: Iterable[int] = ()) -> None:
        self._ceiling_of_day = ceiling_of_day
        self._granted = dict(enumerate(granted))

    def allows(self, company: int, cents: int, minute: int) -> bool:
        """Whether a company may be committed so much more at a minute."""
        ceiling = self._ceiling_of_day[minute // DAY]
        return ceiling is None or self._granted.get(company, 0) + cents <= ceiling

    def grant(self, company: int, cents: int) -> None:
        """Count a commitment."""
        self._granted[company] = self._granted.get(company, 0) + cents
