"""Small things that several tests of this folder share."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from visavis.listen.imports.reading.codes import Problem, Refusal, Refused
from visavis.listen.imports.reading.hints import Hints
from visavis.listen.imports.reading.tables import Row, Table, open_table


def save(
    folder: Path,
    rows: Iterable[Sequence[str]],
    *,
    encoding: str = "utf-8",
    separator: str = ";",
    ends: str = "\r\n",
    name: str = "file.csv",
) -> Path:
    """Write rows as a program would."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator=ends).writerows(rows)
    return save_text(folder, text.getvalue(), encoding=encoding, name=name)


def save_text(folder: Path, text: str, *, encoding: str = "utf-8", name: str = "file.csv") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def good(table: Table) -> list[list[str]]:
    """The cells of the good rows; fails if there is a problem."""
    items = list(table.rows())
    assert not [item for item in items if isinstance(item, Problem)]
    return [item.cells for item in items if isinstance(item, Row)]


def problems(table: Table) -> dict[int, str]:
    """Line and code of each problem."""
    return {item.line: item.code.value for item in table.rows() if isinstance(item, Problem)}


def refusal(path: Path, hints: Hints | None = None) -> Refusal:
    """The refusal of a file, at opening or while reading; fails if the file is read."""
    with pytest.raises(Refused) as refused:
        list(open_table(path, hints=hints).rows())
    assert refused.value.refusal.sentence
    return refused.value.refusal
