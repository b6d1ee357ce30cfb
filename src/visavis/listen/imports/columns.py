"""The second step: each column with where it goes, what it holds, and whether that can be read."""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils import translation as said
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from visavis.listen.imports import labels
from visavis.listen.imports.models import ImportRun
from visavis.listen.imports.plans import Plan
from visavis.listen.imports.reading.codes import Refused
from visavis.listen.imports.reading.detect import FileKind
from visavis.listen.imports.reading.fields import KINDS, QUESTION, TRAIT, Field, Type
from visavis.listen.imports.reading.hints import DateOrder
from visavis.listen.imports.reading.invalid import Invalid
from visavis.listen.imports.reading.mapping import WHY_SENTENCES, Column, Mapping
from visavis.listen.imports.reading.rows import RECONCILABLE, compiled
from visavis.listen.imports.reading.tables import Table
from visavis.listen.imports.reading.times import order_of
from visavis.listen.imports.reading.values import BLANK, Settings
from visavis.listen.imports.services import table_of

#: Rows looked at to say whether a column can be read, and values shown of each.
SAMPLE: Final = 200
SHOWN: Final = 3
_LONGEST: Final = 60
#: What cannot be the same for all rows of a file.
_OWN_TO_A_ROW: Final = frozenset(
    {"contact", "return", "review", "customer", "author", "url", "started_at", "answered_at", "published_on"}
)
_SAME_FOR_ALL: Final = frozenset({Type.CODE, Type.LABEL, Type.DATE, Type.CHOICE})


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One column as the page shows it.

    Attributes:
        key: name of its form field.
        name: as the file says.
        field: where it goes; empty: not imported.
        examples: first values, shortened.
        state: ``good``, ``doubt`` or ``out``.
        words: what the state means, in a few words.
    """

    key: str
    name: str
    field: str
    examples: tuple[str, ...]
    state: str
    words: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The second step of one import, ready to show."""

    table: Table
    rows: tuple[ColumnRow, ...]
    missing: tuple[str, ...]

    @property
    def reading(self) -> list[str]:
        """How the file was read, in words."""
        return _reading(self.table)


def sheet_of(run: ImportRun, plan: Plan) -> Sheet:
    """Read the beginning of the file of a draft as its plan says.

    Args:
        run: a draft.
        plan: its plan.

    Raises:
        Refused: if the file can no longer be read that way.
        FileGoneError: if it is no longer kept.
    """
    table = table_of(run, plan.mapping.hints)
    cells = [row.cells for row in table.sample(SAMPLE)]
    settings = _settings(table, plan.mapping, cells)
    rows = tuple(
        _column(at, each, [row[at] for row in cells], plan.mapping, settings)
        for at, each in enumerate(plan.mapping.columns)
    )
    return Sheet(table, rows, tuple(labels.field_label(name) for name in plan.mapping.missing()))


def _settings(table: Table, mapping: Mapping, cells: Sequence[Sequence[str]]) -> Settings:
    hints = replace(table.hints, date_order=mapping.hints.date_order or _order(mapping, cells))
    return Settings.of(hints, workbook=table.layout.kind is not FileKind.TEXT)


def _order(mapping: Mapping, cells: Sequence[Sequence[str]]) -> DateOrder | None:
    kind = KINDS[mapping.kind]
    fields = [kind.field(each.field) if each.field else None for each in mapping.columns]
    days = [at for at, each in enumerate(fields) if each and each.type in (Type.DATE, Type.INSTANT)]
    try:
        return order_of((0, row[at]) for row in cells for at in days)
    except Refused:
        return None  # the trial says where they contradict each other


def _column(at: int, each: Column, cells: list[str], mapping: Mapping, settings: Settings) -> ColumnRow:
    told = [cell.strip(BLANK) for cell in cells if cell.strip(BLANK)]
    examples = tuple(_short(cell) for cell in dict.fromkeys(told))[:SHOWN]
    field = KINDS[mapping.kind].field(each.field) if each.field else None
    state, words = _state(each, field, told, mapping, settings)
    return ColumnRow(f"c{at}", each.name, each.field or "", examples, state, words)


def _short(cell: str) -> str:
    line = " ".join(cell.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"


def _state(
    each: Column, field: Field | None, told: list[str], mapping: Mapping, settings: Settings
) -> tuple[str, str]:
    if field is None:
        return "out", said.gettext(WHY_SENTENCES[each.why])
    bad = _unreadable(field, told, mapping, settings)
    if not bad:
        return "good", _("read") if told else _("empty in the first rows")
    if field.type in RECONCILABLE:
        words = ngettext("%(n)s value to reconcile", "%(n)s values to reconcile", len(set(bad)))
        return "doubt", words % {"n": len(set(bad))}
    words = ngettext("%(n)s cell of %(total)s unreadable", "%(n)s cells of %(total)s unreadable", len(bad))
    return "doubt", words % {"n": len(bad), "total": len(told)}


def _unreadable(field: Field, told: list[str], mapping: Mapping, settings: Settings) -> list[str]:
    parse = compiled(field, settings, mapping, lambda _code, _params: None)
    bad = []
    for cell in told:
        try:
            parse(cell)
        except Invalid:
            bad.append(cell)
    return bad


def _reading(table: Table) -> list[str]:
    """How a file was read: form, encoding, separator, sheet, line of the names."""
    found = [str(labels.FILES[table.layout.kind])]
    encoding = dict(labels.ENCODINGS).get(table.layout.encoding, table.layout.encoding.upper())
    if table.layout.kind is FileKind.TEXT:
        found += [str(encoding), str(dict(labels.SEPARATORS).get(table.layout.dialect.separator, "?"))]
    if table.layout.sheet:
        found.append(_("sheet “%(name)s”") % {"name": table.layout.sheet})
    if table.layout.header.line:
        found.append(_("names on line %(line)s") % {"line": table.layout.header.line})
    return found


def field_choices(kind: str, taken: Sequence[str] = ()) -> list[tuple[str, str]]:
    """Where a column may go: not imported, the fields of the kind, its own questions."""
    own = KINDS[kind]
    choices = [("", _("Do not import"))]
    choices += [(each.name, _starred(each)) for each in own.fields]
    if own.questions:
        choices.append((QUESTION, _("Another question of the survey")))
        choices += [(name, labels.field_label(name)) for name in taken if name.startswith(QUESTION)]
    if own.traits:
        choices.append((TRAIT, _("What the answer says of who gave it (6 at most, 12 values each)")))
        choices += [(name, labels.field_label(name)) for name in taken if name.startswith(TRAIT)]
    return choices


def _starred(each: Field) -> str:
    label = labels.field_label(each.name)
    return _("%(field)s (required)") % {"field": label} if each.required else label


def constants_of(mapping: Mapping) -> list[tuple[str, str]]:
    """Fields that no column holds and that may have one value for the whole file: name and label."""
    held = {each.field for each in mapping.columns if each.field}
    return [
        (each.name, labels.field_label(each.name))
        for each in KINDS[mapping.kind].fields
        if each.name not in held and each.type in _SAME_FOR_ALL and each.name not in _OWN_TO_A_ROW
    ]


def rearranged(mapping: Mapping, places: Sequence[str], constants: Dictionary[str, str]) -> Mapping:
    """The mapping once a person said where each column goes.

    Args:
        mapping: as it stood.
        places: the field of each column, in their order; empty: not imported.
        constants: fields with one value for all rows.
    """
    found = mapping
    for column, place in zip(mapping.columns, places, strict=True):
        if (column.field or "") != place:
            found = found.assign(column.name, place or None)
    return replace(found, constants={name: value for name, value in constants.items() if value})


def details(mapping: Mapping) -> dict[str, Any]:
    """What is settled about reading, as the initial values of its form."""
    told = mapping.hints.to_json()
    return {
        name: told.get(name, "") for name in ("encoding", "separator", "decimal", "date_order", "sheet")
    } | {"header_line": told.get("header_line")}
