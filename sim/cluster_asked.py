"""Whether a Dask scheduler answers at an address, asked before a client is made: a client that fails is slow to end."""

import asyncio
import re
import socket
import threading
import time
from importlib import import_module
from typing import Any

from sim.cluster_refused import ClusterRefused

PATIENCE_SECONDS = 10
REFUSED_SECONDS = 3
"""How long a machine may refuse the connection: the scheduler may be starting."""

_ADDRESS = re.compile(r"^(?:(?:tcp|tls|ws|wss)://)?(?P<host>\[[0-9A-Fa-f:.]+\]|[^\s:/\[\]]+):(?P<port>\d{1,5})/?$")


def ask(address: str) -> None:
    """Ask who answers at an address.

    Args:
        address: of a scheduler, tcp://host:port.

    Raises:
        ClusterRefused: where that is no address, nobody answers, or who answers is no Dask scheduler.
    """
    found = _ADDRESS.match(address)
    if found is None or not 0 < int(found["port"]) < 65_536:
        raise ClusterRefused(address, "no_address")
    _connected(address, found["host"].strip("[]"), int(found["port"]))
    # In a thread of its own: in a notebook this one has a loop that runs already.
    said: list[Any] = []
    asking = threading.Thread(target=lambda: said.append(_said(address)), daemon=True)
    asking.start()
    asking.join(PATIENCE_SECONDS + 1)
    answer = said[0] if said else TimeoutError(f"no answer after {PATIENCE_SECONDS} s")
    if isinstance(answer, Exception):
        reason = (str(answer).splitlines() or [""])[0][:200] or type(answer).__name__
        raise ClusterRefused(address, "no_scheduler", reason)
    if not isinstance(answer, dict) or answer.get("type") != "Scheduler":
        kind = answer.get("type") if isinstance(answer, dict) else type(answer).__name__
        raise ClusterRefused(address, "no_scheduler", str(kind)[:200])


def _connected(address: str, host: str, port: int) -> None:
    """Wait for a machine to take a connection: long where it is silent, a little where it refuses."""
    started = time.monotonic()
    while True:
        try:
            socket.create_connection((host, port), timeout=PATIENCE_SECONDS).close()
            return
        except ConnectionRefusedError as error:
            if time.monotonic() - started > REFUSED_SECONDS:
                raise ClusterRefused(address, "unreachable", error.strerror or type(error).__name__) from None
            time.sleep(0.2)
        except (OSError, UnicodeError) as error:
            reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
            raise ClusterRefused(address, "unreachable", reason) from None


def _said(address: str) -> Any:
    """What the other side says it is, or why it says nothing that can be understood."""
    try:
        return asyncio.run(asyncio.wait_for(_identity(address), PATIENCE_SECONDS))
    except Exception as error:  # whatever a stranger's bytes make of the protocol
        return error


async def _identity(address: str) -> Any:
    # Dask says nothing of its types.
    distributed: Any = import_module("distributed")
    secured = distributed.Security().get_connection_args("client")
    comm = await distributed.core.connect(address, timeout=PATIENCE_SECONDS, **secured)
    try:
        return await distributed.core.send_recv(comm, op="identity")
    finally:
        comm.abort()
