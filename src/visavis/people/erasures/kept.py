"""The copies of the journal outside the database: one line an erasure, beside the backups.

A backup taken before an erasure does not know it: whoever restores it needs the journal of after.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple, Self

from django.conf import settings

from visavis.people.erasures.models import Erasure, Kind

logger = logging.getLogger("visavis.people")
NAME = "erasures.jsonl"
#: Letters of a mark.
_LONGEST = 64


class Kept(NamedTuple):
    """One line: what was erased, its mark, the instant as ISO."""

    kind: str
    mark: str
    at: str

    @classmethod
    def of(cls, noted: Erasure) -> Self:
        """The line of an erasure."""
        return cls(noted.kind, noted.mark, noted.at.astimezone(dt.UTC).isoformat())


def append(line: Kept) -> None:
    """Add a line to each copy, on the disk before this returns. A copy out of reach is completed later."""
    for folder in settings.ERASURE_COPIES:
        try:
            _append(folder / NAME, [line])
        except OSError:
            logger.exception("An erasure could not be noted in %s: the next backup completes it", folder)


def _append(path: Path, lines: Iterable[Kept]) -> None:
    """Add lines, each after a line break of its own: one that a crash cut spoils no other."""
    rows = [{"kind": line.kind, "mark": line.mark, "at": line.at} for line in lines]
    text = "".join("\n" + json.dumps(row) for row in rows)
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, text.encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def read(path: Path) -> list[Kept]:
    """The lines of a copy, oldest first; one that a crash cut is left out, and none come from no file."""
    lines = path.read_text(errors="replace").splitlines() if path.exists() else ()
    return [found for line in lines if (found := _read_line(line))]


def _read_line(line: str) -> Kept | None:
    """A line; none if it is none. What was erased stays so, even if nobody can say since when."""
    try:
        words = json.loads(line)
        kind, mark, at = words["kind"], words["mark"], words["at"]
        known = kind in Kind.values and isinstance(mark, str) and len(mark) <= _LONGEST
        return Kept(kind, mark, _instant(at)) if known else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _instant(told: object) -> str:
    try:
        return dt.datetime.fromisoformat(str(told)).astimezone(dt.UTC).isoformat()
    except (ValueError, OverflowError):
        return dt.datetime.fromtimestamp(0, dt.UTC).isoformat()


def complete(path: Path) -> int:
    """Write into a copy the erasures of the database that it lacks; how many."""
    known = {line[:2] for line in read(path)}
    rows = Erasure.objects.order_by("pk").iterator()
    left = [Kept.of(one) for one in rows if (one.kind, one.mark) not in known]
    if left:
        _append(path, left)
    return len(left)


def take_in(path: Path) -> int:
    """Note in the database the erasures of a copy; how many it did not know."""
    before = Erasure.objects.count()
    lines = [
        Erasure(kind=line.kind, mark=line.mark, at=dt.datetime.fromisoformat(line.at)) for line in read(path)
    ]
    Erasure.objects.bulk_create(lines, ignore_conflicts=True, batch_size=500)
    return Erasure.objects.count() - before
