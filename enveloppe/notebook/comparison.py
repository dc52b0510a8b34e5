"""A comparison in a notebook: differences on common luck, each with its own error."""

from dataclasses import dataclass
from typing import Any

from reports.comparison.document import comparison_document
from reports.fragment import fragment_of


@dataclass(frozen=True, eq=False)
class Comparison:
    """Sides against the first one.

    Attributes:
        found: as docs/comparison.md lays down.
    """

    found: dict[str, Any]

    def table(self) -> list[dict[str, Any]]:
        """One row a side and key figure: the difference from the first side; `pandas.DataFrame` takes it as it is."""
        return [
            {"side": told["side"], "figure": name, **gap}
            for told in self.found["comparisons"]
            for name, gap in told["kpis"].items()
        ]

    def _repr_html_(self) -> str:
        document = comparison_document(self.found, str(self.found["scenario"]["language"]))
        return fragment_of(document, [section.key for section in document.sections if section.key != "glossary"])
