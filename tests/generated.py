"""Scenarios and requests that hypothesis makes up: ties, zero delays, empty branches, lines that run out, cuts."""

from hypothesis import strategies as st
from tiny import tiny

from scenarios.scenario import Scenario

STEERING = [
    "[]",
    "[]",
    "[{kind: quota, size_groups: [under_50], max_share: 0.3}]",
    "[{kind: quota, pathway_types: [long], max_share: 0.5}, {kind: priority, by: situation, first: [mutation]}]",
    "[{kind: quota, situations: [ap], max_eur: 9000}, {kind: closing, last_day: 2021-05-31, branches: [metal]}]",
    "[{kind: priority, by: size_group, first: [larger, under_50]}, {kind: closing, last_day: 2021-08-31}]",
    "[{kind: quota, pathway_types: [short], max_share: 0.2}, {kind: quota, size_groups: [larger], max_eur: 0}]",
]
OVERRIDES = st.fixed_dictionaries(
    {
        "envelope_eur": st.sampled_from([0, 1_000, 40_000, 115_000, 10_000_000]),
        "seed": st.integers(0, 10_000),
        "inflow.requests_per_year": st.sampled_from([0, 3, 60, 120]),
        "scheme.price_date": st.sampled_from(["filing", "commitment", "start"]),
        "scheme.management_fee.base": st.sampled_from(["authorised", "committed", "paid"]),
        "desk.discipline": st.sampled_from(["fifo", "small_first"]),
        "desk.decision_lag_days": st.sampled_from(["{kind: constant, at: 0}", "{kind: exponential, mean: 20}"]),
        "parking.blocking": st.sampled_from(["head_blocks", "skip"]),
        "parking.patience_days": st.sampled_from([0, 5, 200]),
        "inflow.start_lag_days": st.sampled_from(["{kind: constant, at: 0}", "{kind: uniform, low: 0, high: 60}"]),
        "inflow.invoice_lag_days": st.sampled_from(["{kind: constant, at: 0}", "{kind: uniform, low: 0, high: 300}"]),
        "payments.year_ceilings": st.sampled_from(
            [
                "[]",
                "[{year: 2021, ceiling_eur: 0}, {year: 2022, ceiling_eur: 9000}]",
                "[{year: 2021, ceiling_eur: 900}, {year: 2022, ceiling_eur: 900}]",
            ]
        ),
        "payments.advance_share": st.sampled_from([0.0, 0.0, 0.3, 1.0]),
        "payments.instalments": st.sampled_from(
            [
                "[]",
                "[{date: 2020-12-01, eur: 900}, {date: 2021-06-15, share: 0.3}, {date: 2022-01-01, share: 0.7}]",
                "[{date: 2021-03-01, share: 0.2}, {date: 2021-03-01, eur: 0.01}, {date: 2021-12-31, eur: 3000}]",
            ]
        ),
        "payments.earlier_commitments": st.sampled_from(
            ["[]", "[{year: 2021, due_eur: 500.01}, {year: 2022, due_eur: 7000}]"]
        ),
        "steering": st.sampled_from(STEERING),
        "inflow.prior_aid_eur": st.sampled_from(["null", "{kind: uniform, low: 0, high: 14_000}"]),
        "committee.over_programming_share": st.sampled_from([0.0, 0.0, 0.05, 1.0]),
        "constraints.commitment_openings": st.sampled_from(
            [
                "[]",
                "[]",
                "[{date: 2020-12-31, share: 0.1}, {date: 2021-04-01, share: 0.3}, {date: 2021-06-15, eur: 20000}]",
                "[{date: 2021-02-01, eur: 9000}, {date: 2021-10-10, share: 1.0}]",
            ]
        ),
        "committee.reserve_share": st.sampled_from([0.0, 0.2, 1.0]),
        "committee.fungibility.movable_share": st.sampled_from([0.0, 0.37, 1.0]),
        "committee.fungibility.floor_share": st.sampled_from([0.0, 0.0, 0.75]),
        "lines": st.sampled_from(["[branch, size_group]", "[situation]", "[branch, size_band, situation, pathway]"]),
        "events.0.amount_eur": st.sampled_from([-1_000, 0, 333.33]),
        "events.0.date": st.sampled_from(["2021-01-01", "2021-04-01", "2021-12-31", "2022-12-31"]),
        "events.1.amount_eur": st.sampled_from([20_000, 0.01]),
    }
)


RULES_CHANGE = st.lists(
    st.sampled_from(
        [
            "{kind: rate_change, date: 2021-05-10, rate_share: 0.3}",
            "{kind: rate_change, date: 2021-06-15, until: 2021-08-01, min_employees: 250, situations: [ap], "
            "regime: temporary, rate_share: 0.1}",
            "{kind: rate_change, date: 2021-01-01, branches: [metal], pathway_types: [long], rate_share: 0.9}",
            "{kind: support_suspended, date: 2021-03-01}",
            "{kind: support_suspended, date: 2021-06-15, until: 2021-07-20}",
            "{kind: support_reopened, date: 2021-07-01}",
            "{kind: support_reopened, date: 2021-09-15, until: 2021-11-30}",
            "{kind: demand_shock, date: 2021-02-01, factor: 3}",
            "{kind: demand_shock, date: 2021-04-01, until: 2021-05-15, factor: 0, branches: [metal, lime]}",
            "{kind: demand_shock, date: 2021-06-15, factor: 5, branches: [paper]}",
            "{kind: officers_change, date: 2021-02-02, officers: 2}",
            "{kind: officers_change, date: 2021-06-15, officers: -1}",
            "{kind: officers_change, date: 2021-09-30, officers: 1}",
            "{kind: envelope_change, date: 2021-06-15, amount_eur: -500, probability: 0.5}",
            "{kind: envelope_change, date: 2021-04-01, amount_eur: 30000, probability: 0.5}",
            "{kind: envelope_change, date: 2021-04-01, amount_eur: 20000, probability: 0.25}",
        ]
    ),
    max_size=6,
    unique=True,
)
"""Dated events of every kind that a life may hold, several at once, some on the day of another."""
STAFFING = st.fixed_dictionaries(
    {
        "desk.officers": st.sampled_from([2, 3]),
        "desk.officer_changes": st.sampled_from(
            ["[]", "[{from: 2021-03-01, officers: 4}, {from: 2021-08-16, officers: 1}]"]
        ),
        "desk.absences": st.sampled_from(
            [
                "[]",
                "[{from: 2021-01-01, until: 2021-02-03, officers: 1}]",
                "[{from: 2021-01-01, until: 2021-01-31, officers: 2}, "
                "{from: 2021-07-14, until: 2021-08-15, officers: 1}]",
            ]
        ),
        "inflow.holidays_subdivision": st.sampled_from(["'57'", "null"]),
    }
)


def eventful(overrides: dict[str, object], events: list[str], staffing: dict[str, object]) -> Scenario:
    """A generated scenario with dated events of any kind, and officers who come and go."""
    money = [
        f"{{kind: envelope_change, date: {overrides['events.0.date']}, amount_eur: {overrides['events.1.amount_eur']}}}"
    ]
    late = {day for day in ("2021-06-15", "2021-03-01") if day in str(overrides["payments.instalments"])}
    money += [f"{{kind: instalment_late, date: {day}, late_days: {40 + len(events)}}}" for day in late]
    kept = {key: value for key, value in sound(overrides).items() if not key.startswith("events.")}
    if kept["envelope_eur"] in (0, 1_000):
        kept["envelope_eur"] = 2_000
    chosen = {**kept, **staffing, "events": "[" + ", ".join([*money, *events]) + "]"}
    return tiny(*(f"{key}={value}" for key, value in chosen.items()))


def sound(overrides: dict[str, object]) -> dict[str, object]:
    """The overrides, without earlier commitments that nothing would be paid from."""
    if overrides["payments.instalments"] == "[]" and overrides["payments.year_ceilings"] == "[]":
        return {**overrides, "payments.earlier_commitments": "[]"}
    return overrides


def generated(overrides: dict[str, object]) -> Scenario:
    overrides = sound(overrides)
    if overrides["envelope_eur"] == 0:
        overrides = {**overrides, "events.0.amount_eur": 0}
    elif overrides["envelope_eur"] == 40_000:
        overrides = {**overrides, "events.0.amount_eur": -40_000}
    return tiny(*(f"{key}={value}" for key, value in overrides.items()))


CUT_MINUTE = 165 * 1440
"""Midnight of 15 June 2021, when tiny's envelope is cut."""
_MINUTES = st.sampled_from([0, CUT_MINUTE - 1, CUT_MINUTE, CUT_MINUTE + 1, 272 * 1440, 273 * 1440, 364 * 1440])
_LAGS = st.sampled_from([0, 0, 1, 1440, 60 * 1440])
TIED = st.lists(
    st.tuples(
        st.fixed_dictionaries(
            {
                "branch": st.sampled_from(["metal", "paper", "lime"]),
                "size_band": st.integers(0, 2),
                "trainees": st.integers(1, 3),
                "company": st.integers(0, 1),
                "hours_hundredths": st.sampled_from([1, 100_000, 1_000_000]),
                "start_minutes": _LAGS,
                "duration_minutes": _LAGS,
                "drop_outs": st.integers(0, 1),
                "executed_basis_points": st.sampled_from([0, 3_333, 10_000]),
                "invoice_minutes": _LAGS,
            }
        ),
        _MINUTES,
    ),
    max_size=25,
)
