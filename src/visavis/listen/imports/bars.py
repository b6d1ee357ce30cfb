"""Progress on a terminal: a bar that writes over itself, or a line now and then in a log."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

_WIDTH = 28
#: Seconds between two lines, on a terminal and in a log.
_EVERY = (0.2, 10.0)


class Bar:
    """How far something got, and how fast.

    Args:
        label: what is being done.
    """

    def __init__(self, label: str) -> None:
        self._label = label
        self._began = time.monotonic()
        self._shown = 0.0
        self._first: int | None = None
        self._line = ""
        self._tty = sys.stderr.isatty()

    def show(self, done: int, total: int) -> None:
        """Tell how many things are done, out of how many; not more often than somebody can read."""
        now = time.monotonic()
        self._first = done if self._first is None else self._first
        seconds = max(now - self._began, 1e-6)
        full = _WIDTH * done // total if total else 0
        bar = "█" * full + "·" * (_WIDTH - full)
        rate = f"{done / seconds:,.0f}/s".replace(",", "\u202f")
        self._line = f"{self._label} {bar} {done}/{total}  {rate}"
        if now - self._shown >= _EVERY[0 if self._tty else 1]:
            self._shown = now
            self._write()

    def _write(self) -> None:
        sys.stderr.write(f"\r\x1b[2K{self._line}" if self._tty else f"{self._line}\n")
        sys.stderr.flush()

    def close(self) -> None:
        """Leave the last state on its own line."""
        if self._line:
            self._write()
            if self._tty:
                sys.stderr.write("\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
