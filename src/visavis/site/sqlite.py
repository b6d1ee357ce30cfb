"""The bundled SQLite: the one that the system ships may lose data (WAL-reset bug, fixed in 3.51.3)."""

from __future__ import annotations

import datetime as dt
import sys
from functools import lru_cache
from importlib import import_module

import pysqlite3

#: First version without the bug: https://sqlite.org/wal.html#walresetbug
SAFE = (3, 51, 3)

#: Durable at a power cut (FULL), deleted text is wiped, memory-mapping never used (trust.md §0, §11).
PRAGMAS = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA secure_delete = ON;
PRAGMA foreign_keys = ON;
PRAGMA mmap_size = 0;
PRAGMA cache_size = -65536;
PRAGMA temp_store = MEMORY;
"""


class UnsafeSQLiteError(RuntimeError):
    """The SQLite at hand is older than the fix of a bug that corrupts data."""


def use_bundled() -> None:
    """Make ``import sqlite3`` give the bundled library, before Django loads its own.

    Raises:
        UnsafeSQLiteError: if even the bundled one is too old.
    """
    if pysqlite3.sqlite_version_info < SAFE:
        found, wanted = pysqlite3.sqlite_version, ".".join(map(str, SAFE))
        raise UnsafeSQLiteError(
            f"SQLite {found} peut abîmer les données : il faut {wanted} ou une version suivante.\n"
            f"SQLite {found} may corrupt data: {wanted} or later is needed."
        )
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2


def read_days_once() -> None:
    """Turn each day that SQLite gives into Python's once: a page reads the same few hundred many times."""
    # As it is imported, Django registers its own way, which parses each one anew.
    import_module("django.db.backends.sqlite3.base")
    pysqlite3.dbapi2.register_converter("date", _day)


@lru_cache(maxsize=8192)
def _day(stored: bytes) -> dt.date | None:
    from django.utils.dateparse import parse_date

    return parse_date(stored.decode())
