"""A cluster that cannot be used; a module of its own, so that the front door knows it without any number."""

MEANS = {
    "no_address": "is no address of a Dask scheduler: tcp://host:port is expected",
    "unreachable": "does not answer",
    "no_scheduler": "answers, and is no Dask scheduler",
    "no_workers": "has no worker",
    "other_engine": "has workers with another version of this engine, or none",
    "not_installed": "needs the extra `cluster`: pip install 'enveloppe[cluster]'",
    "lost": "was lost on the way",
}


class ClusterRefused(Exception):
    """A cluster cannot be used, and why.

    `code` is "no_address", "unreachable", "no_scheduler" (something else answers), "no_workers", "other_engine",
    "not_installed" or "lost" (it was there a moment ago).
    """

    def __init__(self, address: str, code: str, reason: str = "") -> None:
        """Keep the address and the reason."""
        super().__init__(f"the cluster {address!r} {MEANS[code]}" + (f" ({reason})" if reason else ""))
        self.address, self.code, self.reason = address, code, reason
