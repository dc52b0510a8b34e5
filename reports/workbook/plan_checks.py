"""The live checks of the planner's workbook: formulas that turn false as soon as a value contradicts another."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from reports.workbook.plan_bounds import caps_formula, caps_hold
from scenarios.problems import cell_name
from scenarios.workbook_rows import SheetRows


@dataclass(frozen=True)
class Spot:
    """Where a sheet's values stand.

    Attributes:
        name: the sheet's name, quoted for formulas.
        columns: the machine keys of its columns, in order.
        first, last: its rows of values, from 1; spare ones included.
        rows: what is written there.
        keys: the row of each setting.
    """

    name: str
    columns: tuple[str, ...]
    first: int
    last: int
    rows: SheetRows
    keys: dict[str, int]

    def all(self, column: str, down: int = 0, up: int = 0) -> str:
        """A whole column of values, without its first `down` and its last `up` rows."""
        at = self.columns.index(column) + 1
        top, bottom = cell_name(self.first + down, at), cell_name(self.last - up, at)
        return f"{self.name}!{_fixed(top)}:{_fixed(bottom)}"

    def setting(self, key: str) -> str:
        """The value of a setting."""
        return f"{self.name}!{_fixed(cell_name(self.keys[key], self.columns.index('value') + 1))}"

    def span(self, key: str, down: int = 0, up: int = 0) -> str:
        """The rows of a setting that takes several."""
        last = max(at for name, at in self.keys.items() if name.split("#")[0] == key)
        at = self.columns.index("value") + 1
        return f"{self.name}!{_fixed(cell_name(self.keys[key] + down, at))}:{_fixed(cell_name(last - up, at))}"


Spots = dict[str, Spot]
"""By the English name of the sheet."""


@dataclass(frozen=True)
class Check:
    """One check: its key in the words, the sheet it is about, its formula, what it gives on the values written."""

    key: str
    sheet: str
    formula: Callable[[Spots], str]
    holds: Callable[[Spots], bool] = lambda _: True


def _fixed(cell: str) -> str:
    letters = cell.rstrip("0123456789")
    return f"${letters}${cell[len(letters) :]}"


def _dates(spots: Spots) -> str:
    keys = ("opens", "filing_deadline", "commitment_deadline", "execution_deadline", "last_payment")
    cells = [spots["Envelope"].setting(f"windows.{key}") for key in keys]
    pairs = (f'OR({low}="",{high}="",{low}<={high})' for low, high in itertools.pairwise(cells))
    return f"AND({','.join(pairs)})"


def _envelope(spots: Spots) -> str:
    money = spots["Envelope"].setting("envelope_eur")
    return f'OR({money}="",N({money})+SUM({spots["Events"].all("amount_eur")})>=0)'


def _unique(sheet: str, column: str) -> Callable[[Spots], str]:
    def formula(spots: Spots) -> str:
        cells = spots[sheet].all(column)
        return f'SUMPRODUCT(({cells}<>"")*(COUNTIF({cells},{cells})>1))=0'

    return formula


def _bands(spots: Spots) -> str:
    spot = spots["Categories"]
    return (
        f'SUMPRODUCT(({spot.all("list", down=1)}="size_bands")*({spot.all("list", up=1)}="size_bands")'
        f"*({spot.all('min_employees', down=1)}<>{spot.all('max_employees', up=1)}+1))=0"
    )


def _rates(spots: Spots) -> str:
    rule, amount = spots["Rules"].all("rule"), spots["Rules"].all("amount")
    return f'SUMPRODUCT((({rule}="rate")+({rule}="support_share"))*(({amount}>1)+({amount}<0)))=0'


def _not_after(sheet: str, low: str, high: str) -> Callable[[Spots], str]:
    def formula(spots: Spots) -> str:
        first, last = spots[sheet].all(low), spots[sheet].all(high)
        return f'SUMPRODUCT(({first}<>"")*({last}<>"")*({first}>{last}))=0'

    return formula


def _months(spots: Spots) -> str:
    cells = spots["Demand"].span("inflow.month_weights")
    return f"OR(COUNT({cells})=0,ABS(SUM({cells})-1)<0.000001)"


def _shares(spots: Spots) -> str:
    return f"COUNTIF({spots['Mix'].all('(check)')},FALSE)=0"


def _laws(spots: Spots) -> str:
    spot = spots["Distributions"]
    pairs = (("low", "mode"), ("mode", "high"), ("low", "high"), ("median", "p90"))
    return (
        "+".join(
            f'SUMPRODUCT(({spot.all(low)}<>"")*({spot.all(high)}<>"")*({spot.all(low)}>{spot.all(high)}))'
            for low, high in pairs
        )
        + "=0"
    )


def _meetings(spots: Spots) -> str:
    spot, key = spots["Committee"], "committee.dates"
    later, earlier = spot.span(key, down=1), spot.span(key, up=1)
    return f'SUMPRODUCT(({later}<>"")*({earlier}<>"")*({later}<={earlier}))=0'


def _floors(spots: Spots) -> str:
    spot = spots["Constraints"]
    kind, share, branches = spot.all("constraint"), spot.all("share"), spot.all("branches")
    weight, group = spot.all("weight_share"), spot.all("pathway_share")
    floor = f'SUMPRODUCT(MAX(({kind}="branch_floor")*({branches}="")*{share}))'
    room = f'SUMPRODUCT(MAX(({kind}="branch_cap")*({branches}="")*({share}<>"")*(1-{share})))'
    return (
        f'AND({floor}+{room}<=1,SUMPRODUCT(({kind}="branch_floor")*({branches}="")*({weight}>1))=0,'
        f'SUMPRODUCT(({kind}="group_floor")*{group})<=1)'
    )


def _floors_hold(spots: Spots) -> bool:
    floors: list[float] = [0]
    room: list[float] = [0]
    groups, weights = 0.0, 0.0
    for row in spots["Constraints"].rows.rows:
        everywhere, kind = row.get("branches") is None, row.get("constraint")
        if kind == "branch_floor" and everywhere:
            floors.append(_number(row.get("share")))
            weights = max(weights, _number(row.get("weight_share")))
        elif kind == "branch_cap" and everywhere and row.get("share") is not None:
            room.append(1 - _number(row["share"]))
        elif kind == "group_floor":
            groups += _number(row.get("pathway_share"))
    return max(floors) + max(room) <= 1 and weights <= 1 and groups <= 1


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


CHECKS: tuple[Check, ...] = (
    Check("dates", "Envelope", _dates),
    Check("envelope", "Envelope", _envelope),
    Check("codes", "Branches", _unique("Branches", "code")),
    Check("bands", "Categories", _bands),
    Check("rates", "Rules", _rates),
    Check("periods", "Rules", _not_after("Rules", "from", "until")),
    Check("months", "Demand", _months),
    Check("shares", "Mix", _shares),
    Check("laws", "Distributions", _laws),
    Check("years", "Payments", _unique("Payments", "year")),
    Check("meetings", "Committee", _meetings),
    Check("bounds", "Constraints", _not_after("Constraints", "min_share", "max_share")),
    Check("floors", "Constraints", _floors, _floors_hold),
    Check("caps", "Constraints", caps_formula, caps_hold),
)
"""In the order of the sheets."""


def set_check(row: int, columns: tuple[str, ...], first: int, last: int) -> str:
    """The check of one row of shares: its set adds up to 1.

    Args:
        row: from 1.
        columns: of the sheet.
        first, last: the rows of values, from 1.
    """

    def cells(column: str) -> str:
        at = columns.index(column) + 1
        return f"{_fixed(cell_name(first, at))}:{_fixed(cell_name(last, at))}"

    table, number = (cell_name(row, columns.index(column) + 1) for column in ("table", "set"))
    total = f"SUMPRODUCT(({cells('table')}={table})*({cells('set')}={number})*{cells('share')})"
    return f'IF({table}="","",ABS({total}-1)<0.000001)'
