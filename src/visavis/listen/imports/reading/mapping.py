"""Which column goes to which field, what the values stand for: settled once, saved, used again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Dictionary
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Final

from visavis.core.languages import gettext_noop as _
from visavis.listen.imports.reading.codes import Code, Refused
from visavis.listen.imports.reading.fields import KINDS, Field, Kind, Type
from visavis.listen.imports.reading.hints import DateOrder, Hints
from visavis.listen.imports.reading.tables import Row, Table
from visavis.listen.imports.reading.times import order_of

VERSION: Final = 1


class Why(StrEnum):
    """Why a column is proposed for a field, or for none."""

    NAME = "name"
    CONTENT = "content"
    PERSON = "person"
    UNKNOWN = "unknown"
    PERSONAL = "personal"
    TAKEN = "taken"
    EMPTY = "empty"


WHY_SENTENCES: Final = {
    Why.NAME: _("the name says so"),
    Why.CONTENT: _("what it holds says so"),
    Why.PERSON: _("chosen by a person"),
    Why.UNKNOWN: _("data not needed, not imported by default"),
    Why.PERSONAL: _("personal data not needed, not imported by default"),
    Why.TAKEN: _("another column already holds this"),
    Why.EMPTY: _("empty column"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file and where it goes; ``field`` is ``None`` when it is not imported."""

    name: str
    field: str | None = None
    confidence: float = 0.0
    why: Why = Why.UNKNOWN


@dataclass(frozen=True, slots=True)
class Mapping:
    """All that must be known to import a file of this shape again without asking anything.

    ``constants`` gives fields that no column holds (field → raw value); ``reconciled`` says what a value of
    the file stands for (field → raw value → value understood, or ``None`` to leave the field empty).
    """

    kind: str
    columns: tuple[Column, ...]
    hints: Hints = field(default_factory=Hints)
    constants: Dictionary[str, str] = field(default_factory=dict)
    reconciled: Dictionary[str, Dictionary[str, str | None]] = field(default_factory=dict)

    def column_of(self, name: str) -> str | None:
        """The column that goes to a field."""
        return next((column.name for column in self.columns if column.field == name), None)

    def assign(self, column: str, to: str | None) -> Mapping:
        """The same mapping with one column sent elsewhere by a person; a field is held by one column only."""
        changed = []
        for each in self.columns:
            if each.name == column:
                changed.append(Column(column, to, 1.0, Why.PERSON))
            elif to is not None and each.field == to:
                changed.append(Column(each.name, None, 1.0, Why.TAKEN))
            else:
                changed.append(each)
        return replace(self, columns=tuple(changed))

    def fields(self) -> list[str]:
        """The fields that will be filled, by columns or constants."""
        return [*(each.field for each in self.columns if each.field), *self.constants]

    def missing(self) -> list[str]:
        """The required fields that nothing fills yet."""
        filled = set(self.fields())
        return [each.name for each in KINDS[self.kind].fields if each.required and each.name not in filled]

    def to_json(self) -> dict[str, Any]:
        """Ready for ``json.dumps``; the inverse is :meth:`from_json`."""
        columns = [
            {"column": each.name, "field": each.field, "confidence": each.confidence, "why": each.why.value}
            for each in self.columns
        ]
        return {
            "version": VERSION,
            "kind": self.kind,
            "columns": columns,
            "hints": self.hints.to_json(),
            "constants": dict(self.constants),
            "reconciled": {name: dict(values) for name, values in self.reconciled.items()},
        }

    @classmethod
    def from_json(cls, data: Dictionary[str, Any]) -> Mapping:
        """Read a saved mapping, written by :meth:`to_json` or by hand (``column`` and ``field`` are enough).

        Raises:
            ValueError: if it is not a mapping, or names a kind or a field that does not exist.
        """
        try:
            kind = KINDS[data["kind"]]
            columns = tuple(_column(each) for each in data["columns"])
            hints = Hints.from_json(data.get("hints", {}))
            constants = {str(key): str(value) for key, value in data.get("constants", {}).items()}
            reconciled = {str(key): dict(values) for key, values in data.get("reconciled", {}).items()}
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"not a mapping: {error}") from error
        mapping = cls(kind.name, columns, hints, constants, reconciled)
        mapping.check(kind)
        return mapping

    def check(self, kind: Kind) -> None:
        """Raise ``ValueError`` at a field that the kind does not have or that two columns claim."""
        seen: set[str] = set()
        for name in self.fields():
            if kind.field(name) is None:
                raise ValueError(f"{kind.name} has no field {name!r}")
            if name in seen:
                raise ValueError(f"two columns for the field {name!r}")
            seen.add(name)


def _column(data: Dictionary[str, Any]) -> Column:
    why = Why(data.get("why", Why.PERSON))
    return Column(str(data["column"]), data.get("field") or None, float(data.get("confidence", 1.0)), why)


def plan(table: Table, mapping: Mapping) -> list[tuple[int, Field]]:
    """The position of each mapped column in a table, with its field.

    Raises:
        Refused: if a mapped column is not in the file, or if a required field is filled by nothing.
    """
    kind = KINDS[mapping.kind]
    places: list[tuple[int, Field]] = []
    for each in mapping.columns:
        target = kind.field(each.field) if each.field else None
        if target is None:
            continue
        if each.name not in table.header:
            raise Refused(Code.MISSING_COLUMN, table.layout.header.line, column=each.name)
        places.append((table.header.index(each.name), target))
    for name in mapping.missing():
        raise Refused(Code.MISSING_FIELD, table.layout.header.line, field=name)
    return places


def settle(table: Table, mapping: Mapping) -> Mapping:
    """The mapping with everything left to detect now written down, so that every later pass reads alike.

    Keep the result with the run (resuming must not detect again), and the mapping given here for the next
    files: it holds only what a person settled. The order of day and month is read from **all** the dates of
    the file, not from a sample.

    Raises:
        Refused: if dates contradict each other and nobody said which order is right.
    """
    hints = mapping.hints
    order = hints.date_order
    if order is None:
        days = [at for at, each in plan(table, mapping) if each.type in (Type.DATE, Type.INSTANT)]
        order = order_of(_cells(table, days))
    found = table.hints
    return replace(
        mapping,
        hints=replace(
            hints,
            encoding=found.encoding,
            separator=found.separator,
            sheet=found.sheet,
            header_line=found.header_line,
            decimal=hints.decimal or found.decimal,
            date_order=order or DateOrder.DAY_FIRST,
        ),
    )


def _cells(table: Table, places: Sequence[int]) -> Iterator[tuple[int, str]]:
    for item in table.rows() if places else ():
        if isinstance(item, Row):
            for at in places:
                yield item.line, item.cells[at]
