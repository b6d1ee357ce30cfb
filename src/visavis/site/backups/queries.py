"""Reads of the backups, from their folders: they hold when the database does not."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass

from django.conf import settings

from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer
from visavis.site.backups.records import Archive, Record, archives, began, last_good, records
from visavis.site.options import options

#: A backup a night, and two hours of patience.
LATE = dt.timedelta(hours=26)
#: Share of the disk under which somebody should make room.
ROOM = 0.1
#: Failures shown.
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A folder of backups: its path, what it holds, whether it is there."""

    path: str
    archives: tuple[Archive, ...]
    there: bool


@dataclass(frozen=True, slots=True)
class Backups:
    """What the page shows."""

    last: Record | None
    late: bool
    failures: tuple[Record, ...]
    places: tuple[Place, ...]
    sealed: bool
    nightly: bool
    hour: dt.time
    demo: bool
    free: float


def state(*, at: dt.datetime) -> Backups:
    """All about the backups of this instance at an instant, the latest first."""
    last = last_good()
    told = records()
    fresh = [one for one in told if not one.good and (last is None or one.at > last.at)]
    return Backups(
        last=last,
        late=is_late(at),
        failures=tuple(fresh[:_SHOWN]),
        places=tuple(Place(str(path), tuple(archives(path)), path.is_dir()) for path in settings.BACKUPS),
        sealed=bool(options().backup_key),
        nightly=options().backup_nightly and not settings.DEMO,
        hour=dt.time(options().backup_hour),
        demo=settings.DEMO,
        free=free(),
    )


def is_late(at: dt.datetime) -> bool:
    """Whether the last good backup is too old; an instance that is younger than that is not late."""
    last = last_good()
    return at - (last.at if last else began()) > LATE


def free() -> float:
    """The share of the instance's disk that is free, 0 to 1."""
    usage = shutil.disk_usage(settings.INSTANCE.folder)
    return usage.free / usage.total


@dataclass(frozen=True, slots=True)
class Alarm:
    """What whoever keeps the settings is told on every page; nothing when ``late`` and ``full`` are false."""

    late: bool
    full: bool
    last: Record | None


def alarm(viewer: Viewer, *, at: dt.datetime) -> Alarm | None:
    """Whether something must be told at an instant; never in the demo, never to anybody else."""
    if settings.DEMO or not viewer.may(Right.SETTINGS):
        return None
    found = Alarm(is_late(at), free() < ROOM, last_good())
    return found if found.late or found.full else None
