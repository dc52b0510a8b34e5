"""The colours of a report; told apart by every kind of colour blindness, and readable on their grounds."""

PAPER = "#ffffff"
PANEL = "#f3f6fa"
RULE = "#d8dee6"
INK = "#1a202a"
MUTED = "#4a5462"
BLUE = "#0b4f8c"
"""Commitments, headings, links."""
PLUM = "#7d3a78"
"""Need."""
SLATE = "#3c4654"
"""Payments."""
CEILING = "#b04a00"
OK = "#1b6b2a"
WATCH = "#8a4b00"
SHORT = "#a31b0c"
FAINT = "#8b95a3"
"""Lines and marks only, never text."""

TEXT_ON = (
    (INK, PAPER),
    (INK, PANEL),
    (MUTED, PAPER),
    (MUTED, PANEL),
    (BLUE, PAPER),
    (BLUE, PANEL),
    (PLUM, PAPER),
    (SLATE, PAPER),
    (CEILING, PAPER),
    (OK, PAPER),
    (WATCH, PAPER),
    (SHORT, PAPER),
    (OK, PANEL),
    (WATCH, PANEL),
    (SHORT, PANEL),
)
"""Every pair of text and ground that a page uses; each must reach a contrast of 4.5."""
