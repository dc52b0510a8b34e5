"""The columns of a sheet of the planner's workbook."""

from scenarios.workbook_shapes import LAW_FIELDS, Distributions, Kind, Records, Settings, Shares, Sheet


def columns_of(sheet: Sheet) -> dict[str, Kind]:
    """The columns of a sheet with their kinds, without the sources."""
    match sheet:
        case Settings():
            return {"key": "text", "value": "text"}
        case Distributions():
            return {"key": "text", "kind": "text", **dict.fromkeys(LAW_FIELDS, "number")}
        case Shares():
            dates: dict[str, Kind] = {"from": "date", "until": "date"} if sheet.dated else {}
            return {sheet.naming: "text", "set": "text", **dates, "code": "text", sheet.value: "number"}
        case Records():
            return sheet.columns
