"""Background doors: what is to be done is read from draws, publications and answers."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, lock_task

from visavis.people.access.clock import now, today
from visavis.understand.learning import distilling, jobs
from visavis.understand.learning.models import Distillation
from visavis.understand.themes import works


@task()
def distil_now(pk: int) -> None:
    """Let the larger model teach the tone."""
    distilling.work_on(pk, at=now())


@db_periodic_task(crontab(minute="*"), expires=60)  # type: ignore[untyped-decorator]  # huey has no types
@lock_task("learning-sweep")  # type: ignore[untyped-decorator]
def sweep() -> None:
    """Draw the week's queue, read again what is asked, give second opinions."""
    jobs.sweep(at=now(), today=today())
    for pk in works.waiting(Distillation):
        distilling.work_on(pk, at=now())


@db_periodic_task(crontab(minute="20"), expires=3600)  # type: ignore[untyped-decorator]
@lock_task("learning-night")  # type: ignore[untyped-decorator]
def night() -> None:
    """Learn from what people said, once a night."""
    jobs.night(at=timezone.localtime(now()))
