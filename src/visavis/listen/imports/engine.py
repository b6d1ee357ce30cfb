"""The import itself: lots of rows, each in one transaction with its counters and its place in the file."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Mapping as Dictionary
from contextlib import contextmanager
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from visavis.listen.imports import files, leases
from visavis.listen.imports.models import ImportRun, Kind, RejectedRow, Seen
from visavis.listen.imports.plans import Plan
from visavis.listen.imports.reading.codes import Refused
from visavis.listen.imports.reading.rows import Reject, TypedRow, typed_rows
from visavis.listen.imports.reading.tables import Table, open_table
from visavis.listen.imports.reading.values import visible
from visavis.listen.imports.reasons import Reason
from visavis.listen.imports.targets import TARGETS
from visavis.listen.imports.targets.base import Job, Numbered, Refusal, Tally, Target, refusals_of
from visavis.listen.imports.targets.erased import Erased
from visavis.people.access import journal
from visavis.people.access.clock import today
from visavis.people.access.viewer import Viewer, system

#: Told after each lot: the import as it stands.
Progress = Callable[[ImportRun], object]
Items = Sequence[TypedRow | Reject]


class LostError(RuntimeError):
    """The import is no longer ours: somebody cancelled it, or another worker took it over."""


def run_import(run_id: int, *, progress: Progress | None = None) -> ImportRun:
    """Work on an import until it ends, from wherever it stands.

    Safe to call at any moment, any number of times, by any number of workers.

    Args:
        run_id: primary key of the import.
        progress: told after each lot.

    Returns:
        The import as it stands then.

    Raises:
        Exception: whatever went wrong; the import then waits for its next attempt.
    """
    run = leases.take(run_id)
    if run is not None:
        try:
            _work(run, progress)
        except LostError:
            pass
        except Refused as refused:
            _refuse(run, refused)
        except files.FileGoneError:
            _refuse(run, None)
        except Exception as error:
            leases.give_back(run, type(error).__name__)
            raise
    return ImportRun.objects.get(pk=run_id)


def _work(run: ImportRun, progress: Progress | None) -> None:
    plan = Plan.from_json(run.mapping)
    table = open_table(files.path_of(run), hints=plan.mapping.hints)
    if run.total is None:
        run.total = table.count()
        ImportRun.objects.filter(pk=run.pk).update(total=run.total)
    target = target_of(run, plan, table, by=_viewer(run))
    for first, items in lots(table, target, start=run.cursor):
        _write(run, target, first, items)
        if progress:
            progress(ImportRun.objects.get(pk=run.pk))
    _finish(run)


def _viewer(run: ImportRun) -> Viewer:
    """Rights were checked when the import was started; the journal still says who it was."""
    whole = system()
    return Viewer(run.account_id, None, whole.roles, whole.branches)


def target_of(run: ImportRun, plan: Plan, table: Table, *, by: Viewer) -> Target:
    """The target of an import, ready for its first lot."""
    zone = ZoneInfo(settings.TIME_ZONE)
    job = Job(run.pk, by, plan, zone, today(), settings.LANGUAGE_CODE, table)
    return TARGETS[Kind(run.kind)](job)


def lots(table: Table, target: Target, *, start: int = 0) -> Iterator[tuple[int, Items]]:
    """The rows of a file in lots, each with the number of its first row."""
    items = typed_rows(table, target.job.plan.mapping, start=start)
    size = target.lot or settings.OPTIONS.chunk
    while lot := list(islice(items, size)):
        yield start, lot
        start += len(lot)


def write_lot(target: Target, first: int, items: Items) -> Tally:
    """Write a lot inside the transaction of the caller; rows that could not be read are refused with it."""
    rows, refused, erased = [], [], Erased.for_lot(target)
    for number, item in enumerate(items, first):
        name = erased.field(_said(target, item))
        if name is not None:
            refused.append(target.erased(number, item.line, name))
        elif isinstance(item, TypedRow):
            rows.append(Numbered(number, item))
        else:
            refused += refusals_of(number, item.problems, target.received(item.cells))
    tally = target.write(rows)
    tally.refused += refused
    return tally


def _said(target: Target, item: TypedRow | Reject) -> Dictionary[str, Any]:
    return item.values if isinstance(item, TypedRow) else target.cells(item.cells)


@contextmanager
def _no_collection() -> Iterator[None]:
    """A lot makes many objects and no cycle: looking for cycles among them takes an eighth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _write(run: ImportRun, target: Target, first: int, items: Items) -> None:
    with _no_collection(), transaction.atomic():
        if not leases.held(run):
            raise LostError
        tally = write_lot(target, first, items)
        RejectedRow.objects.bulk_create(_rejected(run, each) for each in tally.refused)
        ImportRun.objects.filter(pk=run.pk).update(
            cursor=first + len(items),
            imported=F("imported") + tally.imported,
            updated=F("updated") + tally.updated,
            unchanged=F("unchanged") + tally.unchanged,
            rejected=F("rejected") + len({each.number for each in tally.refused}),
            attempts=0,
        )


def _rejected(run: ImportRun, refusal: Refusal) -> RejectedRow:
    return RejectedRow(
        run=run,
        row=refusal.number,
        line=refusal.line,
        column=visible(refusal.column)[:255],
        code=refusal.code,
        params=_visible(refusal.params),
        raw=visible(refusal.raw)[:2000],
    )


def _visible(params: Dictionary[str, Any]) -> dict[str, Any]:
    return {name: visible(each) if isinstance(each, str) else each for name, each in params.items()}


@transaction.atomic
def _finish(run: ImportRun) -> None:
    if not leases.held(run):
        raise LostError
    Seen.objects.filter(run=run).delete()
    ImportRun.objects.filter(pk=run.pk).update(
        status=ImportRun.Status.DONE, ended_at=timezone.now(), lease="", refusal=None
    )
    done = ImportRun.objects.get(pk=run.pk)
    words: dict[str, Any] = {
        name: getattr(done, name) for name in ("imported", "updated", "unchanged", "rejected")
    }
    journal.write(by=_viewer(run), verb="imports.done", about=done, file=done.file_name, **words)
    transaction.on_commit(lambda: files.forget(done))


def _refuse(run: ImportRun, refused: Refused | None) -> None:
    """The file itself cannot be imported: kept with the line and the cause."""
    refusal = refusal_of(refused) if refused else {"line": 0, "code": Reason.FILE_GONE.value, "params": {}}
    ImportRun.objects.filter(pk=run.pk, lease=run.lease).update(
        status=ImportRun.Status.REFUSED, refusal=refusal, ended_at=timezone.now(), lease=""
    )
    Seen.objects.filter(run=run).delete()
    files.forget(run)


def refusal_of(refused: Refused) -> dict[str, Any]:
    """A refusal as it is kept on an import."""
    told = refused.refusal
    return {"line": told.line, "code": told.code.value, "params": _visible(told.params)}
