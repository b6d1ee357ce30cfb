"""Who does long work on the texts: one worker at a time, and another one when that one died."""

from __future__ import annotations

from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from visavis.listen.imports.leases import ATTEMPTS, SILENCE, is_dead, token
from visavis.people.units.models import Unit
from visavis.understand.themes.models import Work

Doing = TypeVar("Doing", bound=Work)
_WAITS = (Work.State.QUEUED, Work.State.RUNNING)


class LostError(RuntimeError):
    """The work is no longer ours: somebody stopped it, or another worker took it over."""


def _rows(kind: type[Doing]) -> QuerySet[Doing]:
    return kind._default_manager.order_by("pk")  # noqa: SLF001 - the public name of a manager is each model's


def _is_free(work: Work) -> bool:
    if not work.lease or work.alive_at is None or work.alive_at < timezone.now() - SILENCE:
        return True
    return is_dead(work.lease)


@transaction.atomic
def take(kind: type[Doing], pk: int) -> Doing | None:
    """Take work to do it. The attempt is counted first: whatever kills the worker is known.

    Returns:
        The work, or nothing if it is over, if somebody does it, or if it failed too often.
    """
    work = _rows(kind).select_for_update().filter(pk=pk, state__in=_WAITS).first()
    if work is None or (work.state == Work.State.RUNNING and not _is_free(work)):
        return None
    now = timezone.now()
    if work.attempts >= ATTEMPTS:
        work.state, work.ended_at, work.lease = Work.State.FAILED, now, ""
    else:
        work.state, work.lease, work.alive_at = Work.State.RUNNING, token(), now
        work.attempts, work.started_at = work.attempts + 1, work.started_at or now
    work.save()
    return work if work.state == Work.State.RUNNING else None


def keep_on(work: Work, **facts: object) -> None:
    """Note how far the work is and give a sign of life, inside the transaction of its lot.

    Args:
        work: work that was taken.
        facts: columns to write; a lot that was written is no failed attempt.

    Raises:
        LostError: if it is no longer ours.
    """
    ours = _rows(type(work)).filter(pk=work.pk, lease=work.lease, state=Work.State.RUNNING)
    if not ours.update(alive_at=timezone.now(), attempts=0, **facts):
        raise LostError(str(work))
    for name, value in facts.items():
        setattr(work, name, value)


def finish(work: Work, **facts: object) -> None:
    """Say that the work is done."""
    facts = {"state": Work.State.READY, "ended_at": timezone.now(), "lease": "", "problem": ""} | facts
    _rows(type(work)).filter(pk=work.pk, lease=work.lease).update(**facts)


def give_back(work: Work, problem: str) -> None:
    """Leave work for the next attempt, with the name of what went wrong."""
    ours = _rows(type(work)).filter(pk=work.pk, lease=work.lease, state=Work.State.RUNNING)
    ours.update(state=Work.State.QUEUED, lease="", problem=problem[:120])


def waiting(kind: type[Doing]) -> list[int]:
    """Work of a kind that nobody does, the oldest first."""
    rows = _rows(kind).filter(state__in=_WAITS)
    return [work.pk for work in rows if work.state == Work.State.QUEUED or _is_free(work)]


def is_under_way(kind: type[Doing]) -> bool:
    """Whether some work of a kind waits or is under way. Who else asks waits until this transaction ends."""
    root = Unit.objects.select_for_update(no_key=True).filter(parent__isnull=True).order_by("pk")
    list(root.values_list("pk", flat=True))
    return _rows(kind).filter(state__in=_WAITS).exists()
