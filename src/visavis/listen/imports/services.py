"""Gestures on imports: a file comes in, is tried, is started, is stopped; a mapping is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from typing import IO, Any, Final

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from visavis.listen.imports import checks, engine, files
from visavis.listen.imports.checks import CheckReport
from visavis.listen.imports.doubles import refuse_doubles
from visavis.listen.imports.fates import settled_fates
from visavis.listen.imports.models import ImportRun, Kind, SavedMapping, Seen
from visavis.listen.imports.plans import Plan
from visavis.listen.imports.queries import may_import
from visavis.listen.imports.reading.codes import Code, Refused
from visavis.listen.imports.reading.hints import Hints
from visavis.listen.imports.reading.mapping import settle
from visavis.listen.imports.reading.proposals import propose
from visavis.listen.imports.reading.tables import Table, open_table
from visavis.listen.imports.reading.values import visible
from visavis.listen.imports.reasons import Reason
from visavis.people.access import journal
from visavis.people.access.policy import Right
from visavis.people.access.viewer import Viewer

_OPEN: Final = (ImportRun.Status.DRAFT, ImportRun.Status.QUEUED, ImportRun.Status.RUNNING)


def _may(by: Viewer, kind: str) -> None:
    """Who may bring in a file of this kind: the organisation is also the administrator's."""
    if not (may_import(by) or (kind == Kind.ORGANISATION and may_import(by, Right.SETTINGS))):
        raise PermissionDenied


def receive_file(*, by: Viewer, kind: Kind, name: str, source: IO[bytes]) -> ImportRun:
    """Take a file in, and look at once whether it can be read as a table.

    Args:
        by: who brings it; needs the right to import.
        kind: what its rows are.
        name: what it is called where it comes from; shown, never used as a path.
        source: its bytes.

    Returns:
        The import: a draft, or refused with the line and the cause in ``refusal``.

    Raises:
        PermissionDenied: if ``by`` may not import.
    """
    _may(by, kind)
    run = ImportRun(kind=kind, file_name=visible(name)[-255:], account_id=by.account_id)
    try:
        kept = files.keep(source)
    except files.TooBigError as error:
        params = {"megabytes": error.size >> 20, "limit": settings.MAX_IMPORT_BYTES >> 20}
        return _refused(run, {"line": 0, "code": Reason.FILE_TOO_BIG.value, "params": params})
    run.stored_as, run.sha256, run.size = kept
    try:
        open_table(files.path_of(run), hints=_zone(), name=run.file_name)
    except Refused as refused:
        files.forget(run)
        return _refused(run, engine.refusal_of(refused))
    except BaseException:
        files.forget(run)
        raise
    run.save()
    return run


def _refused(run: ImportRun, refusal: dict[str, Any]) -> ImportRun:
    run.status, run.refusal, run.ended_at = ImportRun.Status.REFUSED, refusal, timezone.now()
    run.save()
    return run


def _zone() -> Hints:
    return Hints(zone=settings.TIME_ZONE)


def table_of(run: ImportRun, hints: Hints | None = None) -> Table:
    """The file of an import as a table of text.

    Args:
        run: an import that has not ended.
        hints: what a person settled about the file.

    Raises:
        Refused: if it cannot be read that way.
        FileGoneError: if it is no longer kept.
    """
    told = replace(hints or Hints(), zone=settings.TIME_ZONE)
    return open_table(files.path_of(run), hints=told, name=run.file_name)


def propose_mapping(run: ImportRun, hints: Hints | None = None) -> Plan:
    """Propose where each column goes: as last time for the same columns, else from names and contents.

    Args:
        run: a draft.
        hints: what a person settled about the file.

    Returns:
        A plan to show, correct and start.

    Raises:
        Refused: if the file cannot be read that way.
        FileGoneError: if it is no longer kept.
    """
    table = table_of(run, hints)
    saved = find_mapping(Kind(run.kind), table.header)
    return read_again(saved, table) if saved else Plan(propose(table, run.kind))


def read_again(saved: Plan, table: Table) -> Plan:
    """A saved plan for another file of the same columns: decimals and dates as then, the rest afresh.

    Args:
        saved: the plan.
        table: the file.

    Raises:
        Refused: if its columns are others.
    """
    if [column.name for column in saved.mapping.columns] != list(table.header):
        raise Refused(Code.OTHER_COLUMNS)
    told, here = saved.mapping.hints, table.hints
    hints = replace(here, decimal=told.decimal or here.decimal, date_order=told.date_order or here.date_order)
    return saved.with_mapping(replace(saved.mapping, hints=hints))


def columns_fingerprint(header: Sequence[str]) -> str:
    """What makes two files alike: the names of their columns, in their order."""
    return hashlib.sha256("\x1f".join(header).encode()).hexdigest()


def find_mapping(kind: Kind, header: Sequence[str]) -> Plan | None:
    """The latest plan saved for files with the same columns."""
    same = SavedMapping.objects.filter(kind=kind, columns=columns_fingerprint(header))
    saved = same.order_by("-saved_at", "-pk").first()
    return Plan.from_json(saved.content) if saved else None


@transaction.atomic
def save_mapping(*, by: Viewer, kind: Kind, name: str, plan: Plan) -> SavedMapping:
    """Keep a plan under a name, to be offered again for a file with the same columns.

    Args:
        by: who saves; needs the right to import.
        kind: what the rows are.
        name: its name; the same name replaces it.
        plan: what was settled.

    Raises:
        PermissionDenied: if ``by`` may not import.
        ValidationError: if the name is empty or too long.
    """
    _may(by, kind)
    header = [column.name for column in plan.mapping.columns]
    saved = SavedMapping.objects.filter(kind=kind, name=name.strip()).order_by("pk").first()
    saved = saved or SavedMapping(kind=kind, name=name.strip())
    saved.columns, saved.content = columns_fingerprint(header), plan.to_json()
    saved.full_clean()
    saved.save()
    journal.write(by=by, verb="imports.mapping_saved", about=saved, name=saved.name)
    return saved


def check(*, by: Viewer, run: ImportRun, plan: Plan, rows: int | None = 1000) -> CheckReport:
    """Try a plan on the first rows of a file, or on all, without keeping anything.

    Args:
        by: who tries; needs the right to import.
        run: a draft.
        plan: what to do with the file.
        rows: how many rows; none for all.

    Returns:
        What would happen, and the values that nothing explains yet.

    Raises:
        PermissionDenied: if ``by`` may not import.
        Refused: if the file does not fit the plan.
        FileGoneError: if the file is no longer kept.
    """
    _may(by, run.kind)
    table, settled = _settled(run, plan)
    return checks.trial(table, run, settled, by=by, rows=rows)


def _settled(run: ImportRun, plan: Plan) -> tuple[Table, Plan]:
    table = table_of(run, plan.mapping.hints)
    mapping = settle(table, plan.mapping)
    fates = settled_fates(Kind(run.kind), plan)
    return table, replace(plan.with_mapping(mapping), unknown=fates)


@transaction.atomic
def start(*, by: Viewer, run: ImportRun, plan: Plan, nudge: bool = True) -> ImportRun:
    """Start an import: it waits for a worker, which is told at once.

    Args:
        by: who starts it; needs the right to import.
        run: a draft.
        plan: what to do with the file.
        nudge: whether to tell a worker; a command works on it itself.

    Returns:
        The import, waiting.

    Raises:
        PermissionDenied: if ``by`` may not import.
        Refused: if the file does not fit the plan, or its rows would stand twice.
        FileGoneError: if the file is no longer kept.
        ValueError: if it is no draft any more.
    """
    _may(by, run.kind)
    _, settled = _settled(run, plan)
    refuse_doubles(run, settled.to_json())
    draft = ImportRun.objects.filter(pk=run.pk, status=ImportRun.Status.DRAFT)
    if not draft.update(status=ImportRun.Status.QUEUED, mapping=settled.to_json(), attempts=0):
        raise ValueError(f"import {run.pk} is no draft")
    journal.write(by=by, verb="imports.started", about=run, file=run.file_name)
    if nudge:
        transaction.on_commit(lambda: _nudge(run.pk))
    return ImportRun.objects.get(pk=run.pk)


def _nudge(run_id: int) -> None:
    from visavis.listen.imports.tasks import import_file

    import_file.enqueue(run_id)


@transaction.atomic
def cancel(*, by: Viewer, run: ImportRun) -> ImportRun:
    """Stop an import at its next lot. What was imported stays; started again, nothing is doubled.

    Args:
        by: who stops it; needs the right to import.
        run: an import that has not ended.

    Raises:
        PermissionDenied: if ``by`` may not import.
    """
    _may(by, run.kind)
    waiting = ImportRun.objects.filter(pk=run.pk, status__in=[*_OPEN, ImportRun.Status.FAILED])
    if waiting.update(status=ImportRun.Status.CANCELLED, ended_at=timezone.now(), lease=""):
        Seen.objects.filter(run=run).delete()
        if run.status != ImportRun.Status.DRAFT:
            journal.write(by=by, verb="imports.cancelled", about=run, file=run.file_name)
        transaction.on_commit(lambda: files.forget(run))
    return ImportRun.objects.get(pk=run.pk)


@transaction.atomic
def resume(*, by: Viewer, run: ImportRun, nudge: bool = True) -> ImportRun:
    """Take up an import that crashed or was put aside, from where it stands.

    Args:
        by: who takes it up; needs the right to import.
        run: an import that waits, runs without a worker, or failed.
        nudge: whether to tell a worker.

    Raises:
        PermissionDenied: if ``by`` may not import.
    """
    _may(by, run.kind)
    ImportRun.objects.filter(pk=run.pk).update(attempts=0)
    ImportRun.objects.filter(pk=run.pk, status=ImportRun.Status.FAILED).update(
        status=ImportRun.Status.QUEUED, ended_at=None
    )
    if nudge:
        transaction.on_commit(lambda: _nudge(run.pk))
    return ImportRun.objects.get(pk=run.pk)


def interrupted(*, kind: Kind, sha256: str, plan: Plan) -> ImportRun | None:
    """The latest import of the same file in the same way that has not ended."""
    left = ImportRun.objects.filter(
        kind=kind, sha256=sha256, status__in=[*_OPEN[1:], ImportRun.Status.FAILED]
    )
    wanted = _way(plan.to_json())
    return next((run for run in left.order_by("-pk") if _way(run.mapping) == wanted), None)


def _way(mapping: dict[str, Any]) -> list[Any]:
    """What tells two ways of importing one file apart: what was detected in it is not part of it."""
    columns = [(column["column"], column["field"]) for column in mapping.get("columns", ())]
    return [columns, *(mapping.get(name) for name in ("constants", "reconciled", "create"))]
