"""The plan under other envelopes, and what it leaves to the committee, as the report tells them."""

import pytest
from report_findings import tiny

from reports.blocks import Line, Paragraph, Shown, Strong, Table
from reports.catalogue import language_of
from reports.reading import whole
from reports.sections.leeway import leeway
from reports.sections.worth import worth


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_worth_of_the_envelope_says_where_it_begins_and_where_it_ends(language: str) -> None:
    """No plan below 65 % of the envelope; above 110 % more money buys nothing; the table holds each tenth."""
    found = tiny()
    section = worth(whole(found), language_of(language))
    assert section is not None
    assert keys(section.lead) == ["plan.curve[12].gained_pathways", "plan.curve[20].gained_pathways"]
    ends = next(block for block in section.blocks if isinstance(block, Paragraph))
    assert keys(ends.line) == ["plan.curve[2].envelope_cents", "plan.curve[20].envelope_cents"]
    table = next(block for block in section.blocks if isinstance(block, Table))
    assert [keys(row.cells[0]) for row in table.rows] == [[f"plan.curve[{at}].share"] for at in range(4, 25, 4)]
    del found["plan"]["curve"]
    assert worth(whole(found), language_of(language)) is None


def test_what_is_left_to_the_committee_is_told_widest_first() -> None:
    """A range below 1,000 is rounding's: its branch is decided; with nothing left open, one sentence says so."""
    found = tiny()
    section = leeway(whole(found), language_of("en"))
    assert section is not None
    assert keys(section.lead) == ["plan.intervals[1].low_cents", "plan.intervals[1].high_cents"]
    table = next(block for block in section.blocks if isinstance(block, Table))
    assert [keys(row.cells[-1]) for row in table.rows] == [[f"plan.intervals[{at}].range_cents"] for at in (1, 0)]
    found["plan"]["intervals"] = found["plan"]["intervals"][2:]
    decided = leeway(whole(found), language_of("en"))
    assert decided is not None
    assert decided.blocks == ()
    assert leeway(whole({"plan": {}}), language_of("en")) is None


def keys(line: Line) -> list[str]:
    """The places that the figures of a line were read from, in order."""
    found = []
    for span in line:
        if isinstance(span, Shown):
            found.append(span.key)
        elif isinstance(span, Strong):
            found.extend(keys(span.spans))
    return found
