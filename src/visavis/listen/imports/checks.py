"""The trial before an import: the real thing, undone. What it says is what would happen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import transaction

from visavis.listen.imports.engine import Items, target_of, write_lot
from visavis.listen.imports.models import ImportRun
from visavis.listen.imports.plans import LISTED, Plan, Unknown
from visavis.listen.imports.reading.codes import Code, Problem
from visavis.listen.imports.reading.fields import KINDS, Type
from visavis.listen.imports.reading.rows import Reject, TypedRow, typed_rows
from visavis.listen.imports.reading.tables import Table
from visavis.listen.imports.reading.values import visible
from visavis.listen.imports.reasons import Reason, sentence
from visavis.listen.imports.targets.base import Refusal, Target
from visavis.people.access.viewer import Viewer

#: Refused rows that a trial gives back one by one; all are counted.
SHOWN = 200
_LOT = 5000


@dataclass(frozen=True, slots=True)
class Stranger:
    """A value of the file that nothing explains yet, and what may be done with it.

    Attributes:
        field: the field concerned.
        column: what the file calls it.
        value: the value as the file writes it.
        rows: how many rows of the trial hold it.
        proposal: what it resembles: a code of the list, or one of the field's values; empty if nothing.
        may_create: whether the import may add it to the list.
        fate: what becomes of it as things stand.
    """

    field: str
    column: str
    value: str
    rows: int
    proposal: str
    may_create: bool
    fate: Unknown = Unknown.REJECT


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that would be refused: where and why."""

    line: int
    column: str
    code: str
    params: dict[str, object]
    raw: str

    @property
    def sentence(self) -> str:
        """The reason, in the language in force."""
        return sentence(self.code, self.params)


@dataclass(slots=True)
class CheckReport:
    """What a trial found. ``read = imported + updated + unchanged + rejected``; nothing was kept.

    ``erased``, among the rejected: rows about somebody who was erased.
    """

    read: int = 0
    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    erased: int = 0
    refused: list[Refused] = field(default_factory=list)
    strangers: list[Stranger] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    plan: Plan | None = None

    @property
    def good(self) -> int:
        """Rows that would be kept."""
        return self.read - self.rejected


def trial(table: Table, run: ImportRun, plan: Plan, *, by: Viewer, rows: int | None) -> CheckReport:
    """Import the first rows of a file, or all, and undo it.

    Args:
        table: the file.
        run: the import it belongs to.
        plan: settled mapping and choices.
        by: on whose behalf.
        rows: how many rows; none for all, in lots that do not know of each other.
    """
    report = CheckReport(notes=list(table.notices), plan=plan)
    target = target_of(run, plan, table, by=by)
    target.job.strangers = {}
    unread: dict[str, Counter[str]] = {}
    lot: list[TypedRow | Reject] = []
    for item in typed_rows(table, plan.mapping):
        lot.append(item)
        if len(lot) == min(_LOT, rows or _LOT):
            _try(report, target, lot, unread)
            lot = []
        if rows is not None and report.read >= rows:
            break
    if lot:
        _try(report, target, lot, unread)
    report.strangers = [*_unlisted(target), *_unreadable(plan, unread)]
    return report


def _try(report: CheckReport, target: Target, lot: Items, unread: dict[str, Counter[str]]) -> None:
    with transaction.atomic():
        tally = write_lot(target, report.read, lot)
        transaction.set_rollback(True)
    report.read += len(lot)
    report.imported += tally.imported
    report.updated += tally.updated
    report.unchanged += tally.unchanged
    report.rejected += len({each.number for each in tally.refused})
    report.erased += sum(each.code == Reason.ERASED for each in tally.refused)
    report.refused += _shown(sorted(tally.refused)[: SHOWN - len(report.refused)])
    for item in lot:
        if isinstance(item, Reject):
            _note_unreadable(item, unread)
        else:
            report.notes += item.notes[: max(0, SHOWN - len(report.notes))]


def _shown(refusals: Sequence[Refusal]) -> list[Refused]:
    return [Refused(each.line, each.column, each.code, each.params, each.raw) for each in refusals]


def _note_unreadable(item: Reject, unread: dict[str, Counter[str]]) -> None:
    for problem in item.problems:
        if problem.code in (Code.TO_RECONCILE, Code.NOT_YES_NO) and visible(problem.raw) == problem.raw:
            unread.setdefault(problem.column, Counter())[problem.raw.strip()] += 1


def _unlisted(target: Target) -> list[Stranger]:
    """Values that no list of the company holds, the most frequent first."""
    job = target.job
    return [
        Stranger(
            field=name,
            column=job.column(name),
            value=value,
            rows=rows,
            proposal=job.near.get((name, value), ""),
            may_create=LISTED[name],
            fate=job.plan.fate(name, value),
        )
        for name, counts in (job.strangers or {}).items()
        for value, rows in counts.most_common(SHOWN)
    ]


def _unreadable(plan: Plan, unread: dict[str, Counter[str]]) -> list[Stranger]:
    """Words where one of the field's own values was expected."""
    fields = {each.name: each.field for each in plan.mapping.columns if each.field}
    return [
        Stranger(fields[column], column, value, rows, "", may_create=False)
        for column, counts in unread.items()
        if column in fields
        for value, rows in counts.most_common(SHOWN)
    ]


def choices_of(kind: str, name: str) -> list[str]:
    """What a word of a field may be reconciled with, when the field has values of its own."""
    own = KINDS[kind].field(name)
    if own is None:
        return []
    if own.type is Type.MARK:
        return [str(mark) for mark in range(own.low, own.high + 1)]
    if own.type is Type.YES_NO:
        return ["oui", "non"]
    return list(own.choices)
