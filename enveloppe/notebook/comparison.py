"""A comparison in a notebook: differences on common luck, each with its own error."""

from dataclasses import dataclass
from typing import Any

from reports.comparison.document import comparison_document
from reports.fragment import fragment_of

MOST_CHANGES, LONGEST = 4, 60
"""What a line of a plain shell tells of a side."""


@dataclass(frozen=True, eq=False, repr=False)
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

    def __repr__(self) -> str:
        """What is compared, and by how many pathways each side differs from the first."""
        lines = [f"Comparison({self.found['scenario']['name']!r}, sides={len(self.found['comparisons']) + 1})"]
        for told in self.found["comparisons"]:
            gap = told["kpis"].get("pathways_net")
            error = f" (se {gap['se']:.6g})" if gap and "se" in gap else ""
            difference = f": pathways_net {gap['mean']:+.6g}{error}" if gap else ""
            lines.append(f"  {told['side']} {_asked(self.found['sides'][told['side']])}{difference}")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        document = comparison_document(self.found, str(self.found["scenario"]["language"]))
        return fragment_of(document, [section.key for section in document.sections if section.key != "glossary"])


def _asked(side: dict[str, Any]) -> str:
    """A side by its name and what was changed of it."""
    changed = [f"{key}={value}"[:LONGEST] for key, value in side.get("overrides", {}).items()]
    told = ", ".join([*changed[:MOST_CHANGES], *(["…"] if len(changed) > MOST_CHANGES else [])])
    return f"{side['name']!r}" + (f" ({told})" if told else "")
