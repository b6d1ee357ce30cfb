"""Whoever asked to be erased does not come back by an old file: the row is refused, and kept nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from visavis.people.erasures.marks import mark
from visavis.people.erasures.models import Kind
from visavis.people.erasures.queries import marks_of


class Namer(Protocol):
    """A kind of import, as far as it names people."""

    #: The fields that name somebody, and as what.
    naming: Mapping[str, Kind]

    def code_of(self, name: str, values: Mapping[str, Any]) -> str | None:
        """Under which code a row names somebody."""


class Erased(NamedTuple):
    """What the journal of erasures says to one lot of rows.

    Attributes:
        namer: the kind of import.
        marks: those of each kind that the lot may name; empty if nobody was erased.
    """

    namer: Namer
    marks: Mapping[Kind, frozenset[str]]

    @classmethod
    def for_lot(cls, namer: Namer) -> Erased:
        """Read the journal as it is now: somebody may have been erased since the last lot."""
        return cls(namer, {kind: marks_of(kind) for kind in set(namer.naming.values())})

    def field(self, values: Mapping[str, Any]) -> str | None:
        """The first field under which a row names somebody who was erased; none if it names nobody such."""
        if not any(self.marks.values()):
            return None
        for name, kind in self.namer.naming.items():
            code = self.namer.code_of(name, values)
            if code and mark(kind, code) in self.marks[kind]:
                return name
        return None


def erased_returns(identities: Iterable[int]) -> frozenset[int]:
    """Those of the identities under which a return was erased, by itself or with its customer."""
    marks = marks_of(Kind.RETURN)
    return frozenset(pk for pk in identities if mark(Kind.RETURN, pk) in marks) if marks else frozenset()


def cells_by_field(columns: Mapping[str, str], header: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """The cells of a row that could not be read, by field.

    Args:
        columns: of the file -> field.
        header: of the file.
        cells: of the row, one a column; none if they cannot be told apart.
    """
    named = zip(header, cells, strict=False)
    return {columns[name]: cell.strip() for name, cell in named if columns.get(name)}
