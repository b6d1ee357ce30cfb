"""Codes that a file gives to several rows: looked for once, and only when a row seems to change."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from visavis.core.keys import key
from visavis.listen.imports.reading.tables import Row, Table
from visavis.listen.imports.reading.values import BLANK


class Repeats:
    """Where a code stands first in a file, for the codes that stand there more than once.

    A row that would change what is stored either corrects it or contradicts an earlier line of its own
    file; nothing but the file can tell. Twelve bytes a row while it is looked at, nothing afterwards.

    Args:
        table: the file.
        columns: the columns that together name a row.
    """

    def __init__(self, table: Table, columns: Sequence[str]) -> None:
        self._table = table
        self._places = [table.header.index(name) for name in columns if name in table.header]

    def first(self, *words: str | None) -> int | None:
        """The line of the first row of that code; none if the code is given once."""
        return self._firsts.get(_identity(words))

    @cached_property
    def _firsts(self) -> dict[int, int]:
        found = np.fromiter(self._codes(), dtype=[("code", np.int64), ("line", np.int32)])
        found.sort(order=("code", "line"), kind="stable")
        same = found["code"][1:] == found["code"][:-1]
        starts = same & ~np.concatenate(([False], same[:-1]))
        firsts = found[:-1][starts]
        return dict(zip(firsts["code"].tolist(), firsts["line"].tolist(), strict=True))

    def _codes(self) -> Iterator[tuple[int, int]]:
        for row in self._table.rows():
            if isinstance(row, Row):
                yield _identity([row.cells[at] for at in self._places]), row.line


def _identity(words: Sequence[str | None]) -> int:
    return key(*(unicodedata.normalize("NFC", word.strip(BLANK)) if word else "" for word in words))
