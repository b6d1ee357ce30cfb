"""One instant of the database, read at leisure while people go on writing.

SQLite is copied by its online backup API: the file alone, or the file and its journal, may be torn or late
(trust.md §0.11). PostgreSQL is read in one repeatable-read transaction of its own.
"""

from __future__ import annotations

import copy
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections, transaction

ALIAS = "snapshot"
#: Nobody signs in by a session of the past.
_SESSIONS = "DELETE FROM django_session"


class DamagedError(RuntimeError):
    """A database that SQLite itself finds damaged."""


def copy_sqlite(target: Path) -> None:
    """Copy the SQLite database of this instance into a file of its own, whole and checked.

    Args:
        target: the file to write, readable by its owner only.

    Raises:
        DamagedError: if the copy is damaged: so is what was copied.
    """
    target.touch(mode=0o600)
    source = str(connection.settings_dict["NAME"])
    with closing(sqlite3.connect(source)) as theirs, closing(sqlite3.connect(target)) as ours:
        theirs.backup(ours)
        ours.execute("PRAGMA journal_mode = DELETE")
        ours.execute("PRAGMA secure_delete = ON")
        ours.execute(_SESSIONS)
        ours.commit()
    check_sqlite(target)


def check_sqlite(path: Path) -> None:
    """Have SQLite read a whole file: its pages, its indexes, its unique and foreign keys.

    Raises:
        DamagedError: if anything is wrong, with what SQLite says first.
    """
    try:
        with closing(sqlite3.connect(path)) as found:
            told = [row[0] for row in found.execute("PRAGMA integrity_check(3)")]
            orphans = found.execute("PRAGMA foreign_key_check").fetchmany(3)
    except sqlite3.DatabaseError as error:
        raise DamagedError(str(error)) from error
    if told != ["ok"] or orphans:
        raise DamagedError("; ".join([*told, *(f"{row[0]} → {row[2]}" for row in orphans)]))


@contextmanager
def opened(settings: dict[str, Any]) -> Iterator[str]:
    """Open another database under the alias ``snapshot``, for as long as the block lasts."""
    connections.databases[ALIAS] = settings
    try:
        yield ALIAS
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.databases[ALIAS]


@contextmanager
def snapshot(folder: Path) -> Iterator[str]:
    """Hold one instant of the database; the alias under which it is read.

    Args:
        folder: where a copy may be written, ``visavis.db``; it stays there after the block.
    """
    settings = copy.deepcopy(connection.settings_dict)
    if connection.vendor == "sqlite":
        copy_sqlite(folder / "visavis.db")
        settings |= {"NAME": str(folder / "visavis.db"), "OPTIONS": {}}
        with opened(settings) as alias:
            yield alias
        return
    with opened(settings) as alias, transaction.atomic(using=alias):
        with connections[alias].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield alias
