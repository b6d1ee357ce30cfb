"""The processes of one instance: started together, stopped together."""

from __future__ import annotations

import ctypes
import signal
import socket
import subprocess
import sys
import time
from types import FrameType, TracebackType
from typing import Self

from django.utils.translation import gettext as _

#: How long a process may take to put its work down before it is ended.
PATIENCE_S = 15.0
#: How many ports are tried after a taken one.
NEIGHBOURS = 20
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG, linux/prctl.h


class NoPortError(OSError):
    """Every port that may be used is taken."""


def free_port(host: str, wanted: int, *, only: bool = False) -> int:
    """Find a port of ``host`` on which nobody listens.

    Args:
        host: name or address of this machine.
        wanted: the first port to try.
        only: whether no other will do.

    Returns:
        ``wanted``, or the first free one after it.

    Raises:
        NoPortError: if none is free; the message says what to do.
    """
    for port in [wanted] if only else range(wanted, wanted + NEIGHBOURS):
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except (OSError, OverflowError):
                continue
            return port
    tried = str(wanted) if only else f"{wanted}–{wanted + NEIGHBOURS - 1}"
    told = _("port %(port)s of %(host)s taken or forbidden: choose another with --port")
    raise NoPortError(told % {"port": tried, "host": host})


def _die_with_parent() -> None:
    """Ask Linux to end this process when the one that started it is gone, however it went."""
    ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGTERM)


class Processes:
    """Runs processes until one ends or a signal asks to stop; then stops them all.

    >>> with Processes() as running:
    ...     running.start("quick", [sys.executable, "-c", ""])
    ...     running.until_one_ends()
    'quick'
    """

    def __init__(self) -> None:
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._asked = False
        self._before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}

    def __enter__(self) -> Self:
        for number in self._before:
            signal.signal(number, self._ask)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _ask(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002  the shape of a handler
        self._asked = True

    def start(self, name: str, command: list[str]) -> None:
        """Start ``command``, known as ``name``, out of reach of the terminal's Ctrl-C."""
        self._running[name] = subprocess.Popen(  # noqa: S603  our own commands
            command,
            start_new_session=True,
            preexec_fn=_die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509  no thread yet
        )

    def ended(self) -> str:
        """The name of a process that ended by itself; empty while all run."""
        return next((name for name, one in self._running.items() if one.poll() is not None), "")

    def until_one_ends(self) -> str:
        """Wait for a process to end, or for somebody to ask; the name of the one that ended."""
        while not self._asked and not (name := self.ended()):
            time.sleep(0.2)
        return "" if self._asked else name

    def until_answering(self, host: str, port: int, *, seconds: float = 30) -> bool:
        """Wait until something listens at ``host:port``; false if it does not in time or a process ended."""
        limit = time.monotonic() + seconds
        while time.monotonic() < limit and not self._asked and not self.ended():
            try:
                socket.create_connection((host, port), timeout=1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return True
        return False

    def stop(self) -> None:
        """Ask every process to stop, wait, and end those that do not."""
        for one in self._running.values():
            if one.poll() is None:
                one.terminate()
        limit = time.monotonic() + PATIENCE_S
        for one in self._running.values():
            try:
                one.wait(max(0.1, limit - time.monotonic()))
            except subprocess.TimeoutExpired:
                one.kill()
                one.wait()
