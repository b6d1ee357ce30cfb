"""The fourth step: how far an import is, what follows it, whether anybody works on it."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from visavis.listen.imports.followers import followers
from visavis.listen.imports.models import ImportRun
from visavis.listen.imports.pulse import somebody_works
from visavis.listen.imports.rejects import refusal_sentence
from visavis.web.rows import TaskState

_STATES = {
    ImportRun.Status.QUEUED: "waiting",
    ImportRun.Status.RUNNING: "running",
    ImportRun.Status.DONE: "done",
    ImportRun.Status.FAILED: "failed",
    ImportRun.Status.REFUSED: "failed",
    ImportRun.Status.CANCELLED: "cancelled",
}


@dataclass(frozen=True, slots=True)
class Following:
    """Work that follows the imports: what, and how much of it waits."""

    label: str
    pending: int


def task_of(run: ImportRun, now: dt.datetime) -> TaskState:
    """An import as the piece of long work.

    Args:
        run: an import that was started.
        now: the present instant, of the same clock as the workers'.
    """
    return TaskState(
        done=run.cursor,
        total=run.total or 0,
        unit=_("rows"),
        state=_STATES[ImportRun.Status(run.status)],
        minutes_left=_minutes_left(run, now),
        cancel_url=reverse("imports:cancel", args=[run.pk]),
        problem=refusal_sentence(run),
    )


def _minutes_left(run: ImportRun, now: dt.datetime) -> int:
    if not (run.started_at and run.cursor and run.total):
        return 0
    seconds = max((now - run.started_at).total_seconds(), 1.0)
    return math.ceil((run.total - run.cursor) * seconds / run.cursor / 60)


def what_follows() -> list[Following]:
    """What the higher floors still do with what came in."""
    return [Following(str(each.label), each.pending()) for each in followers()]


def nobody_works(run: ImportRun) -> bool:
    """Whether an import waits for a worker that is not there."""
    waits = run.status in (ImportRun.Status.QUEUED, ImportRun.Status.RUNNING)
    return waits and not somebody_works()
