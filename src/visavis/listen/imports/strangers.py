"""The third step: values that nothing explains, and what may be done with each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final

from django.db.models import QuerySet

from visavis.listen.imports import labels
from visavis.listen.imports.checks import choices_of
from visavis.listen.imports.drafts import TRIAL_ROWS, Trial, explained
from visavis.listen.imports.fates import settled_fates
from visavis.listen.imports.models import ImportRun, Kind
from visavis.listen.imports.plans import LISTED, Plan, Unknown
from visavis.listen.imports.reading.mapping import Mapping
from visavis.listen.imports.reading.tables import Row
from visavis.listen.imports.reasons import sentence
from visavis.listen.imports.services import table_of
from visavis.moments.exchanges.models import Channel, Level
from visavis.moments.exchanges.models import Reason as ContactReason
from visavis.moments.references.models import Moment
from visavis.people.units.models import Unit

#: Lists short enough to be offered whole, entry by entry.
_SHORT: Final[dict[str, Any]] = {
    "channel": Channel, "reason": ContactReason, "level": Level, "moment": Moment, "unit": Unit,
}  # fmt: skip
#: Entries of a list offered beside one value.
_OFFERED: Final = 300
ADD, LEAVE = "+", "-"


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to do with a value: what the form sends, what it says."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class ValueRow:
    """One value to explain.

    Attributes:
        key: name of its form field.
        value: as the file writes it.
        rows: how many rows of the trial hold it; 0 when it was explained before.
        chosen: what the form shows as chosen.
    """

    key: str
    value: str
    rows: int
    chosen: str


@dataclass(frozen=True, slots=True)
class FieldRows:
    """The values to explain of one field.

    Attributes:
        name: the field.
        label: the field in words.
        matches: what a value may stand for.
        may_add: whether the list may grow.
        others: what becomes of the other unknown values; empty for a field without a list.
        fates: the choices for these others.
    """

    name: str
    label: str
    values: tuple[ValueRow, ...]
    matches: tuple[Choice, ...]
    may_add: bool
    others: str = ""
    fates: tuple[Choice, ...] = field(default_factory=tuple)


def fields_to_explain(run: ImportRun, plan: Plan, trial: Trial) -> list[FieldRows]:
    """Every value that the trial could not explain, and those that somebody explained before.

    Args:
        run: a draft.
        plan: its plan.
        trial: what its trial said.
    """
    fates = settled_fates(Kind(run.kind), plan)
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for each in trial.strangers:
        found.setdefault(each["field"], {})[each["value"]] = each
    for name, meanings in plan.mapping.reconciled.items():
        for value in meanings:
            found.setdefault(name, {}).setdefault(value, {"rows": 0, "proposal": ""})
    return [_field(run, plan, name, values, fates.get(name)) for name, values in found.items()]


def _field(
    run: ImportRun, plan: Plan, name: str, values: dict[str, dict[str, Any]], fate: Unknown | None
) -> FieldRows:
    matches = _matches(run.kind, name)
    known = {each.value for each in matches}
    rows = tuple(
        ValueRow(
            f"v-{name}-{at}", value, told["rows"], _chosen(plan, name, value, told.get("proposal", ""), known)
        )
        for at, (value, told) in enumerate(values.items())
    )
    may_add = LISTED.get(name, False)
    offered = [each for each in Unknown if may_add or each is not Unknown.CREATE]
    fates = tuple(Choice(each.value, str(labels.FATES[each])) for each in offered)
    listed = name in LISTED
    others = str(fate or Unknown.REJECT) if listed else ""
    return FieldRows(name, labels.field_label(name), rows, matches, may_add, others, fates if listed else ())


def _chosen(plan: Plan, name: str, value: str, proposal: str, known: set[str]) -> str:
    """What was decided, else what the value resembles."""
    meanings = plan.mapping.reconciled.get(name, {})
    if value in meanings:
        meaning = meanings[value]
        return LEAVE if meaning is None else f"={meaning}"
    if value in plan.create.get(name, ()):
        return ADD
    return f"={proposal}" if proposal and f"={proposal}" in known else ""


def _matches(kind: str, name: str) -> tuple[Choice, ...]:
    """The entries that a value of this field may stand for."""
    own = choices_of(kind, name)
    if own:
        return tuple(Choice(f"={each}", str(labels.VALUES.get(each, each))) for each in own)
    model = _SHORT.get(name)
    if model is None:
        return ()
    entries: QuerySet[Any] = QuerySet(model).order_by("pk" if name == "unit" else "position")[:_OFFERED]
    return tuple(
        Choice(f"={each.code}", f"{each} ({each.code})" if name == "unit" else str(each)) for each in entries
    )


def explain(plan: Plan, fields: Sequence[FieldRows], told: dict[str, str]) -> Plan:
    """The plan once the form of the third step was filled in.

    Args:
        plan: the plan as it stood.
        fields: what the form asked.
        told: what it was answered, by name of its fields; an answer that was not offered is passed over.
    """
    meanings: dict[str, dict[str, str | None]] = {}
    created: dict[str, frozenset[str]] = {}
    others: dict[str, Unknown] = {}
    for each in fields:
        offered = {choice.value for choice in each.matches}
        answers = {row.value: told.get(row.key, "") for row in each.values}
        meanings[each.name] = {
            value: None if answer == LEAVE else answer[1:]
            for value, answer in answers.items()
            if answer == LEAVE or answer in offered
        }
        if each.may_add:
            created[each.name] = frozenset(value for value, answer in answers.items() if answer == ADD)
        if told.get(f"o-{each.name}") in {choice.value for choice in each.fates}:
            others[each.name] = Unknown(told[f"o-{each.name}"])
    return explained(plan, meanings=meanings, created=created, others=others)


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One refused row as the page shows it: its cells come from the file, and are kept nowhere else."""

    line: int
    column: str
    reason: str
    cells: str


def refused_rows(run: ImportRun, mapping: Mapping, trial: Trial) -> list[RefusedRow]:
    """The refused rows of a trial, with what the file says on their lines.

    Args:
        run: a draft whose file is still kept.
        mapping: how it is read.
        trial: what its trial said.
    """
    lines = {each["line"] for each in trial.refused}
    cells = {}
    if lines:
        for item in islice(table_of(run, mapping.hints).rows(), TRIAL_ROWS):
            if item.line in lines:
                cells[item.line] = " | ".join(item.cells) if isinstance(item, Row) else item.raw
    return [
        RefusedRow(
            each["line"],
            each["column"],
            sentence(each["code"], each["params"]),
            cells.get(each["line"], "")[:200],
        )
        for each in trial.refused
    ]
