"""The only way out of the machine: closed, save for the doors that the operator configured.

``guard`` puts an audit hook (PEP 578) into the process: whatever library tries, a connection or a question to
the name service outside an open door is refused. This machine itself (loopback, Unix sockets) is not outside.
Libraries in C that open sockets of their own are out of its sight: PostgreSQL's client is the only one here.
"""

from __future__ import annotations

import ipaddress
import logging
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final, NamedTuple

logger = logging.getLogger("visavis.egress")


class Door(NamedTuple):
    """A way out: what it is for, and the one host and port that it leads to."""

    name: str
    host: str
    port: int


class ClosedError(OSError):
    """Something tried to leave the machine where no door is open."""


_doors: dict[str, Door] = {}
_open: ContextVar[Door | None] = ContextVar("visavis_open_door", default=None)
_LOCAL_NAMES: Final = frozenset({"", "localhost", "localhost.localdomain", "ip6-localhost"})
_NAMES: Final = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
_SENDS: Final = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})


def configure(*doors: Door) -> None:
    """Say which doors there are; those of before are walled up."""
    _doors.clear()
    _doors.update({door.name: door for door in doors})


def doors() -> tuple[Door, ...]:
    """The doors that the operator configured, by name."""
    return tuple(_doors[name] for name in sorted(_doors))


@contextmanager
def through(name: str) -> Iterator[Door]:
    """Open a door for the time of one exchange, in this thread only.

    Raises:
        ClosedError: if no such door is configured.
    """
    door = _doors.get(name)
    if door is None:
        raise ClosedError(f"no way out is configured for “{name}”")
    token = _open.set(door)
    try:
        yield door
    finally:
        _open.reset(token)


def connect(name: str, *, timeout: float) -> socket.socket:
    """Open a connection through a door; see ``through``."""
    with through(name) as door:
        return socket.create_connection((door.host, door.port), timeout)


def check(event: str, told: tuple[Any, ...]) -> None:
    """Refuse what leaves the machine outside the door that is open.

    Args:
        event: name of an audit event.
        told: its arguments, as Python gives them.

    Raises:
        ClosedError: for a name or an address that is neither this machine nor behind the open door.
    """
    door = _open.get()
    if event in _NAMES:
        name = told[0].decode("ascii", "replace") if isinstance(told[0], bytes) else str(told[0] or "")
        if not (_is_local(name) or _is_address(name) or (door and name == door.host)):
            _refuse(f"the name {name}")
    elif event in _SENDS and isinstance(told[1], tuple):
        host, port = str(told[1][0]), told[1][1]
        if not (_is_local(host) or (door and port == door.port and _is_reachable(host, door))):
            _refuse(f"{host} port {port}")


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return True


def _plain(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """An address without its zone; one of version 4 written as version 6 is what it stands for."""
    address = ipaddress.ip_address(text.partition("%")[0])
    return getattr(address, "ipv4_mapped", None) or address


def _is_local(text: str) -> bool:
    return _plain(text).is_loopback if _is_address(text) else text.lower().rstrip(".") in _LOCAL_NAMES


def _is_reachable(host: str, door: Door) -> bool:
    """Whether an address may stand behind a door: one of the company's network, not of the machine's link."""
    if not _is_address(host):
        return host == door.host
    address = _plain(host)
    return not (
        address.is_link_local or address.is_multicast or address.is_unspecified or address.is_reserved
    )


def _refuse(what: str) -> None:
    logger.warning("Refused to reach %s: no open door leads there", what)
    raise ClosedError(f"no open door leads to {what}")


_guarded = False


def guard() -> None:
    """Watch every socket of this process from now on. It cannot be taken back."""
    global _guarded  # noqa: PLW0603  once a process
    if not _guarded:
        _guarded = True
        sys.addaudithook(_hook)


def _hook(event: str, told: tuple[Any, ...]) -> None:
    if event.startswith("socket."):
        check(event, told)
