"""Numbers as people write them: rounding, signs, units and spaces."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reports import numbers
from reports.typography import french_spaces

SIZES = st.floats(min_value=-1e14, max_value=1e14, allow_nan=False)


@pytest.mark.parametrize(
    ("cents", "french", "english"),
    [
        (14_870_000_000, "148,7\u00a0M€", "€148.7M"),
        (32_000_000, "320\u00a0k€", "€320k"),
        (4_510_00, "4\u202f510\u00a0€", "€4,510"),
        (845, "8,45\u00a0€", "€8.45"),
        (0, "0\u00a0€", "€0"),
        (-980_000_000, "\u22129,8\u00a0M€", "\u2212€9.8M"),
        (123_456_000_000_000, "1\u202f234\u202f560,0\u00a0M€", "€1,234,560.0M"),
    ],
)
def test_money_is_written_in_the_unit_that_reads_best(cents: int, french: str, english: str) -> None:
    assert numbers.money(cents, "fr").text == french
    assert numbers.money(cents, "en").text == english


def test_a_given_amount_bears_no_empty_decimals_and_an_estimate_does() -> None:
    assert numbers.money(15_000_000_000, "fr", exact=True).text == "150\u00a0M€"
    assert numbers.money(15_000_000_000, "fr").text == "150,0\u00a0M€"
    assert numbers.money(14_250_000_000, "fr", exact=True).text == "142,5\u00a0M€"


def test_another_currency_keeps_the_order_of_the_language() -> None:
    assert numbers.money(14_870_000_000, "fr", sign="SGD").text == "148,7\u00a0M\u00a0SGD"
    assert numbers.money(14_870_000_000, "en", sign="$").text == "$148.7M"
    assert numbers.with_unit("", 100_000_000, "fr", "€") == "M€"
    assert numbers.with_unit("", 100_000_000, "en", "€") == "€M"


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (0.41, "41\u202f%", "41%"),
        (0.0, "0\u202f%", "0%"),
        (1.0, "100\u202f%", "100%"),
        (0.004, "<\u202f1\u202f%", "<1%"),
        (0.997, ">\u202f99\u202f%", ">99%"),
        (1.3, "130\u202f%", "130%"),
    ],
)
def test_a_share_is_never_nothing_or_all_unless_it_is(value: float, french: str, english: str) -> None:
    assert numbers.share(value, "fr").text == french
    assert numbers.share(value, "en").text == english


@pytest.mark.parametrize(
    ("value", "text"),
    [(22_135.4, "22\u202f100"), (985.0, "985"), (9_995.0, "10\u202f000"), (1_000_499, "1\u202f000\u202f000")],
)
def test_sentences_give_three_significant_figures(value: float, text: str) -> None:
    assert numbers.about(value, "fr").text == text


def test_dates_are_written_out() -> None:
    assert numbers.day("2021-11-14", "fr") == "14\u00a0nov.\u00a02021"
    assert numbers.day("2021-10-01", "fr", short=False) == "1er\u00a0octobre\u00a02021"
    assert numbers.day("2021-10-01", "en", short=False) == "1\u00a0October\u00a02021"
    assert numbers.day("2021-11-14", "fr", year=False) == "14\u00a0nov."
    assert numbers.month("2021-02", "fr") == "févr.\u00a02021"


def test_numbers_near_zero_are_powers_of_ten() -> None:
    assert numbers.tiny(4.5e-12, "fr") == "4,5\u00a0×\u00a010⁻¹²"
    assert numbers.tiny(0.0, "fr") == "0"


@given(SIZES, st.integers(0, 4), st.booleans())
@settings(max_examples=300)
def test_what_rounds_to_zero_bears_no_sign(value: float, decimals: int, signed: bool) -> None:
    text = numbers.digits(value, decimals, "fr", signed=signed)
    if not re.search(r"[1-9]", text):
        assert text[0] == "0"
    elif value < 0:
        assert text.startswith("\u2212")


@given(SIZES, st.integers(0, 3))
@settings(max_examples=300)
def test_a_number_read_back_is_the_number_rounded(value: float, decimals: int) -> None:
    for language, comma, group in (("fr", ",", "\u202f"), ("en", ".", ",")):
        text = numbers.digits(value, decimals, language)
        back = float(text.replace(group, "").replace(comma, ".").replace("\u2212", "-"))
        assert abs(back - value) <= 0.5 * 10.0**-decimals * (1 + 1e-9) + abs(value) * 1e-15


@given(SIZES)
@settings(max_examples=300)
def test_no_french_number_can_leave_its_unit_or_its_thousands(value: float) -> None:
    texts = [numbers.money(value, "fr").text, numbers.share(value / 1e12, "fr").text, numbers.days(value, "fr").text]
    assert not any(" " in text for text in texts)


@given(st.text(alphabet="ab1 ;:!?%€«»–\u00a0\u202f", max_size=40))
@settings(max_examples=500)
def test_french_spaces_change_spaces_alone_and_settle_at_once(text: str) -> None:
    done = french_spaces(text)
    assert not re.search(r" [;:!?%»€]|« ", done)
    assert re.sub(r"[ \u00a0\u202f\u2060]", "", done) == re.sub(r"[ \u00a0\u202f\u2060]", "", text)
    assert french_spaces(done) == done
