"""An answer in a notebook: findings that print as the head of their report."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from enveloppe.folder import held
from enveloppe.pipeline import Trip, write_trip
from reports.document import document_of
from reports.fragment import fragment_of
from scenarios.loading import Loaded
from scenarios.spelling import likely
from sim.per_run import kpis_by_run

SECTIONS = ("trajectory", "decisions")
HEADLINES = ("pathways_net", "need_cents", "committed_cents", "overrun")


@dataclass(frozen=True, eq=False, repr=False)
class Answer:
    """What came of a question.

    Attributes:
        trip: the findings, the plan by line and period, and every run.
    """

    trip: Trip

    @property
    def loaded(self) -> Loaded:
        """The question, with the runs that were lived."""
        return self.trip.loaded

    @property
    def findings(self) -> dict[str, Any]:
        """All that was found out, as docs/findings.md lays down."""
        return self.trip.findings

    @property
    def kpis(self) -> dict[str, dict[str, Any]]:
        """The key figures: {name: {mean, se, p5, ..., unit}}; money in cents."""
        found: dict[str, dict[str, Any]] = self.findings["simulation"]["kpis"]
        return found

    def table(self) -> list[dict[str, Any]]:
        """One row a key figure; `pandas.DataFrame` takes it as it is."""
        return [{"figure": name, **figures} for name, figures in self.kpis.items()]

    def by_run(self, name: str) -> Any:
        """A key figure run by run.

        Args:
            name: of the figure.

        Returns:
            float64 (runs,), NaN in runs where it does not apply; money in cents, whole in every run.

        Raises:
            KeyError: where there is no such figure; the message has the likely one, and all there are.
        """
        figures = kpis_by_run(self.trip.experiment)
        if name not in figures:
            near = likely(name, figures)
            meant = f"did you mean {near!r}? " if near else ""
            raise KeyError(f"no key figure {str(name)[:60]!r}; {meant}there are: {', '.join(figures)}")
        return figures[name][1]

    def save(self, folder: str | Path, language: str | None = None) -> Path:
        """Write what `enveloppe run` writes: findings, runs, tables and reports.

        Args:
            folder: made where it does not exist.
            language: "fr" or "en"; by default the scenario's own.

        Raises:
            FolderInUse, FolderRefused: where it cannot be held.
        """
        place = Path(folder)
        with held(place):
            write_trip(self.trip, self.loaded, place, language or self.loaded.scenario.language, {})
        return place

    def __repr__(self) -> str:
        """Name, policy, runs, and the figures that a report begins with, each with its Monte-Carlo error."""
        scenario = self.loaded.scenario
        head = f"Answer({scenario.name!r}, policy={scenario.committee.policy!r}, runs={scenario.runs})"
        return "\n".join([head, *(_line(name, self.kpis[name]) for name in HEADLINES if name in self.kpis)])

    def _repr_html_(self) -> str:
        return fragment_of(document_of(self.findings, self.loaded.scenario.language), SECTIONS)


def _line(name: str, figures: dict[str, Any]) -> str:
    error = f" (se {figures['se']:.6g})" if "se" in figures else ""
    return f"  {name}: {figures['mean']:.12g}{error} {figures['unit']}"
