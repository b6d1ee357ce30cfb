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
    read = {"parquet": _parquet, "scim": _scim}.get(request["kind"], _workbook)
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
    file = parquet.ParquetFile(path, pre_buffer=False, page_checksum_verification=True)
    schema = pa.schema([_in_microseconds(field) for field in file.schema_arrow])

    def rows() -> Iterator[list[Any]]:
        for batch in file.iter_batches(batch_size=5000, use_threads=False):
            table = pa.Table.from_batches([batch]).cast(schema, safe=False)
            yield from map(list, zip(*(column.to_pylist() for column in table.columns), strict=True))

    _write([(0, schema.names)])
    _write(enumerate(rows(), start=1))
    return {"sheet": "", "sheets": [], "merges": []}


#: Of a user of a directory (RFC 7643, 2015, §4.1 and §4.3): the name of the column, where the value lies.
_ENTERPRISE: Final = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
_ATTRIBUTES: Final = {
    **{
        name: (name,)
        for name in ("userName", "externalId", "id", "displayName", "title", "userType", "active")
    },
    **{f"name.{part}": ("name", part) for part in ("formatted", "givenName", "familyName")},
    "emails": ("emails",),
    **{name: (_ENTERPRISE, name) for name in ("employeeNumber", "division", "organization", "costCenter")},
    "department.name": (_ENTERPRISE, "department"),
    "manager.value": (_ENTERPRISE, "manager", "value"),
    "manager.displayName": (_ENTERPRISE, "manager", "displayName"),
}


def _scim(path: str, _asked: str | None) -> dict[str, Any]:
    """Users of a directory, one a row, numbered by its place in the answer.

    Attributes that nobody has are left out, and groups passed over.
    """
    with open(path, encoding="utf-8-sig") as file:  # noqa: PTH123 - nothing of the house, few imports
        told = json.load(file)
    users = told.get("Resources", [told])
    if not isinstance(users, list):
        raise TypeError("Resources is no list")
    rows = [(number, _user(user)) for number, user in enumerate(users, start=1) if not _is_group(user)]
    said = [at for at in range(len(_ATTRIBUTES) + 1) if any(cells[at] not in (None, "") for _, cells in rows)]
    names = [*_ATTRIBUTES, "department.code"]
    _write([(0, [names[at] for at in said])])
    _write((number, [cells[at] for at in said]) for number, cells in rows)
    return {"sheet": "", "sheets": [], "merges": []}


def _is_group(user: Any) -> bool:
    schemas = user.get("schemas", []) if isinstance(user, dict) else []
    return any(str(each).endswith(":Group") for each in schemas)


def _user(user: Any) -> list[Any]:
    cells = [_within(user, place) for place in _ATTRIBUTES.values()]
    named = dict(zip(_ATTRIBUTES, cells, strict=True))
    named["emails"] = _address(named["emails"])
    if named["active"] is None:
        named["active"] = True  # a directory that says nothing means so (RFC 7643, §4.1.1)
    return [*named.values(), "-".join(str(named["department.name"] or "").replace("/", " ").split())[:64]]


def _within(told: Any, place: tuple[str, ...]) -> Any:
    for name in place:
        folded = {str(key).casefold(): value for key, value in told.items()} if isinstance(told, dict) else {}
        told = folded.get(name.casefold())
    return told


def _address(emails: Any) -> str:
    """The primary address, or the one of work, or the first."""
    found = [each for each in emails if isinstance(each, dict)] if isinstance(emails, list) else []
    found.sort(key=lambda each: (each.get("primary") is not True, each.get("type") != "work"))
    return str(found[0].get("value", "")) if found else ""


def _in_microseconds(field: Any) -> Any:
    import pyarrow as pa

    if pa.types.is_timestamp(field.type):
        return field.with_type(pa.timestamp("us", tz=field.type.tz))
    if field.type in (pa.duration("ns"), pa.time64("ns")):
        return field.with_type(pa.duration("us") if pa.types.is_duration(field.type) else pa.time64("us"))
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
