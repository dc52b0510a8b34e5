"""When a branch counts as on course, as short of money, or as one to watch."""

from typing import Annotated

from pydantic import Field

from scenarios.settings import Settings, Share


class BranchStatus(Settings):
    """The bounds that tell a branch's status in reports; they change no figure of the plan or of the simulation."""

    ok_served_share: Share = 0.9
    """On course: at least this share of the pathways asked for is served, ..."""
    ok_risk_share: Share = 0.35
    """... and money runs out in at most this share of runs."""
    short_served_share: Share = 0.75
    """Short of money: less than this share is served, or money runs out early (below), ..."""
    short_risk_share: Share = 0.6
    """... and money runs out in more than this share of runs."""
    short_early_days: Annotated[int, Field(ge=0, le=3650)] | None = None
    """Early: the median date is at least so many days before requests close; never where it is not given."""
