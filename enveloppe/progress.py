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
        self._first: tuple[float, int] | None = None

    def __call__(self, done: int, total: int) -> None:
        """Say that `done` of `total` parts are finished."""
        now = time.monotonic()
        # Planning and compiling stand before the first part: its time says nothing of those to come.
        first_at, first_done = self._first = self._first or (now, done)
        if self._console.quiet or now - self._started < _FIRST_AFTER_SECONDS:
            return
        text = f"{self._label}: {done}/{total}"
        if done > first_done:
            text += f", ~{(now - first_at) / (done - first_done) * (total - done):.0f} s"
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
