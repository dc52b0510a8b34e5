"""A sweep told: small multiples of the main figures, and the variants in a table (docs/sweeps.md)."""
