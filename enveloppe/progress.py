"""Progress on stderr: a bar on a terminal, a line now and then elsewhere, nothing when quiet."""

import sys
import time

from enveloppe.console import Console

_FIRST_AFTER_SECONDS = 2.0
_LINE_EVERY_SECONDS = 15.0


class Progress:
    """Tells how far a long step has come; silent for its first two seconds."""

    def __init__(self, console: Console, label: str) -> None:
        """Start the clock of a step named `label`."""
        self._console, self._label = console, label
        self._started = self._told = time.monotonic()
        self._shown = False

    def __call__(self, done: int, total: int) -> None:
        """Say that `done` of `total` parts are finished."""
        now = time.monotonic()
        if self._console.quiet or now - self._started < _FIRST_AFTER_SECONDS:
            return
        left = (now - self._started) / max(done, 1) * (total - done)
        text = f"{self._label}: {done}/{total}, ~{left:.0f} s"
        if sys.stderr.isatty():
            sys.stderr.write("\r\x1b[K" + text)
            sys.stderr.flush()
            self._shown = True
        elif now - self._told >= _LINE_EVERY_SECONDS or done == total:
            self._told = now
            self._console.tell(text)

    def close(self) -> None:
        """Clear the bar."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()


class StepsTold:
    """The progress of steps that follow one another, each under its name."""

    def __init__(self, console: Console) -> None:
        """Keep who speaks."""
        self._console = console
        self._last: Progress | None = None

    def __call__(self, step: str) -> Progress:
        """The progress of the next step, named as in `words`."""
        self.close()
        self._last = Progress(self._console, self._console.say(step))
        return self._last

    def close(self) -> None:
        """Clear the bar."""
        if self._last is not None:
            self._last.close()
