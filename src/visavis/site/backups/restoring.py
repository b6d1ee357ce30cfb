"""Bringing a backup back into an empty place: whole, up to date, silent, without anybody who was erased."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, connections
from django.db.models import Model
from django.utils.translation import gettext as _

from visavis.listen.returns.models import ChangedMonth
from visavis.people.access import journal
from visavis.people.access.viewer import system
from visavis.people.erasures import kept as erasures
from visavis.people.erasures.replaying import replay
from visavis.share.analytics import jobs
from visavis.share.analytics.models import PublishedMonth
from visavis.share.analytics.services import rebuild
from visavis.share.letters.holding import hold
from visavis.site.backups import rows, tables
from visavis.site.backups.archives import unpack
from visavis.site.backups.manifests import Manifest, ManifestError
from visavis.site.backups.rows import NotEmptyError
from visavis.site.backups.snapshots import check_sqlite
from visavis.site.safety import RESTORING

#: What of the instance's folder came along, and goes back.
_ALONG = ("lasting-key", "sealing-key", "demo.json", "locale", "files")
_FOLDERS = frozenset({"locale", "files"})


class NotRestoredError(RuntimeError):
    """Nothing was restored; the message says why."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back.

    Attributes:
        manifest: what the archive said.
        differences: tables whose rows are not as many as it said: none, or the archive lies.
        counts: rows of each table in the end.
        erased: things erased again, by kind.
        months: months published again.
    """

    manifest: Manifest
    differences: dict[str, tuple[int, int]]
    counts: dict[str, int]
    erased: dict[str, int]
    months: int


def restore(
    archive: Path,
    *,
    at: dt.datetime,
    identity: str = "",
    journals: Iterable[Path] = (),
    tell: Callable[[str], None] = lambda _step: None,
) -> Restored:
    """Restore an archive into this instance, which must be empty.

    Letters are held until somebody lets them go. A restore that is cut leaves a mark: the instance refuses to
    start until its folder is emptied.

    Args:
        archive: the file.
        at: the instant.
        identity: the text of the secret key, for a sealed archive.
        journals: copies of the journal of erasures, later than the archive perhaps; the one beside the
            archive is read anyway.
        tell: is told each step as it begins.

    Returns:
        What came back.

    Raises:
        NotEmptyError: if the instance is not empty.
        NotRestoredError: if the archive is of another engine than the instance.
        ManifestError: if the archive is torn, changed, of a later version, or made by somebody else.
        SealError: if the key is missing or another.
        DamagedError: if its database is damaged.
        OSError: if there is no such archive.
    """
    _must_be_empty()
    folder: Path = settings.INSTANCE.folder
    mark = folder / RESTORING
    with TemporaryDirectory(dir=folder, prefix=".restore-") as name:
        work = Path(name)
        tell("open")
        manifest = unpack(archive, work, identity=identity)
        manifest.must_fit()
        _must_hold(work, manifest)
        mark.touch(mode=0o600)
        hold(at=at)
        tell("write")
        try:
            _put_back(work, manifest)
        except (DatabaseError, LookupError, TypeError, ValueError, OverflowError) as error:
            if manifest.kind != "rows":  # their transaction left nothing
                connections.close_all()
                _forget(Path(connection.settings_dict["NAME"]))
            mark.unlink()
            raise ManifestError(_("its database is not one of ours (%(why)s)") % {"why": error}) from error
    differences = manifest.differences(tables.counts("default"))
    tell("erase")
    erased = _erase_again([archive.parent / erasures.NAME, folder / erasures.NAME, *journals])
    tell("publish")
    months = publish_again()
    if erased:
        vacuum()
    journal.write(by=system(), verb="backups.restored", at=manifest.taken_at, erased=sum(erased.values()))
    mark.unlink()
    return Restored(manifest, differences, tables.counts("default"), erased, months)


def _must_be_empty() -> None:
    if connection.vendor == "sqlite":
        path = Path(connection.settings_dict["NAME"])
        empty = not path.exists() or not path.stat().st_size or not _holds_tables()
    else:
        empty = not _holds_tables()
    if not empty:
        raise NotEmptyError


def _holds_tables() -> bool:
    """Whether some table holds a row of an organisation; a database that was only migrated holds none."""
    present = set(connection.introspection.table_names())
    found: list[type[Model]] = [one for one in tables.moved() if one._meta.db_table in present]
    return any(one._meta.base_manager.exists() for one in found)


def _must_hold(work: Path, manifest: Manifest) -> None:
    """Refuse what can only fail once it is put back: nothing was written yet.

    Raises:
        NotRestoredError: if the database of this instance is of another engine.
        ManifestError: if a part is missing, or cannot be read as what it is.
        DamagedError: if the database is damaged.
    """
    if manifest.kind == "rows":
        if not (work / "rows").is_dir():
            raise ManifestError(_("it holds no rows"))
    elif connection.vendor != "sqlite":
        raise NotRestoredError(_("a file of SQLite goes into SQLite: restore what “visavis export” made"))
    elif not (work / "visavis.db").is_file():
        raise ManifestError(_("it holds no database"))
    else:
        check_sqlite(work / "visavis.db")
    for name in filter(lambda name: (work / name).exists(), _ALONG):
        if (work / name).is_dir() is not (name in _FOLDERS):
            raise ManifestError(_("%(name)s is not what it is in archives of ours") % {"name": name})
        if name not in _FOLDERS:
            _must_read(work / name)


def _must_read(path: Path) -> None:
    """Refuse a key that is no text, a note of the demo that is no JSON: nothing would start with it."""
    try:
        text = path.read_text()
        if path.suffix == ".json":
            dict(json.loads(text))
    except (TypeError, ValueError, RecursionError) as error:
        raise ManifestError(_("%(name)s cannot be read") % {"name": path.name}) from error


def _put_back(work: Path, manifest: Manifest) -> None:
    if manifest.kind == "rows":
        call_command("migrate", interactive=False, verbosity=0)
        rows.read(work / "rows")
    else:
        connections.close_all()
        place = Path(connection.settings_dict["NAME"])
        _forget(place)
        (work / "visavis.db").replace(place)
        call_command("migrate", interactive=False, verbosity=0)
    for name in _ALONG:
        _settle(work / name, settings.INSTANCE.folder / name)
    settings.LASTING_KEY = settings.INSTANCE.lasting_key()


def _forget(place: Path) -> None:
    for left in (place, Path(f"{place}-wal"), Path(f"{place}-shm")):
        left.unlink(missing_ok=True)


def _settle(source: Path, target: Path) -> None:
    if not source.exists():
        return
    if target.is_dir():
        shutil.rmtree(target)
    shutil.move(source, target)


def _erase_again(journals: Iterable[Path]) -> dict[str, int]:
    """Take in the journals of after the backup, then erase what came back with it."""
    for path in journals:
        erasures.take_in(path)
    return {str(kind): number for kind, number in replay(system()).items()}


def publish_again() -> int:
    """Publish every month again from its rows, told as of the instant at which it was; how many.

    The open copy is no part of a backup, and what was erased again must leave the sums.
    """
    waiting = ChangedMonth.objects.order_by().values_list("month", flat=True)
    pending = set(waiting)
    told = dict(PublishedMonth.objects.order_by("month").values_list("month", "published_at"))
    months = rebuild(by=system())
    while jobs.step():
        continue
    for month, at in told.items():
        if month not in pending:
            PublishedMonth.objects.filter(month=month).update(published_at=at)
    return len(months)


def vacuum() -> None:
    """Have SQLite write its file anew, so that what was erased again is on no page of it."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(connection.settings_dict["NAME"])) as found:
            found.execute("VACUUM")
            found.execute("PRAGMA wal_checkpoint(TRUNCATE)")
