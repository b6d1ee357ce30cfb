"""Files that are written row after row beside their place, and put there once they are whole."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from visavis.listen.imports.reading.detect import FileKind
from visavis.understand.verbatims.files.readings import Cells
from visavis.understand.verbatims.files.sources import Lot, Source, plain
from visavis.web.downloads import UNDATED, harmless

ENDINGS: Final = {".csv": "csv", ".xlsx": "xlsx", ".parquet": "parquet"}
#: What a workbook holds at most: rows with the header, characters of a cell.
MOST_ROWS, LONGEST = 1_048_576, 32_767
#: A signed number runs nothing: it is left as it was written.
_NUMBER: Final = re.compile(r"[-+]?\d+(?:[.,]\d+)?")
#: Whole numbers up to here are exact in a workbook.
_EXACT: Final = 2**53
#: Rows that a group of a Parquet file holds.
_GROUP: Final = 64_000


class TooManyRowsError(ValueError):
    """A workbook cannot hold so many rows."""


class Sink(ABC):
    """A file that is being written."""

    def __init__(self) -> None:
        self.cut = 0

    @abstractmethod
    def write(self, lot: Lot, text: int, texts: Sequence[str] | None, added: Sequence[Cells]) -> None:
        """Write some rows.

        Args:
            lot: the rows as they were read.
            text: the place of the column of texts.
            texts: what to write in it instead; none: what stands there.
            added: the cells to add to each.
        """

    @abstractmethod
    def close(self) -> None:
        """End the file."""


@contextmanager
def sink(path: Path, source: Source, added: Sequence[str]) -> Iterator[Sink]:
    """A file in the format of its ending. It appears once it is whole, or not at all.

    Args:
        path: where it will be.
        source: what it repeats.
        added: the names of the columns that are added.
    """
    beside = path.with_name(f".{path.name}.part")
    kinds: dict[str, type[Sink]] = {"csv": _Text, "xlsx": _Workbook, "parquet": _Parquet}
    try:
        opened = kinds[ENDINGS[path.suffix.lower()]](beside, source, added)  # type: ignore[call-arg]
        try:
            yield opened
        finally:
            opened.close()
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _rewritten(
    lot: Lot, text: int, texts: Sequence[str] | None, added: Sequence[Cells]
) -> Iterator[list[Any]]:
    for number, (row, cells) in enumerate(zip(lot.rows, added, strict=True)):
        if texts is not None and row[text] is not None:
            yield [*row[:text], texts[number], *row[text + 1 :], *cells]
        else:
            yield [*row, *cells]


def safe(text: str) -> str:
    """A text that no spreadsheet takes for a formula; a number stays one.

    >>> safe("=1+1"), safe("- trop cher"), safe("-3,5")
    ("'=1+1", "'- trop cher", '-3,5')
    """
    return text if _NUMBER.fullmatch(text) else harmless(text)


def _written(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return safe(cell.replace("\0", ""))
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, list | dict):
        return json.dumps(cell, ensure_ascii=False, default=str)
    return str(plain(cell))


class _Text(Sink):
    """A CSV file, set apart as the source is if it is one."""

    def __init__(self, path: Path, source: Source, added: Sequence[str]) -> None:
        super().__init__()
        marked = source.encoding == "utf-8-sig"
        self._file = path.open("w", encoding="utf-8-sig" if marked else "utf-8", errors="replace", newline="")
        separator = source.dialect.separator
        self._writer = csv.writer(self._file, delimiter=separator, lineterminator="\r\n")
        self._writer.writerow([safe(name) for name in (*source.names, *added)])

    def write(self, lot: Lot, text: int, texts: Sequence[str] | None, added: Sequence[Cells]) -> None:
        for row in _rewritten(lot, text, texts, added):
            self._writer.writerow([_written(cell) for cell in row])

    def close(self) -> None:
        self._file.close()


class _Workbook(Sink):
    """An XLSX file, its rows on the disk as soon as they are written."""

    def __init__(self, path: Path, source: Source, added: Sequence[str]) -> None:
        import xlsxwriter

        super().__init__()
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(str(path), options | {"strings_to_numbers": False})
        self._book.set_properties({"created": UNDATED})
        self._sheet = self._book.add_worksheet()
        self._sheet.freeze_panes(1, 0)
        shown = {dt.datetime: "dd/mm/yyyy hh:mm:ss", dt.date: "dd/mm/yyyy", dt.time: "hh:mm:ss"}
        shown |= {dt.timedelta: "[h]:mm:ss"}
        self._formats = {kind: self._book.add_format({"num_format": each}) for kind, each in shown.items()}
        self._row = 0
        self._put([*source.names, *added])

    def write(self, lot: Lot, text: int, texts: Sequence[str] | None, added: Sequence[Cells]) -> None:
        if self._row + len(lot.rows) > MOST_ROWS:
            raise TooManyRowsError
        for row in _rewritten(lot, text, texts, added):
            self._put(row)

    def _put(self, cells: Sequence[Any]) -> None:
        for place, cell in enumerate(cells):
            if cell is not None and cell != "":
                self._cell(place, cell)
        self._row += 1

    def _cell(self, place: int, cell: Any) -> None:
        if isinstance(cell, bool):
            self._sheet.write_boolean(self._row, place, cell)
        elif _is_exact(cell):
            self._sheet.write_number(self._row, place, cell)
        elif type(cell) in self._formats and getattr(cell, "tzinfo", None) is None and _after_1900(cell):
            self._sheet.write_datetime(self._row, place, cell, self._formats[type(cell)])
        else:
            shown = _written(cell).encode("utf-8", "replace").decode()
            self.cut += len(shown) > LONGEST
            self._sheet.write_string(self._row, place, shown[:LONGEST])

    def close(self) -> None:
        self._book.close()


def _is_exact(cell: Any) -> bool:
    if isinstance(cell, float):
        return cell - cell == 0
    return isinstance(cell, int | Decimal) and -_EXACT <= cell <= _EXACT and len(str(cell)) <= 16


def _after_1900(cell: Any) -> bool:
    return not isinstance(cell, dt.date) or cell.year >= 1900


class _Parquet(Sink):
    """A Parquet file: the columns of another keep their types, those of text are texts."""

    def __init__(self, path: Path, source: Source, added: Sequence[str]) -> None:
        import pyarrow as pa
        from pyarrow import parquet

        super().__init__()
        kept = source.schema or pa.schema(_typed(source))
        types = {0: pa.float64(), 2: pa.float64(), 3: pa.int8()}
        extra = [pa.field(name, types.get(place, pa.string())) for place, name in enumerate(added)]
        self._schema = pa.schema([*kept, *extra], kept.metadata)
        self._kept = kept
        self._waiting: list[Any] = []
        self._rows: int = 0
        self._file = parquet.ParquetWriter(path, self._schema)

    def write(self, lot: Lot, text: int, texts: Sequence[str] | None, added: Sequence[Cells]) -> None:
        import pyarrow as pa

        record = lot.record or pa.RecordBatch.from_arrays(
            [
                pa.array([_of_type(row[place], each.type) for row in lot.rows], each.type)
                for place, each in enumerate(self._kept)
            ],
            schema=self._kept,
        )
        columns = record.columns
        if texts is not None:
            shown = [
                text_ if row[text] is not None else None for text_, row in zip(texts, lot.rows, strict=True)
            ]
            columns[text] = pa.array(shown, pa.string()).cast(self._kept.field(text).type)
        extra = list(self._schema)[len(self._kept) :]
        columns += [
            pa.array([cells[place] for cells in added], each.type) for place, each in enumerate(extra)
        ]
        self._waiting.append(pa.RecordBatch.from_arrays(columns, schema=self._schema))
        self._rows += len(added)
        if self._rows >= _GROUP:
            self._flush()

    def _flush(self) -> None:
        import pyarrow as pa

        if self._waiting:
            self._file.write_table(pa.Table.from_batches(self._waiting, self._schema))
        self._waiting, self._rows = [], 0

    def close(self) -> None:
        self._flush()
        self._file.close()


def _of_type(cell: Any, wanted: Any) -> Any:
    """A cell for a column of that type; a mixed column holds texts."""
    import pyarrow as pa

    if cell is None or not pa.types.is_string(wanted):
        return int(cell) if cell is not None and pa.types.is_int64(wanted) else cell
    shown = cell if isinstance(cell, str) else str(plain(cell))
    return shown.encode("utf-8", "replace").decode()


def _typed(source: Source) -> list[Any]:
    """The types of the columns of a workbook, from all its cells; all texts in a file of text."""
    import pyarrow as pa

    if source.kind is FileKind.TEXT:
        return [pa.field(name, pa.string()) for name in source.names]
    kinds: list[set[type]] = [set() for _ in source.names]
    for lot in source.lots():
        for row in lot.rows:
            for place, cell in enumerate(row):
                if cell is not None:
                    kinds[place].add(type(plain(cell)) if isinstance(cell, float) else type(cell))
    known = {
        frozenset({int}): pa.int64(),
        frozenset({float}): pa.float64(),
        frozenset({int, float}): pa.float64(),
        frozenset({bool}): pa.bool_(),
        frozenset({dt.date}): pa.date32(),
        frozenset({dt.datetime}): pa.timestamp("us"),
        frozenset({dt.timedelta}): pa.duration("us"),
        frozenset({dt.time}): pa.time64("us"),
    }
    return [
        pa.field(name, known.get(frozenset(found), pa.string()))
        for name, found in zip(source.names, kinds, strict=True)
    ]
