"""The simulated committee: when it sits, how it decides."""

from pydantic import Field

from scenarios.policies import Policy as Policy
from scenarios.settings import Code, Day, Settings, Share


class Fungibility(Settings):
    """What a committee may move: the share of a line's open money that may leave at one date."""

    movable_share: Share
    giving_branches: tuple[Code, ...] | None = Field(default=None, min_length=1)
    """The branches whose lines may give; all where none is named."""
    floor_share: Share = 0.0
    """What a line keeps at least of what it was notified, whatever of it is free."""


class Committee(Settings):
    """When the committee sits and how it decides."""

    policy: Policy
    rivals: tuple[Policy, ...] = ()
    """Policies lived through on the same luck, to be compared with `policy`; the policy itself is no rival."""
    dates: tuple[Day, ...] = ()
    reserve_share: Share = 0.0
    over_programming_share: Share = 0.0
    """How far commitments on a line may exceed what it was notified, in expectation of releases."""
    fungibility: Fungibility

    @property
    def policies(self) -> tuple[Policy, ...]:
        """The policy, then its rivals, each once."""
        return tuple(dict.fromkeys((self.policy, *self.rivals)))
