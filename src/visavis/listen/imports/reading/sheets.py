"""Run as a script in a process of its own, with limits: turns one sheet or one Parquet file into plain CSV.

Imports nothing of the house: a hostile workbook can only bring this process down. Writes CSV (UTF-8) on the
standard output, the number of the row first, and one JSON object on the standard error.
"""

from __future__ import annotations

import csv
import datetime as dt
import errno
import json
import resource
import sys
from collections.abc import Iterator
from typing import Any, Final

#: Longer cells are cut here: the limits of every field are far below, so the cell is refused all the same.
_LONGEST: Final = 200_000


def main() -> None:
    """Read the request (JSON, first argument), write the rows, then say what was read."""
    request = json.loads(sys.argv[1])
    for limit, value in request["limits"].items():
        resource.setrlimit(getattr(resource, limit), (value, value))
    sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
    read = _parquet if request["kind"] == "parquet" else _workbook
    try:
        answer = read(request["path"], request["sheet"])
    except MemoryError:
        answer = {"refused": "too_heavy"}
    except Exception as error:  # noqa: BLE001 - whatever a hostile file provokes, it is not readable
        answer = {"refused": _reason(error)}
    sys.stdout.flush()
    sys.stderr.write("\n" + json.dumps(answer))


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.errno == errno.EFBIG:
        return "too_heavy"
    name = type(error).__name__
    if name == "LookupError":
        return "no_sheet"
    return "password" if name == "PasswordError" else "damaged"


def _workbook(path: str, asked: str | None) -> dict[str, Any]:
    import python_calamine as calamine

    book = calamine.load_workbook(path)
    plain = [
        sheet.name
        for sheet in book.sheets_metadata
        if sheet.typ == calamine.SheetTypeEnum.WorkSheet
        and sheet.visible == calamine.SheetVisibleEnum.Visible
    ]
    names = [name for name in plain if book.get_sheet_by_name(name).start is not None]
    chosen = asked if asked is not None else next(iter(names), None)
    if chosen is None or chosen not in names:
        raise LookupError(chosen)
    sheet = book.get_sheet_by_name(chosen)
    left = (sheet.start or (0, 0))[1]
    merges = [
        ((a, max(0, b - left)), (c, d - left))
        for (a, b), (c, d) in sheet.merged_cell_ranges or []
        if d >= left
    ]
    # `iter_rows` counts rows from the top of the sheet, columns from the first that holds something.
    _write(enumerate(_filled_down(sheet.iter_rows(), merges), start=1))
    return {"sheet": chosen, "sheets": names, "merges": merges}


def _filled_down(rows: Iterator[list[Any]], merges: list[Any]) -> Iterator[list[Any]]:
    """A cell merged downwards holds for each of its rows; one merged sideways is a title and stays alone."""
    first = {(a, b): c for (a, b), (c, d) in merges if b == d and c > a}
    running: dict[int, tuple[int, Any]] = {}
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if (number, column) in first:
                running[column] = (first[number, column], value)
        for column, (last, value) in list(running.items()):
            row[column] = value
            if number >= last:
                del running[column]
        yield row


def _parquet(path: str, _asked: str | None) -> dict[str, Any]:
    import pyarrow as pa
    from pyarrow import parquet

    pa.set_cpu_count(1)
    file = parquet.ParquetFile(path, pre_buffer=False)
    schema = pa.schema([_in_microseconds(field) for field in file.schema_arrow])

    def rows() -> Iterator[list[Any]]:
        for batch in file.iter_batches(batch_size=5000, use_threads=False):
            table = pa.Table.from_batches([batch]).cast(schema, safe=False)
            yield from map(list, zip(*(column.to_pylist() for column in table.columns), strict=True))

    _write([(0, schema.names)])
    _write(enumerate(rows(), start=1))
    return {"sheet": "", "sheets": [], "merges": []}


def _in_microseconds(field: Any) -> Any:
    import pyarrow as pa

    if pa.types.is_timestamp(field.type):
        return field.with_type(pa.timestamp("us", tz=field.type.tz))
    return field.with_type(field.type.value_type) if pa.types.is_dictionary(field.type) else field


def _write(rows: Any) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    for number, row in rows:
        writer.writerow([number, *map(_text, row)])


def _text(value: Any) -> str:  # noqa: C901, PLR0911 - one line a type
    if isinstance(value, str):
        return value[:_LONGEST]
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        if value != value:  # noqa: PLR0124 - not a number: an empty cell
            return ""
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return _clock(value)
    if isinstance(value, dict | list | bytes):
        return json.dumps(value, ensure_ascii=False, default=str)[:_LONGEST]
    return str(value)


def _clock(value: dt.timedelta) -> str:
    seconds = round(value.total_seconds())
    sign = "-" if seconds < 0 else ""
    minutes, seconds = divmod(abs(seconds), 60)
    return f"{sign}{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"


if __name__ == "__main__":
    main()
