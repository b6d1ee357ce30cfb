"""What became of each backup, in a file beside them: the page and the banner read it, no database needed."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from visavis.site.backups.archives import OPEN, SEALED

_NAME = re.compile(r"visavis-(\d{8}T\d{6}Z)(-doubtful)?\.tar\.gz(\.age)?")
_STAMP = "%Y%m%dT%H%M%SZ"
_FILE = "record.jsonl"
#: Lines kept.
_KEPT = 90


@dataclass(frozen=True, slots=True)
class Record:
    """One attempt: when, whether good, the archive and its size in bytes, or why there is none."""

    at: dt.datetime
    good: bool
    file: str = ""
    size: int = 0
    told: str = ""


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive that is there."""

    at: dt.datetime
    path: Path
    size: int
    sealed: bool
    doubtful: bool


def name_of(at: dt.datetime, *, good: bool, sealed: bool) -> str:
    """What an archive taken at ``at`` is called."""
    doubt = "" if good else "-doubtful"
    return f"visavis-{at.astimezone(dt.UTC).strftime(_STAMP)}{doubt}{SEALED if sealed else OPEN}"


def archives(folder: Path) -> list[Archive]:
    """The archives of a folder, the latest first; none of a folder that is out of reach."""
    try:
        return sorted(_found(folder), key=lambda one: one.at, reverse=True)
    except OSError:
        return []


def _found(folder: Path) -> Iterator[Archive]:
    for path in folder.iterdir():
        if named := _NAME.fullmatch(path.name):
            at = dt.datetime.strptime(named[1], _STAMP).replace(tzinfo=dt.UTC)
            yield Archive(at, path, path.stat().st_size, bool(named[3]), bool(named[2]))


def _path() -> Path:
    place: Path = settings.BACKUPS[0] / _FILE
    return place


def records() -> list[Record]:
    """Every attempt still told, the latest first."""
    found = []
    for line in _path().read_text().splitlines() if _path().exists() else ():
        try:
            told = json.loads(line)
            found.append(Record(**told | {"at": dt.datetime.fromisoformat(told["at"])}))
        except (ValueError, TypeError, KeyError):
            continue  # a line that a crash cut
    return sorted(found, key=lambda one: one.at, reverse=True)


def note(record: Record) -> None:
    """Tell one more attempt."""
    told = [record, *records()][:_KEPT]
    lines = [json.dumps(asdict(one) | {"at": one.at.isoformat()}) for one in reversed(told)]
    partial = _path().with_name(f".{_FILE}.{os.getpid()}")
    partial.touch(mode=0o600)
    partial.write_text("\n".join(lines) + "\n")
    partial.replace(_path())


def last_good() -> Record | None:
    """The last backup that can be restored."""
    return next((one for one in records() if one.good), None)


def began() -> dt.datetime:
    """When this instance was made, or its folder last changed: nobody is late before."""
    folder = settings.INSTANCE.folder
    key = folder / "secret-key"
    return dt.datetime.fromtimestamp((key if key.exists() else folder).stat().st_mtime, dt.UTC)
