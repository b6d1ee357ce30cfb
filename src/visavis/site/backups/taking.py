"""Taking a backup: one instant of everything, checked, in one file, in as many places as asked."""

from __future__ import annotations

import datetime as dt
import logging
import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.db import connections

from visavis.listen.imports.models import ImportRun
from visavis.people.erasures import kept as erasures
from visavis.site.backups import rows
from visavis.site.backups.archives import pack
from visavis.site.backups.invariants import Breach, invariants
from visavis.site.backups.manifests import Manifest
from visavis.site.backups.records import Record, archives, name_of, note
from visavis.site.backups.rotation import kept
from visavis.site.backups.snapshots import snapshot
from visavis.site.backups.tables import is_current

logger = logging.getLogger("visavis.site")
#: What of the instance's folder goes along, beside the files that imports wait for.
_ALONG = ("lasting-key", "sealing-key", "demo.json", "locale")


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup: where it lies (each place), what it holds, what did not hold in it."""

    paths: tuple[Path, ...]
    manifest: Manifest
    breaches: tuple[Breach, ...]


def take(*, at: dt.datetime, places: Sequence[Path], keys: str = "") -> Taken:
    """Take a backup and drop those that the rotation no longer keeps.

    Args:
        at: the instant.
        places: folders that receive it; the first is where it is made.
        keys: public keys to which it is sealed; empty for none.

    Returns:
        What was taken. One whose invariants do not all hold is kept under a name that says so.

    Raises:
        DamagedError: if the database is damaged: nothing was kept, older backups stay.
        OSError: if a place cannot be written.
    """
    try:
        taken = _taken(at, places, keys)
    except Exception as error:
        note(Record(at, good=False, told=f"{type(error).__name__}: {error}"[:300]))
        raise
    size = taken.paths[0].stat().st_size
    told = "; ".join(breach.told for breach in taken.breaches)[:300]
    note(Record(at, not taken.breaches, str(taken.paths[0]), size, told))
    for place in places:
        rotate(place)
    return taken


def _taken(at: dt.datetime, places: Sequence[Path], keys: str) -> Taken:
    for place in places:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    with TemporaryDirectory(dir=places[0], prefix=".under-way-") as name:
        work = Path(name)
        manifest, breaches = gather(work, at=at)
        target = places[0] / name_of(at, good=not breaches, sealed=bool(keys))
        whole = pack(work, manifest, target, keys=keys)
    return Taken((target, *_copied(target, places[1:])), whole, tuple(breaches))


def gather(work: Path, *, at: dt.datetime, as_rows: bool = False) -> tuple[Manifest, list[Breach]]:
    """Put one instant of the instance into a folder.

    Args:
        work: an empty folder, on the disk of the instance if possible.
        at: the instant.
        as_rows: whether to write JSON Lines even where a file of SQLite would do.

    Returns:
        What it holds, without fingerprints yet; what did not hold (not asked of a database that waits for
        migrations).
    """
    _link_files(work / "files")
    with snapshot(work) as alias:
        file = connections[alias].vendor == "sqlite" and not as_rows
        breaches = invariants(alias) if is_current(alias) else []
        manifest = Manifest.of("database" if file else "rows", using=alias, at=at)
        if not file:
            rows.write(work / "rows", using=alias)
        waited = ImportRun.objects.using(alias).exclude(stored_as="").order_by("pk")
        names = set(waited.values_list("stored_as", flat=True))
    if not file:
        (work / "visavis.db").unlink(missing_ok=True)
    _link_files(work / "files")
    _keep_only(work / "files", names)
    _take_along(work)
    return manifest, breaches


def _link_files(target: Path) -> None:
    """Hold the files that imports wait for: one that ends meanwhile drops its own name, not ours."""
    target.mkdir(mode=0o700, exist_ok=True)
    for path in (settings.INSTANCE.folder / "files").iterdir():
        held = target / path.name
        if not held.exists():
            try:
                _link(path, held)
            except FileNotFoundError:
                continue  # its import ended since we looked


def _link(path: Path, held: Path) -> None:
    try:
        held.hardlink_to(path)
    except FileNotFoundError:
        raise
    except OSError:  # another disk
        shutil.copyfile(path, held)


def _keep_only(folder: Path, names: set[str]) -> None:
    for path in folder.iterdir():
        if path.name not in names:
            path.unlink()


def _take_along(work: Path) -> None:
    for copy in settings.ERASURE_COPIES:
        if copy.is_dir():
            erasures.complete(copy / erasures.NAME)
    here: Path = settings.INSTANCE.folder
    for name in _ALONG:
        if (here / name).is_dir():
            shutil.copytree(here / name, work / name)
        elif (here / name).exists():
            shutil.copyfile(here / name, work / name)


def _copied(archive: Path, places: Iterable[Path]) -> list[Path]:
    """Copies of an archive, each there whole or not at all."""
    made = []
    for place in places:
        partial = place / f".{archive.name}.partial"
        partial.touch(mode=0o600)
        try:
            shutil.copyfile(archive, partial)
            with partial.open("rb") as written:
                os.fsync(written.fileno())
            made.append(partial.replace(place / archive.name))
        finally:
            partial.unlink(missing_ok=True)
    return made


def rotate(place: Path) -> list[Path]:
    """Drop the good backups that the rotation no longer keeps; doubtful ones wait for somebody to look.

    Args:
        place: the folder.

    Returns:
        What was dropped.
    """
    good = [one for one in archives(place) if not one.doubtful]
    stay = kept(one.at for one in good)
    dropped = [one.path for one in good if one.at not in stay]
    for path in dropped:
        path.unlink()
    return dropped
