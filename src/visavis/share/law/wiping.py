"""What files still remember of rows that are gone: the write-ahead logs of the database and of the jobs."""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection

logger = logging.getLogger("visavis.share")


def wipe_traces() -> bool:
    """Empty the write-ahead logs: ``secure_delete`` overwrites deleted rows in the files, not in there.

    A reader that holds an old page makes it wait for the next time: the nightly purge calls this again.
    PostgreSQL recycles its own log by itself.

    Returns:
        Whether nothing is left to wipe.
    """
    done = connection.vendor != "sqlite" or connection.in_atomic_block or _wiped_database()
    return _wiped_jobs() and done


def _wiped_database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy: int = cursor.fetchone()[0]
    if busy:
        logger.warning("the log of the database is being read: it is emptied next time")
    return not busy


def _wiped_jobs() -> bool:
    path = Path(str(settings.HUEY["filename"]))
    if not path.exists():
        return True
    with closing(sqlite3.connect(path, timeout=5)) as jobs:
        return not jobs.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
