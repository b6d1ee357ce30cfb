"""Who works on an import: one worker at a time, and another one when that one died."""

from __future__ import annotations

import datetime as dt
import os
import secrets
import socket
from pathlib import Path
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from visavis.listen.imports.models import ImportRun
from visavis.listen.imports.reasons import Reason

#: A worker that gave no sign of life for so long is taken for dead.
SILENCE: Final = dt.timedelta(minutes=2)
#: Crashes in a row without a single lot written: the import is put aside, the queue goes on.
ATTEMPTS: Final = 3
_MINE: Final = secrets.token_hex(8)


def token() -> str:
    """The name of this worker: its machine, its process and when that began, so that its end can be told."""
    return f"{socket.gethostname()}|{os.getpid()}|{_began(os.getpid())}|{_MINE}"[:120]


def _began(pid: int) -> str:
    """When a process began, in ticks since the machine started; empty if there is none, or none to tell."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def is_dead(lease: str) -> bool:
    """Whether the worker of that name is a process of this machine that is no more."""
    host, _, rest = lease.partition("|")
    pid, _, rest = rest.partition("|")
    began = rest.partition("|")[0]
    if host != socket.gethostname() or not began or not pid.isdigit():
        return False
    return _began(int(pid)) != began


def is_free(run: ImportRun, now: dt.datetime) -> bool:
    """Whether nobody works on a running import any more."""
    if not run.lease or run.alive_at is None or run.alive_at < now - SILENCE:
        return True
    return is_dead(run.lease)


@transaction.atomic
def take(run_id: int) -> ImportRun | None:
    """Take an import to work on it. The attempt is counted before the work: whatever kills it is known.

    Returns:
        The import, or nothing if somebody works on it, if it has ended, or if it crashed too often.
    """
    now = timezone.now()
    run = ImportRun.objects.select_for_update().get(pk=run_id)
    if run.status not in (ImportRun.Status.QUEUED, ImportRun.Status.RUNNING):
        return None
    if run.status == ImportRun.Status.RUNNING and not is_free(run, now):
        return None
    if run.attempts >= ATTEMPTS:
        _park(run, now)
        return None
    run.status, run.lease, run.alive_at = ImportRun.Status.RUNNING, token(), now
    run.attempts += 1
    run.started_at = run.started_at or now
    run.save(update_fields=["status", "lease", "alive_at", "attempts", "started_at"])
    return run


def _park(run: ImportRun, now: dt.datetime) -> None:
    error = (run.refusal or {}).get("params", {}).get("error", "?")
    params = {"attempts": run.attempts, "error": error}
    run.refusal = {"line": 0, "code": Reason.CRASHED.value, "params": params}
    run.status, run.ended_at, run.lease = ImportRun.Status.FAILED, now, ""
    run.save(update_fields=["refusal", "status", "ended_at", "lease"])


def held(run: ImportRun) -> bool:
    """Give a sign of life, inside the transaction of a lot.

    Returns:
        Whether the import is still ours: neither cancelled nor taken by another worker.
    """
    mine = ImportRun.objects.filter(pk=run.pk, lease=run.lease, status=ImportRun.Status.RUNNING)
    return mine.update(alive_at=timezone.now()) == 1


def give_back(run: ImportRun, error: str) -> None:
    """Leave a run for the next attempt, with the name of what went wrong."""
    refusal = {"line": 0, "code": Reason.CRASHED.value, "params": {"attempts": run.attempts, "error": error}}
    ImportRun.objects.filter(pk=run.pk, lease=run.lease, status=ImportRun.Status.RUNNING).update(
        status=ImportRun.Status.QUEUED, lease="", refusal=refusal
    )


def waiting(now: dt.datetime) -> list[int]:
    """Imports that nobody works on: queued, or left by a worker that died; the oldest first."""
    status = ImportRun.Status
    open_runs = ImportRun.objects.filter(Q(status=status.QUEUED) | Q(status=status.RUNNING)).order_by("pk")
    return [run.pk for run in open_runs if run.status == status.QUEUED or is_free(run, now)]
