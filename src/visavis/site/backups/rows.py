"""A whole organisation as JSON Lines: one file a table, one object a row, and back into either engine.

Each object has the columns of the table as it stands in ``docs/operating.md``: dates and instants as ISO 8601
(instants in UTC), decimals as texts, bytes in base64, the rest as JSON has it.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import connections, models, transaction

from visavis.site.backups.tables import is_derived, moved

#: Rows read or written at a time.
_LOT = 2000


class NotEmptyError(RuntimeError):
    """An organisation is there already: nothing is written over it."""


class UnreadableRowError(ValueError):
    """A line of an export is no row of its table; the message says which."""


def write(folder: Path, *, using: str) -> None:
    """Write every moved table of a database.

    Args:
        folder: where, one ``.jsonl`` a table.
        using: the alias; read within one transaction, or from a copy.
    """
    folder.mkdir(mode=0o700)
    for model in moved():
        names = [field.attname for field in model._meta.concrete_fields]
        rows = model._meta.base_manager.using(using).order_by("pk").values_list(*names)
        with (folder / f"{model._meta.label}.jsonl").open("w", encoding="utf-8") as out:
            for row in rows.iterator(chunk_size=_LOT):
                line = {name: _plain(value) for name, value in zip(names, row, strict=True)}
                out.write(json.dumps(line, ensure_ascii=False) + "\n")


def _plain(value: Any) -> Any:
    match value:
        case dt.datetime():
            return value.astimezone(dt.UTC).isoformat()
        case dt.date() | dt.time():
            return value.isoformat()
        case Decimal():
            return str(value)
        case bytes() | memoryview() | bytearray():
            return base64.b64encode(bytes(value)).decode()
        case _:
            return value


def must_be_empty() -> None:
    """Refuse a database that holds anything of an organisation.

    Raises:
        NotEmptyError: naming a table that holds rows.
    """
    for model in moved():
        if model._meta.base_manager.exists():
            raise NotEmptyError(model._meta.label)


@transaction.atomic
def read(folder: Path) -> None:
    """Write the rows of an export into this instance's empty database: all of them, or none.

    Args:
        folder: as ``write`` made it.

    Raises:
        NotEmptyError: if something is there.
        LookupError: if a file is of a table that this program does not have.
        UnreadableRowError: if a line is no row of its table.
    """
    must_be_empty()
    known = {model._meta.label: model for model in moved()}
    for path in sorted(folder.glob("*.jsonl")):
        if path.stem not in known:
            raise LookupError(path.stem)
    for label, model in known.items():
        path = folder / f"{label}.jsonl"
        if path.exists():
            _fill(model, path)
    _number_on()


def _fill(model: type[models.Model], path: Path) -> None:
    with path.open(encoding="utf-8") as lines:
        for lot in _lots(_made(model, lines), _LOT):
            _insert(model, lot)


def _lots(items: Iterable[models.Model], size: int) -> Iterator[list[models.Model]]:
    left = iter(items)
    while lot := list(islice(left, size)):
        yield lot


def _made(model: type[models.Model], lines: Any) -> Iterator[models.Model]:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    read = 0
    try:
        for line in lines:
            read += 1
            told = json.loads(line)
            yield model(**{name: _read(fields[name], value) for name, value in told.items()})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, ValidationError) as error:
        why = " ".join(error.messages) if isinstance(error, ValidationError) else error
        raise UnreadableRowError(f"{model._meta.label}, line {read}: {why!s:.200}") from error


def _read(field: models.Field[Any, Any], value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField):
        return value
    return field.to_python(value)


def _insert(model: type[models.Model], rows: list[models.Model]) -> None:
    """Insert rows as they are: a bulk_create would write today where the column says when it was."""
    fields = model._meta.concrete_fields
    manager: Any = model._meta.base_manager
    size = connections["default"].ops.bulk_batch_size(fields, rows)
    for lot in _lots(rows, size):
        manager._insert(lot, fields=fields, using="default", raw=True)  # noqa: SLF001  nothing else is raw


def _number_on() -> None:
    """Have the engine number new rows after those that came."""
    connection = connections["default"]
    models_of_ours = [model for model in moved() if not is_derived(model)]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models_of_ours):
            cursor.execute(statement)
