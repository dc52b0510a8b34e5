"""Children that hear Ctrl-C even where the tests themselves run in the background.

A shell that starts a job in the background makes it ignore interrupts, and its children inherit that.
"""

import signal


def hears_interrupts() -> None:
    """Give the interrupt its ordinary meaning again; run in the child before its program starts."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
