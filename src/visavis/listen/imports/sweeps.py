"""What a worker does when nudged, and what it looks for every minute."""

from __future__ import annotations

import datetime as dt
from typing import Final

from django.utils import timezone

from visavis.listen.imports import engine, files, leases
from visavis.listen.imports.followers import run_followers
from visavis.listen.imports.models import ImportRun

#: A file that nobody started is kept no longer.
_DRAFT_DAYS: Final = 7


def work_on(run_id: int) -> None:
    """Work on one import, then on what follows it."""
    engine.run_import(run_id)
    run_followers()


def sweep() -> None:
    """Work on what is late: imports that nobody works on, forgotten drafts, what follows imports."""
    now = timezone.now()
    for run_id in leases.waiting(now):
        engine.run_import(run_id)
    _forget_drafts(now - dt.timedelta(days=_DRAFT_DAYS))
    run_followers()


def _forget_drafts(before: dt.datetime) -> None:
    old = ImportRun.objects.filter(status=ImportRun.Status.DRAFT, created_at__lt=before).order_by("pk")
    for run in old:
        still = ImportRun.objects.filter(pk=run.pk, status=ImportRun.Status.DRAFT)
        if still.update(status=ImportRun.Status.CANCELLED, ended_at=timezone.now()):
            files.forget(run)
