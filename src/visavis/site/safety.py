"""May this instance serve people without losing or showing their data? If not, why, and what to do.

Each check gives a sentence in the language of the instance; empty when all is well.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.checks import WARNING, run_checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.site.options import instance, options
from visavis.site.sqlite import SAFE
from visavis.site.words import CATALOGUE, HOUSE

#: File systems of other machines: SQLite's locks and shared memory do not hold there.
NETWORKED = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "lustre", "beegfs", "gpfs"}
    | {f"fuse.{name}" for name in ("sshfs", "glusterfs", "s3fs", "rclone", "davfs2", "ceph")}
)
#: Warnings of Django's ``check --deploy`` that only mean something behind HTTPS.
_OF_HTTPS = frozenset({f"security.W0{number}" for number in ("04", "08", "10", "11", "12", "16")})
#: What the local machine is called.
_LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})
#: Left by a restore that did not come to its end.
RESTORING = "restoring"


class UnsafeInstanceError(RuntimeError):
    """This instance must not serve anybody; the message says why and what to do."""


def _database() -> str:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        return _("the database does not answer: %(why)s") % {"why": str(error).strip()}
    return ""


def _durability() -> str:
    return _sqlite() if connection.vendor == "sqlite" else _postgresql()


def _sqlite() -> str:
    if sqlite3.sqlite_version_info < SAFE:
        wanted = ".".join(map(str, SAFE))
        return _("SQLite %(version)s may corrupt data: %(wanted)s or later is needed") % {
            "version": sqlite3.sqlite_version,
            "wanted": wanted,
        }
    wanted_now = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
    loose = [name for name, value in wanted_now.items() if _pragma(name) != value]
    if _pragma("mmap_size"):
        loose.append("mmap_size")
    return _("SQLite is not set to keep what it confirmed: %(names)s") % {"names": loose} if loose else ""


def _pragma(name: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        row = cursor.fetchone()
    return row[0] if row else 0


def _postgresql() -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit') "
            "AND setting = 'off' ORDER BY name"
        )
        off = [name for (name,) in cursor.fetchall()]
    return (
        _("PostgreSQL may lose what it confirmed: turn on %(names)s") % {"names": ", ".join(off)}
        if off
        else ""
    )


def missing_migrations() -> str:
    """How many migrations are missing, and what to do; empty when none is."""
    executor = MigrationExecutor(connection)
    left = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    told = ngettext(
        "%(number)s migration is missing: run “visavis migrate”",
        "%(number)s migrations are missing: run “visavis migrate”",
        left,
    )
    return told % {"number": left} if left else ""


def _folder() -> str:
    folder = instance().folder
    if not os.access(folder, os.W_OK):
        return _("%(folder)s cannot be written") % {"folder": folder}
    if (folder / RESTORING).exists():
        return _("a restore was interrupted: empty %(folder)s and restore again") % {"folder": folder}
    return _privacy(folder) or _place(folder)


def _privacy(folder: Path) -> str:
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        return _("others may read the folder of the instance: chmod 700 %(folder)s") % {"folder": folder}
    for name in ("secret-key", "sealing-key", "lasting-key", "visavis.db"):
        path = folder / name
        if path.exists() and stat.S_IMODE(path.stat().st_mode) & 0o077:
            return _("others may read a file of the instance: chmod 600 %(file)s") % {"file": path}
    return ""


def _place(folder: Path) -> str:
    kind = file_system(folder)
    if kind not in NETWORKED:
        return ""
    return _(
        "%(folder)s is on another machine (%(kind)s), where SQLite may corrupt data: use a disk here"
    ) % {
        "folder": folder,
        "kind": kind,
    }


def file_system(folder: Path, mounts: Path = Path("/proc/self/mounts")) -> str:
    """The kind of file system on which a folder lies, as the kernel names it; empty when it does not say."""
    if not mounts.exists():
        return ""
    rows = [line.split(" ") for line in mounts.read_text().splitlines()]
    holding = [(Path(_plain(row[1])), row[2]) for row in rows if folder.is_relative_to(_plain(row[1]))]
    return max(holding, key=lambda pair: len(pair[0].parts), default=(Path(), ""))[1]


def _plain(path: str) -> str:
    """A path as the kernel writes it, its blanks made plain again."""
    return path.replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\")


def _catalogues() -> str:
    stale = [path for path in HOUSE.glob(f"**/{CATALOGUE}") if not path.with_suffix(".mo").exists()]
    return _("words are not compiled: run “python -m visavis.site.words compile”") if stale else ""


def _statics() -> str:
    return "" if finders.find("visavis/css/visavis.css") else _("the stylesheet is missing")


def _debug() -> str:
    return _("debugging is on: people would read the details of errors") if settings.DEBUG else ""


def _https() -> str:
    far = [name for name in settings.ALLOWED_HOSTS if name not in _LOCAL]
    if not far or options().https or options().plain_http:
        return ""
    return _(
        "%(names)s is reached without HTTPS: set VISAVIS_HTTPS, or VISAVIS_PLAIN_HTTP on a closed network"
    ) % {"names": ", ".join(far)}


def _deploy() -> str:
    spared = frozenset() if options().https else _OF_HTTPS
    found = run_checks(include_deployment_checks=True)
    said = [one for one in found if one.level >= WARNING and one.id not in spared and not one.is_silenced()]
    return "; ".join(f"{one.id}: {one.msg}" for one in said)


#: In this order; those of the database need the one before.
CHECKS: Mapping[str, Callable[[], str]] = {
    "folder": _folder,
    "database": _database,
    "durability": _durability,
    "migrations": missing_migrations,
    "languages": _catalogues,
    "statics": _statics,
    "debug": _debug,
    "https": _https,
    "deploy": _deploy,
}


def problems() -> Iterator[tuple[str, str]]:
    """Each check that fails: its name, and what to do. Stops at a database that does not answer."""
    for name, check in CHECKS.items():
        problem = check()
        if problem:
            yield name, problem
            if name == "database":
                return


def must_be_safe() -> None:
    """Refuse to serve anybody from an unsafe instance.

    Raises:
        UnsafeInstanceError: if any check fails, with a line for each.
    """
    found = [f"{name}: {problem}" for name, problem in problems()]
    if found:
        raise UnsafeInstanceError("\n".join(found))
