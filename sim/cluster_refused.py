"""A cluster that cannot be used; a module of its own, so that the front door knows it without any number."""


class ClusterRefused(Exception):
    """A cluster cannot be used, and why.

    `code` is "no_address", "unreachable", "no_scheduler" (something else answers), "no_workers", "other_engine",
    "not_installed" or "lost" (it was there a moment ago).
    """

    def __init__(self, address: str, code: str, reason: str = "") -> None:
        """Keep the address and the reason."""
        super().__init__(f"{address}: {code} {reason}")
        self.address, self.code, self.reason = address, code, reason
