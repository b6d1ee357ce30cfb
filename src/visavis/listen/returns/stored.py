"""Many rows as the database gives them: turning thousands of values into Python's would cost the most."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
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


class StoredDays(dict[str | dt.date, dt.date]):
    """Days as a database gives them -> days; each is worked out once."""

    def __missing__(self, given: str | dt.date) -> dt.date:
        found = given if isinstance(given, dt.date) else dt.date.fromisoformat(given)
        self[given] = found
        return found
