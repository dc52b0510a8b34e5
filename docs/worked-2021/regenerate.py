"""The worked example of 2021, made again: `python docs/worked-2021/regenerate.py` writes results.csv and the page.

The requests are SYNTHETIC: one run of `convention-2i-observed`, the shipped scenario that reaches the published totals
of 2021, written as an export. Nobody ever filed them. Each month end the engine is given what had come by then, and
nothing else.
"""

import csv
import sys
import tempfile
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import numpy as np

from enveloppe.actuals import read_actuals, travel_on
from enveloppe.as_actuals import run_as_actuals
from enveloppe.pipeline import planned
from forecast.column_map import ColumnMap
from scenarios.loading import Loaded, load
from scenarios.opening_money import opening_money

HERE = Path(__file__).parent
TRUTH = (
    "inflow.uncertain.volume={kind: constant, at: 1.0}",
    "inflow.uncertain.hours={kind: constant, at: 1.0}",
    "inflow.uncertain.fee_per_hour={kind: constant, at: 1.0}",
    "inflow.branch_dispersion=0",
    "inflow.common_factor.monthly_sd=0.05",
)
"""The published totals are reached on the mean; the year that is lived keeps near them."""
RUN = 2_021
DAYS = (date(2021, 1, 1), *(date(2021, month + 1, 1) - timedelta(days=1) for month in range(1, 12)))
"""The opening, a holiday on which nothing comes, and the ends of January to November."""
COLUMNS = (
    "as_of", "requests_to_date", "expected_in_january", "committed_eur", "need_p5_eur", "need_p50_eur", "need_p95_eur",
    "probability_need_exceeds_money", "probability_exhausted", "exhausted_p50",
)  # fmt: skip


def actuals_text() -> str:
    """The synthetic export of 2021."""
    truth = planned(load("convention-2i-observed", TRUTH))
    return run_as_actuals(truth.scenario, truth.plan.allocation, RUN)


def row(question: Loaded, file: Path, day: date, jobs: int) -> dict[str, str]:
    """What the engine says at the end of a day."""
    trip = travel_on(question, read_actuals(file, question, ColumnMap(), day), jobs=jobs)
    found = trip.findings
    need = trip.experiment.need.by_line["need_cents"].sum(axis=1)
    money = opening_money(question.scenario).distributable_cents
    ends = found["simulation"]["exhaustion_date"]
    ends_of_need = np.quantile(need, (0.05, 0.5, 0.95), method="inverted_cdf")
    low, middle, high = (round(float(value) / 1e8, 1) for value in ends_of_need)
    return {
        "as_of": day.isoformat(),
        "requests_to_date": str(found["forecast"]["to_date"]["requests"]),
        "expected_in_january": str(round(found["forecast"]["seen"]["expected"])),
        "committed_eur": str(round(found["forecast"]["to_date"]["committed_cents"] / 1e8, 1)),
        "need_p5_eur": str(low),
        "need_p50_eur": str(middle),
        "need_p95_eur": str(high),
        "probability_need_exceeds_money": f"{(need > money).mean():.2f}",
        "probability_exhausted": f"{ends['probability']:.2f}",
        "exhausted_p50": str(ends.get("p50", "")),
    }


def results(days: tuple[date, ...] = DAYS, jobs: int = 2) -> list[dict[str, str]]:
    """One row a month end, in millions of euros."""
    question = load(str(HERE / "january.yaml"))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "synthetic-2021.csv"
        file.write_text(actuals_text(), encoding="utf-8")
        return [row(question, file, day, jobs) for day in days]


def truth_told(text: str) -> dict[str, float]:
    """Totals of the synthetic year, beside which the published ones stand."""
    rows = list(csv.DictReader(StringIO(text)))
    asked = [one for one in rows if one["status"] != "refused"]
    committed = [one for one in rows if one["committed"]]
    money = 0.0
    ran_out = ""
    for one in sorted(committed, key=lambda one: one["decision"]):
        money += float(one["committed"])
        ran_out = one["decision"]
    return {
        "requests": len(rows),
        "pathways": sum(int(one["trainees"]) for one in asked),
        "committed": money / 1e6,
        "committed_pathways": sum(int(one["trainees"]) for one in committed),
        "last": int(ran_out.replace("-", "")),
    }


def csv_text(rows: list[dict[str, str]]) -> str:
    """The rows as they are shipped."""
    text = StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def main() -> None:
    """Write results.csv, truth.csv and the page."""
    text = actuals_text()
    told = truth_told(text)
    rows = results()
    (HERE / "results.csv").write_text(csv_text(rows), encoding="utf-8")
    (HERE / "truth.csv").write_text(
        ",".join(told) + "\n" + ",".join(f"{value:.3f}" for value in told.values()) + "\n", encoding="utf-8"
    )
    sys.path.insert(0, str(HERE))
    from page import page_text

    (HERE.parent / "worked-2021.md").write_text(page_text(rows, told), encoding="utf-8")


if __name__ == "__main__":
    main()
