"""The page of the worked example, set from its results."""

MONEY = 142.5
"""Millions of euros that may be committed: 150 less the management fee of 5 %."""
SURE = 0.9


RUNS = 40


def share(text: str) -> str:
    """A share of the runs; all of them is no certainty."""
    value = float(text)
    return "all runs" if value == 1 else "no run" if value == 0 else f"{value:.0%} of runs"


def page_text(rows: list[dict[str, str]], told: dict[str, float]) -> str:
    """The page in Markdown.

    Args:
        rows: what the engine said at each month end.
        told: totals of the synthetic year.
    """
    first = next((row for row in rows if float(row["probability_need_exceeds_money"]) >= SURE), None)
    announced = (
        f"**It would have announced it at the end of {first['as_of'][:7]}**: the need exceeds the money in "
        f"{share(first['probability_need_exceeds_money'])}, and the money runs out in "
        f"{share(first['probability_exhausted'])}, on {first['exhausted_p50']} on the median. By then "
        f"{first['committed_eur']} M€ were committed. On the opening day, before any request, it would have said "
        f"{share(rows[0]['probability_need_exceeds_money'])}: nobody could know."
        if first
        else "It would never have announced it with a probability of nine in ten."
    )
    table = "\n".join(
        "| {as_of} | {requests_to_date} | {expected_in_january} | {committed_eur} | {need_p5_eur} – **{need_p50_eur}** – "
        "{need_p95_eur} | {need} | {gone} | {exhausted_p50} |".format(
            **row,
            need=share(row["probability_need_exceeds_money"]),
            gone=share(row["probability_exhausted"]),
        )
        for row in rows
    )
    last = str(int(told["last"]))
    return f"""# 2021 as a test of truth: when would the engine have said that the money runs out?

> **The requests of this example are synthetic.** They are one run of the shipped scenario `convention-2i-observed`, whose
> assumptions reach the published totals of 2021. Nobody ever filed them, and no month of them was published. What is
> real: the totals they are made to agree with.

In January 2021 the agreement was announced: 150 M€, 25,000 pathways of 6,000 € each. `docs/worked-2021/january.yaml` says
that and no more: requests for about the money there is, known to a factor of about two, mean hours likewise. Then, month
by month, requests arrive as they may have in 2021: many and short. At each month end the engine is given what had come by
then, and nothing else (`enveloppe run docs/worked-2021/january.yaml --actuals synthetic-2021.csv --as-of ...`).

{announced}

| at the end of | requests so far | expected in January | committed, M€ | need of the whole scheme, M€: P5 – median – P95 | probability that the need exceeds {MONEY} M€ | probability that the money runs out | median date |
|---|---:|---:|---:|---:|---:|---:|---|
{table}

*Synthetic data, {RUNS} runs each: "all runs" says at least nine in ten (Wilson's 95 % interval of {RUNS} of {RUNS} begins
at 91 %); a probability near one half is known to 8 points (standard error).*

In the synthetic year {told["requests"]:,.0f} requests came; {told["pathways"]:,.0f} pathways were asked for and not refused
by the rules (published: 153,400 employees in the annual report); {told["committed"]:.1f} M€ were committed, gross of what was
released again, the last on {last[:4]}-{last[4:6]}-{last[6:]}. The fund really committed 207 M€ in 2021, on money that was
topped up on a date nobody published; here the envelope stays at 150 M€.

## What it shows, and what it does not

- The first month already tells volume and cost apart: six times the requests, at a fifth of the hours. A projection of
  euros alone would have seen neither, since the two nearly cancel.
- The need's interval narrows from month to month, and the interval of each month should hold the later medians nine times
  in ten; where it does not, the model was surer than it should have been. Read the column from top to bottom.
- The year that is lived comes from the engine's own model: season, mix and lags are those of the scenario. Real months
  would have been less obliging. This page tests that the machinery finds what is there, not that 2021 was so.
- January's vagueness (a factor of about two) is an assumption of ours, and so is the split of the year into months.

## Made again

```
python docs/worked-2021/regenerate.py
```

writes `results.csv`, `truth.csv` and this page (some minutes on two cores). `tests/test_worked_2021.py` holds the
page against `results.csv`, and one of its rows against a fresh run. **All requests here are synthetic.**
"""
