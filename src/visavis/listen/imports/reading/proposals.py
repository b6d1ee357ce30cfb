"""A mapping proposed from the names of the columns and from what they hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from visavis.listen.imports.reading.codes import Code
from visavis.listen.imports.reading.detect import FileKind
from visavis.listen.imports.reading.dialect import type_of
from visavis.listen.imports.reading.fields import (
    KINDS,
    MOST_TRAITS,
    PERSONAL_WORDS,
    QUESTION,
    TRAIT,
    Field,
    Kind,
    Type,
)
from visavis.listen.imports.reading.hints import DateOrder
from visavis.listen.imports.reading.invalid import Invalid
from visavis.listen.imports.reading.mapping import Column, Mapping, Why
from visavis.listen.imports.reading.tables import Table
from visavis.listen.imports.reading.values import Settings, folded, parser_of

_SAMPLE: Final = 500
#: Below this share of readable cells, a name is not believed.
_READABLE: Final = 0.5
_SURE: Final = 0.95
#: What a column of a question holds, and how the name of the one with its words ends.
_MARKS: Final = frozenset(map(str, range(11)))
_WHY: Final = " why"

_TRAITS: Final = frozenset({"trait", "attribut", "attribute"})
_PERSONAL_PHRASES: Final = (
    "securite sociale",
    "first name",
    "last name",
    "date of birth",
    "e mail",
    "code postal",
)
_PERSONAL_CONTENT: Final = (
    re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+"),
    re.compile(r"(?:\+33|0033|0)\s?[1-9](?:[\s.-]?\d{2}){4}"),
    re.compile(r"[12]\s?\d{2}\s?(?:0[1-9]|1[0-2]|[2-9]\d)\s?(?:\d{2}|2[AB])\s?\d{3}\s?\d{3}(?:\s?\d{2})?"),
    re.compile(r"[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?"),
    re.compile(r"(?:M\.|Mme|Mlle|Mr|Mrs|Ms)\s+\S.*|[A-ZÀ-Ý][\w'-]+(?:\s[A-ZÀ-Ý][\w'-]+){1,2}"),
)


@dataclass(frozen=True, slots=True)
class _Held:
    """What the sample shows of one column."""

    name: str
    words: str
    cells: tuple[str, ...]


def propose(table: Table, kind_name: str) -> Mapping:
    """Propose where each column goes.

    A name known for a field is believed unless fewer than half of the sampled cells can be read that way.
    A required field that no name claims goes to the column whose contents fit it, if only one does. All other
    columns are not imported, personal ones least of all.

    Args:
        table: the file.
        kind_name: a key of ``KINDS``.

    Returns:
        One column a name of the header, in its order, each with a confidence from 0 to 1 and the reason.
    """
    kind = KINDS[kind_name]
    rows = table.sample(_SAMPLE)
    held = [
        _Held(name, folded(name), tuple(row.cells[at] for row in rows if row.cells[at].strip()))
        for at, name in enumerate(table.header)
    ]
    workbook = table.layout.kind is not FileKind.TEXT
    settings = Settings.of(table.hints, workbook=workbook)
    traits = _by_prefix(held) if kind.traits else {}
    taken = _by_name([each for each in held if each.name not in traits], kind, settings)
    taken |= traits
    taken |= _by_content(held, kind, settings, taken)
    fields = {column.field for column in taken.values()}
    taken |= _by_asking(held, kind, taken) if kind.others_ask else {}
    columns = tuple(taken.get(each.name) or _left_out(each, kind, fields) for each in held)
    return Mapping(kind.name, columns, table.asked)


def _by_name(held: Sequence[_Held], kind: Kind, settings: Settings) -> dict[str, Column]:
    claims = []
    for place, column in enumerate(held):
        if kind.questions and column.name.strip().lower().startswith(QUESTION):
            claims.append((-1.0, place, column.name, QUESTION + column.name.strip()[len(QUESTION) :].strip()))
        for each in kind.fields:
            likeness = _likeness(column.words, each)
            if likeness and not _is_foreign(column, each, settings):
                claims.append((-likeness, place, column.name, each.name))
    taken: dict[str, Column] = {}
    for likeness, _place, name, target in sorted(claims):
        if name not in taken and all(column.field != target for column in taken.values()):
            taken[name] = Column(name, target, round(-likeness * _SURE, 2), Why.NAME)
    return taken


def _by_prefix(held: Sequence[_Held]) -> dict[str, Column]:
    """Traits: columns whose name says that they are some, the first few of them."""
    found: dict[str, Column] = {}
    for column in held:
        first, _, rest = column.words.partition(" ")
        target = TRAIT + "_".join(rest.split())
        taken = {each.field for each in found.values()}
        if first in _TRAITS and rest and not _is_personal(column) and target not in taken:
            found[column.name] = Column(column.name, target, _SURE, Why.NAME)
    return dict(list(found.items())[:MOST_TRAITS])


def _likeness(words: str, each: Field) -> float:
    """1 for the field's own name, a little less for its known names in their order, less for a part."""
    names = [folded(each.name), *map(folded, each.aliases)]
    if words in names:
        return 1.0 - 0.005 * names.index(words)
    parts = set(words.split())
    inside = [len(name.split()) for name in names if len(name) > 3 and set(name.split()) <= parts]
    # Personal words added to a known name change what it says: "nom client" is no pseudonym.
    if not inside or (parts & PERSONAL_WORDS and not each.personal):
        return 0.0
    return 0.5 + 0.3 * max(inside) / len(parts)


def _is_foreign(column: _Held, each: Field, settings: Settings) -> bool:
    if each.type in (Type.CODE, Type.LABEL) and not each.personal and _holds_persons(column, each):
        return True
    return bool(column.cells) and _readable(column.cells, each, settings) < _READABLE


def _holds_persons(column: _Held, each: Field) -> bool:
    """Cells that look like e-mails, phones, identity numbers or, where a pseudonym is expected, names."""
    patterns = _PERSONAL_CONTENT if each.name in ("customer", "author", "person") else _PERSONAL_CONTENT[:4]
    return _share(column.cells, patterns) > _READABLE


def _share(cells: Sequence[str], patterns: Sequence[re.Pattern[str]]) -> float:
    hits = sum(any(pattern.fullmatch(cell.strip()) for pattern in patterns) for cell in cells)
    return hits / len(cells) if cells else 0.0


def _readable(cells: Sequence[str], each: Field, settings: Settings) -> float:
    if each.type is Type.CHOICE:
        return 1.0  # unknown words can be reconciled
    if each.type in _TELLING:
        return max(_read_share(cells, each, replace(settings, order=order)) for order in DateOrder)
    return _read_share(cells, each, settings)


def _read_share(cells: Sequence[str], each: Field, settings: Settings) -> float:
    parse = parser_of(each, settings, lambda _code, _params: None)
    read = 0
    for cell in cells:
        try:
            parse(cell)
            read += 1
        except Invalid as error:
            # Words on a scale can be reconciled.
            read += error.code is Code.TO_RECONCILE
    return read / len(cells)


_TELLING: Final = (Type.DATE, Type.INSTANT)


def _by_content(
    held: Sequence[_Held], kind: Kind, settings: Settings, taken: dict[str, Column]
) -> dict[str, Column]:
    """Required dates, and the one text of a kind, when a single free column can be them."""
    filled = {column.field for column in taken.values()}
    found: dict[str, Column] = {}
    for each in kind.fields:
        if each.name in filled or not ((each.required and each.type in _TELLING) or each.type is Type.TEXT):
            continue
        free = [column for column in held if column.name not in taken and column.name not in found]
        fit = [column for column in free if _fits(column, each, settings)]
        if len(fit) == 1:
            found[fit[0].name] = Column(fit[0].name, each.name, 0.5, Why.CONTENT)
    return found


def _by_asking(held: Sequence[_Held], kind: Kind, taken: dict[str, Column]) -> dict[str, Column]:
    """Questions by the name of their column: marks from 0 to 10, or the words asked after one."""
    found: dict[str, Column] = {}
    used = {column.field for column in taken.values()}
    for column in held:
        target = QUESTION + "_".join(column.words.split())
        if column.name not in taken and target not in used and _asks(column, kind):
            used.add(target)
            found[column.name] = Column(column.name, target, 0.5, Why.CONTENT)
    return found


def _asks(column: _Held, kind: Kind) -> bool:
    if _is_personal(column) or any(_likeness(column.words, each) == 1.0 for each in kind.fields):
        return False
    marks = {cell.strip() for cell in column.cells}
    return bool(marks) and (marks <= _MARKS or column.words.endswith(_WHY))


def _fits(column: _Held, each: Field, settings: Settings) -> bool:
    if not column.cells or _is_personal(column):
        return False
    if each.type is Type.TEXT:
        return sum(len(cell.split()) for cell in column.cells) / len(column.cells) >= 6
    return _readable(column.cells, each, settings) >= 0.9 and any(map(type_of, column.cells))


def _is_personal(column: _Held) -> bool:
    parts = set(column.words.split())
    named = bool(parts & PERSONAL_WORDS) or any(phrase in column.words for phrase in _PERSONAL_PHRASES)
    return named or _share(column.cells, _PERSONAL_CONTENT[:4]) > _READABLE


def _left_out(column: _Held, kind: Kind, filled: set[str | None]) -> Column:
    if _is_personal(column):
        return Column(column.name, None, _SURE, Why.PERSONAL)
    claimed = any(_likeness(column.words, each) and each.name in filled for each in kind.fields)
    if claimed:
        return Column(column.name, None, 0.5, Why.TAKEN)
    return Column(column.name, None, 0.5, Why.UNKNOWN if column.cells else Why.EMPTY)
