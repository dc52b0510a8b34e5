"""One whole question, checked on entry and never changed: a variant is a copy."""

from typing import Annotated, Literal

from pydantic import Field

from scenarios.branch import Branch
from scenarios.branch_status import BranchStatus
from scenarios.calibration import Target
from scenarios.committee import Committee
from scenarios.constraints import Constraints, Planning
from scenarios.desk import Desk, Parking, Payments
from scenarios.events import Event
from scenarios.inflow import Inflow, Windows
from scenarios.scheme import Scheme
from scenarios.settings import Code, Eur, Name, Settings
from scenarios.steering import SteeringRule
from scenarios.sweeping.declaration import Sweep
from scenarios.uncertainty import Uncertainty

SCHEMA = 1

LineAttribute = Literal["branch", "size_group", "size_band", "situation", "pathway"]


class Scenario(Settings):
    """A named question: the scheme, the branches, what may come, and what the committee may do."""

    schema_version: Literal[1] = Field(alias="schema")
    name: Code
    title_fr: Name
    title_en: Name
    language: Literal["fr", "en"]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] = "EUR"
    envelope_eur: Eur
    target_pathways: Annotated[int, Field(ge=0, le=100_000_000)] | None = None
    lines: tuple[LineAttribute, ...] = Field(min_length=1)
    runs: Annotated[int, Field(ge=1, le=1_000_000)]
    seed: Annotated[int, Field(ge=0, le=2**63 - 1)]
    windows: Windows
    scheme: Scheme
    branches: dict[Code, Branch] = Field(min_length=1)
    inflow: Inflow
    desk: Desk
    parking: Parking
    payments: Payments
    committee: Committee
    constraints: Constraints
    planning: Planning
    events: tuple[Event, ...] = ()
    steering: tuple[SteeringRule, ...] = ()
    calibration_targets: tuple[Target, ...] = ()
    uncertainty: Uncertainty = Uncertainty()
    sweep: Sweep | None = None
    """Variants of this question; no part of it (its hash is the same without)."""
    exhaustion_share: Annotated[float, Field(gt=0, le=1)] = 0.5
    """The envelope counts as exhausted when the lines that hold this share of the notified money are."""
    branch_status: BranchStatus = BranchStatus()
