"""The live check that no branch is capped under its own floor: the arithmetic of bounds, as far as cells can do it."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reports.workbook.plan_checks import Spots

CENT = 0.01


def caps_formula(spots: "Spots") -> str:
    """Caps of one branch each against the floors of all branches and its own; true where a part of it is not stated.

    The euros of a bound: its own, or a share of the distributable money, or of the branch's headcount share of it.
    """
    sheet, branches = spots["Constraints"], spots["Branches"]
    kind, named, eur = sheet.all("constraint"), sheet.all("branches"), sheet.all("eur")
    share, weight = sheet.all("share"), sheet.all("weight_share")
    codes, employees = branches.all("code"), branches.all("employees")
    envelope = spots["Envelope"].setting("envelope_eur")
    fee, base = (spots["Scheme"].setting(f"scheme.management_fee.{key}") for key in ("fee_share", "base"))
    reserve = spots["Committee"].setting("committee.reserve_share")
    money = f'IF({base}="authorised",{envelope}*(1-{fee}),{envelope}/(1+{fee}))*(1-N({reserve}))'
    headcount = f"SUMIF({codes},{named},{employees})/MAX(1,SUM({employees}))"
    cap = f"({eur}+({share}+{weight}*{headcount})*{money})"

    def everywhere(column: str) -> str:
        return f'SUMPRODUCT(MAX(({kind}="branch_floor")*({named}="")*{column}))'

    def own(column: str) -> str:
        return f'SUMIFS({column},{kind},"branch_floor",{named},{named})'

    floors = (
        everywhere(eur),
        f"{everywhere(share)}*{money}",
        f"{everywhere(weight)}*{headcount}*{money}",
        f"({own(eur)}+({own(share)}+{own(weight)}*{headcount})*{money})"
        # Of several floors of one branch the largest counts, not their sum.
        f'*(COUNTIFS({kind},"branch_floor",{named},{named})=1)',
    )
    under = "+".join(f"({cap}+{CENT}<{floor})" for floor in floors)
    wrong = f'SUMPRODUCT(({kind}="branch_cap")*({named}<>"")*(COUNTIF({codes},{named})=1)*({under}))'
    return f'IF(OR({envelope}="",{fee}="",{base}=""),TRUE,{wrong}=0)'


def caps_hold(spots: "Spots") -> bool:
    """What the formula gives on the values written."""
    values = {name: _values(spots, name) for name in ("Envelope", "Scheme", "Committee")}
    envelope = values["Envelope"].get("envelope_eur")
    fee, base = (values["Scheme"].get(f"scheme.management_fee.{key}") for key in ("fee_share", "base"))
    if envelope is None or fee is None or base is None:
        return True
    reserve = _number(values["Committee"].get("committee.reserve_share"))
    money: float = (envelope * (1 - fee) if base == "authorised" else envelope / (1 + fee)) * (1 - reserve)
    staff = {str(row.get("code")): _number(row.get("employees")) for row in spots["Branches"].rows.rows}
    total = max(1.0, sum(staff.values()))
    rows = spots["Constraints"].rows.rows
    floors = [row for row in rows if row.get("constraint") == "branch_floor"]

    def euros(row: dict[str, Any], code: str) -> float:
        shares = _number(row.get("share")) + _number(row.get("weight_share")) * staff[code] / total
        return _number(row.get("eur")) + shares * money

    for row in rows:
        code = _one(row.get("branches"))
        if row.get("constraint") != "branch_cap" or code not in staff:
            continue
        own = [floor for floor in floors if _one(floor.get("branches")) == code]
        against = [floor for floor in floors if floor.get("branches") is None] + (own if len(own) == 1 else [])
        if any(euros(row, code) + CENT < euros(floor, code) for floor in against):
            return False
    return True


def _values(spots: "Spots", sheet: str) -> dict[str, Any]:
    return {str(row.get("key")): row.get("value") for row in spots[sheet].rows.rows}


def _one(named: Any) -> str:
    """The one branch that a cell names; "" where it names none or several."""
    listed = [named] if isinstance(named, str) else list(named or ())
    return str(listed[0]) if len(listed) == 1 else ""


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
