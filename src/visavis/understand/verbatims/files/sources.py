"""Files of verbatims, read in lots of rows with the types that they have."""

from __future__ import annotations

import datetime as dt
import resource
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

from visavis.listen.imports.reading.codes import Code, Problem, Refused
from visavis.listen.imports.reading.detect import MAX_RATIO, MAX_UNPACKED, FileKind, file_kind
from visavis.listen.imports.reading.dialect import Dialect
from visavis.listen.imports.reading.header import read_header, unique_names
from visavis.listen.imports.reading.records import read_records
from visavis.listen.imports.reading.spool import spool_file
from visavis.listen.imports.reading.tables import open_table

Cells = list[Any]
#: Rows that are read and written at once.
ROWS: Final = 4_000
#: Memory that one lot of a Parquet file may take.
ROOM: Final = 1 << 30
_HEAD: Final = 200
#: How a Parquet file is opened: pages that carry a checksum are held against it.
_OPENED: Final = {"pre_buffer": False, "page_checksum_verification": True}


@dataclass(frozen=True, slots=True)
class Lot:
    """Some rows; ``record`` holds the same as a Parquet file gave them."""

    rows: list[Cells]
    record: Any = None


@dataclass(frozen=True, slots=True)
class Source:
    """A file of rows.

    Attributes:
        names: of its columns, no two alike.
        kind: what it is.
        lots: its rows, from the beginning each time it is called.
        total: how many rows there are; none where only reading tells.
        notices: what was settled on the way.
        dialect: how its cells are set apart, if it is text.
        encoding: of its text.
        schema: types of its columns, if it is a Parquet file.
    """

    names: tuple[str, ...]
    kind: FileKind
    lots: Callable[[], Iterator[Lot]]
    total: int | None = None
    notices: tuple[Problem, ...] = ()
    dialect: Dialect = field(default_factory=Dialect)
    encoding: str = "utf-8"
    schema: Any = None


def open_source(path: Path) -> Source:
    """Open a file whatever its name says.

    Raises:
        Refused: if it is no table.
        OSError: if it cannot be opened.
    """
    kind = file_kind(path)
    opener = {FileKind.TEXT: _text, FileKind.WORKBOOK: _workbook, FileKind.PARQUET: _parquet}
    return opener[kind](path)


def _in_lots(rows: Iterator[Cells]) -> Iterator[Lot]:
    while lot := list(islice(rows, ROWS)):
        yield Lot(lot)


def _text(path: Path) -> Source:
    table = open_table(path)
    layout, width = table.layout, len(table.header)

    def rows() -> Iterator[Cells]:
        records = read_records(path, layout.encoding, layout.dialect, width)
        for record in islice(records, layout.header.skips, None):
            if isinstance(record, Problem):
                raise Refused(record.code, record.line, **record.params)
            line, cells = record
            if cells:
                yield _fitted(line, cells, width)

    return Source(
        table.header,
        FileKind.TEXT,
        lambda: _in_lots(rows()),
        notices=table.notices,
        dialect=layout.dialect,
        encoding=layout.encoding,
    )


def _fitted(line: int, cells: list[str], width: int) -> Cells:
    """A row of the right width: empty cells are added or taken at its end, never a full one."""
    if any(cells[width:]):
        raise Refused(Code.EXTRA_CELLS, line, found=len(cells), expected=width)
    return cells[:width] + [""] * (width - len(cells))


def _workbook(path: Path) -> Source:
    """Held in memory: its cells stand in no order that could be streamed. Another process tries it first."""
    sheet = _sheet(path)

    def rows() -> Iterator[Cells]:
        # Counted from the top of the sheet: what stands above the first row that holds something is passed.
        return islice(sheet.iter_rows(), sheet.start[0], None)

    top = enumerate(islice(rows(), _HEAD), 1)
    head = [(number, [_shown(cell) for cell in cells]) for number, cells in top]
    if not any(any(cells) for _, cells in head):
        raise Refused(Code.EMPTY_FILE)
    header = read_header(head, asked=None)
    width, last = len(header.names), max((at for at, row in enumerate(rows(), 1) if _says(row)), default=0)
    last = max(last, header.skips)

    def cells() -> Iterator[Cells]:
        for row in islice(rows(), header.skips, last):
            yield [None if cell == "" else cell for cell in row[:width]] + [None] * (width - len(row))

    total = last - header.skips
    return Source(
        header.names, FileKind.WORKBOOK, lambda: _in_lots(cells()), total=total, notices=header.notices
    )


def _says(row: Cells) -> bool:
    return any(cell not in ("", None) for cell in row)


def _sheet(path: Path) -> Any:
    """The first visible sheet that holds something, once a process with limits has read it whole.

    A sheet of two cells far apart is small, and its table larger than any memory: the reader would not come
    back from that, and take us with it.
    """
    import python_calamine as calamine

    try:
        name = spool_file(path, FileKind.WORKBOOK, None).sheet
    except Refused as refused:
        empty = refused.refusal.code is Code.NO_SHEET
        raise Refused(Code.EMPTY_FILE) if empty else refused from None
    return calamine.load_workbook(path).get_sheet_by_name(name)


def _shown(cell: Any) -> str:
    return str(plain(cell)) if cell is not None else ""


def plain(cell: Any) -> Any:
    """A workbook's number as the whole number that it is, its instants as they are written down."""
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return int(cell)
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else cell


@contextmanager
def _whole() -> Iterator[None]:
    """Whatever a Parquet file provokes while it is read: it is torn, or holds what cannot be said."""
    import pyarrow as pa

    try:
        yield
    except MemoryError as error:
        raise Refused(Code.TOO_HEAVY) from error
    except (
        pa.ArrowException,
        ArithmeticError,
        LookupError,
        OSError,
        TypeError,
        ValueError,
    ) as error:
        raise Refused(Code.DAMAGED) from error


@contextmanager
def _held() -> Iterator[None]:
    """No more memory than ``ROOM`` is taken meanwhile: what unfolds beyond it is an error, not our end."""
    import pyarrow as pa

    size = Path("/proc/self/statm")
    if not size.exists():
        yield
        return
    pa.allocate_buffer(1)  # its first byte reserves a gigabyte of addresses
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = int(size.read_text().split()[0]) * resource.getpagesize() + ROOM
    resource.setrlimit(resource.RLIMIT_AS, (min(each for each in (most, soft) if each >= 0), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _refuse_unfolding(unpacked: int, path: Path) -> None:
    """Refuse a small file that has become a large one: a few bytes may stand for a thousand million rows."""
    ratio = unpacked / max(1, path.stat().st_size)
    if unpacked > MAX_UNPACKED and ratio > MAX_RATIO:
        raise Refused(Code.BOMB, megabytes=round(unpacked / 1e6), ratio=round(ratio))


def _parquet(path: Path) -> Source:
    import pyarrow as pa
    from pyarrow import parquet

    with _whole(), _held(), parquet.ParquetFile(path, **_OPENED) as file:
        schema, count = file.schema_arrow, file.metadata.num_rows
    _refuse_unfolding(count * len(schema), path)
    names, notices = unique_names(schema.names, 0)
    schema = pa.schema(
        [each.with_name(name) for each, name in zip(schema, names, strict=True)], schema.metadata
    )

    def lots() -> Iterator[Lot]:
        unpacked = 0
        with _whole(), parquet.ParquetFile(path, **_OPENED) as file:
            records = file.iter_batches(ROWS, use_threads=False)
            while lot := _next(records, schema):
                # A text that is held once is written as often as rows say it.
                written = sum(len(cell) for row in lot.rows for cell in row if isinstance(cell, str | bytes))
                unpacked += max(lot.record.nbytes, written)
                _refuse_unfolding(unpacked, path)
                yield lot

    return Source(tuple(names), FileKind.PARQUET, lots, total=count, notices=tuple(notices), schema=schema)


def _next(records: Iterator[Any], schema: Any) -> Lot | None:
    import pyarrow as pa

    with _held():
        record = next(records, None)
        if record is None:
            return None
        renamed = pa.RecordBatch.from_arrays(record.columns, schema=schema)
        return Lot(_rows(renamed), renamed)


def _rows(record: Any) -> list[Cells]:
    columns: Sequence[Sequence[Any]] = [_values(column) for column in record.columns]
    return [list(cells) for cells in zip(*columns, strict=True)] if columns else []


def _values(column: Any) -> list[Any]:
    values: list[Any] = _in_microseconds(column).to_pylist()
    return values


def _in_microseconds(column: Any) -> Any:
    """Python counts no shorter time: what has nanoseconds loses them where it is said as text."""
    import pyarrow as pa

    kind = column.type
    if not pa.types.is_temporal(kind) or getattr(kind, "unit", "") != "ns":
        return column
    if pa.types.is_timestamp(kind):
        return column.cast(pa.timestamp("us", tz=kind.tz), safe=False)
    return column.cast(pa.duration("us") if pa.types.is_duration(kind) else pa.time64("us"), safe=False)
