"""Background doors: a job is only a nudge, what is to be done is read from the imports themselves."""

from __future__ import annotations

from django_tasks import task
from huey import crontab
from huey.contrib.djhuey import db_periodic_task, lock_task

from visavis.listen.imports import sweeps


@task()
def import_file(run_id: int) -> None:
    """Work on one import, then on what follows it."""
    sweeps.work_on(run_id)


@db_periodic_task(crontab(minute="*"), expires=60)  # type: ignore[untyped-decorator]  # huey has no types
@lock_task("imports-sweep")  # type: ignore[untyped-decorator]
def sweep() -> None:
    """Find what is late: imports that nobody works on, and what follows imports."""
    sweeps.sweep()
