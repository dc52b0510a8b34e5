"""A figure with its 90 % interval, as the report tells it."""

Told = tuple[float, float, float]
"""The figure, the low and the high end of its 90 % interval."""

HALF_WIDTH = 1.645
"""The 95 % quantile of the normal law: half of a 90 % interval, in standard deviations."""
