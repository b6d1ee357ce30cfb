"""Files older than their keeping time: received and never imported, written and never fetched."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from visavis.listen.imports import files
from visavis.listen.imports.models import ImportRun, RejectedRow
from visavis.share.law.purposes import Purpose
from visavis.share.law.stale import Cut, Rows

_OPEN = (ImportRun.Status.DRAFT, ImportRun.Status.QUEUED, ImportRun.Status.RUNNING)
_GONE = (ImportRun.Status.DRAFT, ImportRun.Status.QUEUED)
BATCH = 500


def exports() -> Path:
    """Where the product may write files for somebody to fetch; it writes none today."""
    return Path(settings.INSTANCE.folder) / "exports"


def received(cut: Cut) -> tuple[int, Mapping[str, int]]:
    """Delete rows refused long ago, and files that nobody imported; an import under way keeps its own."""
    keys = list(_refused(cut).order_by("pk").values_list("pk", flat=True)[:BATCH])
    RejectedRow.objects.filter(pk__in=keys).delete()
    if keys:
        return len(keys), {}
    drafts = ImportRun.objects.filter(created_at__date__lt=cut.before, status__in=_GONE).order_by("pk")
    for run in drafts:
        files.forget(run)
    drafts.update(status=ImportRun.Status.CANCELLED, ended_at=timezone.now())
    return _unlink(_forgotten(cut)), {}


def written(cut: Cut) -> tuple[int, Mapping[str, int]]:
    """Delete the files that the product wrote."""
    return _unlink(_older(exports(), cut)), {}


def due(purpose: Purpose, cut: Cut) -> int | None:
    """How many would go; none for what is not a file."""
    if purpose is Purpose.FILES:
        return _refused(cut).count() + len(list(_forgotten(cut)))
    return len(list(_older(exports(), cut))) if purpose is Purpose.EXPORTS else None


def _refused(cut: Cut) -> Rows:
    return RejectedRow.objects.filter(run__created_at__date__lt=cut.before)


def _forgotten(cut: Cut) -> Iterator[Path]:
    """Files older than the cut that no import under way waits for."""
    held = ImportRun.objects.filter(status=ImportRun.Status.RUNNING).order_by("pk")
    names = set(held.values_list("stored_as", flat=True))
    return (path for path in _older(files.folder(), cut) if path.name not in names)


def _older(folder: Path, cut: Cut) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        moment = dt.datetime.fromtimestamp(path.stat().st_mtime, timezone.get_current_timezone())
        if path.is_file() and moment.date() < cut.before:
            yield path


def _unlink(found: Iterator[Path]) -> int:
    number = 0
    for path in found:
        path.unlink(missing_ok=True)
        number += 1
    return number
