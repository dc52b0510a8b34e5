"""A tree of values as the rows of the planner's workbook: the inverse of `workbook_reading`, without any format."""

from dataclasses import dataclass, field
from typing import Any

from scenarios.sweeping.points import given_text
from scenarios.workbook_cells import quoted
from scenarios.workbook_columns import columns_of
from scenarios.workbook_layout import SHEETS
from scenarios.workbook_shapes import (
    LAW_FIELDS,
    NOTHING,
    SOURCE,
    Distributions,
    Kind,
    Records,
    Settings,
    Shares,
    Sheet,
    Variant,
)
from scenarios.yaml_reading import Node

_EXACT = 15
"""Significant digits that every spreadsheet keeps."""


@dataclass
class SheetRows:
    """What one sheet holds.

    Attributes:
        sheet: which.
        columns: the keys of its columns, sources last.
        rows: cells by column; an absent column is an empty cell.
    """

    sheet: Sheet
    columns: list[str]
    rows: list[dict[str, Any]] = field(default_factory=list)


def workbook_rows(tree: Node) -> list[SheetRows]:
    """The sheets of a scenario.

    Args:
        tree: of a checked scenario, resolved or not; keys outside the layout are not written.

    Returns:
        Every sheet, in the order of the workbook; reading them back gives the same values and sources.
    """
    return [_sheet(sheet, tree) for sheet in SHEETS]


def _sheet(sheet: Sheet, tree: Node) -> SheetRows:
    match sheet:
        case Settings():
            rows = _settings(sheet, tree)
        case Records():
            rows = _records(sheet, tree)
        case Distributions():
            rows = _distributions(sheet, tree)
        case Shares():
            rows = _shares(sheet, tree)
    own = [f"{SOURCE}:{column}" for column in columns_of(sheet) if any(f"{SOURCE}:{column}" in row for row in rows)]
    return SheetRows(sheet, [*columns_of(sheet), SOURCE, *own], rows)


def _at(tree: Node, steps: tuple[str, ...]) -> Node | None:
    node: Node | None = tree
    for step in steps:
        node = node.value.get(step) if node is not None and isinstance(node.value, dict) else None
    return node


def cell_of(node: Node, kind: Kind = "text") -> Any:
    """A value as a cell holds it: exact numbers, texts that cannot be taken for something else."""
    value = node.value
    if kind == "plains" and isinstance(value, list) and value:
        return ", ".join(given_text(part.value) for part in value)
    if value is None or value == []:
        return NOTHING
    if isinstance(value, list):
        return ", ".join(str(part.value) for part in value)
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and float(f"{float(value):.{_EXACT}G}") != value:
        return repr(value)
    return value


def _source_of(node: Node) -> str:
    return NOTHING if node.source is None else quoted(node.source)


def _with_sources(row: dict[str, Any], nodes: dict[str, Node]) -> dict[str, Any]:
    """A row with its source; cells of another source have it in a column of their own."""
    sources = {column: _source_of(node) for column, node in nodes.items()}
    told = [source for source in sources.values() if source != NOTHING]
    main = max(dict.fromkeys(told), key=told.count) if told else NOTHING
    if main != NOTHING:
        row[SOURCE] = main
    for column, source in sources.items():
        if source != main:
            row[f"{SOURCE}:{column}"] = source
    return row


def _settings(sheet: Settings, tree: Node) -> list[dict[str, Any]]:
    rows = []
    for setting in sheet.settings:
        node = _at(tree, tuple(setting.key.split(".")))
        if node is None:
            rows.append({"key": setting.key})
        elif setting.kind in ("dates", "numbers") and node.value:
            for number, part in enumerate(node.value):
                row = {"key": setting.key, "value": cell_of(part)}
                rows.append(row if number else _with_sources(row, {"value": node}))
        else:
            rows.append(_with_sources({"key": setting.key, "value": cell_of(node)}, {"value": node}))
    return rows


def _records(sheet: Records, tree: Node) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    first, *others = sheet.columns
    written: set[tuple[str, ...]] = set()
    for word, variant in sheet.variants.items():
        node = _at(tree, variant.path)
        if node is None or variant.path in written:
            continue
        written.add(variant.path)
        named = {first: word} if word else {}
        if variant.coded:
            for code, inner in node.value.items():
                rows.append(_record({**named, "code": quoted(code)}, variant, inner, sheet.columns))
        elif not node.value:
            rows.append(
                _with_sources({**named, others[0] if word else first: NOTHING}, {others[0] if word else first: node})
            )
        else:
            for inner in node.value:
                own, fitting = _variant_of(sheet, variant.path, inner)
                rows.append(_record({first: own} if own else {}, fitting, inner, sheet.columns))
    return rows


def _variant_of(sheet: Records, path: tuple[str, ...], entry: Node) -> tuple[str, Variant]:
    """The word and the variant of an entry, of those that fill its list."""
    fitting = [(word, variant) for word, variant in sheet.variants.items() if variant.path == path]
    for word, variant in fitting:
        if variant.chosen and variant.chosen[0] in entry.value:
            key, value = variant.chosen
            if entry.value[key].value == value:
                return word, variant
    return fitting[0]


def _record(row: dict[str, Any], variant: Variant, entry: Node, kinds: dict[str, Kind]) -> dict[str, Any]:
    nodes = {column: entry.value[key] for column, key in variant.fields.items() if key in entry.value}
    row.update({column: cell_of(node, kinds[column]) for column, node in nodes.items()})
    if variant.chosen and variant.chosen[0] in entry.value:
        nodes[next(iter(row))] = entry.value[variant.chosen[0]]
    return _with_sources(row, nodes)


def _distributions(sheet: Distributions, tree: Node) -> list[dict[str, Any]]:
    types = _at(tree, ("inflow", "pathways"))
    steps = [tuple(key.split(".")) for key in sheet.keys]
    for code in types.value if types is not None else ():
        steps.extend(("inflow", "pathways", code, part) for part in sheet.by_type)
    rows = []
    for path in steps:
        node = _at(tree, path)
        row: dict[str, Any] = {"key": ".".join(path)}
        if node is not None:
            nodes = {column: node.value[column] for column in ("kind", *LAW_FIELDS) if column in node.value}
            row.update({column: cell_of(inner) for column, inner in nodes.items()})
            row = _with_sources(row, nodes)
        rows.append(row)
    return rows


def _shares(sheet: Shares, tree: Node) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for table in sheet.plain:
        rows.extend(_set(sheet, {sheet.naming: table}, _at(tree, tuple(table.split(".")))))
    for table in sheet.dated:
        node = _at(tree, tuple(table.split(".")))
        for number, entry in enumerate(node.value if node else (), start=1):
            dates = {column: entry.value[column] for column in ("from", "until") if column in entry.value}
            rows.extend(_set(sheet, {sheet.naming: table, "set": number}, entry.value["shares"], dates))
    for table in (*sheet.coded, *sheet.numbered):
        *path, last = table.split(".")
        node = _at(tree, tuple(path))
        if node is None:
            continue
        entries: list[tuple[str | int, Node]] = (
            [(quoted(code), entry) for code, entry in node.value.items()]
            if isinstance(node.value, dict)
            else list(enumerate(node.value, start=1))
        )
        for told, entry in entries:
            rows.extend(_set(sheet, {sheet.naming: table, "set": told}, entry.value.get(last)))
    return rows


def _set(
    sheet: Shares, named: dict[str, Any], numbers: Node | None, dates: dict[str, Node] | None = None
) -> list[dict[str, Any]]:
    """The rows of one set; its dates stand in the first of them."""
    rows = []
    for code, number in (numbers.value if numbers else {}).items():
        told = dates or {}
        row = {**named, **{column: cell_of(node) for column, node in told.items()}}
        row |= {"code": quoted(code), sheet.value: cell_of(number)}
        rows.append(_with_sources(row, {**told, sheet.value: number}))
        dates = None
    return rows
