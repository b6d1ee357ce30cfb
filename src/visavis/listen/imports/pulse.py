"""Whether somebody does the jobs: the worker touches a file of the instance, the screens look at it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.conf import settings

#: Seconds between two signs of life, and without one after which nobody is thought to work.
EVERY: Final = 10.0
SILENCE: Final = 60.0


def _sign() -> Path:
    place: Path = settings.INSTANCE.folder / "worker-alive"
    return place


def beat() -> None:
    """Give one sign of life."""
    _sign().touch(mode=0o600)


@contextmanager
def beating(every: float = EVERY) -> Iterator[None]:
    """Give a sign of life now and then, as long as the block lasts, whatever its thread is busy with."""
    stop = threading.Event()

    def keep_on() -> None:
        while not stop.wait(every):
            beat()

    beat()
    threading.Thread(target=keep_on, daemon=True, name="pulse").start()
    try:
        yield
    finally:
        stop.set()
        _sign().unlink(missing_ok=True)


def somebody_works(silence: float = SILENCE) -> bool:
    """Whether a worker of this instance gave a sign of life lately."""
    try:
        return time.time() - _sign().stat().st_mtime < silence
    except OSError:
        return False
