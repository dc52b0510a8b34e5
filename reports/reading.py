"""Reading findings: every value keeps the place it was read from, so that a page can be checked against it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Raw = int | float | str | bool

_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


@dataclass(frozen=True)
class Found:
    """A value of the findings and the place it stands at.

    Attributes:
        path: as in `simulation.kpis.pathways_net.mean` or `plan.lines[3].pathways`; "" is the whole.
        value: the JSON value.
    """

    path: str
    value: Any

    def get(self, path: str) -> "Found | None":
        """The value below this one, or None where the findings have none.

        Args:
            path: dotted, `[n]` for the n-th of a list.
        """
        value = self.value
        for name, index in _STEP.findall(path):
            if name:
                if not isinstance(value, Mapping) or name not in value:
                    return None
                value = value[name]
            else:
                if not isinstance(value, list) or int(index) >= len(value):
                    return None
                value = value[int(index)]
        return None if value is None else Found(self._joined(path), value)

    def __getitem__(self, path: str) -> "Found":
        """The value below this one; raises MissingFindingError where the findings have none."""
        found = self.get(path)
        if found is None:
            raise MissingFindingError(self._joined(path))
        return found

    def items(self, path: str = "") -> Iterator["Found"]:
        """The entries of a list below this value; none where the findings have no such list."""
        found = self.get(path) if path else self
        if found is not None and isinstance(found.value, list):
            for index, value in enumerate(found.value):
                yield Found(f"{found.path}[{index}]", value)

    def text(self, path: str) -> str:
        """A text below this value, "" where the findings have none."""
        found = self.get(path)
        return "" if found is None else str(found.value)

    def number(self, path: str) -> float | None:
        """A number below this value, or None where the findings have none."""
        found = self.get(path)
        return None if found is None or isinstance(found.value, str) else float(found.value)

    def _joined(self, path: str) -> str:
        return f"{self.path}.{path}" if self.path and path else self.path or path


class MissingFindingError(Exception):
    """The findings lack a field that every scenario has."""


def whole(findings: Mapping[str, Any]) -> Found:
    """The findings as one readable value."""
    return Found("", findings)
