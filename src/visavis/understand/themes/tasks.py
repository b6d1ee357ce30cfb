"""Background doors: a job is only a nudge, what is to be done is read from the tables themselves."""

from __future__ import annotations

from django_tasks import task
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, lock_task

from visavis.understand.themes import proposing, rereading, sweeps


@task()
def reread(pk: int) -> None:
    """Read the history again under a version, or adopt what was read."""
    rereading.work_on(pk)


@task()
def discover_themes(pk: int) -> None:
    """Search for what no theme names."""
    proposing.work_on(pk)


@db_periodic_task(crontab(minute="*"), expires=60)  # type: ignore[untyped-decorator]  # huey has no types
@lock_task("themes-sweep")  # type: ignore[untyped-decorator]
def sweep() -> None:
    """Find what is late: second readings and searches that nobody works on."""
    sweeps.sweep()
