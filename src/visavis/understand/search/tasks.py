"""Background doors: a sweep each minute, then turns that let other jobs pass between them."""

from __future__ import annotations

import time

from django_tasks import task
from huey import crontab
from huey.contrib.djhuey import db_periodic_task

from visavis.understand.search import jobs
from visavis.understand.search.queries import waiting_texts


@task()
def take_a_turn(until: float) -> None:
    """Work out meanings for some seconds; the next turn queues behind whatever came meanwhile."""
    if jobs.work() and time.time() < until:
        take_a_turn.enqueue(until)


@db_periodic_task(crontab(minute="*"), expires=60)  # type: ignore[untyped-decorator]  # huey has no types
def sweep() -> None:
    """Find texts whose meaning is not known yet."""
    if waiting_texts().exists():
        take_a_turn.enqueue(time.time() + jobs.LONGEST)
