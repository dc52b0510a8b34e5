"""A question in a notebook: a checked scenario, and what was changed of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from enveloppe.notebook.given import change_texts
from scenarios.loading import Loaded
from scenarios.loading import load as load_scenario
from scenarios.scenario import Scenario

SHOWN = ("name", "envelope_eur", "target_pathways", "runs", "seed", "committee.policy")


@dataclass(frozen=True, eq=False, repr=False)
class Question:
    """A scenario that is ready to be run.

    Attributes:
        source: the shipped name or the file that it was read from.
        loaded: the scenario with the source of every value.
    """

    source: str
    loaded: Loaded

    @property
    def scenario(self) -> Scenario:
        """The checked scenario."""
        return self.loaded.scenario

    def changed(self, changes: Mapping[str, Any]) -> "Question":
        """The same question with other values.

        Args:
            changes: values by dotted key, as `--set`: {"envelope_eur": 120_000_000, "committee.policy": "fixed"}.

        Raises:
            InputRefused: with every problem.
        """
        given = tuple(f"{key}={value}" for key, value in self.loaded.overrides.items())
        return read(self.source, given, changes)

    def table(self) -> list[dict[str, Any]]:
        """Every value with its unit, its source and its place; `pandas.DataFrame` takes it as it is."""
        return [
            {
                "key": entry.key,
                "value": entry.value,
                "unit": entry.unit,
                "kind": entry.kind,
                "source": entry.source,
                "place": str(entry.place),
            }
            for entry in self.loaded.register
        ]

    def __repr__(self) -> str:
        """Name, hash, runs, seed, policy and what was changed, on one line."""
        one = self.scenario
        changed = f", changed={', '.join(self.loaded.overrides)}" if self.loaded.overrides else ""
        told = f"Question({one.name!r}, {self.loaded.hash[:12]}, runs={one.runs}, seed={one.seed}"
        return f"{told}, policy={one.committee.policy!r}{changed})"

    def _repr_html_(self) -> str:
        changed = set(self.loaded.overrides)
        rows = [row for row in self.table() if row["key"] in SHOWN or row["key"] in changed]
        cells = "".join(
            f"<tr><td><code>{escape(row['key'])}</code></td><td>{escape(str(row['value']))}</td>"
            f"<td>{escape(row['source'])}</td></tr>"
            for row in rows
        )
        title = escape(self.scenario.title_fr if self.scenario.language == "fr" else self.scenario.title_en)
        return f"<p><b>{title}</b> ({escape(self.loaded.hash[:12])})</p><table>{cells}</table>"


def read(source: str, given: tuple[str, ...], changes: Mapping[str, Any]) -> Question:
    """Read a question under overrides, then changes."""
    return Question(source, load_scenario(source, (*given, *change_texts(changes))))
