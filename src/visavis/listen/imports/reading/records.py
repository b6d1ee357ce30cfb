"""Records of a text file with the physical line of each; damaged quotation marks are stepped over."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final, TextIO

from visavis.listen.imports.reading.codes import Code, Problem, Refused
from visavis.listen.imports.reading.dialect import Dialect, Record

#: Past this length a cell is a quotation mark that was never closed, and no text that anybody wrote.
MAX_CELL: Final = 1 << 20
#: How far below a damaged line a sound row is looked for.
_REACH: Final = 200
_SOUND_ROWS: Final = 5

csv.field_size_limit(MAX_CELL)


def read_records(path: Path, encoding: str, dialect: Dialect, width: int) -> Iterator[Record | Problem]:
    """Stream the records of a file.

    A quotation mark out of place makes a problem of each physical line up to the next place from where
    rows of the right width follow; the rows after it are read as usual.

    Args:
        path: the file.
        encoding: a Python codec that reads it.
        dialect: how cells are set apart.
        width: the number of cells of a sound row.

    Raises:
        Refused: at a quotation mark after which no sound row is found, because what follows could be
            either rows or the inside of a text.
    """
    with path.open(encoding=encoding, newline="") as file:
        yield from _Feed(file, dialect, width).records()


class _Feed:
    """Physical lines under reading: those of the current record are kept, others may be handed back."""

    def __init__(self, file: TextIO, dialect: Dialect, width: int) -> None:
        self._file = file
        self._dialect = dialect
        self._width = width
        self._kept: list[str] = []
        self._back: deque[str] = deque()

    def records(self) -> Iterator[Record | Problem]:
        line = first = 1
        while True:
            reader = self._dialect.reader(self._lines())
            try:
                for cells in reader:
                    yield line, cells
                    line = first + reader.line_num
                    self._kept.clear()
            except csv.Error as error:
                damage = self._step_over(line, error)
            else:
                return
            yield from damage
            line = first = line + len(damage)

    def _lines(self) -> Iterator[str]:
        while self._back:
            self._kept.append(self._back[0])
            yield self._back.popleft()
        for line in self._file:
            self._kept.append(line)
            yield line

    def _step_over(self, line: int, error: csv.Error) -> list[Problem]:
        """The damaged lines as problems, one each; the lines after them go back to be read."""
        ahead = [*self._kept, *self._back, *islice(self._file, _REACH)]
        self._kept.clear()
        self._back.clear()
        damaged = self._first_sound(ahead)
        if damaged is None:
            raise Refused(Code.OPEN_QUOTE, line) from error
        self._back.extend(ahead[damaged:])
        giant = "field larger" in str(error)
        code, params = (Code.GIANT_CELL, {"limit": MAX_CELL}) if giant else (Code.STRAY_QUOTE, {})
        return [
            Problem(line + at, "", code, dict(params), raw=text.rstrip("\r\n")[:500])
            for at, text in enumerate(ahead[:damaged])
        ]

    def _first_sound(self, ahead: Sequence[str]) -> int | None:
        if self._width < 2:
            return None
        for at in range(1, min(len(ahead), _REACH) + 1):
            if self._is_sound(ahead[at : at + _REACH]):
                return at
        return None

    def _is_sound(self, lines: Sequence[str]) -> bool:
        """Whether rows of the right width begin here: five, or those there are before more damage."""
        if not lines:
            return True
        kept: list[str] = []
        reader = self._dialect.reader(_remembered(lines, kept))
        seen = 0
        try:
            for cells in reader:
                if cells and (
                    len(cells) != self._width or _has_stray_quote(cells, "".join(kept), self._dialect.quote)
                ):
                    return False
                seen += bool(cells)
                kept.clear()
                if seen == _SOUND_ROWS:
                    break
        except csv.Error:
            return seen > 0
        return True


def _remembered(lines: Sequence[str], kept: list[str]) -> Iterator[str]:
    for line in lines:
        kept.append(line)
        yield line


def _has_stray_quote(cells: Sequence[str], raw: str, quote: str) -> bool:
    inside = any(quote in cell for cell in cells)
    return raw.count(quote) % 2 == 1 or (inside and quote * 2 not in raw)
