"""Whether a difference is one that so many runs can show."""

from reports.reading import Found


def beyond_noise(difference: Found) -> bool:
    """Whether a difference is at least twice its standard error; never where the error is unknown."""
    error = difference.number("se")
    mean = difference.number("mean")
    return error is not None and bool(mean) and abs(mean or 0.0) >= 2 * error
