"""Background door: what is closed is released, without anybody asking."""

from __future__ import annotations

from huey import crontab
from huey.contrib.djhuey import db_periodic_task, lock_task

from visavis.listen.releases import jobs
from visavis.people.access.clock import now, today
from visavis.people.access.viewer import system


@db_periodic_task(crontab(minute="*/10"), expires=600)  # type: ignore[untyped-decorator]  # huey has no types
@lock_task("releases-sweep")  # type: ignore[untyped-decorator]
def sweep() -> None:
    """Release what is closed, if the gate is open and all texts are read."""
    jobs.release_due(by=system(), today=today(), now=now())
