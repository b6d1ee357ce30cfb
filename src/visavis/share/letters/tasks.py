"""Background door: what is to be sent is read from the subscriptions and the outbox."""

from __future__ import annotations

from huey import crontab
from huey.contrib.djhuey import db_periodic_task, lock_task

from visavis.people.access.clock import now, today
from visavis.share.letters import jobs


@db_periodic_task(crontab(minute="*"), expires=60)  # type: ignore[untyped-decorator]  # huey has no types
@lock_task("letters-sweep")  # type: ignore[untyped-decorator]
def sweep() -> None:
    """Put what fell due in the outbox, send what waits there."""
    jobs.sweep(at=now(), today=today())
