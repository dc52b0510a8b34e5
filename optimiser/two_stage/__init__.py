"""Two-stage stochastic linear programmes: a decision now, an answer to each run of luck later (docs/uncertainty.md).

Nothing here knows of branches, envelopes or pathways, so that textbook problems are its tests.
"""
