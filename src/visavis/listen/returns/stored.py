"""Many rows as the database gives them: turning thousands of values into Python's would cost the most."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def as_stored(rows: QuerySet[Any, Any]) -> Sequence[Sequence[Any]]:
    """Read rows of ``values_list`` without turning anything: days are words in some databases.

    Args:
        rows: from a read that knows who looks.
    """
    try:
        inner, words = rows.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(inner, words)
        found: Sequence[Sequence[Any]] = cursor.fetchall()
        return found


@lru_cache(maxsize=4096)
def day_of(stored: str | dt.date) -> dt.date:
    """The day that a database gives, in its way."""
    return stored if isinstance(stored, dt.date) else dt.date.fromisoformat(stored)
