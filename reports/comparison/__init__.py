"""Scenarios side by side: the same blocks and forms as a report, read from a comparison (docs/comparison.md)."""
