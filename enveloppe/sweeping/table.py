"""One tidy table of a sweep: a row a variant and figure, the varied values in columns."""

import csv
from collections.abc import Iterator, Mapping
from io import BytesIO, StringIO
from typing import Any

from reports.tables import inert

STATISTICS = ("mean", "se", "p5", "p10", "p50", "p90", "p95", "low", "high")
FIRST = ("variant", "folder", "status")
LAST = ("figure", "unit", *STATISTICS)
_PLAN_UNITS = {"pathways": "pathways", "cost_cents": "cents", "objective": ""}


def columns_of(told: Mapping[str, Any]) -> tuple[str, ...]:
    """The columns: who, the varied values, what."""
    return (*FIRST, *(axis["key"] for axis in told["axes"]), *LAST)


def rows_of(told: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows; a figure that a variant does not have makes none, a variant without a plan makes one."""
    for variant in told["variants"]:
        named = {"variant": variant["variant"], "folder": variant["folder"], "status": variant["status"]}
        named |= variant["values"]
        if variant["status"] != "done":
            yield named
            continue
        for name, value in variant["plan"].items():
            yield {**named, "figure": f"plan.{name}", "unit": _PLAN_UNITS[name], "mean": value}
        for name, figures in variant["kpis"].items():
            yield {
                **named,
                "figure": name,
                "unit": figures["unit"],
                **{s: figures[s] for s in STATISTICS if s in figures},
            }


def sweep_csv(told: Mapping[str, Any]) -> str:
    """The table as CSV; texts can never be taken for formulas."""
    text = StringIO()
    columns = columns_of(told)
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([inert(column) for column in columns])
    for row in rows_of(told):
        writer.writerow([_cell(row.get(column)) for column in columns])
    return text.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else inert(value) if isinstance(value, str) else value


def sweep_parquet(told: Mapping[str, Any]) -> bytes:
    """The table as Parquet: numbers as float64, texts as texts, absent where a row has none.

    Raises:
        ImportError: where pyarrow (the extra `parquet`) is not installed.
    """
    import pyarrow as arrow
    import pyarrow.parquet as parquet

    rows = list(rows_of(told))
    table = {}
    for column in columns_of(told):
        values = [row.get(column) for row in rows]
        numeric = all(
            isinstance(value, int | float) and not isinstance(value, bool) for value in values if value is not None
        )
        if column == "variant":
            table[column] = arrow.array(values, arrow.int64())
        elif numeric and column not in FIRST:
            table[column] = arrow.array([None if v is None else float(v) for v in values], arrow.float64())
        else:
            table[column] = arrow.array([None if v is None else str(_cell(v)) for v in values], arrow.string())
    stream = BytesIO()
    parquet.write_table(arrow.table(table), stream, compression="zstd")
    return stream.getvalue()
