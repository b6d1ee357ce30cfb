"""A cable between pages and PostgreSQL that breaks at the message one chooses, in the way one chooses."""

from __future__ import annotations

import os
import socket
import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SOCKET: Final = ".s.PGSQL.5432"
#: What a server says before it closes a connection by order of whoever runs it.
_FAREWELL = b"SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0"
_TOLD = b"E" + (len(_FAREWELL) + 4).to_bytes(4, "big") + _FAREWELL
#: What it says to whoever connects before it has come back wholly.
_HELLO = b"SFATAL\0VFATAL\0C57P03\0Mthe database system is starting up\0\0"
_STARTING = b"E" + (len(_HELLO) + 4).to_bytes(4, "big") + _HELLO
#: How the last message of an answer begins: ready for the next question.
_READY = b"Z\0\0\0\5"

#: How it breaks: between two questions, saying so or not; with a question on its way; saying so instead of an
#: answer; with the answer wholly or half on its way back.
WAYS: Final = ("told", "idle", "lost", "ended", "unheard", "half")
_BETWEEN, _SAYS = frozenset(("told", "idle")), frozenset(("told", "ended"))
#: What is found where it broke: the server at once, nobody, or a server that is not ready.
AFTER: Final = ("back", "away", "starting")


@dataclass
class _Line:
    """One connection: the pages' end, the server's end, how it is about to break."""

    pages: socket.socket
    server: socket.socket
    doomed: str = ""

    def close(self) -> None:
        """Close both ends, whoever is reading."""
        for end in (self.pages, self.server):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


class Cable:
    """Stands where a server is asked for; hands everything on until it breaks.

    Args:
        real: folder of the server's socket.
        here: folder of the cable's own.
    """

    def __init__(self, real: Path, here: Path) -> None:
        self._real, self._here = str(real / SOCKET), str(here / SOCKET)
        self._lock = threading.RLock()
        self._lines: list[_Line] = []
        self.asked, self._at, self._way, self._after = 0, 0, "", "back"
        self.broke = False
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(self._here)
        self._listener.listen(16)
        threading.Thread(target=self._serve, daemon=True).start()

    def arm(self, at: int, way: str, after: str) -> None:
        """Break at a message from now on.

        Args:
            at: which message to the server, from 1.
            way: one of ``WAYS``.
            after: one of ``AFTER``, until ``mend``.
        """
        with self._lock:
            self.asked, self._at, self._way, self._after, self.broke = 0, at, way, after, False
            if at == 1 and way in _BETWEEN:
                self._break(self._lines[-1:])

    def stale(self) -> None:
        """Break what is connected, nobody being told: whoever asks next finds out and connects anew."""
        with self._lock:
            for line in list(self._lines):
                self._drop(line)

    def mend(self) -> None:
        """Hand everything on again."""
        with self._lock:
            self._at, self.broke = 0, False
            with suppress(FileNotFoundError):
                os.rename(f"{self._here}-away", self._here)  # noqa: PTH104  Path resolves nothing here

    def _serve(self) -> None:
        while True:
            pages, _address = self._listener.accept()
            if self.broke and self._after == "starting":
                with suppress(OSError):
                    pages.recv(1 << 16)
                    pages.sendall(_STARTING)
                pages.close()
                continue
            server = socket.socket(socket.AF_UNIX)
            server.connect(self._real)
            line = _Line(pages, server)
            with self._lock:
                self._lines.append(line)
            for pump in (self._ask, self._answer):
                threading.Thread(target=pump, args=(line,), daemon=True).start()

    def _ask(self, line: _Line) -> None:
        with suppress(OSError):
            while data := line.pages.recv(1 << 20):
                if self._loses(line):
                    return
                line.server.sendall(data)
        self._drop(line)

    def _loses(self, line: _Line) -> bool:
        """Count a message; whether it is lost. One whose answer will be is marked."""
        with self._lock:
            self.asked += 1
            if self.asked != self._at or self._way in _BETWEEN:
                return False
            if self._way in ("lost", "ended"):
                self._break([line])
                return True
            line.doomed = self._way
            return False

    def _answer(self, line: _Line) -> None:
        end = b""
        with suppress(OSError):
            while data := line.server.recv(1 << 20):
                end = (end + data)[-6:]
                ready = end[:5] == _READY
                if line.doomed == "half":
                    line.pages.sendall(data[: len(data) // 2])
                if line.doomed:
                    if ready or line.doomed == "half":
                        self._break([line])
                elif ready and self._is_last():
                    self._break([line], data)
                else:
                    line.pages.sendall(data)
        self._drop(line)

    def _is_last(self) -> bool:
        return self._way in _BETWEEN and self.asked == self._at - 1 and not self.broke

    def _break(self, lines: list[_Line], last: bytes = b"") -> None:
        """Break some lines, each after what it still says; nothing can be asked in between."""
        with self._lock:
            self.broke = True
            if self._after == "away":
                os.rename(self._here, f"{self._here}-away")  # noqa: PTH104  as above
            for line in lines:
                with suppress(OSError):
                    line.pages.shutdown(socket.SHUT_RD)
                    line.pages.sendall(last + (_TOLD if self._way in _SAYS else b""))
                self._drop(line)

    def _drop(self, line: _Line) -> None:
        with self._lock:
            line.close()
            if line in self._lines:
                self._lines.remove(line)
