"""What is doubtful about the hours and costs of an export, and what settles it."""

from reports.catalogue import msg

DOUBTS = {
    "costs_in_cents": msg(
        "Costs are {times} times the committed amounts, on the median of {requests} requests: are they in cents? "
        "Nothing that rests on costs can be trusted until their unit is put right in the export."
    ),
    "committed_in_cents": msg(
        "Committed amounts are {times} times the costs, on the median of {requests} requests: are they in cents? "
        "Nothing that rests on them can be trusted until their unit is put right in the export."
    ),
    "hours_of_request": msg(
        "Hours grow in proportion to trainees over {requests} requests: they look like hours of all trainees together. "
        "If so, write hours_of: request in the column map; if not, hours_of: trainee."
    ),
    "hours_of_trainee": msg(
        "Shared out among the trainees, hours fall as these are more, over {requests} requests: they look like hours "
        "of one trainee. If so, write hours_of: trainee in the column map."
    ),
    "cost_of_trainee": msg(
        "The cost of an hour falls in proportion to trainees over {requests} requests: costs look like those of one "
        "trainee. If so, write cost_of: trainee in the column map; if not, cost_of: request."
    ),
    "hours_far": msg(
        "Mean hours of {requests} requests are {mean}, against {base} in the base scenario: check their unit and whose "
        "they are (hours_of in the column map)."
    ),
    "fee_far": msg(
        "The mean fee an hour of {requests} requests is {mean}, against {base} in the base scenario: check the unit of "
        "costs and whose they are (cost_of in the column map)."
    ),
}
"""By the code of `forecast.doubtful`."""
