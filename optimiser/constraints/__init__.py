"""The constraints of the plan: the list is the table of contents, and the order of the rows."""

from optimiser.constraints.branch_caps import branch_caps
from optimiser.constraints.branch_floors import branch_floors
from optimiser.constraints.commitments_by_date import commitments_by_date
from optimiser.constraints.desk_capacity import desk_capacity
from optimiser.constraints.envelope import envelope
from optimiser.constraints.group_floors import group_floors
from optimiser.constraints.instalments import instalments
from optimiser.constraints.line_money import line_money
from optimiser.constraints.mean_cost_cap import mean_cost_cap
from optimiser.constraints.mix_bounds import mix_bounds
from optimiser.constraints.notification_moves import notification_moves
from optimiser.constraints.notification_step import notification_step
from optimiser.constraints.patience import patience
from optimiser.constraints.payments_by_year import payments_by_year
from optimiser.constraints.region_caps import region_caps
from optimiser.constraints.region_floors import region_floors
from optimiser.constraints.returns_serve_waiting import returns_serve_waiting
from optimiser.constraints.served_level import served_level
from optimiser.constraints.service_floor import service_floor
from optimiser.constraints.waiting_balance import waiting_balance
from optimiser.row import Constraint

CONSTRAINTS: tuple[Constraint, ...] = (
    waiting_balance,
    patience,
    line_money,
    envelope,
    commitments_by_date,
    payments_by_year,
    instalments,
    branch_caps,
    branch_floors,
    notification_step,
    group_floors,
    mix_bounds,
    region_floors,
    region_caps,
    service_floor,
    mean_cost_cap,
    desk_capacity,
    returns_serve_waiting,
    served_level,
    notification_moves,
)
