"""The drop-downs of the planner's workbook: which values a cell may take."""

from typing import Any, get_args

from scenarios.calibration import Quantity
from scenarios.committee import Policy
from scenarios.objective_names import ObjectiveName
from scenarios.relaxation import BoundName, Standing
from scenarios.sweeping.declaration import Method
from scenarios.workbook_layout import CASH, CATEGORIES, CONSTRAINTS, EVENTS, FACTORS, MIX, RULES, STAFF, STEERING
from scenarios.yaml_reading import Node

_FLAG = ("true", "false")

FIXED: dict[str, tuple[str, ...]] = {
    "language": ("fr", "en"),
    "planning.period": ("month", "quarter"),
    "planning.counts": ("net", "committed"),
    "scheme.price_date": ("filing", "commitment", "start"),
    "scheme.pay_support.payer": ("envelope", "other", "none"),
    "scheme.management_fee.base": ("authorised", "committed", "paid"),
    "desk.discipline": ("fifo", "small_first"),
    "parking.blocking": ("head_blocks", "skip"),
    "committee.policy": get_args(Policy),
    "constraints.desk_capacity": _FLAG,
    "planning.returns_serve_waiting": _FLAG,
    "list": tuple(CATEGORIES.variants),
    "rule": tuple(RULES.variants),
    "table": MIX.tables,
    "factors": FACTORS.tables,
    "cash": tuple(CASH.variants),
    "staff": tuple(STAFF.variants),
    "kind": ("constant", "uniform", "triangular", "exponential", "lognormal", "lognormal_quantiles"),
    "constraint": tuple(CONSTRAINTS.variants),
    "objective": get_args(ObjectiveName),
    "bound": get_args(BoundName),
    "standing": get_args(Standing),
    "steering": tuple(STEERING.variants),
    "by": ("size_group", "situation", "pathway"),
    "event": tuple(EVENTS.variants),
    "announced": _FLAG,
    "quantity": get_args(Quantity),
    "sense": ("near", "at_least"),
    "sweep.method": get_args(Method),
    "sweep.rivals": _FLAG,
}
"""By setting or by column."""

_LONGEST = 255
"""Letters that a drop-down may hold. SOURCE: ECMA-376 part 1, 18.3.1.32, as spreadsheets apply it."""


def choices_of(tree: Node) -> dict[str, tuple[str, ...]]:
    """The drop-downs of a scenario: the fixed ones, and the codes that it declares."""
    scheme = _value(tree, "scheme")
    regimes = tuple(_value(scheme, "regimes"))
    groups = tuple(dict.fromkeys(_text(band, "group") for band in _value(scheme, "size_bands").values()))
    declared = {"scheme.regime_choice": (*regimes, "company_best"), "regime": regimes, "size_group": groups}
    every = {**FIXED, **declared}
    return {key: words for key, words in every.items() if words and len(",".join(words)) <= _LONGEST and all(words)}


def _value(found: Any, key: str) -> dict[str, Any]:
    entries = found.value if isinstance(found, Node) else found
    inner = entries.get(key) if isinstance(entries, dict) else None
    return inner.value if inner is not None and isinstance(inner.value, dict) else {}


def _text(band: Node, key: str) -> str:
    inner = band.value.get(key)
    return str(inner.value) if inner is not None else ""
