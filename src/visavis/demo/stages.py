"""The stages of the building, told on a terminal as they go."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

from visavis.listen.imports.bars import Bar

#: Told how many things are done, out of how many.
Show = Callable[[int, int], None]


class Out(Protocol):
    """Where lines go."""

    def write(self, line: str, /) -> Any: ...


class Stages:
    """Numbers the stages, gives each its bar, says how long it took.

    Args:
        total: how many there will be.
        out: where lines go; bars go to standard error.
    """

    def __init__(self, total: int, out: Out) -> None:
        self._number, self._total, self._out = 0, total, out

    @contextmanager
    def stage(self, name: str) -> Iterator[Show]:
        """One stage: ``show`` moves its bar."""
        self._number += 1
        began = time.monotonic()
        with Bar(f"{self._number}/{self._total} {name}") as bar:
            yield bar.show
        self._out.write(f"{self._number}/{self._total} {name}: {time.monotonic() - began:.1f} s\n")
