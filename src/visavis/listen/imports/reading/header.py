"""Which line holds the column names, and the names as the rest of the house knows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from visavis.listen.imports.reading.codes import Code, Problem, Refused
from visavis.listen.imports.reading.dialect import Record, is_typed, type_of
from visavis.listen.imports.reading.values import visible

#: Zero-based cells of a sheet that are one: ((row, column), (row, column)), first and last.
Merge = tuple[tuple[int, int], tuple[int, int]]
_LINES_ABOVE = 30


@dataclass(frozen=True, slots=True)
class Header:
    """The column names, made unique; ``skips`` records stand before the first row."""

    names: tuple[str, ...]
    raw: tuple[str, ...]
    line: int
    skips: int
    notices: tuple[Problem, ...]


def read_header(records: Sequence[Record], *, asked: int | None, merges: Sequence[Merge] = ()) -> Header:
    """Find and name the columns.

    Args:
        records: the first records of the file.
        asked: the line that a person chose; 0 for none (columns are then numbered); ``None`` to detect.
        merges: merged cells of the sheet; a header that they stretch over several lines is joined into one.

    Raises:
        Refused: if there is no such line, or if it looks like values.
    """
    if asked == 0:
        return _numbered(records)
    at = find_header(records, merges) if asked is None else _at_line(records, asked)
    end = _last_line(records, at, merges)
    raw = _joined(records[at : end + 1], merges) if end > at else records[at][1]
    above = sum(1 for _, cells in records[:at] if any(map(str.strip, cells)))
    names, notices = unique_names(raw, records[at][0])
    if above:
        notices.insert(0, Problem(1, "", Code.PREAMBLE, {"count": above}))
    return Header(tuple(names), tuple(records[at][1]), records[at][0], end + 1, tuple(notices))


def _numbered(records: Sequence[Record]) -> Header:
    width = Counter(len(cells) for _, cells in records if cells).most_common(1)
    if not width:
        raise Refused(Code.EMPTY_FILE)
    names = tuple(f"column {position}" for position in range(1, width[0][0] + 1))
    return Header(names, names, 0, 0, ())


def _at_line(records: Sequence[Record], line: int) -> int:
    for at, (number, cells) in enumerate(records):
        if number == line and any(map(str.strip, cells)):
            return at
    raise Refused(Code.UNCLEAR_HEADER, line)


def find_header(records: Sequence[Record], merges: Sequence[Merge] = ()) -> int:
    """The index, among the first records, of the one that holds the column names.

    Lines above it (titles, dates of export, comments, blank lines) are a preamble: they fill fewer than
    60 % of the usual number of cells.

    Raises:
        Refused: if there is nothing, or if the first full line looks like values.
    """
    filled = [(at, cells) for at, (_, cells) in enumerate(records) if any(map(str.strip, cells))]
    if not filled:
        raise Refused(Code.EMPTY_FILE)
    usual = Counter(len(_trimmed(cells)) for _, cells in filled).most_common(1)[0][0]
    enough = max(min(usual, 2), 0.6 * usual)
    place = next(
        (place for place, (_, cells) in enumerate(filled[:_LINES_ABOVE]) if _filled(cells) >= enough), 0
    )
    if not any(top <= records[filled[place][0]][0] - 1 <= low for (top, _), (low, _) in merges):
        place = _next_if_better([cells for _, cells in filled], place, usual)
    at = filled[place][0]
    if header_votes(records[at][1], [cells for where, cells in filled if where > at]) < 0:
        raise Refused(Code.NO_HEADER, records[at][0])
    return at


def _trimmed(cells: list[str]) -> list[str]:
    end = len(cells)
    while end and not cells[end - 1].strip():
        end -= 1
    return cells[:end]


def _filled(cells: list[str]) -> int:
    return sum(1 for cell in cells if cell.strip())


def _next_if_better(rows: Sequence[list[str]], at: int, usual: int) -> int:
    """The line below, when it is full of words and the one chosen is too short to name every column."""
    if at + 2 >= len(rows) or len(_trimmed(rows[at])) >= usual:
        return at
    below = rows[at + 1]
    words = len(below) == _filled(below) == usual and not any(map(is_typed, below))
    return at + 1 if words else at


def header_votes(header: Sequence[str], body: Sequence[Sequence[str]]) -> int:
    """Columns that say "these are names" minus columns that say "these are values".

    A column votes when its body is of one type (number, date, truth value) in nine cells out of ten: a value
    would be of the same type, a name is not. Without any body, a typed cell says "values".
    """
    if not body:
        return -1 if any(map(is_typed, header)) else 0
    votes = 0
    for at, name in enumerate(header):
        types = Counter(type_of(row[at]) for row in body if at < len(row) and row[at].strip())
        usual, count = types.most_common(1)[0] if types else ("", 0)
        if usual and name.strip() and count >= 0.9 * types.total():
            votes += -1 if type_of(name) == usual else 1
    return votes


def _last_line(records: Sequence[Record], at: int, merges: Sequence[Merge]) -> int:
    """The index of the last line of a header that merged cells stretch downwards."""
    first = last = records[at][0] - 1
    grown = True
    while grown:
        reach = max((low for (top, _), (low, _) in merges if first <= top <= last), default=last)
        grown, last = reach > last, max(last, reach)
    return max(i for i, (line, _) in enumerate(records) if line - 1 <= last)


def _joined(lines: Sequence[Record], merges: Sequence[Merge]) -> list[str]:
    grid = {line - 1: list(cells) for line, cells in lines}
    for (top, left), (low, right) in merges:
        if top in grid and left < len(grid[top]):
            for row in range(top, low + 1):
                for column in range(left, min(right + 1, len(grid.get(row, ())))):
                    grid[row][column] = grid[top][left]
    columns = zip(*grid.values(), strict=True)
    return [" ".join(dict.fromkeys(part for part in map(str.strip, column) if part)) for column in columns]


def unique_names(raw: Sequence[str], line: int) -> tuple[list[str], list[Problem]]:
    """Names without line ends, outer spaces nor hidden characters, no two alike; and what was changed."""
    names: list[str] = []
    notices: list[Problem] = []
    shown = [" ".join(visible(" ".join(cell.split())).split()) for cell in raw]
    taken = set(shown)
    for position, cell in enumerate(shown, start=1):
        name = cell
        if not name:
            notices.append(Problem(line, "", Code.UNNAMED_COLUMN, {"position": position}))
            name = _free(f"column {position}", names, taken)
        elif name in names:
            if not any(notice.column == name for notice in notices):
                notices.append(Problem(line, name, Code.DUPLICATE_COLUMN, {"name": name}))
            name = _free(name, names, taken)
        names.append(name)
    return names, notices


def _free(name: str, names: Sequence[str], taken: set[str]) -> str:
    number = 2
    candidate = name if name not in names and name not in taken else f"{name} ({number})"
    while candidate in names or candidate in taken:
        number += 1
        candidate = f"{name} ({number})"
    return candidate
