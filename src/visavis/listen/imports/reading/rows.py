"""Typed rows, or rejects with all their problems: the last step before the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from visavis.listen.imports.reading.codes import Code, Problem, Refused
from visavis.listen.imports.reading.detect import FileKind
from visavis.listen.imports.reading.fields import KINDS, Field, Type
from visavis.listen.imports.reading.invalid import Invalid
from visavis.listen.imports.reading.mapping import Mapping, plan
from visavis.listen.imports.reading.tables import Row, Table
from visavis.listen.imports.reading.values import BLANK, Parser, Settings, Tell, parser_of

_REMEMBERED: Final = 20_000
#: Their values are nearly all different, or tell something each time: remembering them costs more.
_NEVER_REMEMBERED: Final = frozenset({Type.TEXT, Type.INSTANT})
#: Fields whose values may be reconciled by a person.
RECONCILABLE: Final = frozenset({Type.MARK, Type.CHOICE, Type.YES_NO, Type.LABEL})


class TypedRow(NamedTuple):
    """One good row: a value for each mapped field (``None`` when empty), and notes worth showing."""

    line: int
    values: dict[str, Any]
    notes: tuple[Problem, ...] = ()


class Reject(NamedTuple):
    """One row that is not imported, with everything that is wrong in it and its cells as they stand."""

    line: int
    problems: tuple[Problem, ...]
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Place:
    at: int
    column: str
    field: Field
    lenient: bool


def typed_rows(table: Table, mapping: Mapping, *, start: int = 0) -> Iterator[TypedRow | Reject]:
    """Read the rows of a table as a mapping says.

    A row with an invalid cell is rejected whole, even when the field is optional: imported without that cell
    it would count as an answer that was not given, and the corrected file would then change figures already
    read. Only the fields that a kind declares lenient, on which no figure rests, are left empty with a note.

    Args:
        table: an open table.
        mapping: a mapping that :func:`visavis.listen.imports.reading.mapping.settle` has completed.
        start: how many rows and problems to skip, to resume.

    Returns:
        As many items as ``table.rows(start)``, in its order: a resumed import continues from their number.

    Raises:
        Refused: if the mapping does not fit the table.
    """
    reader = _RowReader(table, mapping)
    return (
        reader.read(item) if isinstance(item, Row) else Reject(item.line, (item,))
        for item in table.rows(start)
    )


class _RowReader:
    def __init__(self, table: Table, mapping: Mapping) -> None:
        kind = KINDS[mapping.kind]
        settings = Settings.of(mapping.hints, workbook=table.layout.kind is not FileKind.TEXT)
        self._notes: list[tuple[Code, dict[str, object]]] = []
        self._columns: list[tuple[int, str, bool, Parser]] = []
        self._places: list[_Place] = []
        for at, field in plan(table, mapping):
            parse = compiled(field, settings, mapping, self._tell)
            self._columns.append((at, field.name, field.required, parse))
            self._places.append(_Place(at, table.header[at], field, field.name in kind.lenient))
        self._constants = {
            name: self._constant(known, raw, settings, mapping)
            for name, raw in mapping.constants.items()
            if (known := kind.field(name)) is not None
        }

    def _constant(self, field: Field, raw: str, settings: Settings, mapping: Mapping) -> Any:
        try:
            return compiled(field, settings, mapping, self._tell)(raw)
        except Invalid as error:
            raise Refused(error.code, field=field.name, **error.params) from None

    def _tell(self, code: Code, params: dict[str, object]) -> None:
        self._notes.append((code, params))

    def read(self, row: Row) -> TypedRow | Reject:
        """The quick way: every cell is good. At the first that is not, the row is read again with care."""
        line, cells = row
        values: dict[str, Any] = dict(self._constants)
        try:
            for at, name, required, parse in self._columns:
                raw = cells[at]
                value = values[name] = parse(raw) if raw else None
                if value is None and required:
                    break
            else:
                if not self._notes:
                    return TypedRow(line, values)
        except Invalid:
            pass
        self._notes.clear()
        return self._read_with_care(row)

    def _read_with_care(self, row: Row) -> TypedRow | Reject:
        values: dict[str, Any] = dict(self._constants)
        problems: list[Problem] = []
        notes: list[Problem] = []
        for place, (at, name, required, parse) in zip(self._places, self._columns, strict=True):
            raw = row.cells[at]
            try:
                values[name] = parse(raw) if raw else None
                if values[name] is None and required:
                    raise Invalid(Code.REQUIRED)  # noqa: TRY301 - one way to refuse a cell
            except Invalid as error:
                values[name] = None
                problem = Problem(row.line, place.column, error.code, error.params, raw)
                (notes if place.lenient else problems).append(problem)
            notes += [Problem(row.line, place.column, code, params, raw) for code, params in self._notes]
            self._notes.clear()
        if problems:
            return Reject(row.line, tuple(problems), tuple(row.cells))
        return TypedRow(row.line, values, tuple(notes))


def compiled(field: Field, settings: Settings, mapping: Mapping, tell: Tell) -> Parser:
    """The parser of a column: blanks are empty, reconciled values replaced, repeated ones remembered."""
    parse = parser_of(field, settings, tell)
    meanings = mapping.reconciled.get(field.name)
    if field.type in _NEVER_REMEMBERED:
        return parse if field.type is Type.TEXT else _blank_is_none(parse)

    def read(raw: str) -> Any:
        word = raw.strip(BLANK)
        if meanings and word in meanings:
            meaning = meanings[word]
            return None if meaning is None else parse(meaning)
        return parse(raw) if word else None

    return _remembered(read)


def _blank_is_none(parse: Parser) -> Parser:
    def read(raw: str) -> Any:
        return parse(raw) if raw.strip(BLANK) else None

    return read


def _remembered(parse: Parser) -> Parser:
    memory: dict[str, Any] = {}

    def read(raw: str) -> Any:
        try:
            return memory[raw]
        except KeyError:
            value = parse(raw)
            if len(memory) < _REMEMBERED:
                memory[raw] = value
            return value

    return read


def values_to_reconcile(table: Table, mapping: Mapping, *, limit: int = 200) -> dict[str, Counter[str]]:
    """What a person must say the meaning of: the values not understood of each mapped field, counted.

    Labels (channel, reason, level…) are not listed here: the room compares them with its references through
    :func:`distinct_values`. Reads the whole file.
    """
    found: dict[str, Counter[str]] = {}
    for item in typed_rows(table, mapping):
        if isinstance(item, Reject):
            for problem in item.problems:
                field = next((each.field for each in mapping.columns if each.name == problem.column), None)
                if field and problem.code in (Code.TO_RECONCILE, Code.NOT_YES_NO):
                    counts = found.setdefault(field, Counter())
                    word = problem.raw.strip(BLANK)
                    if word in counts or len(counts) < limit:
                        counts[word] += 1
    return found


def distinct_values(table: Table, mapping: Mapping, field: str, *, limit: int = 2000) -> Counter[str]:
    """The values of one mapped field as the file writes them, with how many rows hold each."""
    name = mapping.column_of(field)
    counts: Counter[str] = Counter()
    if name is None or name not in table.header:
        return counts
    at = table.header.index(name)
    for item in table.rows():
        word = item.cells[at].strip(BLANK) if isinstance(item, Row) else ""
        if word and (word in counts or len(counts) < limit):
            counts[word] += 1
    return counts
