"""The constraints of the plan: the list is the table of contents, and the order of the rows."""

from optimiser.constraints.branch_caps import branch_caps
from optimiser.constraints.branch_floors import branch_floors
from optimiser.constraints.envelope import envelope
from optimiser.constraints.group_floors import group_floors
from optimiser.constraints.line_money import line_money
from optimiser.constraints.mean_cost_cap import mean_cost_cap
from optimiser.constraints.mix_bounds import mix_bounds
from optimiser.constraints.patience import patience
from optimiser.constraints.waiting_balance import waiting_balance
from optimiser.row import Constraint

CONSTRAINTS: tuple[Constraint, ...] = (
    waiting_balance,
    patience,
    line_money,
    envelope,
    branch_caps,
    branch_floors,
    group_floors,
    mix_bounds,
    mean_cost_cap,
)
