"""How the text of a table is laid out: separator, quoting, and the line that holds the column names."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

#: In order of preference when nothing else tells them apart.
SEPARATORS: Final = (";", "\t", "|", ",")
_SAMPLE_RECORDS: Final = 300

if TYPE_CHECKING:
    from _csv import Reader

Record = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Dialect:
    """How cells are set apart; ``escape`` is a backslash in files that do not double quotation marks."""

    separator: str = ","
    quote: str = '"'
    escape: str | None = None
    skip_space: bool = False

    def reader(self, lines: Iterable[str]) -> Reader:
        """A strict reader: text after a closing quotation mark is an error, never silently joined."""
        return csv.reader(
            lines,
            delimiter=self.separator,
            quotechar=self.quote,
            escapechar=self.escape,
            doublequote=self.escape is None,
            skipinitialspace=self.skip_space,
            strict=True,
        )


def numbered(dialect: Dialect, lines: Iterable[str], *, first: int = 1) -> Iterator[Record]:
    """Records with the physical line on which each begins.

    Args:
        dialect: how cells are set apart.
        lines: physical lines with their ends.
        first: the number of the first of these lines.

    Raises:
        csv.Error: at a quotation mark out of place.
    """
    reader = dialect.reader(lines)
    line = first
    for cells in reader:
        yield line, cells
        line = first + reader.line_num


def sample_records(dialect: Dialect, lines: Sequence[str]) -> tuple[list[Record], bool]:
    """The first records of a sample, and whether a quotation mark out of place stopped the reading."""
    records: list[Record] = []
    try:
        for record in numbered(dialect, lines):
            records.append(record)
            if len(records) == _SAMPLE_RECORDS:
                break
    except csv.Error as error:
        return records, "unexpected end of data" not in str(error)
    return records, False


def detect_dialect(
    lines: Sequence[str], *, separator: str | None = None, quote: str | None = None
) -> Dialect:
    """Choose the dialect under which the sample is the most regular.

    Each separator is scored by the regularity of the number of cells times the share of cells that look
    like one value.

    Args:
        lines: the first physical lines, with their ends.
        separator: what a person chose.
        quote: what a person chose.

    Source:
        G. van den Burg, A. Nazábal, C. Sutton (2019), "Wrangling messy CSV files by detecting row and type
        patterns", Data Mining and Knowledge Discovery 33, 1799-1820 (the pattern and type scores).
    """
    mark = quote or '"'
    candidates = [Dialect(each, mark) for each in ((separator,) if separator else SEPARATORS)]
    best = max(candidates, key=lambda dialect: _score(dialect, lines))
    if not separator and _is_prose(best, lines):
        text = "".join(lines)
        best = Dialect(next((each for each in ("\t", "|", ";") if each not in text), "\t"), mark)
    return _refine(best, lines)


def _score(dialect: Dialect, lines: Sequence[str]) -> float:
    records, broken = sample_records(dialect, lines)
    rows = [cells for _, cells in records if any(cells)]
    if not rows:
        return 0.0
    widths = Counter(map(len, rows))
    pattern = sum(n * max(1e-3, width - 1) / width for width, n in widths.items()) / len(widths) / len(rows)
    cells = [cell for row in rows for cell in row]
    typed = sum(map(_looks_like_one_value, cells)) / len(cells)
    return pattern * (0.1 + 0.9 * typed) * (0.1 if broken else 1.0)


_VALUE: Final = re.compile(
    r"\s*(?:[-+]?[\d \u00a0\u202f]*(?:[.,]\d+)?%?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T]\d.*)?|[^;,\t|]*)\s*"
)


def _looks_like_one_value(cell: str) -> bool:
    return _VALUE.fullmatch(cell) is not None


def _is_prose(dialect: Dialect, lines: Sequence[str]) -> bool:
    """One column of sentences: the first line has no separator and a space follows each of the others."""
    if dialect.separator not in ",;":
        return False
    first = next((line for line in lines if line.strip()), "")
    text = "".join(lines)
    return dialect.separator not in first and not re.search(re.escape(dialect.separator) + r"\S", text)


def _refine(dialect: Dialect, lines: Sequence[str]) -> Dialect:
    """Escapes and spaces that some programs write, kept only when they make sense of the whole sample."""
    _, broken = sample_records(dialect, lines)
    text = "".join(lines)
    tight, loose = dialect.separator + dialect.quote, dialect.separator + " " + dialect.quote
    spaced = Dialect(dialect.separator, dialect.quote, skip_space=True)
    if loose in text and tight not in text and not sample_records(spaced, lines)[1]:
        return spaced
    escaped = Dialect(dialect.separator, dialect.quote, escape="\\")
    if broken and "\\" + dialect.quote in text and not sample_records(escaped, lines)[1]:
        return escaped
    return dialect


_TYPES: Final = (
    ("number", re.compile(r"[-+]?\d[\d \u00a0\u202f]*(?:[.,]\d+)?\s?%?")),
    ("date", re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T].*)?")),
    ("truth", re.compile(r"true|false|vrai|faux", re.IGNORECASE)),
)


def type_of(cell: str) -> str:
    """The type of a value (number, date or truth); empty for words."""
    word = cell.strip()
    return next((name for name, pattern in _TYPES if pattern.fullmatch(word)), "")


def is_typed(cell: str) -> bool:
    """Whether a cell is a number, a date or a truth value rather than words."""
    return bool(type_of(cell))
