"""Many rows at once: into a temporary table, then one INSERT … SELECT.

The road of ``docs/decisions`` for imports: ten to twenty times cheaper than the ORM. Must be called inside a
transaction. Only here does the room write SQL by hand; names come from the models, values are bound.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from django.db import connection, models

Row = Mapping[str, Any]
_SLICE = 5000


def _column(field: models.Field[Any, Any]) -> str:
    """The column of a concrete field: those alone have one."""
    return field.column or field.attname


@cache
def columns_of(model: type[models.Model]) -> tuple[str, ...]:
    """Every column of a model's table, in the order of its fields."""
    return tuple(_column(field) for field in model._meta.concrete_fields)


@cache
def _defaults(model: type[models.Model]) -> tuple[tuple[str, Any], ...]:
    return tuple((_column(field), field.get_default()) for field in model._meta.concrete_fields)


def blank(model: type[models.Model]) -> dict[str, Any]:
    """A row of ``model`` with its defaults, by column."""
    return dict(_defaults(model))


def known(model: type[models.Model], column: str, ids: Collection[int]) -> dict[int, Any]:
    """The value of ``column`` in the rows that exist among ``ids``; integers and texts only."""
    found: dict[int, Any] = {}
    numbers, table = sorted(ids), model._meta.db_table
    with connection.cursor() as cursor:
        for start in range(0, len(numbers), _SLICE):
            # Thousands of bound numbers cost ten times the query itself; these are ours, and whole.
            listed = ", ".join(f"{number:d}" for number in numbers[start : start + _SLICE])
            cursor.execute(f"SELECT id, {column} FROM {table} WHERE id IN ({listed})")  # noqa: S608
            found.update(cursor.fetchall())
    return found


def upsert(
    model: type[models.Model],
    rows: Sequence[Row],
    *,
    keep: Collection[str] = (),
    only: Collection[str] | None = None,
) -> None:
    """Insert rows by their ``id``, or write over the ones that exist.

    They go in by ``id``, not in the order given: nothing of a file's order is left.

    Args:
        model: whose table; its primary key is ``id``, given in each row.
        rows: all the columns of each (see ``blank``).
        keep: columns left alone in rows that exist.
        only: if given, the only columns written in rows that exist.
    """
    if not rows:
        return
    table, columns = model._meta.db_table, columns_of(model)
    names = ", ".join(map(connection.ops.quote_name, columns))
    written = [name for name in columns if name not in ("id", *keep) and (only is None or name in only)]
    changes = ", ".join(f"{q} = excluded.{q}" for q in map(connection.ops.quote_name, written))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE staged AS SELECT {names} FROM {table} WHERE 1 = 0")  # noqa: S608
        _load(cursor, names, _adapted(model, rows))
        cursor.execute(
            f"INSERT INTO {table} ({names}) SELECT {names} FROM staged WHERE 1 = 1 ORDER BY id "  # noqa: S608
            f"ON CONFLICT (id) DO UPDATE SET {changes}"
        )
        cursor.execute("DROP TABLE staged")


def _load(cursor: Any, names: str, rows: Iterable[tuple[Any, ...]]) -> None:
    if connection.vendor == "postgresql":
        with cursor.copy(f"COPY staged ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        return
    places = ", ".join(["%s"] * (names.count(",") + 1))
    cursor.executemany(f"INSERT INTO staged ({names}) VALUES ({places})", rows)  # noqa: S608


def _adapted(model: type[models.Model], rows: Sequence[Row]) -> Iterable[tuple[Any, ...]]:
    """Rows as tuples, instants and JSON as the engine stores them."""
    pick, changes = itemgetter(*columns_of(model)), _changes(model)
    return (_changed(pick(row), changes) for row in rows) if changes else map(pick, rows)


@cache
def _changes(model: type[models.Model]) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
    """Places of the columns that an engine does not take as they are, and what it takes instead."""
    kinds: dict[type[models.Field[Any, Any]], Callable[[Any], Any]] = {models.JSONField: json.dumps}
    if connection.vendor != "postgresql":
        kinds[models.DateTimeField] = _in_utc
    fields = enumerate(model._meta.concrete_fields)
    return tuple(
        (at, change) for at, each in fields for kind, change in kinds.items() if isinstance(each, kind)
    )


def _changed(row: tuple[Any, ...], changes: Iterable[tuple[int, Callable[[Any], Any]]]) -> tuple[Any, ...]:
    cells = list(row)
    for at, change in changes:
        if cells[at] is not None:
            cells[at] = change(cells[at])
    return tuple(cells)


def _in_utc(instant: dt.datetime) -> dt.datetime:
    return instant.astimezone(dt.UTC).replace(tzinfo=None)
