"""The unit of money inside the programme: thousands of euros for an envelope of a hundred million.

Source: in euros HiGHS took ten times as long on this shape (right-hand sides of 1.5e8 beside coefficients of 1).
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
