"""A file as one table of text: its column names, and its rows with the physical line of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from visavis.listen.imports.reading.codes import Code, Problem, Refused
from visavis.listen.imports.reading.detect import FileKind, encoding_of, file_kind
from visavis.listen.imports.reading.dialect import (
    SEPARATORS,
    Dialect,
    Record,
    detect_dialect,
    sample_records,
)
from visavis.listen.imports.reading.header import Header, header_votes, read_header
from visavis.listen.imports.reading.hints import Hints
from visavis.listen.imports.reading.records import read_records
from visavis.listen.imports.reading.spool import Spool, spool_file

_SAMPLE_CHARACTERS: Final = 256 << 10
_SAMPLE_LINES: Final = 1000
_SAMPLE_ROWS: Final = 200
#: What the names of files end with that are no text.
_NOT_TEXT: Final = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".parquet"})


class Row(NamedTuple):
    """One row as text: the physical line on which it begins, and as many cells as the header has names."""

    line: int
    cells: list[str]


Item = Row | Problem


class Chunk(NamedTuple):
    """Consecutive rows and problems, and where to start again after them."""

    start: int
    items: list[Item]
    next_start: int


@dataclass(frozen=True, slots=True)
class Layout:
    """What was detected or settled: enough to read the same file the same way again."""

    kind: FileKind
    encoding: str
    dialect: Dialect
    header: Header
    sheet: str = ""
    sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A file read as one table. Rows are streamed: memory does not grow with the file.

    ``asked`` holds what a person settled, good for other files of the same shape; ``hints`` adds what was
    detected in this one. ``notices`` tells what the person who imports should know before the rows (lines
    above the header, columns without a name, other sheets).
    """

    path: Path
    layout: Layout
    asked: Hints
    hints: Hints
    notices: tuple[Problem, ...] = ()
    spool: Spool | None = field(default=None, repr=False, compare=False)

    @property
    def header(self) -> tuple[str, ...]:
        """The column names, unique, in the order of the file."""
        return self.layout.header.names

    def rows(self, start: int = 0) -> Iterator[Item]:
        """Rows and located problems in the order of the file, from the ``start``-th (0 is the first).

        The file is read again from its beginning, so a quoted cell that spans lines is never cut: skipping
        costs about one second for a million rows.
        """
        return islice(self._body(), start, None)

    def chunks(self, size: int, start_row: int = 0) -> Iterator[Chunk]:
        """The same in lots of ``size``; ``next_start`` of a lot continues after it."""
        items = self.rows(start_row)
        while lot := list(islice(items, size)):
            yield Chunk(start_row, lot, start_row + len(lot))
            start_row += len(lot)

    def sample(self, n: int = 100) -> list[Row]:
        """The first ``n`` good rows."""
        return list(islice((item for item in self._body() if isinstance(item, Row)), n))

    def count(self) -> int:
        """How many rows there are, problems included. Reads the whole file."""
        return sum(1 for _ in self._body())

    def _records(self) -> Iterator[Record | Problem]:
        if self.spool is not None:
            return self.spool.records()
        return read_records(self.path, self.layout.encoding, self.layout.dialect, len(self.header))

    def _body(self) -> Iterator[Item]:
        return _rows(islice(self._records(), self.layout.header.skips, None), self.layout.header.raw)


def _rows(records: Iterator[Record | Problem], header: tuple[str, ...]) -> Iterator[Item]:
    """Fit records to the header; whatever does not fit is a problem at its line."""
    names, width, gap, closed = list(header), len(header), False, 0
    known: list[list[str]] = []
    for record in records:
        if isinstance(record, Problem):
            yield record
            continue
        line, cells = record
        if not cells or (not cells[0].strip() and not "".join(cells).strip()):
            gap = True
            continue
        if gap and not closed and _begins_a_table(cells, names, known):
            closed = line
            yield _problem(line, Code.SECOND_TABLE, cells)
        elif closed:
            yield _problem(line, Code.AFTER_SECOND_TABLE, cells, start=closed)
        elif len(cells) == width:
            if len(known) < _SAMPLE_ROWS:
                known.append(cells)
            yield Row(line, cells) if cells != names else _problem(line, Code.REPEATED_HEADER, cells)
        else:
            yield _fitted(line, cells, width)
        gap = False


def _fitted(line: int, cells: list[str], width: int) -> Item:
    """A row that is too long only by empty cells (spreadsheets write them) is whole; others are problems."""
    if len(cells) < width:
        return _problem(line, Code.MISSING_CELLS, cells, found=len(cells), expected=width)
    if any(map(str.strip, cells[width:])):
        return _problem(line, Code.EXTRA_CELLS, cells, found=len(cells), expected=width)
    return Row(line, cells[:width])


def _begins_a_table(cells: list[str], names: list[str], known: Sequence[Sequence[str]]) -> bool:
    """After a blank line: other column names, told by columns that held values until then."""
    if cells == names or not all(map(str.strip, cells)):
        return False
    if {cell.strip().casefold() for cell in cells} & {name.strip().casefold() for name in names}:
        return True
    return len(cells) == len(names) and header_votes(cells, known) > 0


def _problem(line: int, code: Code, cells: Sequence[str], **params: object) -> Problem:
    return Problem(line, "", code, dict(params), raw=" | ".join(cells)[:500])


def open_table(path: Path, *, hints: Hints | None = None, name: str = "") -> Table:
    """Read a file as one table of text.

    Args:
        path: a CSV file (any encoding, any separator), a workbook (XLSX, XLSB, XLS, ODS) a Parquet file, or
            the users of a directory (SCIM); told apart by content.
        hints: what a person settled; the rest is detected.
        name: what it is called where it comes from; as ``path`` if not said.

    Returns:
        A table whose rows are read on demand.

    Raises:
        Refused: if the file is not one table, with the line and the cause.
    """
    hints = hints or Hints()
    kind = file_kind(path)
    if kind is FileKind.TEXT:
        return _told_as_text(_open_text(path, hints), Path(name or path).suffix.lower())
    spool = spool_file(path, kind, hints.sheet)
    asked = hints.header_line if kind is FileKind.WORKBOOK else None  # others say their columns apart
    found = read_header(spool.head(_SAMPLE_ROWS), asked=asked, merges=spool.merges)
    layout = Layout(kind, "", Dialect(), found, spool.sheet, spool.sheets)
    settled = replace(hints, sheet=spool.sheet or None, header_line=found.line, decimal=".")
    others = ", ".join(name for name in spool.sheets if name != spool.sheet)
    notice = Problem(0, "", Code.OTHER_SHEETS, {"sheet": spool.sheet, "others": others})
    return Table(path, layout, hints, settled, (*found.notices, notice) if others else found.notices, spool)


def _told_as_text(table: Table, ending: str) -> Table:
    """A table of text, whatever its name promises; said if that is something else."""
    if ending not in _NOT_TEXT:
        return table
    if next(table.rows(), None) is None:
        raise Refused(Code.NO_WORKBOOK, 1, ending=ending)
    notice = Problem(0, "", Code.TEXT_ALL_THE_SAME, {"ending": ending})
    return replace(table, notices=(*table.notices, notice))


def _open_text(path: Path, hints: Hints) -> Table:
    encoding = encoding_of(path, asked=hints.encoding)
    lines = _first_lines(path, encoding)
    declared, lines = _declared_separator(lines)
    dialect = detect_dialect(lines, separator=hints.separator or declared, quote=hints.quote)
    records, broken = sample_records(dialect, lines)
    if not records and broken:
        raise Refused(Code.OPEN_QUOTE, 1)
    if declared:
        records = [(1, []), *((line + 1, cells) for line, cells in records)]
    found = read_header(records, asked=hints.header_line)
    settled = replace(hints, encoding=encoding, separator=dialect.separator, header_line=found.line)
    return Table(path, Layout(FileKind.TEXT, encoding, dialect, found), hints, settled, found.notices)


def _first_lines(path: Path, encoding: str) -> list[str]:
    with path.open(encoding=encoding, newline="") as file:
        lines = file.readlines(_SAMPLE_CHARACTERS)[:_SAMPLE_LINES]
    if not any(map(str.strip, lines)):
        raise Refused(Code.EMPTY_FILE)
    return lines


def _declared_separator(lines: list[str]) -> tuple[str | None, list[str]]:
    """``sep=;`` on the first line, as spreadsheets understand it."""
    first = lines[0].strip().strip('"').lower() if lines else ""
    if len(first) == 5 and first.startswith("sep=") and first[4] in SEPARATORS:
        return first[4], lines[1:]
    return None, lines
