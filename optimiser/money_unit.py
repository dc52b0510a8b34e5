"""The unit of money inside the programme: thousands of euros for an envelope of a hundred million.

Source: measured; on 50,000 variables HiGHS took ten times as long in euros (right-hand sides of 1.5e8 beside
coefficients of 1). At 64 lines and 15 months the unit makes no difference.
"""

LEADING_DIGITS = 6
"""The distributable money is a number of this many digits in the chosen unit."""


def money_unit_cents(distributable_cents: int) -> int:
    """Cents in one unit of money: the power of ten that brings the envelope to six digits, at least one euro.

    Args:
        distributable_cents: what the plan may hand out, at least 0.

    Returns:
        A power of ten, 100 or more.
    """
    return max(100, int(10 ** (len(str(distributable_cents)) - LEADING_DIGITS)))
