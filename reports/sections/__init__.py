"""The sections of a report: this list is its table of contents, in reading order."""

from collections.abc import Callable

from reports.blocks import Section
from reports.catalogue import Language
from reports.forecast.back_test import back_test
from reports.reading import Found
from reports.sections.assumptions import assumptions
from reports.sections.binding import binding
from reports.sections.branches import branches
from reports.sections.calibration import calibration
from reports.sections.decision_log import decision_log
from reports.sections.decisions import decisions
from reports.sections.events import events
from reports.sections.fairness import fairness
from reports.sections.flow import flow
from reports.sections.forecast import forecast
from reports.sections.glossary import glossary
from reports.sections.headline import headline
from reports.sections.heat import heat
from reports.sections.leeway import leeway
from reports.sections.method import method
from reports.sections.policy_table import policy_table
from reports.sections.promise import promise
from reports.sections.provenance import provenance
from reports.sections.rivals import rivals
from reports.sections.sensitivity import sensitivity
from reports.sections.since import since
from reports.sections.small_companies import small_companies
from reports.sections.trajectory import trajectory
from reports.sections.under_luck import under_luck
from reports.sections.verdict import verdict
from reports.sections.waiting import waiting
from reports.sections.warnings import warnings
from reports.sections.worth import worth
from reports.sections.years import years

Telling = Callable[[Found, Language], Section | None]
"""One section: findings in, blocks out; None where the findings have nothing to tell."""

SECTIONS: tuple[Telling, ...] = (
    verdict,
    headline,
    forecast,
    back_test,
    trajectory,
    promise,
    decisions,
    branches,
    since,
    heat,
    flow,
    years,
    binding,
    worth,
    leeway,
    small_companies,
    fairness,
    waiting,
    under_luck,
    rivals,
    policy_table,
    sensitivity,
    events,
    decision_log,
    calibration,
    warnings,
    assumptions,
    method,
    glossary,
    provenance,
)


def sections_of(findings: Found, language: Language) -> tuple[Section, ...]:
    """Every section that has something to tell, in reading order."""
    told = (telling(findings, language) for telling in SECTIONS)
    return tuple(section for section in told if section is not None)
