"""What was settled so far about a file that waits: kept on its import, so that nothing is lost."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping as Dictionary
from dataclasses import asdict, dataclass, field, replace
from typing import IO, Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction

from visavis.listen.imports import files, services
from visavis.listen.imports.checks import CheckReport
from visavis.listen.imports.models import ImportRun, Kind, SavedMapping
from visavis.listen.imports.plans import Plan, Unknown
from visavis.listen.imports.queries import may_import
from visavis.listen.imports.reading.codes import Code, Refused
from visavis.listen.imports.reading.hints import Hints
from visavis.listen.imports.reading.proposals import propose
from visavis.people.access.viewer import Viewer

#: How many rows a trial reads, and how many refused rows it tells one by one.
TRIAL_ROWS: Final = 1000
TOLD: Final = 50
#: Unknown values of one field that may be settled one by one; the rarer ones share one fate.
SETTLED: Final = 60
#: Refusals of a whole file that somebody may lift by saying how to read it.
CURABLE: Final = frozenset(
    {
        Code.NO_HEADER, Code.UNCLEAR_HEADER, Code.UNKNOWN_ENCODING, Code.UNDECODABLE, Code.MIXED_ENCODING,
        Code.OPEN_QUOTE, Code.NO_SHEET,
    }
)  # fmt: skip


class MovedMeanwhileError(Exception):
    """Somebody else settled something about this import, or started it, since the page was shown."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What the trial of a draft said. No row of the file is in it: refused ones are shown from the file.

    Attributes:
        read, imported, updated, unchanged, rejected: counts of rows.
        refused: line, column, code and params of the first refused rows.
        strangers: values that nothing explains, as ``checks.Stranger`` in a dictionary.
        notes: what is imported all the same, as line, column, code, params.
        problem: code, line and params of what kept the whole file from being tried; empty if it was.
    """

    read: int = 0
    imported: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    refused: list[dict[str, Any]] = field(default_factory=list)
    strangers: list[dict[str, Any]] = field(default_factory=list)
    notes: list[dict[str, Any]] = field(default_factory=list)
    problem: dict[str, Any] = field(default_factory=dict)

    @property
    def good(self) -> int:
        """Rows that would be kept."""
        return self.read - self.rejected


def stamp(run: ImportRun) -> str:
    """What tells two states of a draft apart; sent along by its forms."""
    state = json.dumps([run.status, run.mapping, run.refusal], sort_keys=True)
    return hashlib.sha256(state.encode()).hexdigest()[:16]


def plan_of(run: ImportRun) -> Plan | None:
    """The plan of a draft as it stands; none before its file could be read."""
    return Plan.from_json(run.mapping) if run.mapping.get("columns") else None


def trial_of(run: ImportRun) -> Trial | None:
    """What the last trial said; none since something else was settled."""
    told = run.mapping.get("trial")
    return Trial(**told) if told else None


def bring(*, by: Viewer, kind: Kind, name: str, source: IO[bytes]) -> ImportRun:
    """Take a file in and propose what to do with it. One that only needs a word on how to read it is kept.

    Args:
        by: who brings it; needs the right to import.
        kind: what its rows are.
        name: what it is called where it comes from.
        source: its bytes; can be read twice.

    Returns:
        A draft with its plan, a draft with the refusal to lift, or a refused import.

    Raises:
        PermissionDenied: if ``by`` may not import.
    """
    _must(by)
    run = services.receive_file(by=by, kind=kind, name=name, source=source)
    if run.status == ImportRun.Status.REFUSED and run.refusal and run.refusal["code"] in CURABLE:
        source.seek(0)
        run.stored_as, run.sha256, run.size = files.keep(source)
        run.status, run.ended_at = ImportRun.Status.DRAFT, None
        run.save()
    elif run.status == ImportRun.Status.DRAFT:
        _read(run, Hints(), None)
        run.save()
    return run


def _read(run: ImportRun, hints: Hints, known: Plan | None) -> None:
    """Read the file that way; columns already settled stay if the file still has the same ones."""
    try:
        table = services.table_of(run, hints)
        same = known and [each.name for each in known.mapping.columns] == list(table.header)
        if known and same:
            plan = known.with_mapping(replace(known.mapping, hints=table.asked))
        else:
            plan = services.propose_mapping(run, hints)
    except Refused as refused:
        told = refused.refusal
        run.refusal = {"line": told.line, "code": told.code.value, "params": told.params}
        run.mapping = {"hints": hints.to_json()}
    else:
        run.total, run.refusal, run.mapping = table.count(), None, plan.to_json()


@transaction.atomic
def reread(*, by: Viewer, run: ImportRun, seen: str, hints: Hints) -> ImportRun:
    """Read the file of a draft in another way.

    Args:
        by: who says how; needs the right to import.
        run: a draft.
        seen: the stamp of the state that its reader had under the eyes.
        hints: what was settled; the rest is detected.

    Raises:
        PermissionDenied: if ``by`` may not import.
        MovedMeanwhileError: if the draft is no longer in that state.
        FileGoneError: if the file is no longer kept.
    """
    held = _held(by, run, seen)
    _read(held, hints, plan_of(held))
    held.save(update_fields=["total", "refusal", "mapping"])
    return held


def _must(by: Viewer) -> None:
    if not may_import(by):
        raise PermissionDenied


def _held(by: Viewer, run: ImportRun, seen: str) -> ImportRun:
    _must(by)
    held = ImportRun.objects.select_for_update().get(pk=run.pk)
    if held.status != ImportRun.Status.DRAFT or stamp(held) != seen:
        raise MovedMeanwhileError
    return held


@transaction.atomic
def settle(*, by: Viewer, run: ImportRun, seen: str, plan: Plan) -> ImportRun:
    """Keep what was settled about a draft. What an earlier trial said is forgotten.

    Args:
        by: who settles; needs the right to import.
        run: a draft.
        seen: the stamp of the state that its reader had under the eyes.
        plan: what to do with the file.

    Raises:
        PermissionDenied: if ``by`` may not import.
        MovedMeanwhileError: if the draft is no longer in that state.
    """
    held = _held(by, run, seen)
    held.mapping = plan.to_json()
    held.save(update_fields=["mapping"])
    return held


@transaction.atomic
def begin_from(*, by: Viewer, run: ImportRun, seen: str, saved: SavedMapping | None) -> ImportRun:
    """Begin again from a mapping that was kept, or from what names and contents propose.

    Args:
        by: who chooses; needs the right to import.
        run: a draft.
        seen: the stamp of the state that its reader had under the eyes.
        saved: a mapping for the same columns; none for a fresh proposal.

    Raises:
        PermissionDenied: if ``by`` may not import.
        MovedMeanwhileError: if the draft is no longer in that state.
        Refused: if the file cannot be read, or the mapping is for other columns.
    """
    held = _held(by, run, seen)
    table = services.table_of(held, Hints.from_json(held.mapping.get("hints", {})))
    plan = (
        services.read_again(Plan.from_json(saved.content), table)
        if saved
        else Plan(propose(table, held.kind))
    )
    held.mapping = plan.to_json()
    held.save(update_fields=["mapping"])
    return held


def try_out(*, by: Viewer, run: ImportRun) -> ImportRun:
    """Try the first rows of a draft and keep what the trial says, so that it is still there tomorrow.

    Args:
        by: who tries; needs the right to import.
        run: a draft with a plan.

    Raises:
        PermissionDenied: if ``by`` may not import.
        FileGoneError: if the file is no longer kept.
    """
    plan = plan_of(run)
    if run.status != ImportRun.Status.DRAFT or plan is None:
        raise PermissionDenied
    try:
        trial = _told(services.check(by=by, run=run, plan=plan, rows=TRIAL_ROWS))
    except Refused as refused:
        told = refused.refusal
        trial = Trial(problem={"line": told.line, "code": told.code.value, "params": told.params})
    with transaction.atomic():
        held = _held(by, run, stamp(run))
        held.mapping = plan.to_json() | {"trial": asdict(trial)}
        held.save(update_fields=["mapping"])
    return held


def _told(report: CheckReport) -> Trial:
    counts = {
        name: getattr(report, name) for name in ("read", "imported", "updated", "unchanged", "rejected")
    }
    refused = [
        {"line": each.line, "column": each.column, "code": str(each.code), "params": each.params}
        for each in report.refused[:TOLD]
    ]
    notes = [
        {"line": each.line, "column": each.column, "code": each.code.value, "params": each.params}
        for each in report.notes[:TOLD]
    ]
    strangers = [asdict(each) | {"fate": str(each.fate)} for each in report.strangers]
    return Trial(**counts, refused=refused, strangers=_most_frequent(strangers), notes=notes)


def _most_frequent(strangers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    kept: dict[str, int] = {}
    shown = []
    for each in strangers:
        kept[each["field"]] = kept.get(each["field"], 0) + 1
        if kept[each["field"]] <= SETTLED:
            shown.append(each)
    return shown


def explained(
    plan: Plan,
    *,
    meanings: Dictionary[str, Dictionary[str, str | None]],
    created: Dictionary[str, frozenset[str]],
    others: Dictionary[str, Unknown],
) -> Plan:
    """The plan once somebody said what unknown values stand for.

    Args:
        plan: the plan as it stood.
        meanings: field -> value of the file -> what it stands for, or none to leave the field empty; takes
            the place of what the plan said of these fields.
        created: field -> values to add to the list of the company.
        others: field -> what becomes of the unknown values left.
    """
    reconciled = dict(plan.mapping.reconciled) | dict(meanings)
    mapping = replace(plan.mapping, reconciled={name: each for name, each in reconciled.items() if each})
    create = {name: values for name, values in (dict(plan.create) | dict(created)).items() if values}
    return replace(plan, mapping=mapping, create=create, unknown=dict(plan.unknown) | dict(others))
